"""Phones, what they sent, and the pictures that belong to it."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library


class PhoneQuerySet(models.QuerySet["Phone"]):
    def paired(self) -> Self:
        """Phones that have a key, revoked ones too: what they send late is still looked at."""
        return self.filter(paired_at__isnull=False)

    def in_use(self) -> Self:
        return self.paired().filter(revoked_at__isnull=True)


class Phone(Row):
    """A phone that records for one library, carried by one account. Its private key never leaves it."""

    class Algorithm(models.TextChoices):
        ED25519 = "Ed25519", "Ed25519"
        ES256 = "ES256", "ES256"

    acts_as = ActorKind.DEVICE

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="phones")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="phones")
    name = models.CharField(max_length=80)
    algorithm = models.CharField(max_length=8, choices=Algorithm, blank=True)
    public_key = models.BinaryField(default=bytes, blank=True)  # 32 bytes, or 65 for ES256
    offered_at = models.DateTimeField()
    pairing_hash = models.CharField(max_length=64, blank=True)
    pairing_expires_at = models.DateTimeField(null=True, blank=True)
    paired_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    lost_since = models.DateTimeField(null=True, blank=True)      # from when on nobody vouches for it
    cut_off = models.PositiveBigIntegerField(null=True, blank=True)  # events after this number wait for a person
    last_contact_at = models.DateTimeField(null=True, blank=True)
    app_version = models.CharField(max_length=20, blank=True)
    next_seq = models.PositiveBigIntegerField(default=1)
    last_hash = models.CharField(max_length=64, blank=True)       # of the event before next_seq
    sure_at = models.DateTimeField(null=True, blank=True)         # moment of the last event whose clock is believed

    objects = PhoneQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library", "revoked_at"], name="phone_by_library")]
        constraints = [models.UniqueConstraint(fields=["pairing_hash"], condition=~Q(pairing_hash=""),
                                               name="phone_pairing_once")]

    def is_expired(self, at: datetime) -> bool:
        return self.expires_at is not None and at >= self.expires_at

    def journal_label(self, reader: Actor) -> str:
        return self.name


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, actor: Actor) -> Self:
        """Events of the actor's own libraries: they hold names."""
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def to_decide(self) -> Self:
        """What waits for a person: flagged, quarantined, or held for another reason than what comes by itself."""
        return self.filter(decided_at__isnull=True).filter(
            Q(state__in=[Event.State.FLAGGED, Event.State.QUARANTINED]) | Q(state=Event.State.HELD))


class Event(Row):
    """One thing that a phone recorded, as it came. `is_first` marks the one that owns its id and its number; others
    that claim either are kept beside it."""

    is_about_reader = True  # what it holds may name somebody

    class State(models.TextChoices):
        APPLIED = "applied", _("recorded")
        FLAGGED = "applied_flagged", _("recorded, to be looked at")
        HELD = "held", _("waits")
        QUARANTINED = "quarantined", _("set aside")

    class Decision(models.TextChoices):
        NONE = "", ""
        TAKEN = "taken", _("recorded by decision")
        IGNORED = "ignored", _("left out")
        SETTLED = "settled", _("looked at")
        UNDONE = "undone", _("taken back on the phone")

    digest = models.CharField(max_length=64, unique=True)       # what makes two deliveries one
    text_hash = models.CharField(max_length=64)                 # SHA-256 of the text, also where it has been emptied
    text = models.TextField(blank=True)                         # the bytes that were signed
    signature = models.CharField(max_length=120, blank=True)    # base64url
    phone = models.ForeignKey(Phone, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    device_id = models.UUIDField(null=True, blank=True)         # the phone it says it is from
    event_id = models.UUIDField(null=True, blank=True)
    seq = models.PositiveBigIntegerField(null=True, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    schema = models.PositiveIntegerField(default=0)
    carrier_id = models.UUIDField(null=True, blank=True)        # the account that carried the phone, as it says
    is_proven = models.BooleanField(default=False)              # the signature is this phone's
    is_first = models.BooleanField(default=False)
    occurred_at = models.DateTimeField(null=True, blank=True)   # by the phone's clock
    at = models.DateTimeField(null=True, blank=True)            # when it happened, for all we know
    is_time_uncertain = models.BooleanField(default=False)
    clock_offset_ms = models.BigIntegerField(null=True, blank=True)
    clock_error_ms = models.BigIntegerField(null=True, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State)
    reason = models.CharField(max_length=40, blank=True)
    flags = models.JSONField(default=list)
    said = models.CharField(max_length=300, blank=True)         # what an action said that refused it
    record = models.CharField(max_length=90, blank=True)        # the row it became: "visits.Visit:<id>"
    subject = models.CharField(max_length=48, blank=True)       # the number of the book or card it is about
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    decided_because = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()
    read: dict[str, Any] | None = None  # what its text says, once it was read (sync.payloads)

    class Meta:
        # few, most of them partial: each event writes them
        indexes = [
            models.Index(fields=["library", "received_at"], name="sync_event_to_decide",
                         condition=Q(decided_at__isnull=True) & ~Q(state="applied")),
            models.Index(fields=["event_id"], name="sync_event_by_claim", condition=Q(is_first=False)),
            models.Index(fields=["received_at"], name="sync_event_to_empty", condition=Q(emptied_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event_id"], condition=Q(is_first=True), name="sync_event_once"),
            models.UniqueConstraint(fields=["phone", "seq"], condition=Q(is_first=True), name="sync_event_number_once"),
        ]

    @property
    def is_recorded(self) -> bool:
        return self.state in (self.State.APPLIED, self.State.FLAGGED)

    journal_related = ("phone",)

    def journal_label(self, reader: Actor) -> str:
        return self.phone.name if self.phone else ""


class EventPhoto(Row):
    """A picture that an event names by its hash: awaited, or here as a stored file."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="photos")
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    arrived_at = models.DateTimeField(null=True, blank=True)
    is_used = models.BooleanField(default=False)  # stands at its activity; the file of this row is not needed any more
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "sha256"], name="event_photo_once")]
