"""The tablet at the door: two taps, no names, and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from simpul.accounts.models import Account, Device
from simpul.core.ids import new_id
from simpul.core.secrets import fingerprint
from simpul.libraries.middleware import DEVICE_COOKIE
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.visits.models import Visit

START, RECORD, CARD = "/kios/", "/kios/kunjungan/", "/kios/kartu/"


@pytest.fixture
def tablet(library: Library, at: datetime) -> Device:
    return Device.objects.create(kind="kiosk", library_id=library.pk, name="Pintu", token_hash=fingerprint("rahasia"),
                                 paired_at=at)


@pytest.fixture
def door(tablet: Device) -> Client:
    client = Client()
    client.cookies[DEVICE_COOKIE] = "rahasia"
    return client


def test_a_tap_records_and_thanks_and_comes_back_by_itself(door: Client, library: Library, tablet: Device) -> None:
    page = door.get(START).content.decode()
    assert (page.count('name="cell"'), page.count(library.name)) == (10, 1)
    answer = door.post(RECORD, {"change": new_id(), "cell": "P:6-12"})
    visit = Visit.objects.get()
    assert (visit.library_id, visit.cell.sex, visit.cell.age_group, visit.how) == (library.pk, "P", "6-12", "visitor")
    thanks = door.get(answer["Location"])
    assert (thanks.status_code, thanks["Refresh"]) == (200, f"4; url={START}")


def test_a_double_tap_is_one_visit(door: Client) -> None:
    change = new_id()
    for _ in range(2):
        door.post(RECORD, {"change": change, "cell": "P:6-12"})
    assert Visit.objects.count() == 1


def test_a_wrong_tap_is_taken_back_for_two_minutes(door: Client, at: datetime) -> None:
    for _ in range(2):
        door.post(RECORD, {"change": new_id(), "cell": "P:6-12"})
    first, second = Visit.objects.order_by("pk")
    assert door.post(f"{RECORD}{first.entry_id}/pembatalan/", {"change": new_id()}).status_code == 302
    with time_machine.travel(at + timedelta(minutes=3), tick=False):
        assert door.post(f"{RECORD}{second.entry_id}/pembatalan/", {"change": new_id()}).status_code == 422
    assert list(Visit.objects.valid()) == [second]


def test_a_member_scans_and_no_name_is_shown(door: Client, make_member: Callable[..., Member]) -> None:
    member = make_member("Siti Aminah", card="K7QM2X9P")
    answer = door.post(CARD, {"change": new_id(), "card": "K7QM-2X9P"})
    thanks = door.get(answer["Location"]).content.decode()
    assert (Visit.objects.get().person_id, "Siti" in thanks, "perempuan" in thanks.lower()) == (
        member.person_id, False, False)
    again = door.post(CARD, {"change": new_id(), "card": "K7QM2X9P"})
    assert (again["Location"], Visit.objects.count()) == ("/kios/terima-kasih/?bahasa=id", 1)
    assert door.get(again["Location"]).status_code == 200


def test_an_unknown_card_is_told_beside_its_field(door: Client) -> None:
    answer = door.post(CARD, {"change": new_id(), "card": "TAKADA"})
    assert (answer.status_code, answer.content.decode().count('id="id_card_error"')) == (422, 1)
    assert Visit.objects.count() == 0


def test_english_is_for_one_visitor_only(door: Client) -> None:
    english = door.get(START, {"bahasa": "en"})
    assert (english["Content-Language"], english.content.decode().count('lang="en"') > 0) == ("en", True)
    answer = door.post(RECORD, {"change": new_id(), "cell": "P:6-12", "bahasa": "en"})
    assert answer["Location"].endswith("?bahasa=en")
    assert door.get(START)["Content-Language"] == "id"


@pytest.mark.parametrize("cell", ["", "X", "P:7"])
def test_a_tap_beside_the_pictures_writes_nothing(door: Client, cell: str) -> None:
    assert (door.post(RECORD, {"change": new_id(), "cell": cell}).status_code, Visit.objects.count()) == (422, 0)


def test_a_revoked_tablet_says_so_and_forgets_its_key(door: Client, tablet: Device, at: datetime) -> None:
    Device.objects.update(revoked_at=at)
    for answer in (door.get(START), ):
        assert (answer.status_code, answer.cookies[DEVICE_COOKIE].value) == (403, "")
    door.cookies[DEVICE_COOKIE] = "rahasia"
    assert (door.post(RECORD, {"change": new_id(), "cell": "P:6-12"}).status_code, Visit.objects.count()) == (403, 0)


def test_a_browser_that_is_no_tablet_is_led_to_the_pairing(client: Client, db: None) -> None:
    assert client.get(START)["Location"] == "/kios/pemasangan/"
    assert client.post(RECORD, {"cell": "P:6-12"}).status_code == 302


def test_pairing_signs_out_whoever_is_signed_in(
        sign_in: Callable[[Account], Client], librarian: Account, library: Library, at: datetime) -> None:
    from simpul.accounts.actions.devices import offer_device
    from simpul.core.actor import COMMAND

    offered = offer_device(library_id=library.pk, name="Pintu", kind="kiosk", by=COMMAND, at=at, id=new_id())
    browser = sign_in(librarian)
    wrong = browser.post("/kios/pemasangan/", {"change": new_id(), "code": "SALAH234"})
    assert (wrong.status_code, "sessionid" in browser.cookies) == (422, True)
    answer = browser.post("/kios/pemasangan/", {"change": new_id(), "code": offered.code.lower()})
    cookie = answer.cookies[DEVICE_COOKIE]
    assert (answer["Location"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        START, True, "Lax", 31_536_000)
    assert browser.get(START).status_code == 200
    assert browser.get(reverse("accounts:profile"))["Location"].startswith(reverse("accounts:sign_in"))


def test_a_tablet_of_one_library_sees_no_entry_of_another(
        door: Client, other_library: Library, by_stranger: object, at: datetime) -> None:
    from simpul.visits.actions import record_visit

    other = record_visit(library=other_library, by=by_stranger, at=at, id=new_id())  # type: ignore[arg-type]
    assert door.get(f"/kios/terima-kasih/{other.entry_id}/").status_code == 404
    assert door.post(f"{RECORD}{other.entry_id}/pembatalan/").status_code == 404


def test_the_tablets_key_opens_nothing_that_a_visitor_could_not_open(
        door: Client, client: Client, library: Library) -> None:
    """All addresses of the house that take nothing or a library's code."""
    looked = []
    for app in ("web", "accounts", "libraries", "people", "catalogue", "visits", "circulation", "operations"):
        for name in _names(app):
            if name.startswith("kiosk"):
                continue
            for args in ([], [library.code]):
                try:
                    address = reverse(f"{app}:{name}", args=args)
                except NoReverseMatch:
                    continue
                looked.append(f"{app}:{name}")
                assert (address, door.get(address).status_code) == (address, client.get(address).status_code)
    assert {"visits:book", "visits:figures", "people:list"} <= set(looked)
    for page in ("book", "figures", "group", "export"):
        assert door.get(reverse(f"visits:{page}", args=[library.code])).status_code == 302


def _names(app: str) -> list[str]:
    _prefix, resolver = get_resolver().namespace_dict[app]
    return [name for name in resolver.reverse_dict if isinstance(name, str)]
