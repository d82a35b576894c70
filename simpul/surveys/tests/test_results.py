"""What the answers say, to whom."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.surveys.actions import (
    set_survey,
)
from simpul.surveys.models import Response, Survey, Version
from simpul.surveys.results import csv_of_counts, csv_of_rows, harmless, outcomes_of, results_of, wilson

Open = Callable[..., Survey]
Answer = Callable[..., Response]
ALL_YES = {"school": 1, "ict": 1, "work": 1, "health": 1, "community": 1, "distance": 1}


def version_of(survey: Survey) -> Version:
    return Version.objects.select_related("survey__library").filter(survey=survey, published_at__isnull=False).latest("number")


def sheet(survey: Survey, answers: dict[str, Any], **given: Any) -> dict[str, Any]:
    return {"change": str(new_id()), "version": str(version_of(survey).number),
            **{f"q_{key}": value for key, value in answers.items()}} | given


def test_wilson_agrees_with_the_published_example() -> None:
    """Newcombe 1998, Table I: 81 of 263 → .2553 to .3662; 15 of 148 → .0624 to .1605; 0 of 20 → 0 to .1611."""
    for (k, n), expected in {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611)}.items():
        assert wilson(k, n) == pytest.approx(expected, abs=0.00005)
    assert wilson(29, 29) == pytest.approx((0.8830, 1.0), abs=0.00005)
    assert wilson(0, 0) == (0.0, 1.0)


def test_results_have_n_response_rate_and_intervals(open_survey: Open, answer: Answer, by_librarian: Actor,
                                                    at: datetime) -> None:
    survey = open_survey()
    set_survey(survey=survey, title="Dampak", intro="", closes_on=None, is_by_invitation=False, is_listed=False, invited=40,
               by=by_librarian, at=at, id=new_id())
    version = version_of(survey)
    for n in range(10):
        answer(version, {**ALL_YES, "school": 1 if n < 8 else 2})
    results = results_of(version, is_outsider=False)
    assert results.rate is not None
    assert (results.n, results.invited, results.rate.percent) == (10, 40, 25)
    yes = results.questions[0].options[0].share
    assert yes is not None
    assert (yes.k, yes.percent, yes.low, yes.high) == (8, 80, 49, 94)
    assert results.questions[0].percent == 86.0


def test_outsiders_see_no_group_under_five(open_survey: Open, answer: Answer) -> None:
    version = version_of(open_survey())
    for _n in range(4):
        answer(version, ALL_YES)
    few = results_of(version, is_outsider=True)
    assert (few.n, [q.n for q in few.questions]) == (None, [None] * 6)
    for n in range(6):
        answer(version, {**ALL_YES, "work": 2 if n < 2 else 1, "health": 2 if n < 5 else 1})
    results = {r.question.key: r for r in results_of(version, is_outsider=True).questions}
    shown = {key: [o.share.k if o.share else None for o in r.options] for key, r in results.items()}
    assert (shown["school"], shown["work"], shown["health"]) == ([10, 0], [None, None], [5, 5])


def test_of_several_choices_neither_the_few_who_chose_nor_the_few_who_did_not_are_told(open_survey: Open, answer: Answer) -> None:
    version = version_of(open_survey("needs"))
    for n in range(10):
        answer(version, {"themes": [1, 2] if n < 5 else [1, *([3] if n < 7 else [])], "when": 1})
    result = results_of(version, is_outsider=True).questions[0]
    assert [o.share.k if o.share else None for o in result.options] == [10, 5, None, 0, 0, 0]


def test_who_left_a_question_out_is_a_group_too(open_survey: Open, answer: Answer, by_librarian: Actor) -> None:
    version = version_of(open_survey())
    for n in range(8):
        told = {**ALL_YES} if n else {key: 1 for key in ALL_YES if key != "work"}
        answer(version, told, channel="paper", by=by_librarian)
    results = {r.question.key: r for r in results_of(version, is_outsider=True).questions}
    assert (results["school"].n, results["work"].n) == (8, None)


def test_free_text_and_single_sheets_are_for_own_staff(
        library: Library, open_survey: Open, answer: Answer, coordinator: Account, volunteer: Account,
        sign_in: Callable[[Account], Client]) -> None:
    survey = open_survey("feedback")
    version = version_of(survey)
    for _n in range(6):
        answer(version, {"useful": 4, "clear": 4, "welcome": 4, "heard_by": 1, "liked": "=HYPERLINK(1) <b>Rahasia</b>"})
    base = f"/perpustakaan/{library.code}/survei/{survey.pk}/"
    own, city = sign_in(volunteer), sign_in(coordinator)
    assert "&lt;b&gt;Rahasia&lt;/b&gt;" in own.get(base).content.decode()
    assert "'=HYPERLINK(1) <b>Rahasia</b>" in own.get(f"{base}unduhan/").content.decode()
    assert "Rahasia" not in city.get(base).content.decode()
    assert "Rahasia" not in city.get(f"{base}unduhan/").content.decode()
    assert city.get(f"{base}lembar/").status_code == 404


def test_csv_of_counts_tells_n_and_interval_and_withholds(open_survey: Open, answer: Answer) -> None:
    version = version_of(open_survey())
    for n in range(10):
        answer(version, {**ALL_YES, "work": 2 if n < 2 else 1})
    text = csv_of_counts(results_of(version, is_outsider=True)).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[2:] for row in rows[1:7:4]] == [["10", "10", "100", "72", "100"], ["10", "", "", "", ""]]
    assert len(list(csv.reader(io.StringIO(csv_of_rows(version))))) == 11


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(5) == 5


def test_the_reading_index_follows_the_formula(open_survey: Open, answer: Answer, by_librarian: Actor) -> None:
    version = version_of(open_survey("reading-habits"))
    assert results_of(version, is_outsider=False).score is None
    answer(version, {"fm": 5, "dm": 3, "jb": 1, "fai": 5, "dai": 2})
    answer(version, {"fm": 1, "dm": 3, "jb": 3, "fai": 5, "dai": 4})
    answer(version, {"fm": 5}, channel="paper", by=by_librarian)
    score = results_of(version, is_outsider=False).score
    assert score is not None
    # .30·50 + .30·50 + .30·25 + .05·100 + .05·50
    assert (score.value, score.n) == (45.0, 2)




def test_the_four_outcomes_stand_side_by_side_for_three_moments(
        library: Library, open_survey: Open, answer: Answer, by_librarian: Actor, at: datetime) -> None:
    before, after = (version_of(open_survey(key)) for key in ("outcomes-baseline", "outcomes-after"))
    for n in range(12):
        answer(before, {"knowledge": 4 if n < 3 else 2, "confidence": 3, "application": 1, "awareness": 4 if n < 6 else 1})
        answer(after, {"knowledge": 5, "confidence": 4 if n < 6 else 3, "application": 4, "awareness": 5,
                       "agrees_to_follow_up": 1})
    told = {kind: [[(w.share.k, w.share.n) if w.share else None for w in outcome.waves]
                   for outcome in outcomes_of(after.survey, is_outsider=kind == "outsider")] for kind in ("own", "outsider")}
    assert told["own"] == [[(3, 12), (12, 12), None], [(0, 12), (6, 12), None], [(0, 12), (12, 12), None],
                           [(6, 12), (12, 12), None]]
    assert told["outsider"] == [[None, (12, 12), None], *told["own"][1:]]
    assert outcomes_of(version_of(open_survey("needs")).survey, is_outsider=False) == ()
