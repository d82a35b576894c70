"""What sentences say of which records, and what they do not say."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation

from simpul.indicators.definitions import indicators
from simpul.indicators.figures import value
from simpul.indicators.periods import Period
from simpul.indicators.places import Place, of_city, of_library
from simpul.libraries.models import Closure, Library
from simpul.overview.queries.comparing import compared
from simpul.overview.queries.ground import COUNTED, Ground, ground_of, period_of
from simpul.overview.sentences import Number, children_share, say, told, visits_beside
from simpul.visits.models import Visit

Come = Callable[..., Visit]
MARCH = Period.parse("2026-03")


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def ground(place: Place, april: datetime, period: str = "2026-03") -> Ground:
    return ground_of(place, Period.parse(period), now=april)


def said(place: Place, april: datetime, period: str = "2026-03", *, is_outsider: bool = False) -> list[str]:
    return [sentence.text for sentence in told(ground(place, april, period), is_outsider=is_outsider)]


def two_years(come: Come, then: int, now: int) -> None:
    """Recording began in February 2025, so that March 2025 is a whole month."""
    come(1, on="2025-02-10")
    come(then, on="2025-03-10")
    come(now, on="2026-03-10", age_group="18-59")


def test_more_than_last_year_and_who_came(come: Come, library: Library, april: datetime) -> None:
    two_years(come, 371, 259)
    come(173, on="2026-03-11", age_group="6-12")
    assert said(of_library(library), april) == [
        "432 visits in March 2026, 61 more than in March 2025; 4 of 10 by children.",
        "No book was taken home.", "No activity took place.", "Nobody became a member."]


def test_the_same_in_indonesian(come: Come, library: Library, april: datetime) -> None:
    two_years(come, 371, 259)
    come(173, on="2026-03-11", age_group="6-12")
    with translation.override("id"):
        assert said(of_library(library), april)[0] == (
            "432 kunjungan pada Maret 2026, 61 lebih banyak daripada Maret 2025; 4 dari 10 oleh anak-anak.")


@pytest.mark.parametrize(("then", "now", "words"), [
    (10, 9, "9 visits in March 2026, 1 fewer than in March 2025."),
    (10, 10, "10 visits in March 2026, as many as in March 2025."),
    (2, 1, "1 visit in March 2026, 1 fewer than in March 2025.")])
def test_fewer_as_many_and_one(come: Come, library: Library, april: datetime, then: int, now: int, words: str) -> None:
    two_years(come, then, now)
    assert said(of_library(library), april)[0] == words


def test_a_month_in_which_recording_began_is_not_compared(come: Come, library: Library, april: datetime) -> None:
    come(5, on="2025-03-28")
    come(9)
    assert said(of_library(library), april) == [
        "9 visits in March 2026.", "No book was taken home.", "No activity took place.", "Nobody became a member.",
        "Not compared with a year ago: recording began only then."]


def test_where_last_year_is_silent_the_month_before_is_compared(come: Come, library: Library, april: datetime) -> None:
    come(3, on="2026-01-10")
    come(4, on="2026-02-10")
    come(9)
    assert said(of_library(library), april)[0] == "9 visits in March 2026, 5 more than in February 2026."
    assert said(of_library(library), april)[-1] == "Not compared with a year ago: nothing was recorded then."


def test_a_city_is_compared_only_where_the_same_libraries_recorded(
        come: Come, library: Library, other_library: Library, april: datetime) -> None:
    two_years(come, 20, 30)
    assert said(of_city(), april)[0] == "30 visits in March 2026, 10 more than in March 2025."
    come(50, where=other_library)
    assert said(of_city(), april) == [
        "80 visits in March 2026.", "No book was taken home.", "No activity took place.", "Nobody became a member.",
        "All 2 libraries have recorded.", "Not compared with a year ago: libraries with records then: 1, now: 2."]


def test_who_is_missing_is_said(come: Come, library: Library, other_library: Library, april: datetime) -> None:
    come(30)
    assert said(of_city(), april)[4] == "1 of 2 libraries has recorded; of the others nothing is known."


def test_nothing_recorded_closed_to_come_and_running(come: Come, library: Library, april: datetime) -> None:
    assert said(of_library(library), april) == [
        "Nothing was recorded in March 2026. That does not mean that nobody came."]
    Closure.objects.create(library=library, first_on=date(2026, 3, 1), last_on=date(2026, 3, 31), reason="Renovasi")
    assert said(of_library(library), april) == ["The library was closed in March 2026."]
    assert said(of_library(library), april, "2026-05") == ["May 2026 is still to come."]
    come(3, on="2026-04-02")
    assert said(of_library(library), april, "2026-04")[0] == "3 visits so far in April 2026."
    assert said(of_library(library), april, "2026")[-1] == "Nothing is recorded of: January, February."


@pytest.mark.parametrize("name", COUNTED)
def test_every_number_of_the_ground_is_the_figure(come: Come, library: Library, other_library: Library, april: datetime,
                                                  name: str, make_member: Callable[..., Any]) -> None:
    two_years(come, 20, 30)
    come(7, where=other_library, on="2026-01-05")
    make_member()
    for place in (of_library(library), of_city()):
        for code in ("2026-03", "2026-04", "2026"):
            found = ground(place, april, code)
            figure = value(indicators()[name], Period.parse(code), place, is_outsider=False, now=april)
            assert found.of(name, found.period) == (figure.numerator or 0)
            assert found.receipt(name) == figure.receipt


def test_each_number_of_a_sentence_opens_its_receipt(come: Come, library: Library, april: datetime) -> None:
    two_years(come, 10, 20)
    first = told(ground(of_library(library), april), is_outsider=False)[0]
    assert [(one.words, one.href) for one in first.numbers] == [
        ("20 visits", "/angka/visits/?tempat=L001&periode=2026-03"),
        ("March 2025", "/angka/visits/?tempat=L001&periode=2025-03")]


def test_children_are_told_as_the_figure_tells_them(come: Come, library: Library, april: datetime) -> None:
    """Of three children outsiders hear nothing, and nothing of a month that is running."""
    come(60, age_group="18-59")
    come(3, on="2026-03-11", age_group="6-12")
    place = of_library(library)
    for code in ("2026-03", "2026-04", "2026"):
        for is_outsider in (True, False):
            figure = value(indicators()["children_share"], Period.parse(code), place, is_outsider=is_outsider, now=april)
            assert bool(children_share(ground(place, april, code), is_outsider=is_outsider)) == bool(figure.value)
    assert children_share(ground(place, april), is_outsider=False) == "fewer than 1 in 20"
    assert children_share(ground(place, april), is_outsider=True) == ""
    come(17, on="2026-03-12", age_group="6-12")
    assert children_share(ground(place, april), is_outsider=True) == "about 3 of 10"
    assert visits_beside(ground(place, april), is_outsider=True) == "About 3 of 10 by children."


def test_what_somebody_typed_stays_text() -> None:
    sentence = say("%(name)s: %(n)s", name="<b>&", n=Number("3", "/x?a=1&b=2"))
    assert sentence.html == '&lt;b&gt;&amp;: <a href="/x?a=1&amp;b=2">3</a>'
    assert sentence.text == "<b>&: 3"


def test_before_anything_was_recorded_is_a_gap_and_no_zero(come: Come, library: Library, april: datetime,
                                                           make_member: Callable[..., Any]) -> None:
    """Members are known from before; visits only from February on."""
    member = make_member()
    member.since_on = date(2025, 12, 5)
    member.save()
    come(4, on="2026-02-10")
    line = ground(of_library(library), april).line("visits", ground(of_library(library), april).months)
    assert [(month.first.month, month.n) for month in line][-5:-1] == [
        (11, None), (12, None), (1, None), (2, 4)]


def test_a_period_of_an_address() -> None:
    today = date(2026, 4, 20)
    assert period_of("", today) == MARCH
    assert period_of("2025", today).code == "2025"


@pytest.mark.parametrize("text", ["2026-Q1", "2026-03-10", "1999", "2031", "x", "0001", "9999-12"])
def test_what_is_no_period_here(text: str) -> None:
    from simpul.indicators.periods import WrongPeriod

    with pytest.raises(WrongPeriod):
        period_of(text, date(2026, 4, 20))


def test_a_running_year_compares_nothing_half(come: Come, library: Library, april: datetime) -> None:
    two_years(come, 10, 20)
    found = compared(ground(of_library(library), april, "2026"), "visits")
    assert found is not None
    assert (found.period.code, found.period_before.code) == ("2026-Q1", "2025-Q1")
    assert found.is_told is False
