"""A library reads the installed kits and says which it works with."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.files.papers import pdf_response
from simpul.kits.actions import adopt_kit, leave_kit, tell_done, untell_done, use_form, use_template
from simpul.kits.models import Adoption, Item
from simpul.kits.permissions import can_adopt, can_read_kits, can_use, can_use_item
from simpul.kits.printing import guide
from simpul.kits.queries import done_of, figure_of, kits_for
from simpul.kits.views.city import name_of
from simpul.kits.views.pages import item_of, item_page, kit_of, kit_page, who
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at


@library_page(can_read_kits)
@require_safe
def kits(request: HttpRequest, library: Library) -> HttpResponse:
    return render(request, "kits/library.html", {
        "library": library, "kits": kits_for(library), "can_adopt": can_adopt(request.actor, library.pk)})  # type: ignore[attr-defined]


@library_page(can_read_kits)
@require_safe
def kit(request: HttpRequest, library: Library, kit: UUID) -> HttpResponse:
    row = kit_of(kit)
    return kit_page(request, row, library=library, done=done_of(row, library), can_tell=can_use(request.actor, library.pk))  # type: ignore[attr-defined]


@library_page(can_read_kits)
@require_safe
def item(request: HttpRequest, library: Library, kit: UUID, item: UUID) -> HttpResponse:
    row = item_of(kit, item)
    figure = figure_of(row.content, library, clock.now()) if row.kind == "indicator" else None
    return item_page(request, row, library=library, figure=figure,
                     can_use=can_use_item(request.actor, library.pk, row.kind))  # type: ignore[attr-defined]


@library_page(works_at)
@require_POST
def as_survey(request: HttpRequest, library: Library, kit: UUID, item: UUID) -> HttpResponse:
    """A form of the kit becomes a draft survey."""
    row = item_of(kit, item)
    try:
        made = use_form(item=row, library=library, **who(request))
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
        return redirect("kits:library_item", library.code, kit, item)
    say(request, _("A draft with these questions. Change what you like, then publish it."))
    return redirect("surveys:survey", library.code, made.pk)


@library_page(works_at)
@require_POST
def as_activity(request: HttpRequest, library: Library, kit: UUID, item: UUID) -> HttpResponse:
    """A template of the kit becomes a draft activity."""
    row = item_of(kit, item)
    try:
        made = use_template(item=row, library=library, **who(request))
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
        return redirect("kits:library_item", library.code, kit, item)
    say(request, _("A draft two weeks ahead. Set the day, change what you like, then announce it."))
    return redirect("activities:activity", library.code, made.pk)


@library_page(works_at)
@require_POST
def part_done(request: HttpRequest, library: Library, kit: UUID, item: UUID) -> HttpResponse:
    """This part was carried out here."""
    return _told(request, library, kit, tell_done, item_of(kit, item))


@library_page(works_at)
@require_POST
def part_undone(request: HttpRequest, library: Library, kit: UUID, item: UUID) -> HttpResponse:
    return _told(request, library, kit, untell_done, item_of(kit, item))


def _told(request: HttpRequest, library: Library, kit: UUID, action: Any, row: Item) -> HttpResponse:
    try:
        action(item=row, library=library, **who(request))
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
    return redirect(reverse("kits:library_kit", args=[library.code, kit]) + f"#b-{row.pk}")


@library_page(can_read_kits)
@require_safe
def guide_paper(request: HttpRequest, library: Library, kit: UUID) -> HttpResponse:
    row = kit_of(kit)
    return pdf_response(guide(row), name_of(row.title, row.version))


@library_page(can_adopt)
@require_POST
def adopt(request: HttpRequest, library: Library, kit: UUID) -> HttpResponse:
    row = adopt_kit(library=library, kit=kit_of(kit), **who(request))
    say(request, _("Written down: you work with version %(version)s.") % {"version": row.version})
    return redirect("kits:library", library.code)


@library_page(can_adopt)
@require_POST
def leave(request: HttpRequest, library: Library, adoption: UUID) -> HttpResponse:
    row = Adoption.objects.select_related("kit", "library").filter(pk=adoption, library=library).first()
    if row is None:
        raise Http404
    leave_kit(adoption=row, **who(request))
    say(request, _("Written down: you no longer work with it."))
    return redirect("kits:library", library.code)
