"""What is kept, what is forgotten, and that hashing cannot be abused."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from simpul.accounts import passwords
from simpul.accounts.actions.tidying import forget_expired
from simpul.accounts.browsers import Browser, describe
from simpul.accounts.derived import code_of, token_of
from simpul.accounts.models import Account, Device, Invitation, Session, SignInFailures
from simpul.accounts.passwords import Argon2, Busy, Secret, hashing_turn
from simpul.accounts.personal_data import NOT_PERSONAL, PERSONAL
from simpul.accounts.throttle import ONE_BROWSER, claim, keys_for
from simpul.core.ids import new_id
from simpul.core.secrets import READABLE


def test_expired_sessions_old_failures_and_stale_offers_are_forgotten(volunteer, at):
    with time_machine.travel(at, tick=False):
        Client().post("/masuk/", {"name": volunteer.phone, "password": "kata-sandi-uji"})
        claim(keys_for("0812", None, Browser("x")), at)
        Device.objects.create(kind="kiosk", library_id=new_id(), name="Pintu", pairing_hash="x",
                              pairing_expires_at=at)
    assert forget_expired(at=at + timedelta(hours=23)) == 0
    assert forget_expired(at=at + timedelta(days=15)) == 4  # one session, three counters
    assert [model.objects.count() for model in (Session, SignInFailures, Device)] == [0, 0, 0]


def test_a_flood_of_sign_ins_waits_for_its_turn_and_is_told_so():
    inside, leave = threading.Semaphore(0), threading.Event()

    def hold():
        with hashing_turn():
            inside.release()
            leave.wait()

    holders = [threading.Thread(target=hold) for _n in range(passwords.HASHES_AT_ONCE)]
    for thread in holders:
        thread.start()
    for _thread in holders:
        inside.acquire()
    with pytest.raises(Busy), hashing_turn(patience=0.01):
        pass
    leave.set()
    for thread in holders:
        thread.join()
    with hashing_turn(patience=1):
        pass


def test_being_busy_is_not_a_failed_attempt(volunteer, monkeypatch):
    from simpul.accounts.actions import sign_in

    class Never:
        def __enter__(self):
            raise Busy("busy")

        def __exit__(self, *_args):
            pass

    monkeypatch.setattr(sign_in, "hashing_turn", Never)
    client = Client()
    for _n in range(ONE_BROWSER.free + 2):
        assert client.post("/masuk/", {"name": volunteer.phone, "password": "kata-sandi-uji"}).status_code == 200


def test_passwords_are_hashed_with_argon2id_in_19_mib():
    encoded = Argon2().encode("empat kata yang saya ingat", "saltsaltsalt")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert Argon2().verify("empat kata yang saya ingat", encoded)


def test_the_settings_use_that_hasher():
    from simpul.config import settings

    assert settings.PASSWORD_HASHERS[0] == "simpul.accounts.passwords.Argon2"


def test_a_secret_tells_nothing_of_itself():
    assert [str(Secret("rahasia")), repr(Secret("rahasia")), f"{Secret('rahasia')}"] == ["(secret)"] * 3


def test_derived_secrets_differ_by_change_and_purpose():
    one, other = new_id(), new_id()
    made = {token_of(one, "api"), token_of(one, "device"), token_of(other, "api")}
    assert (len(made), token_of(one, "api") in made) == (3, True)
    assert set(code_of(one, "pairing", 40)) <= set(READABLE)


@pytest.mark.parametrize(("agent", "told"), [
    ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome, Android"),
    ("Mozilla/5.0 (Linux; Android 13) SamsungBrowser/25.0 Chrome/121.0 Mobile", "Samsung Internet, Android"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari, iPhone"),
    ("Mozilla/5.0 (Windows NT 10.0; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox, Windows"),
    ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
    ("curl/8", ""), ("", "")])
def test_browsers_are_named_in_words(rf, agent, told):
    assert describe(rf.get("/", headers={"User-Agent": agent})) == told


def test_every_field_about_people_is_declared():
    models = (Account, Invitation, Device, Session, SignInFailures)
    fields = {f"{model._meta.model_name}.{field.name}" for model in models
              for field in model._meta.get_fields() if field.concrete}
    plain = {"account.id", "account.is_active", "account.is_demonstration", "account.must_change_password",
             "invitation.id", "device.id"}
    assert fields - plain - PERSONAL.keys() - NOT_PERSONAL == set()
    assert PERSONAL.keys() & NOT_PERSONAL == set()
