"""Gatherings, their sessions, who wants to come and who was there."""

from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library
from simpul.people.models import AgeGroup, Person, Sex


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def visible_to(self, actor: Actor) -> Self:
        """Gatherings of the actor's own libraries, drafts too."""
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def announced(self) -> Self:
        """What everybody may see: published, for everybody."""
        return self.filter(state__in=[Gathering.State.PUBLISHED, Gathering.State.CANCELLED], is_public=True)


class Gathering(Row):
    """Something that people come to: one date or a series, with or without registration."""

    class Purpose(models.TextChoices):
        ACTIVITY = "activity", _("activity")
        WORKSHOP = "workshop", _("workshop")
        PEER = "peer", _("peer learning meeting")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", _("cancelled")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="gatherings")
    purpose = models.CharField(max_length=10, choices=Purpose)
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True, max_length=2000)
    capacity = models.PositiveIntegerField(null=True, blank=True)  # null: as many as come
    takes_registrations = models.BooleanField(default=True)
    registers_from = models.DateTimeField(null=True, blank=True)   # null: from publication on
    registers_until = models.DateTimeField(null=True, blank=True)  # null: until the first session begins
    is_public = models.BooleanField(default=True)                  # False: for those who are told
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    last_number = models.PositiveIntegerField(default=0)           # the last registration's place in the order
    first_on = models.DateField(null=True, blank=True)             # local days of the sessions that stand
    last_on = models.DateField(null=True, blank=True)
    asks_outcomes = models.BooleanField(default=False)             # before, right after and six weeks later
    changed_at = models.DateTimeField(null=True, blank=True)       # moved or cancelled: people are to be told
    times_changed = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField(default=clock.now)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["library", "state", "first_on"], name="gathering_by_library"),
            models.Index(fields=["state", "last_on"], name="gathering_by_day"),
        ]
        constraints = [models.CheckConstraint(condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                                              name="gathering_holds_somebody")]

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def calendar_sequence(self) -> int:
        """SEQUENCE of its events (RFC 5545): higher after every move and cancellation, whatever the clock said."""
        return int(max(self.recorded_at, self.changed_at or self.recorded_at).timestamp()) + self.times_changed

    def journal_label(self, reader: Actor) -> str:
        return self.title


class SessionQuerySet(models.QuerySet["Session"]):
    def standing(self) -> Self:
        """Sessions that take place: announced and not cancelled."""
        return self.filter(cancelled_at__isnull=True, gathering__state=Gathering.State.PUBLISHED)

    def between(self, first: date, last: date) -> Self:
        return self.filter(local_date__gte=first, local_date__lte=last)


class Session(Row):
    """One date of a gathering; `local_date` is the library's day of `starts_at`."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="sessions")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="sessions", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    local_date = models.DateField()
    place = models.CharField(max_length=160, blank=True)  # empty: the library itself
    moved_from_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["library", "local_date"], name="session_by_library_day"),
                   models.Index(fields=["local_date"], name="session_by_day")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")),
                                              name="session_ends_after_start")]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.library.time_zone)

    def local(self, at: datetime) -> datetime:
        """A moment on the clock of the library's wall."""
        return at.astimezone(self.zone)

    @property
    def hours(self) -> str:
        """`09.00–11.00`"""
        return f"{self.local(self.starts_at):%H.%M}–{self.local(self.ends_at):%H.%M}"

    @property
    def where(self) -> str:
        return self.place or self.library.name

    def journal_label(self, reader: Actor) -> str:
        return f"{self.local_date:%d-%m-%Y}"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def current(self) -> Self:
        """Who is in or waits."""
        return self.filter(state__in=[Registration.State.IN, Registration.State.WAITING])

    def holding(self) -> Self:
        return self.filter(state=Registration.State.IN)

    def on_the_day(self) -> Self:
        """Who stands on the list at the door: those who come, those who wait, and those who told that they cannot."""
        return self.exclude(state=Registration.State.LEFT)

    def waiting(self) -> Self:
        return self.filter(state=Registration.State.WAITING).order_by("number")

    def visible_to(self, actor: Actor) -> Self:
        """Registrants by name: the staff of the library that invites."""
        return self if actor.is_node else self.filter(gathering__library_id__in=actor.staff_of)


class Registration(Row):
    """Somebody wants to come. Two fields, no account; `number` is the order of coming, `code` stands on the ticket.
    She is reached by phone or by e-mail. Forgetting empties name, phone and e-mail and keeps sex and age group, so that
    counts stay."""

    class State(models.TextChoices):
        IN = "in", _("has a place")
        WAITING = "waiting", _("waits")
        LEFT = "left", _("left")
        EXCUSED = "excused", _("excused")  # told that she cannot come; her place is free, her name stays for the day

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="registrations")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=120, blank=True)  # folded, so that the same person is noticed
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    age_group = models.CharField(max_length=5, choices=AgeGroup, blank=True)
    state = models.CharField(max_length=8, choices=State)
    may_follow_up = models.BooleanField(default=False)
    wants_no_photo = models.BooleanField(default=False)
    code = models.CharField(max_length=10, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField()
    moved_up_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # when somebody told her of a change or a place
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="registration_order"),
            models.UniqueConstraint(fields=["gathering", "phone", "email", "name_key"], name="registration_once",
                                    condition=Q(state__in=["in", "waiting"]) & ~Q(name_key="")),
        ]
        indexes = [models.Index(fields=["gathering", "state", "number"], name="registration_by_state")]

    @property
    def contact(self) -> str:
        """How she is reached: `+62812…`, an e-mail address, or ""."""
        return self.phone or self.email

    def journal_label(self, reader: Actor) -> str:
        is_own = self.name and reader.works_at(self.gathering.library_id)
        return self.name if is_own else _now("a registrant")

    def get_absolute_url(self) -> str:
        """Her own page; its secret follows from the node's key, only its hash is kept."""
        from simpul.gatherings.tokens import registration_token
        return reverse("gatherings:ticket", args=[registration_token(self.pk)])


class Notice(Row):
    """What a registrant was told once: a reminder of a day, thanks for a day. News of a change stand on her registration
    (`told_at`)."""

    class Via(models.TextChoices):
        WHATSAPP = "whatsapp", _("WhatsApp")
        MAIL = "mail", _("e-mail")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="notices")
    occasion = models.CharField(max_length=80)  # "reminder:<session>:<day>", "thanks:<session>", "follow-up"
    via = models.CharField(max_length=8, choices=Via)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "occasion"], name="notice_once")]

    def journal_label(self, reader: Actor) -> str:
        return ""


class SignedSheet(Row):
    """A photo of a signed attendance list, as evidence; seen by the library's own staff, for two years."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sheets")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+", db_index=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kept_until = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["kept_until"], name="signed_sheet_kept")]

    def journal_label(self, reader: Actor) -> str:
        return ""


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def valid(self) -> Self:
        """Marks that hold: not taken back."""
        return self.filter(voided_at__isnull=True)

    def present(self) -> Self:
        return self.valid().filter(state=Attendance.State.PRESENT)


class Attendance(Row):
    """Who was at a session: a registrant, a member by card, a walk-in, or `count` alike persons."""

    class How(models.TextChoices):
        REGISTERED = "registered", _("registered")
        CARD = "card", _("member with card")
        WALK_IN = "walk_in", _("walked in")
        HEADCOUNT = "headcount", _("counted")

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        ABSENT = "absent", _("absent")
        EXCUSED = "excused", _("excused")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+", db_index=False)
    registration = models.ForeignKey(Registration, null=True, blank=True, on_delete=models.CASCADE,
                                     related_name="attendance")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    who_key = models.CharField(max_length=64, blank=True)  # one card is one mark, also of another library's member
    name = models.CharField(max_length=120, blank=True)  # a walk-in who gave it
    how = models.CharField(max_length=10, choices=How)
    state = models.CharField(max_length=8, choices=State, default=State.PRESENT)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    age_group = models.CharField(max_length=5, choices=AgeGroup, blank=True)
    has_disability = models.BooleanField(null=True, blank=True)  # only if offered
    count = models.PositiveIntegerField(default=1)
    visit_entry_id = models.UUIDField(null=True, blank=True)     # the entry of the guest book it also is
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["library", "local_date"], name="attendance_by_library_day")]
        constraints = [
            models.UniqueConstraint(fields=["session", "registration"], name="attendance_once_registered",
                                    condition=Q(voided_at__isnull=True, registration__isnull=False)),
            models.UniqueConstraint(fields=["session", "who_key"], name="attendance_once_card",
                                    condition=Q(voided_at__isnull=True) & ~Q(who_key="")),
            models.CheckConstraint(condition=Q(count__gt=0), name="attendance_counts_somebody"),
            models.CheckConstraint(condition=Q(count=1) | Q(how="headcount"), name="attendance_of_one_is_one"),
        ]

    def journal_label(self, reader: Actor) -> str:
        return str(self.count)
