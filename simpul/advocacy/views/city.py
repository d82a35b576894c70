"""The city's view: partners and whom they help, agreements, what each library does, the dates of the road."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.advocacy.actions import (
    add_partner,
    edit_agreement,
    edit_partner,
    end_partner,
    keep_agreement,
    restore_agreement,
    resume_partner,
    set_road_dates,
    void_agreement,
)
from simpul.advocacy.forms import AgreementForm, DatesForm, PartnerForm
from simpul.advocacy.models import Agreement, Partner
from simpul.advocacy.permissions import can_keep_for_city
from simpul.advocacy.queries.partners import cooperations_in, gifts_of, helping, lines_of
from simpul.advocacy.queries.road import city_dates
from simpul.advocacy.road import STEPS, day_of
from simpul.advocacy.views.agreements import filled, state_of, told_in
from simpul.advocacy.views.pages import form_page, page_of, today, who
from simpul.core import phones
from simpul.core.actor import Actor
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page
from simpul.people.queries import fold_name


def _coordinates(request: HttpRequest) -> None:
    if not can_keep_for_city(request.actor):  # type: ignore[attr-defined]
        raise Http404


def _ids(actor: Actor) -> list[UUID] | None:
    """The libraries this reader counts; None: all."""
    return None if actor.is_coordinator or actor.is_administrator else list(actor.mentor_of)


@require_safe
@city_page
def city(request: HttpRequest) -> HttpResponse:
    """What the libraries did for their standing within a year, in counts."""
    actor, day = request.actor, today()  # type: ignore[attr-defined]
    first = day - timedelta(days=364)
    page = page_of(request, Library.objects.counted_by(actor).order_by("name"))
    lines = lines_of([library.pk for library in page], first, day)
    agreements = Agreement.objects.ending_by(day + timedelta(days=60), day).select_related("partner", "library")
    ids = _ids(actor)
    if ids is not None:
        agreements = agreements.filter(library_id__in=ids)
    return render(request, "advocacy/city.html", {
        "page": page, "lines": [(library, lines[library.pk]) for library in page], "first": first, "day": day,
        "cooperations": cooperations_in(ids, first, day), "ending": agreements.order_by("until_on")[:20],
        "can_keep": can_keep_for_city(actor)})


@require_safe
@city_page
def partners(request: HttpRequest) -> HttpResponse:
    """Which partners help which libraries; the city's own first."""
    actor, text, kind = request.actor, request.GET.get("cari", "")[:80], request.GET.get("jenis", "")  # type: ignore[attr-defined]
    day, ids = today(), _ids(request.actor)  # type: ignore[attr-defined]
    rows = Partner.objects.exclude(ended_on__lte=day)
    rows = rows if ids is None else rows.filter(Q(library__isnull=True) | Q(library_id__in=ids))
    rows = rows.filter(kind=kind) if kind in Partner.Kind.values else rows
    for word in fold_name(text).split():
        rows = rows.filter(name_key__contains=word)
    page = page_of(request, rows.order_by(F("library").asc(nulls_first=True), "name_key", "pk"))
    found = helping(list(page))
    named = Library.objects.in_bulk({key for line in found for key in line.libraries})
    own = Agreement.objects.counting().filter(library__isnull=True).select_related("partner").prefetch_related("renewals")
    return render(request, "advocacy/city_partners.html", {
        "page": page, "text": text, "kind": kind, "kinds": Partner.Kind.choices, "can_keep": can_keep_for_city(actor),
        "rows": [(line, [named[key] for key in line.libraries if ids is None or key in ids]) for line in found],
        "agreements": [(one, state_of(one, day)) for one in own.order_by("-from_on")[:20]]})


def _city_partner(id: UUID) -> Partner:
    row = Partner.objects.filter(library__isnull=True, pk=id).first()
    if row is None:
        raise Http404
    return row


@city_page
def partner_new(request: HttpRequest) -> HttpResponse:
    _coordinates(request)
    form = PartnerForm(request.POST or None, initial={"since_on": today(), "kind": Partner.Kind.COMPANY})
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        done = form.attempt(lambda: add_partner(library=None, **told, **who(request, form.change_id)))
        if done:
            say(request, _("%(name)s is in the register.") % {"name": done.name})
            return redirect("advocacy:city_partner", partner=done.pk)
    return form_page(request, form, title=_("New partner of the city"), button=_("Add"), back=reverse("advocacy:city_partners"),
                     lead=_("It may help any library; every library's staff sees whom to call."))


@city_page
def partner(request: HttpRequest, partner: UUID) -> HttpResponse:
    """A partner of the city: what it gave to whom, and its entry to be corrected."""
    _coordinates(request)
    row = _city_partner(partner)
    form = PartnerForm(request.POST or None, initial={
        "name": row.name, "kind": row.kind, "contact_name": row.contact_name, "notes": row.notes,
        "contact_phone": phones.for_reading(row.contact_phone) if row.contact_phone else "", "since_on": row.since_on})
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        if form.attempt(lambda: edit_partner(partner=row, **told, **who(request, form.change_id))):
            say(request, _("Kept."))
            return redirect("advocacy:city_partner", partner=row.pk)
    gifts = gifts_of([row.pk]).get(row.pk, [])
    named = Library.objects.in_bulk({where for where, _gift in gifts})
    page = page_of(request, gifts)
    return render(request, "advocacy/city_partner.html", {
        "partner": row, "form": form, "page": page, "gifts": [(named[where], gift) for where, gift in page],
        "worth": sum(gift.worth or 0 for _where, gift in gifts)}, status=422 if form.errors else 200)


@require_POST
@city_page
def partner_end(request: HttpRequest, partner: UUID) -> HttpResponse:
    end_partner(partner=_city_partner(partner), **who(request))
    say(request, _("The partnership has ended; its history stays."),
        undo=reverse("advocacy:city_partner_resume", args=[partner]))
    return redirect("advocacy:city_partner", partner=partner)


@require_POST
@city_page
def partner_resume(request: HttpRequest, partner: UUID) -> HttpResponse:
    resume_partner(partner=_city_partner(partner), **who(request))
    say(request, _("A partner again."))
    return redirect("advocacy:city_partner", partner=partner)


def _agreement(id: UUID) -> Agreement:
    row = Agreement.objects.filter(library__isnull=True, pk=id).select_related("partner", "document").first()
    if row is None:
        raise Http404
    return row


def _agreement_form(request: HttpRequest, initial: dict[str, Any]) -> AgreementForm:
    return AgreementForm(request.POST or None, request.FILES or None, initial=initial,
                         partners=Partner.objects.filter(library__isnull=True))


@city_page
def agreement_new(request: HttpRequest) -> HttpResponse:
    """An agreement of the city; with `?ganti=` it takes the place of an older one."""
    _coordinates(request)
    asked = request.GET.get("ganti", "")
    older = Agreement.objects.counting().filter(library__isnull=True, pk=asked).first() if _is_id(asked) else None
    form = _agreement_form(request, filled(older) | {"from_on": today(), "until_on": None, "number": ""} if older else {
        "from_on": today()})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: keep_agreement(library=None, renews=older, **told_in(form), **who(request, form.change_id)))
        if done:
            say(request, _("The agreement is kept."), undo=reverse("advocacy:city_agreement_void", args=[done.pk]))
            return redirect("advocacy:city_agreement", agreement=done.pk)
    return form_page(request, form, title=_("New agreement"), button=_("Keep"), has_files=True,
                     lead=_("It binds the whole city; every library sees it."), back=reverse("advocacy:city_partners"))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@city_page
def agreement(request: HttpRequest, agreement: UUID) -> HttpResponse:
    _coordinates(request)
    row = _agreement(agreement)
    form = _agreement_form(request, filled(row))
    if request.method == "POST" and form.is_valid() and form.attempt(
            lambda: edit_agreement(agreement=row, **told_in(form), **who(request, form.change_id))):
        say(request, _("Kept."))
        return redirect("advocacy:city_agreement", agreement=row.pk)
    return render(request, "advocacy/city_agreement.html", {"agreement": row, "form": form, "state": state_of(row, today())},
                  status=422 if form.errors else 200)


@require_safe
@city_page
def agreement_document(request: HttpRequest, agreement: UUID) -> HttpResponse:
    _coordinates(request)
    row = _agreement(agreement)
    if row.document is None:
        raise Http404
    return file_response(row.document)  # type: ignore[return-value]


@require_POST
@city_page
def agreement_off(request: HttpRequest, agreement: UUID) -> HttpResponse:
    void_agreement(agreement=_agreement(agreement), **who(request))
    say(request, _("Taken back."), undo=reverse("advocacy:city_agreement_restore", args=[agreement]))
    return redirect("advocacy:city_partners")


@require_POST
@city_page
def agreement_on(request: HttpRequest, agreement: UUID) -> HttpResponse:
    restore_agreement(agreement=_agreement(agreement), **who(request))
    say(request, _("Put back."))
    return redirect("advocacy:city_agreement", agreement=agreement)


@city_page
def dates(request: HttpRequest) -> HttpResponse:
    """The calendar of the yearly road, for all libraries of the city."""
    _coordinates(request)
    year, own = today().year, city_dates()
    known: dict[str, date] = {step.key: day_of(step, year, own) for step in STEPS}
    form = DatesForm(request.POST or None, dates=known)
    if request.method == "POST" and form.is_valid():
        form.attempt(lambda: set_road_dates(dates=form.dates, **who(request, form.change_id)))
        if not form.errors:
            say(request, _("The dates are set for every library."))
            return redirect("advocacy:city")
    return form_page(request, form, title=_("Dates of the yearly road"), button=_("Keep"), back=reverse("advocacy:city"), lead=_(
        "Day and month count, the year does not: each January's road takes them. A library may have another day."))
