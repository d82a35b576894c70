"""Bringing a backup back."""

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core import clock
from simpul.operations.choosing import readable_file
from simpul.operations.console import Console
from simpul.operations.restore import restore

help = gettext_lazy("brings a backup back; what was there is moved aside")
example = "bin/simpul restore /media/usb/simpul-2026-03-10.zip --replace"
needs_tables = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=_("a file made by bin/simpul backup"))
    parser.add_argument("--replace", action="store_true", help=_("also over a data folder that is not empty"))


def run(options: argparse.Namespace, console: Console) -> int:
    source = readable_file(options.file)
    with console.progress() as progress:
        manifest, aside = restore(source, at=clock.now(), is_replacing=options.replace, progress=progress)
    lines = [_("Restored the backup of %(when)s (%(city)s).") % {"when": manifest.made_at[:16], "city": manifest.city}]
    if aside:
        lines.append(_("What was there before is in %(folder)s; delete it when all is well.") % {"folder": aside})
    console.answer({"made_at": manifest.made_at, "city": manifest.city, "moved_aside_to": aside and str(aside)},
                   *lines, _("Next: bin/simpul doctor"))
    return 0
