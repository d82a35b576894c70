"""Regions, the city, libraries and what is dated about them, staff roles."""

from datetime import date
from typing import Self
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import ROLES, Account
from simpul.core.actor import Actor
from simpul.core.models import Row

REGION_NAMESPACE = UUID("6f1b4a52-7a0e-5b7e-9a52-0a6f2a3d9c11")


class RegionQuerySet(models.QuerySet["Region"]):
    def on(self, day: date) -> Self:
        """Regions valid on a day."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=day))

    def current(self) -> Self:
        """Regions that are official now."""
        return self.filter(valid_until__isnull=True)


class Region(models.Model):
    """An administrative area with its official code PP, PP.KK, PP.KK.CC or PP.KK.CC.DDDD.

    The id follows from code and first day of validity, so that two nodes agree about it.
    """

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("province")
        REGENCY = 2, _("regency or city")
        DISTRICT = 3, _("district")
        VILLAGE = 4, _("village or kelurahan")

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=13)
    name = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField(choices=Level)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT,
                               related_name="children")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["code"], name="region_by_code")]
        constraints = [models.UniqueConstraint(
            fields=["code"], condition=Q(valid_until__isnull=True), name="region_code_now")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def journal_label(self, reader: Actor) -> str:
        return self.full_name

    @property
    def is_kelurahan(self) -> bool:
        """A village whose number begins with 1 is a kelurahan (2 a desa, 3 a desa adat)."""
        return self.level == self.Level.VILLAGE and self.code.rpartition(".")[2].startswith("1")

    @property
    def full_name(self) -> str:
        """As people write it: "Kelurahan Sukasari", "Kecamatan Karawaci"; a proper name, in every language."""
        if self.level == self.Level.VILLAGE and not self.name.startswith("Desa "):
            return f"{'Kelurahan' if self.is_kelurahan else 'Desa'} {self.name}"
        if self.level == self.Level.DISTRICT:
            return f"{'Distrik' if self.code >= '91' else 'Kecamatan'} {self.name}"
        return self.name

    @staticmethod
    def id_for(code: str, valid_from: date | None = None) -> UUID:
        return uuid5(REGION_NAMESPACE, f"{code}@{valid_from or ''}")


class City(Row):
    """The city or regency that this node serves. There is one row."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    is_demonstration = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    def journal_label(self, reader: Actor) -> str:
        return self.name


class LibraryQuerySet(models.QuerySet["Library"]):
    def open_on(self, day: date) -> Self:
        return self.filter(Q(opened_on__isnull=True) | Q(opened_on__lte=day)).filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def with_hours(self) -> Self:
        """What the questions of `queries.hours` ask, fetched in two queries for any number of libraries."""
        return self.prefetch_related("opening_hours", "closures")

    def with_place(self) -> Self:
        """Each with its region and the two above it."""
        return self.select_related("region__parent__parent")

    def in_region(self, code: str) -> Self:
        """Libraries that stand in the region with this code today, or below it."""
        return self.filter(Q(region__code=code) | Q(region__code__startswith=f"{code}."))

    def counted_by(self, actor: Actor) -> Self:
        """Libraries whose counts the actor may see."""
        if actor.is_node or actor.is_coordinator or actor.is_administrator:
            return self
        return self.filter(pk__in=actor.staff_of | actor.mentor_of)

    def worked_at_by(self, actor: Actor) -> Self:
        """Libraries whose day the actor records."""
        return self if actor.is_node else self.filter(pk__in=actor.staff_of)


class Library(Row):
    """A library of any kind. Its code is its own and stays with it."""

    class Kind(models.TextChoices):
        CITY = "city", _("city library")
        DISTRICT = "district", _("kecamatan library")
        VILLAGE = "village", _("kelurahan or village library")
        TBM = "tbm", _("community reading garden (TBM)")
        NEIGHBOURHOOD = "neighbourhood", _("RW library")
        CORNER = "corner", _("reading corner without staff")
        MOBILE = "mobile", _("mobile library")
        SCHOOL = "school", _("school library")
        WORSHIP = "worship", _("library of a house of worship")
        PRISON = "prison", _("prison library")

    class TimeZone(models.TextChoices):
        WIB = "Asia/Jakarta", _("WIB")
        WITA = "Asia/Makassar", _("WITA")
        WIT = "Asia/Jayapura", _("WIT")

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=Kind)
    npp = models.CharField(max_length=30, blank=True)  # nomor pokok perpustakaan
    npsn = models.CharField(max_length=12, blank=True)  # school number, for school libraries
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="libraries")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT,
                               related_name="branches")
    address = models.CharField(max_length=255, blank=True)
    rt_rw = models.CharField(max_length=12, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    time_zone = models.CharField(max_length=32, choices=TimeZone, default=TimeZone.WIB)
    is_staffed = models.BooleanField(default=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)

    objects = LibraryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name"], name="library_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("libraries:detail", args=[self.code])

    def journal_label(self, reader: Actor) -> str:
        return self.name

    @property
    def district(self) -> "Region | None":
        """The kecamatan it stands in; None for a library of the whole city."""
        if self.region.level == Region.Level.VILLAGE:
            return self.region.parent
        return self.region if self.region.level == Region.Level.DISTRICT else None


class Placement(Row):
    """Where a library stood, from when to when; `Library.region` is today's."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="placements")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["library"], condition=Q(until_on__isnull=True), name="placement_now_once")]


class DatedFact(Row):
    """What is true of a library from a day on. `name` is one of `libraries.facts.FACTS`."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(max_length=40)
    value = models.JSONField()  # number, yes/no or code, as the definition says
    from_on = models.DateField()
    source = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "-from_on"]
        constraints = [models.UniqueConstraint(fields=["library", "name", "from_on"],
                                               condition=Q(voided_at__isnull=True), name="fact_once_a_day")]

    def journal_label(self, reader: Actor) -> str:
        from simpul.libraries.facts import FACTS
        return str(FACTS[self.name].label) if self.name in FACTS else self.name


class OpeningHours(Row):
    """Open from `opens` to `closes` on a weekday (Monday 0); a season of its own for Ramadan.

    Dated, so that a change of hours does not rewrite which days were open last year. A library without any row is
    one whose hours nobody told; one with rows is closed on the weekdays that have none.
    """

    class Season(models.TextChoices):
        USUAL = "usual", _("usual hours")
        RAMADAN = "ramadan", _("hours in Ramadan")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    season = models.CharField(max_length=8, choices=Season, default=Season.USUAL)
    from_on = models.DateField(null=True, blank=True)   # null: always
    until_on = models.DateField(null=True, blank=True)  # the first day it no longer holds

    class Meta:
        ordering = ["season", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=models.F("opens")), name="hours_close_after_open"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday"),
            models.UniqueConstraint(fields=["library", "season", "weekday", "opens"],
                                    condition=Q(until_on__isnull=True), name="hours_once"),
        ]

    def holds_on(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day < self.until_on)


class Closure(Row):
    """Days declared closed, both included."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="closures")
    first_on = models.DateField()
    last_on = models.DateField()
    reason = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-first_on"]
        constraints = [models.CheckConstraint(
            condition=Q(last_on__gte=models.F("first_on")), name="closure_ends_after_start")]

    def journal_label(self, reader: Actor) -> str:
        return self.reason


class Space(Row):
    """A room or corner of a library."""

    class Kind(models.TextChoices):
        READING = "reading", _("reading room")
        CHILDREN = "children", _("children's corner")
        ACTIVITY = "activity", _("activity room")
        COMPUTERS = "computers", _("computer corner")
        OTHER = "other", _("other")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="spaces")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.READING)
    seats = models.PositiveIntegerField(null=True, blank=True)
    area_m2 = models.PositiveIntegerField(null=True, blank=True)
    is_closed = models.BooleanField(default=False)

    def journal_label(self, reader: Actor) -> str:
        return self.name


class Stop(Row):
    """A place where a mobile library parks."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="stops")
    name = models.CharField(max_length=120)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    arrives = models.TimeField(null=True, blank=True)
    leaves = models.TimeField(null=True, blank=True)
    is_closed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    def journal_label(self, reader: Actor) -> str:
        return self.name


class StaffRoleQuerySet(models.QuerySet["StaffRole"]):
    def on(self, day: date) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class StaffRole(Row):
    """An account's role at a library, or for the city where `library` is empty, from a day to a day."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=16, choices=ROLES)
    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT,
                                related_name="staff")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by_id = models.UUIDField(null=True, blank=True)

    objects = StaffRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["coordinator", "administrator"], library__isnull=True)
                | Q(role__in=["volunteer", "librarian", "mentor"], library__isnull=False),
                name="role_has_its_place"),
            models.UniqueConstraint(fields=["account", "role", "library"], condition=Q(ends_on__isnull=True),
                                    name="role_once_at_a_library"),
            models.UniqueConstraint(fields=["account", "role"], name="role_once_for_the_city",
                                    condition=Q(ends_on__isnull=True, library__isnull=True)),
        ]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_role_display())
