"""A kit becomes a workshop; what a library carried out; what goes back to the makers."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.kits.actions import (
    adapt_item,
    bring_kit,
    install_shipped,
    propose_to_origin,
    tell_done,
    untell_done,
    use_curriculum,
)
from simpul.kits.actions.refusals import WrongText
from simpul.kits.models import Item, Kit
from simpul.kits.package import read
from simpul.kits.queries import done_of, fidelity_of, proposed_for, shown
from simpul.kits.tests.conftest import item
from simpul.kits.tests.making import SESSION, STAGE, kit
from simpul.libraries.models import Library
from simpul.training.models import Lesson, Workshop


@pytest.fixture
def shipped(city: Any, who: Any) -> Kit:
    found: Kit = install_shipped(key="bimtek-tpbis", **who()).kit
    return found


def test_the_curriculum_is_a_workshop_as_it_reads_here(shipped: Kit, library: Library, who: Any, by_librarian: Actor) -> None:
    one = Item.objects.filter(kind="session", content__jp__gt=0).order_by("position").first()
    assert one is not None
    adapt_item(item=one, texts={"title": "TPBIS di kota kami"}, **who())
    with pytest.raises(NotAllowed):
        use_curriculum(kit=shipped, library=library, first_on=date(2026, 4, 21), **(who() | {"by": by_librarian}))
    given = who()
    for _twice in "12":
        made = use_curriculum(kit=shipped, library=library, first_on=date(2026, 4, 21), **given)
    assert (Workshop.objects.count(), made.gathering.state, made.gathering.sessions.count()) == (1, "draft", 2)
    lessons = Lesson.objects.filter(workshop=made)
    assert lessons.count() == Item.objects.filter(kind="session").count()
    assert sum(lessons.values_list("jp", flat=True)) == 16
    assert {"opening", "pre_test", "topic", "plan", "post_test", "closing"} <= set(lessons.values_list("kind", flat=True))
    adapted = lessons.get(title="TPBIS di kota kami")
    assert one.content["steps"][0]["title"] in adapted.guide
    test = Item.objects.get(kind="test").content["questions"]
    assert sorted(made.test_key.values()) == sorted(question["right"] for question in test)
    assert len(made.handouts) == Item.objects.filter(kind="material").count()
    assert made.achievement == "Pengelola perpustakaan inklusif: bimtek replikasi 16 JP"
    assert made.criteria == Item.objects.get(kind="badge", content__jp=16).content["criteria"]


def test_faithful_and_free_are_told_apart(install: Any, library: Library, by_librarian: Actor, by_stranger: Actor,
                                          at: Any) -> None:
    row = install(kit(objects={"satu": ("session", SESSION), "dua": ("session", SESSION | {"set": "optional"}),
                               "tiga": ("session", SESSION), "siapkan": ("stage", STAGE)})).kit
    by = {"by": by_librarian, "at": at}
    for name in ("satu", "satu", "dua"):
        tell_done(item=item(name), library=library, id=new_id(), **by)
    found = fidelity_of(shown(row), done_of(row, library))
    assert (found.minimum, found.minimum_done, found.added) == (2, 1, 1)
    untell_done(item=item("dua"), library=library, id=new_id(), **by)
    assert fidelity_of(shown(row), done_of(row, library)).added == 0
    with pytest.raises(WrongText):
        tell_done(item=item("siapkan"), library=library, id=new_id(), **by)
    with pytest.raises(NotAllowed):
        tell_done(item=item("satu"), library=library, by=by_stranger, at=at, id=new_id())


def test_a_proposal_is_seen_as_a_difference_by_its_makers(install: Any, who: Any, coordinator: Account,
                                                          sign_in: Callable[[Account], Client]) -> None:
    row = install(kit()).kit
    with pytest.raises(WrongText):
        propose_to_origin(kit=row, **who())
    adapt_item(item=item("advokasi"), texts={"notes": "Undang <Camat>.", "title": "Advokasi di kecamatan"}, **who())
    edition = propose_to_origin(kit=row, **who())
    for one in item("advokasi").adaptations.all():  # the makers' node says it as it was
        one.ended_at = edition.made_at
        one.save()
    found = proposed_for(read(bytes(edition.archive)))
    assert found is not None
    assert [(one.path, one.theirs) for one in found[1]] == [("notes", "Undang <Camat>."), ("title", "Advokasi di kecamatan")]
    parcel = bring_kit(content=bytes(edition.archive), **who())
    browser, here = sign_in(coordinator), f"/kota/kit/kiriman/{parcel.pk}/"
    assert "Undang &lt;Camat&gt;." in browser.get(here).content.decode()
    taken = {"change": str(new_id()), "objek": str(item("advokasi").object_id), "bagian": "notes"}
    assert browser.post(f"{here}ambil/", taken).status_code == 302
    assert browser.post(f"{here}ambil/", taken | {"bagian": "nothing"}).status_code == 404
    assert item("advokasi").adaptations.standing().get().value == "Undang <Camat>."
    assert proposed_for(read(kit())) is None


def test_one_tap_each_on_the_pages(shipped: Kit, library: Library, librarian: Account, coordinator: Account,
                                   sign_in: Callable[[Account], Client]) -> None:
    form = {"change": str(new_id()), "host": library.code, "first_on": "2026-04-21"}
    office = sign_in(coordinator)
    assert office.post(f"/kota/kit/{shipped.pk}/bimtek/", form | {"first_on": ""}).status_code == 422
    answer = office.post(f"/kota/kit/{shipped.pk}/bimtek/", form)
    assert answer.headers["Location"] == f"/kota/bimtek/{Workshop.objects.get().pk}/"
    browser, here = sign_in(librarian), f"/perpustakaan/{library.code}/kit/{shipped.pk}/"
    part = Item.objects.filter(kind="session").first()
    assert part is not None
    assert browser.post(f"{here}isi/{part.pk}/dijalankan/", {"change": str(new_id())}).status_code == 302
    found = fidelity_of(shown(shipped), done_of(shipped, library))
    assert f"{found.minimum_done} dari {found.minimum} bagian wajib" in browser.get(here).content.decode()
    assert browser.post(f"{here}isi/{part.pk}/belum/", {"change": str(new_id())}).status_code == 302
    assert done_of(shipped, library) == {}


def test_a_kit_without_sessions_is_no_workshop(install: Any, library: Library, who: Any) -> None:
    row = install(kit(objects={"siapkan": ("stage", STAGE)})).kit
    with pytest.raises(WrongText):
        use_curriculum(kit=row, library=library, first_on=date(2026, 4, 21), **who())
