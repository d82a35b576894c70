"""Coming in: a volunteer by her link on a phone, a coordinator with the second step, a guesser who has to wait."""

from base64 import b32decode
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django_otp.oath import totp
from playwright.sync_api import Page

from simpul.core import clock
from simpul.core.actor import COMMAND, Role
from simpul.core.ids import new_id
from simpul.libraries.actions.staff import invite

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "empat kata yang saya ingat"


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


def sign_in(page: Page, account: Any, password: str = "kata-sandi-uji") -> None:
    page.goto("/masuk/")
    page.fill("[name=name]", account.phone)
    page.fill("[name=password]", password)
    send(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_volunteer_accepts_her_invitation(
        scripts: bool, open_page: Callable[..., Page], library: Any, nothing_wrong: Callable[[Page], None]) -> None:
    made = invite(role=Role.VOLUNTEER, library=library, for_name="Wati Susanti", by=COMMAND, at=clock.now(),
                  id=new_id())
    address = reverse("libraries:invitation", args=[made.token])
    page = open_page(scripts=scripts)
    page.goto(address)
    if scripts:
        nothing_wrong(page)
    assert page.input_value("[name=name]") == "Wati Susanti"
    page.fill("[name=phone]", "0813 9999 0000")
    page.fill("[name=password]", PASSWORD)
    send(page)
    page.goto(reverse("libraries:staff", args=[library.code]))
    assert page.locator("main .list strong").all_inner_texts() == ["Wati Susanti"]
    page.goto(address)
    assert page.locator("h1").inner_text() in ("Tautan ini tidak berlaku lagi", "This link is no longer valid")


def test_a_coordinator_sets_up_the_second_step_and_comes_back_with_a_backup_code(
        open_page: Callable[..., Page], coordinator: Any, nothing_wrong: Callable[[Page], None]) -> None:
    coordinator.is_demonstration = False
    coordinator.save()
    page = open_page()
    sign_in(page, coordinator)
    assert page.url.endswith("/akun/langkah-kedua/")
    nothing_wrong(page)
    page.click("summary")
    secret = page.inner_text("#kunci").replace(" ", "")
    page.fill("[name=code]", f"{totp(b32decode(secret + '=' * (-len(secret) % 8))):06d}")
    send(page)
    page.fill("[name=password]", "kata-sandi-uji")
    send(page)
    nothing_wrong(page)
    codes = page.locator("main code").all_inner_texts()
    assert len(set(codes)) == 10
    page = open_page()
    sign_in(page, coordinator)
    assert page.url.endswith("/masuk/kode/")
    nothing_wrong(page)
    page.fill("[name=code]", codes[0].lower())
    send(page)
    page.goto("/kota/pengelola/")
    assert page.locator("main h2").count() >= 2


def test_who_guesses_waits_and_the_owner_does_not(
        open_page: Callable[..., Page], librarian: Any, nothing_wrong: Callable[[Page], None]) -> None:
    guesser = open_page()
    for _n in range(6):
        sign_in(guesser, librarian, "bukan-kata-sandinya")
    assert "30 " in guesser.inner_text("#kesalahan")
    nothing_wrong(guesser)
    page = open_page()
    sign_in(page, librarian)
    page.goto("/akun/")
    assert page.input_value("[name=name]") == librarian.name


def test_a_password_can_be_looked_at_while_typing(page: Page, db: None) -> None:
    page.goto("/masuk/")
    page.fill("[name=password]", PASSWORD)
    page.click("[aria-controls=id_password]")
    assert page.get_attribute("[name=password]", "type") == "text"
    page.click("[aria-controls=id_password]")
    assert page.get_attribute("[name=password]", "type") == "password"
