"""The server."""

import argparse

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core import clock
from simpul.core.actor import COMMAND
from simpul.core.ids import new_id
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
    from simpul.operations.serving import Wanted, refuse_busy_port, serve, wanted_port

    port = wanted_port(options.port)
    with console.progress() as progress:
        progress(0, 0, _("preparing"))
        collect_static()
        migrate()
    wanted = Wanted(options.host, port, options.workers, not options.without_schedule)
    refuse_busy_port(wanted.host, wanted.port)  # before a code is printed that would void the running server's
    invite_to_set_up(wanted.address, console)
    return serve(wanted, console)


def invite_to_set_up(address: str, console: Console) -> None:
    """On a node without a city: where to set it up, with the code that only this terminal shows."""
    from simpul.libraries.actions import first_run_code

    code = first_run_code(by=COMMAND, at=clock.now(), id=new_id())
    if code:
        console.say(_("This node serves no city yet. Set it up at %(address)s with the code %(code)s")
                    % {"address": address + reverse("libraries:first_run"), "code": code})
