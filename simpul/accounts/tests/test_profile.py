"""An account's own page: details, password, where it is signed in."""

from datetime import timedelta
from uuid import uuid4

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from simpul.accounts.models import Account, Session
from simpul.core.models import JournalLine

PASSWORD = "kata-sandi-uji"


def enter(account, agent="Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/126.0 Mobile Safari/537.36"):
    client = Client(headers={"User-Agent": agent})
    client.post("/masuk/", {"name": account.phone, "password": PASSWORD})
    return client


def is_in(client):
    return client.get("/akun/").status_code == 200


def test_details_are_changed_and_the_language_follows(librarian):
    client = enter(librarian)
    answer = client.post("/akun/", {"name": "Rina W.", "phone": "0813 1111 2222", "email": "Rina@Contoh.id",
                                    "language": "en", "change": uuid4()})
    librarian.refresh_from_db()
    assert (answer.status_code, librarian.name, librarian.phone, librarian.email, librarian.language,
            answer.cookies["django_language"].value) == (
        302, "Rina W.", "+6281311112222", "rina@contoh.id", "en", "en")


def test_another_accounts_number_or_address_is_refused_beside_its_field(librarian, volunteer):
    Account.objects.filter(pk=volunteer.pk).update(email="budi@contoh.id")
    client = enter(librarian)

    def faults(**told):
        given = {"name": "Rina", "phone": librarian.phone, "email": "", "language": "id", "change": uuid4()} | told
        return list(client.post("/akun/", given).context["form"].errors)

    assert faults(phone=volunteer.phone) == ["phone"]
    assert faults(email="BUDI@contoh.id") == ["email"]
    assert faults(phone="", email="") == ["phone"]
    assert faults(phone="123") == ["phone"]


def test_a_new_password_takes_the_old_one_and_ends_every_other_session(librarian):
    here, there = enter(librarian), enter(librarian)
    new = "empat kata yang saya ingat"

    def change(old, password):
        return here.post("/akun/kata-sandi/", {"password": old, "new_password": password, "change": uuid4()})

    assert change("salah-sekali", new).status_code == 200
    assert change(PASSWORD, "pendek").status_code == 200
    assert is_in(there)
    assert change(PASSWORD, new).status_code == 302
    assert [is_in(here), is_in(there)] == [True, False]
    librarian.refresh_from_db()
    assert librarian.check_password(new)


def test_the_journal_holds_neither_password_nor_its_fingerprint(librarian):
    client = enter(librarian)
    prints = []
    for password in ("empat kata yang saya ingat", "empat kata yang lain lagi"):
        line_id = uuid4()
        client.post("/akun/kata-sandi/", {"password": PASSWORD if not prints else "empat kata yang saya ingat",
                                          "new_password": password, "change": line_id})
        prints.append(JournalLine.objects.get(pk=line_id).fingerprint)
    assert prints[0] == prints[1]


def test_who_was_given_a_password_must_choose_one_first(librarian):
    Account.objects.update(must_change_password=True)
    client = Client()
    first = client.post("/masuk/", {"name": librarian.phone, "password": PASSWORD})
    assert first["Location"] == "/akun/kata-sandi/"
    assert client.get("/akun/")["Location"] == "/akun/kata-sandi/"
    client.post("/akun/kata-sandi/", {"password": PASSWORD, "new_password": "empat kata yang saya ingat",
                                      "change": uuid4()})
    assert is_in(client)


def test_where_i_am_signed_in_and_signing_out_everywhere_else(librarian, volunteer):
    here, there, third = enter(librarian), enter(librarian), enter(librarian)
    colleague = enter(volunteer)
    places = here.get("/akun/").context["places_signed_in"]
    assert [(place.browser, place.is_here) for place in places] == [
        ("Chrome, Android", True), ("Chrome, Android", False), ("Chrome, Android", False)]
    here.post("/akun/peramban/keluar/", {"key": there.session.row_key, "change": uuid4()})
    assert [is_in(here), is_in(there), is_in(third)] == [True, False, True]
    here.post("/akun/peramban/keluar/", {"change": uuid4()})
    assert [is_in(here), is_in(third), is_in(colleague)] == [True, False, True]


def test_nobody_ends_the_session_of_another(librarian, volunteer):
    here, colleague = enter(librarian), enter(volunteer)
    here.post("/akun/peramban/keluar/", {"key": colleague.session.row_key, "change": uuid4()})
    assert is_in(colleague)


def test_a_copy_of_the_database_opens_no_session(librarian):
    client = enter(librarian)
    cookie = client.cookies["sessionid"].value
    assert Session.objects.filter(session_key=cookie).count() == 0
    thief = Client()
    thief.cookies["sessionid"] = Session.objects.get().session_key
    assert not is_in(thief)


def test_a_session_ends_two_weeks_after_its_last_day(librarian, at):
    with time_machine.travel(at, tick=False) as traveller:
        client = enter(librarian)
        traveller.shift(timedelta(days=13))
        assert is_in(client)
        traveller.shift(timedelta(days=13))
        assert is_in(client)
        traveller.shift(timedelta(days=15))
        assert not is_in(client)


def test_the_page_asks_as_many_questions_for_three_browsers_as_for_one(librarian, django_assert_num_queries):
    client = enter(librarian)
    with CaptureQueriesContext(connection) as one:
        client.get("/akun/")
        asked = len(one)
    enter(librarian), enter(librarian)
    with django_assert_num_queries(asked):
        client.get("/akun/")


def test_a_mentors_roles_are_read_in_one_question(mentor, make_library, django_assert_num_queries, at):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/akun/")
            return len(queries), len(page.context["serves"])

    client = enter(mentor)
    client.get("/akun/")
    one = asked()
    for _n in range(2):
        mentor.roles.create(role="mentor", library=make_library(), starts_on=mentor.roles.first().starts_on)
    assert (one[1], asked()) == (1, (one[0], 3))


def test_language_is_changed_by_post_only_and_kept_by_the_account(librarian):
    visitor, client = Client(), enter(librarian)
    assert (visitor.get("/bahasa/").status_code, "django_language" in visitor.cookies) == (200, False)
    answer = visitor.post("/bahasa/", {"language": "en", "next": "https://jahat.id/"})
    assert (answer["Location"], visitor.cookies["django_language"].value) == ("/", "en")
    assert "django_language" not in Client().post("/bahasa/", {"language": "xx"}).cookies
    client.post("/bahasa/", {"language": "en", "next": "/akun/"})
    librarian.refresh_from_db()
    assert librarian.language == "en"


def test_the_accounts_language_comes_along_to_a_new_browser(librarian):
    Account.objects.update(language="en")
    assert enter(librarian).cookies["django_language"].value == "en"
