"""Signing keys, batches and certificates."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library
from simpul.people.models import Person


class SigningKey(Row):
    """The public half of an Ed25519 key; the private one stands in a file of the data folder, never here."""

    issuer = models.CharField(max_length=200)     # the URI it vouches for
    thumbprint = models.CharField(max_length=43, unique=True)  # RFC 7638
    x = models.CharField(max_length=43)           # the public key, base64url
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    withdrawn_from = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["issuer"], condition=Q(retired_at__isnull=True), name="one_current_key_of_an_issuer")]

    @property
    def kid(self) -> str:
        """Its URI: an address that answers with the key where the issuer has one."""
        return f"{self.issuer}kunci/{self.thumbprint}/" if self.issuer.endswith("/") else f"{self.issuer}#{self.thumbprint}"

    def journal_label(self, reader: Actor) -> str:
        return self.thumbprint[:8]


class Batch(Row):
    """The certificates of one event. `source` is what earned them ("training.Workshop:<uuid>"), made above this
    floor; at most one batch has it."""

    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=90, blank=True)
    event = models.CharField(max_length=200)
    place = models.CharField(max_length=120, blank=True)
    first_on = models.DateField()
    last_on = models.DateField()
    issuer_name = models.CharField(max_length=160)
    signed_in = models.CharField(max_length=60, blank=True)     # the town over the signature
    signer_role = models.CharField(max_length=160, blank=True)
    signer_name = models.CharField(max_length=120, blank=True)
    signer_number = models.CharField(max_length=40, blank=True)  # NIP of the head of the service
    pattern = models.CharField(max_length=60)                   # "421.9/{n:03}-DPAD/2024"
    starts_at = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)     # the first time

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="one_batch_of_a_source"),
            models.CheckConstraint(condition=Q(last_on__gte=models.F("first_on")), name="batch_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["-first_on"], name="batch_by_day")]

    def journal_label(self, reader: Actor) -> str:
        return self.event


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def given(self) -> Self:
        """Issued and standing: neither revoked nor replaced."""
        return self.filter(state__in=(Certificate.State.ISSUED, Certificate.State.RETURNED))

    def withdrawn(self) -> Self:
        """On the list of revocations."""
        return self.filter(state__in=(Certificate.State.REVOKED, Certificate.State.REPLACED))


class Certificate(Row):
    """What one person earned. Once issued it never changes but for its state."""

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("certificate")
        ATTENDANCE = "attendance", _("letter of attendance")
        MENTOR = "mentor", _("mentor's certificate")
        SPEAKER = "speaker", _("speaker's certificate")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ISSUED = "issued", _("issued")
        RETURNED = "returned", _("signed and returned")
        REVOKED = "revoked", _("revoked")
        REPLACED = "replaced", _("replaced")

    class Reason(models.TextChoices):
        ERROR = "error", _("made by mistake")
        UNEARNED = "unearned", _("not earned after all")
        REQUEST = "request", _("at the holder's wish")
        OTHER = "other", _("another reason")

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="certificates")
    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # hers
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=90, blank=True)  # who earned it: "training.Participant:<uuid>"
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120, blank=True)   # as she wants it printed; "" once it was erased
    achievement = models.CharField(max_length=200)
    criteria = models.CharField(max_length=400)
    jp = models.PositiveSmallIntegerField(default=0)      # jam pelajaran of 45 minutes
    materials = models.JSONField(default=list)            # [{"title": str, "jp": int}], for the back
    evidence = models.JSONField(default=dict)             # how it was earned, as it was then
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    ordinal = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(max_length=60, null=True, blank=True, unique=True)
    check_token = models.CharField(max_length=22, unique=True)  # on the paper: 128 bits
    own_token = models.CharField(max_length=43, unique=True)    # hers
    salt = models.CharField(max_length=22)
    key = models.ForeignKey(SigningKey, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates")
    credential = models.TextField(blank=True)             # compact JWS
    credential_sha256 = models.CharField(max_length=64, blank=True)
    official = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    official_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    issued_at = models.DateTimeField(null=True, blank=True)
    local_date = models.DateField(null=True, blank=True)  # issued, where the city is
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)
    because = models.CharField(max_length=300, blank=True)  # for the service's own eyes
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "source"], condition=~Q(source="") & ~Q(state="replaced"),
                                    name="one_certificate_of_a_source"),
            models.CheckConstraint(condition=Q(state="draft") | Q(number__isnull=False, issued_at__isnull=False),
                                   name="issued_certificate_has_number"),
        ]
        indexes = [
            models.Index(fields=["batch", "ordinal"], name="certificate_in_batch"),
            models.Index(fields=["local_date", "library"], name="certificate_by_day"),
            models.Index(fields=["state", "revoked_at"], name="certificate_by_state"),
        ]

    journal_related = ("batch",)

    @property
    def credential_uri(self) -> str:
        return f"urn:uuid:{self.pk}"

    @property
    def is_given(self) -> bool:
        return self.state in (self.State.ISSUED, self.State.RETURNED)

    @property
    def kind_label(self) -> Any:
        return self.get_kind_display()

    def journal_label(self, reader: Actor) -> str:
        """Its number; who it is for stands on it."""
        return self.number or self.batch.event
