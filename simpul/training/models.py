"""Workshops, their lessons and speakers, invitations, participants, presence, tests."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.models import Title
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.gatherings.models import Gathering, Registration, Session
from simpul.libraries.models import Library
from simpul.people.models import Sex
from simpul.surveys.models import Response, Survey

LESSON_MINUTES = 45  # one JP (jam pelajaran)


class Workshop(Row):
    """A bimtek: what it is for, by which rule it earns a certificate, what its papers say."""

    gathering = models.OneToOneField(Gathering, on_delete=models.PROTECT, related_name="workshop")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="workshops")  # the host
    template = models.CharField(max_length=40, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    aims = models.TextField(max_length=2000, blank=True)
    background = models.TextField(max_length=4000, blank=True)   # for the terms of reference (KAK)
    venue = models.CharField(max_length=160, blank=True)
    organiser = models.CharField(max_length=160, blank=True)     # the service, as it stands over its letters
    letter_number = models.CharField(max_length=60, blank=True)
    funds = models.CharField(max_length=160, blank=True)         # "APBD 2024, DPA kegiatan …"
    quota = models.PositiveSmallIntegerField(default=2)          # people of one library
    min_present = models.PositiveSmallIntegerField(default=80)   # percent of the lessons with JP
    late_limit = models.PositiveSmallIntegerField(default=30)    # minutes after which a lesson no longer counts
    needs_post_test = models.BooleanField(default=True)
    needs_plan = models.BooleanField(default=True)
    test = models.ForeignKey(Survey, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    test_key = models.JSONField(default=dict, blank=True)        # question's key → the right place, from 1
    baseline = models.ForeignKey(Survey, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    feedback = models.ForeignKey(Survey, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    minutes = models.TextField(max_length=8000, blank=True)      # notulen
    report = models.TextField(max_length=8000, blank=True)
    handouts = models.JSONField(default=list, blank=True)        # [{"title", "audience", "text", "link"}], to take along
    achievement = models.CharField(max_length=200, blank=True)   # what the certificate says was achieved; empty: the title
    criteria = models.TextField(max_length=800, blank=True)      # what for, besides the rule
    settled_at = models.DateTimeField(null=True, blank=True)     # results were written down
    recorded_at = models.DateTimeField(default=clock.now)

    journal_related = ("gathering",)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(min_present__lte=100), name="workshop_percent")]

    @property
    def origin(self) -> str:
        """What plans and certificates say they came from."""
        return f"training.Workshop:{self.pk}"

    @property
    def title(self) -> str:
        return self.gathering.title

    def journal_label(self, reader: Actor) -> str:
        return self.gathering.title


class Speaker(Row):
    """Who teaches or facilitates, as it stands in the programme and in her short biography."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=120)
    office = models.CharField(max_length=160, blank=True)
    biography = models.TextField(max_length=1500, blank=True)
    is_facilitator = models.BooleanField(default=False)

    class Meta:
        ordering = ["is_facilitator", "id"]

    def journal_label(self, reader: Actor) -> str:
        return self.name if reader.works_at(self.workshop.library_id) or reader.is_coordinator else ""


class Lesson(Row):
    """One part of a day: `day` is the gathering's session of that date."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("opening")
        PRE_TEST = "pre_test", _("pre-test")
        TOPIC = "topic", _("topic")
        PLAN = "plan", _("follow-up plan (RTL)")
        POST_TEST = "post_test", _("post-test")
        BREAK = "break", _("break")
        CLOSING = "closing", _("closing")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="lessons")
    day = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="lessons")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TOPIC)
    title = models.CharField(max_length=160)
    aim = models.CharField(max_length=400, blank=True)
    guide = models.TextField(max_length=12_000, blank=True)    # for who teaches: steps, what to bring, notes
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    jp = models.PositiveSmallIntegerField(default=0)
    room = models.CharField(max_length=120, blank=True)
    speaker = models.ForeignKey(Speaker, null=True, blank=True, on_delete=models.SET_NULL, related_name="lessons")
    materials = models.ManyToManyField(Title, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["workshop", "starts_at"], name="lesson_by_time")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="lesson_ends_after_start")]

    journal_related = ("workshop__gathering",)

    @property
    def hours(self) -> str:
        """`08.00–08.45` on the clock of the host's wall."""
        zone = self.day.zone
        return f"{self.starts_at.astimezone(zone):%H.%M}–{self.ends_at.astimezone(zone):%H.%M}"

    @property
    def counts(self) -> bool:
        """Does it count for the certificate?"""
        return self.jp > 0

    def journal_label(self, reader: Actor) -> str:
        return self.title


class BudgetLine(Row):
    """What the workshop costs, line by line, in whole rupiah."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="budget")
    label = models.CharField(max_length=160)
    quantity = models.PositiveIntegerField(default=1)
    unit = models.CharField(max_length=30, blank=True)
    price = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["id"]

    @property
    def total(self) -> int:
        return self.quantity * self.price

    def journal_label(self, reader: Actor) -> str:
        return self.label


class Photo(Row):
    """A picture of the workshop for its folder; only the office sees it."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["id"]

    def journal_label(self, reader: Actor) -> str:
        return self.caption


class Invitation(Row):
    """A library is asked for so many people, and why it was chosen."""

    class Reason(models.TextChoices):
        NEVER = "never", _("never trained")
        LONG_AGO = "long_ago", _("trained longest ago")
        CHOSEN = "chosen", _("chosen by the office")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="invitations")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="workshop_invitations")
    quota = models.PositiveSmallIntegerField(default=2)
    reason = models.CharField(max_length=8, choices=Reason, default=Reason.CHOSEN)
    invited_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=200, blank=True)  # why the library sends nobody

    class Meta:
        ordering = ["invited_at", "id"]
        constraints = [models.UniqueConstraint(fields=["workshop", "library"], name="invited_once")]

    journal_related = ("workshop__gathering",)

    def journal_label(self, reader: Actor) -> str:
        return self.workshop.gathering.title


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def current(self) -> Self:
        """Named or coming: not declined, not replaced."""
        return self.filter(state__in=(Participant.State.NAMED, Participant.State.CONFIRMED))

    def with_place(self) -> Self:
        return self.filter(state=Participant.State.CONFIRMED, registration__state=Registration.State.IN)

    def trained(self) -> Self:
        """Who earned the certificate of a workshop."""
        return self.filter(outcome=Participant.Outcome.CERTIFICATE)


class Participant(Row):
    """Somebody who comes for a library; her place is a registration of the gathering."""

    class State(models.TextChoices):
        NAMED = "named", _("named, not confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        REPLACED = "replaced", _("replaced")

    class Outcome(models.TextChoices):
        OPEN = "", _("not settled yet")
        CERTIFICATE = "certificate", _("certificate")
        ATTENDANCE = "attendance", _("letter of attendance")
        ABSENT = "absent", _("absent")

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="participants")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="workshop_participants")
    name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=80, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NAMED)
    registration = models.OneToOneField(Registration, null=True, blank=True, on_delete=models.SET_NULL,
                                        related_name="participant")
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    token_hash = models.CharField(max_length=64, unique=True)
    named_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)     # went home for good, e.g. after day one
    waived_at = models.DateTimeField(null=True, blank=True)
    waiver = models.CharField(max_length=300, blank=True)     # why the rule was waived
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    jp = models.PositiveSmallIntegerField(default=0)          # as it was settled
    completed_on = models.DateField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "library", "phone", "email", "name_key"], name="named_once",
                                    condition=Q(state__in=["named", "confirmed"]) & ~Q(name_key=""))]
        indexes = [models.Index(fields=["workshop", "state"], name="participant_by_state"),
                   models.Index(fields=["library", "completed_on"], name="participant_by_library"),
                   models.Index(fields=["phone", "name_key"], name="participant_same", condition=~Q(phone=""))]

    journal_related = ("workshop__gathering",)

    @property
    def reference(self) -> str:
        return f"training.Participant:{self.pk}"

    @property
    def has_place(self) -> bool:
        return (self.state == self.State.CONFIRMED and self.registration is not None
                and self.registration.state == Registration.State.IN)

    @property
    def waits(self) -> bool:
        return (self.state == self.State.CONFIRMED and self.registration is not None
                and self.registration.state == Registration.State.WAITING)

    @property
    def is_current(self) -> bool:
        return self.state in (self.State.NAMED, self.State.CONFIRMED)

    def journal_label(self, reader: Actor) -> str:
        is_own = reader.works_at(self.library_id) or reader.is_coordinator or reader.works_at(self.workshop.library_id)
        return self.name if self.name and is_own else _now("a participant")

    def get_absolute_url(self) -> str:
        from simpul.training.tokens import participant_token
        return reverse("training:own", args=[participant_token(self.pk)])


class PresenceQuerySet(models.QuerySet["Presence"]):
    def valid(self) -> Self:
        return self.filter(voided_at__isnull=True)


class Presence(Row):
    """She was at a lesson; late by so many minutes. A correction voids and replaces."""

    class How(models.TextChoices):
        CODE = "code", _("code on the screen")
        TICK = "tick", _("ticked")
        PAPER = "paper", _("paper list")

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="presence")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="presence")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+", db_index=False)
    how = models.CharField(max_length=6, choices=How)
    late = models.PositiveSmallIntegerField(default=0)
    browser = models.CharField(max_length=64, blank=True)  # hash of the browser that scanned, so that one is one person
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)
    has_answered = models.BooleanField(default=False)  # said how the lesson was; not when, and not which answer is hers

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "participant"], name="present_once", condition=Q(voided_at__isnull=True)),
            models.UniqueConstraint(fields=["lesson", "browser"], name="one_browser_one_person",
                                    condition=Q(voided_at__isnull=True) & ~Q(browser="")),
        ]

    journal_related = ("lesson", "participant")

    def journal_label(self, reader: Actor) -> str:
        return ""


class Sheet(Row):
    """Her answers before or after, the same items; `points` were right of `items`."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("pre-test")
        AFTER = "after", _("post-test")

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="sheets")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+", db_index=False)
    moment = models.CharField(max_length=6, choices=Moment)
    response = models.OneToOneField(Response, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    items = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "moment"], name="tested_once",
                                               condition=Q(voided_at__isnull=True))]

    def journal_label(self, reader: Actor) -> str:
        return ""


def moment_now(at: datetime, lesson: Lesson) -> int:
    """Whole minutes that `at` lies after the lesson's beginning; 0 before it."""
    return max(0, int((at - lesson.starts_at).total_seconds() // 60))


Facts = dict[str, Any]
