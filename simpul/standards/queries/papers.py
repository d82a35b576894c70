"""The shelf of papers of one library: what is there, what is over, what is missing, and who asks for it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from simpul.libraries.models import Library
from simpul.replication.models import Document
from simpul.replication.steps import CHECKLIST, POLICIES, Paper
from simpul.standards.accreditation import COMPONENTS

SOON = timedelta(days=60)
_JOURNEY, _INDEX, _NPP, _STANDARD = _("journey"), _("IPLM, policies"), _("NPP"), _("national standard")


def asked_by(kind: Paper) -> list[Any]:
    """The lists that a paper of this kind serves."""
    found: list[Any] = [_JOURNEY] if any(item.paper == kind for item in CHECKLIST) else []
    found += [_INDEX] if kind in POLICIES else []
    found += [_STANDARD] if kind in (Paper.COLLECTION, Paper.LAND, Paper.SK_STAFF) else []
    found += [_NPP] if kind in (Paper.NPP, Paper.SK_LOCATION, Paper.SK_STAFF, Paper.ACCREDITATION) else []
    component = next((one for one in COMPONENTS if kind in one.papers), None)
    return [*found, _("accreditation %(n)s") % {"n": component.number}] if component else found


@dataclass(frozen=True)
class Kept:
    document: Document
    asked_by: tuple[Any, ...]
    is_over: bool
    is_soon_over: bool


@dataclass(frozen=True)
class Shelf:
    kept: tuple[Kept, ...]
    missing: tuple[tuple[Paper, tuple[Any, ...]], ...]

    @property
    def over(self) -> int:
        return sum(one.is_over for one in self.kept)


def shelf_of(library: Library, day: date) -> Shelf:
    """One question. Missing are kinds that some list asks for and of which none is in force."""
    rows = list(Document.objects.standing().filter(library=library).select_related("file"))
    kept = tuple(Kept(one, tuple(asked_by(Paper(one.kind))), one.is_over(day),
                      one.valid_until is not None and day <= one.valid_until <= day + SOON) for one in rows)
    there = {one.document.kind for one in kept if not one.is_over}
    missing = tuple((kind, tuple(asked_by(kind))) for kind in Paper if kind not in there and asked_by(kind))
    return Shelf(kept, missing)
