"""A librarian looks at her month, opens a number, keeps the foreword; the coordinator sees the city in the dark."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.visits.models import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_month_is_looked_at_and_the_city_too(
        open_page: Callable[..., Page], nothing_wrong: Callable[[Page], None], library: Library, librarian: Account,
        coordinator: Account) -> None:
    today = clock.local_date(clock.now(), library.time_zone)
    year, month = divmod(today.year * 12 + today.month - 2, 12)  # the month before
    for back, n in ((0, 40), (2, 30)):
        on = date(year - (month < back), (month - back) % 12 + 1, 5)
        Visit.objects.create(library=library, entry_id=new_id(), how="tally", count=n, happened_at=clock.now(), local_date=on,
                             recorded_at=clock.now(), age_group="6-12", sex="P")
    phone = open_page(librarian)
    phone.goto(f"/perpustakaan/{library.code}/gambaran/")
    nothing_wrong(phone)
    phone.get_by_text("Sebagai tabel").first.click()
    expect(phone.get_by_role("cell", name="belum ada catatan").first).to_be_visible()
    phone.get_by_role("link", name="40 kunjungan").click()
    expect(phone.get_by_text("40").first).to_be_visible()
    phone.goto(f"/perpustakaan/{library.code}/gambaran/tahunan/")
    phone.get_by_label("Kata pengantar").fill("Terima kasih kepada semua warga.")
    phone.get_by_role("button", name="Simpan kata pengantar").click()
    expect(phone.get_by_text("Kata pengantar disimpan.")).to_be_visible()
    nothing_wrong(phone)
    desk = open_page(coordinator, width=1280, height=900, dark=True)
    desk.goto("/kota/gambaran/")
    expect(desk.get_by_role("heading", name="Di mana warga terjangkau")).to_be_visible()
    nothing_wrong(desk)
