"""A path on paper and as a picture."""

from collections.abc import Sequence
from pathlib import Path as File
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.files.papers import code_picture, page_picture, pdf
from simpul.learning.models import Path, Step
from simpul.learning.queries import StepShown

PAPERS = File(__file__).parent / "papers"


def path_sheet(path: Path, steps: Sequence[StepShown], link: str, owner: str) -> bytes:
    """A PDF of one or two pages: title, for whom, the steps, a QR code."""
    return pdf(PAPERS / "path.typ", {
        "language": (get_language() or "id")[:2], "owner": owner, "title": path.title, "audience": path.audience,
        "outcome": path.outcome, "words": {"for": _("For whom"), "afterwards": _("Afterwards you can"),
                                           "scan": _("Scan to open books, materials and dates"), "step": _("Step")},
        "link": link, "steps": [_told(one) for one in steps]}, pictures={"qr.svg": code_picture(link)})


def _told(one: StepShown) -> dict[str, Any]:
    step = one.step
    under = {Step.Kind.BOOK: step.title.contributors_line if step.title else "",
             Step.Kind.MATERIAL: step.resource.rights_line if step.resource else ""}.get(Step.Kind(step.kind), "")
    return {"kind": str(step.get_kind_display()).capitalize(), "heading": one.heading, "text": step.text, "under": under}


def path_picture(words: str, theme: str, owner: str, steps: str) -> bytes:
    """1200 × 630 dots, PNG."""
    return page_picture(PAPERS / "cover.typ", {
        "words": words, "theme": theme, "owner": owner,
        "steps": ngettext("%(n)d step, free of charge", "%(n)d steps, free of charge", int(steps)) % {"n": int(steps)}})
