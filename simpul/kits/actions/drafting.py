"""The curriculum of a kit becomes the draft of a workshop: its sessions, guides, test, handouts, as they read here."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.kits.actions.refusals import WrongText, must_keep
from simpul.kits.models import Kit
from simpul.kits.queries import Shown, shown
from simpul.libraries.models import Library
from simpul.training.actions.drafting import Curriculum, CurriculumItem, Handout, draft_from
from simpul.training.models import Workshop
from simpul.training.programmes import LessonPlanned

#: words in a session's title → the kind of lesson it is; a session of no JP is a break or a ceremony
KINDS = (("pre-test", "pre_test"), ("pretest", "pre_test"), ("post-test", "post_test"), ("posttest", "post_test"),
         ("pembuka", "opening"), ("registrasi", "opening"), ("penutup", "closing"), ("istirahat", "break"), ("ishoma", "break"),
         ("rencana tindak lanjut", "plan"), ("rtl", "plan"))


@change("kit.curriculum_used", says=_("{by} drafted a workshop from {kit}"))
def use_curriculum(*, kit: Kit, library: Library, first_on: date, by: Actor, at: datetime, id: UUID) -> Workshop:
    """A draft hosted by `library` from `first_on` on; all of it may be changed. Raises NotAllowed, WrongText, and what
    `draft_from` raises."""
    must_keep(by)
    rows = shown(kit, ("session", "material", "test", "badge"))
    by_kind: dict[str, list[Shown]] = {}
    for one in rows:
        by_kind.setdefault(one.item.kind, []).append(one)
    if "session" not in by_kind:
        raise WrongText(_("This kit has no sessions."))
    tests, badge = by_kind.get("test", []), _badge(by_kind.get("badge", []))
    curriculum = Curriculum(
        key=f"{kit.title[:30]} {kit.version}"[:40], title=kit.title, aims=kit.summary,
        lessons=tuple(_lesson(one.words) for one in by_kind["session"]), test_title=tests[0].title if tests else "",
        test=tuple(CurriculumItem(one["text"], tuple(one.get("choices", ())), one.get("right", 0))
                   for one in (tests[0].words.get("questions", ()) if tests else ()) if one.get("choices")),
        handouts=tuple(Handout(one.title, one.words.get("text", ""), one.words.get("link", ""), one.words.get("audience", ""))
                       for one in by_kind.get("material", ())),
        achievement=str(badge.get("title", "")), criteria=str(badge.get("criteria", "")))
    made = draft_from(programme=curriculum, library=library, first_on=first_on, by=by, at=at, id=derived_id(id, "workshop"))
    note(library=library.pk, kit=kit)
    return made


def _badge(badges: list[Shown]) -> Mapping[str, Any]:
    """What whoever took part earns: the first badge that is worth lessons (JP); others are for what comes later."""
    return next((one.words for one in badges if one.words.get("jp")), {})


def _lesson(words: Mapping[str, Any]) -> LessonPlanned:
    hour, minute = str(words["starts"]).split(".")
    title = str(words["title"])
    kind = next((kind for word, kind in KINDS if word in title.lower()), "topic")
    return LessonPlanned(day=words["day"], at=time(int(hour), int(minute)), minutes=words["minutes"], title=title, kind=kind,
                         jp=words.get("jp", 0), aim="; ".join(words.get("aims", ()))[:400], guide=guide_of(words))


def guide_of(words: Mapping[str, Any]) -> str:
    """What who teaches reads: steps with their minutes, what is needed, notes, the exercise."""
    steps = [f"{n}. {one['title']}" + (f" ({one['minutes']}\u2032)" if one.get("minutes") else "")
             + (f"\n{one['how']}" if one.get("how") else "") for n, one in enumerate(words.get("steps", ()), 1)]
    needs = "\n".join(f"• {one}" for one in words.get("needs", ()))
    parts = ("\n".join(steps), needs, str(words.get("notes", "")), str(words.get("exercise", "")))
    return "\n\n".join(part for part in parts if part.strip())[:12_000]
