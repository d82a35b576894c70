"""Records of the past: which app takes them in, and the run that a page left waiting."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.refusal import Refusal
from simpul.libraries.models import Library
from simpul.transfers.history import ImportSummary
from simpul.transfers.models import Batch

#: kind → what people call it, the module with TEMPLATE and EXAMPLE, the import beside them
HISTORIES: dict[str, tuple[Any, str, str]] = {
    "visits": (_("visits"), "simpul.visits.importing", "import_visits"),
    "loans": (_("loans"), "simpul.circulation.importing", "import_loans"),
    "activities": (_("activities"), "simpul.activities.importing.past", "import_activities"),
    "attendance": (_("attendance of activities"), "simpul.activities.importing.attendance", "import_attendance"),
}


def history_of(kind: str) -> Any:
    """The module of the app that knows these records: TEMPLATE, EXAMPLE and its import."""
    return import_module(HISTORIES[kind][1])


def entrance_of(kind: str) -> Callable[..., ImportSummary]:
    """`entrance(path, library, by=…, at=…, id=…, dry_run=…, progress=…)`"""
    entrance: Callable[..., ImportSummary] = getattr(history_of(kind), HISTORIES[kind][2])
    return entrance


def run_waiting_batch(batch_id: UUID) -> None:
    """Run what a page left waiting, in the name of who asked; the file goes when the run is over. A run that fails says
    so in its message and raises nothing."""
    batch = Batch.objects.get(pk=batch_id)
    library = Library.objects.get(pk=batch.library_id)
    by = Actor(kind=ActorKind(batch.by_kind or ActorKind.SCHEDULE), id=batch.by_id,
               librarian_of=frozenset({library.pk}))
    files = sorted(batch.folder.glob("[0-9]-*"))
    try:
        entrance_of(batch.kind)(_first(files), library, by=by, at=batch.started_at, id=batch.pk,
                                dry_run=batch.is_dry_run)
    except Refusal as refusal:
        _failed(batch, str(refusal))
    except Exception as error:
        _failed(batch, type(error).__name__)
    finally:
        for path in files:  # it holds names that nobody wanted to read
            path.unlink(missing_ok=True)


def _first(files: list[Path]) -> Path:
    if not files:
        raise Refusal(_("The file is gone; import it once more."), code="file_gone")
    return files[0]


def _failed(batch: Batch, message: str) -> None:
    Batch.objects.filter(pk=batch.pk).update(
        state=Batch.State.FAILED, message=message[:255], ended_at=clock.now())
