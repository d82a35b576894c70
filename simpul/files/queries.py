"""Which files are still needed."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from simpul.files.models import StoredFile


def orphans(before: datetime) -> QuerySet[StoredFile]:
    """Files stored before a moment to which no row of any app refers. The relations are read from the models, so
    that an app which begins to keep files is protected without telling."""
    rows = StoredFile.objects.filter(stored_at__lt=before)
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            field = relation.field  # type: ignore[union-attr]
            used: Any = field.model._base_manager.filter(**{f"{field.name}__isnull": False}).values(field.attname)
            rows = rows.exclude(pk__in=used)
    return rows


def strays(before: datetime) -> Iterator[Path]:
    """Files on the disk without a row, last written before a moment: what a change left that did not come to its
    end. Half-written ones are among them."""
    root = Path(settings.FILES_ROOT)
    for folder in sorted(path for path in root.glob("??") if path.is_dir()):
        old = [path for path in folder.iterdir() if path.stat().st_mtime < before.timestamp()]
        ids = [key for path in old if (key := _id_of(path))]
        known = {str(pk) for pk in StoredFile.objects.filter(pk__in=ids).values_list("pk", flat=True)}
        yield from (path for path in old if path.name not in known)


def _id_of(path: Path) -> UUID | None:
    try:
        return UUID(path.name)
    except ValueError:
        return None
