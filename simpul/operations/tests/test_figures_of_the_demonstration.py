"""Every figure of a small demonstration city equals a recount by hand: each measure, library, month and year, whole and by
every disaggregation; before rolling up, after refreshing, and after rebuilding in one pass."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from simpul.core.clock import JAKARTA
from simpul.core.measure import discover
from simpul.indicators.definitions import indicators
from simpul.indicators.figures import State, table, value
from simpul.indicators.periods import Period
from simpul.indicators.places import of_city, of_library
from simpul.indicators.rollups.reading import month_counts
from simpul.indicators.rollups.refreshing import rebuild, refresh
from simpul.indicators.rollups.verifying import verify
from simpul.libraries.models import Library, Region
from simpul.operations.demonstration import activities, advocacy, lastday, members, plans, shelves, voices, volunteers, year
from simpul.operations.demonstration.build import invented_names
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.writing import insert
from simpul.operations.tests.recounting import BY_HAND, Counted, Tables, copies_on, members_on
from simpul.people.models import MemberType

TODAY = date(2026, 3, 10)
NOW = datetime.combine(TODAY, time(11), JAKARTA)
YEARS = (2024, 2025, 2026)


@pytest.fixture
def small_city(make_library: Callable[..., Library], monkeypatch: pytest.MonkeyPatch) -> list[Library]:
    """Three libraries with an invented year, by the demonstration's own writers."""
    monkeypatch.setattr(shelves, "TITLES", 60)
    monkeypatch.setattr(voices, "ASKING", 2)
    monkeypatch.setattr(plans, "PLANS", 2)
    monkeypatch.setattr(year, "VISITORS", dict.fromkeys(year.VISITORS, 1.2))
    chance, names = Chance(SEED), invented_names()
    libraries = [make_library(region=Region.objects.get(code="36.71.01.1007")), make_library(kind=Library.Kind.TBM),
                 make_library()]
    at = datetime.combine(TODAY - timedelta(days=370), time(9), JAKARTA)
    titles = shelves.make_titles(chance, names["L"], at)
    copies = shelves.make_copies(chance, libraries, titles, at, TODAY)
    for gone in copies[libraries[0].pk][:7]:
        type(gone).objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_on=TODAY - timedelta(days=40))
    type_, _made = MemberType.objects.get_or_create(library=None, code="umum", defaults={"name": "Umum"})
    people = members.make_members(chance, libraries, names, type_, at, NOW, TODAY)
    for habit in year.habits_of(chance, libraries, TODAY):
        of, shelf = people.get(habit.library.pk, []), copies[habit.library.pk][7:]
        insert(year.visits_of(chance, habit, of, TODAY))
        insert(year.loans_of(chance, habit, of, shelf, TODAY))
        insert(year.uses_of(chance, habit, TODAY))
    lastday.record(chance, libraries, people, copies, TODAY)
    activities.record(libraries, names, TODAY)
    for writer in (voices, advocacy, plans):
        writer.record(libraries, TODAY)
    volunteers.record(libraries, names, TODAY)
    return libraries


@time_machine.travel(NOW, tick=False)
def test_every_figure_equals_a_recount(small_city: list[Library]) -> None:
    tables = Tables(TODAY)
    by_hand = {name: list(count(tables)) for name, count in BY_HAND.items()}
    for how in (lambda: None, lambda: refresh(NOW), lambda: rebuild(NOW)):
        how()
        for name, rows in by_hand.items():
            if discover()[name].adds_up:
                assert months_of(name) == summed(rows, discover()[name].margins), name
    assert verify().is_right
    assert {name for name, rows in by_hand.items() if not rows} <= {"renewals", "regulations"}
    assert {name for name, one in discover().items() if one.is_rolled_up and one.rows().exists()} - set(BY_HAND) <= {
        "titles", "literacy_activities", "literacy_participants", "plan_steps", "plan_steps_done"}
    of_years(small_city, by_hand)
    of_stocks(small_city, tables)
    of_definitions(by_hand)


def months_of(name: str) -> dict[Any, int]:
    """(by, library, month, value) → n as the engine tells it."""
    measure = discover()[name]
    months = [date(y, m, 1) for y in range(2018, 2027) for m in range(1, 13)]
    return {(by, pk, month, text): n for by in ((), *measure.margins)
            for (pk, month, text), n in month_counts(measure, months, None, by).items() if n}


def summed(rows: list[Counted], margins: tuple[tuple[str, ...], ...]) -> dict[Any, int]:
    found: Counter[Any] = Counter()
    for library, day, n, dims in rows:
        assert set(dims) == {name for margin in margins for name in margin}
        for by in ((), *margins):
            found[by, UUID(library), day.replace(day=1), "|".join(dims[name] for name in by)] += n
    return {key: n for key, n in found.items() if n}


def of_years(libraries: list[Library], by_hand: dict[str, list[Counted]]) -> None:
    """Each measure's own indicator: a library's year and a city's, by one disaggregation too, and the table."""
    for name, rows in by_hand.items():
        indicator = indicators()[name]
        for y in YEARS if discover()[name].adds_up else ():  # different titles of two libraries may be the same
            of_year = [(library, n, dims) for library, day, n, dims in rows if day.year == y and day <= date(y, 12, 31)]
            truth = sum(n for _library, n, _dims in of_year)
            by = tuple(discover()[name].disaggregations)[:1]
            city = value(indicator, Period.of_year(y), of_city(), by=by, is_outsider=False, now=NOW)
            assert (city.numerator or 0) == truth, (name, y)
            if by and city.broken:
                cells = Counter[str]()
                for _library, n, dims in of_year:
                    cells[dims[by[0]]] += n
                assert dict(city.broken.cells) == {text: n for text, n in cells.items() if n}, (name, y, by)
        one = value(indicator, Period.of_year(2025), of_library(libraries[0]), is_outsider=False, now=NOW)
        assert (one.numerator or 0) == sum(n for library, day, n, _d in rows
                                           if day.year == 2025 and library == libraries[0].pk.hex), name
        if discover()[name].adds_up:
            made = table(indicator, Period.of_year(2025), of_city(), now=NOW)
            assert made.total == sum(n for _library, day, n, _d in rows if day.year == 2025), name


def of_stocks(libraries: list[Library], tables: Tables) -> None:
    for id, count in (("copies_held", copies_on), ("members_held", members_on)):
        seen = set()
        for period in map(Period.parse, ("2024", "2025", "2026", "2025-06", "2026-01-28", "2026-01-29")):
            for library in libraries:
                figure = value(indicators()[id], period, of_library(library), is_outsider=False, now=NOW)
                truth = count(tables, library.pk.hex, period.last)
                assert (figure.numerator if figure.state == State.OK else 0) == (truth if figure.state == State.OK else 0), (
                    id, period.code)
                seen.add(figure.numerator)
        assert len(seen) > 5, id


def of_definitions(by_hand: dict[str, list[Counted]]) -> None:
    """Indicators from files that add measures up: the numerator of the city's year by its terms, each counted by hand."""
    checked = 0
    for id, indicator in indicators().items():
        terms = indicator.now.numerator
        if indicator.path is None or any(t.fact or t.is_people or t.is_stock or t.measure not in by_hand
                                          or not discover()[t.measure].adds_up for t in terms):
            continue
        truth = sum(t.times * n for t in terms for _library, day, n, dims in by_hand[t.measure]
                    if day.year == 2025 and all(dims[name] in values for name, values in t.where.items()))
        figure = value(indicator, Period.of_year(2025), of_city(), is_outsider=False, now=NOW)
        assert (figure.numerator or 0) == truth, id
        checked += 1
    assert checked >= 8
