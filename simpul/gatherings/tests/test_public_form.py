"""The public registration: two fields, by phone or e-mail, a refusal that keeps what was typed; the calendar follows."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from simpul.activities.actions import Details, plan_activity
from simpul.core.ids import new_id
from simpul.gatherings.actions import SessionGiven, cancel_session, move_session, publish_gathering
from simpul.gatherings.models import Gathering


@pytest.fixture
def announced(library: Any, by_librarian: Any, at: datetime, real_now: Any) -> Gathering:
    activity = plan_activity(
        library=library, title="Kelas menjahit", details=Details(kind="skills"),
        sessions=[SessionGiven(at + timedelta(days=1), at + timedelta(days=1, hours=2))], by=by_librarian, at=at, id=new_id())
    return publish_gathering(gathering=activity.gathering, by=by_librarian, at=at, id=new_id())


def test_an_e_mail_address_registers_and_a_trap_keeps_what_was_typed(announced: Gathering) -> None:
    browser, address = Client(), f"/kegiatan/{announced.pk}/"
    form = {"change": new_id(), "name": "Siti <b>", "phone": "siti@contoh.id", "website": "http://spam"}
    answer = browser.post(address, form)
    page = answer.content.decode()
    assert (answer.status_code, announced.registrations.count()) == (422, 0)
    assert 'value="Siti &lt;b&gt;"' in page
    assert 'value="siti@contoh.id"' in page
    for _click in range(2):
        assert browser.post(address, form | {"website": ""}).status_code == 302
    assert list(announced.registrations.values_list("name", "email", "phone")) == [("Siti <b>", "siti@contoh.id", "")]


def test_a_flood_is_refused_and_keeps_what_was_typed(announced: Gathering, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_ADDRESS = 4
    address = f"/kegiatan/{announced.pk}/"

    def post(n: int) -> Any:
        return Client().post(address, {"change": new_id(), "name": f"Warga {n}", "phone": f"08120000{n:04}"},
                             REMOTE_ADDR="203.0.113.250")

    assert [post(n).status_code for n in (1, 2)] == [302, 422]
    assert 'value="Warga 3"' in post(3).content.decode()
    assert announced.registrations.count() == 1


def events(gathering: Gathering) -> list[Any]:
    content = Client().get(f"/kegiatan/{gathering.pk}/kalender.ics").content
    return [one for one in Calendar.from_ical(content).walk("VEVENT")]


def test_a_moved_and_a_cancelled_day_raise_the_sequence_of_the_calendar(
        announced: Gathering, by_librarian: Any, at: datetime) -> None:
    session, first = announced.sessions.get(), events(announced)[0]
    move_session(session=session, given=SessionGiven(at + timedelta(days=2), at + timedelta(days=2, hours=1), "Balai RW"),
                 by=by_librarian, at=at + timedelta(hours=1), id=new_id())
    moved = events(announced)[0]
    assert (moved["UID"], moved["DTSTART"].dt, str(moved["STATUS"])) == (first["UID"], at + timedelta(days=2), "CONFIRMED")
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    cancel_session(session=session, by=by_librarian, at=at + timedelta(hours=2), id=new_id())
    off = events(announced)[0]
    assert (off["UID"], str(off["STATUS"]), int(off["SEQUENCE"]) > int(moved["SEQUENCE"])) == (first["UID"], "CANCELLED", True)
