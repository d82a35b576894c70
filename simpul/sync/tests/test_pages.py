"""Pages: a librarian adds and ends phones, staff decide, anybody hands in a file."""

import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.actor import SCHEDULE, Actor
from simpul.core.erasure import empty_everywhere, told_of
from simpul.core.ids import new_id
from simpul.core.journal import sentences
from simpul.core.models import JournalLine
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.sync import command
from simpul.sync.actions import empty_events, ignore_event, take_event
from simpul.sync.models import Event, Phone
from simpul.sync.next_steps import phones_expire, records_wait
from simpul.sync.schedule import run_empty
from simpul.sync.tests.conftest import MORNING
from simpul.sync.tests.phone import PhoneInTests, b64
from simpul.visits.models import Visit

LATER = MORNING + timedelta(hours=1)
HERE = "/perpustakaan/L001/telepon/"


def rescue(phone: PhoneInTests) -> bytes:
    return json.dumps({"format": "simpul-sync-1", "device": str(phone.device), "library": str(phone.library),
                       "made_at": LATER.isoformat(), "events": phone.outbox, "photos": []}).encode()


def test_a_librarian_adds_a_phone_and_ends_it(node_clock: Any, librarian: Account, volunteer: Account, library: Library,
                                              sign_in: Callable[[Account], Client]) -> None:
    browser, id = sign_in(librarian), str(new_id())
    answer = browser.post(HERE, {"change": id, "account": str(volunteer.pk), "name": "HP Budi"})
    code = answer.context["offered"].code
    assert f"<code>{code[:4]} {code[4:]}</code>" in answer.content.decode()
    assert "<svg" in answer.content.decode()
    phone = PhoneInTests.paired(Client(), code, clock=MORNING)
    assert browser.get(HERE).context["phones"][0].state == "in_use"
    assert browser.post(f"{HERE}{phone.device}/cabut/", {"change": str(new_id()), "why": "lost", "since": ""}).status_code == 422
    browser.post(f"{HERE}{phone.device}/cabut/", {"change": str(new_id()), "why": "lost", "since": "2026-03-10T09:00"})
    row = Phone.objects.get()
    assert (row.lost_since, row.cut_off) == (MORNING, 0)
    browser.post(f"{HERE}{phone.device}/pulihkan/", {"change": str(new_id())})
    row.refresh_from_db()
    assert (row.revoked_at, row.cut_off) == (None, None)


def test_who_may_do_what(phone: PhoneInTests, volunteer: Account, coordinator: Account, stranger: Account, mentor: Account,
                         sign_in: Callable[[Account], Client]) -> None:
    assert sign_in(volunteer).get(HERE).status_code == 404
    assert sign_in(volunteer).get(HERE + "catatan/").status_code == 200
    assert sign_in(coordinator).get(HERE).status_code == 200
    assert sign_in(coordinator).post(HERE, {"change": str(new_id()), "account": str(volunteer.pk)}).status_code == 422
    assert sign_in(coordinator).get(HERE + "catatan/").status_code == 404
    for page in ("", "catatan/", "berkas/"):
        assert sign_in(stranger).get(HERE + page).status_code == 404
    assert sign_in(coordinator).get("/kota/telepon/").status_code == 200
    assert sign_in(mentor).get("/kota/telepon/").context["phones"] == 1
    assert sign_in(stranger).get("/kota/telepon/").status_code == 404


def test_each_record_is_decided_in_one_tap(phone: PhoneInTests, volunteer: Account, library: Library,
                                           sign_in: Callable[[Account], Client], make_copy: Callable[..., Any],
                                           make_member: Callable[..., Member]) -> None:
    make_member("Siti Aminah", card="SATU")
    phone.record("loan.lent", copy="B99", card="SATU")
    phone.visit(card="ENTAH")
    phone.send()
    browser = sign_in(volunteer)
    step = records_wait(library, LATER.date())
    assert step is not None
    assert (step.url, phones_expire(library, LATER.date())) == (HERE + "catatan/", None)
    page = browser.get(HERE + "catatan/")
    assert [one.sentence for one in page.context["events"]] == [
        "buku B99 dipinjamkan kepada Siti Aminah", "Kunjungan: kartu ENTAH"]
    held, flagged = (one.event for one in page.context["events"])
    browser.post(f"{HERE}catatan/{held.pk}/catat/", {"change": str(new_id())})
    held.refresh_from_db()
    assert (held.state, held.decided_at) == ("held", None)  # the book is still unknown
    make_copy(code="B99")
    browser.post(f"{HERE}catatan/{held.pk}/catat/", {"change": str(new_id())})
    held.refresh_from_db()
    assert (held.state, held.decision) == ("applied", "taken")
    browser.post(f"{HERE}catatan/{flagged.pk}/beres/", {"change": str(new_id())})
    assert browser.get(HERE + "catatan/").context["page"].paginator.count == 0
    browser.post(f"{HERE}catatan/{flagged.pk}/buka-lagi/", {"change": str(new_id())})
    assert browser.get(HERE + "catatan/").context["page"].paginator.count == 1
    assert browser.get(HERE + "catatan/?keadaan=selesai").context["page"].paginator.count == 1


def test_what_is_left_out_stays_and_can_be_decided_again(phone: PhoneInTests, volunteer: Account,
                                                         sign_in: Callable[[Account], Client]) -> None:
    phone.record("loan.returned", copy="B99")
    event = phone.outbox[0]
    phone.send()
    row = Event.objects.get()
    browser, ignore = sign_in(volunteer), f"{HERE}catatan/{row.pk}/abaikan/"
    assert browser.post(ignore, {"change": str(new_id()), "because": " "}).status_code == 422
    assert browser.post(ignore, {"change": str(new_id()), "because": "coba-coba"}).status_code == 302
    [receipt] = phone.post([event]).json()["receipts"]
    assert (receipt["state"], receipt["reason"]) == ("quarantined", "ignored")
    browser.post(f"{HERE}catatan/{row.pk}/buka-lagi/", {"change": str(new_id())})
    row.refresh_from_db()
    assert (row.state, row.reason, row.flags) == ("held", "refused", ["unknown_copy"])


def test_a_hole_that_never_closes_is_passed_over(phone: PhoneInTests, by_volunteer: Actor) -> None:
    made = [phone.event("visit.recorded", sex="P", age_group="6-12") for _n in range(5)]
    phone.post([made[0], made[2], made[4]])
    take_event(event=Event.objects.get(seq=5), by=by_volunteer, at=LATER, id=new_id())
    assert Visit.objects.count() == 3
    [late] = phone.post([made[3]]).json()["receipts"]
    assert late["state"] == "applied"
    assert Visit.objects.count() == 4


def test_a_record_without_proof_is_recorded_in_the_name_of_who_decides(
        phone: PhoneInTests, by_volunteer: Actor, volunteer: Account) -> None:
    event = phone.event("visit.recorded", sex="P", age_group="6-12")
    phone.post([{**event, "sig": b64(b"0" * 64)}])
    row = take_event(event=Event.objects.get(), by=by_volunteer, at=LATER, id=new_id())
    assert (row.state, row.flags) == ("applied_flagged", ["time_uncertain"])
    assert JournalLine.objects.filter(verb="visit.recorded").get().by_id == volunteer.pk
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("how", ["file", "gzip", "code"])
def test_anybody_hands_in_a_file_and_twice_is_once(phone: PhoneInTests, how: str) -> None:
    phone.visit()
    phone.record("loan.returned", copy="B99")
    content = rescue(phone)
    for _n in range(2):
        given: dict[str, Any] = {"text": "SIMPUL1:" + b64(gzip.compress(content))} if how == "code" else {
            "file": ContentFile(content if how == "file" else gzip.compress(content), name="simpul-L001.simpul")}
        answer = Client().post("/telepon/terima/", given)
        assert answer.context["done"].by_state == {"applied": 1, "held": 1}
        assert "B99" not in answer.content.decode()
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"SIMPUL1:zzz", b"\x1f\x8bxx", b'{"format":"simpul-sync-1"}', b"[" * 100_000,
                                     b'{"format":"simpul-sync-1","events":[{"event":1,"sig":2}]}'], ids=range(7))
def test_what_is_no_rescue_file_is_said_kindly(db: None, content: bytes) -> None:
    answer = Client().post("/telepon/terima/", {"file": ContentFile(content or b" ", name="x")})
    assert (answer.status_code, Event.objects.count()) == (422, 0)


def test_the_command_line_receives_and_lists(phone: PhoneInTests, tmp_path: Any) -> None:
    phone.visit()
    (tmp_path / "a.simpul").write_bytes(rescue(phone))
    (tmp_path / "b.simpul").write_bytes(b"no")
    told: list[Any] = []

    class Console:
        def answer(self, values: Any, *lines: str) -> None:
            told.append(values)

    import argparse
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args(["receive", str(tmp_path / "a.simpul"), str(tmp_path / "b.simpul")]), Console()) == 1
    assert told[0]["files"][0]["states"] == {"applied": 1}
    assert command.run(parser.parse_args(["list"]), Console()) == 0
    assert (told[1]["phones"][0]["library"], told[1]["phones"][0]["told"], told[1]["unproven"]) == ("L001", 1, 0)


def test_the_snapshot_sends_only_what_changed(phone: PhoneInTests, make_member: Callable[..., Member],
                                              make_copy: Callable[..., Any]) -> None:
    member = make_member("Siti Aminah", card="SATU2345")
    make_copy(code="B7")
    first = phone.get("/api/sync/snapshot").json()
    assert first["parts"]["cards"]["data"] == [["SATU2345", "Siti Aminah", 1990, member.number]]
    assert set(first["parts"]) == {"cards", "loans", "sessions", "words"}
    assert first["parts"]["words"]["data"]["sex"] == [["L", "laki-laki"], ["P", "perempuan"]]
    have = ",".join(f"{name}:{tag}" for name, tag in first["tags"].items())
    assert phone.get(f"/api/sync/snapshot?have={have}").json()["parts"] == {}
    phone.record("loan.lent", copy="B7", card="SATU2345")
    phone.send()
    second = phone.get(f"/api/sync/snapshot?have={have}").json()
    assert {name: part["data"] for name, part in second["parts"].items()} == {
        "loans": [["B7", "Laskar Pelangi", "SATU2345", "2026-03-17"]]}


def test_who_no_longer_serves_reads_no_names(phone: PhoneInTests, volunteer: Account) -> None:
    from simpul.libraries.models import StaffRole

    StaffRole.objects.filter(account=volunteer).delete()
    phone.visit()
    assert phone.get("/api/sync/snapshot").status_code == 403
    assert [receipt["state"] for receipt in phone.send()] == ["applied"]


def test_texts_are_emptied_after_ninety_days_and_still_answered(phone: PhoneInTests, node_clock: Any) -> None:
    phone.visit()
    phone.record("loan.returned", copy="B99")
    sent = list(phone.outbox)
    first = phone.send()
    at = LATER + timedelta(days=91)
    assert run_empty(at) == 1
    assert run_empty(at) == 0
    row = Event.objects.get(seq=1)
    assert (row.text, len(row.text_hash), bool(row.signature)) == ("", 64, True)
    assert Event.objects.get(seq=2).text == sent[1]["event"]
    assert phone.post(sent).json()["receipts"] == first
    assert empty_events(by=SCHEDULE, at=at, id=new_id()) == 0


def test_an_erased_person_is_gone_from_what_phones_told(phone: PhoneInTests, make_member: Callable[..., Member],
                                                        make_copy: Callable[..., Any]) -> None:
    member = make_member("Siti Aminah", card="SATU2345")
    make_copy(code="B7")
    phone.record("loan.lent", copy="B7", card="SATU2345")
    phone.visit(card="SATU2345")
    phone.record("loan.lent", copy="TIDAKADA", card="SATU2345")
    phone.visit()
    phone.send()
    assert [len(part.rows) for part in told_of(member.person) if part.heading == "Dari telepon"] == [3]
    empty_everywhere(member.person)
    assert list(Event.objects.filter(text="").order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    assert Event.objects.get(seq=3).reason == "erased"


def test_lists_ask_as_much_for_three_as_for_one(phone: PhoneInTests, librarian: Account, sign_in: Callable[[Account], Client],
                                                django_assert_num_queries: Any, pair: Callable[..., PhoneInTests]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = sign_in(librarian)
    counts = []
    for n in (1, 2):
        for _n in range(n):
            phone.record("loan.lent", copy="B99", card="ENTAH")
        phone.send()
        for address in (HERE, HERE + "catatan/"):
            with CaptureQueriesContext(connection, ) as asked:
                browser.get(address)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_the_journal_names_the_phone(phone: PhoneInTests, by_librarian: Actor) -> None:
    phone.visit()
    phone.send()
    lines = JournalLine.objects.filter(verb="visit.recorded")
    assert [one.text for one in sentences(lines, reader=by_librarian)] == [
        "HP Budi mencatat satu kunjungan di Perpustakaan Kelurahan Sukasari"]


def test_a_decision_is_made_once(phone: PhoneInTests, by_volunteer: Actor, by_stranger: Actor) -> None:
    from simpul.core.refusal import NotAllowed, Refusal

    phone.record("loan.returned", copy="B99")
    phone.send()
    row = Event.objects.get()
    with pytest.raises(NotAllowed):
        ignore_event(event=row, because="x", by=by_stranger, at=LATER, id=new_id())
    ignore_event(event=row, because="x", by=by_volunteer, at=LATER, id=new_id())
    with pytest.raises(Refusal):
        take_event(event=row, by=by_volunteer, at=LATER, id=new_id())
