"""Institutions outside this node, what they answered for a year, their links; how the simulation normalises; values that
the office published; signed papers."""

from datetime import date
from typing import Self
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Region


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def on_frame(self, year: int) -> Self:
        """Those that were to answer for a year: not closed before it began."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=date(year, 1, 1)))

    def of_city(self) -> Self:
        """Those that the city counts; senior secondary schools belong to the province."""
        return self.exclude(kind__in=Institution.OF_THE_PROVINCE)

    def under(self, code: str) -> Self:
        """In a region or below it."""
        return self.filter(Q(region__code=code) | Q(region__code__startswith=f"{code}."))


class Institution(Row):
    """A school or a library outside this node, on the city's list."""

    class Kind(models.TextChoices):
        PRIMARY = "sd", _("primary school (SD/MI)")
        JUNIOR = "smp", _("junior secondary school (SMP/MTs)")
        SENIOR = "sma", _("senior secondary school (SMA/MA)")
        VOCATIONAL = "smk", _("vocational school (SMK)")
        PUBLIC = "public", _("public library")
        DISTRICT = "district", _("kecamatan library")
        VILLAGE = "village", _("kelurahan or village library")
        TBM = "tbm", _("community reading garden (TBM)")

    OF_THE_PROVINCE = ("sma", "smk")
    SCHOOLS = ("sd", "smp", "sma", "smk")

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind)
    npsn = models.CharField(max_length=12, blank=True)
    npp = models.CharField(max_length=30, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["npsn"], condition=~Q(npsn=""), name="institution_npsn_once"),
            models.UniqueConstraint(fields=["name", "region"], condition=Q(npsn=""), name="institution_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def journal_label(self, reader: Actor) -> str:
        return self.name

    @property
    def is_school(self) -> bool:
        return self.kind in self.SCHOOLS

    @property
    def is_counted(self) -> bool:
        """Does the city count it, or the province?"""
        return self.kind not in self.OF_THE_PROVINCE


class Return(Row):
    """What an institution answered for a year: item key ("koleksi.1") → number. Replaced as a whole, never edited."""

    class How(models.TextChoices):
        SHEET = "sheet", _("sheet")
        LINK = "link", _("by its link")
        DESK = "desk", _("entered by the city")

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="returns")
    year = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    how = models.CharField(max_length=6, choices=How)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "-recorded_at"]
        constraints = [models.UniqueConstraint(fields=["institution", "year"], condition=Q(voided_at__isnull=True),
                                               name="return_once_a_year")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.year)


class Link(Row):
    """A personal address on which an institution fills its return of one year until a day. Its token is signed, not kept."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="links")
    year = models.PositiveSmallIntegerField()
    open_until = models.DateField()
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["institution", "year"], condition=Q(withdrawn_at__isnull=True),
                                               name="link_once_a_year")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.year)

    def is_open(self, day: date) -> bool:
        return self.withdrawn_at is None and day <= self.open_until

    @property
    def token(self) -> str:
        return signer().sign(self.pk.hex)


def signer() -> Signer:
    return Signer(salt="simpul.iplm.link", sep=".")


def link_of(token: str) -> Link | None:
    """The link behind a personal address, withdrawn or not; None: none was ever made."""
    try:
        pk = UUID(hex=signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return Link.objects.select_related("institution__region").filter(pk=pk).first()


class Normalising(Row):
    """How the simulation of a year turns counts into 0 to 100, as the city chose; `targets`: item key → number."""

    class Way(models.TextChoices):
        TARGET = "target", _("against target values that the city set")
        MIN_MAX = "min_max", _("between the lowest and the highest of the city's libraries")
        PER_CAPITA = "per_capita", _("per resident, against target values for each thousand residents")

    year = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=10, choices=Way, default=Way.MIN_MAX)
    targets = models.JSONField(default=dict, blank=True)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year"], condition=Q(voided_at__isnull=True),
                                               name="normalising_once_a_year")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_way_display())


class Published(Row):
    """An index that an office published for a region and a year, with its source: entered, never computed."""

    class Name(models.TextChoices):
        IPLM = "iplm", "IPLM"
        TGM = "tgm", "TGM/TKM"

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=4, choices=Name)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=6, decimal_places=2)
    source = models.CharField(max_length=160)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "name"]
        constraints = [models.UniqueConstraint(fields=["region", "name", "year"], condition=Q(voided_at__isnull=True),
                                               name="published_once_a_year")]

    def journal_label(self, reader: Actor) -> str:
        return f"{self.get_name_display()} {self.year}"


class SignedPaper(Row):
    """The scan of a signed berita acara: of which form, region and year, when it was signed, who brought it."""

    form = models.CharField(max_length=40)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    brought_by_id = models.UUIDField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at"]

    def journal_label(self, reader: Actor) -> str:
        return f"{self.form} {self.year}"
