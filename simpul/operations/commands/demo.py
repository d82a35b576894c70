"""The demonstration city: built once, then served on this machine only."""

import argparse
import os
import sys

from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.operations.console import Console

help = gettext_lazy("builds the demonstration city once and serves it on this machine")
example = "PORT=8001 bin/demo"
needs_tables = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help=_("port, instead of PORT"))
    parser.add_argument("--build-only", action="store_true", help=_("build the city, do not serve it"))


def run(options: argparse.Namespace, console: Console) -> int:
    from simpul.operations import demonstration
    from simpul.operations.building import collect_static, migrate
    from simpul.operations.serving import Wanted, refuse_busy_port, serve, wanted_port

    port = wanted_port(options.port)
    if not options.build_only:
        refuse_busy_port("127.0.0.1", port)
    with console.progress() as progress:
        progress(0, 0, _("preparing"))
        collect_static()
        migrate()
        if not demonstration.is_built():
            demonstration.build(progress)
            if not options.build_only:
                begin_anew()
    sign_ins = demonstration.sign_ins()
    console.answer(
        {"address": f"http://127.0.0.1:{port}", "sign_ins": [vars(sign_in) for sign_in in sign_ins]},
        "", _("The demonstration city is ready. Sign in, on this machine only, as:"),
        *(f"  {s.role:<24} {s.phone:<18} {s.password:<20} {s.place}" for s in sign_ins), "")
    return 0 if options.build_only else serve(Wanted("127.0.0.1", port), console)


def begin_anew() -> None:
    """Become a fresh process: what the building left in memory would be carried by every worker."""
    if os.name != "nt":
        sys.stdout.flush()
        connections.close_all()
        os.execv(sys.executable, [sys.executable, "-m", "simpul", *sys.argv[1:]])  # noqa: S606 ourselves
