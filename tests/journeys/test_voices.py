"""A resident says what she would like, the library answers, and a survey is made, answered and read."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from simpul.accounts.models import Account
from simpul.libraries.models import Library
from simpul.surveys.models import Response, Survey, Voice

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_voice_is_left_read_and_answered(
        page: Page, signed_in_page: Callable[..., Page], nothing_wrong: Callable[[Page], None], library: Library,
        librarian: Account) -> None:
    page.goto(f"/suara/{library.code}/")
    nothing_wrong(page)
    page.get_by_text("Keterampilan", exact=True).click()
    page.get_by_label("Apa yang ingin Anda pelajari").fill("Kelas menjahit untuk ibu-ibu")
    page.get_by_label("Lingkungan Anda").fill("RW 05")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Terima kasih, suara Anda sudah sampai.")
    nothing_wrong(page)
    desk = signed_in_page(librarian, width=1280)
    desk.goto(f"/perpustakaan/{library.code}/suara/")
    nothing_wrong(desk)
    desk.get_by_label("Kelas menjahit untuk ibu-ibu").check()
    desk.get_by_label("Tindak lanjut").select_option("planned")
    desk.get_by_label("Pesan untuk yang meminta").fill("Mulai April, tiap Sabtu")
    desk.get_by_role("button", name="Jawab").click()
    expect(desk.get_by_text("1 suara ditandai")).to_be_visible()
    assert Voice.objects.get().state == "planned"
    page.goto(f"/suara/{library.code}/")
    expect(page.get_by_text("Mulai April, tiap Sabtu")).to_be_visible()
    nothing_wrong(page)


def test_a_survey_is_taken_published_answered_and_typed_from_paper(
        open_page: Callable[..., Page], signed_in_page: Callable[..., Page], nothing_wrong: Callable[[Page], None],
        library: Library, librarian: Account) -> None:
    desk = signed_in_page(librarian, width=1280)
    desk.goto(f"/perpustakaan/{library.code}/survei/baru/")
    nothing_wrong(desk)
    desk.get_by_role("listitem").filter(has_text="Bagaimana kegiatannya?").get_by_role("button").click()
    nothing_wrong(desk)
    desk.get_by_role("button", name="Terbitkan").click()
    expect(desk.get_by_role("heading", name="Belum ada jawaban")).to_be_visible()
    survey = Survey.objects.get()
    phone: Any = open_page(scripts=False)
    phone.goto(f"/survei/{survey.code}/")
    for n in range(3):
        phone.get_by_role("group").nth(n).get_by_text("sangat setuju", exact=True).click()
    phone.get_by_text("WhatsApp", exact=True).click()
    phone.get_by_role("button", name="Kirim").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Terima kasih atas jawaban Anda.")
    desk.goto(f"/perpustakaan/{library.code}/survei/{survey.pk}/lembar/")
    nothing_wrong(desk)
    desk.get_by_label("1.").focus()
    for key in ("4", "Tab", "3", "Tab", "4", "Tab", "2", "Enter"):
        desk.keyboard.press(key)
    expect(desk.get_by_text("Tersimpan. Lembar berikutnya.")).to_be_visible()
    assert [row.answers for row in Response.objects.filter(channel="paper")] == [
        {"useful": 4, "clear": 3, "welcome": 4, "heard_by": 2}]
    desk.goto(f"/perpustakaan/{library.code}/survei/{survey.pk}/")
    expect(desk.get_by_text("2 orang menjawab")).to_be_visible()
    nothing_wrong(desk)
    desk.goto(f"/perpustakaan/{library.code}/survei/{survey.pk}/kertas/")
    nothing_wrong(desk)
