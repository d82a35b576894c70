"""What doctor looks at. Each check is a function that gives one finding, cheap enough to run every day."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from simpul.core import journal
from simpul.core.models import JournalLine, NodeSetting
from simpul.operations import schedule
from simpul.operations.backup import backups
from simpul.operations.locks import SERVING, Lock
from simpul.operations.readiness import pending_migrations

MB = 1_000_000
ROOM = 500 * MB           # below it a day of photos may fill the disk
BACKUP_AGE = timedelta(days=7)
SAMPLE = 200              # stored files whose content is read
RELEASED = datetime(2026, 1, 1, tzinfo=UTC)  # no clock of this program can be right before


class Level(StrEnum):
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was seen, and what to do where it is not good."""

    name: str
    level: Level
    text: str
    advice: str = ""


def good(name: str, text: Any) -> Finding:
    return Finding(name, Level.GOOD, str(text))


def warning(name: str, text: Any, advice: Any) -> Finding:
    return Finding(name, Level.WARNING, str(text), str(advice))


def bad(name: str, text: Any, advice: Any) -> Finding:
    return Finding(name, Level.BAD, str(text), str(advice))


def disk() -> Finding:
    usage = shutil.disk_usage(settings.DATA)
    text = _("%(free)d of %(total)d MB free") % {"free": usage.free // MB, "total": usage.total // MB}
    advice = _("Free some space: move old backups from %(folder)s elsewhere.") % {"folder": settings.BACKUPS_ROOT}
    if usage.free < 50 * MB:
        return bad("disk", text, advice)
    return warning("disk", text, advice) if usage.free < ROOM else good("disk", text)


def database() -> Finding:
    if connection.vendor != "sqlite":
        return good("database", _("PostgreSQL answers"))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(3)")
        said = [row[0] for row in cursor.fetchall()]
        cursor.execute("PRAGMA synchronous")
        synchronous = cursor.fetchone()[0]
    if said != ["ok"]:
        return bad("database", "; ".join(said)[:200], _("Restore the latest backup: bin/simpul restore FILE --replace"))
    if synchronous < 2:
        return bad("database", _("not every change is written to the disk at once"),
                   _("Remove what sets PRAGMA synchronous; Simpul sets it to FULL."))
    return good("database", _("whole"))


def migrations() -> Finding:
    waiting = pending_migrations()
    if waiting:
        return bad("migrations", _("the tables are older than the program: %(list)s")
                   % {"list": ", ".join(waiting[:5])}, _("Make a backup, then run bin/simpul serve; it updates them."))
    return good("migrations", _("up to date"))


def journal_chain() -> Finding:
    faults = list(islice(journal.faults(), 3))
    if faults:
        return bad("journal", _("the chain does not hold at line %(n)d of %(chain)s")
                   % {"n": faults[0].position, "chain": faults[0].chain},
                   _("Somebody changed the database by hand. “bin/simpul journal verify” shows where; "
                     "compare with a backup."))
    return good("journal", _("the chain holds"))


def search_index() -> Finding:
    from simpul.catalogue.models import Title

    titles = Title.objects.count()  # withdrawn ones keep a document that nobody sees
    indexed = _indexed()
    if indexed is None:
        return warning("search", _("there is no search index"), _("Run bin/simpul search rebuild."))
    if indexed != titles:
        return warning("search", _("%(indexed)d of %(titles)d titles can be found")
                       % {"indexed": indexed, "titles": titles}, _("Run bin/simpul search rebuild."))
    return good("search", _("%(n)d titles can be found") % {"n": titles})


def _indexed() -> int | None:
    from django.apps import apps

    try:
        return apps.get_model("catalogue", "SearchDoc").objects.count()
    except LookupError:
        return None


def files() -> Finding:
    """A sample of the stored files: are they there, and what was stored?"""
    from simpul.files.models import StoredFile
    from simpul.files.storage import path_of

    missing, altered, seen = 0, 0, 0
    for row in StoredFile.objects.order_by("?")[:SAMPLE]:
        seen += 1
        path = path_of(row.pk)
        if not path.exists():
            missing += 1
        elif hashlib.sha256(path.read_bytes()).hexdigest() != row.sha256:
            altered += 1
    if missing or altered:
        return bad("files", _("of %(seen)d files looked at %(missing)d are missing and %(altered)d altered")
                   % {"seen": seen, "missing": missing, "altered": altered},
                   _("Take them back from a backup: its files/ has the same names."))
    return good("files", _("%(seen)d looked at, all as stored") % {"seen": seen})


def clock_() -> Finding:
    """A clock that was set back shows: the journal knows a later moment."""
    now = datetime.now(UTC)
    last = JournalLine.objects.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    advice = _("Set date and time of this machine (timedatectl set-ntp true).")
    if now < RELEASED:
        return bad("clock", _("this machine thinks it is %(day)s") % {"day": now.date()}, advice)
    if last and last > now + timedelta(minutes=5):
        return bad("clock", _("the clock is behind the journal, whose last line is of %(when)s")
                   % {"when": last.isoformat(timespec="minutes")}, advice)
    return good("clock", now.isoformat(timespec="minutes"))


def secret_key() -> Finding:
    path = Path(settings.DATA) / "secret_key"
    if not path.exists():
        return good("secret key", _("given as SIMPUL_SECRET_KEY"))
    import os

    if os.name != "nt" and path.stat().st_mode & 0o077:
        return bad("secret key", _("others on this machine may read it"), f"chmod 600 {path}")
    return good("secret key", _("readable by its owner only"))


def demonstration() -> Finding:
    from simpul.accounts.models import Account

    count = Account.objects.filter(is_demonstration=True, is_active=True).count()
    if not count:
        return good("demonstration", _("no demonstration accounts"))
    if settings.HOST:
        return bad("demonstration", _("%(n)d demonstration accounts on a public node") % {"n": count},
                   _("Use a data folder of its own for the demonstration; set up a new one for real work."))
    return warning("demonstration", _("%(n)d demonstration accounts; they work on this machine only") % {"n": count},
                   _("Do not enter real people here."))


def server() -> Finding:
    if Lock(SERVING).is_free:
        return warning("server", _("no server runs on this data folder"), _("Start it: bin/simpul serve"))
    return good("server", _("running"))


def schedule_() -> Finding:
    """Did what falls due by itself run, and run well?"""
    failed = [name.removeprefix(schedule.PREFIX) for name, value in NodeSetting.objects.filter(
        name__startswith=schedule.PREFIX).values_list("name", "value") if value.get("error")]
    if failed:
        return warning("schedule", _("did not succeed: %(list)s") % {"list": ", ".join(sorted(failed))},
                       _("“bin/simpul schedule run” tries again and shows why."))
    return good("schedule", _("runs well"))


def backup_age() -> Finding:
    newest = next(backups(), None)
    advice = _("bin/simpul backup, and carry a copy out of the house.")
    if newest is None:
        return warning("backup", _("no backup in %(folder)s") % {"folder": settings.BACKUPS_ROOT}, advice)
    age = datetime.now(UTC) - datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    text = _("the newest is %(days)d days old") % {"days": age.days}
    return warning("backup", text, advice) if age > BACKUP_AGE else good("backup", text)


CHECKS: tuple[Callable[[], Finding], ...] = (
    disk, database, migrations, journal_chain, search_index, files, clock_, secret_key, demonstration, server,
    schedule_, backup_age)


def _of_other_apps() -> Iterator[Callable[[], Finding]]:
    """What apps look at themselves: `CHECKS` in their doctor.py, each giving name, is it well, text and advice."""
    for app in apps.get_app_configs():
        if app.name.startswith("simpul.") and find_spec(f"{app.name}.doctor"):
            for check in import_module(f"{app.name}.doctor").CHECKS:
                yield partial(_seen, check)


def _seen(check: Callable[[], tuple[str, bool, str, str]]) -> Finding:
    name, is_well, text, advice = check()
    return good(name, text) if is_well else warning(name, text, advice)


def findings() -> Iterator[Finding]:
    """Every check; one that cannot be made is itself a finding."""
    for check in (*CHECKS, *_of_other_apps()):
        try:
            yield check()
        except Exception as error:
            yield bad(getattr(check, "__name__", "app").strip("_"), f"{type(error).__name__}: {error}"[:200],
                      _("This could not be looked at; restore a backup if the database is damaged."))
