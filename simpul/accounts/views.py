"""Signing in and out, and the account's own page."""

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from simpul.accounts import entry, throttle
from simpul.accounts.actions import profile as own
from simpul.accounts.actions import second_factor as factor
from simpul.accounts.actions.sign_in import check_sign_in
from simpul.accounts.browsers import browser_of, is_this_machine, remember
from simpul.accounts.forms import CodeForm, OwnPasswordForm, PasswordForm, ProfileForm, SetUpForm, SignInForm
from simpul.accounts.models import Account
from simpul.accounts.passwords import Secret
from simpul.accounts.queries import kept_about, places_signed_in, serves_now
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    to = entry.own_address(request, request.POST.get("next") or request.GET.get("next", ""))
    browser = browser_of(request)
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            account = check_sign_in(name=form.cleaned_data["name"], password=form.cleaned_data["password"],
                                    browser=browser, is_this_machine=is_this_machine(request), at=clock.now())
            return entry.let_in(request, account, to=to)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 429 if isinstance(refusal, throttle.Locked) else 200
    elif request.method != "POST" and request.user.is_authenticated:
        return redirect(to or entry.home())
    response = render(request, "accounts/sign_in.html", {"form": form, "next": to}, status=status)
    remember(response, browser)
    return response


@sensitive_post_parameters("code")
@never_cache
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step, when the password was right a moment ago."""
    account = entry.waiting_account(request, clock.now())
    if account is None:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proved = factor.check_code(account, form.cleaned_data["code"])
        if proved is not None:
            return entry.enter(request, account, to=request.session[entry.WAITING]["to"], factor=proved)
        form.add_error("code", _("That code is not right, or was used already. Wait for the next one; after several "
                                 "wrong codes each try has to wait longer."))
    return render(request, "accounts/sign_in_code.html", {"form": form})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages, for this browser and for the signed-in account; only a POST changes it."""
    to = entry.own_address(request, request.POST.get("next", "") or request.headers.get("Referer", ""))
    if request.method != "POST":
        return render(request, "accounts/language.html", {"languages": settings.LANGUAGES, "next": to})
    response = redirect(to or "/")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        entry.set_language(response, chosen)
        if request.user.is_authenticated and request.user.language != chosen:
            own.change_profile(account=Account.objects.get(pk=request.user.pk), name=request.user.name,
                               phone=request.user.phone, email=request.user.email, language=chosen,
                               by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    return response


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    account = Account.objects.get(pk=request.user.pk)
    form = ProfileForm.of(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "phone", "email", "language")}
        if form.attempt(lambda: own.change_profile(
                account=account, by=request.actor, at=clock.now(), id=form.change_id, **told)):
            response = redirect("accounts:profile")
            entry.set_language(response, told["language"])
            say(request, _("Saved."))
            return response
    return render(request, "accounts/profile.html", {
        "form": form, "has_factor": factor.is_set_up(account), "kept": kept_about(account),
        "serves": serves_now(account, clock.local_date(clock.now(), settings.TIME_ZONE)),
        "must_have_factor": entry.must_have_second_factor(account),
        "places_signed_in": places_signed_in(account, request.session.row_key)})


@sensitive_post_parameters("password", "new_password")
@never_cache
@login_required
def password(request: HttpRequest) -> HttpResponse:
    account = Account.objects.get(pk=request.user.pk)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_hers(request, account, form):
        proved = request.user.otp_device
        form.attempt(lambda: own.set_password(account=account, password=Secret(form.cleaned_data["new_password"]),
                                              by=request.actor, at=clock.now(), id=form.change_id))
        if form.is_valid():
            request.session.pop(entry.FIRST, None)
            response = entry.enter(request, account, to="", factor=proved)
            say(request, _("The new password is saved. Every other browser was signed out."))
            return response
    return render(request, "accounts/password.html", {"form": form, "must": account.must_change_password})


@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    account = Account.objects.get(pk=request.user.pk)
    if factor.is_set_up(account):
        return render(request, "accounts/second_factor.html", {
            "form": OwnPasswordForm(), "left": factor.codes_left(account)})
    waiting = factor.begin_set_up(account)
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.attempt(lambda: factor.confirm_set_up(account=account, code=form.cleaned_data["code"],
                                                   keep=request.session.row_key, by=request.actor, at=clock.now(),
                                                   id=form.change_id))
        if form.is_valid():
            entry.prove(request, factor.authenticator(account))
            request.session.cycle_key()
            say(request, _("The second step is set up. Now take ten backup codes along."))
            return redirect("accounts:second_factor")
    return render(request, "accounts/second_factor_set_up.html", {
        "form": form, "must": entry.must_have_second_factor(account), "secret": factor.readable_key(waiting),
        "qr": segno.make(waiting.config_url, micro=False).svg_inline(
            scale=5, dark="#000", light="#fff", border=4, svgclass="qr", lineclass=None)})


@sensitive_post_parameters("password")
@never_cache
@login_required
@require_POST
def backup_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes, shown on the answer to this very POST."""
    account = Account.objects.get(pk=request.user.pk)
    form = OwnPasswordForm(request.POST)
    if not factor.is_set_up(account):
        return redirect("accounts:second_factor")
    if not request.user.is_verified():
        return _prove_first(request)
    if form.is_valid() and _is_hers(request, account, form):
        codes = form.attempt(lambda: factor.make_backup_codes(account=account, by=request.actor, at=clock.now(),
                                                              id=form.change_id))
        if codes:
            return render(request, "accounts/backup_codes.html", {"codes": codes})
    return render(request, "accounts/second_factor.html", {
        "form": form, "left": factor.codes_left(account)})


@sensitive_post_parameters("password")
@never_cache
@login_required
def second_factor_remove(request: HttpRequest) -> HttpResponse:
    account = Account.objects.get(pk=request.user.pk)
    if factor.is_set_up(account) and not request.user.is_verified():
        return _prove_first(request)
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_hers(request, account, form):
        form.attempt(lambda: factor.remove(account=account, by=request.actor, at=clock.now(), id=form.change_id))
        if form.is_valid():
            say(request, _("The second step is removed."), level=messages.WARNING)
            return redirect("accounts:profile")
    return render(request, "accounts/second_factor_remove.html", {"form": form})


@login_required
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Sign out one other browser (`key`), or all of them."""
    account = Account.objects.get(pk=request.user.pk)
    key, here = request.POST.get("key", ""), request.session.row_key
    told = {"account": account, "by": request.actor, "at": clock.now(), "id": change_id_of(request.POST)}
    if key:
        own.end_session(key=key, **told)
        say(request, _("That browser is signed out."))
    else:
        own.end_sessions(keep=here, **told)
        say(request, _("Every other browser is signed out."))
    return redirect("accounts:profile")


def _prove_first(request: HttpRequest) -> HttpResponse:
    """The second step is not changed by a session that never took it, whatever password it knows."""
    logout(request)
    say(request, _("Sign in again with your code first."), level=messages.WARNING)
    return redirect(f"{reverse('accounts:sign_in')}?next={reverse('accounts:second_factor')}")


def _is_hers(request: HttpRequest, account: Account, form: OwnPasswordForm) -> bool:
    """Is the password typed again hers? Guessing is slowed down like at the sign-in page."""
    try:
        check_sign_in(name=account.get_username(), password=form.cleaned_data["password"],
                      browser=browser_of(request), is_this_machine=is_this_machine(request), at=clock.now())
        return True
    except throttle.Locked as refusal:
        form.add_error("password", str(refusal))
    except Refusal:
        form.add_error("password", _("That is not your password."))
    return False
