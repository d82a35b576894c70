"""Forms and templates of a kit become a library's drafts by one tap."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.activities.models import Activity
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.kits.actions import adapt_item, install_shipped, use_form, use_template
from simpul.kits.actions.refusals import WrongText
from simpul.kits.models import Item, Kit
from simpul.libraries.models import Library
from simpul.surveys.models import Survey


@pytest.fixture
def shipped(city: Any, who: Any) -> Kit:
    found: Kit = install_shipped(key="bimtek-tpbis", **who()).kit
    return found


def test_every_form_and_template_of_the_house_kit_can_be_used(shipped: Kit, library: Library, by_librarian: Actor,
                                                              at: Any) -> None:
    forms, templates = (list(Item.objects.filter(kind=kind)) for kind in ("form", "activity"))
    for form in forms:
        made = use_form(item=form, library=library, by=by_librarian, at=at, id=new_id())
        questions = made.versions.get(published_at=None).questions
        assert list(questions.values_list("text", flat=True)) == [one["text"] for one in form.content["questions"]]
    for one in templates:
        activity = use_template(item=one, library=library, by=by_librarian, at=at, id=new_id())
        assert (activity.gathering.title, activity.gathering.state, activity.kind) == (
            one.content["title"], "draft", one.content["kind"])
        assert activity.checklist[0]["text"] == one.content["needs"][0][:120]
    assert (Survey.objects.count(), Activity.objects.count()) == (len(forms), len(templates))


def test_what_the_city_adapted_is_what_the_library_gets_once(shipped: Kit, library: Library, by_librarian: Actor, at: Any,
                                                             who: Any) -> None:
    one, id = Item.objects.filter(kind="activity").first(), new_id()
    assert one is not None
    adapt_item(item=one, texts={"title": "Membaca nyaring di posyandu"}, **who())
    for _twice in range(2):
        made = use_template(item=one, library=library, by=by_librarian, at=at, id=id)
    assert (made.gathering.title, Activity.objects.count()) == ("Membaca nyaring di posyandu", 1)


def test_only_for_ones_own_library_and_only_what_it_is(shipped: Kit, library: Library, by_stranger: Actor,
                                                       by_librarian: Actor, at: Any) -> None:
    form = Item.objects.filter(kind="form").first()
    assert form is not None
    with pytest.raises(NotAllowed):
        use_form(item=form, library=library, by=by_stranger, at=at, id=new_id())
    with pytest.raises(WrongText):
        use_template(item=form, library=library, by=by_librarian, at=at, id=new_id())


def test_one_tap_on_the_page_and_the_librarys_own_figure(shipped: Kit, library: Library, librarian: Account,
                                                         sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(librarian)
    home = f"/perpustakaan/{library.code}/kit/{shipped.pk}/isi"
    form, template, indicator = (Item.objects.filter(kind=kind).first() for kind in ("form", "activity", "indicator"))
    for one, address in ((form, "survei"), (template, "kegiatan")):
        assert f"{home}/{one.pk}/{address}/" in browser.get(f"{home}/{one.pk}/").content.decode()  # type: ignore[union-attr]
        answer = browser.post(f"{home}/{one.pk}/{address}/", {"change": str(new_id())}, follow=True)  # type: ignore[union-attr]
        assert answer.status_code == 200
    assert (Survey.objects.count(), Activity.objects.count()) == (1, 1)
    assert browser.post(f"{home}/{form.pk}/kegiatan/", {"change": str(new_id())}).status_code == 302  # type: ignore[union-attr]
    assert Activity.objects.count() == 1
    assert f"/angka/{indicator.content['indicator']}/" in browser.get(f"{home}/{indicator.pk}/").content.decode()  # type: ignore[union-attr]
