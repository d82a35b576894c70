"""What is made from the code before it runs: compiled translations and collected static files.

Both are stamped, so that a second start does neither. They belong to the code, not to a data folder.
"""

import hashlib
import io
import os
import sys
import time
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path

CODE = Path(__file__).resolve().parents[2]
BUILD = CODE / "build"
STAMP = "migrated.stamp"  # in the data folder


def catalogues() -> list[Path]:
    """Every gettext catalogue of the house."""
    return sorted((CODE / "simpul").glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_translations() -> int:
    """Write the .mo beside each .po that is newer; without GNU msgfmt. Gives how many were compiled.

    Must run before Django reads a translation: it reads each catalogue once a process.
    """
    stale = [po for po in catalogues() if not _is_fresh(po.with_suffix(".mo"), po)]
    if not stale:
        return 0
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in stale:
        # Babel prints what it doubts into the command's answer; tools/messages.py check tells it to who can mend it
        with po.open("rb") as source, redirect_stdout(io.StringIO()):
            catalogue = read_po(source, locale=po.parents[1].name)
        beside = po.with_suffix(f".mo.{os.getpid()}")
        with beside.open("wb") as made:
            write_mo(made, catalogue)
        os.replace(beside, po.with_suffix(".mo"))
    return len(stale)


def _is_fresh(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime_ns >= source.stat().st_mtime_ns


def collect_static() -> bool:
    """Gather, compress and fingerprint the static files where they changed. Needs Django set up."""
    from django.conf import settings
    from django.core.management import call_command

    stamp, now = BUILD / "static.stamp", _fingerprint(_static_sources())
    if stamp.exists() and stamp.read_text() == now and (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return False
    BUILD.mkdir(exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True


def _static_sources() -> Iterable[Path]:
    """Our own static files, and the lock that stands for those inside packages."""
    yield CODE / "requirements.lock"
    for path in sorted((CODE / "simpul").glob("*/static/**/*")):
        if path.is_file():
            yield path


def _fingerprint(paths: Iterable[Path]) -> str:
    told = hashlib.sha256()
    for path in paths:
        stat = path.stat()
        told.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return told.hexdigest()


def migrate() -> bool:
    """Create the data folder and bring its database to today's tables; stamped in the data folder. Where records were
    there before, their numbers are rolled up at once, so that no reader has to wait for them.

    Needs Django set up. Gives whether there was something to do.
    """
    from django.conf import settings
    from django.core.management import call_command

    if is_migrated():
        return False
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    _roll_up()
    (Path(settings.DATA) / STAMP).write_text(_migrations(settings.DATABASES["default"]))
    return True


def _roll_up() -> None:
    """After new tables every day is marked. Says how far it is where it takes long."""
    from django.utils.translation import gettext as _

    from simpul.core import clock
    from simpul.indicators.rollups.refreshing import refresh

    told = [time.monotonic()]

    def progress(done: int, total: int) -> None:
        if time.monotonic() - told[0] > 5:
            told[0] = time.monotonic()
            print(_("Numbers are counted anew: %(percent)d %%") % {"percent": 100 * done // (total or 1)}, file=sys.stderr)

    refresh(clock.now(), progress=progress)


def is_migrated() -> bool:
    """Does the stamp say that this database has the tables of this code, and are there tables at all?"""
    from django.conf import settings

    from simpul.operations.readiness import has_tables

    stamp = Path(settings.DATA) / STAMP
    return stamp.exists() and stamp.read_text() == _migrations(settings.DATABASES["default"]) and has_tables()


def _migrations(database: dict[str, object]) -> str:
    told = hashlib.sha256(f"{database['ENGINE']}|{database.get('HOST', '')}|{database['NAME']}".encode())
    told.update((CODE / "requirements.lock").read_bytes())
    for path in sorted((CODE / "simpul").glob("*/migrations/[0-9]*.py")):
        told.update(f"{path.parent.parent.name}/{path.name}\n".encode() + path.read_bytes())
    return told.hexdigest()


if __name__ == "__main__":  # python -m simpul.operations.building: everything that is made from the code
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
    compile_translations()
    django.setup()
    collect_static()
