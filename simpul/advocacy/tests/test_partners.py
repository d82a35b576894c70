"""Partners: found by name, kept once, seen by whom they concern."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from conftest import TODAY
from simpul.advocacy.actions import add_partner, partner_named, record_publicity
from simpul.advocacy.actions.refusals import AlreadyThere, NameMissing, WrongDay, WrongLink, WrongPhone
from simpul.advocacy.models import Partner, Publicity
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library


def test_a_partner_is_found_however_it_is_written(library: Library, make_partner: Callable[..., Partner],
                                                  at: datetime) -> None:
    partner = make_partner("PKK Sukasari")
    assert partner_named(library=library, name="  pkk   SUKASARI ", at=at, id=new_id()) == partner
    assert partner_named(library=library, name="P.K.K", at=at, id=new_id()) != partner


def test_naming_twice_adds_one(library: Library, at: datetime) -> None:
    first = partner_named(library=library, name="Toko Maju", kind=Partner.Kind.COMPANY, at=at, id=new_id())
    assert partner_named(library=library, name="toko maju", at=at, id=new_id()) == first
    assert (first.kind, first.since_on) == (Partner.Kind.COMPANY, TODAY)


def test_the_librarys_own_partner_comes_before_the_citys(
        library: Library, other_library: Library, make_partner: Callable[..., Partner], by_coordinator: Actor,
        at: datetime) -> None:
    of_city = make_partner("Bunda Literasi", library=None, by=by_coordinator)
    assert partner_named(library=other_library, name="bunda literasi", at=at, id=new_id()) == of_city
    own = make_partner("Bunda Literasi")
    assert partner_named(library=library, name="bunda literasi", at=at, id=new_id()) == own
    assert partner_named(library=other_library, name="bunda literasi", at=at, id=new_id()) == of_city


def test_signs_alone_are_different_names(library: Library, at: datetime) -> None:
    assert partner_named(library=library, name="!!!", at=at, id=new_id()) != partner_named(
        library=library, name="???", at=at, id=new_id())


@pytest.mark.parametrize(("given", "refusal"), [
    ({"name": " "}, NameMissing), ({"contact_phone": "12"}, WrongPhone), ({"since_on": date(2026, 3, 11)}, WrongDay),
    ({"name": "pkk sukasari"}, AlreadyThere)])
def test_what_cannot_be_is_refused(make_partner: Callable[..., Partner], given: dict[str, Any],
                                   refusal: type[Exception]) -> None:
    make_partner("PKK Sukasari")
    with pytest.raises(refusal):
        make_partner(**({"name": "Posyandu Mawar"} | given))
    assert Partner.objects.count() == 1


def test_a_stranger_adds_nothing_and_the_city_is_the_coordinators(
        library: Library, by_stranger: Actor, by_librarian: Actor, at: datetime) -> None:
    for where, who in ((library, by_stranger), (None, by_librarian)):
        with pytest.raises(NotAllowed):
            add_partner(library=where, name="PKK", by=who, at=at, id=new_id())
    assert Partner.objects.count() == 0


def publish(library: Library, by: Actor, at: datetime, **given: Any) -> Publicity:
    return record_publicity(**({"library": library, "channel": "instagram", "on": TODAY, "by": by, "at": at,
                                "id": new_id()} | given))


def test_the_same_link_is_one_publicity(library: Library, by_volunteer: Actor, at: datetime) -> None:
    about = f"activities.Activity:{uuid4()}"
    one = publish(library, by_volunteer, at, link="instagram.com/p/1", about=about)
    assert one.link == "https://instagram.com/p/1"
    assert publish(library, by_volunteer, at, link="https://instagram.com/p/1", about=about) == one
    assert publish(library, by_volunteer, at, link="https://instagram.com/p/1") != one


@pytest.mark.parametrize("link", [
    "javascript:alert(1)", "http://contoh.id/a", "data:text/html,x", "https://", "ftp://a.id", "https://a b\"c",
    "https://user@evil.example/", "https://[", "mailto:a@b.id"])
def test_only_https_links(library: Library, by_volunteer: Actor, at: datetime, link: str) -> None:
    with pytest.raises(WrongLink):
        publish(library, by_volunteer, at, link=link)
