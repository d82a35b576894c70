"""The server."""

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.operations.console import Console

help = gettext_lazy("serves the pages and runs what falls due; PORT chooses the port")
example = "PORT=8080 bin/simpul serve --host 0.0.0.0"
needs_tables = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1",
                        help=_("address to listen on: 127.0.0.1 (this machine only) or 0.0.0.0 (its network too)"))
    parser.add_argument("--port", type=int, help=_("port, instead of PORT"))
    parser.add_argument("--workers", type=int, default=2, help=_("processes that answer requests"))
    parser.add_argument("--without-schedule", action="store_true",
                        help=_("only answers requests; another server runs what falls due"))


def run(options: argparse.Namespace, console: Console) -> int:
    from simpul.operations.building import collect_static, migrate
    from simpul.operations.serving import Wanted, serve, wanted_port

    port = wanted_port(options.port)
    with console.progress() as progress:
        progress(0, 0, _("preparing"))
        collect_static()
        migrate()
    return serve(Wanted(options.host, port, options.workers, not options.without_schedule), console)
