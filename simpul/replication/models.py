"""What a library brings on its journey, what its mentor sees and agrees, peer learning, what replication costs."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.gatherings.models import Attendance, Gathering, Registration
from simpul.libraries.models import Library
from simpul.plans.models import Step
from simpul.replication.steps import ANCHORS, Axis, Paper, Stage

T = TypeVar("T", bound=models.Model)


class Standing(models.QuerySet[T]):
    """Rows that may be taken back."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Withdrawable(Row):
    """A row of a library that stands until somebody takes it back; `library` is declared by each."""

    recorded_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class DocumentQuerySet(Standing["Document"]):
    def in_force(self, day: date) -> Self:
        """Dated and not over on a day."""
        return self.standing().filter(dated_on__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class Document(Withdrawable):
    """A paper of a library: decree, letter of commitment, NPP, SOP, policy …, with its day, the last day on which it is
    valid (None: until it is replaced) and, where there is one, its file. One shelf: journey, standard, accreditation and
    index all read it."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="journey_documents")
    kind = models.CharField(max_length=20, choices=Paper)
    number = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    word = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-dated_on"]
        indexes = [models.Index(fields=["library", "kind"], name="journey_document_by_kind")]

    def is_over(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_kind_display())


class ConfirmationQuerySet(Standing["Confirmation"]):
    pass


class Confirmation(Withdrawable):
    """A step of the journey said by hand, with a reason: reached where no record can prove it, or lost again."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="journey_confirmations")
    stage = models.CharField(max_length=12, choices=Stage)
    is_lost = models.BooleanField(default=False)
    said_on = models.DateField()
    reason = models.CharField(max_length=300)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["said_on", "recorded_at"]
        indexes = [models.Index(fields=["library", "stage"], name="confirmation_by_stage")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_stage_display())


class ScoreQuerySet(Standing["Score"]):
    pass


class Score(Withdrawable):
    """How ready a library is on one axis, 0 to 4, with the reason. Earlier scores stay: the latest one counts."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="readiness")
    axis = models.CharField(max_length=12, choices=Axis)
    points = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=400)
    scored_on = models.DateField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["-scored_on", "-recorded_at"]
        indexes = [models.Index(fields=["library", "axis"], name="score_by_axis")]
        constraints = [models.CheckConstraint(condition=Q(points__lte=4), name="score_of_four")]

    @property
    def anchor(self) -> str:
        """What the points mean, in words."""
        return str(ANCHORS[Axis(self.axis)][self.points])

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_axis_display())


class ContactQuerySet(Standing["Contact"]):
    def done(self) -> Self:
        return self.standing().filter(done_on__isnull=False)

    def planned(self) -> Self:
        return self.standing().filter(done_on__isnull=True)

    def counted_by(self, actor: Actor) -> Self:
        if actor.is_node or actor.is_coordinator or actor.is_administrator:
            return self
        return self.filter(library_id__in=actor.staff_of | actor.mentor_of)


class Contact(Withdrawable):
    """A mentor and her library: a visit, a call or a message, planned or done, what was noted and what came of it."""

    class How(models.TextChoices):
        VISIT = "visit", _("visit")
        PHONE = "phone", _("phone call")
        WHATSAPP = "whatsapp", _("WhatsApp")
        MEETING = "meeting", _("met elsewhere")

    class Outcome(models.TextChoices):
        UNKNOWN = "", _("not said")
        GOES_ON = "goes_on", _("goes on, will record again")
        CLOSED = "closed", _("was closed; days will be declared")
        HELP = "help", _("needs help")
        CHANGED = "changed", _("other people serve now")
        STOPPED = "stopped", _("has stopped for now")
        NO_ANSWER = "no_answer", _("nobody answered")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="mentoring")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=10, choices=How)
    planned_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    about_silence = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    word = models.TextField(max_length=1500, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # the library said that it read the note

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-done_on", "-planned_on", "-id"]
        indexes = [models.Index(fields=["library", "done_on"], name="contact_by_done"),
                   models.Index(fields=["planned_on"], name="contact_by_plan", condition=Q(done_on__isnull=True))]
        constraints = [models.CheckConstraint(
            condition=Q(planned_on__isnull=False) | Q(done_on__isnull=False), name="contact_on_a_day")]

    @property
    def day(self) -> date:
        return self.done_on or self.planned_on  # type: ignore[return-value]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_how_display())


class Agreed(Row):
    """What was agreed at a contact; `step` is the row of the library's plan that it became."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="agreed")
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]

    def journal_label(self, reader: Actor) -> str:
        return self.what if reader.counts(self.contact.library_id) else ""


class PauseQuerySet(Standing["Pause"]):
    pass


class Pause(Withdrawable):
    """A library that is silent is left in peace until a day, with the reason."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="pauses")
    until_on = models.DateField()
    reason = models.CharField(max_length=200)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["-until_on"]
        indexes = [models.Index(fields=["library", "until_on"], name="pause_by_end")]

    def journal_label(self, reader: Actor) -> str:
        return self.reason if reader.counts(self.library_id) else ""


class PeerMeetingQuerySet(Standing["PeerMeeting"]):
    pass


class PeerMeeting(Withdrawable):
    """A peer learning meeting (PLM): libraries of a city learn from each other. Its days, who is expected and who was
    there are its gathering's; `library` is the host, `held_on` its first day."""

    gathering = models.OneToOneField(Gathering, null=True, blank=True, on_delete=models.PROTECT, related_name="peer_meeting")
    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="hosted_meetings")
    title = models.CharField(max_length=160)
    held_on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    word = models.TextField(max_length=1000, blank=True)  # what it is about; afterwards what came of it

    objects = PeerMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return self.title

    def journal_label(self, reader: Actor) -> str:
        return self.title


class Share(Row):
    """What one library brings to a meeting and what it takes home. `people` of it were there, as the attendance says
    (kept by `presence_followers`); None: it has not come (yet). Invited libraries have an empty row."""

    meeting = models.ForeignKey(PeerMeeting, on_delete=models.CASCADE, related_name="shares")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="peer_shares")
    people = models.PositiveIntegerField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    achievement = models.CharField(max_length=400, blank=True)
    tip = models.CharField(max_length=400, blank=True)
    challenge = models.CharField(max_length=400, blank=True)
    product = models.CharField(max_length=200, blank=True)
    takes_home = models.CharField(max_length=300, blank=True)
    try_by_on = models.DateField(null=True, blank=True)
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["library__name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "library"], name="share_once_a_library")]

    journal_related = ("meeting",)

    @property
    def brings(self) -> bool:
        return bool(self.achievement or self.tip or self.challenge or self.product)

    def journal_label(self, reader: Actor) -> str:
        return self.meeting.title


class Delegate(Row):
    """Somebody whom a library sends to a meeting: registered before, or written down at the door (then `mark`)."""

    meeting = models.ForeignKey(PeerMeeting, on_delete=models.CASCADE, related_name="delegates")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="peer_delegates")
    registration = models.OneToOneField(Registration, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    mark = models.OneToOneField(Attendance, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["library__name", "recorded_at", "id"]
        indexes = [models.Index(fields=["meeting", "library"], name="delegate_by_meeting")]
        constraints = [models.CheckConstraint(
            condition=Q(registration__isnull=True, mark__isnull=False) | Q(registration__isnull=False, mark__isnull=True),
            name="delegate_by_one_road")]

    journal_related = ("meeting",)

    def journal_label(self, reader: Actor) -> str:
        return self.meeting.title


class UnitCostQuerySet(Standing["UnitCost"]):
    pass


class UnitCost(Withdrawable):
    """What one unit of replication costs here, as the city says and where it has that from."""

    class Unit(models.TextChoices):
        LIBRARY = "library", _("each kelurahan")
        DELEGATE = "delegate", _("each delegate")
        ONCE = "once", _("once for the city")

    what = models.CharField(max_length=120)
    unit = models.CharField(max_length=8, choices=Unit)
    amount = models.PositiveBigIntegerField()  # rupiah
    times = models.PositiveSmallIntegerField(default=1)  # delegates or pieces for each kelurahan
    source = models.CharField(max_length=200)
    from_on = models.DateField()

    objects = UnitCostQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "what"]
        constraints = [models.CheckConstraint(condition=Q(times__gt=0), name="unit_cost_times")]

    def journal_label(self, reader: Actor) -> str:
        return self.what
