"""Approaches, talks, results and the figures that speak for them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import TODAY
from simpul.advocacy.actions import (
    drop_evidence,
    move_approach,
    plan_approach,
    record_result,
    record_talk,
    set_next,
    take_evidence,
    void_result,
    void_talk,
)
from simpul.advocacy.actions.refusals import AlreadyThere, NameMissing, WrongAmount, WrongChoice, WrongDay
from simpul.advocacy.measures import MEASURES
from simpul.advocacy.models import Approach, Result, Talk
from simpul.advocacy.next_steps import an_approach_is_due
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.files.pictures import prepare_document
from simpul.libraries.models import Library
from simpul.visits.actions import record_visit


@pytest.fixture
def plan(library: Library, by_volunteer: Actor, at: datetime) -> Callable[..., Approach]:
    def make(**given: Any) -> Approach:
        return plan_approach(**({"library": library, "aim": "Ruang baca", "target": "lurah", "office": "Kelurahan Sukasari",
                                 "by": by_volunteer, "at": at, "id": new_id()} | given))

    return make


@pytest.fixture
def who(by_volunteer: Actor, at: datetime) -> Callable[[], dict[str, Any]]:
    return lambda: {"by": by_volunteer, "at": at, "id": new_id()}


def counted(name: str) -> int:
    measure = next(one for one in MEASURES if one.name == name)
    return measure.total(measure.rows())


def test_an_approach_goes_from_plan_to_budget(plan: Any, who: Any) -> None:
    approach = plan(next_what="Telepon", next_on=TODAY)
    record_talk(approach=approach, way="call", on=TODAY, **who())
    assert approach.state == Approach.State.CONTACTED
    talk = record_talk(approach=approach, on=TODAY, next_what="Kirim proposal", next_on=TODAY + timedelta(days=7), **who())
    assert (approach.state, approach.next_what, talk.office) == ("met", "Kirim proposal", "Kelurahan Sukasari")
    record_result(approach=approach, kind="promise", what="Dibahas", worth=5_000_000, on=TODAY, **who())
    assert approach.state == Approach.State.PROMISED
    record_result(approach=approach, kind="budget", what="Dana Kelurahan", worth=4_000_000, on=TODAY, **who())
    record_result(approach=approach, kind="decree", what="SK pengelola", on=TODAY, **who())
    assert approach.state == Approach.State.ACHIEVED
    assert [counted(name) for name in ("advocacy_talks", "advocacy_results", "advocacy_worth", "regulations")] == [
        2, 3, 4_000_000, 1]


def test_taking_back_leaves_the_approach_where_the_others_leave_it(plan: Any, who: Any) -> None:
    approach = plan()
    talk = record_talk(approach=approach, on=TODAY, **who())
    result = record_result(approach=approach, kind="budget", what="APBD", worth=1, on=TODAY, **who())
    void_result(result=result, **who())
    assert Approach.objects.get().state == Approach.State.MET
    void_talk(talk=Talk.objects.get(), **who())
    assert Approach.objects.get().state == Approach.State.PLANNED
    assert (counted("advocacy_talks"), counted("advocacy_worth"), talk.pk) == (0, 0, talk.pk)


def test_a_double_click_is_one_talk(plan: Any, who: Any) -> None:
    approach, once = plan(), who()
    first = record_talk(approach=approach, on=TODAY, keeps_next=True, **once)
    assert record_talk(approach=approach, on=TODAY, keeps_next=True, **once).pk == first.pk
    assert Talk.objects.count() == 1


def test_one_tap_keeps_a_next_step_that_lies_ahead_and_clears_one_that_is_past(plan: Any, who: Any) -> None:
    ahead, past = plan(next_what="Rapat", next_on=TODAY + timedelta(days=2)), plan(next_what="Temui", next_on=TODAY)
    for row in (ahead, past):
        record_talk(approach=row, on=TODAY, keeps_next=True, **who())
    assert [(row.next_what, row.next_on) for row in (ahead, past)] == [("Rapat", TODAY + timedelta(days=2)), ("", None)]


def test_a_put_off_approach_comes_back_by_a_talk(plan: Any, who: Any) -> None:
    approach = plan()
    move_approach(approach=approach, state="not_now", **who())
    assert an_approach_is_due(approach.library, TODAY) is None
    record_talk(approach=approach, on=TODAY, **who())
    assert approach.state == Approach.State.MET


def test_the_next_step_is_told_on_its_day(plan: Any, who: Any, library: Library) -> None:
    approach = plan()
    set_next(approach=approach, what="Antar proposal", on=TODAY, **who())
    assert an_approach_is_due(library, TODAY - timedelta(days=1)) is None
    step = an_approach_is_due(library, TODAY)
    assert step is not None
    assert (step.heading, step.url) == ("Antar proposal", f"/perpustakaan/L001/advokasi/{approach.pk}/")


@pytest.mark.parametrize(("given", "refusal"), [
    ({"aim": ""}, NameMissing), ({"office": " "}, NameMissing), ({"target": "presiden"}, WrongChoice),
    ({"next_on": date(1, 1, 1)}, WrongDay)])
def test_what_cannot_be_planned(plan: Any, given: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        plan(**given)
    assert Approach.objects.count() == 0


def test_what_cannot_be_a_result(plan: Any, who: Any) -> None:
    approach = plan()
    for given, refusal in (({"worth": -1}, WrongAmount), ({"worth": 10**14}, WrongAmount),
                           ({"on": TODAY + timedelta(days=1)}, WrongDay), ({"kind": "gold"}, WrongChoice),
                           ({"what": ""}, NameMissing)):
        with pytest.raises(refusal):
            record_result(**({"approach": approach, "kind": "budget", "what": "APBD", "on": TODAY} | given | who()))
    assert Result.objects.count() == 0


def test_a_stranger_and_a_mentor_change_nothing(plan: Any, by_stranger: Actor, by_mentor: Actor, at: datetime) -> None:
    approach = plan()
    for by in (by_stranger, by_mentor):
        told: dict[str, Any] = {"by": by, "at": at, "id": new_id()}
        for act in (lambda told: record_talk(approach=approach, on=TODAY, **told),
                    lambda told: record_result(approach=approach, kind="budget", what="APBD", on=TODAY, **told),
                    lambda told: take_evidence(approach=approach, measure="visits", first=TODAY, last=TODAY, **told)):
            with pytest.raises(NotAllowed):
                act(told)
    assert (Talk.objects.count(), Result.objects.count()) == (0, 0)


def test_a_figure_stays_as_it_was_told(plan: Any, who: Any, library: Library) -> None:
    approach = plan()
    for sex in ("P", "L"):
        record_visit(library=library, sex=sex, age_group="18-59", **who())
    figure = take_evidence(approach=approach, measure="visits", first=TODAY - timedelta(days=30), last=TODAY, **who())
    record_visit(library=library, sex="P", age_group="18-59", **who())
    figure.refresh_from_db()
    assert (figure.value, figure.from_on, figure.until_on) == (2, TODAY - timedelta(days=30), TODAY)
    drop_evidence(evidence=figure, **who())
    assert approach.evidence.count() == 0


def test_figures_that_are_not(plan: Any, who: Any) -> None:
    approach = plan()
    with pytest.raises(WrongChoice):
        take_evidence(approach=approach, measure="nothing", first=TODAY, last=TODAY, **who())
    with pytest.raises(WrongDay):
        take_evidence(approach=approach, measure="visits", first=TODAY, last=TODAY - timedelta(days=1), **who())
    for _n in range(12):
        take_evidence(approach=approach, measure="visits", first=TODAY, last=TODAY, **who())
    with pytest.raises(AlreadyThere):
        take_evidence(approach=approach, measure="visits", first=TODAY, last=TODAY, **who())


def test_a_result_keeps_its_document(plan: Any, who: Any, settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    paper = prepare_document(SimpleUploadedFile("sk.pdf", b"%PDF-1.4\n%%EOF"))
    result = record_result(approach=plan(), kind="decree", what="SK", on=TODAY, document=paper, **who())
    assert result.document is not None
    assert (result.document.given_name, result.document.kind) == ("sk.pdf", "document")
