"""Who serves at a library and in the city; inviting, ending, helping back in."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from simpul.accounts.actions.second_factor import is_set_up
from simpul.accounts.entry import own_address
from simpul.accounts.models import Account, Invitation
from simpul.core import clock
from simpul.core.actor import RANK, Actor, Role
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.refusal import NotAllowed, Refusal
from simpul.core.say import say
from simpul.libraries.actions import staff as act
from simpul.libraries.actions import staff_roles as roles
from simpul.libraries.models import Library, StaffRole
from simpul.libraries.pages import city_page, counts, library_page
from simpul.libraries.queries import staff as ask
from simpul.libraries.staff_forms import AssignForm, CityInviteForm, InviteForm
from simpul.libraries.staffing import can_give, can_give_some, can_help_back, manages_city


@never_cache
@library_page(counts)
def staff(request: HttpRequest, library: Library) -> HttpResponse:
    """Who serves here; for those who run it also the invitations."""
    return _library_staff(request, library, InviteForm(roles=can_give_some(request.actor, library.pk)))


def _library_staff(request: HttpRequest, library: Library, form: InviteForm) -> HttpResponse:
    actor, now = request.actor, clock.now()
    day = act.today(now)
    serving = ask.serving_at(library, day)
    can_invite = bool(can_give_some(actor, library.pk))
    return render(request, "libraries/staff.html", {
        "library": library, "serving": _with_rights(actor, serving, day), "form": form,
        "can_invite": can_invite, "links": ask.open_links(library, now) if can_invite else [],
        "before": ask.served_before(library, day) if can_invite else []})


def _with_rights(actor: Actor, serving: list[ask.Serving], day: date) -> list[dict[str, Any]]:
    """Rows and what the reader may do with each; an account's other roles decide about a new password."""
    held = ask.roles_of([one.account for one in serving], day)
    told = []
    for one in serving:
        can_end = can_give(actor, Role(one.role.role), one.role.library_id)
        told.append({"it": one, "can_end": can_end,
                     "can_reset": can_end and can_help_back(actor, held.get(one.account.pk, []))})
    return told


@never_cache
@library_page(counts)
@require_POST
def invite(request: HttpRequest, library: Library) -> HttpResponse:
    """Make a link and show it, on the answer to this very POST."""
    allowed = can_give_some(request.actor, library.pk)
    if not allowed:
        raise Http404
    form = InviteForm(request.POST, roles=allowed)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        made = form.attempt(lambda: act.invite(
            role=role, library=library, for_name=form.cleaned_data["for_name"], by=request.actor, at=clock.now(),
            id=form.change_id))
        if made:
            return _show_link(request, made, back=reverse("libraries:staff", args=[library.code]), library=library)
    return _library_staff(request, library, form)


def _show_link(request: HttpRequest, made: act.Invited, *, back: str, library: Library | None) -> HttpResponse:
    """The link once, with a message ready for WhatsApp."""
    link = made.invitation
    url = request.build_absolute_uri(reverse("libraries:invitation", args=[made.token]))
    told = {"url": url, "role": act.role_name(link.role) if link.role else "",
            "place": library.name if library else _("the whole city"),
            "name": link.account.name if link.account else link.for_name}
    if link.account:
        text = _("Hello %(name)s, with this link you choose a new password for Simpul. It works once, within 72 "
                 "hours: %(url)s") % told
    else:
        text = _("Hello %(name)s, you are invited to serve as %(role)s (%(place)s) with Simpul. Open this link "
                 "within 72 hours: %(url)s") % told
    return render(request, "libraries/staff_link.html", {
        "url": url, "text": text, "link": link, "back": back, "name": told["name"],
        "has_factor": bool(link.account) and is_set_up(link.account),
        "whatsapp": whatsapp_link(link.account.phone if link.account else None, text)})


@never_cache
@city_page
def city_staff(request: HttpRequest) -> HttpResponse:
    """Coordinators, administrators and mentors of the city."""
    if not manages_city(request.actor):
        raise Http404
    return _city_staff(request)


def _city_roles(request: HttpRequest) -> list[Role]:
    return [role for role in Role if RANK[role] <= request.actor.rank]


def _city_staff(request: HttpRequest, *, form: CityInviteForm | None = None,
                assign: AssignForm | None = None) -> HttpResponse:
    now, actor = clock.now(), request.actor
    day = act.today(now)
    return render(request, "libraries/staff_city.html", {
        "form": form or CityInviteForm(roles=_city_roles(request), initial={"role": Role.LIBRARIAN}),
        "assign": assign or AssignForm(initial={"starts_on": day}),
        "serving": _with_rights(actor, ask.serving_the_city(day), day),
        "mentors": ask.mentors(day), "links": ask.open_links_of_the_city(now)})


@never_cache
@city_page
@require_POST
def city_invite(request: HttpRequest) -> HttpResponse:
    if not manages_city(request.actor):
        raise Http404
    form = CityInviteForm(request.POST, roles=_city_roles(request))
    if form.is_valid():
        role, library = Role(form.cleaned_data["role"]), form.cleaned_data["library"]
        made = form.attempt(lambda: act.invite(
            role=role, library=library, for_name=form.cleaned_data["for_name"], by=request.actor, at=clock.now(),
            id=form.change_id))
        if made:
            return _show_link(request, made, back=reverse("libraries:city_staff"), library=library)
    return _city_staff(request, form=form)


@never_cache
@city_page
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """One mentor, many libraries."""
    if not manages_city(request.actor):
        raise Http404
    form = AssignForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        last_on = told["last_on"]
        added = form.attempt(lambda: roles.assign_mentor(
            account=told["account"], libraries=list(told["libraries"]), starts_on=told["starts_on"],
            ends_on=last_on + timedelta(days=1) if last_on else None, by=request.actor, at=clock.now(),
            id=form.change_id))
        if form.is_valid():
            say(request, _("%(name)s is mentor of %(n)d more libraries.") % {"name": told["account"].name, "n": added})
            return redirect("libraries:city_staff")
    return _city_staff(request, assign=form)


Act = Callable[[HttpRequest, Any, datetime, UUID], HttpResponse]


def one_button(model: type[Any]) -> Callable[[Act], Callable[..., HttpResponse]]:
    """A POST about one row: who may not do it gets 404; any other refusal is said on the page she came from."""

    def decorate(do: Act) -> Callable[..., HttpResponse]:
        @wraps(do)
        @never_cache
        @login_required
        @require_POST
        def view(request: HttpRequest, id: UUID) -> HttpResponse:
            row = get_object_or_404(model, pk=id)
            try:
                return do(request, row, clock.now(), change_id_of(request.POST))
            except NotAllowed:
                raise Http404 from None
            except Refusal as refusal:
                say(request, str(refusal), level=40)
                return redirect(back_of(request, row))

        return view

    return decorate


def back_of(request: HttpRequest, row: Any) -> str:
    """The page to return to: the one that asked, else the staff page of the row's library, else the city's."""
    asked = own_address(request, request.POST.get("next", ""))
    if asked:
        return asked
    library_id = getattr(row, "library_id", None)
    library = Library.objects.filter(pk=library_id).first() if library_id else None
    if library is None:
        return reverse("libraries:city_staff")
    if request.actor.counts(library.pk):
        return reverse("libraries:staff", args=[library.code])
    return reverse("web:start")


@one_button(StaffRole)
def role_end(request: HttpRequest, role: StaffRole, now: datetime, id: UUID) -> HttpResponse:
    roles.end_role(role=role, by=request.actor, at=now, id=id)
    is_own = role.account_id == request.actor.id
    say(request, _("%(name)s no longer serves as %(role)s.") % {
        "name": role.account.name, "role": act.role_name(role.role)},
        undo="" if is_own else reverse("libraries:role_restore", args=[role.pk]))
    return redirect("web:start" if is_own else back_of(request, role))


@one_button(StaffRole)
def role_restore(request: HttpRequest, role: StaffRole, now: datetime, id: UUID) -> HttpResponse:
    roles.restore_role(role=role, by=request.actor, at=now, id=id)
    say(request, _("%(name)s serves again.") % {"name": role.account.name})
    return redirect(back_of(request, role))


@one_button(Invitation)
def invitation_revoke(request: HttpRequest, invitation: Invitation, now: datetime, id: UUID) -> HttpResponse:
    act.revoke_invitation(invitation=invitation, by=request.actor, at=now, id=id)
    say(request, _("The invitation is withdrawn; its link opens nothing any more."))
    return redirect(back_of(request, invitation))


@one_button(Account)
def reset_link(request: HttpRequest, account: Account, now: datetime, id: UUID) -> HttpResponse:
    made = act.reset_link(account=account, by=request.actor, at=now, id=id)
    return _show_link(request, made, back=back_of(request, made.invitation), library=None)


@one_button(Account)
def second_factor_take_away(request: HttpRequest, account: Account, now: datetime, id: UUID) -> HttpResponse:
    act.take_second_factor_away(account=account, by=request.actor, at=now, id=id)
    say(request, _("The second step of %(name)s is taken away.") % {"name": account.name})
    return redirect(back_of(request, account))
