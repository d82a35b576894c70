"""The whole road: offered, paired, recorded, sent, answered, counted."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from simpul.core.models import JournalLine
from simpul.sync.models import Event, Phone
from simpul.sync.tests.conftest import MORNING
from simpul.sync.tests.phone import PhoneInTests
from simpul.visits.models import Visit


def test_a_visit_told_by_a_phone_is_a_visit_of_its_moment(phone: PhoneInTests) -> None:
    event = phone.visit()
    [receipt] = phone.send()
    visit = Visit.objects.get()
    row = Event.objects.get()
    assert (receipt["state"], receipt["reason"], receipt["says"], receipt["seq"]) == ("applied", "", "", 1)
    assert receipt["id"] == str(row.event_id) == str(visit.entry_id)
    assert (visit.sex, visit.age_group, visit.purpose) == ("P", "6-12", "read")
    assert visit.happened_at == MORNING + timedelta(minutes=1)
    assert (row.text, row.signature) == (event["event"], event["sig"])
    line = JournalLine.objects.get(pk=row.event_id)
    assert (line.by_kind, str(line.by_id)) == ("device", phone.device)


def test_every_answer_brings_the_moment_and_a_nonce(phone: PhoneInTests) -> None:
    told = Client().get("/api/sync/hello").json()
    assert set(told) == {"now", "nonce"}
    assert datetime.fromisoformat(told["now"]) == (MORNING + timedelta(hours=1)).astimezone(UTC)


def test_an_es256_phone_is_as_good(pair, node_clock) -> None:  # type: ignore[no-untyped-def]
    phone = pair(algorithm="ES256")
    phone.visit()
    assert [receipt["state"] for receipt in phone.send()] == ["applied"]
    assert Phone.objects.get().algorithm == "ES256"


def test_answers_to_phones_are_short(phone: PhoneInTests) -> None:
    answer = phone.post([phone.visit()], is_signed=True)
    heads = {name.lower() for name in answer.headers}
    assert heads & {"content-security-policy", "x-frame-options", "set-cookie"} == set()
    assert sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items()) < 400
