"""A team writes its plan on a phone, hands it in and does the first row."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from simpul.accounts.models import Account
from simpul.libraries.models import Library
from simpul.plans.models import Plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_plan_is_written_handed_in_and_carried_out(
        open_page: Callable[..., Page], nothing_wrong: Callable[[Page], None], library: Library, librarian: Account) -> None:
    phone = open_page(librarian)
    phone.goto(f"/perpustakaan/{library.code}/rencana/")
    nothing_wrong(phone)
    phone.get_by_role("link", name="Mulai rencana").click()
    phone.get_by_label("Nama rencana").fill("RTL Sukasari")
    nothing_wrong(phone)
    phone.get_by_role("button", name="Mulai rencana").click()
    phone.get_by_label("Apa kegiatannya?").fill("Membaca nyaring tiap Sabtu")
    phone.get_by_label("Kapan selesai?").fill("2030-01-31")
    phone.get_by_label("Siapa penanggung jawabnya?").fill("Tim baca")
    phone.get_by_label("Apa tanda keberhasilannya?").fill("20 anak hadir")
    phone.get_by_role("button", name="Tambah baris").click()
    phone.get_by_role("button", name="Serahkan").click()
    phone.get_by_role("button", name="Selesai").click()
    expect(phone.get_by_text("1 dari 1 baris selesai.")).to_be_visible()
    nothing_wrong(phone)
    assert Plan.objects.get().state == "handed_in"
