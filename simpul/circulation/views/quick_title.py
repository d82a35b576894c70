"""A book that nobody catalogued yet is lent by its title all the same."""

from urllib.parse import parse_qsl, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from simpul.catalogue.actions import enter_quick_title
from simpul.circulation.views.desk import show
from simpul.circulation.views.scanning import desk_of, lend
from simpul.circulation.views.verbs import came_from
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.ids import derived_id
from simpul.core.refusal import Refusal
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at


@library_page(works_at)
@require_POST
def quick_title(request: HttpRequest, library: Library) -> HttpResponse:
    """Enter title and copy in one go; lend it to the open member, or let it wait for one."""
    id = change_id_of(request.POST)
    title = "".join(ch if ch.isprintable() else " " for ch in request.POST.get("title", "")).strip()[:500]
    here = came_from(request, reverse("circulation:desk", args=[library.code]))
    state = desk_of(_query(here), library, request.actor, clock.now())
    state.change = derived_id(id, "loan")
    try:
        copy = enter_quick_title(library=library, title=title, by=request.actor, at=state.at, id=id)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(here)
    if state.member is None:
        state.waiting = copy
        return redirect(f"{reverse('circulation:desk', args=[library.code])}?{state.query}")
    lend(state, copy)
    if state.is_settled:
        return redirect(f"{reverse('circulation:desk', args=[library.code])}?{state.query}")
    return show(request, state)


def _query(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
