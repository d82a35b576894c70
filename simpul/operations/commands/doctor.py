"""What is wrong with this node, and what to do about it."""

import argparse
from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.operations.console import Console
from simpul.operations.findings import CHECKS, Finding, Level, findings

help = gettext_lazy("looks at disk, database, journal, files, clock, backups and says what to do")
example = "bin/simpul doctor"
needs_tables = False
SIGNS = {Level.GOOD: "✓", Level.WARNING: "!", Level.BAD: "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--strict", action="store_true", help=_("warnings count as failures"))


def run(options: argparse.Namespace, console: Console) -> int:
    from simpul.operations.problems import not_set_up
    from simpul.operations.readiness import has_tables

    if not has_tables():
        raise not_set_up()
    found: list[Finding] = []
    with console.progress() as progress:
        for n, finding in enumerate(findings()):
            progress(n, len(CHECKS), _("looking"))
            found.append(finding)
    is_well = not any(f.level == Level.BAD or (options.strict and f.level == Level.WARNING) for f in found)
    lines = []
    for finding in found:
        lines.append(f"{SIGNS[finding.level]} {finding.name:<14} {finding.text}")
        if finding.advice:
            lines.append(f"  {'':<14} → {finding.advice}")
    lines.append(_("All is well.") if is_well else _("Something needs your care: see the lines with ✗."))
    console.answer({"is_well": is_well, "findings": [asdict(f) for f in found]}, *lines)
    return 0 if is_well else 1
