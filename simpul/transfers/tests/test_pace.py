"""Short transactions: how large the next may be, and what is kept out of them."""

import gc
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction

from simpul.transfers import pace
from simpul.transfers.log import OFTEN, WriteAheadLog
from simpul.transfers.pace import LARGEST, MOST_SHRINK, SMALLEST, Pace


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.now, self.slept = 100.0, 0.0

    def perf_counter(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now, self.slept = self.now + seconds, self.slept + seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


def write(it: Pace, clock: Clock, each: float, commit: float = 0.0, wait: float = 0.0) -> None:
    """One transaction as large as the pace allows."""
    records = it.size
    with it.measured(records):
        clock.now += wait
        it.locked()
        clock.now += each * records
        it.written()
        clock.now += commit


def test_it_grows_to_what_fits_into_eighty_milliseconds(clock: Clock) -> None:
    it = Pace()
    for _ in range(20):
        write(it, clock, each=1 / 2048)
    assert it.size == 163
    for _ in range(20):
        write(it, clock, each=0.00001)
    assert it.size == LARGEST


def test_a_slow_disk_does_not_make_ever_smaller_transactions(clock: Clock) -> None:
    it = Pace()
    for _ in range(20):
        write(it, clock, each=1 / 2048, commit=0.25)
    assert it.size == 81
    assert round(it.longest, 2) == 0.29


def test_slow_records_make_it_small_step_by_step(clock: Clock) -> None:
    it = Pace(size=90)
    write(it, clock, each=0.1)
    assert it.size == 90 // MOST_SHRINK
    for _ in range(5):
        write(it, clock, each=0.1)
    assert it.size == SMALLEST


def test_waiting_for_the_desk_is_not_holding_the_lock(clock: Clock) -> None:
    it = Pace(size=10)
    write(it, clock, each=0.001, wait=3.0)
    assert round(it.longest, 3) == 0.01


def test_planning_is_a_part_of_the_breath(clock: Clock) -> None:
    it = Pace()
    it.breathe()
    assert clock.slept == 0
    write(it, clock, each=0.001)
    clock.now += pace.BREATH / 2
    it.breathe()
    assert round(clock.slept, 4) == pace.BREATH / 2
    it.breathe()
    assert round(clock.slept, 4) == pace.BREATH / 2


def test_no_garbage_is_collected_inside_and_again_after_an_error() -> None:
    assert gc.isenabled()
    with suppress(ZeroDivisionError), Pace().measured(1):
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()


def pragma() -> Any:
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA wal_autocheckpoint").fetchone()[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has such a log")
def test_the_log_is_emptied_beside_the_commits_and_given_back() -> None:
    log, before = WriteAheadLog(), pragma()
    log.take_over()
    assert pragma() == 0
    log.tidy(OFTEN)
    log.give_back()
    assert pragma() == before > 0
    with transaction.atomic():
        log.take_over()
        assert pragma() == before
