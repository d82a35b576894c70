"""Roll-ups are recounts: whatever touches a record marks its day, and reading is exact before and after."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection, transaction

from simpul.activities.actions import Details, plan_activity
from simpul.core.ids import new_id
from simpul.core.measure import Measure, discover
from simpul.gatherings.actions import SessionGiven, publish_gathering
from simpul.indicators.models import DayCount, MonthCount, StaleDay
from simpul.indicators.rollups import marks
from simpul.indicators.rollups.reading import day_counts, month_counts
from simpul.indicators.rollups.refreshing import is_waiting, rebuild, refresh
from simpul.indicators.rollups.verifying import verify
from simpul.libraries.models import Library
from simpul.visits.models import Visit

MARCH, NOW = date(2026, 3, 1), datetime(2026, 3, 12, 3, 0, tzinfo=UTC)
TUESDAY = date(2026, 3, 10)


@pytest.fixture
def visits() -> Measure:
    return discover()["visits"]


@pytest.fixture
def come(library: Library, at: datetime) -> Callable[..., Visit]:
    """A row of the guest book, written past every action."""

    def write(n: int = 1, *, on: date = TUESDAY, where: Library | None = None, **given: Any) -> Visit:
        return Visit.objects.create(**({"library": where or library, "entry_id": new_id(), "how": "visitor", "sex": "P",
                                        "age_group": "6-12", "count": n, "happened_at": at, "local_date": on,
                                        "recorded_at": at} | given))

    return write


def marked() -> list[date]:
    return sorted(set(StaleDay.objects.values_list("local_date", flat=True)))


def rolled(by: str = "") -> dict[str, int]:
    return dict(MonthCount.objects.filter(measure="visits", by=by).values_list("value", "n"))


def test_the_marks_stand_in_the_database(db: None) -> None:
    assert set(marks.present()) == set(marks.statements()) != set()
    assert marks.ensure() is False


def test_marks_that_were_taken_away_come_back_and_everything_is_marked(come: Callable[..., Visit]) -> None:
    come(2)
    StaleDay.objects.all().delete()
    marks.uninstall()
    come(3, on=TUESDAY - timedelta(days=40))
    assert marked() == []
    assert (verify().has_marks, marks.ensure(), verify().has_marks) == (False, True, True)
    assert marked() == [TUESDAY - timedelta(days=40), TUESDAY]


@pytest.mark.parametrize("touch", [
    lambda rows: rows.update(sex="L"), lambda rows: rows.update(count=5), lambda rows: rows.update(voided_at=NOW),
    lambda rows: rows.delete(), lambda rows: Visit.objects.bulk_create([_twin(rows.get())]),
    lambda rows: _raw(f"UPDATE visits_visit SET count = {7}")], ids=["group", "number", "void", "delete", "bulk", "raw"])
def test_every_road_to_a_record_marks_its_day(touch: Callable[[Any], Any], come: Callable[..., Visit], visits: Measure,
                                              library: Library) -> None:
    come(2)
    refresh(NOW)
    assert (marked(), rolled(), rolled("sex"), rolled("sex+age_group")) == ([], {"": 2}, {"P": 2}, {"P|6-12": 2})
    touch(Visit.objects.all())
    assert marked() == [TUESDAY]
    truth = visits.total(visits.rows())
    assert sum(month_counts(visits, [MARCH]).values()) == truth
    refresh(NOW)
    assert (marked(), rolled()) == ([], {"": truth} if truth else {})
    assert sum(month_counts(visits, [MARCH]).values()) == truth


def _twin(visit: Visit) -> Visit:
    visit.pk = new_id()
    return visit


def _raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_record_that_moves_marks_both_its_days(come: Callable[..., Visit], other_library: Library) -> None:
    visit = come()
    refresh(NOW)
    Visit.objects.filter(pk=visit.pk).update(local_date=TUESDAY - timedelta(days=50), library=other_library)
    assert set(StaleDay.objects.values_list("library_id", "local_date")) == {
        (visit.library_id, TUESDAY), (other_library.pk, TUESDAY - timedelta(days=50))}


def test_a_change_that_is_refused_leaves_no_mark(come: Callable[..., Visit]) -> None:
    with transaction.atomic():
        come()
        transaction.set_rollback(True)
    assert marked() == []


def test_a_day_that_is_not_over_is_counted_from_its_records(come: Callable[..., Visit], visits: Measure) -> None:
    come(2)
    come(3, on=date(2026, 3, 12))
    assert is_waiting(NOW)
    refresh(NOW)
    assert (marked(), rolled(), is_waiting(NOW)) == ([date(2026, 3, 12)], {"": 2}, False)
    assert list(month_counts(visits, [MARCH]).values()) == [5]
    assert list(month_counts(visits, [MARCH], by=("sex",)).values()) == [5]
    come(4, on=date(2026, 3, 12), sex="L")
    assert {key[2]: n for key, n in month_counts(visits, [MARCH], by=("sex",)).items()} == {"P": 5, "L": 4}
    refresh(NOW + timedelta(days=1))
    assert (marked(), rolled("sex")) == ([], {"P": 5, "L": 4})


def test_a_clock_that_goes_back_counts_nothing_twice(come: Callable[..., Visit], visits: Measure) -> None:
    come(2)
    refresh(NOW)
    come(3)  # the same day, and the clock says now that it is not over
    refresh(datetime(2026, 3, 10, 3, 0, tzinfo=UTC))
    assert list(month_counts(visits, [MARCH]).values()) == [5]
    assert day_counts(visits, TUESDAY, TUESDAY) == {(Visit.objects.first().library_id, TUESDAY): 5}


def test_a_month_with_an_old_mark_is_counted_whole_and_others_are_not_touched(
        come: Callable[..., Visit], visits: Measure, library: Library, other_library: Library,
        django_assert_num_queries: Any) -> None:
    for day in (1, 5, 9):
        come(day, on=date(2026, 3, day))
        come(1, on=date(2026, 2, day), where=other_library)
    refresh(NOW)
    come(100, on=date(2026, 3, 5))
    with django_assert_num_queries(3):
        found = month_counts(visits, [date(2026, 2, 1), MARCH])
    assert found == {(library.pk, MARCH, ""): 115, (other_library.pk, date(2026, 2, 1), ""): 3}
    with django_assert_num_queries(3):
        assert sum(day_counts(visits, date(2026, 2, 1), date(2026, 3, 31)).values()) == 118


def test_what_is_planned_becomes_true_by_the_clock(library: Library, by_librarian: Any) -> None:
    """An activity of the day after tomorrow is rolled up as nothing only when its day is over, and then counts."""
    begins = NOW + timedelta(days=2)
    with time_machine.travel(NOW, tick=False):
        activity = plan_activity(library=library, title="Kelas", details=Details(kind="skills"), by=by_librarian, at=NOW,
                                 id=new_id(), sessions=[SessionGiven(begins, begins + timedelta(hours=1))])
        publish_gathering(gathering=activity.gathering, by=by_librarian, at=NOW, id=new_id())
        refresh(NOW)
        assert month_counts(discover()["activities"], [MARCH]) == {}
    with time_machine.travel(begins + timedelta(days=1), tick=False):
        assert month_counts(discover()["activities"], [MARCH]) == {(library.pk, MARCH, ""): 1}
        refresh(begins + timedelta(days=1))
        assert month_counts(discover()["activities"], [MARCH]) == {(library.pk, MARCH, ""): 1}
        assert MonthCount.objects.filter(measure="activities", by="").count() == 1
        activity.gathering.sessions.update(cancelled_at=begins)
        assert month_counts(discover()["activities"], [MARCH]) == {}
        refresh(begins + timedelta(days=1))
        assert verify().differences == ()


def test_verify_names_a_roll_up_that_is_no_recount(come: Callable[..., Visit], library: Library) -> None:
    come(2)
    refresh(NOW)
    assert (verify().is_right, verify().compared) == (True, 1)
    DayCount.objects.filter(measure="visits").update(n=3)
    MonthCount.objects.filter(measure="visits", by="sex").update(n=1)
    found = {(d.day, d.by, d.value, d.rolled_up, d.recounted) for d in verify().differences}
    assert found == {(TUESDAY, "", "", 3, 2), (None, "sex", "P", 1, 2)}
    rebuild(NOW)
    assert verify().is_right


def test_a_record_that_comes_while_rolling_up_stays_marked(come: Callable[..., Visit], monkeypatch: Any) -> None:
    """Marks are taken away by their ids, before counting: what is committed later keeps its own."""
    from simpul.indicators.rollups import refreshing

    come(2)
    true, calls = refreshing._counted, []

    def counted(*args: Any) -> Any:
        result = true(*args)
        if not calls:
            calls.append(come(3))
        return result

    monkeypatch.setattr(refreshing, "_counted", counted)
    refresh(NOW)
    assert (len(calls), marked(), rolled()) == (1, [], {"": 5})


@pytest.mark.parametrize("day", [date(1, 1, 2), date(1900, 5, 5), date(2099, 12, 31), date(9999, 12, 30)])
def test_the_ends_of_the_calendar_do_not_hurt(day: date, come: Callable[..., Visit], visits: Measure) -> None:
    come(2, on=day)
    refresh(NOW)
    assert list(month_counts(visits, [day.replace(day=1)]).values()) == [2]
    assert list(day_counts(visits, day, day).values()) == [2]


def tables_read(measure: Measure) -> set[str]:
    """Tables that the counting of a measure reads: its question with every margin, without what is only shown."""
    import re

    fields = [measure.library, measure.date, *measure.disaggregations.values()]
    sql = str(measure.rows().order_by().values(*fields).query)
    return set(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))


@pytest.mark.parametrize("name", sorted(name for name, m in discover().items() if m.is_rolled_up))
def test_a_measure_names_every_table_that_decides_about_its_rows(name: str, db: None) -> None:
    measure = discover()[name]
    model = measure.rows().model
    parts = [path.split("__")[:n] for path in measure.follows for n in range(1, path.count("__") + 2)]
    followed = {marks._model_at(model, "__".join(part))._meta.db_table for part in parts}
    assert tables_read(measure) - followed - {measure.rows().model._meta.db_table} == set(), (
        f"{name} reads these tables: name the paths to them in `follows`")


def test_sex_by_age_is_a_margin_where_both_are_known() -> None:
    assert ("sex", "age_group") in discover()["visits"].margins
    assert discover()["in_house_uses"].margins == ()


def test_libraries_of_others_are_left_alone(come: Callable[..., Visit], library: Library, other_library: Library) -> None:
    come(2)
    come(3, where=other_library)
    refresh(NOW, libraries=[library.pk])
    assert set(MonthCount.objects.values_list("library_id", flat=True)) == {library.pk}
    assert {one for one in StaleDay.objects.values_list("library_id", flat=True)} == {other_library.pk}
    assert isinstance(library.pk, UUID)
