"""A library's people and their day, told as they would tell it, in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Page

from simpul.catalogue.search.index import index_titles
from simpul.circulation.models import Loan
from simpul.people.models import Consent, Member, Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HERE = "/perpustakaan/L001"


@pytest.fixture(autouse=True)
def in_indonesian() -> Iterator[None]:
    with translation.override("id"):
        yield


def tap(page: Page, name: str) -> None:
    """The button of this name, or the link where there is no such button."""
    button = page.get_by_role("button", name=name)
    (button if button.count() else page.get_by_role("link", name=name)).first.click()
    page.wait_for_load_state()


def at_the_desk(page: Page, *texts: str) -> None:
    """What is scanned or typed into the desk's box, each with Enter."""
    for text in texts:
        page.fill("#desk-text", text)
        page.press("#desk-text", "Enter")
        page.wait_for_load_state("networkidle")


def test_a_volunteers_day_on_an_old_phone_without_scripts(
        open_page: Callable[..., Page], volunteer: Any, make_copy: Any, library: Any) -> None:
    index_titles([make_copy("Laskar Pelangi").title_id])
    page = open_page(scripts=False)

    # she comes in, and the first page is her library's day
    page.goto("/masuk/")
    page.fill("[name=name]", volunteer.phone)
    page.fill("[name=password]", "kata-sandi-uji")
    tap(page, "Masuk")
    assert page.url.endswith(f"{HERE}/hari-ini/")

    # two girls and a man come; the man was a slip of the thumb
    tap(page, "Catat kunjungan")
    for who in ("perempuan 6–12", "perempuan 6–12", "laki-laki 18–59"):
        page.get_by_role("button", name=who).click()
    tap(page, "Urungkan")
    assert page.inner_text("#visit-count") == "Hari ini 2 orang"

    # a class of twenty-seven
    tap(page, "Rombongan")
    page.get_by_label("Dari mana").fill("SDN Sukasari 4")
    page.get_by_label("Perempuan").fill("15")
    page.get_by_label("Laki-laki").fill("12")
    tap(page, "Catat")
    assert page.inner_text("#visit-count") == "Hari ini 29 orang"
    assert page.locator(".visit-voided").count() == 1  # the slip stays readable

    # a mother enrols: four fields, and the desk is one tap away
    page.goto(f"{HERE}/anggota/baru/")
    page.get_by_label("Nama", exact=True).fill("Wati Kurnia")
    page.get_by_label("Tahun lahir").fill("1988")
    tap(page, "Daftarkan")
    tap(page, "Pinjamkan buku")

    # she takes a book without a label, by words of its title, and brings it back without a card
    at_the_desk(page, "laskar", "1")
    assert Loan.objects.open().get().member.person.name == "Wati Kurnia"
    tap(page, "Selesai")
    at_the_desk(page, "laskar", "1")
    assert page.locator(".message strong").first.inner_text() == "Kembali: Laskar Pelangi (Wati Kurnia)"

    # the day stands on the first page, and each number opens to its lines
    tap(page, "Hari ini")
    figures = [text.split("\n") for text in page.locator(".figure").all_inner_texts()]
    assert figures[:3] == [["29", "kunjungan"], ["1", "dipinjam"], ["1", "kembali"]]
    page.locator(".figure a").first.click()
    assert page.inner_text("h1") == "29 Kunjungan"

    # and she signs out
    tap(page, "Lainnya")
    tap(page, "Keluar")
    page.goto(f"{HERE}/hari-ini/")
    assert "/masuk/" in page.url


def test_a_librarian_puts_a_new_book_on_the_shelf_and_lends_it_without_a_mouse(
        open_page: Callable[..., Page], librarian: Any, make_member: Any,
        nothing_wrong: Callable[[Page], None]) -> None:
    make_member("Siti Aminah", card="KARTU01")
    page = open_page(librarian, width=1280, height=900)

    # the book has no ISBN: title and author are enough
    page.goto(f"{HERE}/buku/baru/?tanpa=1")
    page.get_by_label("Judul", exact=True).focus()
    page.keyboard.type("Cerita dari Cisadane")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    nothing_wrong(page)
    code = page.locator("[id^=copy-row-] a").first.inner_text().split()[0]

    # its number on the spine, her card: two scans
    page.goto(f"{HERE}/pinjam/")
    for text in ("KARTU01", code):
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.keyboard.type(text)
            page.keyboard.press("Enter")
        page.wait_for_function("document.getElementById('desk-text').value === ''")
    page.locator("[id^=loan-row-]").wait_for()
    assert Loan.objects.open().get().copy.code == code

    # everybody in the city sees where it is
    page.goto("/katalog/?q=cisadane")
    page.get_by_role("link", name="Cerita dari Cisadane").click()
    page.wait_for_load_state()
    assert page.locator(".title .table td .chip").first.inner_text() == "dipinjam"
    nothing_wrong(page)


def test_a_resident_finds_a_book_near_her_although_she_mistypes(
        page: Page, make_copy: Any, library: Any, nothing_wrong: Callable[[Page], None]) -> None:
    index_titles([make_copy("Laskar Pelangi").title_id, make_copy("Bumi Manusia").title_id])
    page.goto("/")
    nothing_wrong(page)
    page.fill("#cari", "laskr pelangi")
    with page.expect_navigation():
        page.press("#cari", "Enter")
    assert page.locator(".book h3").all_inner_texts() == ["Laskar Pelangi"]
    nothing_wrong(page)
    page.get_by_role("link", name="Laskar Pelangi").click()
    page.wait_for_load_state()
    assert page.locator(".title .table tbody a").all_inner_texts() == [library.name]
    page.get_by_role("link", name=library.name).click()
    page.wait_for_load_state()
    assert page.inner_text("h1") == library.name
    nothing_wrong(page)
    page.go_back()
    tap(page, "English")
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_guardian_says_yes_on_her_own_phone_and_the_child_borrows(
        scripts: bool, open_page: Callable[..., Page], volunteer: Any, make_copy: Any, adult_type: Any) -> None:
    make_copy("Laskar Pelangi", code="B1")
    desk = open_page(volunteer, scripts=scripts)
    desk.goto(f"{HERE}/anggota/baru/")
    desk.get_by_label("Nama", exact=True).fill("Dodi Kurnia")
    desk.get_by_label("Tahun lahir").fill("2017")
    tap(desk, "Daftarkan")
    child = Member.objects.get()

    # before the consent the desk says so at once
    desk.goto(f"{HERE}/pinjam/?member={child.pk}")
    assert desk.locator(".message strong").inner_text() == "Dodi Kurnia belum boleh meminjam."

    # the link goes by WhatsApp; her browser knows nothing of the library's
    desk.goto(f"{HERE}/anggota/{child.pk}/persetujuan/")
    tap(desk, "Buat tautan")
    link = desk.input_value("#tautan-wali")
    phone = open_page(scripts=scripts)
    phone.goto(link)
    phone.get_by_label("Nama Anda").fill("Wati Kurnia")
    tap(phone, "Saya setuju")
    phone.get_by_text("Terima kasih").first.wait_for()
    assert Consent.objects.in_force().get().person == Person.objects.get(pk=child.person_id)

    desk.goto(f"{HERE}/pinjam/?member={child.pk}")
    at_the_desk(desk, "B1")
    desk.locator("[id^=loan-row-]").wait_for()
    assert Loan.objects.open().get().member_id == child.pk
