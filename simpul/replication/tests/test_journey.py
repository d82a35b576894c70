"""Steps are reached by what the system holds, each with its evidence; a hand needs a reason; a step may be lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOON, TODAY
from simpul.core.actor import Actor, Role
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Library
from simpul.plans.actions import begin_step, close_plan
from simpul.plans.models import Step
from simpul.replication.actions import (
    Brought,
    MeetingGiven,
    PointsGiven,
    call_off,
    confirm_step,
    keep_document,
    mark_delegate,
    pause_silence,
    plan_contact,
    plan_meeting,
    read_note,
    record_contact,
    restore_contact,
    restore_document,
    score_readiness,
    send_delegate,
    share,
    tell_cost,
    withdraw_confirmation,
    withdraw_cost,
    withdraw_document,
)
from simpul.replication.models import Agreed, Contact, Score, Share
from simpul.replication.queries.ahead import ahead_of
from simpul.replication.queries.board import board, estimate_of
from simpul.replication.queries.journey import journey_of, journeys
from simpul.replication.queries.mentoring import calls
from simpul.replication.queries.readiness import readiness
from simpul.replication.queries.standing import Journey
from simpul.replication.steps import ORDER, Axis, Stage
from simpul.replication.tests.conftest import hours, signed, visits_on, weekdays_of


def reached(journey: Journey) -> list[str]:
    """Steps that hold; the card on the home, which asks in its own way, agrees."""
    ahead = ahead_of(Library.objects.get(pk=journey.library.pk), TODAY)
    told = lambda one: (one.stage, one.lost_on, one.lost_why) if one else None  # noqa: E731 (a shape, twice)
    assert ahead.rhythm == journey.rhythm
    assert ahead.is_missed or told(ahead.standing) == told(journey.next)
    return [one.stage.value for one in journey.steps if one.holds]


def test_nothing_is_known_of_a_library_at_first(library: Library) -> None:
    found = journey_of(library, TODAY)
    assert (found.stage, found.is_in, reached(found), found.next and found.next.stage) == (None, False, [], Stage.CHOSEN)
    assert found.fulfilled == 0


def test_a_signed_month_is_a_report(library: Library) -> None:
    hours(library, range(0, 5))
    visits_on(library, [date(2025, 12, 30)])
    assert not journey_of(library, TODAY).at(Stage.REPORTING).holds
    signed(library, date(2026, 1, 1), date(2026, 2, 1))
    step = journey_of(library, TODAY).at(Stage.REPORTING)
    assert (step.holds, [proof.label for proof in step.proofs]) == (True, [
        "2 bulan ditandatangani", "3 bulan berturut-turut dengan catatan"])
    assert reached(journey_of(library, TODAY)) == ["reporting"]


def test_a_library_walks_the_whole_road(
        library: Library, other_library: Library, make_workshop: Any, make_plan: Any, make_account: Any, who: Any,
        by_librarian: Actor, by_coordinator: Actor) -> None:
    hours(library, range(0, 5))
    keep_document(library=library, kind="sk_location", dated_on=date(2025, 7, 1), number="188/12", **who())
    keep_document(library=library, kind="commitment", dated_on=date(2025, 8, 1), **who())
    workshop = make_workshop((library, "Sari Utami"), (library, "Ani Lestari"))
    plan = make_plan(origin=workshop.origin)
    assert reached(journey_of(library, TODAY)) == ["chosen", "committed", "trained", "baseline"]
    begin_step(step=plan.steps.first(), by=by_librarian, at=NOON, id=new_id())
    visits_on(library, weekdays_of(date(2025, 8, 1), TODAY - timedelta(days=1), range(0, 5)))
    found = journey_of(library, TODAY)
    assert reached(found) == ["chosen", "committed", "trained", "baseline", "plan", "reporting"]
    assert found.at(Stage.TRAINED).proofs[0].label == "Bimtek (2 orang)"
    assert found.at(Stage.REPORTING).reached_on == date(2025, 11, 1)
    assert found.months == 7

    meeting = plan_meeting(library=other_library, given=MeetingGiven("PLM", TODAY), **who())
    share(meeting=meeting, library=library, brought=Brought(tip="Ajak PKK"), **who())
    assert not journey_of(library, TODAY).at(Stage.SHARING).is_reached  # nobody was there yet
    sari = send_delegate(meeting=meeting, library=library, name="Sari Utami", phone="081211110001", **who())
    mark_delegate(delegate=sari, session=meeting.gathering.sessions.get(), **who())
    confirm_step(library=library, stage="independent", said_on=TODAY, reason="Dana kelurahan tiap tahun", **who())
    account = make_account("Ratna", Role.LIBRARIAN, library)
    account.roles.create(role=Role.MENTOR, library=other_library, starts_on=TODAY)
    found = journey_of(library, TODAY)
    assert reached(found) == [stage.value for stage in ORDER]
    assert (found.stage, found.next) == (Stage.MENTOR, None)
    assert found.at(Stage.INDEPENDENT).proofs[0].is_by_hand
    assert all(proof.url for one in found.steps for proof in one.proofs if not proof.is_by_hand)


def test_a_step_is_lost_again_and_shown(library: Library, librarian: Any, make_plan: Any, by_librarian: Actor, who: Any) -> None:
    hours(library, range(0, 5))
    visits_on(library, weekdays_of(date(2025, 6, 2), date(2025, 11, 20), range(0, 5)))
    found = journey_of(library, TODAY)
    reporting = found.at(Stage.REPORTING)
    assert (reporting.is_reached, reporting.holds, reporting.lost_on) == (True, False, date(2026, 2, 18))
    assert [one.stage for one in found.lost] == [Stage.REPORTING]
    confirm_step(library=library, stage="reporting", said_on=TODAY, reason="Mencatat di buku, dikirim akhir bulan", **who())
    assert journey_of(library, TODAY).at(Stage.REPORTING).holds


def test_a_hand_says_that_a_step_is_lost(library: Library, make_workshop: Any, who: Any) -> None:
    make_workshop((library, "Sari"))
    row = confirm_step(library=library, stage="trained", said_on=TODAY, reason="Pengelola yang dilatih pindah", is_lost=True,
                       **who())
    lost = journey_of(library, TODAY).at(Stage.TRAINED)
    assert (lost.is_lost, lost.lost_why) == (True, "Pengelola yang dilatih pindah")
    withdraw_confirmation(confirmation=row, **who())
    assert journey_of(library, TODAY).at(Stage.TRAINED).holds


def test_a_closed_plan_counts_half_a_year_longer(library: Library, make_plan: Any, by_librarian: Actor) -> None:
    plan = make_plan(ends_on=TODAY)
    begin_step(step=plan.steps.first(), by=by_librarian, at=NOON, id=new_id())
    close_plan(plan=plan, by=by_librarian, at=NOON, id=new_id())
    assert journey_of(library, TODAY).at(Stage.PLAN).holds
    assert journey_of(library, TODAY + timedelta(days=184)).at(Stage.PLAN).is_lost


@pytest.mark.parametrize(("given", "code"), [
    ({"stage": "nothing"}, "unknown_choice"), ({"reason": " "}, "missing"),
    ({"said_on": TODAY + timedelta(days=1)}, "wrong_day")])
def test_a_confirmation_needs_its_reason(library: Library, who: Any, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        confirm_step(**({"library": library, "stage": "chosen", "said_on": TODAY, "reason": "SK lisan"} | given), **who())
    assert refused.value.code == code


def test_staff_bring_papers_and_confirm_nothing(library: Library, who: Any, by_volunteer: Actor, by_stranger: Actor) -> None:
    kept = keep_document(library=library, kind="npp", dated_on=TODAY, **who(by=by_volunteer))
    assert journey_of(library, TODAY).fulfilled == 1
    withdraw_document(document=kept, **who(by=by_volunteer))
    assert journey_of(library, TODAY).fulfilled == 0
    restore_document(document=kept, **who(by=by_volunteer))
    for do in (
        lambda: confirm_step(library=library, stage="chosen", said_on=TODAY, reason="x", **who(by=by_volunteer)),
        lambda: score_readiness(library=library, given=[PointsGiven("profile", 4, "x")], **who(by=by_volunteer)),
        lambda: pause_silence(library=library, until_on=TODAY + timedelta(days=3), reason="x", **who(by=by_volunteer)),
        lambda: plan_contact(library=library, how="visit", planned_on=TODAY, **who(by=by_volunteer)),
        lambda: keep_document(library=library, kind="npp", dated_on=TODAY, **who(by=by_stranger)),
        lambda: plan_meeting(library=library, given=MeetingGiven("PLM", TODAY), **who(by=by_volunteer)),
        lambda: tell_cost(what="Bimtek", unit="library", amount=1, source="x", **who()),
    ):
        with pytest.raises(NotAllowed):
            do()


def test_scores_keep_their_history(library: Library, who: Any) -> None:
    score_readiness(library=library, given=[PointsGiven("profile", 1, "Buka sesekali")], scored_on=date(2026, 1, 5), **who())
    score_readiness(library=library, given=[PointsGiven("profile", 3, "Jam tetap")], **who())
    line = readiness(library, journey_of(library, TODAY))[0]
    assert line.axis == Axis.PROFILE
    assert (line.score and line.score.points, [one.points for one in line.history], line.moved) == (3, [1], 2)
    with pytest.raises(Refusal) as refused:
        score_readiness(library=library, given=[PointsGiven("profile", 2, "")], **who())
    assert refused.value.field == "reason_profile"
    assert Score.objects.count() == 2


def test_what_was_agreed_becomes_a_row_of_the_plan(library: Library, make_plan: Any, who: Any, by_librarian: Actor) -> None:
    plan = make_plan()
    planned = plan_contact(library=library, how="visit", planned_on=TODAY, **who())
    once = who()
    told: dict[str, Any] = {"library": library, "how": "visit", "done_on": TODAY, "word": "Ramai anak", "planned": planned,
                            "agreed": [("Pasang papan nama", TODAY + timedelta(days=14)), ("  ", TODAY)]}
    contact = record_contact(**told, **once)
    assert record_contact(**told, **once).pk == contact.pk == planned.pk
    row = Agreed.objects.get()
    assert row.step is not None
    assert (row.step.plan_id, row.step.activity, plan.steps.count()) == (plan.pk, "Pasang papan nama", 3)
    read_note(contact=Contact.objects.get(), **who(by=by_librarian))
    assert Contact.objects.get().read_at == NOON
    assert JournalLine.objects.get(pk=once["id"]).facts == {"n": 1}
    call_off(contact=contact, **who())
    assert Contact.objects.done().count() == 0
    restore_contact(contact=contact, **who())
    assert Contact.objects.done().count() == 1


def test_without_a_plan_what_was_agreed_waits(library: Library, who: Any) -> None:
    record_contact(library=library, how="phone", done_on=TODAY, agreed=[("Tulis rencana", TODAY)], **who())
    assert (Agreed.objects.get().step, Step.objects.count()) == (None, 0)
    with pytest.raises(Refusal) as refused:
        record_contact(library=library, how="phone", done_on=TODAY, **who())
    assert refused.value.code == "missing"


def test_what_is_taken_home_becomes_a_row_once(library: Library, make_plan: Any, who: Any, by_librarian: Actor) -> None:
    plan = make_plan()
    meeting = plan_meeting(library=library, given=MeetingGiven("PLM Karawaci", TODAY), **who())
    for product in ("Tas", "Tas belanja"):
        share(meeting=meeting, library=library, brought=Brought(product=product, takes_home="Kebun sayur"),
              **who(by=by_librarian))
    row = Share.objects.get()
    assert (row.people, row.product, row.step and row.step.activity, plan.steps.count()) == (
        None, "Tas belanja", "Kebun sayur", 3)


def test_whom_to_call_and_why(library: Library, librarian: Any, make_plan: Any, who: Any) -> None:
    hours(library, range(0, 5))
    visits_on(library, weekdays_of(TODAY - timedelta(days=100), TODAY - timedelta(days=20), range(0, 5)))
    make_plan()
    plan_contact(library=library, how="phone", planned_on=TODAY, **who())
    found = calls([Library.objects.with_hours().get(pk=library.pk)], TODAY)[0]
    assert [why.weight for why in found.reasons] == [1, 2, 3, 3, 7]
    assert (found.name, found.phone) == (librarian.name, librarian.phone)
    assert found.whatsapp.startswith("https://wa.me/62")


def test_what_replication_would_cost(library: Library, by_coordinator: Actor, who: Any, make_workshop: Any) -> None:
    """Three kelurahan, one of them reached."""
    make_workshop((library, "Sari"))
    tell_cost(what="Bimtek", unit="delegate", amount=750_000, times=2, source="SBU 2026", **who(by=by_coordinator))
    once = tell_cost(what="Narasumber", unit="once", amount=5_000_000, source="SBU 2026", **who(by=by_coordinator))
    made = board(list(Library.objects.with_hours().with_place()), TODAY)
    assert (made.estimate.remaining, made.estimate.total) == (2, 2 * 2 * 750_000 + 5_000_000)
    assert [(one.region.name, one.trained, one.reached, one.kelurahan) for one in made.districts] == [("Tangerang", 1, 1, 3)]
    withdraw_cost(cost=once, **who(by=by_coordinator))
    assert estimate_of(2).total == 3_000_000
    assert estimate_of(0).total == 0
    with pytest.raises(Refusal) as refused:
        tell_cost(what="Buku", unit="library", amount=1, source=" ", **who(by=by_coordinator))
    assert refused.value.field == "source"


def test_many_journeys_ask_no_more_questions(make_library: Callable[..., Library], make_workshop: Any, make_account: Any,
                                             who: Any, make_plan: Any, by_coordinator: Actor) -> None:
    counted = []
    for n in (1, 2):
        for _n in range(n):
            one = make_library()
            make_account("Sri", Role.LIBRARIAN, one)
            make_workshop((one, "Sari"))
            keep_document(library=one, kind="commitment", dated_on=TODAY, **who(by=by_coordinator))
            make_plan(one, by=by_coordinator)
            visits_on(one, [TODAY - timedelta(days=3)])
        rows = list(Library.objects.filter(kind=Library.Kind.VILLAGE).with_hours().with_place())
        with CaptureQueriesContext(connection) as seen:
            journeys(rows, TODAY)
            board(rows, TODAY)
        counted.append(len(seen))
    assert counted[0] == counted[1]
