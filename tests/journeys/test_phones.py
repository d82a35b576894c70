"""A librarian adds a phone by its code and decides about a record that waits."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.sync.actions import offer_phone
from simpul.sync.models import Event, Phone
from simpul.sync.tests.phone import WIB, PhoneInTests

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_phone_is_added_and_a_record_decided(
        open_page: Callable[..., Page], nothing_wrong: Callable[[Page], None], library: Library, librarian: Account,
        volunteer: Account, by_librarian: Actor) -> None:
    at = clock.now() - timedelta(minutes=5)
    offered = offer_phone(library=library, account=volunteer, name="HP Budi", by=by_librarian, at=at, id=new_id())
    phone = PhoneInTests.paired(Client(), offered.code, clock=clock.now().astimezone(WIB))
    phone.record("loan.returned", copy="TANPA-LABEL-07")
    phone.visit(purpose="sleep")
    assert [one["state"] for one in phone.send()] == ["held", "held"]
    page = open_page(librarian, dark=True)
    page.goto(f"/perpustakaan/{library.code}/telepon/")
    page.get_by_label("Namanya").fill("HP Meja")
    page.get_by_role("button", name="Tampilkan kode").click()
    expect(page.get_by_role("heading", name="Kode untuk HP Meja")).to_be_visible()
    nothing_wrong(page)
    assert Phone.objects.filter(name="HP Meja", paired_at=None).exists()
    page.goto(f"/perpustakaan/{library.code}/telepon/catatan/")
    nothing_wrong(page)
    page.get_by_role("link", name="Abaikan").first.click()
    page.locator("main input[type=text], main textarea").first.fill("buku pribadi")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("1 catatan menunggu dilihat.")).to_be_visible()
    assert sorted(Event.objects.values_list("reason", flat=True)) == ["ignored", "refused"]
