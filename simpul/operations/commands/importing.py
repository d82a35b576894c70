"""Bringing catalogues, members and visits in."""

import argparse
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core import clock
from simpul.core.actor import COMMAND
from simpul.core.ids import new_id
from simpul.operations.choosing import library_of, readable_file
from simpul.operations.console import Console, Problem
from simpul.operations.past import HISTORIES, entrance_of, history_of
from simpul.transfers.tables import template_of

help = gettext_lazy("imports a catalogue (marc, slims, sheet), members or the past (visits, loans, activities, "
                    "attendance); again adds nothing")
example = "bin/simpul import slims BIBLIO.csv ITEM.csv --library L001 --dry-run"
KINDS = ("marc", "slims", "sheet", "members", "visits", "loans", "activities", "attendance")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS,
                        help=_("marc: ISO 2709 or MARCXML; slims: biblio and item export; sheet: our spreadsheet; "
                               "visits and loans: our table or the one of SLiMS; activities, attendance: our table"))
    parser.add_argument("files", nargs="*", metavar="FILE", help=_("the file; for slims titles, then copies"))
    parser.add_argument("--library", metavar="CODE", help=_("whose they are"))
    parser.add_argument("--template", action="store_true",
                        help=_("only print a table to fill in (visits, loans, activities, attendance)"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))


def run(options: argparse.Namespace, console: Console) -> int:
    if options.template:
        return _template(options.kind, console)
    if not options.library or not options.files:
        raise Problem(_("Say which file, and with --library CODE whose it is."), code="what_is_missing", exit_code=2)
    library = library_of(options.library)
    files = [readable_file(name) for name in options.files]
    if len(files) > (2 if options.kind == "slims" else 1):
        raise Problem(_("One file at a time, please; only slims takes two: titles and copies."), code="too_many_files",
                      exit_code=2)
    with console.progress() as progress:
        def told(done: int, total: int, counts: Any = None) -> None:
            progress(done, total, _("importing"))

        summary = _entrance(options.kind)(
            kind=options.kind, paths=files, library=library, by=COMMAND, at=clock.now(), id=new_id(),
            dry_run=options.dry_run, progress=told)
    facts: dict[str, Any] = {name: getattr(summary, name)
                             for name in ("read", "added", "updated", "unchanged", "refused")}
    text = _("%(read)d read: %(added)d added, %(updated)d updated, %(unchanged)d unchanged, %(refused)d refused.")
    if options.dry_run:
        text = _("%(read)d read: %(added)d would be added, %(updated)d updated, %(unchanged)d unchanged, "
                 "%(refused)d refused. Nothing was changed.")
    lines = [text % facts]
    if summary.refused and summary.refusals_file and Path(summary.refusals_file).exists():
        facts["refusals_file"] = summary.refusals_file
        lines.append(_("Why records were refused: %(file)s") % {"file": summary.refusals_file})
    console.answer(facts, *lines)
    return 0


def _template(kind: str, console: Console) -> int:
    if kind not in HISTORIES:
        raise Problem(_("There is a template of visits, loans, activities and attendance; those of members and of the "
                        "catalogue are on their pages."), code="no_template", exit_code=2)
    known = history_of(kind)
    console.answer({"columns": list(known.TEMPLATE), "example": list(known.EXAMPLE)},
                   template_of(known.TEMPLATE, known.EXAMPLE).rstrip("\n"))
    return 0


def _entrance(kind: str) -> Any:
    """The import of the app that knows this kind."""
    if kind == "members":
        from simpul.people import importing as people

        return people.import_file
    if kind in HISTORIES:
        import_past = entrance_of(kind)

        def past(*, kind: str, paths: list[Path], **given: Any) -> Any:
            return import_past(paths[0], **given)

        return past
    from simpul.catalogue import importing as catalogue

    return catalogue.import_file
