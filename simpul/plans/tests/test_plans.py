"""A plan is written, signed, carried out and looked at again."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from simpul.core.actor import Actor, ActorKind
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed, Refusal
from simpul.files.pictures import prepare_picture
from simpul.libraries.models import Library
from simpul.plans.actions import (
    Proof,
    StepTold,
    acknowledge_plan,
    add_evidence,
    add_step,
    attach_flip_chart,
    begin_step,
    change_step,
    check_in,
    close_plan,
    describe_plan,
    finish_step,
    hand_in_plan,
    leave_step,
    months_after,
    remove_step,
    reopen_plan,
    reopen_step,
    restore_step,
    take_back_plan,
    void_evidence,
    write_plan,
)
from simpul.plans.measures import MEASURES
from simpul.plans.models import Evidence, FollowUp, Plan, Step
from simpul.plans.queries import Progress, evidence_of, follow_ups_due, plans_of, progress_of, steps_due
from simpul.plans.tests.conftest import head, row

MakePlan = Callable[..., Plan]
TODAY = date(2026, 3, 10)


def picture() -> Any:
    out = io.BytesIO()
    out.name = "papan.jpg"  # type: ignore[attr-defined]
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.seek(0)
    return prepare_picture(out)


@pytest.fixture
def who(by_librarian: Actor, at: datetime) -> Callable[..., dict[str, Any]]:
    return lambda **given: {"by": by_librarian, "at": at, "id": new_id()} | given


def test_a_plan_begins_as_a_draft_with_its_rows(library: Library, who: Any) -> None:
    plan = write_plan(library=library, kind="rtl", given=head(baseline=(("Kunjungan sebulan", "120"), ("", "3"))),
                      steps=[row(), row("Audiensi", kind="advocacy", target_office="Lurah")],
                      origin="training.Workshop:0190", **who())
    assert (plan.state, plan.revision, plan.baseline) == ("draft", 0, [{"label": "Kunjungan sebulan", "value": "120"}])
    assert [(one.number, one.activity, one.kind) for one in plan.steps.all()] == [
        (1, "Kelas menjahit", "activity"), (2, "Audiensi", "advocacy")]
    assert plans_of(["training.Workshop:0190", "x"]) == {"training.Workshop:0190": [plan]}


def test_the_same_change_again_is_the_same_plan(library: Library, who: Any) -> None:
    once = who()
    first = write_plan(library=library, kind="rtl", given=head(), steps=[row()], **once)
    again = write_plan(library=library, kind="rtl", given=head(), steps=[row()], **once)
    assert (first.pk, Plan.objects.count(), Step.objects.count()) == (again.pk, 1, 1)


@pytest.mark.parametrize(("given", "steps", "field", "code"), [
    ({"title": "  "}, [], "title", "nothing_planned"),
    ({"ends_on": date(2026, 2, 1)}, [], "ends_on", "wrong_days"),
    ({"ends_on": date(2040, 2, 1)}, [], "ends_on", "wrong_days"),
    ({"starts_on": date(1, 1, 1)}, [], "starts_on", "wrong_days"),
    ({}, [row(" ")], "activity", "nothing_planned"),
    ({}, [row(due_on=date(9999, 1, 1))], "due_on", "wrong_days"),
    ({}, [row(budget=10 ** 15)], "budget", "too_much"),
    ({}, [row(funds="loot")], "funds", "unknown_choice"),
    ({}, [row(kind="war")], "kind", "unknown_choice"),
    ({}, [row(kind="advocacy")], "target_office", "nothing_planned"),
])
def test_what_cannot_be_planned_is_refused_beside_its_field(
        library: Library, who: Any, given: dict[str, Any], steps: Any, field: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        write_plan(library=library, kind="rtl", given=head(**given), steps=steps, **who())
    assert (refused.value.field, refused.value.code, Plan.objects.count()) == (field, code, 0)


def test_a_draft_changes_unseen_a_signed_plan_never(make_plan: MakePlan, who: Any) -> None:
    plan = make_plan(is_handed_in=False)
    step = plan.steps.get(number=2)
    change_step(step=step, given=row("Kelas menjahit dasar", date(2026, 3, 20)), **who())
    assert (Plan.objects.get().revision, plan.revisions.count()) == (0, 0)
    hand_in_plan(plan=plan, **who())
    change_step(step=Step.objects.select_related("plan").get(pk=step.pk),
                given=row("Kelas menjahit dasar", date(2026, 4, 20)), **who())
    add_step(plan=plan, given=row("Bazar", date(2026, 5, 1)), **who())
    remove_step(step=Step.objects.select_related("plan").get(plan=plan, number=1), **who())
    plan = Plan.objects.get()
    assert plan.revision == 3
    assert [(one.number, one.by.name if one.by else "", one.differences) for one in plan.revisions.order_by("number")] == [
        (1, "Rina Wulandari", [{"step": 2, "what": "changed", "field": "due_on", "before": "2026-03-20",
                                "after": "2026-04-20"}]),
        (2, "Rina Wulandari", [{"step": 4, "what": "added", "field": "activity", "before": "", "after": "Bazar"},
                               {"step": 4, "what": "added", "field": "due_on", "before": "", "after": "2026-05-01"}]),
        (3, "Rina Wulandari", [{"step": 1, "what": "removed", "field": "activity", "before": "Pendataan buku",
                                "after": ""}])]
    assert [one.number for one in plan.steps.standing()] == [2, 3, 4]
    restore_step(step=Step.objects.select_related("plan").get(plan=plan, number=1), **who())
    assert [one.number for one in plan.steps.standing()] == [1, 2, 3, 4]


def test_saying_the_same_again_is_no_revision(make_plan: MakePlan, who: Any) -> None:
    plan = make_plan()
    describe_plan(plan=plan, given=head(), **who())
    assert Plan.objects.get().revision == 0
    describe_plan(plan=plan, given=head(aim="Warga berdaya"), **who())
    assert [one.differences for one in plan.revisions.all()] == [
        [{"step": None, "what": "changed", "field": "aim", "before": "", "after": "Warga berdaya"}]]


def test_handing_in_makes_three_follow_ups_once(make_plan: MakePlan, who: Any) -> None:
    plan = make_plan()
    hand_in_plan(plan=plan, **who())
    assert [(one.months, one.due_on) for one in plan.follow_ups.all()] == [
        (1, date(2026, 4, 10)), (3, date(2026, 6, 10)), (6, date(2026, 9, 10))]
    take_back_plan(plan=plan, **who())
    assert (plan.state, FollowUp.objects.count()) == ("draft", 0)


def test_months_end_where_they_end() -> None:
    assert [months_after(date(2026, 8, 31), n) for n in (1, 3, 6)] == [
        date(2026, 9, 30), date(2026, 11, 30), date(2027, 2, 28)]


def test_a_yearly_plan_has_no_follow_ups(make_plan: MakePlan) -> None:
    assert make_plan(kind="yearly").follow_ups.count() == 0


def test_an_empty_plan_is_not_handed_in_without_the_flip_chart(make_plan: MakePlan, who: Any) -> None:
    plan = make_plan(is_handed_in=False, steps=())
    with pytest.raises(Refusal) as refused:
        hand_in_plan(plan=plan, **who())
    assert refused.value.code == "nothing_planned"
    attach_flip_chart(plan=plan, picture=picture(), **who())
    assert hand_in_plan(plan=plan, **who()).state == "handed_in"


def test_the_lurah_acknowledges_and_a_later_change_shows(make_plan: MakePlan, who: Any) -> None:
    plan = make_plan()
    acknowledge_plan(plan=plan, office="Lurah Sukasari", on=TODAY, paper=picture(), **who())
    assert (plan.state, plan.acknowledged_revision, plan.changed_since_acknowledged) == ("acknowledged", 0, False)
    assert plan.signed_paper is not None
    add_step(plan=plan, given=row("Bazar"), **who())
    plan = Plan.objects.get()
    assert (plan.changed_since_acknowledged, plan.revision) == (True, 1)
    acknowledge_plan(plan=plan, office="Lurah Sukasari", on=TODAY, **who())
    assert (plan.acknowledged_revision, plan.changed_since_acknowledged) == (1, False)
    with pytest.raises(Refusal):
        take_back_plan(plan=plan, **who())


@pytest.mark.parametrize(("office", "on", "code"), [
    (" ", TODAY, "nothing_planned"), ("Lurah", TODAY + timedelta(days=1), "wrong_days"),
    ("Lurah", date(1999, 1, 1), "wrong_days")])
def test_an_acknowledgement_has_an_office_and_a_day(make_plan: MakePlan, who: Any, office: str, on: date, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        acknowledge_plan(plan=make_plan(), office=office, on=on, **who())
    assert refused.value.code == code


def test_steps_are_begun_done_left_and_taken_up_again(make_plan: MakePlan, who: Any) -> None:
    plan = make_plan()
    first, second, third = plan.steps.all()
    begin_step(step=first, **who())
    finish_step(step=second, proof=Proof(word="20 ibu hadir", reference="activities.Activity:1"), **who())
    leave_step(step=third, reason="Lurah berganti", **who())
    assert [(one.state, one.done_on, one.reason) for one in plan.steps.all()] == [
        ("going", None, ""), ("done", TODAY, ""), ("not_done", None, "Lurah berganti")]
    assert evidence_of(["activities.Activity:1"]) == {"activities.Activity:1": [second]}
    proof = add_evidence(step=second, proof=Proof(file=picture()), **who())
    void_evidence(evidence=proof, **who())
    assert [one.voided_at is None for one in Evidence.objects.order_by("pk")].count(True) == 1
    reopen_step(step=second, **who())
    assert (second.state, second.done_on, Plan.objects.get().revision) == ("planned", None, 0)
    for wrong in (lambda: leave_step(step=first, reason=" ", **who()), lambda: add_evidence(step=first, proof=Proof(), **who()),
                  lambda: finish_step(step=first, done_on=TODAY + timedelta(days=1), **who()),
                  lambda: finish_step(step=first, done_on=date(2020, 1, 1), **who())):
        with pytest.raises(Refusal):
            wrong()


def test_checking_in_tells_step_by_step(make_plan: MakePlan, who: Any, at: datetime) -> None:
    plan = make_plan()
    first, second, third = plan.steps.all()
    month = plan.follow_ups.get(months=1)
    with pytest.raises(Refusal) as refused:
        check_in(follow_up=month, **who())
    assert refused.value.code == "not_yet"
    later = at + timedelta(days=31)
    assert follow_ups_due(TODAY + timedelta(days=31)) == [month]
    check_in(follow_up=month, word="Berjalan baik", told=[
        StepTold(first, "done", done_on=date(2026, 3, 30), proof=Proof(word="Selesai")),
        StepTold(second, "going"), StepTold(third, "not_done", reason="Belum ada waktu")], **who(at=later))
    assert (month.done_on, month.steps_done, month.steps_all) == (date(2026, 4, 10), 1, 3)
    assert month.evidence.get().word == "Selesai"
    assert follow_ups_due(TODAY + timedelta(days=31)) == []


def test_a_follow_up_takes_no_step_of_another_plan(make_plan: MakePlan, who: Any, at: datetime) -> None:
    plan, other = make_plan(), make_plan()
    with pytest.raises(Refusal) as refused:
        check_in(follow_up=plan.follow_ups.get(months=1), told=[StepTold(other.steps.first(), "done")],
                 **who(at=at + timedelta(days=31)))
    assert (refused.value.code, other.steps.first().state) == ("unknown_choice", "planned")


def test_a_closed_plan_stays_as_it_is_until_it_is_opened(make_plan: MakePlan, who: Any) -> None:
    plan = close_plan(plan=make_plan(), word="Dua dari tiga berjalan", **who())
    assert (plan.state, plan.closed_on) == ("closed", TODAY)
    for change in (lambda: add_step(plan=plan, given=row(), **who()), lambda: describe_plan(plan=plan, given=head(), **who()),
                   lambda: finish_step(step=plan.steps.select_related("plan").first(), **who())):
        with pytest.raises(Refusal):
            change()
    assert reopen_plan(plan=plan, **who()).state == "handed_in"


def test_progress_of_any_number_of_libraries_is_one_query(
        make_plan: MakePlan, make_library: Any, library: Library, who: Any, by_coordinator: Actor) -> None:
    plan = make_plan()
    finish_step(step=plan.steps.get(number=2), **who())
    libraries = [library, *(make_library() for _n in range(3))]
    for one in libraries[1:3]:
        make_plan(library=one, by=by_coordinator)
    with CaptureQueriesContext(connection) as asked:
        found = progress_of([one.pk for one in libraries], TODAY)
    assert len(asked) == 1
    assert found[library.pk] == Progress(plans=1, planned=2, done=1, overdue=1, last_done_on=TODAY)
    assert found[libraries[1].pk] == Progress(plans=1, planned=3, overdue=1)
    assert libraries[3].pk not in found
    assert (found[library.pk].all, found[library.pk].percent) == (3, 33)
    assert progress_of(None, TODAY) == found


def test_steps_due_are_overdue_ones_and_those_that_come(make_plan: MakePlan, library: Library) -> None:
    make_plan()
    make_plan(is_handed_in=False)
    with CaptureQueriesContext(connection) as asked:
        due = steps_due(TODAY, libraries=[library.pk])
        told = [(one.step.activity, one.days, one.is_overdue, one.step.library.code, one.step.plan.title) for one in due]
    assert len(asked) == 1
    assert told == [("Pendataan buku", -5, True, "L001", "RTL Sukasari"), ("Kelas menjahit", 10, False, "L001", "RTL Sukasari")]


def test_strangers_and_readers_write_no_plan(make_plan: MakePlan, by_stranger: Actor, who: Any, library: Library,
                                             by_volunteer: Actor) -> None:
    plan = make_plan()
    step = plan.steps.first()
    for change in (
            lambda: write_plan(library=library, kind="rtl", given=head(), **who(by=by_stranger)),
            lambda: add_step(plan=plan, given=row(), **who(by=by_stranger)),
            lambda: finish_step(step=step, **who(by=by_stranger)),
            lambda: acknowledge_plan(plan=plan, office="Lurah", on=TODAY, **who(by=by_volunteer)),
            lambda: close_plan(plan=plan, **who(by=by_volunteer))):
        with pytest.raises(NotAllowed):
            change()


def test_the_team_of_a_workshop_writes_by_its_link(library: Library, who: Any, by_mentor: Actor) -> None:
    link = Actor(kind=ActorKind.LINK, volunteer_of=frozenset({library.pk}), only=frozenset({"plans.write"}))
    plan = write_plan(library=library, kind="rtl", given=head(), steps=[row()], **who(by=link))
    assert add_step(plan=plan, given=row("Dari catatan fasda"), **who(by=by_mentor)).number == 2
    other = Actor(kind=ActorKind.LINK, volunteer_of=frozenset({library.pk}), only=frozenset({"kiosk"}))
    with pytest.raises(NotAllowed):
        add_step(plan=plan, given=row(), **who(by=other))


def test_measures_count_what_was_done(make_plan: MakePlan, who: Any) -> None:
    plan = make_plan()
    make_plan(is_handed_in=False)
    finish_step(step=plan.steps.get(number=2), **who())
    assert {one.name: one.total(one.rows()) for one in MEASURES} == {"plan_steps_done": 1, "plan_steps": 3, "plans": 1}


def test_the_journal_names_nobody(make_plan: MakePlan, who: Any) -> None:
    make_plan(given=head(written_by="Ibu Zubaidah"), steps=[row(responsible="Zubaidah")])
    for line in JournalLine.objects.all():
        assert "Zubaidah" not in str((line.facts, line.refs, line.result))
