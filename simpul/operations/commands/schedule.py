"""What falls due by itself."""

import argparse
import os
import signal
import threading
import time
from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core import clock
from simpul.core.schedule import discover
from simpul.operations import schedule
from simpul.operations.console import Console, Problem

help = gettext_lazy("runs or lists what falls due by itself; the server does this on its own")
example = "bin/simpul schedule run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["run", "list"], help=_("run what is due, or list everything"))
    parser.add_argument("--only", metavar=_("NAME"), help=_("this one, due or not"))
    parser.add_argument("--attended", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace, console: Console) -> int:
    if options.only and options.only not in discover():
        raise Problem(_("Nothing of the name %(name)s falls due.") % {"name": options.only},
                      _("“bin/simpul schedule list” shows the names."), code="unknown_name", exit_code=2)
    if options.what == "list":
        return _list(console)
    if options.attended:
        leave_with_parent()
    ran = schedule.run_due(clock.now(), only=options.only)
    if ran is None:
        console.answer({"ran": [], "busy": True}, "" if options.attended else _("Another process runs it just now."))
        return 0
    lines = [f"{r.name}: {r.error or r.did} ({r.seconds:.1f} s)" for r in ran] or [_("Nothing is due.")]
    console.answer({"ran": [asdict(r) for r in ran], "busy": False}, *([] if options.attended else lines))
    return 1 if any(r.error for r in ran) else 0


def _list(console: Console) -> int:
    now = clock.now()
    waiting = {item.name for item in schedule.due(now)}
    items = sorted(discover().values(), key=lambda item: item.name)
    console.answer(
        {"due": [{"name": i.name, "every_seconds": i.every.total_seconds(), "is_due": i.name in waiting}
                 for i in items]},
        *(f"{i.name:<36} {i.every}  {_('due') if i.name in waiting else ''}".rstrip() for i in items))
    return 0


def leave_with_parent() -> None:
    """End when the server that started us ends; every run is safe to be cut off."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(2)
        os.kill(os.getpid(), signal.SIGTERM)

    if os.name != "nt":
        threading.Thread(target=watch, name="leave with parent", daemon=True).start()
