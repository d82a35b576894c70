"""Runs what falls due: one thing at a time, on one node at a time, safe to be cut off.

When each thing last ran is kept in the database, so that two servers on one database agree. A clock set back (a
last run in the future) makes a thing due; a clock set forward makes it early, which it has to bear.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from simpul.core.models import NodeSetting
from simpul.core.schedule import Due, discover
from simpul.operations.locks import SCHEDULE, Lock
from simpul.operations.past import HISTORIES, run_waiting_batch
from simpul.transfers.models import Batch

log = logging.getLogger("simpul.schedule")
PREFIX = "schedule."
RETRY = timedelta(minutes=10)  # what failed is tried again, but not at every tick
CUT_OFF = "cut off"  # stands there while it runs, and after a kill or a power cut
RETRY_CUT_OFF = timedelta(minutes=1)
FILE_COMES_WITHIN = timedelta(minutes=10)
ADVISORY_KEY = 0x51AB01


@dataclass(frozen=True)
class Ran:
    """What one run of one thing did; `error` is empty when it went well."""

    name: str
    did: int
    seconds: float
    error: str = ""


def due(now: datetime) -> list[Due]:
    """What has to run now, in the order of its names."""
    last = dict(NodeSetting.objects.filter(name__startswith=PREFIX).values_list("name", "value"))
    return [item for name, item in sorted(discover().items()) if _is_due(item, last.get(PREFIX + name), now)]


def _is_due(item: Due, last: dict[str, str] | None, now: datetime) -> bool:
    if last is None:
        return True
    began = datetime.fromisoformat(last["began_at"])
    if last.get("error") == CUT_OFF:
        return not now - RETRY_CUT_OFF < began <= now and Lock(SCHEDULE).is_free
    if last.get("error"):
        return not now - RETRY < began <= now
    if item.is_waiting is not None and item.is_waiting():
        return True
    return not now - item.every < began <= now


def run_due(now: datetime, *, only: str | None = None) -> list[Ran] | None:
    """Run what is due (or the one named `only`); None where somebody else runs just now."""
    with _alone() as is_alone:
        if not is_alone:
            return None
        chosen = [discover()[only]] if only else due(now)
        return [_run(item, now) for item in chosen]


def _run(item: Due, now: datetime) -> Ran:
    """One thing; its failure is recorded and logged and stops no other."""
    from time import monotonic

    started = monotonic()
    _remember(item, now, did=0, error=CUT_OFF)  # stands there if the machine loses its power now
    try:
        did, error = item.run(now), ""
    except Exception as failure:
        did, error = 0, f"{type(failure).__name__}: {failure}"[:300]
        log.exception("%s failed", item.name)
    _remember(item, now, did=did, error=error)
    return Ran(item.name, did, round(monotonic() - started, 3), error)


def _remember(item: Due, now: datetime, *, did: int, error: str) -> None:
    NodeSetting.objects.update_or_create(
        name=PREFIX + item.name, defaults={"value": {"began_at": now.isoformat(), "did": did, "error": error}})


@contextmanager
def _alone() -> Iterator[bool]:
    """Hold the data folder's lock, and the database's where nodes share a PostgreSQL."""
    lock = Lock(SCHEDULE)
    if not lock.take():
        yield False
        return
    try:
        if connection.vendor != "postgresql":
            yield True
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY])
            has_it = bool(cursor.fetchone()[0])
        try:
            yield has_it
        finally:
            if has_it:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])
    finally:
        lock.free()


def is_import_waiting() -> bool:
    """Did a page leave an import to be run?"""
    return Batch.objects.filter(state=Batch.State.WAITING).exists()


def run_imports(now: datetime) -> int:
    """Run waiting imports, oldest first, and take back those that a killed process left running: while this
    process holds the schedule, no other runs one that a page began (only those have their file in the folder)."""
    tried: set[UUID] = set()
    while True:
        waiting = Batch.objects.filter(state__in=(Batch.State.WAITING, Batch.State.RUNNING)).exclude(pk__in=tried)
        batch = next((b for b in waiting.order_by("started_at") if any(b.folder.glob("[0-9]-*"))), None)
        if batch is None:
            _give_up_without_file(now)
            return len(tried)
        tried.add(batch.pk)
        _entrance(batch.kind)(batch.pk)


def _entrance(kind: str) -> Callable[[UUID], object]:
    if kind == "members":
        return import_module("simpul.people.importing").run_waiting_batch
    if kind in HISTORIES:
        return run_waiting_batch
    return import_module("simpul.catalogue.importing").run_waiting_batch


def _give_up_without_file(now: datetime) -> None:
    """A waiting batch whose file never came or is gone would be due for ever."""
    Batch.objects.filter(state=Batch.State.WAITING, started_at__lt=now - FILE_COMES_WITHIN).update(
        state=Batch.State.FAILED, message=_("The file is gone; import it once more."), ended_at=now)


DUE = (Due("operations.imports", every=timedelta(minutes=10), run=run_imports, is_waiting=is_import_waiting),)
