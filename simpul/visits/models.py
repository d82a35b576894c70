"""Visits."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library, Stop
from simpul.people.models import AgeGroup, Person, Sex


class VisitQuerySet(models.QuerySet["Visit"]):
    def valid(self) -> Self:
        """Rows that count: not voided by a correction."""
        return self.filter(voided_at__isnull=True)

    def counted_by(self, actor: Actor) -> Self:
        if actor.is_node or actor.is_coordinator or actor.is_administrator:
            return self
        return self.filter(library_id__in=actor.staff_of | actor.mentor_of)


class Visit(Row):
    """`count` alike persons who came in at a moment; `entry_id` binds rows written down together."""

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

    entry_id = models.UUIDField()
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="visits")
    stop = models.ForeignKey(Stop, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    how = models.CharField(max_length=8, choices=How)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits")
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    age_group = models.CharField(max_length=5, choices=AgeGroup, blank=True)
    count = models.PositiveIntegerField(default=1)
    occupation = models.CharField(max_length=16, blank=True)
    education = models.CharField(max_length=8, blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose, blank=True)
    origin = models.CharField(max_length=120, blank=True)  # a group's school or institution
    uses_ict = models.BooleanField(default=False)
    has_disability = models.BooleanField(null=True, blank=True)  # only if offered
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    replaces_entry_id = models.UUIDField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["library", "local_date"], name="visit_by_library_day"),
            models.Index(fields=["local_date", "library"], name="visit_by_day"),
            models.Index(fields=["entry_id"], name="visit_by_entry"),
        ]
        constraints = [models.CheckConstraint(condition=Q(count__gt=0), name="visit_counts_somebody")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.count)
