"""Rebuilding while the desk works: whatever comes in between, numbers are exact at every moment and right afterwards."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.indicators.models import DayCount, MonthCount, StaleDay
from simpul.indicators.rollups import rebuilding, refreshing
from simpul.indicators.rollups.reading import month_counts
from simpul.indicators.rollups.rebuilding import rebuild_all
from simpul.indicators.rollups.refreshing import rebuild, refresh
from simpul.indicators.rollups.verifying import verify
from simpul.libraries.models import Library
from simpul.visits.models import Visit

NOW, TODAY = datetime(2026, 3, 12, 3, 0, tzinfo=UTC), date(2026, 3, 12)
MARCH, TUESDAY = date(2026, 3, 1), date(2026, 3, 10)


@pytest.fixture
def come(library: Library, at: datetime) -> Callable[..., Visit]:
    def write(n: int = 1, *, on: date = TUESDAY, where: Library | None = None, **given: Any) -> Visit:
        return Visit.objects.create(**({"library": where or library, "entry_id": new_id(), "how": "visitor", "sex": "P",
                                        "age_group": "6-12", "count": n, "happened_at": at, "local_date": on,
                                        "recorded_at": at} | given))

    return write


def everything() -> tuple[list[Any], list[Any]]:
    return (sorted(DayCount.objects.values_list("library_id", "local_date", "measure", "n", "first_recorded_at"), key=str),
            sorted(MonthCount.objects.values_list("library_id", "month", "measure", "by", "value", "n", "until_on"), key=str))


def is_exact() -> bool:
    """What is read now is what the records say, whole and broken down."""
    visits = discover()["visits"]
    whole = sum(month_counts(visits, [MARCH, date(2026, 2, 1)]).values())
    by_sex = sum(month_counts(visits, [MARCH, date(2026, 2, 1)], by=("sex",)).values())
    truth = visits.total(visits.rows())
    return (whole, by_sex) == (truth, truth)


def test_one_pass_gives_what_library_by_library_gives(come: Callable[..., Visit], library: Library,
                                                      other_library: Library, at: datetime) -> None:
    come(2, sex="", age_group="")
    come(3, uses_ict=True, purpose="read", recorded_at=at + timedelta(days=30))
    come(4, on=TUESDAY - timedelta(days=12), sex="L", where=other_library)
    come(5, on=TODAY)
    come(6, voided_at=NOW)
    refresh(NOW)
    known = everything()
    MonthCount.objects.update(n=77)
    DayCount.objects.filter(library_id=library.pk).delete()
    rebuild(NOW)
    assert (everything() == known, verify().is_right, len(known[0])) == (True, True, 3)


def test_a_library_without_any_record_loses_its_old_roll_ups(come: Callable[..., Visit]) -> None:
    come(2)
    refresh(NOW)
    Visit.objects.all().delete()
    assert (rebuild_all(TODAY, NOW), everything(), StaleDay.objects.count()) == (0, ([], []), 0)


MEANWHILE = {
    "a record comes": lambda come: come(3),
    "a record comes for another day": lambda come: come(3, on=date(2026, 2, 3)),
    "a record is taken back": lambda come: Visit.objects.update(voided_at=NOW),
    "a record is deleted": lambda come: Visit.objects.all().delete(),
    "a record moves": lambda come: Visit.objects.update(local_date=date(2026, 2, 3)),
    "somebody refreshes": lambda come: (come(3), refresh(NOW)),
    "somebody rebuilds": lambda come: (come(3), rebuild_all(TODAY, NOW), come(4)),
    "somebody begins to rebuild and fails": lambda come: (come(3), StaleDay.objects.update(taken=5)),
}


@pytest.mark.parametrize("happens", MEANWHILE.values(), ids=list(MEANWHILE))
@pytest.mark.parametrize("is_marked", [True, False], ids=["marked", "rolled up"])
def test_what_comes_while_everything_is_counted(happens: Callable[..., Any], is_marked: bool, come: Callable[..., Visit],
                                                monkeypatch: Any) -> None:
    come(2)
    if not is_marked:
        refresh(NOW)
    true, calls = rebuilding.tally_all, []

    def tally(measure: Any, before: date) -> Any:
        result = true(measure, before)
        if measure.name == "visits" and not calls:
            calls.append(measure)
            happens(come)
            assert is_exact()
        return result

    monkeypatch.setattr(rebuilding, "tally_all", tally)
    rebuild_all(TODAY, NOW)
    assert (len(calls), is_exact()) == (1, True)
    refresh(NOW)
    assert (is_exact(), StaleDay.objects.count(), verify().is_right) == (True, 0, True)


def test_a_rebuild_that_breaks_off_leaves_the_marks(come: Callable[..., Visit], monkeypatch: Any) -> None:
    come(2)

    def broken(*_given: Any) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(rebuilding, "write", broken)
        with pytest.raises(OSError, match="full"):
            rebuild_all(TODAY, NOW)
    come(1)
    assert (is_exact(), set(StaleDay.objects.values_list("local_date", flat=True))) == (True, {TUESDAY})
    refresh(NOW)
    assert verify().is_right


def test_very_many_marks_are_counted_in_one_pass(come: Callable[..., Visit], monkeypatch: Any) -> None:
    monkeypatch.setattr(refreshing, "MANY_DAYS", 1)
    come(2)
    come(3, on=date(2026, 2, 3))
    seen: list[tuple[int, int]] = []
    assert refresh(NOW, progress=lambda done, total: seen.append((done, total))) == 2
    assert (verify().is_right, seen[-1][0] == seen[-1][1]) == (True, True)
