"""Two pages for rembug warga and musrenbang: asked, done, brought, cost, asked for next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.files.papers import code_picture, pdf
from simpul.overview.pictures import effect_rows, on_paper, trends
from simpul.overview.printing.shared import PAPERS, Subject, day, language, number, rupiah
from simpul.overview.queries.brought import Effects, effects_of
from simpul.overview.queries.programme import (
    Held,
    Means,
    Needs,
    Strategy,
    Wish,
    held_in,
    means_of,
    needs_of,
    proposal_of,
    strategies_of,
    wishes_of,
)
from simpul.overview.sentences import Number, Opens, Sentence, say, texts, told


@dataclass(frozen=True)
class Meeting:
    """What is brought to a meeting about one year."""

    sentences: list[Sentence]
    needs: Needs
    needs_said: list[Sentence]
    strategies: list[Strategy]
    held: list[Held]
    effects: Effects
    means: Means
    means_said: list[Sentence]
    wishes: list[Wish]
    asked: str


def meeting_of(subject: Subject, opens: Opens | None = None) -> Meeting:
    """For the calendar year of the period, as everybody may be told it."""
    opens = opens or subject.opens
    ground, year = subject.ground, subject.period.first.year
    first, last = date(year, 1, 1), min(date(year, 12, 31), subject.today)
    needs, means = needs_of(subject.libraries, first, last), means_of(subject.libraries, first, last)
    proposal = proposal_of(subject.library, year) if subject.library else None
    return Meeting(
        told(ground, is_outsider=True, opens=opens), needs, _needs_said(needs, opens("voices", ground.period)),
        strategies_of(subject.place, ground.period, subject.today), held_in(subject.libraries, first, last),
        effects_of(subject.libraries, year, is_outsider=True), means, _means_said(means),
        wishes_of(subject.libraries) if subject.library else [], proposal.asked if proposal else "")


def _needs_said(needs: Needs, href: str) -> list[Sentence]:
    if not needs.people:
        return [say(_("Nobody's wish has been written down. Ask at the meeting, and write it down here."))]
    found = [say(ngettext("%(people)s person said what they need.", "%(people)s people said what they need.", needs.people),
                 people=Number(number(needs.people), href))]
    if needs.meetings:
        found.append(say(ngettext("There was %(n)s meeting with %(people)s present.",
                                  "There were %(n)s meetings with %(people)s present.", needs.meetings),
                         n=number(needs.meetings), people=number(needs.present)))
    answered = sum(row.answered for row in needs.rows)
    if answered:
        found.append(say(ngettext("The wish of %(n)s person has been fulfilled.",
                                  "The wishes of %(n)s people have been fulfilled.", answered), n=number(answered)))
    return found


def _means_said(means: Means) -> list[Sentence]:
    found = []
    if means.with_cost:
        found.append(say(_("Activities cost %(cost)s (written down for %(n)s of %(of)s)."), cost=rupiah(means.cost),
                         n=number(means.with_cost), of=number(means.activities)))
    elif means.activities:
        found.append(say(_("What the activities cost is not written down.")))
    if means.helpers:
        found.append(say(ngettext("%(n)s partner helped, with things worth %(worth)s.",
                                  "%(n)s partners helped, with things worth %(worth)s.", len(means.helpers)),
                         n=number(len(means.helpers)), worth=rupiah(means.worth)))
    if means.brought:
        found.append(say(_("Advocacy brought %(worth)s."), worth=rupiah(means.brought)))
    return found or [say(_("Neither costs nor help are written down."))]


def values_of(subject: Subject, meeting: Meeting) -> dict[str, Any]:
    """What the template is given; lists are cut so that two pages stay two pages."""
    few = 6 if subject.library else 5
    effects = [[row.label, f"{row.percent} %", f"{row.low}–{row.high} %", number(row.n), f"e-{n}.svg"]
               for n, row in enumerate(effect_rows(meeting.effects)) if row.percent is not None]
    return {
        "language": language(), "name": subject.name, "lines": subject.lines, "year": str(subject.period.first.year),
        "title": _("What we did together, and what we ask for"),
        "heads": [_("What residents wished for"), _("What has been done"), _("What it has brought"),
                  _("What it cost, who helped"), _("What is asked for now")],
        "sentences": texts(meeting.sentences), "needs_said": texts(meeting.needs_said),
        "needs_head": [_("Theme"), _("People"), _("fulfilled")],
        "needs": [[row.label, number(row.people), number(row.answered) if row.answered else "–"]
                  for row in meeting.needs.rows[:few]],
        "needs_most": max((row.people for row in meeting.needs.rows), default=1),
        "needs_n": [row.people for row in meeting.needs.rows[:few]],
        "strategies": [[row.label, number(row.n)] for row in meeting.strategies],
        "held_head": [_("Day"), _("Activity"), _("Came")],
        "held": [[day(row.day), row.title if subject.library else f"{row.title} · {row.library}", number(row.people)]
                 for row in meeting.held[:few]],
        "effects": effects, "effects_note": _effects_note(meeting.effects),
        "means_said": texts(meeting.means_said),
        "helpers_head": [_("Partner"), _("Kind"), _("Gifts"), _("Worth")],
        "helpers": [[one.name, one.kind, number(one.gifts), rupiah(one.worth) if one.worth else "–"]
                    for one in meeting.means.helpers[:few]],
        "results": list(meeting.means.results[:3]), "asked": meeting.asked,
        "wishes_head": [_("Aim"), _("Of whom"), _("State")],
        "wishes": [[one.aim, one.office, one.state] for one in meeting.wishes[:5]],
        "nothing_asked": _("Write here what the meeting decides:"),
        "day": day(subject.today), "foot": f"{subject.name} · {subject.period.first.year}",
        "scan": _("The numbers, opened"),
        "roles": [{"role": _("For the library"), "name": ""}, {"role": _("For the residents"), "name": ""}],
        "place_and_day": day(subject.today)}


def _effects_note(effects: Effects) -> str:
    if effects.is_empty:
        return _("Nobody has been asked yet what changed; a short survey takes two minutes.")
    rate = _("%(n)s answers, %(rate)s %% of those who were asked.") % {"n": effects.n, "rate": effects.rate.percent} \
        if effects.rate else _("%(n)s answers; how many were asked is not known.") % {"n": effects.n}
    return f"{rate} " + _("The bar shows how certain it is.")


def meeting_pdf(subject: Subject) -> bytes:
    meeting = meeting_of(subject)
    (line,) = trends(subject.ground, subject.opens, ("visits",))
    from simpul.overview.printing.poster import address

    pictures = {"qr.svg": code_picture(address(subject))}
    if not line.is_empty:
        pictures["garis.svg"] = on_paper("line", line)
    pictures |= {f"e-{n}.svg": on_paper("interval", row) for n, row in enumerate(effect_rows(meeting.effects))
                 if row.percent is not None}
    return pdf(PAPERS / "meeting.typ", values_of(subject, meeting) | {
        "chart": "garis.svg" if not line.is_empty else "", "chart_title": line.title, "chart_says": line.desc},
        pictures=pictures, made_at=subject.ground.now)
