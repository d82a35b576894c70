"""Helpers, their roster, hours, notes, letters and thanks."""

from datetime import date, datetime, time
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.models import Row
from simpul.libraries.models import Library
from simpul.volunteers.kinds import Work


class HelperQuerySet(models.QuerySet["Helper"]):
    def visible_to(self, actor: Actor) -> Self:
        """By name: helpers of the actor's own libraries."""
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def helping(self) -> Self:
        """Those who have not stopped."""
        return self.filter(ended_on__isnull=True)


class Helper(Row):
    """Somebody who helps at a library: a member of its staff with an account, or a person without one."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="helpers")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="helping")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)          # E.164, only with her consent
    phone_agreed_on = models.DateField(null=True, blank=True)
    likes = models.CharField(max_length=300, blank=True)         # what she is good at or likes to do
    is_minor = models.BooleanField(default=False)
    guardian_name = models.CharField(max_length=120, blank=True)
    guardian_agreed_on = models.DateField(null=True, blank=True)
    since_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)   # her name was reduced to initials
    recorded_at = models.DateTimeField(default=clock.now)

    objects = HelperQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["ended_on"], name="helper_by_end", condition=Q(ended_on__isnull=False))]
        constraints = [
            models.UniqueConstraint(fields=["library", "account"], condition=Q(account__isnull=False),
                                    name="helper_account_once"),
            models.CheckConstraint(condition=Q(phone="") | Q(phone_agreed_on__isnull=False), name="helper_phone_agreed"),
            models.CheckConstraint(condition=Q(is_minor=False) | Q(guardian_agreed_on__isnull=False) | Q(
                forgotten_at__isnull=False), name="helper_child_with_guardian"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """`Siti Aminah` → `S. A.`"""
        return " ".join(f"{word[0].upper()}." for word in self.name.split() if word[0].isalnum())[:20]

    def journal_label(self, reader: Actor) -> str:
        return self.name if reader.works_at(self.library_id) else self.initials


class Pattern(Row):
    """Somebody's weekday in the roster, from a day on."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="duty_patterns")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="patterns")
    weekday = models.PositiveSmallIntegerField()  # Monday 0
    starts = models.TimeField()
    ends = models.TimeField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # the first day it no longer holds

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="pattern_ends_after_start"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="pattern_weekday"),
        ]

    journal_related = ("helper",)

    @property
    def weekday_name(self) -> str:
        return str(WEEKDAYS[self.weekday])

    def holds_on(self, day: date) -> bool:
        return (day.weekday() == self.weekday and self.from_on <= day
                and (self.until_on is None or day < self.until_on))

    def journal_label(self, reader: Actor) -> str:
        return self.helper.journal_label(reader)


class Duty(Row):
    """A change of one day: a turn of its own (without pattern), a turn whose helper cannot come (nobody stands in it
    yet), a turn that somebody took over, one that falls out."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="duties")
    pattern = models.ForeignKey(Pattern, null=True, blank=True, on_delete=models.PROTECT, related_name="duties")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    helper = models.ForeignKey(Helper, null=True, blank=True, on_delete=models.PROTECT, related_name="duties")
    absent = models.ForeignKey(Helper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_off = models.BooleanField(default=False)  # nobody is needed that day
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["day", "starts"]
        indexes = [models.Index(fields=["library", "day"], name="duty_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["pattern", "day"], condition=Q(pattern__isnull=False), name="duty_once_a_turn"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="duty_ends_after_start"),
        ]

    @property
    def is_gap(self) -> bool:
        return self.helper_id is None and not self.is_off

    def journal_label(self, reader: Actor) -> str:
        return f"{self.day.isoformat()} {self.starts:%H.%M}"


class ServiceQuerySet(models.QuerySet["Service"]):
    def counting(self) -> Self:
        """Hours that stand: ended, not voided."""
        return self.filter(voided_at__isnull=True, minutes__isnull=False)

    def running(self) -> Self:
        """Begun by one tap and not ended yet."""
        return self.filter(voided_at__isnull=True, minutes__isnull=True)

    def between(self, first: date, last: date) -> Self:
        return self.filter(local_date__gte=first, local_date__lte=last)


class Service(Row):
    """Time that a helper gave, of one kind, on one day. `minutes` is empty while she is at it."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="services")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="services")
    work = models.CharField(max_length=8, choices=Work, default=Work.DESK)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    happened_at = models.DateTimeField()  # when it began
    local_date = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at"]
        indexes = [models.Index(fields=["library", "local_date"], name="service_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=960),
                                   name="service_minutes"),
            models.UniqueConstraint(fields=["helper"], condition=Q(minutes__isnull=True, voided_at__isnull=True),
                                    name="service_running_once"),
        ]

    journal_related = ("helper",)

    def began(self) -> datetime:
        """On the library's clock."""
        return self.happened_at.astimezone(ZoneInfo(self.library.time_zone))

    def journal_label(self, reader: Actor) -> str:
        return self.helper.journal_label(reader)


class Handover(Row):
    """A short note from one duty to the next."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="handovers")
    text = models.CharField(max_length=300)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    happened_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-happened_at"]
        indexes = [models.Index(fields=["library", "-happened_at"], name="handover_by_time")]

    def journal_label(self, reader: Actor) -> str:
        return ""


class Letter(Row):
    """A surat keterangan: what was certified on its day. `minutes` by kind of work."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="service_letters")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="letters")
    number = models.CharField(max_length=60)
    serial = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    minutes = models.JSONField(default=dict)         # {"desk": 1200, …}
    initials = models.CharField(max_length=20)       # what the public page says of her
    signer = models.CharField(max_length=120)        # "Kepala TBM Melati": the office that signs by hand
    token_hash = models.CharField(max_length=64, unique=True)
    issued_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # why it was withdrawn; for the staff

    class Meta:
        ordering = ["-issued_on", "-serial"]
        constraints = [models.UniqueConstraint(fields=["library", "year", "serial"], name="letter_serial_once")]

    journal_related = ("helper",)

    @property
    def total(self) -> int:
        """Minutes of all kinds."""
        return sum(self.minutes.values())

    def journal_label(self, reader: Actor) -> str:
        return self.number


class Thanks(Row):
    """A thank-you that she reads. Without a helper it is for everybody who helps there."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="thanks")
    helper = models.ForeignKey(Helper, null=True, blank=True, on_delete=models.CASCADE, related_name="thanks")
    text = models.CharField(max_length=300)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    happened_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-happened_at"]
        indexes = [models.Index(fields=["library", "-happened_at"], name="thanks_by_time")]

    journal_related = ("helper",)

    def journal_label(self, reader: Actor) -> str:
        return ""


def account_of(by: Actor) -> UUID | None:
    """The account behind an actor, where there is one."""
    return by.id if by.kind == ActorKind.ACCOUNT else None


def hours_in_words(starts: time, ends: time) -> str:
    """`13.00–15.00`"""
    return f"{starts:%H.%M}–{ends:%H.%M}"
