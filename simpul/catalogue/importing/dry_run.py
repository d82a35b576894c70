"""What an import would do, told without doing it.

On SQLite the database is copied with its backup interface, which reads beside the desk's writing, and another process
imports into the copy. On PostgreSQL the import runs in a transaction that is rolled back.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from simpul.catalogue.importing.running import ImportSummary, Progress, Run
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.transfers.models import Batch

#: the package needs Django before it can be imported, so `-m` is no way in
_CHILD = "import django; django.setup(); from simpul.catalogue.importing.rehearsal import main; main()"


def rehearse(kind: str, paths: Sequence[Path], library: Library, by: Actor, at: datetime,
             progress: Progress | None = None, refusals_to: Path | None = None) -> ImportSummary:
    """The summary that an import would give now. Nothing is written here but the file of refusals."""
    if not by.runs(library.pk, "catalogue.import"):
        raise NotAllowed("")
    target = refusals_to or Path(settings.DATA) / "transfers" / f"rehearsal-{new_id()}" / "refusals.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    if connection.vendor != "sqlite":
        with transaction.atomic():
            summary = run_unseen(kind, paths, library, at, progress)
            transaction.set_rollback(True)
        shutil.move(summary.refusals_file, target)
        Path(summary.refusals_file).parent.rmdir()
        return _with_file(summary, target)
    with tempfile.TemporaryDirectory(prefix="rehearsal-", dir=settings.DATA) as folder:
        _copy_database(Path(folder) / "simpul.sqlite3")
        summary = _in_another_process(kind, paths, library, at, progress, Path(folder))
        shutil.move(summary.refusals_file, target)
    return _with_file(summary, target)


def run_unseen(kind: str, paths: Sequence[Path], library: Library, at: datetime,
               progress: Progress | None) -> ImportSummary:
    """The run itself, without journal."""
    from simpul.catalogue.importing.entrance import readers

    reader = readers(kind, paths)
    batch = Batch.objects.create(library_id=library.pk, kind=kind, file_name=paths[0].name[:200], started_at=at,
                                 is_dry_run=True, total_bytes=reader.total_bytes)
    return Run(reader, batch, library, at, progress).go()


def _copy_database(to: Path) -> None:
    source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)
    copy = sqlite3.connect(to)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()


def _in_another_process(kind: str, paths: Sequence[Path], library: Library, at: datetime,
                        progress: Progress | None, folder: Path) -> ImportSummary:
    task = json.dumps({"kind": kind, "paths": [str(p.resolve()) for p in paths], "library": str(library.pk),
                       "at": at.isoformat()})
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    known |= {"SIMPUL_DATA": str(folder), "SIMPUL_SECRET_KEY": settings.SECRET_KEY,
              "DJANGO_SETTINGS_MODULE": "simpul.config.settings",
              "PYTHONPATH": os.pathsep.join([str(settings.CODE), os.environ.get("PYTHONPATH", "")])}
    child = subprocess.Popen(  # noqa: S603 our own interpreter and module
        [sys.executable, "-c", _CHILD, task], env=known,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    told: dict[str, object] | None = None
    assert child.stdout
    assert child.stderr
    for line in child.stdout:
        message = json.loads(line)
        if "summary" in message:
            told = message["summary"]
        elif progress:
            progress(*message["progress"])
    trouble = child.stderr.read()
    child.stdout.close()
    child.stderr.close()
    if child.wait() or told is None:
        raise RuntimeError(f"the rehearsal stopped: {trouble[-500:]}")
    return ImportSummary(**told)  # type: ignore[arg-type]


def _with_file(summary: ImportSummary, path: Path) -> ImportSummary:
    return ImportSummary(**summary.as_dict(), refusals_file=str(path), longest_lock=summary.longest_lock)
