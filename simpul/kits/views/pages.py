"""What the pages of this room share."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.kits.models import Item, Kit, PartDone
from simpul.kits.permissions import can_keep_kits
from simpul.kits.queries import CARRIED_OUT, Shown, by_kind, fidelity_of, one_shown, shown
from simpul.kits.words import SHORT, as_text, facts_of, label_of, lines_of
from simpul.libraries.pages import city_page


def keeper_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The coordinator's. Mentors and administrators read kits, they change nothing."""

    @city_page
    @wraps(view)
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        if not can_keep_kits(request.actor):  # type: ignore[attr-defined]
            raise Http404
        return view(request, **rest)

    return page


def who(request: HttpRequest) -> dict[str, Any]:
    """By whom, when and as which change a one-button form acts."""
    return {"by": request.actor, "at": clock.now(), "id": change_id_of(request.POST)}  # type: ignore[attr-defined]


def kit_of(id: UUID) -> Kit:
    found = Kit.objects.with_counts().filter(pk=id).first()
    if found is None:
        raise Http404
    return found


def item_of(kit: UUID, item: UUID) -> Item:
    found = Item.objects.select_related("kit").filter(kit_id=kit, pk=item).first()
    if found is None:
        raise Http404
    return found


def kit_page(request: HttpRequest, kit: Kit, *, done: Mapping[UUID, PartDone] | None = None, status: int = 200,
             **more: Any) -> HttpResponse:
    """Its contents, credits and users; at a library with what it carried out (`done`, by item)."""
    rows = [one for one in shown(kit) if one.item.kind != "texts"]
    return render(request, "kits/kit.html", {
        "kit": kit, "groups": by_kind(rows), "n_adapted": sum(bool(one.adapted) for one in rows),
        "release": kit.releases.first(), "jp": sum(one.words.get("jp", 0) for one in rows if one.item.kind == "session"),
        "n_sessions": sum(one.item.kind == "session" for one in rows), "carried_out": CARRIED_OUT,
        "done": set(done or ()), "fidelity": fidelity_of(rows, done) if done is not None else None} | more, status=status)


def item_page(request: HttpRequest, item: Item, **more: Any) -> HttpResponse:
    """One object, field by field, with its origin and what reads differently here."""
    one = _reading(item)
    return render(request, "kits/item.html", {
        "kit": item.kit, "item": item, "one": one, "facts": facts_of(item.kind, one.words),
        "lines": [line for line in lines_of(item.kind, one.words, one.adapted) if line.name not in SHORT],
        "adapted": [(row, label_of(path, one.words), as_text(row.was)) for path, row in one.adapted.items()], **more})


def _reading(item: Item) -> Shown:
    try:
        return one_shown(item)
    except StopIteration:  # it went with a newer version, or was taken out
        raise Http404 from None
