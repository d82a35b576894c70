"""Digital resources and their uses."""

from datetime import date
from typing import Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library


class Kind(models.TextChoices):
    PDF = "pdf", _("PDF")
    EPUB = "epub", _("e-book (EPUB)")
    VIDEO = "video", _("film")
    AUDIO = "audio", _("sound")
    PICTURE = "picture", _("picture")
    H5P = "h5p", _("exercise (H5P)")
    LINK = "link", _("link")


#: what the bytes of a file say → kind
KIND_OF = {
    "application/pdf": Kind.PDF, "application/epub+zip": Kind.EPUB, "application/x-h5p": Kind.H5P,
    "video/mp4": Kind.VIDEO, "video/webm": Kind.VIDEO, "audio/mp4": Kind.AUDIO, "audio/ogg": Kind.AUDIO,
    "audio/mpeg": Kind.AUDIO, "image/jpeg": Kind.PICTURE, "image/webp": Kind.PICTURE,
}


class DigitalResourceQuerySet(models.QuerySet["DigitalResource"]):
    def held(self) -> Self:
        """Offered still: not withdrawn, whatever their rights say."""
        return self.filter(withdrawn_at__isnull=True)

    def standing(self, day: date) -> Self:
        """What may be opened on a day: not withdrawn, rights not ended."""
        return self.held().filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))

    def shown(self, day: date) -> Self:
        """What the public reads of: what stands and is not for the staff alone, of a title that is public."""
        return self.standing(day).exclude(access=DigitalResource.Access.STAFF).filter(
            title__withdrawn_at__isnull=True, title__is_provisional=False)


class DigitalResource(Row):
    """One digital copy of a title that a library offers: a stored file or a link."""

    class Access(models.TextChoices):
        EVERYBODY = "everybody", _("everybody")
        MEMBERS = "members", _("members of this library, with their card number")
        STAFF = "staff", _("staff of this library only")

    class Rights(models.TextChoices):
        OWN = "own", _("the library's own work")
        CC = "cc", _("Creative Commons")
        PUBLIC_DOMAIN = "public_domain", _("public domain (nobody's any more)")
        CONTRACT = "contract", _("licensed by contract, until a day")
        LETTER = "letter", _("permission by letter")
        LINKED = "linked", _("a link only: rights as the linked page says")

    class Licence(models.TextChoices):
        BY = "by", "CC BY 4.0"
        BY_SA = "by-sa", "CC BY-SA 4.0"
        BY_ND = "by-nd", "CC BY-ND 4.0"
        BY_NC = "by-nc", "CC BY-NC 4.0"
        BY_NC_SA = "by-nc-sa", "CC BY-NC-SA 4.0"
        BY_NC_ND = "by-nc-nd", "CC BY-NC-ND 4.0"
        ZERO = "cc0", "CC0"
        NONE = "", _("not Creative Commons")

    class Origin(models.TextChoices):
        DESK = "desk", _("entered at the desk")
        IMPORT = "import", _("came with an imported record")

    title = models.ForeignKey("catalogue.Title", on_delete=models.PROTECT, related_name="resources")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="digital_resources", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    label = models.CharField(max_length=160, blank=True)   # "Bab 1", "Versi cetak besar"; empty: the title itself
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=1000, blank=True)    # https, checked by `links.safe_link`
    language = models.CharField(max_length=8, blank=True)  # ISO 639-2/B, as a title's
    length = models.CharField(max_length=60, blank=True)   # "12 halaman", "8 menit"
    rights = models.CharField(max_length=16, choices=Rights)
    licence = models.CharField(max_length=10, choices=Licence, blank=True)
    holder = models.CharField(max_length=200, blank=True)  # who holds the rights
    valid_until = models.DateField(null=True, blank=True)  # the last day on which it may be opened
    access = models.CharField(max_length=10, choices=Access, default=Access.EVERYBODY)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.DESK)
    added_on = models.DateField()                          # the library's own day
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DigitalResourceQuerySet.as_manager()

    class Meta:
        ordering = ["added_on", "id"]
        indexes = [models.Index(fields=["library", "added_on"], name="resource_by_library"),
                   models.Index(fields=["valid_until"], name="resource_by_end")]
        constraints = [
            models.CheckConstraint(condition=Q(file__isnull=False, url="") | (Q(file__isnull=True) & ~Q(url="")),
                                   name="resource_is_file_or_link"),
            models.CheckConstraint(condition=Q(url="") | Q(url__startswith="https://"), name="resource_link_is_https"),
            models.UniqueConstraint(fields=["library", "title", "url"], condition=~Q(url=""),
                                    name="resource_link_once"),
        ]

    journal_related = ("title",)

    def is_standing(self, day: date) -> bool:
        return self.withdrawn_at is None and (self.valid_until is None or self.valid_until >= day)

    def has_ended(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day

    @property
    def is_downloaded(self) -> bool:
        """Only to be downloaded: no browser opens it by itself."""
        return self.kind in (Kind.EPUB, Kind.H5P)

    @property
    def rights_line(self) -> str:
        """`CC BY-SA 4.0 · Perpustakaan Kota`."""
        why = self.get_licence_display() if self.licence else self.get_rights_display()
        return f"{why} · {self.holder}" if self.holder else str(why)

    @property
    def host(self) -> str:
        """Where a link leads: `id.wikibooks.org`."""
        return urlsplit(self.url).hostname or ""

    def journal_label(self, reader: Actor) -> str:
        return self.label or self.title.journal_label(reader)


class DigitalUse(Row):
    """A resource was opened or downloaded, once; by whom is written nowhere."""

    class How(models.TextChoices):
        OPENED = "opened", _("opened")
        DOWNLOADED = "downloaded", _("downloaded")

    title = models.ForeignKey("catalogue.Title", on_delete=models.PROTECT, related_name="digital_uses")
    resource = models.ForeignKey(DigitalResource, on_delete=models.PROTECT, related_name="uses")
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="digital_uses", db_index=False)
    how = models.CharField(max_length=10, choices=How)
    happened_at = models.DateTimeField()
    local_date = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["library", "local_date"], name="digital_use_by_day")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_how_display())
