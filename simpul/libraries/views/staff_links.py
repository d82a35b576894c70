"""The page behind a link: a GET, like the preview of WhatsApp, spends nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from simpul.accounts.entry import home, let_in, must_have_second_factor
from simpul.accounts.models import Account, Invitation
from simpul.accounts.passwords import Secret, hashing_turn
from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.actions import staff as act
from simpul.libraries.models import Library
from simpul.libraries.staff_forms import JoinForm, NewPasswordForm


@sensitive_post_parameters("password")
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Read the invitation (GET), accept it (POST)."""
    response = _answer(request, token)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # not "no-referrer": browsers then send "Origin: null" with the POST and Django's CSRF check refuses it.
    # "same-origin" keeps the address from every other site just as well.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    # a POST finds the link whatever became of it: a second tap of the same change gets the first answer
    link = act.find_link(token) if request.method == "POST" else act.open_link(token, clock.now())
    if link is None:
        return _gone(request)
    try:
        if link.account is not None:
            return _reset(request, link, link.account)
        return _accept(request, link)
    except act.LinkGone:
        return _gone(request)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "libraries/invitation_gone.html", status=410)


def _accept(request: HttpRequest, link: Invitation) -> HttpResponse:
    form = JoinForm(request.POST if request.method == "POST" and "as" not in request.POST else None,
                    initial={"name": link.for_name})
    page = {"form": form, "role": act.role_name(link.role), "link": link,
            "library": Library.objects.filter(pk=link.library_id).first() if link.library_id else None}
    if "as" in request.POST and request.user.is_authenticated:
        return _accept_as_herself(request, link, page)
    if form.is_bound and form.is_valid():
        told, typed = form.cleaned_data, form.cleaned_data["password"]
        account = form.attempt(lambda: _in_turn(lambda: act.accept_as_new(
            invitation=link, name=told["name"], phone=told["phone"], password=Secret(typed), by=_by(link),
            at=clock.now(), id=form.change_id)))
        # a repeated change gives the first account: only who knows its password gets in
        if account is not None and account.check_password(typed):
            say(request, _("Welcome, %(name)s.") % {"name": account.name})
            return let_in(request, account)
        if account is not None:
            raise act.link_gone()
    if form.is_bound and act.open_link(request.resolver_match.kwargs["token"], clock.now()) is None:
        raise act.link_gone()
    return render(request, "libraries/invitation.html", page)


def _accept_as_herself(request: HttpRequest, link: Invitation, page: dict[str, object]) -> HttpResponse:
    account = Account.objects.get(pk=request.user.pk)
    try:
        act.accept_as(invitation=link, account=account, by=request.actor, at=clock.now(),
                      id=change_id_of(request.POST))
    except act.LinkGone:
        raise
    except Refusal as refusal:
        return render(request, "libraries/invitation.html", page | {"refused": str(refusal)})
    say(request, _("You serve now as %(role)s.") % {"role": page["role"]})
    if must_have_second_factor(account) and not request.user.is_verified():
        return redirect("accounts:second_factor")
    return redirect(home())


def _reset(request: HttpRequest, link: Invitation, account: Account) -> HttpResponse:
    form = NewPasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data["password"]
        done = form.attempt(lambda: _in_turn(lambda: act.accept_reset(
            invitation=link, account=account, password=Secret(typed), by=_by(link), at=clock.now(),
            id=form.change_id)))
        if done is not None and done.is_active and done.check_password(typed):
            response = let_in(request, done)
            say(request, _("Your new password is saved."))
            return response
        if done is not None:
            raise act.link_gone()
    if form.is_bound and act.open_link(request.resolver_match.kwargs["token"], clock.now()) is None:
        raise act.link_gone()
    return render(request, "libraries/staff_reset.html", {"form": form, "account": account})


def _in_turn(do: Callable[[], Account]) -> Account:
    with hashing_turn():
        return do()


def _by(link: Invitation) -> Actor:
    return Actor(kind=ActorKind.LINK, id=link.pk)
