"""Books as scenarios of indicators give them."""

from collections.abc import Mapping
from typing import Any

from simpul.catalogue.actions import add_copies, enter_quick_title, withdraw_copy
from simpul.catalogue.importing.drafts import CopyDraft
from simpul.catalogue.models import Copy, DigitalResource, Title
from simpul.core.ids import new_id


def copies(scene: Any, given: Mapping[str, Any]) -> None:
    """n titles with one copy each, entered on the day; `withdrawn` ones are taken out again on that day; `received` is the
    day of receipt. `of` names a title that the library holds: n further copies of it."""
    if "of" in given:
        title = Title.objects.get(title=given["of"], copies__library=scene.library(given))
        add_copies(title=title, library=scene.library(given), count=given.get("n", 1),
                   copy=CopyDraft(received_on=given.get("received")), **scene.who(given))
        return
    for n in range(given.get("n", 1)):
        who = scene.who(given)
        entered = enter_quick_title(title=f"{given.get('title', 'Buku')} {n}", library=scene.library(given), **who)
        if given.get("received"):
            Copy.objects.filter(pk=entered.pk).update(received_on=given["received"])
        if given.get("withdrawn"):
            copy = Copy.objects.filter(library=scene.library(given)).order_by("-pk").first()
            withdraw_copy(copy=copy, on=given["on"], **scene.who(given))


def digital(scene: Any, given: Mapping[str, Any]) -> None:
    """A title with n digital copies, offered from the day on."""
    at = scene.at(given)
    title = Title.objects.create(id=new_id(), title=given.get("title", "Digital"), recorded_at=at)
    for n in range(given.get("n", 1)):
        DigitalResource.objects.create(
            title=title, library=scene.library(given), kind="link", url=f"https://contoh.id/{title.pk}/{n}", rights="linked",
            added_on=given["on"], recorded_at=at)


SCENARIOS = {"copies": copies, "digital": digital}
