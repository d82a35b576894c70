"""A backup is one .zip file: the database, the stored files, and a manifest with the SHA-256 of each.

The database is copied while the desk works: SQLite from a read snapshot (readers never hold the write lock in WAL
mode), PostgreSQL by pg_dump. The secret key is left out on purpose: a backup is carried about on sticks, and with
the key its finder could sign in as anybody. Restored elsewhere, everybody signs in again; passwords stay.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from simpul.operations.console import Problem, Progress
from simpul.operations.problems import is_disk_full

FORM = 1
MANIFEST = "manifest.json"
SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"
FOLDERS = ("files", "transfers")  # of the data folder
PAGES = 500  # of 4 KiB copied at a time
CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `entries`: name in the archive → [SHA-256, bytes]."""

    made_at: str
    engine: str
    city: str
    migrations: list[str]
    form: int = FORM
    entries: dict[str, list[Any]] = field(default_factory=dict)


def back_up(target: Path, *, at: datetime, progress: Progress) -> Manifest:
    """Write a backup to `target`; nothing stands there before it is whole. Readable by its owner only.

    Raises Problem where there is no room or pg_dump is missing.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    database = target.with_name(target.name + ".database")
    _refuse_without_room(target)
    try:
        name = _copy_database(database, progress)
        manifest = Manifest(made_at=at.isoformat(), engine=connection.vendor, city=_city(), migrations=_migrations())
        with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600), "w+b") as raw:
            with zipfile.ZipFile(raw, "w", allowZip64=True) as archive:
                _fill(archive, manifest, [(name, database), *stored_files()], progress)
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(part, target)
        return manifest
    finally:
        for leftover in (part, database):
            with suppress(FileNotFoundError):
                leftover.unlink()


def _fill(archive: zipfile.ZipFile, manifest: Manifest, sources: list[tuple[str, Path]], progress: Progress) -> None:
    total, done = sum(path.stat().st_size for _name, path in sources), 0
    for name, path in sources:
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo.from_file(path, name)
        # pictures are packed already
        info.compress_type = zipfile.ZIP_STORED if name.startswith("files/") else zipfile.ZIP_DEFLATED
        with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as packed:
            while chunk := source.read(CHUNK):
                packed.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                done += len(chunk)
                progress(done, total, _("packing"))
        manifest.entries[name] = [digest.hexdigest(), size]
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1), zipfile.ZIP_DEFLATED)


def stored_files() -> list[tuple[str, Path]]:
    """Stored files and the folders of imports, as (name in the archive, path)."""
    data = Path(settings.DATA)
    return [(path.relative_to(data).as_posix(), path) for folder in FOLDERS
            for path in sorted((data / folder).rglob("*")) if path.is_file() and not path.name.endswith(".part")]


def _refuse_without_room(target: Path) -> None:
    needed = sum(path.stat().st_size for _name, path in stored_files())
    if connection.vendor == "sqlite":
        needed += Path(str(settings.DATABASES["default"]["NAME"])).stat().st_size * 2
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise Problem(
            _("There is no room for the backup: it may need %(needed)d MB, %(free)d MB are free in %(folder)s.")
            % {"needed": needed // 1_000_000 + 1, "free": free // 1_000_000, "folder": target.parent},
            _("Free some space there, or name a file on another disk."), code="no_room")


def _copy_database(target: Path, progress: Progress) -> str:
    if connection.vendor == "sqlite":
        copy_sqlite(Path(str(settings.DATABASES["default"]["NAME"])), target, progress)
        return SQLITE
    run_pg("pg_dump", "--format=custom", "--no-owner", f"--file={target}")
    return POSTGRESQL


def copy_sqlite(source: Path, target: Path, progress: Progress) -> None:
    """Copy a database that is in use. The open read transaction is one snapshot: writers go on and the copy is
    never begun again."""
    with closing(sqlite3.connect(source, isolation_level=None, timeout=20)) as live, \
            closing(sqlite3.connect(target)) as copy:
        os.chmod(target, 0o600)
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(copy, pages=PAGES, sleep=0.001,
                    progress=lambda _status, left, total: progress(total - left, total, _("copying the database")))
        live.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode=DELETE").fetchone()


def run_pg(program: str, *arguments: str) -> None:
    """pg_dump or pg_restore on the database of the settings."""
    found = shutil.which(program)
    if not found:
        raise Problem(_("%(program)s is not installed.") % {"program": program},
                      _("Install it with: sudo apt install postgresql-client"), code="no_pg_dump")
    database = settings.DATABASES["default"]
    child = dict(os.environ, PGDATABASE=str(database["NAME"]), PGHOST=str(database["HOST"]),
                 PGUSER=str(database["USER"]), PGPASSWORD=str(database["PASSWORD"]))
    if database["PORT"]:
        child["PGPORT"] = str(database["PORT"])
    done = subprocess.run([found, *arguments], env=child, capture_output=True, text=True)  # noqa: S603
    if done.returncode and is_disk_full(OSError(done.stderr)):
        raise Problem(_("The disk is full; nothing was written."),
                      _("Free some space there, or name a file on another disk."), code="disk_full")
    if done.returncode:
        raise Problem(_("%(program)s did not succeed: %(why)s") % {"program": program, "why": done.stderr[-300:]},
                      code="pg_failed")


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def _city() -> str:
    from simpul.libraries.models import City

    city = City.objects.first()
    return city.name if city else ""


def backups() -> Iterator[Path]:
    """The backups of the data folder's own backups/, newest first."""
    yield from sorted(Path(settings.BACKUPS_ROOT).glob("*.zip"), key=lambda p: p.stat().st_mtime, reverse=True)
