"""The two-page proposal as PDF."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.advocacy.models import Proposal
from simpul.files.papers import pdf

TEMPLATE = Path(__file__).parent / "proposal.typ"
MOST_PARAGRAPHS = 10  # of one text; further lines run on, so that two pages stay two pages
LONG_WORD = re.compile(r"(\S{60})(?=\S)")


def proposal_pdf(proposal: Proposal, day: date) -> bytes:
    """Exactly two A4 pages: need and figures; what is asked, and who signs. In the active language."""
    return pdf(TEMPLATE, values_of(proposal, day))


def values_of(proposal: Proposal, day: date) -> dict[str, Any]:
    """What the template is given: texts and formatted numbers."""
    library = proposal.library
    lines = [line for line in (library.address, library.region.full_name, f"NPP {library.npp}" if library.npp else "")
             if line and line not in library.name]
    return {
        "language": get_language() or "id", "library": library.name, "lines": lines, "title": proposal.title,
        "to": [_("To"), proposal.addressed_to],
        "need": [_("The need"), paragraphs(proposal.need)], "done": [_("What the library did"), paragraphs(proposal.done)],
        "asked": [_("What is asked"), paragraphs(proposal.asked)],
        "expected": [_("What will be better"), paragraphs(proposal.expected)],
        "figures": [_figure(row) for row in proposal.evidence.all()],
        "figures_head": [_("From the library's own records"), _("Period"), _("Figure")],
        "budget_head": [_("What for"), _("Number of units"), _("Price each"), _("Sum")],
        "budget": [[row["what"], f"{number(row['n'])} {row['unit']}".strip(), rupiah(row["price"]),
                    rupiah(row["n"] * row["price"])] for row in proposal.budget],
        "total": [_("Total"), rupiah(proposal.total)] if proposal.budget else [],
        "place": f"{proposal.place or library.region.name}, {formats.date_format(day, 'j F Y')}",
        "signs": _signs(proposal),
        "foot": f"{library.name} · {proposal.year}",
    }


def paragraphs(text: str) -> list[str]:
    """The lines that say something; very many of them run on in the last."""
    told = [LONG_WORD.sub("\\1\u200b", line.strip()) for line in text.splitlines() if line.strip()]
    return told if len(told) <= MOST_PARAGRAPHS else [*told[:MOST_PARAGRAPHS - 1], " ".join(told[MOST_PARAGRAPHS - 1:])]


def _figure(row: Any) -> list[str]:
    period = f"{formats.date_format(row.from_on, 'j M Y')} – {formats.date_format(row.until_on, 'j M Y')}"
    return [row.label[:1].upper() + row.label[1:], period, f"{number(row.value)} {row.unit}"]


def _signs(proposal: Proposal) -> list[dict[str, str]]:
    """Who knows of it left, who asks right, as letters here do; the lines of both stand level."""
    ours = proposal.signs_as or _("Head of the library")
    if not (proposal.known_as or proposal.known_by):
        return [{"role": ours, "name": proposal.signer}]
    return [{"role": f"{_('Known by')},\n{proposal.known_as}", "name": proposal.known_by},
            {"role": f"\n{ours}", "name": proposal.signer}]


def number(value: int) -> str:
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def rupiah(value: int) -> str:
    """`Rp1.500.000`, in every language."""
    return "Rp" + f"{value:,}".replace(",", ".")
