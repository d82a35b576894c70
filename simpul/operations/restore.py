"""Bringing a backup back: everything is verified before anything is touched, and the old is moved aside."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from simpul.operations.backup import CHUNK, FOLDERS, FORM, MANIFEST, POSTGRESQL, SQLITE, Manifest, run_pg
from simpul.operations.building import STAMP, migrate
from simpul.operations.console import Problem, Progress
from simpul.operations.locks import SERVING, Lock
from simpul.operations.readiness import has_tables

SAFE = re.compile(rf"({'|'.join(FOLDERS)})(/[^/\0\\]+)+")
DATABASE_FILES = ("simpul.sqlite3", "simpul.sqlite3-wal", "simpul.sqlite3-shm")


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, if this is a backup of ours that this code can restore."""
    try:
        manifest = Manifest(**json.loads(archive.read(MANIFEST)))
    except (KeyError, ValueError, TypeError):
        raise Problem(_("This file is no backup of Simpul."), code="no_backup") from None
    if manifest.form != FORM:
        raise Problem(_("This backup was made by a newer Simpul."), _("Update Simpul first."), code="newer")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if any(name.partition(".")[0] in _our_apps() and name not in known for name in manifest.migrations):
        raise Problem(_("This backup was made by a newer Simpul."), _("Update Simpul first."), code="newer")
    if manifest.engine != connection.vendor:
        raise Problem(_("This backup holds a %(theirs)s database, this node uses %(ours)s.")
                      % {"theirs": manifest.engine, "ours": connection.vendor},
                      _("Restore it on a node with the same kind of database (see DATABASE_URL)."), code="engine")
    for name in manifest.entries:
        if name not in (SQLITE, POSTGRESQL) and (not SAFE.fullmatch(name) or ".." in name.split("/")):
            raise Problem(_("This backup names a file outside the data folder; it was tampered with."),
                          code="tampered")
    return manifest


def _our_apps() -> set[str]:
    from django.apps import apps

    return {app.label for app in apps.get_app_configs() if app.name.startswith("simpul.")}


def restore(source: Path, *, at: datetime, is_replacing: bool, progress: Progress) -> tuple[Manifest, Path | None]:
    """Put the backup in the place of what is there. Gives its manifest and where the old was put, if there was any.

    Raises Problem and changes nothing where the file is damaged, the folder is not empty and `is_replacing` is
    False, or a server is running.
    """
    lock = Lock(SERVING)
    if not lock.take():
        raise Problem(_("A server is running on this data folder."), _("Stop it, restore, then start it again."),
                      code="is_serving")
    try:
        with opened(source) as archive:
            manifest = read_manifest(archive)
            verify(archive, manifest, progress)
            if not is_replacing and _is_in_use():
                raise Problem(
                    _("The data folder %(folder)s is not empty.") % {"folder": settings.DATA},
                    _("Say --replace to restore over it; what is there now is moved aside, not deleted."),
                    code="not_empty")
            return manifest, _put(archive, manifest, at, progress)
    finally:
        lock.free()


def opened(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except zipfile.BadZipFile:
        raise Problem(_("%(file)s is no backup of Simpul, or it is damaged.") % {"file": source},
                      code="no_backup") from None


def verify(archive: zipfile.ZipFile, manifest: Manifest, progress: Progress) -> None:
    """Read every entry to its end and compare size and SHA-256 with the manifest."""
    total, done = sum(size for _digest, size in manifest.entries.values()), 0
    for name, (wanted, size) in manifest.entries.items():
        digest, read = hashlib.sha256(), 0
        try:
            with archive.open(name) as packed:
                while chunk := packed.read(CHUNK):
                    digest.update(chunk)
                    read += len(chunk)
                    done += len(chunk)
                    if read > size:
                        break
                    progress(done, total, _("verifying"))
        except (zipfile.BadZipFile, KeyError, EOFError, OSError) as error:
            raise _damaged(name) from error
        if read != size or digest.hexdigest() != wanted:
            raise _damaged(name)


def _damaged(name: str) -> Problem:
    return Problem(_("The backup is damaged: %(name)s is not what was saved.") % {"name": name},
                   _("Nothing was changed. Take another backup."), code="damaged")


def _is_in_use() -> bool:
    folders = [Path(settings.DATA) / name for name in FOLDERS]
    return has_tables() or any(folder.exists() and any(folder.iterdir()) for folder in folders)


def _put(archive: zipfile.ZipFile, manifest: Manifest, at: datetime, progress: Progress) -> Path | None:
    """Unpack beside, check the database, swap by renaming, migrate."""
    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True)
    needed, free = sum(size for _d, size in manifest.entries.values()), shutil.disk_usage(data).free
    if free < needed:
        raise Problem(_("There is no room to restore: %(needed)d MB are needed, %(free)d MB are free.")
                      % {"needed": needed // 1_000_000 + 1, "free": free // 1_000_000}, code="no_room")
    fresh = data / "restoring"
    shutil.rmtree(fresh, ignore_errors=True)
    for folder in FOLDERS:
        (fresh / folder).mkdir(parents=True)
    try:
        _unpack(archive, manifest, fresh, progress)
        if SQLITE in manifest.entries:
            _check_sqlite(fresh / SQLITE)
        aside = _move_aside(data, at)
        if POSTGRESQL in manifest.entries:  # all of it or, where it fails, nothing
            run_pg("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
                   f"--dbname={settings.DATABASES['default']['NAME']}", str(fresh / POSTGRESQL))
        _move_in(data, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    progress(0, 0, _("preparing the database"))
    migrate()
    return aside


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, fresh: Path, progress: Progress) -> None:
    total, done = sum(size for _d, size in manifest.entries.values()), 0
    for name in manifest.entries:
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as packed, path.open("wb") as file:
            while chunk := packed.read(CHUNK):
                file.write(chunk)
                done += len(chunk)
                progress(done, total, _("unpacking"))
            _to_disk(file)


def _to_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _check_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        said = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise _damaged(SQLITE)


def _move_aside(data: Path, at: datetime) -> Path | None:
    """The old database and files go to before-restore-<moment>/; None where there is nothing old."""
    aside = data / f"before-restore-{at:%Y%m%dT%H%M%SZ}"
    if connection.vendor == "postgresql" and has_tables():
        aside.mkdir(exist_ok=True)
        run_pg("pg_dump", "--format=custom", "--no-owner", f"--file={aside / POSTGRESQL}")
    connections.close_all()
    for name in (*DATABASE_FILES, *FOLDERS):
        if (data / name).exists():
            aside.mkdir(exist_ok=True)
            os.replace(data / name, aside / name)
    return aside if aside.exists() else None


def _move_in(data: Path, fresh: Path) -> None:
    for folder in FOLDERS:
        os.replace(fresh / folder, data / folder)
    (data / STAMP).unlink(missing_ok=True)
    if (fresh / SQLITE).exists():
        os.replace(fresh / SQLITE, Path(str(settings.DATABASES["default"]["NAME"])))
