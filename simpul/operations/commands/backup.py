"""Saving everything to one file."""

import argparse
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core import clock
from simpul.operations.backup import back_up
from simpul.operations.console import Console, Problem

help = gettext_lazy("saves database and stored files to one file while the desk works")
example = "bin/simpul backup /media/usb/simpul-2026-03-10.zip"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE",
                        help=_("where to; without it, a new file in the data folder's backups/"))
    parser.add_argument("--replace", action="store_true", help=_("write over a file that is there"))


def run(options: argparse.Namespace, console: Console) -> int:
    at = clock.now()
    target = Path(options.file) if options.file else Path(settings.BACKUPS_ROOT) / f"simpul-{at:%Y%m%dT%H%M%SZ}.zip"
    if target.is_dir():
        target = target / f"simpul-{at:%Y%m%dT%H%M%SZ}.zip"
    if target.exists() and not options.replace:
        raise Problem(_("%(file)s is there already.") % {"file": target},
                      _("Choose another name, or say --replace."), code="file_exists")
    with console.progress() as progress:
        manifest = back_up(target, at=at, progress=progress)
    size = target.stat().st_size
    console.answer(
        {"file": str(target), "bytes": size, "entries": len(manifest.entries), "made_at": manifest.made_at},
        _("Saved %(n)d files in %(file)s (%(size).1f MB).")
        % {"n": len(manifest.entries), "file": target, "size": size / 1e6},
        _("It holds names and loans: keep it as safe as the library. The secret key (%(key)s) is not in it.")
        % {"key": Path(settings.DATA) / "secret_key"})
    return 0
