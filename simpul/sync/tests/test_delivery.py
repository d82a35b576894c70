"""Whatever happens on the way: records on the node are the records made."""

import gzip
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.sync.actions import prolong_phone, restore_phone, revoke_phone
from simpul.sync.models import Event, Phone
from simpul.sync.tests.conftest import MORNING
from simpul.sync.tests.phone import Key, PhoneInTests
from simpul.sync.tests.test_kinds import states
from simpul.visits.models import Visit

LATER = MORNING + timedelta(hours=1)


def visits() -> int:
    return Visit.objects.valid().count()


def test_a_lost_answer_and_a_double_delivery_give_the_first_receipt_again(phone: PhoneInTests) -> None:
    phone.visit()
    phone.visit(sex="X")
    first = phone.post(phone.outbox).json()["receipts"]
    again = phone.post(phone.outbox + phone.outbox).json()["receipts"]
    assert again == first + first
    assert states(first) == [("applied", ""), ("held", "refused")]
    assert (visits(), Event.objects.count()) == (1, 2)


def test_what_comes_too_early_waits_and_goes_on_by_itself(phone: PhoneInTests) -> None:
    made = [phone.event("visit.recorded", sex="P", age_group="6-12") for _n in range(5)]
    assert states(phone.post([made[4], made[2]]).json()["receipts"]) == [("held", "gap"), ("held", "gap")]
    assert states(phone.post([made[1], made[0]]).json()["receipts"]) == [("applied", ""), ("applied", "")]
    assert visits() == 3
    assert states(phone.post([made[4], made[3]]).json()["receipts"]) == [("applied", ""), ("applied", "")]
    assert visits() == 5
    assert Phone.objects.get().next_seq == 6


@pytest.mark.parametrize("cut", ["body", "gzip", "json", "shape", "events", "bomb"])
def test_a_body_that_is_not_whole_changes_nothing(phone: PhoneInTests, cut: str) -> None:
    phone.visit()
    body = json.dumps({"events": phone.outbox}).encode()
    packed = gzip.compress(body)
    content = {"body": packed[:-9], "gzip": b"\x1f\x8b" + packed[9:], "json": gzip.compress(body[:-5]),
               "shape": gzip.compress(b'[{"events": 1}]'), "bomb": gzip.compress(b"0" * 20_000_000),
               "events": gzip.compress(json.dumps({"events": phone.outbox * 501}).encode())}[cut]
    answer = phone.client.post("/api/sync/events", data=content, content_type="application/json",
                               headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"]) == (400, "broken")
    assert Event.objects.count() == 0
    assert states(phone.send()) == [("applied", "")]


@pytest.mark.parametrize(("wrong", "offset_ms", "is_told", "expected"), [
    (timedelta(days=-1096), None, False, MORNING),                                # 2023, and nothing known: not before pairing
    (timedelta(days=-1096), None, True, MORNING + timedelta(minutes=10)),         # … but at delivery it was as wrong
    (timedelta(days=-1096), 1096 * 86_400_000, False, MORNING + timedelta(minutes=10)),  # measured: believed
    (timedelta(days=1096), None, False, LATER),                                   # 2029: not after it arrived
    (timedelta(days=1096), None, True, MORNING + timedelta(minutes=10)),
    (timedelta(), None, False, MORNING + timedelta(minutes=10)),                  # never measured, but plausible
    (timedelta(minutes=-3), 180_000, False, MORNING + timedelta(minutes=10)),
], ids=range(7))
def test_a_clock_that_is_wrong_by_years(phone: PhoneInTests, wrong: timedelta, offset_ms: int | None, is_told: bool,
                                        expected: datetime) -> None:
    phone.clock, phone.offset_ms = MORNING + timedelta(minutes=10) + wrong, offset_ms
    phone.visit()
    [receipt] = phone.send(**({"sent_at": (LATER + wrong).isoformat()} if is_told else {}))
    is_sure = offset_ms is not None
    assert (receipt["state"], receipt["reason"]) == (("applied", "") if is_sure else ("applied_flagged", "time_uncertain"))
    visit, event = Visit.objects.get(), Event.objects.get()
    assert visit.happened_at == event.at == expected
    assert event.is_time_uncertain == (not is_sure)
    assert str(visit.local_date) == "2026-03-10"


def test_after_a_wrong_clock_the_next_record_is_believed_again(phone: PhoneInTests) -> None:
    phone.clock, phone.offset_ms = MORNING + timedelta(days=400), None
    phone.visit()
    phone.clock, phone.offset_ms = MORNING + timedelta(minutes=20), 0
    phone.visit()
    assert [receipt["state"] for receipt in phone.send()] == ["applied_flagged", "applied"]
    assert Visit.objects.order_by("happened_at").first().happened_at == MORNING + timedelta(minutes=20)  # type: ignore[union-attr]


def test_two_phones_from_one_backup_lose_nothing(phone: PhoneInTests, by_librarian: Actor) -> None:
    from simpul.sync.actions import take_event

    phone.visit()
    phone.send()
    twin = PhoneInTests(key=phone.key, device=phone.device, library=phone.library, account=phone.account,
                        client=phone.client, clock=phone.clock, seq=phone.seq, prev=phone.prev)
    mine = [phone.visit() for _n in range(3)]
    others = [twin.visit(sex="L") for _n in range(3)]
    assert states(phone.post([mine[0]]).json()["receipts"]) == [("applied", "")]
    assert states(twin.post(others).json()["receipts"]) == [
        ("quarantined", "fork"), ("quarantined", "fork"), ("held", "gap")]
    assert states(phone.post(mine[1:]).json()["receipts"]) == [("applied", ""), ("applied", "")]
    assert visits() == 4
    assert Event.objects.filter(reason="fork").count() == 3
    for event in Event.objects.filter(reason="fork"):
        take_event(event=event, by=by_librarian, at=LATER, id=new_id())
    assert visits() == 7


def test_a_lost_phone_is_cut_off_and_everything_is_kept(phone: PhoneInTests, phone_row: Phone, by_librarian: Actor) -> None:
    phone.visit()
    phone.wait(minutes=20)
    phone.visit()
    phone.send()
    way: dict[str, Any] = {"phone": phone_row, "by": by_librarian, "at": LATER}
    revoke_phone(**way, lost_since=MORNING + timedelta(minutes=10), id=new_id())
    assert list(Event.objects.order_by("seq").values_list("state", "reason")) == [
        ("applied", ""), ("applied_flagged", "revoked")]
    phone.visit()
    assert states(phone.send()) == [("quarantined", "revoked")]
    assert phone.get("/api/sync/snapshot").status_code == 410
    assert visits() == 2
    restore_phone(**way, id=new_id())
    assert set(Event.objects.values_list("state", flat=True)) == {"applied"}
    assert visits() == 3


def test_a_phone_that_only_ends_hands_in_the_rest(phone: PhoneInTests, phone_row: Phone, by_librarian: Actor) -> None:
    phone.visit()
    revoke_phone(phone=phone_row, by=by_librarian, at=LATER, id=new_id())
    assert states(phone.send()) == [("applied", "")]


def test_a_phone_not_seen_for_three_months_waits_for_its_librarian(
        phone: PhoneInTests, phone_row: Phone, by_librarian: Actor, node_clock: Any) -> None:
    phone.visit()
    node_clock.move_to(MORNING + timedelta(days=91))
    phone.greet()
    assert phone.get("/api/sync/snapshot").json()["code"] == "expired"
    assert states(phone.send()) == [("held", "expired")]
    phone.visit()
    assert states(phone.send()) == [("held", "expired")]
    prolong_phone(phone=phone_row, by=by_librarian, at=MORNING + timedelta(days=91), id=new_id())
    assert visits() == 2
    assert phone.get("/api/sync/snapshot").status_code == 200


def test_contact_prolongs_a_phone_in_use(phone: PhoneInTests, node_clock: Any) -> None:
    node_clock.move_to(MORNING + timedelta(days=60))
    phone.greet()
    assert phone.get("/api/sync/snapshot").status_code == 200
    assert Phone.objects.get().expires_at == (MORNING + timedelta(days=150)).astimezone(UTC)


def test_a_signed_delivery_prolongs_a_phone_in_use_too(phone: PhoneInTests, node_clock: Any) -> None:
    node_clock.move_to(MORNING + timedelta(days=60))
    phone.greet()
    told = phone.post([phone.visit()], is_signed=True).json()
    assert Phone.objects.get().expires_at == (MORNING + timedelta(days=150)).astimezone(UTC)
    assert told["expires_at"] == (MORNING + timedelta(days=150)).astimezone(UTC).isoformat(timespec="milliseconds")


def test_what_this_node_does_not_know_yet_waits(phone: PhoneInTests, monkeypatch: pytest.MonkeyPatch) -> None:
    from simpul.sync import kinds
    from simpul.sync.actions import try_again

    phone.record("book.smelled", nose=1)
    phone.record("visit.recorded", schema=9, sex="P", age_group="6-12")
    phone.visit()
    assert states(phone.send()) == [("held", "unknown_kind"), ("held", "unknown_schema"), ("applied", "")]
    assert try_again(at=LATER) == 0
    monkeypatch.setitem(kinds.KINDS, ("visit.recorded", 9), kinds.KINDS["visit.recorded", 1])
    assert try_again(at=LATER) == 1
    assert visits() == 2


def test_a_version_of_two_years_ago_is_read_by_its_own_reader(phone: PhoneInTests, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of all old versions: their own `read` beside the newer one, into what the same replay takes."""
    from simpul.sync import kinds
    from simpul.sync.kinds.visits import VisitGiven

    now = kinds.KINDS["visit.recorded", 1]
    old = replace(now, schema=0, read=lambda payload: VisitGiven(payload.code("gender"), payload.code("age"), "", "", False))
    monkeypatch.setitem(kinds.KINDS, ("visit.recorded", 1), old)
    monkeypatch.setitem(kinds.KINDS, ("visit.recorded", 2), now)
    phone.record("visit.recorded", schema=1, gender="P", age="6-12")
    phone.record("visit.recorded", schema=2, sex="L", age_group="60+")
    assert states(phone.send()) == [("applied", ""), ("applied", "")]
    assert list(Visit.objects.order_by("pk").values_list("sex", "age_group")) == [("P", "6-12"), ("L", "60+")]


def test_other_bytes_with_a_known_id_are_kept_beside(phone: PhoneInTests) -> None:
    id = new_id()
    one = phone.event("visit.recorded", id=id, sex="P", age_group="6-12")
    two = phone.event("visit.recorded", id=id, sex="L", age_group="6-12")
    assert states(phone.post([one, two]).json()["receipts"]) == [("applied", ""), ("quarantined", "other_bytes")]
    assert list(Visit.objects.values_list("sex", flat=True)) == ["P"]
    assert Event.objects.filter(is_first=True).get().text == one["event"]


def test_what_nobody_proves_is_kept_and_not_counted(phone: PhoneInTests, library: Library, other_library: Library) -> None:
    good = phone.event("visit.recorded", sex="P", age_group="6-12")
    forged = {"event": good["event"].replace('"P"', '"L"'), "sig": good["sig"]}
    unknown = PhoneInTests(key=Key(), device=new_id(), library=library.pk)
    elsewhere = PhoneInTests(key=phone.key, device=phone.device, library=other_library.pk, seq=1, prev=phone.prev,
                             clock=phone.clock)
    told = phone.post([forged, unknown.visit(), {"event": "nonsense", "sig": ""}, {"event": "\ud83d\x00", "sig": "é"},
                       good, elsewhere.visit()]).json()["receipts"]
    assert states(told) == [
        ("quarantined", "bad_signature"), ("quarantined", "unknown_device"), ("quarantined", "broken"),
        ("quarantined", "broken"), ("applied", ""), ("quarantined", "wrong_library")]
    assert (visits(), Event.objects.count()) == (1, 6)
    assert Event.objects.get(reason="unknown_device").library == library
    assert states(phone.send()) == []


def test_five_hundred_at_once(phone: PhoneInTests) -> None:
    for _n in range(500):
        phone.visit()
    assert {receipt["state"] for receipt in phone.send()} == {"applied"}
    assert visits() == 500
    assert Phone.objects.get().next_seq == 501


@pytest.mark.django_db(transaction=True)
def test_two_requests_of_one_phone_at_once_are_exact(pair: Callable[..., PhoneInTests], node_clock: Any) -> None:
    phone = pair()
    node_clock.move_to(LATER)
    made = [phone.event("visit.recorded", sex="P", age_group="6-12") for _n in range(30)]
    answers: list[Any] = []

    def send(part: list[Any]) -> None:
        try:
            twin = PhoneInTests(key=phone.key, device=phone.device, library=phone.library, client=Client())
            answers.append(twin.post(part).json()["receipts"])
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(part,)) for part in (made, made[10:], made[:20])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 3
    assert (visits(), Event.objects.count(), Event.objects.filter(state="applied").count()) == (30, 30, 30)


def test_an_old_or_foreign_nonce_is_refused_and_a_new_one_given(phone: PhoneInTests, node_clock: Any) -> None:
    assert phone.get("/api/sync/snapshot").status_code == 200
    node_clock.move_to(LATER + timedelta(minutes=11))
    answer = phone.get("/api/sync/snapshot")
    assert (answer.status_code, answer.json()["code"]) == (401, "nonce")
    assert phone.get("/api/sync/snapshot").status_code == 200
    thief = PhoneInTests(key=Key(), device=phone.device, library=phone.library, client=Client(), nonce=phone.nonce)
    assert thief.get("/api/sync/snapshot").json()["code"] == "unknown"
    assert Client().get("/api/sync/snapshot").status_code == 401


def test_a_code_works_once_and_for_its_phone_only(phone: PhoneInTests, library: Library, by_librarian: Actor, volunteer: Any,
                                                  node_clock: Any) -> None:
    from simpul.sync.actions import offer_phone

    code = offer_phone(library=library, account=volunteer, name="", by=by_librarian, at=LATER, id=new_id()).code
    key = Key()

    def pair(key: Key) -> Any:
        return Client().post("/api/sync/pair", data=json.dumps({
            "code": code, "algorithm": key.algorithm, "public_key": key.public}), content_type="application/json")

    first = pair(key).json()
    assert pair(key).json()["device"] == first["device"]
    assert (pair(Key()).status_code, pair(Key()).json()["code"]) == (400, "wrong_code")
    node_clock.move_to(LATER + timedelta(minutes=16))
    assert pair(key).status_code == 400
    assert first["library"]["code"] == library.code
    assert first["name"] == volunteer.name


def test_a_phone_signs_itself_out(phone: PhoneInTests) -> None:
    headers = {"Authorization": phone.authorization("POST", "/api/sync/leave")}
    assert Client().post("/api/sync/leave").status_code == 401
    assert phone.client.post("/api/sync/leave", headers=headers).status_code == 200
    assert Phone.objects.get().revoked_at is not None
