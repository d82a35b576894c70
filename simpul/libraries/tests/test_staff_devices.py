"""Tablets and connected systems: offered, paired once, revoked; a key is shown once and kept as a hash."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory

from simpul.accounts import throttle
from simpul.accounts.actions.devices import (
    CodeOutOfDate,
    WrongPairingCode,
    offer_device,
    pair_device,
    revoke_device,
)
from simpul.accounts.actions.tokens import make_token, revoke_token
from simpul.accounts.models import ApiToken, Device
from simpul.core.actor import Actor, ActorKind
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.libraries.api_auth import BearerToken
from simpul.libraries.middleware import DEVICE_COOKIE, actor_for


@pytest.fixture
def offer(library, by_librarian, at, change_id):
    def make(**given):
        told = {"library_id": library.pk, "name": "Pintu depan", "kind": Device.Kind.KIOSK, "by": by_librarian,
                "at": at, "id": change_id()} | given
        return offer_device(**told)

    return make


def test_a_code_pairs_one_tablet_once(offer, at, change_id, library):
    offered = offer()
    typed = f" {offered.code[:4].lower()}-{offered.code[4:]} "
    device, token = pair_device(code=typed, at=at, id=change_id())
    assert (device.library_id, len(offered.code), len(token), Device.objects.paired().count()) == (
        library.pk, 8, 43, 1)
    with pytest.raises(WrongPairingCode):
        pair_device(code=offered.code, at=at, id=change_id())
    with pytest.raises(CodeOutOfDate):
        offer(id=device.pk)


def test_a_lost_answer_is_given_again(offer, at, change_id):
    id, pairing = change_id(), change_id()
    code = offer(id=id).code
    assert offer(id=id).code == code
    assert pair_device(code=code, at=at, id=pairing) == pair_device(code=code, at=at, id=pairing)


def test_the_code_lasts_a_quarter_of_an_hour(offer, at, change_id):
    offered = offer()
    with pytest.raises(WrongPairingCode):
        pair_device(code=offered.code, at=at + timedelta(minutes=15), id=change_id())
    pair_device(code=offered.code, at=at + timedelta(minutes=14), id=change_id())


def test_guessing_codes_is_slowed_down(offer, at, change_id):
    offered = offer()
    for _n in range(throttle.PAIRING.free):
        with pytest.raises(WrongPairingCode):
            pair_device(code="ZZZZZZZZ", at=at, id=change_id())
    with pytest.raises(throttle.Locked):
        pair_device(code=offered.code, at=at, id=change_id())
    pair_device(code=offered.code, at=at + timedelta(minutes=1), id=change_id())


def test_a_paired_tablet_writes_visits_of_one_library_until_it_is_revoked(offer, at, change_id, library, other_library,
                                                                         by_librarian):
    device, token = pair_device(code=offer().code, at=at, id=change_id())

    def actor():
        request = RequestFactory().get("/kios/")
        request.COOKIES[DEVICE_COOKIE] = token
        request.user = type("Nobody", (), {"is_authenticated": False})()
        return actor_for(request)

    assert [actor().works_at(library.pk, "visits.record"), actor().works_at(library.pk, "loans.record"),
            actor().works_at(other_library.pk, "visits.record"), actor().counts(library.pk)] == [
        True, False, False, False]
    revoke_device(device=device, by=by_librarian, at=at, id=change_id())
    assert actor().kind == ActorKind.VISITOR


def test_a_revoked_offer_pairs_nothing(offer, at, change_id, by_librarian):
    offered = offer()
    revoke_device(device=offered.device, by=by_librarian, at=at, id=change_id())
    with pytest.raises(WrongPairingCode):
        pair_device(code=offered.code, at=at, id=change_id())


def test_only_who_runs_the_library_connects_something_to_it(
        offer, at, change_id, library, by_librarian, by_volunteer, by_stranger, by_mentor, by_coordinator):
    device = offer().device
    token = make_token(name="INLISLite", library_id=library.pk, by=by_librarian, at=at, id=change_id()).token
    kiosk = Actor(kind=ActorKind.DEVICE, librarian_of=frozenset({library.pk}), only=frozenset({"visits.record"}))
    for by in (by_volunteer, by_stranger, by_mentor, kiosk):
        for do in (lambda by: offer(by=by),
                   lambda by: revoke_device(device=device, by=by, at=at, id=change_id()),
                   lambda by: make_token(name="X", library_id=library.pk, by=by, at=at, id=change_id()),
                   lambda by: revoke_token(token=token, by=by, at=at, id=change_id())):
            with pytest.raises(NotAllowed):
                do(by)
    assert offer(by=by_coordinator).device.library_id == library.pk


def test_a_coordinator_makes_no_key_because_a_key_reads_names(
        at, change_id, library, by_librarian, by_coordinator, coordinator, sign_in):
    with pytest.raises(NotAllowed):
        make_token(name="X", library_id=library.pk, by=by_coordinator, at=at, id=change_id())
    page = sign_in(coordinator).post(f"/perpustakaan/{library.code}/sambungan/", {"name": "X", "change": uuid4()})
    assert (page.context["made"], page.context["can_make"], ApiToken.objects.count()) == (None, False, 0)
    token = make_token(name="INLISLite", library_id=library.pk, by=by_librarian, at=at, id=change_id()).token
    revoke_token(token=token, by=by_coordinator, at=at, id=change_id())
    assert ApiToken.objects.valid().count() == 0


def test_a_key_is_kept_as_a_hash_and_opens_until_it_is_revoked(library, by_librarian, at, change_id):
    id = change_id()
    made = make_token(name="INLISLite", library_id=library.pk, by=by_librarian, at=at, id=id)
    again = make_token(name="INLISLite", library_id=library.pk, by=by_librarian, at=at, id=id)
    assert made == again
    assert made.secret not in str(JournalLine.objects.get().__dict__) + str(made.token.__dict__)

    def actor():
        request = RequestFactory().post("/api/v1/visits", headers={"Authorization": f"Bearer {made.secret}"})
        return BearerToken()(request) and request.actor

    assert (actor().kind, actor().works_at(library.pk)) == (ActorKind.TOKEN, True)
    assert ApiToken.objects.get().last_used_on is not None
    revoke_token(token=made.token, by=by_librarian, at=at, id=change_id())
    assert actor() is None


def test_the_pages_show_code_and_key_once(librarian, library, sign_in):
    browser = sign_in(librarian)
    devices, tokens = f"/perpustakaan/{library.code}/perangkat/", f"/perpustakaan/{library.code}/sambungan/"
    code = browser.post(devices, {"name": "Pintu depan", "change": uuid4()}).context["offered"].code
    key = browser.post(tokens, {"name": "INLISLite", "change": uuid4()}).context["made"].secret
    for page, secret in ((devices, code[:4]), (tokens, key)):
        assert browser.get(page).content.decode().count(f">{secret}") == 0
    assert browser.post(f"/perangkat/{Device.objects.get().pk}/putus/")["Location"] == devices
    assert browser.post(f"/sambungan/{ApiToken.objects.get().pk}/putus/")["Location"] == tokens


def test_strangers_and_visitors_revoke_nothing(stranger, sign_in, offer, library, by_librarian, at, change_id):
    device = offer().device
    token = make_token(name="INLISLite", library_id=library.pk, by=by_librarian, at=at, id=change_id()).token
    for url in (f"/perangkat/{device.pk}/putus/", f"/sambungan/{token.pk}/putus/"):
        assert sign_in(stranger).post(url).status_code == 404
        assert Client().post(url)["Location"] == f"/masuk/?next={url}"
    assert (Device.objects.filter(revoked_at=None).count(), ApiToken.objects.valid().count()) == (1, 1)
