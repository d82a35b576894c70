"""A volunteer begins and ends her hours; somebody cannot come, and she takes the turn."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.volunteers.actions import HelperGiven, add_duty, add_helper
from simpul.volunteers.models import Duty, Service

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_hours_in_two_taps_and_a_turn_taken_over(
        open_page: Callable[..., Page], nothing_wrong: Callable[[Page], None], library: Library, librarian: Account,
        volunteer: Account, by_librarian: Actor) -> None:
    now = clock.now()
    day = clock.local_date(now, library.time_zone) + timedelta(days=2)
    siti = add_helper(library=library, given=HelperGiven("Siti Aminah", day - timedelta(days=99)), by=by_librarian, at=now,
                      id=new_id())
    add_duty(library=library, day=day, starts=now.replace(hour=8).time(), ends=now.replace(hour=9).time(), helper=siti,
             by=by_librarian, at=now, id=new_id())
    desk = open_page(librarian, width=1280, dark=True)
    desk.goto(f"/perpustakaan/{library.code}/relawan/")
    desk.get_by_role("button", name="Berhalangan").click()
    nothing_wrong(desk)
    phone = open_page(volunteer)
    phone.goto(f"/perpustakaan/{library.code}/relawan/")
    phone.get_by_role("button", name="Saya relawan di sini").click()
    nothing_wrong(phone)
    phone.get_by_role("button", name="Saya gantikan").click()
    phone.get_by_role("button", name="Saya mulai").click()
    phone.get_by_role("button", name="Saya selesai").click()
    expect(phone.get_by_text("Terima kasih! 1 menit sudah dicatat.")).to_be_visible()
    phone.get_by_role("link", name="Jadwal sebulan").click()
    nothing_wrong(phone)
    assert (Service.objects.get().minutes, Duty.objects.select_related("helper").get().helper.name) == (1, "Budi Santoso")
