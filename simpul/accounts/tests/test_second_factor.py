"""The second step: an app's code or a backup code after the password."""

from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from simpul.accounts.actions import second_factor as factor
from simpul.core.actor import Actor, ActorKind
from simpul.core.models import JournalLine

PASSWORD = "kata-sandi-uji"
SET_UP = "/akun/langkah-kedua/"


def by(account):
    return Actor(kind=ActorKind.ACCOUNT, id=account.pk)


def sign_in_at(client, account):
    return client.post("/masuk/", {"name": account.phone, "password": PASSWORD})


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def real_coordinator(coordinator):
    coordinator.is_demonstration = False
    coordinator.save()
    return coordinator


def test_a_coordinator_without_it_lands_on_the_set_up_page_and_has_no_city_role(real_coordinator):
    client = Client()
    assert sign_in_at(client, real_coordinator)["Location"] == SET_UP
    answer = client.get("/kota/pengelola/")
    assert answer.status_code == 404


def test_a_librarian_is_offered_it_but_goes_on(librarian):
    assert sign_in_at(Client(), librarian)["Location"] == "/hari-ini/"


def test_set_up_with_the_code_of_the_app_opens_the_city(real_coordinator):
    client = Client()
    sign_in_at(client, real_coordinator)
    page = client.get(SET_UP)
    waiting = TOTPDevice.objects.get(user=real_coordinator)
    assert (page.context["secret"].replace(" ", ""), waiting.confirmed) == (
        factor.readable_key(waiting).replace(" ", ""), False)
    client.get(SET_UP)
    assert TOTPDevice.objects.count() == 1
    wrong = client.post(SET_UP, {"code": "000000", "change": uuid4()})
    assert (wrong.status_code, wrong.context["form"].has_error("code")) == (200, True)
    right = client.post(SET_UP, {"code": f"{totp(waiting.bin_key):06d}", "change": uuid4()})
    assert right.status_code == 302
    assert client.get("/kota/pengelola/").status_code == 200


def test_the_password_alone_signs_nobody_in(librarian, with_app, at):
    code = with_app(librarian)
    client = Client()
    assert sign_in_at(client, librarian)["Location"] == "/masuk/kode/"
    assert (is_in(client), client.get("/akun/").status_code) == (False, 302)
    assert client.post("/masuk/kode/", {"code": "000000", "change": uuid4()}).status_code == 200
    assert not is_in(client)
    with time_machine.travel(at, tick=False):
        client = Client()
        sign_in_at(client, librarian)
        TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
        assert client.post("/masuk/kode/", {"code": code(), "change": uuid4()}).status_code == 302
        assert is_in(client)


def test_a_code_works_once(librarian, with_app):
    code = with_app(librarian)
    assert factor.check_code(librarian, code()) is not None
    assert factor.check_code(librarian, code()) is None


def test_wrong_codes_make_the_next_try_wait(librarian, with_app):
    code = with_app(librarian)
    assert factor.check_code(librarian, "000000") is None
    assert factor.check_code(librarian, code()) is None


def test_the_code_must_follow_the_password_within_ten_minutes(librarian, with_app, at):
    code = with_app(librarian)
    client = Client()
    with time_machine.travel(at, tick=False) as traveller:
        sign_in_at(client, librarian)
        traveller.shift(601)
        assert client.post("/masuk/kode/", {"code": code(), "change": uuid4()})["Location"] == "/masuk/"
    assert not is_in(client)


def test_the_code_page_alone_leads_to_sign_in(db):
    assert Client().get("/masuk/kode/")["Location"] == "/masuk/"


def test_backup_codes_are_shown_once_work_once_and_are_kept_as_hashes(librarian, at, change_id):
    id = change_id()
    codes = factor.make_backup_codes(account=librarian, by=by(librarian), at=at, id=id)
    assert (len(set(codes)), {len(code) for code in codes}) == (10, {10})
    assert factor.make_backup_codes(account=librarian, by=by(librarian), at=at, id=id) == codes
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert kept.isdisjoint(codes)
    typed = f"{codes[3][:5].lower()}-{codes[3][5:].lower()}"
    assert factor.check_code(librarian, typed) is not None
    assert factor.check_code(librarian, typed) is None
    assert factor.codes_left(librarian) == 9


def test_new_codes_end_the_old_ones(librarian, at, change_id):
    old = factor.make_backup_codes(account=librarian, by=by(librarian), at=at, id=change_id())
    factor.make_backup_codes(account=librarian, by=by(librarian), at=at, id=change_id())
    assert factor.check_code(librarian, old[0]) is None


def test_the_journal_holds_no_code(librarian, at, change_id):
    codes = factor.make_backup_codes(account=librarian, by=by(librarian), at=at, id=change_id())
    told = [str(line.__dict__) for line in JournalLine.objects.all()]
    assert [code for code in codes if any(code in text for text in told)] == []


def test_another_account_cannot_use_the_codes(librarian, volunteer, at, change_id):
    codes = factor.make_backup_codes(account=librarian, by=by(librarian), at=at, id=change_id())
    factor.make_backup_codes(account=volunteer, by=by(volunteer), at=at, id=change_id())
    assert factor.check_code(volunteer, codes[0]) is None


def test_a_session_that_never_took_the_second_step_cannot_change_it(librarian, with_app, sign_in):
    with_app(librarian)
    for url in (SET_UP + "kode-cadangan/", SET_UP + "hapus/"):
        client = sign_in(librarian)
        answer = client.post(url, {"password": PASSWORD, "change": uuid4()})
        assert (answer["Location"], is_in(client)) == (f"/masuk/?next={SET_UP}", False)
    assert (factor.is_set_up(librarian), factor.codes_left(librarian)) == (True, 0)


def test_setting_it_up_ends_every_other_session(librarian, sign_in):
    thief, owner = sign_in(librarian), sign_in(librarian)
    owner.get(SET_UP)
    waiting = TOTPDevice.objects.get(user=librarian)
    owner.post(SET_UP, {"code": f"{totp(waiting.bin_key):06}", "change": uuid4()})
    assert factor.is_set_up(librarian)
    assert owner.get("/akun/").status_code == 200
    assert thief.get("/akun/")["Location"] == "/masuk/?next=/akun/"


def test_backup_codes_and_removal_ask_for_the_password(librarian, with_app):
    code, client = with_app(librarian), Client()
    sign_in_at(client, librarian)
    client.post("/masuk/kode/", {"code": code(), "change": uuid4()})
    wrong = client.post(SET_UP + "kode-cadangan/", {"password": "salah-sekali", "change": uuid4()})
    assert (wrong.status_code, factor.codes_left(librarian)) == (200, 0)
    client.post(SET_UP + "kode-cadangan/", {"password": PASSWORD, "change": uuid4()})
    assert factor.codes_left(librarian) == 10
    client.post(SET_UP + "hapus/", {"password": "salah-sekali", "change": uuid4()})
    assert factor.is_set_up(librarian)
    client.post(SET_UP + "hapus/", {"password": PASSWORD, "change": uuid4()})
    assert (factor.is_set_up(librarian), factor.codes_left(librarian)) == (False, 0)


@pytest.mark.parametrize("url", [SET_UP, SET_UP + "hapus/", SET_UP + "kode-cadangan/", "/akun/", "/akun/kata-sandi/"])
def test_visitors_are_asked_to_sign_in(db, url):
    for answer in (Client().get(url), Client().post(url)):
        assert (answer.status_code, answer["Location"]) == (302, f"/masuk/?next={url}")


def test_a_verified_coordinator_acts_for_the_city(real_coordinator, with_app):
    code = with_app(real_coordinator)
    client = Client()
    sign_in_at(client, real_coordinator)
    client.post("/masuk/kode/", {"code": code(), "change": uuid4()})
    assert client.get("/kota/pengelola/").status_code == 200
