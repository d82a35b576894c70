"""Partners and what they give, agreements, publicity."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from simpul.advocacy.models.counted import Counted, CountedQuerySet
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library


class PartnerQuerySet(models.QuerySet["Partner"]):
    def of(self, library_id: UUID) -> Self:
        """Partners that this library may name: its own and the city's."""
        return self.filter(Q(library_id=library_id) | Q(library__isnull=True))

    def active_on(self, day: date) -> Self:
        """Known by this day and not ended before it."""
        return self.filter(Q(since_on__isnull=True) | Q(since_on__lte=day)).filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=day))

    def active_in(self, first: date, last: date) -> Self:
        """A partner on at least one day from `first` to `last`."""
        return self.filter(Q(since_on__isnull=True) | Q(since_on__lte=last)).filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=first))


class Partner(Row):
    """An organisation or a company that stands by a library, or by all of the city where `library` is empty."""

    class Kind(models.TextChoices):
        PKK = "pkk", _("PKK")
        POSYANDU = "posyandu", _("posyandu")
        YOUTH = "youth", _("Karang Taruna")
        LPM = "lpm", _("LPM")
        RT_RW = "rt_rw", _("RT or RW")
        MOSQUE = "mosque", _("DKM or house of worship")
        LITERACY_MOTHER = "literacy_mother", _("Bunda Literasi")
        READING_ENVOY = "reading_envoy", _("Duta Baca")
        COMPANY = "company", _("company")
        CAMPUS = "campus", _("campus")
        OFFICE = "office", _("government office (OPD)")
        SCHOOL = "school", _("school")
        COMMUNITY = "community", _("community group")
        OTHER = "other", _("other")

    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="partners")
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)  # folded, so that one partner is found however it is written
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.OTHER)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)  # E.164
    notes = models.TextField(max_length=1000, blank=True)
    since_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    contacted_on = models.DateField(null=True, blank=True)
    thanked_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["library", "name_key"], name="partner_once_a_library"),
            models.UniqueConstraint(fields=["name_key"], condition=Q(library__isnull=True),
                                    name="partner_once_for_the_city"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_the_city(self) -> bool:
        return self.library_id is None

    def journal_label(self, reader: Actor) -> str:
        return self.name if self.library_id is None or reader.counts(self.library_id) else ""


class Gives(models.TextChoices):
    """What a partner may give."""

    MONEY = "money", _("money")
    GOODS = "goods", _("goods")
    PEOPLE = "people", _("people")
    PLACE = "place", _("place")


class Support(Counted):
    """What a partner gave outside an activity; what it gave to one is written there."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="supports")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="supports")
    kind = models.CharField(max_length=8, choices=Gives)
    what = models.CharField(max_length=160, blank=True)
    worth = models.PositiveBigIntegerField(null=True, blank=True)  # rupiah

    objects = CountedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["local_date", "library"], name="support_by_day")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_kind_display())


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def of(self, library_id: UUID) -> Self:
        """The library's own and the city's."""
        return self.counting().filter(Q(library_id=library_id) | Q(library__isnull=True))

    def counting(self) -> Self:
        return self.filter(voided_at__isnull=True)

    def active_in(self, first: date, last: date) -> Self:
        """Binding on at least one day from `first` to `last`."""
        return self.counting().filter(from_on__lte=last).filter(Q(until_on__isnull=True) | Q(until_on__gte=first))

    def ending_by(self, day: date, today: date) -> Self:
        """The last day lies between today and `day`, and nothing renews it yet."""
        newer = self.model.objects.filter(renews=OuterRef("pk"), voided_at__isnull=True)
        return self.counting().filter(until_on__range=(today, day)).filter(~Exists(newer))


class Agreement(Row):
    """What binds a partner or an office: until its last day, or without end."""

    class Kind(models.TextChoices):
        PKS = "pks", _("cooperation agreement (PKS)")
        MOU = "mou", _("memorandum (MoU)")
        DECREE = "sk", _("decree (SK)")
        COMMITMENT = "commitment", _("letter of commitment")

    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    office = models.CharField(max_length=120, blank=True)  # where it is no partner of the register
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=160)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # the last day it binds
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    renews = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="renewals")
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library", "until_on"], name="agreement_by_end")]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                                   name="agreement_ends_after_start"),
            models.UniqueConstraint(fields=["renews"], condition=Q(voided_at__isnull=True), name="agreement_renewed_once"),
        ]

    @property
    def newer(self) -> "Agreement | None":
        """What takes its place."""
        return next((one for one in self.renewals.all() if one.voided_at is None), None)

    @property
    def with_whom(self) -> str:
        return self.partner.name if self.partner else self.office

    def journal_label(self, reader: Actor) -> str:
        return self.title if self.library_id is None or reader.counts(self.library_id) else ""


class PublicityQuerySet(models.QuerySet["Publicity"]):
    def counting(self) -> Self:
        """Not taken back."""
        return self.filter(voided_at__isnull=True)

    def about(self, label: str, key: UUID) -> Self:
        """Of one row of another app: `about("activities.Activity", activity.pk)`."""
        return self.counting().filter(about=f"{label}:{key}")


class Publicity(Counted):
    """Where others could read, see or hear of the library."""

    class Channel(models.TextChoices):
        WHATSAPP = "whatsapp", _("WhatsApp group")
        INSTAGRAM = "instagram", _("Instagram")
        FACEBOOK = "facebook", _("Facebook")
        TIKTOK = "tiktok", _("TikTok")
        YOUTUBE = "youtube", _("YouTube")
        WEBSITE = "website", _("website")
        LOCAL = "local", _("local media")
        NATIONAL = "national", _("national media")
        BROADCAST = "broadcast", _("radio or television")
        POSTER = "poster", _("poster")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="publicity")
    about = models.CharField(max_length=90, blank=True)  # "activities.Activity:<uuid>", made above this floor
    title = models.CharField(max_length=160, blank=True)
    channel = models.CharField(max_length=12, choices=Channel)
    link = models.URLField(max_length=500, blank=True)
    reach = models.PositiveIntegerField(null=True, blank=True)  # people, as the channel tells

    objects = PublicityQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["local_date", "library"], name="publicity_by_day"),
            models.Index(fields=["about"], name="publicity_by_subject"),
        ]

    def journal_label(self, reader: Actor) -> str:
        return self.title or str(self.get_channel_display())
