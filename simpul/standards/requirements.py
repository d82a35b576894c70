"""Requirements of the national standard as read: Perka 6/2017 (desa and kelurahan) and 8/2017 (kabupaten and kota, partly)."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Effort(IntEnum):
    """How much it takes to meet a requirement: our own order, so that the easiest comes first."""

    DECIDE = 1
    TRAIN = 2
    BUY = 3
    BUILD = 4


EFFORTS = {
    Effort.DECIDE: _("by a decision"), Effort.TRAIN: _("by training or people"), Effort.BUY: _("with some money"),
    Effort.BUILD: _("with a building"),
}


@dataclass(frozen=True)
class Requirement:
    """`asked` in the words of the standard; `step` is the row of a plan that meets it; `fact` where it is told (None: it
    follows from the records)."""

    code: str
    group: Any
    label: Any
    asked: Any
    step: Any
    effort: Effort
    fact: str = ""


TITLES, RECENT_PERCENT, AREA, HOURS, STAFF = 1000, 10, 56, 6, 2
SERVICES = ("circulation", "read_in_place", "reference", "search")
KINDS = ("adults", "children", "magazines", "newspapers", "reference", "teens")
PER_CAPITA = "0.025"
POLICY_YEARS = 3

_COLLECTION, _BUILDING, _SERVICES, _STAFF = _("collection"), _("building"), _("services"), _("staff")
KELURAHAN = (
    Requirement("titles", _COLLECTION, _("titles"), _("at least 1,000 titles"),
                _("Add books until there are 1,000 titles: donations, the city library, kelurahan funds"), Effort.BUY),
    Requirement("recent", _COLLECTION, _("titles published in the last five years"), _("at least 10 %"),
                _("Choose new books: at least one title in ten of the last five years"), Effort.BUY),
    Requirement("kinds", _COLLECTION, _("kinds of collection"),
                _("children, teenagers, adults, reference, newspapers, magazines"),
                _("Complete the kinds of collection: ask for newspapers, magazines and reference books"), Effort.BUY,
                "collection_kinds"),
    Requirement("area", _BUILDING, _("floor area"), _("at least 56 m²"),
                _("Ask the lurah for a room of at least 56 m²"), Effort.BUILD, "building_area_m2"),
    Requirement("permanent", _BUILDING, _("permanent building"), _("yes"),
                _("Ask for a permanent building or room"), Effort.BUILD, "building_permanent"),
    Requirement("land", _BUILDING, _("land"), _("owned by the government"),
                _("Get the land or its use in writing"), Effort.BUILD, "land_owned"),
    Requirement("hours", _SERVICES, _("opening hours"), _("at least 6 hours a day"),
                _("Open at least six hours a day: a duty roster with volunteers"), Effort.DECIDE),
    Requirement("services", _SERVICES, _("kinds of service"),
                _("reading in place, lending, reference, searching for information"),
                _("Offer all four services and hang out how they work"), Effort.DECIDE, "service_kinds"),
    Requirement("staff", _STAFF, _("staff"), _("at least 2 people"),
                _("Name at least two people by a decree of the lurah"), Effort.TRAIN, "staff_unqualified"),
    Requirement("head_education", _STAFF, _("education of the head"), _("at least senior secondary (SLTA)"),
                _("Name a head with at least SLTA"), Effort.DECIDE, "head_education"),
    Requirement("head_trained", _STAFF, _("training of the head"), _("training in librarianship"),
                _("Register the head for a training in librarianship"), Effort.TRAIN, "head_trained"),
)
KOTA = (
    Requirement("titles_per_capita", _COLLECTION, _("titles per resident"), _("at least 0.025"),
                _("Plan purchases until there are 0.025 titles per resident"), Effort.BUY),
    Requirement("recent", _COLLECTION, _("titles published in the last five years"), _("at least 10 %"),
                _("Choose new books: at least one title in ten of the last five years"), Effort.BUY),
    Requirement("policy", _COLLECTION, _("collection policy"), _("reviewed every 3 years"),
                _("Review the collection policy and put it on the shelf of papers"), Effort.DECIDE),
)
#: parts of Perka 8/2017 that were not read: shown, never judged
NOT_READ = ((_BUILDING, _("building and facilities")), (_SERVICES, _("hours and services")), (_STAFF, _("staff")),
            (_("management"), _("running and management")))
BY_CODE = {one.code: one for one in (*KOTA, *KELURAHAN)}
