"""Silence is measured against a library's own rhythm and its own opening days."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from conftest import NOON, TODAY
from simpul.core.actor import Role
from simpul.indicators.models import StaleDay
from simpul.indicators.rollups.refreshing import refresh
from simpul.libraries.models import Closure, Library
from simpul.replication.actions import pause_silence, record_contact
from simpul.replication.queries.rhythm import Rhythm, Tone, rhythm_of
from simpul.replication.queries.silence import quiet_of, records_of
from simpul.replication.tests.conftest import hours, visits_on, weekdays_of

WORK, WEEKEND, ALL = range(0, 5), (5, 6), range(0, 7)
START = TODAY - timedelta(days=130)


def fetched(library: Library) -> Library:
    return Library.objects.with_hours().get(pk=library.pk)


def tone(library: Library, days: list[date], today: date = TODAY, **given: Any) -> Rhythm:
    return rhythm_of(fetched(library), days, today, **given)


@pytest.mark.parametrize(("opens", "records", "gone", "expected", "missed"), [
    # open, records on, days since the last record, tone, opening days missed; today is Tuesday
    (WORK, WORK, 1, Tone.FINE, 0),            # recorded yesterday
    (WORK, WORK, 4, Tone.FINE, 1),            # Friday was the last: the weekend is no silence
    (WORK, WORK, 8, Tone.SILENT, 5),          # a whole working week is missing
    (WEEKEND, WEEKEND, 9, Tone.FINE, 2),      # weekend only: one weekend is missing
    (WEEKEND, WEEKEND, 16, Tone.SILENT, 4),   # two weekends
    (WORK, (2,), 13, Tone.FINE, 8),           # once a week: a fortnight is not much
    (WORK, (2,), 34, Tone.SILENT, 23),        # more than a month is
    ((), ALL, 6, Tone.FINE, 5),               # hours unknown: every day counts, a week has not passed
    ((), ALL, 9, Tone.SILENT, 8),
    (ALL, WORK, 8, Tone.SILENT, 7),           # open every day, records on working days
], ids=["yesterday", "weekend", "working week", "one weekend", "two weekends", "weekly: a fortnight", "weekly: a month",
        "unknown hours: 6 days", "unknown hours: 9 days", "more open than recorded"])
def test_the_table_of_rhythms(library: Library, opens: Any, records: Any, gone: int, expected: Tone, missed: int) -> None:
    hours(library, opens)
    last = TODAY - timedelta(days=gone)
    days = [*weekdays_of(START, last, records), last]
    found = tone(library, days)
    assert (found.tone, found.missed, found.last_on) == (expected, missed, last)


def test_the_reason_says_it_in_words(library: Library) -> None:
    hours(library, WORK)
    days = [day for day in weekdays_of(START, TODAY - timedelta(days=18), WORK) if day.weekday() != 2]
    found = tone(library, days)
    assert found.per_week == 4.0
    with translation.override("en"):
        assert found.reason == "usually records on 4 days a week, 17 days without a record (11 of them opening days)"
    with translation.override("id"):
        assert found.reason == "biasanya mencatat 4 hari seminggu, 17 hari tanpa catatan (11 di antaranya hari buka)"


def test_a_declared_closure_is_no_silence(library: Library) -> None:
    hours(library, WORK)
    last = date(2026, 2, 13)
    closure = Closure.objects.create(library=library, first_on=date(2026, 2, 14), last_on=TODAY, reason="Renovasi")
    found = tone(library, weekdays_of(START, last, WORK))
    assert (found.tone, found.missed, found.days) == (Tone.CLOSED, 0, 24)
    Closure.objects.filter(pk=closure.pk).update(withdrawn_at="2026-03-01T00:00Z")
    assert tone(library, weekdays_of(START, last, WORK)).tone == Tone.SILENT


def test_closed_for_ramadan_is_no_silence(library: Library) -> None:
    """Ramadan began on 19 February 2026; its own hours are Saturdays only."""
    hours(library, WORK)
    hours(library, (5,), season="ramadan")
    found = tone(library, weekdays_of(START, date(2026, 2, 18), WORK))
    assert (found.tone, found.missed, found.days) == (Tone.FINE, 3, 19)


@pytest.mark.parametrize(("began", "expected"), [(None, Tone.NOBODY), (5, Tone.NEW), (40, Tone.NEVER)])
def test_a_library_without_any_record(library: Library, began: int | None, expected: Tone) -> None:
    hours(library, WORK)
    since = TODAY - timedelta(days=began) if began else None
    assert tone(library, [], since=since).tone == expected


def test_a_new_library_has_no_rhythm_yet(library: Library) -> None:
    hours(library, WORK)
    library.opened_on = TODAY - timedelta(days=20)
    library.save()
    last = TODAY - timedelta(days=12)
    assert tone(library, weekdays_of(library.opened_on, last, WORK)).tone == Tone.NEW


def test_a_mobile_library_is_missed_on_its_days_only(make_library: Callable[..., Library]) -> None:
    car = make_library(kind=Library.Kind.MOBILE)
    hours(car, (1, 3))  # Tuesday and Thursday
    days = weekdays_of(START, TODAY - timedelta(days=7), (1, 3))
    assert tone(car, days).tone == Tone.FINE
    assert tone(car, [day for day in days if day <= TODAY - timedelta(days=19)]).tone == Tone.SILENT


def test_long_silence_is_told_in_months(library: Library) -> None:
    hours(library, WORK)
    found = tone(library, [], last_month=date(2025, 9, 1))
    assert (found.tone, found.last_on, found.months) == (Tone.SILENT, date(2025, 9, 30), 5)
    with translation.override("en"):
        assert found.reason == "no record for 5 months"


def test_records_come_from_the_books(library: Library, other_library: Library) -> None:
    days = weekdays_of(TODAY - timedelta(days=20), TODAY - timedelta(days=8), WORK)
    visits_on(library, days)
    found = records_of([library, other_library], TODAY)
    assert found.days == {library.pk: set(days)}
    assert found.months == {library.pk: {date(2026, 2, 1), date(2026, 3, 1)}}
    visits_on(library, [TODAY])  # who recorded this week is not silent: the last day is all that is fetched
    found = records_of([library, other_library], TODAY)
    assert found.days == {library.pk: {TODAY}}
    assert found.months == {library.pk: {date(2026, 2, 1), date(2026, 3, 1)}}


def test_a_city_that_waits_to_be_rolled_up_is_told_the_same(library: Library) -> None:
    visits_on(library, weekdays_of(date(2025, 9, 1), TODAY - timedelta(days=9), WORK))
    marked = records_of([library], TODAY)
    refresh(NOON)
    assert not StaleDay.objects.filter(library_id=library.pk, local_date__lt=TODAY).exists()
    assert records_of([library], TODAY) == marked


def test_a_pause_and_a_contact_leave_it_in_peace(library: Library, librarian: Any, who: Any) -> None:
    hours(library, WORK)
    visits_on(library, weekdays_of(START, TODAY - timedelta(days=20), WORK))
    one = fetched(library)

    def quiet() -> Any:
        return quiet_of([one], TODAY)[library.pk]

    assert quiet().wants_greeting
    pause = pause_silence(library=library, until_on=TODAY + timedelta(days=30), reason="Pengelola cuti", **who())
    assert (quiet().wants_greeting, quiet().pause) == (False, pause)
    type(pause).objects.filter(pk=pause.pk).update(withdrawn_at="2026-03-10T00:00Z")
    contact = record_contact(library=library, how="phone", done_on=TODAY, outcome="goes_on", about_silence=True, **who())
    assert (quiet().wants_greeting, quiet().contact) == (False, contact)
    assert quiet_of([one], TODAY + timedelta(days=14))[library.pk].wants_greeting


def test_silence_of_many_asks_no_more_questions(make_library: Callable[..., Library], make_account: Any) -> None:
    counted = []
    for n in (1, 2):
        for _n in range(n):
            one = make_library()
            make_account("Sri", Role.LIBRARIAN, one)
            visits_on(one, weekdays_of(START, TODAY - timedelta(days=20), WORK))
        rows = list(Library.objects.with_hours())
        with CaptureQueriesContext(connection) as seen:
            quiet_of(rows, TODAY)
        counted.append(len(seen))
    assert counted[0] == counted[1]
