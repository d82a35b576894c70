"""Plans in words: offices, amounts, what differs."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.libraries.models import Library
from simpul.plans.models import Step


def office_of(library: Library) -> str:
    """Who acknowledges by custom: "Lurah Sukasari" for a kelurahan, the head of a TBM for a TBM."""
    if library.kind == Library.Kind.TBM:
        return _("Head of %(library)s") % {"library": library.name}
    if library.region.is_kelurahan and library.kind in (Library.Kind.VILLAGE, Library.Kind.NEIGHBOURHOOD):
        return f"Lurah {library.region.name}"
    return _("Head of %(library)s") % {"library": library.name}


def rupiah(value: int) -> str:
    """`Rp1.500.000`"""
    return "Rp" + f"{value:,}".replace(",", ".")


def field_name(field: str) -> str:
    """What a field of a revision is called."""
    return {
        "activity": _("Activity"), "aim": _("Aim"), "due_on": _("When"), "responsible": _("Who"), "account": _("Who"),
        "indicator": _("Indicator"), "budget": _("Budget"), "funds": _("Where the money comes from"), "kind": _("Kind"),
        "target_office": _("Whom"), "message": _("Message"), "title": _("Name of the plan"), "starts_on": _("From"),
        "ends_on": _("Until"), "needs": _("Needs"), "baseline": _("Baseline"), "written_by": _("Written by"),
    }.get(field, field)


def readable(field: str, value: str) -> str:
    """A value of a revision as people read it."""
    if value and field.endswith("_on"):
        return formats.date_format(date.fromisoformat(value), "j F Y")
    if value and field == "budget":
        return rupiah(int(value))
    if field == "funds":
        return str(dict(Step.Funds.choices).get(value, value))
    if field == "kind":
        return str(dict(Step.Kind.choices).get(value, value))
    return value
