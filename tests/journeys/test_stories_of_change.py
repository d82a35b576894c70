"""A story from the first prompt on her own phone, without JavaScript, to a public page and back to nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.stories.actions import begin_story
from simpul.stories.models import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_she_tells_the_mentor_checks_the_city_reads_she_withdraws(
        open_page: Callable[..., Any], signed_in_page: Callable[..., Page], nothing_wrong: Callable[[Page], None],
        library: Library, librarian: Account, mentor: Account) -> None:
    by = Actor(kind=ActorKind.ACCOUNT, id=librarian.pk, librarian_of=frozenset({library.pk}))
    story = begin_story(library=library, by=by, at=clock.now(), id=new_id())
    phone = open_page(scripts=False)
    phone.goto(f"/cerita-saya/{story.token}/")
    phone.get_by_role("link", name="Mulai").click()
    phone.get_by_label("Nama apa yang dibaca orang lain?").fill("Ibu penjahit RW 03")
    phone.get_by_role("button", name="Simpan dan lanjut").click()
    for text in ("Dulu saya malu.", "Kelas menjahit."):
        phone.get_by_role("textbox").first.fill(text)
        phone.get_by_role("button", name="Simpan dan lanjut").click()
    phone.get_by_label("Apa yang berubah sekarang?").fill("Saya menerima pesanan.")
    phone.get_by_text("penghasilan naik").click()
    phone.get_by_role("button", name="Simpan dan lanjut").click()
    phone.get_by_label("Satu kalimat dengan kata-katanya sendiri").fill("Sekarang saya berani.")
    phone.get_by_text("Penghasilan dan pekerjaan").click()
    phone.get_by_role("button", name="Simpan dan lanjut").click()
    phone.get_by_text("semua orang, di internet").click()
    phone.get_by_role("button", name="Saya setuju").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Cerita Anda")
    desk = signed_in_page(librarian, width=1280)
    desk.goto(f"/perpustakaan/{library.code}/cerita/{story.pk}/")
    nothing_wrong(desk)
    desk.get_by_role("button", name="Kirim untuk diperiksa").click()
    fasda = signed_in_page(mentor)
    fasda.goto("/kota/cerita/")
    nothing_wrong(fasda)
    fasda.get_by_role("link", name="Sekarang saya berani.").click()
    fasda.get_by_text("berkunjung").click()
    fasda.get_by_role("button", name="Benar, dan ia mau").click()
    anybody = open_page()
    anybody.goto("/cerita/")
    nothing_wrong(anybody)
    anybody.get_by_role("link", name="Sekarang saya berani.").click()
    expect(anybody.get_by_text("Saya menerima pesanan.")).to_be_visible()
    nothing_wrong(anybody)
    phone.goto(f"/cerita-saya/{story.token}/")
    phone.get_by_role("button", name="Tarik cerita saya").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Cerita Anda sudah dihapus")
    anybody.reload()
    expect(anybody.get_by_role("heading", level=1)).to_have_text("Halaman ini tidak ada")
    assert Story.objects.get().state == "gone"
