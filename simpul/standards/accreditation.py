"""Components of accreditation and their weights, each with where it was seen.

Nine components: SK Kepala Perpusnas 296/2022. Weights 15/10/20/15/10/15/5/5/5 were seen for special and university
libraries only. The older instrument for desa and kelurahan has 71 indicators in six components, weights 20/15/25/20/15/5;
its sentences are not public here, so that a library counts them in its own printed copy.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.replication.steps import Paper


@dataclass(frozen=True)
class Component:
    """`facts`: dated facts that are evidence; `figures`: indicators; `papers`: kinds of the shelf. `weight`: as seen for
    other kinds of library."""

    number: int
    label: Any
    weight: int
    facts: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()


COMPONENTS = (
    Component(1, _("collection"), 15, ("collection_kinds", "budget_collection"), ("copies_held", "collection_per_resident"),
              (Paper.COLLECTION, Paper.PROCESSING)),
    Component(2, _("facilities and infrastructure"), 10, (
        "building_area_m2", "land_owned", "building_permanent", "building_own", "seats", "shelves", "electricity", "toilet",
        "parking", "computers_public", "computers_staff", "internet", "wifi_public", "ramp", "wide_door", "accessible_toilet",
        "guiding_block", "large_print_corner", "braille_corner", "audio_books"), (), (Paper.LAND, Paper.PLACE)),
    Component(3, _("services"), 20, ("service_kinds",), ("visits", "loans", "printed_copies_used", "ict_users", "activities"),
              (Paper.SERVICE, Paper.SERVICE_STANDARD, Paper.LENDING, Paper.LENDING_RULES, Paper.MEMBERSHIP,
               Paper.CODE_OF_CONDUCT)),
    Component(4, _("staff"), 15, ("staff_qualified", "staff_unqualified", "staff_trained", "head_education", "head_trained",
                                 "budget_training", "sign_interpreter"), ("staff",), (Paper.SK_STAFF,)),
    Component(5, _("running the library"), 10, ("decree_number", "regional_regulations", "funding_source"), (),
              (Paper.SK_LOCATION, Paper.COMMITMENT, Paper.NPP, Paper.BUDGET)),
    Component(6, _("management"), 15, ("policy_documents", "budget_services"), (),
              (Paper.WORK_PLAN, Paper.REPORT, Paper.DISASTER)),
    Component(7, _("innovation and creativity"), 5, (), ("activities", "participants"), ()),
    Component(8, _("reading habit of the community (TGM)"), 5),
    Component(9, _("literacy development index (IPLM)"), 5),
)


class Old(models.TextChoices):
    """Components of the older instrument for desa and kelurahan."""

    COLLECTION = "collection", _("collection")
    FACILITIES = "facilities", _("facilities and infrastructure")
    SERVICES = "services", _("services")
    STAFF = "staff", _("staff")
    RUNNING = "running", _("running and managing the library")
    EXTRA = "extra", _("strengthening components")


#: component → (weight of 100, indicators); 71 in all
OLD: dict[Old, tuple[int, int]] = {
    Old.COLLECTION: (20, 18), Old.FACILITIES: (15, 23), Old.SERVICES: (25, 11), Old.STAFF: (20, 6), Old.RUNNING: (15, 9),
    Old.EXTRA: (5, 4)}

#: from how many points a grade begins: not published for this instrument, so a setting whose defaults are ours
DEFAULT_A, DEFAULT_B, DEFAULT_C = 91, 76, 60
