"""Lending rules, loans, renewals, in-house use, charges, reminders."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.models import Copy, Title
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.libraries.models import Library
from simpul.people.models import AgeGroup, Member, MemberType, Sex


class LoanRule(Row):
    """How a library lends to a kind of member. The most particular rule wins: library and type, library, type,
    the city's."""

    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="loan_rules")
    member_type = models.ForeignKey(MemberType, null=True, blank=True, on_delete=models.PROTECT,
                                    related_name="loan_rules")
    copies_at_once = models.PositiveSmallIntegerField(default=3)
    days = models.PositiveSmallIntegerField(default=7)
    renewals = models.PositiveSmallIntegerField(default=1)
    grace_days = models.PositiveSmallIntegerField(default=0)
    fine_per_day = models.PositiveIntegerField(default=0)  # rupiah; 0 is no fine
    fine_at_most = models.PositiveIntegerField(default=0)  # rupiah a loan; 0 is no limit
    scope = models.CharField(max_length=80, unique=True)  # "library|type", since NULLs are never equal
    changed_at = models.DateTimeField()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.scope = f"{self.library_id or ''}|{self.member_type_id or ''}"
        super().save(*args, **kwargs)

    journal_related = ("library",)

    def journal_label(self, reader: Actor) -> str:
        return self.library.name if self.library else str(_("the city"))


#: out with a reader: neither back, nor lost, nor entered by mistake
OPEN = Q(returned_at__isnull=True, lost_on__isnull=True, voided_at__isnull=True)


class LoanQuerySet(models.QuerySet["Loan"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def valid(self) -> Self:
        return self.filter(voided_at__isnull=True)

    def open(self) -> Self:
        return self.filter(OPEN)

    def due_before(self, day: date) -> Self:
        return self.filter(due_on__lt=day)

    def due_between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(due_on__gte=first, due_on__lte=last)


class Loan(Row):
    """One copy with one member, from the library that lent it."""

    is_about_reader = True  # outsiders do not read of it in the journal

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="loans")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="loans")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="loans")
    sex = models.CharField(max_length=1, choices=Sex, blank=True)          # kept when the reader is unlinked
    age_group = models.CharField(max_length=5, choices=AgeGroup, blank=True)
    lent_at = models.DateTimeField()
    local_date = models.DateField()  # the library's day on which it was lent
    due_on = models.DateField()
    renewals = models.PositiveSmallIntegerField(default=0)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)  # the library's day
    returned_to = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT,
                                    related_name="+")  # where it came back, if at another library
    is_implied_return = models.BooleanField(default=False)
    lost_on = models.DateField(null=True, blank=True)  # given up; it may still turn up
    lent_although = models.CharField(max_length=120, blank=True)  # why a rule was set aside at the desk
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = LoanQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["library", "local_date"], name="loan_by_library_day"),
            models.Index(fields=["local_date", "library"], name="loan_by_day"),
            models.Index(fields=["library", "returned_on"], name="loan_by_returned"),
            models.Index(fields=["library", "due_on"], name="loan_open_due", condition=OPEN),
            models.Index(fields=["member", "-lent_at"], name="loan_by_member"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["copy"], name="loan_one_open_a_copy", condition=OPEN),
        ]

    @property
    def is_open(self) -> bool:
        return self.returned_at is None and self.lost_on is None and self.voided_at is None

    def days_late(self, day: date) -> int:
        """Calendar days past due on `day`; 0 when in time."""
        return max(0, (day - self.due_on).days)

    journal_related = ("copy__title",)

    def journal_label(self, reader: Actor) -> str:
        return self.copy.journal_label(reader)


class ValidQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def valid(self) -> Self:
        """Rows that count: not voided."""
        return self.filter(voided_at__isnull=True)


class Renewal(Row):
    """A loan's due day moved."""

    is_about_reader = True  # outsiders do not read of it in the journal

    loan = models.ForeignKey(Loan, on_delete=models.CASCADE, related_name="renewal_rows")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    due_before = models.DateField()
    due_after = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = ValidQuerySet.as_manager()


class InHouseUse(Row):
    """Copies read in place: scanned one by one, or tallied at closing."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="in_house_uses")
    copy = models.ForeignKey(Copy, null=True, blank=True, on_delete=models.PROTECT, related_name="in_house_uses")
    title = models.ForeignKey(Title, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField(default=1)
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = ValidQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library", "local_date"], name="in_house_by_library_day")]
        constraints = [models.CheckConstraint(condition=Q(count__gt=0), name="in_house_counts_something")]

    journal_related = ("copy__title",)

    def journal_label(self, reader: Actor) -> str:
        return self.copy.journal_label(reader) if self.copy else str(self.count)


class Charge(Row):
    """A fine that fell due with a late return; paid in parts or waived."""

    is_about_reader = True  # outsiders do not read of it in the journal

    class Kind(models.TextChoices):
        FINE = "fine", _("fine for a late return")
        REPLACEMENT = "replacement", _("replacement of a lost copy")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="charges")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="charges")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.FINE)
    amount = models.PositiveIntegerField()  # rupiah
    paid = models.PositiveIntegerField(default=0)
    waived = models.PositiveIntegerField(default=0)
    waived_because = models.CharField(max_length=120, blank=True)
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = ValidQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(
            condition=Q(amount__gte=models.F("paid") + models.F("waived")), name="charge_not_overpaid")]

    @property
    def left(self) -> int:
        """Rupiah still to be paid."""
        return self.amount - self.paid - self.waived

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_kind_display())


class Reminder(Row):
    """Somebody was reminded of what is due; the text is not kept."""

    is_about_reader = True  # outsiders do not read of it in the journal

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="reminders")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="reminders")
    by_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    objects = ValidQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "-at"], name="reminder_by_member")]

    journal_related = ("member__person",)

    def journal_label(self, reader: Actor) -> str:
        return self.member.journal_label(reader)
