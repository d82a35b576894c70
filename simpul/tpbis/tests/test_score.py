"""The simulated score, patterns, the recap as a form."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from conftest import TODAY
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.indicators.periods import Period
from simpul.indicators.places import of_city, of_library
from simpul.libraries.models import Library
from simpul.reports.form import forms
from simpul.tpbis.actions import mark_entered, set_weights, withdraw_weights
from simpul.tpbis.actions.refusals import WrongWeights
from simpul.tpbis.parts import COUNTS
from simpul.tpbis.queries.patterns import libraries_to_talk_with, patterns_of, sees_patterns
from simpul.tpbis.queries.score import enough, rules_on, simulate

YEAR = Period.of_year(2026)
ONLY = {one.code: 100 if one.code == "publicity" else 0 for one in COUNTS}


@pytest.fixture
def who(by_coordinator: Actor, at: Any) -> Any:
    return lambda **given: {"by": by_coordinator, "at": at, "id": new_id(), "from_on": TODAY, "green_from": 60,
                            "yellow_from": 20, "reason": "Rapat Februari", "weights": ONLY,
                            "a_month": {"publicity": Decimal("0.5")}} | given


def test_points_follow_from_records_and_completeness_stands_apart(library: Library, everything: list[str], by_librarian: Actor,
                                                                 at: Any) -> None:
    made = simulate([library], YEAR, TODAY)[library.pk]
    assert [(line.count.code, line.value, line.enough, line.points) for line in made.lines] == [
        ("involvement", 1, 6, Decimal("5.0")), ("participants", 12, 120, Decimal("1.5")), ("information", 0, 2, Decimal("0.0")),
        ("advocacy", 2, 2, Decimal("20.0")), ("publicity", 1, 3, Decimal("3.3")), ("stories", 1, 1, Decimal("10.0"))]
    assert (made.points, made.colour, made.entered, made.items) == (Decimal("39.8"), "red", 0, 5)
    mark_entered(library=library, references=everything, by=by_librarian, at=at, id=new_id())
    again = simulate([library], YEAR, TODAY)[library.pk]
    assert (again.points, again.entered, again.waiting) == (made.points, 5, 0)  # typing it in brings no points
    assert "5" in again.next


def test_the_city_weighs_and_what_held_before_holds_again(library: Library, post: Any, who: Any) -> None:
    row = set_weights(**who())
    made = simulate([library], YEAR, TODAY)[library.pk]
    assert (made.points, made.colour, made.rules.row) == (Decimal("50.0"), "yellow", row)
    assert rules_on(TODAY - timedelta(days=1)).row is None
    withdraw_weights(weighting=row, by=who()["by"], at=who()["at"], id=new_id())
    assert rules_on(TODAY).row is None


def test_weights_that_cannot_be_are_refused(who: Any, by_librarian: Actor) -> None:
    for wrong in ({"weights": ONLY | {"stories": 1}}, {"weights": ONLY | {"publicity": 101, "stories": -1}}, {"reason": " "},
                  {"green_from": 20}, {"a_month": {"publicity": Decimal(-1)}}):
        with pytest.raises(WrongWeights):
            set_weights(**who(**wrong))
    with pytest.raises(NotAllowed):
        set_weights(**who(by=by_librarian))


def test_enough_is_whole() -> None:
    assert [enough(Decimal("0.25"), n) for n in (1, 3, 4, 5)] == [1, 1, 1, 2]


def test_what_is_unusual_is_seen_with_its_harmless_reason(library: Library, make_activity: Any) -> None:
    for n in range(4):
        make_activity(TODAY - timedelta(days=20 + n), 10, typed_on=TODAY)
    assert [one.code for one in patterns_of([library], YEAR)[library.pk]] == ["typed_at_once", "same_number"]
    assert all(one.perhaps for one in patterns_of([library], YEAR)[library.pk])


@pytest.mark.parametrize(("people", "seen"), [((10, 11, 12, 200), ["one_large"]), ((0, 0, 3, 4), []), ((0, 0, 0, 4), ["nobody"]),
                                              ((10, 11, 12), []), ((10, 12, 9, 30), [])])
def test_patterns_need_enough_behind_them(library: Library, make_activity: Any, people: tuple[int, ...], seen: list[str]) -> None:
    for ago, n in enumerate(people):
        make_activity(TODAY - timedelta(days=20 + ago), n)
    assert [one.code for one in patterns_of([library], YEAR).get(library.pk, [])] == seen


def test_mentors_see_patterns_before_the_city(library: Library, other_library: Library, by_mentor: Actor, by_coordinator: Actor,
                                              by_librarian: Actor, by_stranger: Actor) -> None:
    both = [library, other_library]
    assert libraries_to_talk_with(by_mentor, both, TODAY) == [library]
    assert libraries_to_talk_with(by_coordinator, both, TODAY) == [other_library]
    assert [sees_patterns(one, library, TODAY) for one in (by_librarian, by_mentor, by_coordinator)] == [True, True, False]


@pytest.mark.parametrize("period", ["2026", "2026-03"])
def test_the_recap_of_a_library_and_of_the_city(library: Library, everything: list[str], make_story: Any, by_librarian: Actor,
                                                by_coordinator: Actor, period: str) -> None:
    make_story("testimony")
    fill = forms()["sim-tpbis"].fill
    own = fill(of_library(library), Period.parse(period), by_librarian)
    told = {section.key: {line.number: line.value for line in section.lines} for section in own.sections}
    assert (told["involvement"]["1"], told["involvement"]["2"], told["involvement"]["4"], told["involvement"]["6"]) == (
        1, 12, 1, "Menjahit")
    assert (told["advocacy"]["3"], told["advocacy"]["4"], told["publicity"]["1"]) == (1, 3_000_000, 1)
    assert (told["story"], told["account"]["1"], told["account"]["3"]) == ({"1": 1, "2": 1, "3": 0}, None, 0)
    assert [len(table.rows) for table in own.tables] == [1, 2, 1, 2]
    city = fill(of_city(), Period.parse(period), by_coordinator)
    assert city.tables[0].rows == ((library.code, library.name, 0, 1, 0, 12, 1, 1, 1),)


def test_a_recap_before_everything_is_zero_and_says_who_told_nothing(library: Library, by_librarian: Actor) -> None:
    filled = forms()["sim-tpbis"].fill(of_library(library), Period.of_year(2024), by_librarian)
    account = filled.sections[-1].lines[0]
    assert (account.value, bool(account.why), bool(account.tell_at)) == (None, True, True)


@pytest.mark.parametrize("n", [1, 3])
def test_many_libraries_are_simulated_in_the_same_questions(make_library: Any, make_activity: Any, n: int,
                                                            django_assert_max_num_queries: Any) -> None:
    libraries = [make_library() for _n in range(n)]
    for one in libraries:
        make_activity(of=one)
    with django_assert_max_num_queries(42):
        assert len(simulate(libraries, YEAR, TODAY)) == n
    assert date(2026, 1, 1) == YEAR.first
