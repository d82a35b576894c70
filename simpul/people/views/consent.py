"""Consent: one guardian's, a class's printed sheet, the link, and its withdrawal."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.libraries.models import Library
from simpul.people import wordings
from simpul.people.actions import (
    ask_consent_by_link,
    link_token,
    make_consent_sheet,
    record_consent,
    withdraw_consent,
)
from simpul.people.forms import ConsentForm, SheetForm
from simpul.people.models import Consent, ConsentSheet, Member, Person
from simpul.people.queries import contact_for, printable, shortened
from simpul.people.views.pages import member_page, qr, staff_page, today

CHILD = Consent.Purpose.CHILD_MEMBERSHIP


@member_page
def consent(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    """Three ways to a guardian's consent: a link, a sheet, said here."""
    person = member.person
    form = ConsentForm(person.guardians.filter(ended_at__isnull=True).first(), request.POST or None,
                       request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: record_consent(
            library=library, given=[form.given_for(person)], how=form.cleaned_data["how"],
            evidence=form.cleaned_data["evidence"], by=request.actor, at=clock.now(), id=form.change_id)) is not None:
        say(request, _("The consent is written down. {name} may borrow.").format(name=person.name))
        return redirect("people:member", library.code, member.pk)
    open_link = person.consent_requests.filter(
        answered_at__isnull=True, revoked_at__isnull=True, expires_at__gt=clock.now()).first()
    link = open_link and request.build_absolute_uri(reverse("people:answer", args=[link_token(open_link.pk)]))
    contact = contact_for(person, today(library))
    return render(request, "people/consent.html", {
        "library": library, "member": member, "person": person, "form": form, "link": link, "request_row": open_link,
        "wording": wordings.current(CHILD), "whatsapp": link and whatsapp_link(contact.phone, _(
            "{library} asks for your consent so that {child} can borrow books. Read and answer here: {link}").format(
                library=library.name, child=shortened(person.name), link=link))})


@require_POST
@member_page
def ask(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    try:
        ask_consent_by_link(person=member.person, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
    return redirect("people:consent", library.code, member.pk)


@member_page
def withdraw(request: HttpRequest, library: Library, member: Member, consent: UUID) -> HttpResponse:
    row = get_object_or_404(member.person.consents.in_force(), pk=consent)
    if request.method == "POST":
        withdraw_consent(consent=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
        say(request, _("The consent is withdrawn from now on."))
        return redirect("people:member", library.code, member.pk)
    return render(request, "people/withdraw.html", {
        "library": library, "member": member, "consent": row, "is_membership": row.purpose == CHILD})


@member_page
def evidence(request: HttpRequest, library: Library, member: Member, consent: UUID) -> HttpResponse:
    row = get_object_or_404(member.person.consents.select_related("evidence"), pk=consent, evidence__isnull=False)
    return file_response(row.evidence)


@staff_page
def sheets(request: HttpRequest, library: Library) -> HttpResponse:
    """The sheets made so far; a typed code opens its sheet."""
    code = printable(request.GET.get("kode", "")).upper()
    rows = ConsentSheet.objects.filter(library=library).order_by("-made_at").prefetch_related("persons")
    if code and rows.filter(code=code).exists():
        return redirect("people:sheet_record", library.code, code)
    return render(request, "people/sheets.html", {
        "library": library, "code": code, "page": Paginator(rows, 20).get_page(request.GET.get("page"))})


@require_POST
@staff_page
def sheet_new(request: HttpRequest, library: Library) -> HttpResponse:
    """A sheet for the ticked members; without any it says so."""
    ids = [pk for pk in map(_uuid, request.POST.getlist("id")) if pk]
    persons = list(Person.objects.visible_to(request.actor).present().filter(library=library, member__in=ids)
                   .order_by("name_key"))
    try:
        sheet = make_consent_sheet(library=library, persons=persons, by=request.actor, at=clock.now(),
                                   id=change_id_of(request.POST))
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
        return redirect(reverse("people:list", args=[library.code]) + "?tampil=tanpa-persetujuan")
    return redirect("people:sheet", library.code, sheet.code)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _sheet(library: Library, code: str) -> tuple[ConsentSheet, list[Person], dict[UUID, object]]:
    sheet = ConsentSheet.objects.filter(library=library, code=printable(code).upper()).first()
    if sheet is None:
        raise Http404
    persons = list(sheet.persons.present().order_by("name_key").prefetch_related("guardians"))
    guardians = {person.pk: row for person in persons for row in reversed(person.guardians.all())
                 if row.ended_at is None}
    return sheet, persons, guardians


@staff_page
def sheet(request: HttpRequest, library: Library, sheet: str) -> HttpResponse:
    """The sheet to print and sign."""
    row, persons, guardians = _sheet(library, sheet)
    address = request.build_absolute_uri(reverse("people:sheet_record", args=[library.code, row.code]))
    return render(request, "people/sheet.html", {
        "library": library, "sheet": row, "rows": [(person, guardians.get(person.pk)) for person in persons],
        "wording": wordings.by_version(row.wording), "contact": wordings.current(Consent.Purpose.CONTACT),
        "qr": qr(address), "is_class": len(persons) > 1})


@staff_page
def sheet_record(request: HttpRequest, library: Library, sheet: str) -> HttpResponse:
    """The signed sheet comes back: tick who signed, add the photo."""
    row, persons, guardians = _sheet(library, sheet)
    agreed = set(Consent.objects.in_force().filter(person__in=persons, purpose=CHILD)
                 .values_list("person_id", flat=True))
    waiting = [person for person in persons if person.pk not in agreed]
    form = SheetForm(waiting, guardians, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        how = Consent.How.CLASS_SHEET if len(persons) > 1 else Consent.How.SHEET
        n = form.attempt(lambda: record_consent(
            library=library, given=form.given, how=how, evidence=form.cleaned_data["evidence"], sheet=row,
            by=request.actor, at=clock.now(), id=form.change_id))
        if n is not None:
            say(request, _("{n} consents are written down.").format(n=n))
            return redirect("people:sheet_record", library.code, row.code)
    return render(request, "people/sheet_record.html", {
        "library": library, "sheet": row, "form": form, "waiting": waiting,
        "agreed": [person for person in persons if person.pk in agreed]})
