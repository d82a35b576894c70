"""A librarian explains what is unusual in her month, signs, opens a figure, copies one for the IPLM, reads her overview."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.ids import new_id
from simpul.libraries.models import Library, OpeningHours
from simpul.visits.models import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def last_month(library: Library) -> date:
    """Two visits on every open day of the month that is over but one, so that something is unusual. Its first day."""
    today = clock.local_date(clock.now(), library.time_zone)
    first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    OpeningHours.objects.bulk_create([
        OpeningHours(library=library, weekday=n, opens=time(8), closes=time(15)) for n in range(5)])
    days = [day for n in range(31) if (day := first + timedelta(days=n)).month == first.month and day.weekday() < 5]
    Visit.objects.bulk_create([Visit(
        library=library, entry_id=new_id(), how="tally", count=2, sex="P", age_group="6-12", local_date=day,
        happened_at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC), recorded_at=clock.now()) for day in days[1:]])
    return first


def test_from_the_month_to_the_index(open_page: Callable[..., Page], nothing_wrong: Callable[[Page], None],
                                     library: Library, librarian: Account, last_month: date) -> None:
    here = f"/perpustakaan/{library.code}"
    phone = open_page(librarian)
    phone.set_default_navigation_timeout(40_000)  # the first page of a cold server, on a busy machine
    phone.goto(f"{here}/bulan/")
    nothing_wrong(phone)
    phone.get_by_role("link", name="Periksa").click()
    nothing_wrong(phone)
    phone.get_by_text("Memang begitu").first.click()
    phone.get_by_role("button", name="hari istimewa").first.click()
    expect(phone.get_by_role("button", name="Tarik penjelasan")).to_be_visible()
    phone.get_by_role("link", name="Ke tanda tangan").click()
    phone.get_by_role("button", name="Tanda tangani").click()
    expect(phone.get_by_text("berlaku", exact=True)).to_be_visible()
    nothing_wrong(phone)

    phone.locator(".months-said a").first.click()
    expect(phone.get_by_role("heading", name="Kunjungan")).to_be_visible()
    nothing_wrong(phone)

    phone.goto(f"{here}/laporan-resmi/iplm-2025/?periode={last_month.year}")
    nothing_wrong(phone)
    phone.get_by_role("link", name="Salin untuk formulir").click()
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.get_by_role("button", name="Salin").first.click()
    expect(phone.get_by_text("sudah disalin: 1")).to_be_visible()
    nothing_wrong(phone)

    phone.goto(f"{here}/gambaran/")
    expect(phone.locator(".sentences a").first).to_be_visible()
    nothing_wrong(phone)
