"""Stored files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.core.models import Row


class StoredFile(Row):
    """A file on the data folder's disk under files/<last two of id>/<id>."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("picture")
        DOCUMENT = "document", _("document")
        MATERIAL = "material", _("material to read, hear or see")

    library_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind)
    media_type = models.CharField(max_length=60)
    given_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()  # bytes
    stored_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["library_id"], name="file_by_library")]
