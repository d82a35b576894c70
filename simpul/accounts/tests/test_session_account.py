"""The account that comes with a session's row is let in exactly where Django's own check would let it in."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse

from simpul.accounts.models import Account, Session
from simpul.accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    account = Account.objects.create(name="Sari", phone="+6281234567890")
    account.set_password("buku-yang-baik")
    account.save()
    return account


@pytest.fixture
def signed_in(client, account):
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def store_of(client):
    return SessionStore(client.cookies["sessionid"].value)


def is_let_in(client):
    return client.get(reverse("accounts:profile")).status_code == 200


def test_session_and_account_come_in_one_question(signed_in, account, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert store_of(signed_in).account_signed_in() == account
    assert is_let_in(signed_in)


def test_without_a_session_nobody_is(client):
    assert SessionStore("none").account_signed_in() is None
    assert not is_let_in(client)


def test_another_password_ends_it(signed_in, account):
    account.set_password("buku-lain-lagi")
    account.save()
    assert store_of(signed_in).account_signed_in() is None
    assert not is_let_in(signed_in)


def test_a_closed_account_is_not_let_in(signed_in, account):
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert store_of(signed_in).account_signed_in() is None
    assert not is_let_in(signed_in)


@pytest.mark.parametrize(("key", "value"), [
    (BACKEND_SESSION_KEY, "somewhere.Else"), (HASH_SESSION_KEY, ""), (HASH_SESSION_KEY, "x"),
    (SESSION_KEY, "00000000-0000-0000-0000-000000000000")])
def test_what_the_session_says_must_fit(signed_in, key, value):
    session = signed_in.session
    session[key] = value
    encoded = session.encode(dict(session.items()))
    Session.objects.update(session_data=encoded)  # the row's account stays
    assert store_of(signed_in).account_signed_in() is None
    assert not is_let_in(signed_in)


def test_a_session_that_was_ended_or_ran_out_opens_nothing(signed_in):
    assert is_let_in(signed_in)
    Session.objects.all().delete()
    assert not is_let_in(signed_in)


def test_a_flushed_session_has_no_account(signed_in):
    store = store_of(signed_in)
    store.flush()
    assert store.account_signed_in() is None
