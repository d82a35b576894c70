"""The journal of changes."""

import argparse
from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.journal import faults
from simpul.core.models import JournalLine
from simpul.operations.console import Console

help = gettext_lazy("verifies that no line of the journal was altered or taken away")
example = "bin/simpul journal verify"
SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["verify"], help=_("verify the chain"))


def run(options: argparse.Namespace, console: Console) -> int:
    lines, found = JournalLine.objects.count(), list(faults())
    said = [_("%(chain)s, line %(n)d: %(why)s") % {"chain": f.chain, "n": f.position, "why": f.why}
            for f in found[:SHOWN]]
    said.append(_("%(lines)d lines, the chain holds.") % {"lines": lines} if not found else
                _("%(lines)d lines, the chain does not hold in %(n)d places. Compare with a backup.")
                % {"lines": lines, "n": len(found)})
    console.answer({"lines": lines, "holds": not found, "faults": [asdict(f) for f in found]}, *said)
    return 1 if found else 0
