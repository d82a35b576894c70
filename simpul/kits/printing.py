"""The facilitator's guide on paper."""

from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.files.papers import pdf
from simpul.kits.models import KINDS, Kit
from simpul.kits.queries import Shown, by_kind, shown
from simpul.kits.words import SHORT, facts_of, lines_of

PAPERS = Path(__file__).parent / "papers"
OWN_PAGE = ("session", "material", "test", "form")


def guide(kit: Kit) -> bytes:
    """A PDF of everything in the kit as it reads here, answers on a page of their own at the end."""
    rows = shown(kit)
    parts = [{"kind": kind, "heading": str(heading), "own_page": kind in OWN_PAGE, "items": [_item(one) for one in items]}
             for kind, heading, items in by_kind(rows) if kind != "texts"]
    return pdf(PAPERS / "guide.typ", {
        "language": (get_language() or "id")[:2], "title": kit.title, "summary": kit.summary, "version": kit.version,
        "licence": kit.licence, "uri": kit.uri, "credits": kit.credit_line, "parts": parts, "key": _key(rows),
        "words": {"key": _("Answers, for the facilitator only"), "version": _("Version"), "by": _("By"),
                  "licence": _("Licence"), "address": _("Address of the kit"), "minutes": _("Minutes"), "step": _("Step"),
                  "how": _("How"), "adapted": _("adapted here"), "contents": _("Contents")}})


def _item(one: Shown) -> dict[str, Any]:
    kind = one.item.kind
    return {"title": one.title, "label": str(KINDS[kind][0]), "facts": facts_of(kind, one.words), "adapted": bool(one.adapted),
            "lines": [{"label": str(line.label), "shape": line.shape, "value": _plain(line.value)}
                      for line in lines_of(kind, one.words, one.adapted) if line.name not in LEFT_OUT]}


LEFT_OUT = (*SHORT, "kind", "purpose", "version", "cost")


def _plain(value: Any) -> Any:
    return value if isinstance(value, list) else str(value)


def _key(rows: list[Shown]) -> list[dict[str, Any]]:
    """Of each test: number, the right answer in words, why."""
    return [{"title": one.title, "answers": [
        {"right": f"{q['right']}. {q['choices'][q['right'] - 1]}", "why": q.get("why", "")}
        for q in one.words.get("questions", ()) if q.get("right")]} for one in rows if one.item.kind == "test"]
