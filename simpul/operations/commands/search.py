"""The search index."""

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.operations.console import Console

help = gettext_lazy("builds the search index anew while the desk works")
example = "bin/simpul search rebuild"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["rebuild"], help=_("build the index anew"))


def run(options: argparse.Namespace, console: Console) -> int:
    from simpul.catalogue.search.index import rebuild

    with console.progress() as progress:
        count = rebuild(lambda done, total: progress(done, total, _("building the search index")))
    console.answer({"titles": count}, _("%(n)d titles can be found.") % {"n": count})
    return 0
