"""A library's own assessment by the older instrument; from how many points a grade begins, as the city simulates it."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.libraries.models import Library
from simpul.standards.accreditation import Old

T = TypeVar("T", bound=models.Model)


class Standing(models.QuerySet[T]):
    """Rows that may be taken back."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class AssessmentQuerySet(Standing["Assessment"]):
    pass


class Assessment(Row):
    """How many indicators of a component a library fulfils, as it says itself. Earlier ones stay: the latest counts.
    `together`: the change that brought it."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="assessments")
    component = models.CharField(max_length=12, choices=Old)
    fulfilled = models.PositiveSmallIntegerField()
    assessed_on = models.DateField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    together = models.UUIDField(db_index=True)
    recorded_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_on", "-recorded_at"]
        indexes = [models.Index(fields=["library", "component"], name="assessment_by_component")]
        constraints = [models.CheckConstraint(condition=Q(fulfilled__lte=100), name="assessment_of_its_indicators")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_component_display())


class GradesQuerySet(Standing["Grades"]):
    def in_force(self, day: date) -> "Grades | None":
        """Those that hold on a day; None: our defaults."""
        return self.standing().filter(from_on__lte=day).order_by("-from_on", "-recorded_at").first()


class Grades(Row):
    """From how many points A, B and C begin in the simulation, from a day on; with the source."""

    from_on = models.DateField()
    a_from = models.PositiveSmallIntegerField()
    b_from = models.PositiveSmallIntegerField()
    c_from = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = GradesQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-recorded_at"]
        constraints = [models.CheckConstraint(
            condition=Q(a_from__lte=100, b_from__lt=models.F("a_from"), c_from__lt=models.F("b_from")),
            name="grades_in_order")]

    def journal_label(self, reader: Actor) -> str:
        return self.source
