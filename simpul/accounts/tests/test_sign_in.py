"""Signing in: who gets in, who waits, and that nobody learns who has an account."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from simpul.accounts.actions import sign_in as action
from simpul.accounts.browsers import COOKIE, Browser
from simpul.accounts.models import Account, Session, SignInFailures
from simpul.core.phones import for_reading

WRONG = "bukan-kata-sandinya"
RIGHT = "kata-sandi-uji"
SIGN_IN = "/masuk/"


@pytest.fixture
def account(make_account, db):
    account = make_account("Rina Wulandari")
    account.email = "rina@contoh.id"
    account.save()
    return account


def attempt(client, name, password=WRONG, **more):
    return client.post(SIGN_IN, {"name": name, "password": password, **more})


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("written", ["{e164}", "0{local}", "62{local}", "+62 {local}", " 0{local} ", "8{rest}",
                                     "RINA@contoh.id"])
def test_number_and_address_are_read_however_they_are_written(account, written):
    local = account.phone.removeprefix("+62")
    client = Client()
    answer = attempt(client, written.format(e164=account.phone, local=local, rest=local[1:]), RIGHT)
    assert (answer.status_code, is_in(client)) == (302, True)


def test_known_and_unknown_names_get_the_same_answer_after_the_same_work(account, monkeypatch):
    hashed = []
    monkeypatch.setattr(action, "make_password", lambda password: hashed.append("unknown"))
    check = Account.check_password
    monkeypatch.setattr(Account, "check_password", lambda self, raw: hashed.append("known") or check(self, raw))

    def told(name):
        answer = attempt(Client(), name)
        body = answer.content.decode().replace(name, "NAME")
        for secret in ("csrfmiddlewaretoken",):
            start = body.index(secret)
            body = body[:start] + body[body.index(">", start):]
        return answer.status_code, body

    assert told(for_reading(account.phone)) == told("0812-9999-0000")
    assert hashed == ["known", "unknown"]


def test_unknown_names_are_locked_like_known_ones(account):
    def course(name):
        client = Client()
        return [attempt(client, name).status_code for _n in range(7)]

    assert course(account.phone) == course("081299990000") == [200] * 5 + [429] * 2


def test_the_lock_says_how_long_and_grows(account, at):
    client = Client()
    waits = []
    moment = at
    for _n in range(9):
        with time_machine.travel(moment, tick=False):
            answer = attempt(client, account.phone)
            if answer.status_code == 429:
                left = SignInFailures.objects.exclude(locked_until=None).order_by("-locked_until").first()
                waits.append(int((left.locked_until - moment).total_seconds()))
                moment = left.locked_until
                client.get(SIGN_IN)
                with time_machine.travel(moment, tick=False):
                    attempt(client, account.phone)
    assert waits == [30, 60, 120, 300]
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        text = attempt(client, account.phone).content.decode()
    assert "15 " in text


def test_while_an_attackers_browser_is_locked_another_one_gets_in(account):
    attacker, owner = Client(), Client()
    for _n in range(6):
        attempt(attacker, account.phone)
    assert attempt(attacker, account.phone, RIGHT).status_code == 429
    assert attempt(owner, account.phone, RIGHT).status_code == 302


def test_many_fresh_browsers_are_slowed_down_but_never_the_owners_known_one(account):
    owner = Client()
    attempt(owner, account.phone, RIGHT)
    owner.post("/keluar/")
    answers = [attempt(Client(), account.phone).status_code for _n in range(22)]
    assert answers == [200] * 20 + [429] * 2
    assert attempt(Client(), account.phone, RIGHT).status_code == 429
    assert attempt(owner, account.phone, RIGHT).status_code == 302


def test_a_known_browser_is_locked_by_itself(account):
    owner = Client()
    attempt(owner, account.phone, RIGHT)
    owner.post("/keluar/")
    assert [attempt(owner, account.phone).status_code for _n in range(6)] == [200] * 5 + [429]
    assert attempt(Client(), account.phone, RIGHT).status_code == 302


def test_the_locks_of_one_name_are_not_those_of_another_at_the_same_address(account, make_account):
    client, colleague = Client(), make_account("Budi Santoso")
    for _n in range(6):
        attempt(client, account.phone)
    assert attempt(client, colleague.phone, RIGHT).status_code == 302


def test_a_right_password_forgets_the_wrong_ones(account):
    client = Client()
    for _n in range(4):
        attempt(client, account.phone)
    attempt(client, account.phone, RIGHT)
    assert list(SignInFailures.objects.values_list("count", flat=True)) == [4]
    client.post("/keluar/")
    assert [attempt(client, account.phone).status_code for _n in range(5)] == [200] * 5


def test_failures_are_forgotten_after_a_day(account, at):
    client = Client()
    with time_machine.travel(at, tick=False):
        for _n in range(6):
            attempt(client, account.phone)
    with time_machine.travel(at + timedelta(hours=25), tick=False):
        assert [attempt(client, account.phone).status_code for _n in range(4)] == [200] * 4


def test_names_are_not_kept_in_the_counter(account):
    attempt(Client(), account.phone)
    assert [len(key) for key in SignInFailures.objects.values_list("key", flat=True)] == [64, 64]


def test_a_forged_browser_cookie_is_a_new_browser(account):
    client = Client()
    client.cookies[COOKIE] = "eyJhIjpbXX0:forged"
    answer = client.get(SIGN_IN)
    assert (answer.status_code, answer.cookies[COOKIE]["httponly"], answer.cookies[COOKIE]["samesite"]) == (
        200, True, "Lax")


def test_a_browser_forgets_the_oldest_of_many_accounts():
    from uuid import UUID

    browser = Browser("x")
    for n in range(10):
        browser = browser.after_sign_in(UUID(int=n))
    assert [browser.knows(UUID(int=n)) for n in range(10)] == [False] * 2 + [True] * 8


def test_the_way_on_leads_into_this_site_only(account):
    def leads(to):
        return attempt(Client(), account.phone, RIGHT, next=to)["Location"]

    home = reverse("web:today")
    assert [leads("/akun/"), leads("https://jahat.id/"), leads("//jahat.id"), leads("javascript:alert(1)")] == [
        "/akun/", home, home, home]


def test_the_session_gets_a_new_key(account):
    client = Client()
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    attempt(client, account.phone, RIGHT)
    assert client.cookies["sessionid"].value != before


def test_signing_out_takes_a_post(account):
    client = Client()
    attempt(client, account.phone, RIGHT)
    assert (client.get("/keluar/").status_code, is_in(client)) == (405, True)
    assert (client.post("/keluar/").status_code, is_in(client)) == (302, False)


def test_a_closed_account_is_told_so_only_after_the_right_password(account):
    Account.objects.update(is_active=False)
    wrong, right = Client(), Client()
    for client in (wrong, right):
        client.cookies["django_language"] = "en"
    closed = "This account is closed."
    assert attempt(wrong, account.phone).content.decode().count(closed) == 0
    assert attempt(right, account.phone, RIGHT).content.decode().count(closed) == 1
    assert not is_in(right)


def test_demonstration_accounts_work_on_this_machine_only(account):
    Account.objects.update(is_demonstration=True)
    here, away, proxied = Client(), Client(REMOTE_ADDR="10.0.0.7"), Client(headers={"X-Forwarded-For": "127.0.0.1"})
    rebound = Client(SERVER_NAME="elsewhere.example")  # a name of somebody else's that was pointed at this machine
    for client in (here, away, proxied, rebound):
        attempt(client, account.phone, RIGHT)
    assert [is_in(here), is_in(away), is_in(proxied), is_in(rebound)] == [True, False, False, False]


def test_a_demonstration_session_carried_away_is_ended(account):
    Account.objects.update(is_demonstration=True)
    client = Client()
    attempt(client, account.phone, RIGHT)
    assert client.get("/akun/").status_code == 200
    assert client.get("/akun/", REMOTE_ADDR="10.0.0.7").status_code == 302
    assert Session.objects.filter(account=account).count() == 0
    assert client.get("/akun/").status_code == 302


def test_a_password_longer_than_the_hasher_should_bear_is_not_hashed(account, monkeypatch):
    monkeypatch.setattr(Account, "check_password", lambda *_a: pytest.fail("hashed"))
    assert attempt(Client(), account.phone, "x" * 129).status_code == 200


def test_the_page_of_a_visitor_makes_no_session_and_asks_no_database(db, django_assert_num_queries):
    client = Client()
    with django_assert_num_queries(0):
        answer = client.get(SIGN_IN)
    assert (answer.status_code, "sessionid" in answer.cookies) == (200, False)


def test_every_post_needs_the_csrf_token(account):
    client = Client(enforce_csrf_checks=True)
    answers = [client.post(url).status_code for url in ("/masuk/", "/keluar/", "/bahasa/", "/akun/peramban/keluar/")]
    assert answers == [403] * 4
