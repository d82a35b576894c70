"""Titles, contributors, subjects, identifiers, source records, copies, search documents."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.libraries.models import Library, Space


class Format(models.TextChoices):
    BOOK = "book", _("book")
    BRAILLE = "braille", _("braille")
    LARGE_PRINT = "large_print", _("large print")
    AUDIO = "audio", _("audio")
    VIDEO = "video", _("video")
    MUSIC = "music", _("music")
    SERIAL = "serial", _("magazine or newspaper")
    MAP = "map", _("map")
    PICTURE = "picture", _("picture")
    DIGITAL = "digital", _("digital")
    OBJECT = "object", _("object or game")
    OTHER = "other", _("other")


class Title(Row):
    """A bibliographic record of the city, derived from its source records."""

    title = models.CharField(max_length=500)
    subtitle = models.CharField(max_length=500, blank=True)
    part = models.CharField(max_length=200, blank=True)
    responsibility = models.CharField(max_length=500, blank=True)
    contributors_line = models.CharField(max_length=500, blank=True)  # "Andrea Hirata; …", for lists
    edition = models.CharField(max_length=120, blank=True)
    publisher = models.CharField(max_length=255, blank=True)
    place = models.CharField(max_length=160, blank=True)
    year = models.SmallIntegerField(null=True, blank=True)
    extent = models.CharField(max_length=160, blank=True)
    series = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=8, blank=True)  # ISO 639-2/B as in MARC 008: ind, eng
    ddc = models.CharField(max_length=40, blank=True)
    format = models.CharField(max_length=12, choices=Format, default=Format.BOOK)
    is_easy_reading = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    match_key = models.CharField(max_length=64, db_index=True, blank=True)  # same work and edition across libraries
    is_provisional = models.BooleanField(default=False)  # lent by title before it was catalogued
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalogue:title", args=[self.pk])

    @property
    def full_title(self) -> str:
        return f"{self.title} : {self.subtitle}" if self.subtitle else self.title

    def journal_label(self, reader: Actor) -> str:
        return f"“{self.title}”"


class Contributor(models.Model):
    """A person or body that made a title, in the record's own order."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=255, db_index=True)
    role = models.CharField(max_length=60, blank=True)  # MARC relator term or code
    is_body = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="contributors")

    class Meta:
        ordering = ["position"]


class Subject(models.Model):
    """A subject heading of a title."""

    id = models.BigAutoField(primary_key=True)
    term = models.CharField(max_length=255, db_index=True)
    position = models.PositiveSmallIntegerField()
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="subjects")

    class Meta:
        ordering = ["position"]


class Identifier(models.Model):
    """An ISBN (kept as 13 digits where its check digit holds), ISSN or another number of a title."""

    class Kind(models.TextChoices):
        ISBN = "isbn", "ISBN"
        ISSN = "issn", "ISSN"
        OTHER = "other", _("other number")

    id = models.BigAutoField(primary_key=True)
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=60, db_index=True)
    is_valid = models.BooleanField(default=True)


class SourceRecord(Row):
    """What a library brought, byte for byte, and the title made of it."""

    class Form(models.TextChoices):
        MARC21 = "marc21", "MARC 21"
        MARCXML = "marcxml", "MARCXML"
        SLIMS = "slims", "SLiMS"
        SHEET = "sheet", _("sheet")
        DESK = "desk", _("entered at the desk")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="source_records")
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=160)
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="source_records")
    form = models.CharField(max_length=8, choices=Form)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    fullness = models.PositiveSmallIntegerField(default=0)  # the fullest record describes a shared title
    batch_id = models.UUIDField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["library", "source", "external_id"], name="source_record_once")]

    def journal_label(self, reader: Actor) -> str:
        return self.external_id


class CopyQuerySet(models.QuerySet["Copy"]):
    def held(self) -> Self:
        """Copies that are part of the collection: not withdrawn."""
        return self.exclude(state=Copy.State.WITHDRAWN)

    def numbered(self, numbers: Iterable[str]) -> Self:
        """Copies with these inventory numbers. The condition of the partial index is spelled out with a literal:
        otherwise SQLite reads all copies of the library (0.9 s with 200,000)."""
        found = self.filter(inventory_number__in=list(numbers))
        return found.extra(where=["""NOT ("catalogue_copy"."inventory_number" = '')"""])  # type: ignore[return-value]


class Copy(Row):
    """One thing on a shelf of one library."""

    class State(models.TextChoices):
        AVAILABLE = "available", _("on the shelf")
        ON_LOAN = "on_loan", _("lent")
        REFERENCE = "reference", _("read here only")
        DAMAGED = "damaged", _("being mended")
        MISSING = "missing", _("missing")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Acquisition(models.TextChoices):
        APBD = "apbd", _("city budget (APBD)")
        PERPUSNAS = "perpusnas", _("aid of the National Library")
        GRANT = "grant", _("gift (hibah)")
        SELF = "self", _("own means (swadaya)")
        EXCHANGE = "exchange", _("exchange")
        UNKNOWN = "", _("not known")

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="copies")
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="copies")
    code = models.CharField(max_length=40)  # the label that is scanned
    inventory_number = models.CharField(max_length=60, blank=True)
    call_number = models.CharField(max_length=80, blank=True)
    item_type = models.CharField(max_length=40, blank=True)
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    shelf = models.CharField(max_length=80, blank=True)
    acquisition = models.CharField(max_length=12, choices=Acquisition, blank=True)
    supplier = models.CharField(max_length=120, blank=True)
    price = models.PositiveBigIntegerField(null=True, blank=True)  # rupiah
    received_on = models.DateField(null=True, blank=True)  # unknown stays unknown
    state = models.CharField(max_length=10, choices=State, default=State.AVAILABLE)
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["title", "library", "state"], name="copy_by_title"),
            models.Index(fields=["code"], name="copy_by_code"),
            models.Index(fields=["library", "received_on"], name="copy_by_received"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["library", "code"], name="copy_code_once"),
            models.UniqueConstraint(fields=["library", "inventory_number"], condition=~Q(inventory_number=""),
                                    name="copy_inventory_once"),
        ]

    journal_related = ("title",)

    def journal_label(self, reader: Actor) -> str:
        return f"{self.title.journal_label(reader)} ({self.code})"


# the digital resources and the search tables live beside their code; Django finds models only through this module
from simpul.catalogue.digital.models import DigitalResource, DigitalUse  # noqa: E402, F401
from simpul.catalogue.search.models import SearchDoc, SearchFacet, SearchWord  # noqa: E402, F401
