"""The production server: granian with workers forked from one process that has loaded the house already.

Forked workers share the pages of the loaded code, so that two of them and their parent cost little more than one.
What falls due is watched by a thread in one worker (`attendant`) and run in a process of its own.
"""

import gc
import multiprocessing
import os
import socket
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from simpul.operations.console import Console, Problem

DEFAULT_PORT = 8000
SECONDS_TO_FINISH = 20
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Wanted:
    """Where to listen and with how many workers."""

    host: str
    port: int
    workers: int = 2
    has_schedule: bool = True

    @property
    def address(self) -> str:
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 only compared
        return f"http://{shown}:{self.port}"


def wanted_port(given: int | None) -> int:
    """The option, else PORT, else 8000."""
    text = str(given) if given is not None else os.environ.get("PORT", str(DEFAULT_PORT))
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Problem(_("PORT must be a number from 1 to 65535, not “%(value)s”.") % {"value": text},
                      code="bad_port", exit_code=2)
    return int(text)


def refuse_busy_port(host: str, port: int) -> None:
    """Say at once that somebody listens there, or that the port is not ours to take."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there the option would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Problem(_("This user may not listen on port %(port)d.") % {"port": port},
                          _("Choose one above 1023, for example: PORT=8080 bin/simpul serve"),
                          code="port_not_allowed") from None
        except OSError as error:
            if isinstance(error, socket.gaierror):
                raise Problem(_("This machine does not have the address %(host)s.") % {"host": host},
                              code="no_address") from None
            raise Problem(
                _("Port %(port)d of %(host)s is in use; perhaps Simpul runs already.") % {"port": port, "host": host},
                _("Open http://127.0.0.1:%(port)d, or choose another port: PORT=%(other)d bin/simpul serve")
                % {"port": port, "other": port + 1}, code="port_busy") from None


def serve(wanted: Wanted, console: Console) -> int:
    """Serve until SIGTERM or SIGINT; requests under way are finished. Gives the exit code."""
    refuse_busy_port(wanted.host, wanted.port)
    from granian import Granian

    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
    server: Any = Granian(
        settings.WSGI_APPLICATION, address=wanted.host, port=wanted.port, interface="wsgi",
        workers=wanted.workers, blocking_threads=1, runtime_threads=1, backlog=512, log_level="warning",
        respawn_failed_workers=True, workers_kill_timeout=SECONDS_TO_FINISH)
    server.on_startup(lambda: _announce(wanted, console))
    os.environ["SIMPUL_ATTENDS"] = "1" if wanted.has_schedule else "0"
    _load_the_house()
    try:
        server.serve(target_loader=load_worker)
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def _load_the_house() -> None:
    """Load code, addresses and templates' engines before the workers are forked; no connection is shared."""
    import_string(settings.WSGI_APPLICATION)
    get_resolver().url_patterns  # noqa: B018 its imports are wanted
    connections.close_all()
    gc.collect()
    gc.freeze()


def load_worker(target: str) -> Any:
    """What granian calls in each worker: the application, and the thread that watches what falls due."""
    from simpul.operations.attendant import attend

    attend(parent=os.getppid(), has_schedule=os.environ.get("SIMPUL_ATTENDS") == "1")
    return import_string(settings.WSGI_APPLICATION)


def _announce(wanted: Wanted, console: Console) -> None:
    console.say(_("Simpul answers at %(address)s (Ctrl-C stops it).") % {"address": wanted.address})
    if wanted.host not in LOOPBACK:
        console.say(_("Phones of this network reach it without encryption: camera and offline pages need HTTPS. "
                      "docs/how-to/https.md shows the way."))
