"""Plans, their steps and evidence, revisions, follow-ups."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library


class PlanQuerySet(models.QuerySet["Plan"]):
    def counted_by(self, actor: Actor) -> Self:
        """Plans of libraries whose counts the actor may see."""
        if actor.is_node or actor.is_coordinator or actor.is_administrator:
            return self
        return self.filter(library_id__in=actor.staff_of | actor.mentor_of)

    def handed_in(self) -> Self:
        """All but drafts."""
        return self.exclude(state=Plan.State.DRAFT)

    def running(self) -> Self:
        """Handed in and not closed."""
        return self.filter(state__in=Plan.RUNNING)

    def from_origins(self, origins: list[str]) -> Self:
        """Those that came from these things above, e.g. "training.Workshop:<uuid>"."""
        return self.filter(origin__in=origins)


class Plan(Row):
    """What a library means to do between two days, and why."""

    class Kind(models.TextChoices):
        FOLLOW_UP = "rtl", _("follow-up plan (RTL)")
        YEARLY = "yearly", _("yearly work plan")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        HANDED_IN = "handed_in", _("handed in")
        ACKNOWLEDGED = "acknowledged", _("acknowledged")
        CLOSED = "closed", _("closed")

    RUNNING = (State.HANDED_IN, State.ACKNOWLEDGED)

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=160)
    starts_on = models.DateField()
    ends_on = models.DateField()
    aim = models.TextField(max_length=600, blank=True)
    needs = models.TextField(max_length=1000, blank=True)       # what people said they need: where the plan starts
    baseline = models.JSONField(default=list, blank=True)       # [{"label": "Kunjungan sebulan", "value": "120"}, …]
    origin = models.CharField(max_length=90, blank=True)        # "training.Workshop:<uuid>", made above this floor
    written_by = models.CharField(max_length=160, blank=True)   # the team, as it stands on the paper
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    acknowledged_office = models.CharField(max_length=120, blank=True)  # "Lurah Sukasari": an office, no person
    acknowledged_revision = models.PositiveIntegerField(null=True, blank=True)
    signed_paper = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    flip_chart = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closing_word = models.CharField(max_length=600, blank=True)
    revision = models.PositiveIntegerField(default=0)           # how often it changed after it was handed in
    recorded_at = models.DateTimeField(default=clock.now)

    objects = PlanQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library", "-starts_on"], name="plan_by_library"),
                   models.Index(fields=["origin"], name="plan_by_origin", condition=~Q(origin=""))]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="plan_ends_after_start")]

    def __str__(self) -> str:
        return self.title

    def journal_label(self, reader: Actor) -> str:
        return self.title if reader.counts(self.library_id) else ""

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_running(self) -> bool:
        return self.state in self.RUNNING

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def changed_since_acknowledged(self) -> bool:
        """Has it changed since the lurah or the head of the TBM signed it?"""
        return self.acknowledged_revision is not None and self.revision > self.acknowledged_revision


class StepQuerySet(models.QuerySet["Step"]):
    def standing(self) -> Self:
        """Those that were not taken out."""
        return self.filter(removed_at__isnull=True)

    def of_running_plans(self) -> Self:
        return self.standing().filter(plan__state__in=Plan.RUNNING)

    def open(self) -> Self:
        """Still to be done."""
        return self.filter(state__in=(Step.State.PLANNED, Step.State.GOING))

    def done(self) -> Self:
        return self.filter(state=Step.State.DONE)

    def due_before(self, day: date) -> Self:
        return self.filter(due_on__lt=day)


class Step(Row):
    """A row of a plan: what is done until when, by whom, how one sees that it worked, what it costs."""

    class Kind(models.TextChoices):
        ACTIVITY = "activity", _("activity")
        ADVOCACY = "advocacy", _("advocacy")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        GOING = "going", _("going on")
        DONE = "done", _("done")
        NOT_DONE = "not_done", _("not done")

    class Funds(models.TextChoices):
        UNKNOWN = "", _("not said")
        NONE = "none", _("no money needed")
        OWN = "own", _("the library's own")
        APBD = "apbd", _("city budget (APBD)")
        KELURAHAN = "kelurahan", _("kelurahan funds")
        CSR = "csr", _("company (CSR)")
        COMMUNITY = "community", _("contributions of residents")
        OTHER = "other", _("other")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="plan_steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ACTIVITY)
    activity = models.CharField(max_length=300)
    aim = models.CharField(max_length=300, blank=True)
    due_on = models.DateField()
    responsible = models.CharField(max_length=120, blank=True)   # a role: "tim TBM", "PKK RW 05"
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    indicator = models.CharField(max_length=300, blank=True)     # how one sees that it worked
    budget = models.PositiveBigIntegerField(null=True, blank=True)  # rupiah
    funds = models.CharField(max_length=10, choices=Funds, blank=True)
    target_office = models.CharField(max_length=120, blank=True)  # advocacy: the office to be won
    message = models.CharField(max_length=400, blank=True)        # advocacy: what it is told
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=300, blank=True)         # why it was not done
    done_on = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["library", "state", "due_on"], name="step_by_due"),
                   models.Index(fields=["done_on"], name="step_by_done", condition=Q(done_on__isnull=False))]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="step_number_once"),
            models.CheckConstraint(condition=Q(state="done", done_on__isnull=False) | (
                ~Q(state="done") & Q(done_on__isnull=True)), name="step_done_on_a_day"),
        ]

    journal_related = ("plan",)

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.GOING)

    @property
    def is_advocacy(self) -> bool:
        return self.kind == self.Kind.ADVOCACY

    @property
    def who(self) -> str:
        """The role, or the name of the account that answers for it."""
        return self.responsible or (self.account.name if self.account else "")

    def is_overdue(self, day: date) -> bool:
        return self.is_open and self.due_on < day

    def journal_label(self, reader: Actor) -> str:
        return self.activity if reader.counts(self.library_id) else ""


class Revision(Row):
    """One change of a plan after it was handed in. `differences` tell it line by line, readable without the rows:
    [{"step": 3 or null, "what": "changed|added|removed", "field": "due_on", "before": "…", "after": "…"}, …]"""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    differences = models.JSONField(default=list)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="revision_number_once")]


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def waiting(self) -> Self:
        return self.filter(done_on__isnull=True, plan__state__in=Plan.RUNNING)

    def due_by(self, day: date) -> Self:
        return self.waiting().filter(due_on__lte=day)


class FollowUp(Row):
    """Looking at a plan again, so many months after it was handed in."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="follow_ups")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="plan_follow_ups")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    word = models.CharField(max_length=600, blank=True)
    steps_done = models.PositiveIntegerField(null=True, blank=True)  # as it stood that day
    steps_all = models.PositiveIntegerField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["months"]
        indexes = [models.Index(fields=["library", "due_on"], name="follow_up_by_due", condition=Q(done_on__isnull=True))]
        constraints = [models.UniqueConstraint(fields=["plan", "months"], name="follow_up_once")]

    journal_related = ("plan",)

    def journal_label(self, reader: Actor) -> str:
        return self.plan.journal_label(reader)


class Evidence(Row):
    """What proves a step: a thing that the system knows, a picture or paper, a word."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="evidence")
    follow_up = models.ForeignKey(FollowUp, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    reference = models.CharField(max_length=90, blank=True)  # "activities.Activity:<uuid>", made above this floor
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [models.CheckConstraint(
            condition=~Q(reference="") | ~Q(word="") | Q(file__isnull=False), name="evidence_is_something")]


def account_of(by: Actor) -> UUID | None:
    """The account behind an actor, where there is one."""
    return by.id if by.kind == "account" else None
