"""Lending rules, loans, renewals, in-house use, charges."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.models import Copy, Title
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


class LoanQuerySet(models.QuerySet["Loan"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def valid(self) -> Self:
        return self.filter(voided_at__isnull=True)

    def open(self) -> Self:
        return self.filter(returned_at__isnull=True, voided_at__isnull=True)

    def due_before(self, day: date) -> Self:
        return self.filter(due_on__lt=day)


class Loan(Row):
    """One copy with one member, from the library that lent it."""

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
    is_implied_return = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = LoanQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["library", "local_date"], name="loan_by_library_day"),
            models.Index(fields=["local_date", "library"], name="loan_by_day"),
            models.Index(fields=["library", "returned_on"], name="loan_by_returned"),
            models.Index(fields=["library", "due_on"], name="loan_open_due",
                         condition=Q(returned_at__isnull=True, voided_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["copy"], name="loan_one_open_a_copy",
                                    condition=Q(returned_at__isnull=True, voided_at__isnull=True)),
        ]

    def journal_label(self, reader: Actor) -> str:
        return self.copy.journal_label(reader)


class Renewal(Row):
    """A loan's due day moved."""

    loan = models.ForeignKey(Loan, on_delete=models.CASCADE, related_name="renewal_rows")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    due_before = models.DateField()
    due_after = models.DateField()
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)


class InHouseUse(Row):
    """Copies read in place: scanned one by one, or tallied at closing."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="in_house_uses")
    copy = models.ForeignKey(Copy, null=True, blank=True, on_delete=models.PROTECT, related_name="in_house_uses")
    title = models.ForeignKey(Title, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField(default=1)
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["library", "local_date"], name="in_house_by_library_day")]
        constraints = [models.CheckConstraint(condition=Q(count__gt=0), name="in_house_counts_something")]


class Charge(Row):
    """A fine that fell due with a late return; paid in parts or waived."""

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
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(
            condition=Q(amount__gte=models.F("paid") + models.F("waived")), name="charge_not_overpaid")]
