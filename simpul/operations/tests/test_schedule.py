"""What falls due runs once, at its time, whatever the clock and the power do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from simpul.core.models import NodeSetting
from simpul.core.schedule import Due
from simpul.operations import schedule
from simpul.operations.locks import SCHEDULE, Lock
from simpul.transfers.models import Batch

HOUR = timedelta(hours=1)


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Callable[..., None]:
    """Let exactly these things fall due, on a data folder of their own."""
    settings.DATA = tmp_path

    def put(*items: Due) -> None:
        monkeypatch.setattr(schedule, "discover", lambda: {item.name: item for item in items})

    return put


def doing(ran: list[str], name: str, **given: Any) -> Due:
    def run(now: datetime) -> int:
        ran.append(name)
        return 1

    return Due(name, every=HOUR, run=run, **given)


def names(items: list[Due]) -> list[str]:
    return [item.name for item in items]


def test_what_never_ran_is_due_and_then_waits_its_hour(
        db: None, at: datetime, declare: Callable[..., None], ran: list[str]) -> None:
    declare(doing(ran, "a.one"), doing(ran, "a.two"))
    assert names(schedule.due(at)) == ["a.one", "a.two"]
    assert [r.name for r in schedule.run_due(at) or []] == ["a.one", "a.two"]
    assert names(schedule.due(at + HOUR - timedelta(seconds=1))) == []
    assert names(schedule.due(at + HOUR)) == ["a.one", "a.two"]
    assert ran == ["a.one", "a.two"]


def test_a_clock_set_back_makes_it_due_instead_of_silent_for_years(
        db: None, at: datetime, declare: Callable[..., None], ran: list[str]) -> None:
    declare(doing(ran, "a.one"))
    schedule.run_due(at)
    assert names(schedule.due(at - timedelta(days=400))) == ["a.one"]


def test_something_waiting_is_due_at_once(
        db: None, at: datetime, declare: Callable[..., None], ran: list[str]) -> None:
    waiting = [True]
    declare(doing(ran, "a.one", is_waiting=lambda: waiting[0]))
    schedule.run_due(at)
    assert names(schedule.due(at + timedelta(seconds=5))) == ["a.one"]
    waiting[0] = False
    assert names(schedule.due(at + timedelta(seconds=5))) == []


def test_a_failure_is_told_tried_again_later_and_stops_no_other(
        db: None, at: datetime, declare: Callable[..., None], ran: list[str]) -> None:
    def fail(now: datetime) -> int:
        raise ValueError("no paper")

    declare(Due("a.fails", every=HOUR, run=fail), doing(ran, "b.works"))
    results = schedule.run_due(at) or []
    assert [(r.name, r.did, r.error) for r in results] == [
        ("a.fails", 0, "ValueError: no paper"), ("b.works", 1, "")]
    assert names(schedule.due(at + timedelta(minutes=9))) == []
    assert names(schedule.due(at + timedelta(minutes=10))) == ["a.fails"]


def test_two_servers_never_run_it_at_once(
        db: None, at: datetime, declare: Callable[..., None], ran: list[str]) -> None:
    declare(doing(ran, "a.one"))
    other = Lock(SCHEDULE)
    assert other.take()
    assert schedule.run_due(at) is None
    assert ran == []
    other.free()
    assert [r.name for r in schedule.run_due(at) or []] == ["a.one"]


def test_work_cut_off_by_a_kill_is_taken_up_again(
        db: None, at: datetime, declare: Callable[..., None], ran: list[str]) -> None:
    class Killed(BaseException):
        """Not an Exception: like a kill, nobody writes down how it ended."""

    def killed(now: datetime) -> int:
        raise Killed

    declare(Due("a.one", every=HOUR, run=killed))
    with pytest.raises(Killed):
        schedule.run_due(at)
    assert names(schedule.due(at + timedelta(seconds=30))) == []
    assert names(schedule.due(at + timedelta(minutes=1))) == ["a.one"]
    other = Lock(SCHEDULE)
    other.take()  # somebody runs it just now: it was not cut off at all
    assert names(schedule.due(at + timedelta(minutes=1))) == []
    other.free()


@pytest.fixture
def make_batch(library: Any, at: datetime, settings: Any, tmp_path: Path) -> Callable[..., Batch]:
    settings.DATA = tmp_path

    def make(*, has_file: bool = True, **given: Any) -> Batch:
        batch = Batch.objects.create(**({"library_id": library.pk, "kind": "sheet", "file_name": "b.csv",
                                         "started_at": at} | given))
        if has_file:
            batch.folder.mkdir(parents=True)
            (batch.folder / "0-b.csv").write_text("x")
        return batch

    return make


def test_waiting_and_orphaned_imports_are_run_oldest_first(
        make_batch: Callable[..., Batch], at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    later = make_batch(started_at=at + HOUR)
    orphan = make_batch(state=Batch.State.RUNNING)
    make_batch(state=Batch.State.DONE)
    make_batch(state=Batch.State.RUNNING, has_file=False)  # a command in a terminal: not ours
    taken = []

    def run(pk: Any) -> None:
        taken.append(pk)
        Batch.objects.filter(pk=pk).update(state=Batch.State.DONE)

    monkeypatch.setattr(schedule, "_entrance", lambda kind: run)
    assert schedule.is_import_waiting() is True
    assert schedule.run_imports(at) == 2
    assert taken == [orphan.pk, later.pk]
    assert schedule.is_import_waiting() is False


def test_an_import_that_cannot_end_is_tried_once_a_run(
        make_batch: Callable[..., Batch], at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    make_batch()
    monkeypatch.setattr(schedule, "_entrance", lambda kind: lambda pk: None)
    assert schedule.run_imports(at) == 1


def test_an_import_whose_file_never_came_is_given_up(make_batch: Callable[..., Batch], at: datetime) -> None:
    batch = make_batch(has_file=False)
    schedule.run_imports(at + timedelta(minutes=9))
    assert Batch.objects.get(pk=batch.pk).state == Batch.State.WAITING
    schedule.run_imports(at + timedelta(minutes=11))
    assert Batch.objects.get(pk=batch.pk).state == Batch.State.FAILED


def test_the_house_itself_can_run_everything_that_is_due(db: None, at: datetime, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    results = schedule.run_due(at) or []
    assert [r.error for r in results] == [""] * len(results)
    assert NodeSetting.objects.filter(name__startswith=schedule.PREFIX).count() == len(results)
