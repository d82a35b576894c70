"""Each kind of event becomes what the page would have written."""

import hashlib
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PIL import Image

from simpul.activities.actions import Details, plan_activity
from simpul.activities.models import Activity, Photo
from simpul.circulation.models import Loan
from simpul.core.actor import VISITOR, Actor
from simpul.core.ids import new_id
from simpul.gatherings.actions import SessionGiven, cancel_gathering, publish_gathering, register
from simpul.gatherings.models import Attendance, Registration, Session
from simpul.libraries.models import Library
from simpul.people.models import Card, Consent, Guardianship, Member
from simpul.sync.models import Event, EventPhoto
from simpul.sync.tests.conftest import MORNING
from simpul.sync.tests.phone import PhoneInTests
from simpul.visits.models import Visit

CELLS = [{"sex": "P", "age_group": "6-12", "n": 7}, {"sex": "L", "age_group": "18-59", "n": 2}]


def states(receipts: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(receipt["state"], receipt["reason"]) for receipt in receipts]


def picture(colour: str = "red") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def session(library: Library, by_librarian: Actor) -> Session:
    activity = plan_activity(
        library=library, title="Mendongeng", details=Details(kind="storytelling"), by=by_librarian, at=MORNING,
        sessions=[SessionGiven(MORNING, MORNING + timedelta(hours=2))], id=new_id())
    publish_gathering(gathering=activity.gathering, by=by_librarian, at=MORNING, id=new_id())
    return Session.objects.select_related("gathering", "library").get(gathering=activity.gathering)


@pytest.fixture
def registration(session: Session) -> Registration:
    return register(gathering=session.gathering, name="Siti Aminah", phone="081234567890", by=VISITOR,
                    at=MORNING - timedelta(days=1), id=new_id())


def test_a_card_makes_it_a_visit_of_a_member(phone: PhoneInTests, make_member: Callable[..., Member]) -> None:
    member = make_member(card="KARTU123")
    phone.visit(card="KARTU123", sex="", age_group="")
    phone.wait(hours=0.5)
    phone.visit(card=member.number, sex="", age_group="")
    phone.visit(card="TIDAKADA", sex="L", age_group="60+")
    assert states(phone.send()) == [("applied", ""), ("applied", ""), ("applied_flagged", "unknown_card")]
    assert list(Visit.objects.order_by("happened_at", "pk").values_list("how", "sex")) == [
        ("member", "P"), ("member", "P"), ("visitor", "L")]


def test_a_tally_is_one_entry(phone: PhoneInTests) -> None:
    phone.record("visit.tallied", cells=CELLS)
    assert states(phone.send()) == [("applied", "")]
    assert sorted(Visit.objects.values_list("sex", "age_group", "count")) == [("L", "18-59", 2), ("P", "6-12", 7)]


def test_a_book_is_lent_and_comes_back(phone: PhoneInTests, make_member: Callable[..., Member],
                                       make_copy: Callable[..., Any]) -> None:
    member, copy = make_member(card="KARTU123"), make_copy(code="B7")
    phone.record("loan.lent", copy="B7", card="KARTU123")
    phone.wait(minutes=20)
    phone.record("loan.returned", copy="B7")
    assert states(phone.send()) == [("applied", ""), ("applied", "")]
    loan = Loan.objects.get()
    assert (loan.member, loan.copy) == (member, copy)
    assert (loan.lent_at, loan.returned_at) == (MORNING + timedelta(minutes=1), MORNING + timedelta(minutes=21))


def test_a_book_lent_twice_was_returned_in_between(phone: PhoneInTests, make_member: Callable[..., Member],
                                                   make_copy: Callable[..., Any]) -> None:
    make_member(card="SATU")
    make_member("Rina", card="DUA")
    copy = make_copy(code="B7")
    phone.record("loan.lent", copy="B7", card="SATU")
    phone.wait(minutes=20)
    phone.record("loan.lent", copy="B7", card="DUA")
    assert states(phone.send()) == [("applied", ""), ("applied_flagged", "implied_return")]
    first, second = Loan.objects.order_by("lent_at")
    assert (first.returned_at, first.is_implied_return, second.is_open) == (second.lent_at, True, True)
    copy.refresh_from_db()
    assert copy.state == "on_loan"


def test_a_return_that_comes_before_its_loan_is_taken_when_the_loan_comes(
        pair: Callable[..., PhoneInTests], node_clock: Any, make_member: Callable[..., Member],
        make_copy: Callable[..., Any]) -> None:
    make_member(card="SATU")
    make_copy(code="B7")
    lender, taker = pair("HP satu"), pair("HP dua")
    node_clock.move_to(MORNING + timedelta(hours=3))
    lender.record("loan.lent", copy="B7", card="SATU")
    taker.wait(hours=1)
    taker.record("loan.returned", copy="B7")
    assert states(taker.send()) == [("applied_flagged", "not_lent")]
    assert states(lender.send()) == [("applied", "")]
    loan = Loan.objects.get()
    assert (loan.returned_at, loan.is_implied_return) == (MORNING + timedelta(hours=1, minutes=1), False)
    assert list(Event.objects.order_by("at").values_list("state", flat=True)) == ["applied", "applied"]


def test_rules_are_flagged_and_impossible_things_held(phone: PhoneInTests, make_member: Callable[..., Member],
                                                      make_copy: Callable[..., Any]) -> None:
    child = make_member("Adi", card="ANAK", birth_year=2018)
    make_copy(code="B7")
    phone.record("loan.lent", copy="B7", card="ANAK")
    phone.record("loan.lent", copy="TIDAKADA", card="ANAK")
    phone.record("loan.lent", copy="B7", card="TIDAKADA")
    receipts = phone.send()
    assert states(receipts) == [("applied_flagged", "no_consent"), ("held", "refused"), ("held", "refused")]
    assert "TIDAKADA" in receipts[1]["says"]
    assert Loan.objects.get().member == child
    assert list(Event.objects.order_by("seq").values_list("flags", flat=True)) == [
        ["no_consent"], ["unknown_copy"], ["unknown_card"]]


MEMBER = {"card": "", "name": "Budi Hartono", "sex": "L", "birth_year": 1988, "phone": "0812-3456-7890",
          "guardian_name": "", "guardian_phone": "", "consents": ["contact"]}


def test_a_new_member_can_borrow_with_her_printed_card(phone: PhoneInTests, library: Library,
                                                       make_copy: Callable[..., Any]) -> None:
    make_copy(code="B7")
    phone.record("member.enrolled", **MEMBER | {"card": "TPBIS-0042"})
    phone.record("loan.lent", copy="B7", card="TPBIS-0042")
    assert states(phone.send()) == [("applied", ""), ("applied", "")]
    member = Member.objects.get()
    assert (member.person.name, member.person.phone, member.library) == ("Budi Hartono", "+6281234567890", library)
    assert Card.objects.get().printed == "TPBIS0042"
    assert Consent.objects.get().purpose == "contact"
    assert Loan.objects.get().member == member


def test_what_cannot_be_true_of_a_member_is_left_out_and_flagged(phone: PhoneInTests) -> None:
    phone.record("member.enrolled", **MEMBER | {"birth_year": 1492, "phone": "12", "card": "SAMA-1"})
    phone.record("member.enrolled", **MEMBER | {"name": "Rina", "card": "SAMA-1", "phone": ""})
    assert states(phone.send()) == [("applied_flagged", "bad_phone"), ("applied_flagged", "card_taken")]
    assert Event.objects.get(seq=1).flags == ["bad_phone", "bad_birth_year"]
    assert Member.objects.count() == Card.objects.count() == 2


def test_a_child_is_enrolled_with_the_guardian_who_agreed(phone: PhoneInTests) -> None:
    phone.record("member.enrolled", **MEMBER | {
        "name": "Adi", "birth_year": 2018, "phone": "", "guardian_name": "Ibu Wati", "guardian_phone": "081298765432",
        "consents": ["child_membership"]})
    phone.record("member.enrolled", **MEMBER | {"name": "Ani", "birth_year": 2017, "consents": ["child_membership"]})
    assert states(phone.send()) == [("applied", ""), ("applied", "")]
    assert Consent.objects.get().purpose == "child_membership"
    assert Guardianship.objects.get().name == "Ibu Wati"


def test_the_same_person_from_two_phones_is_noticed(pair: Callable[..., PhoneInTests], node_clock: Any) -> None:
    one, two = pair("HP satu"), pair("HP dua")
    node_clock.move_to(MORNING + timedelta(hours=1))
    one.record("member.enrolled", **MEMBER)
    two.record("member.enrolled", **MEMBER | {"name": "Budi Hartanto"})
    assert states(one.send()) == [("applied", "")]
    assert states(two.send()) == [("applied_flagged", "maybe_same")]
    assert Member.objects.count() == 2


def test_attendance_by_tick_scan_walk_in_and_count(phone: PhoneInTests, session: Session, registration: Registration,
                                                   make_member: Callable[..., Member]) -> None:
    make_member("Rina", card="KARTU123")
    where = {"session": str(session.pk)}
    phone.record("attendance.marked", **where, registration=str(registration.pk), state="present")
    phone.record("attendance.scanned", **where, text="KARTU123")
    phone.record("attendance.scanned", **where, text="ENTAHAPA")
    phone.record("attendance.walked_in", **where, name="Pak Haji", sex="L", age_group="60+")
    phone.record("attendance.counted", **where, cells=CELLS)
    assert states(phone.send()) == [("applied", ""), ("applied", ""), ("applied_flagged", "unknown_ticket"),
                                    ("applied", ""), ("applied", "")]
    marks = Attendance.objects.valid()
    assert sorted(marks.values_list("how", "count")) == [
        ("card", 1), ("headcount", 2), ("headcount", 7), ("registered", 1), ("walk_in", 1), ("walk_in", 1)]
    assert sum(Visit.objects.valid().values_list("count", flat=True)) == 13


def test_people_came_to_a_cancelled_day(phone: PhoneInTests, session: Session, by_librarian: Actor) -> None:
    cancel_gathering(gathering=session.gathering, by=by_librarian, at=MORNING - timedelta(hours=1), id=new_id())
    phone.record("attendance.walked_in", session=str(session.pk), name="", sex="P", age_group="")
    assert states(phone.send()) == [("applied_flagged", "session_cancelled")]
    assert Attendance.objects.count() == 1


def report(content: bytes, **more: Any) -> dict[str, Any]:
    return {"session": None, "title": "Cerita sore", "day": "2026-03-10", "summary": "Dua puluh anak mendengarkan.",
            "cells": CELLS, "has_notice": True,
            "photos": [{"sha256": hashlib.sha256(content).hexdigest(), "type": "image/jpeg", "size": len(content)}]} | more


def put(phone: PhoneInTests, event_id: str, sha256: str, content: bytes) -> Any:
    return phone.client.put(f"/api/sync/photos/{sha256}?event={event_id}", data=content, content_type="image/jpeg")


def test_a_report_waits_for_its_picture(phone: PhoneInTests, session: Session) -> None:
    content = picture()
    sha256 = hashlib.sha256(content).hexdigest()
    assert put(phone, str(new_id()), sha256, content).status_code == 404
    phone.record("activity.reported", **report(content, session=str(session.pk)))
    phone.visit()
    [receipt, visit] = phone.send()
    assert states([receipt, visit]) == [("held", "photos"), ("applied", "")]
    assert put(phone, receipt["id"], sha256, content[:-10]).status_code == 409
    assert Activity.objects.get().result == ""
    told = put(phone, receipt["id"], sha256, content).json()["receipt"]
    assert (told["state"], told["seq"]) == ("applied", 1)
    activity = Activity.objects.get()
    assert (activity.result, activity.has_photo_notice) == ("Dua puluh anak mendengarkan.", True)
    assert Photo.objects.get().activity == activity
    assert sum(Attendance.objects.values_list("count", flat=True)) == 9
    assert put(phone, receipt["id"], sha256, content).json()["receipt"]["state"] == "applied"
    assert Photo.objects.count() == 1
    assert EventPhoto.objects.get().is_used


def test_an_activity_that_nobody_planned_stands_in_the_calendar(phone: PhoneInTests) -> None:
    phone.record("activity.reported", **report(b"", photos=[]))
    assert states(phone.send()) == [("applied", "")]
    activity = Activity.objects.select_related("gathering").get()
    assert (activity.gathering.title, activity.gathering.first_on) == ("Cerita sore", date(2026, 3, 10))
    assert list(Activity.objects.reported()) == [activity]


def test_what_is_no_picture_does_not_hold_a_report_for_ever(phone: PhoneInTests) -> None:
    content = b"not a picture at all"
    phone.record("activity.reported", **report(content))
    [receipt] = phone.send()
    told = put(phone, receipt["id"], hashlib.sha256(content).hexdigest(), content).json()["receipt"]
    assert (told["state"], told["reason"]) == ("applied_flagged", "photo_missing")


def test_everything_can_be_taken_back_on_the_phone(phone: PhoneInTests, session: Session, make_copy: Callable[..., Any],
                                                   make_member: Callable[..., Member]) -> None:
    make_member(card="SATU")
    make_member("Rina", card="DUA")
    copy = make_copy(code="B7")
    told = [phone.visit(),
            phone.record("loan.lent", copy="B7", card="SATU"), phone.record("loan.lent", copy="B7", card="DUA"),
            phone.record("attendance.walked_in", session=str(session.pk), name="", sex="P", age_group=""),
            phone.record("attendance.counted", session=str(session.pk), cells=CELLS),
            phone.record("loan.lent", copy="TIDAKADA", card="SATU")]
    receipts = phone.send()
    phone.wait(minutes=1)
    for receipt in [receipts[0], *receipts[2:]]:
        phone.record("event.undone", target=receipt["id"])
    assert len(told) == 6
    assert states(phone.send()) == [("applied", "")] * 5
    assert not Visit.objects.valid().exists()
    assert not Attendance.objects.valid().exists()
    first, second = Loan.objects.order_by("pk")
    assert (first.is_open, second.voided_at is not None) == (True, True)
    copy.refresh_from_db()
    assert copy.state == "on_loan"
    assert Event.objects.get(seq=6).reason == "undone"
    assert not Event.objects.to_decide().exists()


@pytest.mark.parametrize(("kind", "payload"), [
    ("visit.recorded", {"sex": 5}), ("visit.recorded", {"card": "x" * 500}), ("visit.recorded", {"used_ict": "ja"}),
    ("visit.recorded", {"sex": "X"}), ("visit.recorded", {"purpose": "<script>"}), ("visit.tallied", {"cells": "all"}),
    ("visit.tallied", {"cells": [{"n": -1}]}), ("visit.tallied", {"cells": [{"n": True}]}), ("visit.tallied", {}),
    ("visit.tallied", {"cells": [{"n": 10**30}]}), ("loan.lent", {"copy": "\x00", "card": "K"}), ("loan.lent", {}),
    ("loan.lent", {"copy": "'; DROP TABLE", "card": "%"}), ("loan.returned", {"copy": ["B7"]}),
    ("member.enrolled", {"name": "  "}), ("member.enrolled", {"name": "a" * 5000}), ("member.enrolled", {"name": {}}),
    ("member.enrolled", {"name": "Adi", "consents": "all"}), ("attendance.marked", {"session": "x"}),
    ("attendance.walked_in", {"session": str(new_id())}), ("attendance.counted", {"session": None}),
    ("activity.reported", {"session": None}), ("activity.reported", {"title": "T", "day": "2026-02-31"}),
    ("activity.reported", {"title": "T", "photos": [{"sha256": "../../etc"}]}), ("event.undone", {"target": "me"}),
    ("event.undone", {"target": str(new_id())}),
], ids=range(26))
def test_a_hostile_payload_is_held_and_hurts_nobody(phone: PhoneInTests, kind: str, payload: dict[str, Any]) -> None:
    phone.record(kind, **payload)
    phone.visit()
    assert states(phone.send()) == [("held", "refused"), ("applied", "")]
    assert "error" not in Event.objects.get(seq=1).flags
    assert Visit.objects.count() == 1


def test_odd_letters_are_tidied_and_kept_as_they_came(phone: PhoneInTests) -> None:
    event = phone.record("member.enrolled", **MEMBER | {"name": "Ana\x00\n\t Ru\u202ddi \ud83d"})
    assert states(phone.send()) == [("applied", "")]
    assert Event.objects.get().text == event["event"]
