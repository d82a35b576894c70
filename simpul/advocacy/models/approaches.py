"""Approaches with talks, results and evidence; the yearly road and its proposal."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.advocacy.models.counted import Counted, CountedQuerySet
from simpul.advocacy.models.partners import Partner
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.measure import discover
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library


class ApproachQuerySet(models.QuerySet["Approach"]):
    def open(self) -> Self:
        """Neither achieved nor put off."""
        return self.exclude(state__in=(Approach.State.ACHIEVED, Approach.State.NOT_NOW))

    def due_by(self, day: date) -> Self:
        """Open, and their next step falls on this day or fell before it."""
        return self.open().filter(next_on__lte=day)


class Approach(Row):
    """One thing wanted of one office or company, from plan to result."""

    class Target(models.TextChoices):
        LURAH = "lurah", _("lurah")
        CAMAT = "camat", _("camat")
        COUNCIL = "council", _("city council (DPRD)")
        COMPANY = "company", _("company")
        OFFICE = "office", _("government office (OPD)")
        COMMUNITY = "community", _("RT, RW, LPM")
        OTHER = "other", _("other")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CONTACTED = "contacted", _("contacted")
        MET = "met", _("met")
        PROMISED = "promised", _("promised")
        ACHIEVED = "achieved", _("achieved")
        NOT_NOW = "not_now", _("not now")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="approaches")
    aim = models.CharField(max_length=160)
    target = models.CharField(max_length=10, choices=Target)
    office = models.CharField(max_length=120)
    message = models.TextField(max_length=800, blank=True)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="approaches")
    road_year = models.PositiveSmallIntegerField(null=True, blank=True)  # the yearly road it belongs to
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    next_what = models.CharField(max_length=160, blank=True)
    next_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    moved_at = models.DateTimeField(default=clock.now)

    objects = ApproachQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library", "state"], name="approach_by_state"),
                   models.Index(fields=["library", "next_on"], name="approach_by_next")]

    def journal_label(self, reader: Actor) -> str:
        return self.aim if reader.counts(self.library_id) else ""


class Talk(Counted):
    """A meeting, call or letter within an approach."""

    class Way(models.TextChoices):
        MET = "met", _("meeting")
        CALL = "call", _("call or message")
        LETTER = "letter", _("letter")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    approach = models.ForeignKey(Approach, on_delete=models.PROTECT, related_name="talks")
    way = models.CharField(max_length=8, choices=Way, default=Way.MET)
    ours = models.CharField(max_length=120, blank=True)
    office = models.CharField(max_length=120)
    said = models.TextField(max_length=1000, blank=True)

    objects = CountedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["local_date", "library"], name="talk_by_day")]

    def journal_label(self, reader: Actor) -> str:
        return self.office if reader.counts(self.library_id) else ""


class Result(Counted):
    """What an approach brought, with its worth and its document."""

    class Kind(models.TextChoices):
        PROMISE = "promise", _("promise")
        BUDGET = "budget", _("budget")
        DECREE = "decree", _("decree (SK)")
        REGULATION = "regulation", _("regulation")
        GOODS = "goods", _("goods or facilities")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    approach = models.ForeignKey(Approach, on_delete=models.PROTECT, related_name="results")
    kind = models.CharField(max_length=10, choices=Kind)
    what = models.CharField(max_length=160)
    worth = models.PositiveBigIntegerField(null=True, blank=True)  # rupiah
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CountedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["local_date", "library"], name="result_by_day")]

    @property
    def is_given(self) -> bool:
        """More than a promise."""
        return self.kind != self.Kind.PROMISE

    def journal_label(self, reader: Actor) -> str:
        return self.what if reader.counts(self.library_id) else ""


class RoadStep(Row):
    """What differs from the city's calendar on a library's yearly road: a day of its own, or that it is done."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=12)  # road.STEPS
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library", "year", "step"], name="road_step_once")]

    def journal_label(self, reader: Actor) -> str:
        return self.step


class Proposal(Row):
    """The two pages of a library's yearly road; each text may be rewritten."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="proposals")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=140)
    addressed_to = models.CharField(max_length=120)
    need = models.TextField(max_length=900, blank=True)
    done = models.TextField(max_length=900, blank=True)
    asked = models.TextField(max_length=600, blank=True)
    expected = models.TextField(max_length=900, blank=True)
    budget = models.JSONField(default=list)  # [{"what": "…", "n": 2, "unit": "buah", "price": 750000}, …]
    place = models.CharField(max_length=60, blank=True)
    signs_as = models.CharField(max_length=60, blank=True)
    signer = models.CharField(max_length=80, blank=True)
    known_as = models.CharField(max_length=60, blank=True)
    known_by = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library", "year"], name="proposal_once_a_year")]

    @property
    def total(self) -> int:
        """Rupiah."""
        return sum(line["n"] * line["price"] for line in self.budget)

    def journal_label(self, reader: Actor) -> str:
        return self.title if reader.counts(self.library_id) else ""


class Figure(Row):
    """A figure of the library's own as it was told: measure, period, value, when computed."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    approach = models.ForeignKey(Approach, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    measure = models.CharField(max_length=60)
    from_on = models.DateField()
    until_on = models.DateField()  # the last day that is counted
    value = models.BigIntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=models.F("from_on")), name="figure_ends_after_start"),
            models.CheckConstraint(condition=Q(approach__isnull=True) ^ Q(proposal__isnull=True), name="figure_of_one"),
        ]

    @property
    def label(self) -> str:
        found = discover().get(self.measure)
        return str(found.label) if found else self.measure

    @property
    def unit(self) -> str:
        found = discover().get(self.measure)
        return str(found.unit) if found else ""

    def journal_label(self, reader: Actor) -> str:
        return self.label
