"""Letting an account in, once the password was right or a link was accepted."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django_otp import login as prove
from django_otp.models import Device as Factor

from simpul.accounts.actions.second_factor import is_set_up
from simpul.accounts.browsers import browser_of, describe, remember
from simpul.accounts.models import Account
from simpul.core import clock

BACKEND = "django.contrib.auth.backends.ModelBackend"
WAITING = "waits_for_code"      # session: {"account", "at", "to"} between password and code
FIRST = "must_first"            # session: address of the step that must come first
CODE_WITHIN = timedelta(minutes=10)


def own_address(request: HttpRequest, wanted: str) -> str:
    """`wanted` where it leads into this site, else nothing. A path begins with a slash: anything else `redirect` takes
    for the name of a page."""
    is_own = wanted.startswith(("/", "http://", "https://")) and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if is_own else ""


def let_in(request: HttpRequest, account: Account, *, to: str = "") -> HttpResponse:
    """Sign the account in and lead it on; where it has a second factor, ask for the code first."""
    if is_set_up(account):
        request.session.cycle_key()
        request.session[WAITING] = {"account": str(account.pk), "at": clock.now().isoformat(), "to": to}
        response: HttpResponse = redirect("accounts:sign_in_code")
    else:
        response = enter(request, account, to=to)
    remember(response, browser_of(request).after_sign_in(account.pk))
    return response


def waiting_account(request: HttpRequest, at: datetime) -> Account | None:
    """Whose password was right a moment ago and whose code is still missing."""
    kept = request.session.get(WAITING)
    began = parse_datetime(kept["at"]) if kept else None
    if kept is None or began is None or at - began > CODE_WITHIN:
        return None
    return Account.objects.filter(pk=kept["account"], is_active=True).first()


def enter(request: HttpRequest, account: Account, *, to: str = "", factor: Factor | None = None) -> HttpResponse:
    """Begin the session (its key is new) and go to the first thing this account has to do."""
    now = clock.now()
    login(request, account, backend=BACKEND)
    if factor is not None:
        prove(request, factor)
    request.session.pop(WAITING, None)
    request.session.update({"browser": describe(request), "began_at": now.isoformat(),
                            "seen_on": clock.local_date(now, settings.TIME_ZONE).isoformat()})
    response = HttpResponseRedirect(_first_step(request, account, to, has_proved=factor is not None))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and account.language != settings.LANGUAGE_CODE:
        set_language(response, account.language)
    return response


def _first_step(request: HttpRequest, account: Account, to: str, *, has_proved: bool) -> str:
    if account.must_change_password:
        request.session[FIRST] = reverse("accounts:password")
        return reverse("accounts:password")
    if not has_proved and must_have_second_factor(account):
        return reverse("accounts:second_factor")
    return to or home()


def home() -> str:
    try:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    except NoReverseMatch:
        return "/"


def must_have_second_factor(account: Account) -> bool:
    """Roles live above this app, so the rule is named in the settings and asked by name."""
    rule = import_string(settings.SECOND_FACTOR_RULE)
    return bool(rule(account, clock.local_date(clock.now(), settings.TIME_ZONE)))


def set_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE,
                        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
