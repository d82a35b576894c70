"""Taking catalogue and members along."""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.libraries.models import Library
from simpul.operations.choosing import library_of
from simpul.operations.console import Console, Problem
from simpul.operations.exporting import Tell

help = gettext_lazy("exports a library's catalogue (marc, marcxml, csv) or its members")
example = "bin/simpul export marc --library L001 catalogue.mrc"
KINDS = ("marc", "marcxml", "csv", "members")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, help=_("marc: ISO 2709; csv: one row a copy; members: one row a member"))
    parser.add_argument("file", nargs="?", metavar="FILE", help=_("where to; without it, to the terminal's output"))
    parser.add_argument("--library", required=True, metavar="CODE", help=_("whose they are"))


def run(options: argparse.Namespace, console: Console) -> int:
    write = _writer(options.kind)
    library = library_of(options.library)
    if not options.file:
        if options.json:
            raise Problem(_("With --json, say into which FILE to export."), code="file_missing", exit_code=2)
        write(library, sys.stdout.buffer, lambda _done, _total: None)
        return 0
    target = Path(options.file)
    part = target.with_name(target.name + ".part")
    try:
        with console.progress() as progress, os.fdopen(
                os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
            count = write(library, out, lambda done, total: progress(done, total, _("exporting")))
        os.replace(part, target)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    console.answer({"file": str(target), "written": count},
                   _("%(n)d written to %(file)s.") % {"n": count, "file": target})
    return 0


def _writer(kind: str) -> Callable[[Library, BinaryIO, Tell], int]:
    """The export of the app that knows this kind; it returns how many titles, or members, it wrote."""
    if kind == "members":
        from simpul.operations.exporting import write_members

        return write_members
    from simpul.catalogue.exporting import export

    return lambda library, out, tell: export(kind=kind, library=library, stream=out, progress=tell)
