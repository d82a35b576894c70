"""The parts of the recap in the order of entry, and the parts of the simulated score."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """Where an item is entered: the three strategies, publicity, stories."""

    INFORMATION = "information", _("better information services")
    INVOLVEMENT = "involvement", _("community involvement")
    ADVOCACY = "advocacy", _("advocacy")
    PUBLICITY = "publicity", _("publicity")
    STORY = "story", _("success stories and testimonies")


ORDER: tuple[Part, ...] = tuple(Part)


class Colour(models.TextChoices):
    """As SIM shows it."""

    GREEN = "green", _("green")
    YELLOW = "yellow", _("yellow")
    RED = "red", _("red")


@dataclass(frozen=True)
class Count:
    """A part of the simulated score: what is counted, how many a month are enough (our default), its weight of 100.
    `measure` with `where` as measures say it; stories have no measure."""

    code: str
    label: Any
    a_month: str      # a Decimal as text
    weight: int
    helps: Any        # what to do, one sentence with %(n)s and %(library)s
    measures: tuple[str, ...] = ()
    strategy: str = ""


#: weights and targets of the national score are not published: these defaults are ours
COUNTS: tuple[Count, ...] = (
    Count("involvement", _("activities with the community"), "2", 30,
          _("%(n)s more activities with the community would help most."), ("activities",), "involvement"),
    Count("participants", _("participations in activities"), "40", 15,
          _("%(n)s more people at activities would help most: tell the RW groups two days before."),
          ("activity_participants",)),
    Count("information", _("activities for better information services"), "0.5", 15,
          _("%(n)s more classes or services about computers and information would help most."), ("activities",),
          "information"),
    Count("advocacy", _("advocacy talks and results"), "0.5", 20,
          _("%(n)s more talks with an office or company would help most: write them down when they happen."),
          ("advocacy_talks", "advocacy_results")),
    Count("publicity", _("publicity"), "1", 10, _("%(n)s more posts or articles with their link would help most."),
          ("publicity",)),
    Count("stories", _("verified stories"), "0.25", 10,
          _("%(n)s more stories told with the person herself would help most.")),
)
COUNT_OF = {one.code: one for one in COUNTS}
DEFAULT_GREEN, DEFAULT_YELLOW = 75, 40

#: the only published count of colours that we know; it stands beside ours as context
COMPARISON = {
    Colour.GREEN.value: 24, Colour.YELLOW.value: 114, Colour.RED.value: 134, "none": 658,
    "source": "https://lamongankab.go.id/beranda/dinarpustaka/post/19141",
}
