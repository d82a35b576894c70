"""Keeping the words before an annual report."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Library
from simpul.overview.models import Preface
from simpul.overview.permissions import can_write_preface

MOST_LETTERS = 2400  # a page
FIRST_YEAR = 2000


class PrefaceRefused(Refusal):
    code = "preface_refused"


@change("preface.written", says=_("{by} wrote the preface of the annual report {result}"))
def write_preface(*, library: Library | None, year: int, text: str, signer: str = "", signs_as: str = "", by: Actor,
                  at: datetime, id: UUID) -> Preface | None:
    """Replaces the words of that year; empty words take them away (None). Raises NotAllowed, PrefaceRefused."""
    if not can_write_preface(by, library.pk if library else None):
        raise NotAllowed(_("Only who runs the library may do this."))
    if not FIRST_YEAR <= year <= at.year + 1:
        raise PrefaceRefused(_("There is no report of this year."), field="year")
    if len(text) > MOST_LETTERS:
        raise PrefaceRefused(_("Shorten the words to one page."), field="text")
    if library is not None:
        note(library=library.pk)
    kept = Preface.objects.filter(library=library, year=year).first()
    if not text.strip():
        if kept is not None:
            kept.delete()
        return None
    row = kept or Preface(id=id, library=library, year=year)
    row.text, row.signer, row.signs_as, row.written_at = text.strip(), signer.strip()[:120], signs_as.strip()[:120], at
    row.save()
    return row
