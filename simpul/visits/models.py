"""Visits."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library, Stop
from simpul.people.models import AgeGroup, Person, Sex


@dataclass(frozen=True)
class Cell:
    """`count` persons of one sex and age group; "" is not said."""

    sex: str = ""
    age_group: str = ""
    count: int = 1


@dataclass(frozen=True)
class Details:
    """What may be known besides; all of it optional, the disability only if it was offered."""

    occupation: str = ""  # people.categories.OCCUPATIONS
    education: str = ""   # people.categories.EDUCATION
    purpose: str = ""     # Visit.Purpose
    uses_ict: bool = False
    has_disability: bool | None = None


NOTHING_MORE = Details()


class VisitQuerySet(models.QuerySet["Visit"]):
    def valid(self) -> Self:
        """Rows that count: not voided by a correction."""
        return self.filter(voided_at__isnull=True)

    def counted_by(self, actor: Actor) -> Self:
        """Rows of libraries whose counts the actor may see."""
        if actor.is_node or actor.is_coordinator or actor.is_administrator:
            return self
        return self.filter(library_id__in=actor.staff_of | actor.mentor_of)

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the actor's own libraries, with who it was."""
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def between(self, first: date, last: date) -> Self:
        """Visits on local days first to last, both included."""
        return self.filter(local_date__gte=first, local_date__lte=last)

    def of_entry(self, entry_id: UUID) -> Self:
        return self.filter(entry_id=entry_id)


class Visit(Row):
    """`count` alike persons who came in at a moment; `entry_id` binds rows written down together and is the id of
    the change that wrote them."""

    class How(models.TextChoices):
        MEMBER = "member", _("member with card")
        VISITOR = "visitor", _("visitor")
        GROUP = "group", _("group")
        TALLY = "tally", _("tally")
        SHEET = "sheet", _("paper guest book")

    class Purpose(models.TextChoices):
        READ = "read", _("reading")
        BORROW = "borrow", _("borrowing or returning")
        STUDY = "study", _("studying or doing homework")
        ICT = "ict", _("computer or internet")
        ACTIVITY = "activity", _("an activity")
        PLAY = "play", _("playing")
        OTHER = "other", _("other")
        UNKNOWN = "", _("not said")

    class Why(models.TextChoices):
        """Why an entry no longer counts. Choices, not free text: no name can get in."""

        NONE = "", ""
        WRONG_GROUP = "wrong_group", _("wrong sex or age chosen")
        WRONG_COUNT = "wrong_count", _("wrong number")
        TWICE = "twice", _("written down twice")
        NOT_A_VISIT = "not_a_visit", _("was not a visit")
        UNDONE = "undone", _("undone at once")
        COMPLETED = "completed", _("completed with details")
        OTHER = "other", _("other reason")

    entry_id = models.UUIDField()
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="visits", db_index=False)
    stop = models.ForeignKey(Stop, null=True, blank=True, on_delete=models.PROTECT, related_name="visits",
                             db_index=False)
    how = models.CharField(max_length=8, choices=How)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits",
                               db_index=False)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    age_group = models.CharField(max_length=5, choices=AgeGroup, blank=True)
    count = models.PositiveIntegerField(default=1)
    occupation = models.CharField(max_length=16, blank=True)
    education = models.CharField(max_length=8, blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose, blank=True)
    origin = models.CharField(max_length=120, blank=True)  # a group's school or institution
    uses_ict = models.BooleanField(default=False)
    has_disability = models.BooleanField(null=True, blank=True)  # only if offered
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
                                 db_index=False)
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_because = models.CharField(max_length=12, choices=Why, blank=True)
    replaces_entry_id = models.UUIDField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        # few and partial: each index is written at the door
        indexes = [
            models.Index(fields=["library", "local_date"], name="visit_by_library_day"),
            models.Index(fields=["local_date", "library"], name="visit_by_day"),
            models.Index(fields=["entry_id"], name="visit_by_entry"),
            models.Index(fields=["person", "happened_at"], name="visit_by_person",
                         condition=Q(person__isnull=False)),
            models.Index(fields=["evidence"], name="visit_by_evidence", condition=Q(evidence__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0), name="visit_counts_somebody"),
            models.CheckConstraint(condition=Q(count=1) | Q(person__isnull=True), name="visit_of_a_person_is_one"),
            models.CheckConstraint(condition=Q(sex__in=["L", "P", ""]), name="visit_sex"),
            models.CheckConstraint(condition=Q(age_group__in=["0-5", "6-12", "13-17", "18-59", "60+", ""]),
                                   name="visit_age_group"),
        ]

    @property
    def cell(self) -> Cell:
        return Cell(self.sex, self.age_group, self.count)

    @property
    def details(self) -> Details:
        return Details(self.occupation, self.education, self.purpose, self.uses_ict, self.has_disability)

    def journal_label(self, reader: Actor) -> str:
        return str(self.count)
