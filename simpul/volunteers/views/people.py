"""Who helps, one helper, her letters; what a letter's QR opens."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.files.papers import code_picture, pdf, pdf_response
from simpul.libraries.models import City, Library
from simpul.libraries.pages import city_page
from simpul.volunteers.actions import (
    add_helper,
    change_helper,
    end_helper,
    forget_helper,
    issue_letter,
    restore_helper,
    restore_letter,
    thank,
    withdraw_letter,
)
from simpul.volunteers.forms import HelperForm, LetterForm, ThanksForm
from simpul.volunteers.models import Helper, Letter
from simpul.volunteers.permissions import can_manage
from simpul.volunteers.queries import Help, help_of, letter_by_token, minutes_by_work, minutes_of, work_rows
from simpul.volunteers.tokens import letter_token
from simpul.volunteers.views.home import context_of
from simpul.volunteers.views.pages import do, helper_page, manager_page, staff_page, today
from simpul.volunteers.wording import hours_in_words

LETTER = Path(__file__).parents[1] / "papers" / "letter.typ"
YEAR, MONTH = timedelta(days=364), timedelta(days=29)


@staff_page
def helpers(request: HttpRequest, library: Library) -> HttpResponse:
    """Those who help; `tampil=berhenti` those who stopped."""
    stopped = request.GET.get("tampil") == "berhenti"
    rows = Helper.objects.filter(library=library, ended_on__isnull=not stopped).order_by("name")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    day = today(library)
    minutes = minutes_of([one.pk for one in page], day - MONTH, day)
    return render(request, "volunteers/helpers.html", {
        "library": library, "page": page, "lines": [(one, minutes.get(one.pk, 0)) for one in page], "stopped": stopped,
        "can_manage": can_manage(request.actor, library.pk)})


@manager_page
def helper_new(request: HttpRequest, library: Library) -> HttpResponse:
    form = HelperForm(request.POST or None, initial={"since_on": today(library)})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: add_helper(
            library=library, given=form.given, by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Written down. Now put her into the roster."))
            return redirect("volunteers:helper", library.code, done.pk)
    return render(request, "volunteers/form.html", context_of(
        form, library, heading=_("A new volunteer"), button=_("Write down"), lead=_(
            "Name and day are enough. Who has an account says herself that she helps."),
        back=reverse("volunteers:helpers", args=[library.code])), status=422 if form.errors else 200)


@helper_page(staff_page)
def helper(request: HttpRequest, library: Library, helper: Helper) -> HttpResponse:
    """Her hours of a year by kind, entry by entry; turns, letters, thanks."""
    day = today(library)
    minutes = minutes_by_work(helper, day - YEAR, day)
    rows = helper.services.counting().order_by("-happened_at")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    can = can_manage(request.actor, library.pk)
    return render(request, "volunteers/helper.html", {
        "library": library, "helper": helper, "page": page, "total": sum(minutes.values()), "can_manage": can,
        "bars": [{"label": label, "value": round(n / 60)} for label, n in work_rows(minutes)],
        "patterns": helper.patterns.filter(until_on__isnull=True), "letters": helper.letters.all()[:10] if can else [],
        "whatsapp": whatsapp_link(helper.phone, "") if helper.phone else ""})


@helper_page(manager_page)
def helper_edit(request: HttpRequest, library: Library, helper: Helper) -> HttpResponse:
    form = HelperForm(request.POST or None, initial=HelperForm.initial_of(helper))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: change_helper(
            helper=helper, given=form.given, by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Saved."))
            return redirect("volunteers:helper", library.code, helper.pk)
    return render(request, "volunteers/form.html", context_of(
        form, library, heading=_("Change"), button=_("Save"), lead=helper.name,
        back=reverse("volunteers:helper", args=[library.code, helper.pk])), status=422 if form.errors else 200)


@require_POST
@helper_page(manager_page)
def helper_end(request: HttpRequest, library: Library, helper: Helper) -> HttpResponse:
    return do(request, library, lambda: end_helper(
        helper=helper, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("She no longer helps here. Her hours stay."), to="volunteers:helper", args=(helper.pk,),
        undo=lambda done: reverse("volunteers:helper_restore", args=[library.code, done.pk]))


@require_POST
@helper_page(manager_page)
def helper_restore(request: HttpRequest, library: Library, helper: Helper) -> HttpResponse:
    return do(request, library, lambda: restore_helper(
        helper=helper, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("She helps here again."),
        to="volunteers:helper", args=(helper.pk,))


@helper_page(manager_page)
def helper_forget(request: HttpRequest, library: Library, helper: Helper) -> HttpResponse:
    """At her wish; this cannot be undone, so it is asked on a page of its own."""
    if request.method == "POST":
        return do(request, library, lambda: forget_helper(
            helper=helper, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
            _("Her name and number are erased. The hours stay as numbers."), to="volunteers:helpers")
    return render(request, "volunteers/forget.html", {"library": library, "helper": helper})


@helper_page(manager_page)
def helper_thank(request: HttpRequest, library: Library, helper: Helper) -> HttpResponse:
    form = ThanksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: thank(
            library=library, helper=helper, text=form.cleaned_data["text"], by=request.actor, at=clock.now(),
            id=form.change_id))
        if done is not None:
            say(request, _("She reads it on her page."),
                undo=reverse("volunteers:thanks_back", args=[library.code, done.pk]))
            return redirect("volunteers:helper", library.code, helper.pk)
    return render(request, "volunteers/form.html", context_of(
        form, library, heading=_("Say thank you"), button=_("Say thank you"), lead=helper.name,
        back=reverse("volunteers:helper", args=[library.code, helper.pk])), status=422 if form.errors else 200)


@helper_page(manager_page)
def letter_new(request: HttpRequest, library: Library, helper: Helper) -> HttpResponse:
    day = today(library)
    form = LetterForm(request.POST or None, initial={"first_on": helper.since_on, "last_on": day, "signer": _(
        "Head of %(library)s") % {"library": library.name}})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = form.attempt(lambda: issue_letter(
            helper=helper, first_on=told["first_on"], last_on=told["last_on"], signer=told["signer"],
            number=told["number"], by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("The letter is ready: print it and have it signed."))
            return redirect("volunteers:helper", library.code, helper.pk)
    return render(request, "volunteers/form.html", context_of(
        form, library, heading=_("Letter of service"), button=_("Make the letter"), lead=_(
            "%(name)s's hours of a period, on paper with a QR that proves it.") % {"name": helper.name},
        back=reverse("volunteers:helper", args=[library.code, helper.pk])), status=422 if form.errors else 200)


def _letter(library: Library, id: UUID) -> Letter:
    return get_object_or_404(Letter.objects.select_related("library__region__parent", "helper"), pk=id, library=library)


def _on(day: date) -> str:
    return formats.date_format(day, "j F Y")


@require_safe
@manager_page
def letter_paper(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    letter = _letter(library, id)
    if letter.withdrawn_at is not None:
        raise Http404
    address = request.build_absolute_uri(reverse("volunteers:letter_check", args=[letter_token(letter.pk)]))
    city = City.objects.first()
    made = pdf(LETTER, {
        "title": _("Letter of service"), "library": library.name, "address": library.address, "number": letter.number,
        "says": _("The undersigned certifies that"), "link": address,
        "facts": [[_("Name"), letter.helper.name], [_("As"), _("volunteer")], [_("Library"), library.name],
                  [_("Period"), f"{_on(letter.first_on)} – {_on(letter.last_on)}"],
                  [_("Hours in all"), hours_in_words(letter.total)]],
        "head": [_("Kind of help"), _("Hours")], "rows": [[label, hours_in_words(n)] for label, n in work_rows(letter.minutes)],
        "then": _("has helped at this library as written below. Thank you for the time and the care."),
        "place": f"{city.name.removeprefix('Kota ') if city else library.region.name}, {_on(letter.issued_on)}",
        "signer": letter.signer, "check": _("Scan to see whether this letter holds."),
    }, pictures={"qr.svg": code_picture(address)})
    return pdf_response(made, f"surat-keterangan-{letter.number.replace('/', '-')}".encode("ascii", "ignore").decode())


@require_POST
@manager_page
def letter_withdraw(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    letter = _letter(library, id)
    return do(request, library, lambda: withdraw_letter(
        letter=letter, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("Withdrawn. Whoever scans it sees that."), to="volunteers:helper", args=(letter.helper_id,),
        undo=lambda done: reverse("volunteers:letter_restore", args=[library.code, done.pk]))


@require_POST
@manager_page
def letter_restore(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    letter = _letter(library, id)
    return do(request, library, lambda: restore_letter(
        letter=letter, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("The letter holds again."),
        to="volunteers:helper", args=(letter.helper_id,))


@never_cache
@require_safe
def letter_check(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR opens, for everybody: does it hold, initials, period, hours. Nothing else."""
    letter = letter_by_token(token)
    if letter is None:
        raise Http404
    return render(request, "volunteers/letter_check.html", {"letter": letter, "hours": hours_in_words(letter.total)})


@city_page
def city(request: HttpRequest) -> HttpResponse:
    """Library by library: how many helped within a month, and how long; counts only."""
    day = clock.local_date(clock.now(), "Asia/Jakarta")
    libraries = Library.objects.counted_by(request.actor).order_by("name")
    found = help_of(list(libraries.values_list("pk", flat=True)), day - MONTH, day)
    page = Paginator(libraries, 20).get_page(request.GET.get("page"))
    return render(request, "volunteers/city.html", {
        "page": page, "lines": [(one, found.get(one.pk, Help())) for one in page],
        "helping": len(found), "active": sum(one.active for one in found.values()),
        "hours": round(sum(one.minutes for one in found.values()) / 60)})
