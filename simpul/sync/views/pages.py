"""Pages of a library: its phones, and what they told that a person must look at."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import segno
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page, library_page, works_at
from simpul.sync.actions import (
    ignore_event,
    offer_phone,
    prolong_phone,
    reopen_event,
    restore_phone,
    revoke_phone,
    settle_event,
    take_event,
)
from simpul.sync.actions.receiving import TooManyStrangers
from simpul.sync.forms import IgnoreForm, OfferForm, RescueForm, RevokeForm
from simpul.sync.handing_in import HandedIn, hand_in
from simpul.sync.models import Event, Phone
from simpul.sync.permissions import can_decide, can_manage, can_offer
from simpul.sync.queries.events import city_counts, count_waiting, counts_by_state, decided, shown, waiting
from simpul.sync.queries.phones import SILENT_AFTER, carriers, phones_of
from simpul.sync.rescue import NotARescueFile

PAGE = 20


def qr(content: str) -> SafeString:
    """A QR code as an SVG, black on white in the dark too: cameras read no other."""
    svg = segno.make(content, error="m").svg_inline(
        border=2, scale=4, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    return mark_safe(svg)  # noqa: S308 segno wrote it, the content is only drawn


@never_cache
@library_page(can_manage)
def phones(request: HttpRequest, library: Library) -> HttpResponse:
    """The phones of the library; a POST makes a code for one more and shows it."""
    at, may_offer = clock.now(), can_offer(request.actor, library.pk)
    who = carriers(library, at) if may_offer else []
    form = OfferForm(request.POST or None, accounts=who)
    offered = None
    if request.method == "POST" and form.is_valid():
        offered = form.attempt(lambda: offer_phone(
            library=library, account=form.cleaned_data["account"], name=form.cleaned_data["name"],
            by=request.actor, at=at, id=form.change_id))
    shell = request.build_absolute_uri("/telepon/")
    return render(request, "sync/phones.html", {
        "library": library, "offered": offered, "qr": qr(f"{shell}#pasang={offered.code}") if offered else "",
        "shell": shell, "form": OfferForm(accounts=who) if offered else form, "may_offer": may_offer, "has_carriers": bool(who),
        "phones": phones_of(library, at), "waiting": count_waiting(library.pk),
        "may_decide": can_decide(request.actor, library.pk)},
        status=422 if form.errors and not offered else 200)


def phone_page(allowed: Callable[[Any, UUID], bool]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Turn the address's `id` into a phone of the library."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @library_page(allowed)
        @wraps(view)
        def page(request: HttpRequest, library: Library, id: UUID, **rest: Any) -> HttpResponse:
            phone = Phone.objects.filter(library=library, pk=id).select_related("library", "account").first()
            if phone is None:
                raise Http404
            return view(request, library=library, phone=phone, **rest)

        return page

    return decorate


@phone_page(can_manage)
def revoke(request: HttpRequest, library: Library, phone: Phone) -> HttpResponse:
    """It ends; where it is lost, since when."""
    local = (phone.last_contact_at or phone.offered_at).astimezone(ZoneInfo(library.time_zone))
    form = RevokeForm(request.POST or None, initial={"since": local.strftime("%Y-%m-%dT%H:%M")})
    if request.method == "POST" and form.is_valid():
        since = _local(form.cleaned_data["since"], library) if form.cleaned_data["why"] == "lost" else None
        if form.attempt(lambda: revoke_phone(phone=phone, lost_since=since, by=request.actor, at=clock.now(),
                                             id=form.change_id)):
            say(request, _("%(name)s reads nothing any more. What it recorded stays.") % {"name": phone.name},
                undo=reverse("sync:restore", args=[library.code, phone.pk]))
            return redirect("sync:phones", code=library.code)
    return render(request, "sync/revoke.html", {"library": library, "phone": phone, "form": form},
                  status=422 if form.errors else 200)


def _local(moment: datetime, library: Library) -> datetime:
    """What was typed is the time on the wall of the library."""
    return moment.replace(tzinfo=ZoneInfo(library.time_zone))


@require_POST
@phone_page(can_offer)
def restore(request: HttpRequest, library: Library, phone: Phone) -> HttpResponse:
    restore_phone(phone=phone, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    say(request, _("%(name)s records again. What had waited is recorded.") % {"name": phone.name})
    return redirect("sync:phones", code=library.code)


@require_POST
@phone_page(can_offer)
def prolong(request: HttpRequest, library: Library, phone: Phone) -> HttpResponse:
    prolong_phone(phone=phone, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    say(request, _("%(name)s goes on for three months.") % {"name": phone.name})
    return redirect("sync:phones", code=library.code)


@never_cache
@require_safe
@library_page(works_at)
def records(request: HttpRequest, library: Library) -> HttpResponse:
    """What waits for a person; one tap each. `keadaan=selesai` shows what was decided."""
    state = request.GET.get("keadaan", "")
    rows = decided(library) if state == "selesai" else waiting(library)
    if state in Event.State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "sync/records.html", {
        "library": library, "page": page, "state": state, "counts": counts_by_state(library),
        "events": shown(list(page), library, reader=request.actor),
        "may_manage": can_manage(request.actor, library.pk)})


def event_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn the address's `id` into an event of the library; what is refused is said on the list."""

    @library_page(works_at)
    @wraps(view)
    def page(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
        event = Event.objects.filter(library=library, pk=id).select_related("phone", "library").first()
        if event is None:
            raise Http404
        return view(request, library=library, event=event)

    return page


def _one_tap(action: Callable[..., Event], told: Any, *, undo: bool) -> Callable[..., HttpResponse]:
    @require_POST
    @event_page
    def page(request: HttpRequest, library: Library, event: Event) -> HttpResponse:
        try:
            action(event=event, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
        except Refusal as refusal:
            say(request, str(refusal), level=30)
        else:
            say(request, str(told()), undo=reverse("sync:reopen", args=[library.code, event.pk]) if undo else "")
        return redirect("sync:records", code=library.code)

    return page


take = _one_tap(take_event, lambda: _("Recorded."), undo=False)
settle = _one_tap(settle_event, lambda: _("Looked at."), undo=True)
reopen = _one_tap(reopen_event, lambda: _("It waits again."), undo=False)


@event_page
def ignore(request: HttpRequest, library: Library, event: Event) -> HttpResponse:
    """Left out, with a word why; it is kept."""
    form = IgnoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: ignore_event(
            event=event, because=form.cleaned_data["because"], by=request.actor, at=clock.now(), id=form.change_id)):
        say(request, _("Left out. It is kept."), undo=reverse("sync:reopen", args=[library.code, event.pk]))
        return redirect("sync:records", code=library.code)
    return render(request, "sync/ignore.html", {
        "library": library, "form": form, "one": shown([event], library, reader=request.actor)[0]},
        status=422 if form.errors else 200)


@never_cache
@library_page(works_at)
def hand_in_here(request: HttpRequest, library: Library) -> HttpResponse:
    """A rescue file, on the library's own page."""
    return rescue_page(request, {"library": library})


def rescue_page(request: HttpRequest, more: dict[str, Any]) -> HttpResponse:
    """The form, and after a POST the receipts on the same page: nothing about a file is kept in the session."""
    form = RescueForm(request.POST or None, request.FILES or None)
    done: HandedIn | None = None
    if request.method == "POST" and form.is_valid():
        try:
            done = hand_in(form.content, at=clock.now())
        except (NotARescueFile, TooManyStrangers) as refusal:
            form.add_error("file", str(refusal))
    return render(request, "sync/rescue.html", {
        **more, "form": RescueForm() if done else form, "done": done,
        "attention": [one for one in done.receipts if one.says][:PAGE] if done else []},
        status=422 if form.errors and not done else 200)


@require_safe
@city_page
def city(request: HttpRequest) -> HttpResponse:
    """Which libraries have phones, how many are silent, how many records wait. Figures only."""
    actor = request.actor
    everywhere = actor.is_coordinator or actor.is_administrator
    libraries = Library.objects.all() if everywhere else Library.objects.filter(pk__in=actor.mentor_of)
    rows = city_counts(list(libraries.order_by("name")), clock.now() - SILENT_AFTER)
    rows.sort(key=lambda row: (-row.waiting, -row.silent, row.library.name))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "sync/city.html", {
        "page": page, "phones": sum(row.phones for row in rows), "silent": sum(row.silent for row in rows),
        "waiting": sum(row.waiting for row in rows), "libraries": len(rows)})
