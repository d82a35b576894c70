"""Agreements of a library; those of the city stand below them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.advocacy.actions import edit_agreement, keep_agreement, restore_agreement, void_agreement
from simpul.advocacy.forms import AgreementForm
from simpul.advocacy.models import Agreement, Partner
from simpul.advocacy.next_steps import BEFORE_THE_END
from simpul.advocacy.permissions import can_keep
from simpul.advocacy.views.pages import agreement_of, form_page, page_of, today, who
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page, works_at


@require_safe
@library_page(counts)
def agreements(request: HttpRequest, library: Library) -> HttpResponse:
    """What binds partners and offices: those that end soon first."""
    day = today(library)
    rows = list(Agreement.objects.of(library.pk).select_related("partner").prefetch_related("renewals"))
    rows.sort(key=lambda one: (state_of(one, day) == "over", one.until_on is None, one.until_on, one.from_on))
    page = page_of(request, rows)
    return render(request, "advocacy/agreements.html", {
        "library": library, "page": page, "rows": [(row, state_of(row, day)) for row in page],
        "is_own": can_keep(request.actor, library.pk)})  # type: ignore[attr-defined]


def state_of(row: Agreement, day: Any) -> str:
    """"over", "ending" (within two months, and nothing renews it), "coming" or "binding"."""
    if row.until_on is not None and row.until_on < day:
        return "over"
    if row.from_on > day:
        return "coming"
    is_near = row.until_on is not None and row.until_on <= day + BEFORE_THE_END
    return "ending" if is_near and row.newer is None else "binding"


@require_safe
@library_page(works_at)
def agreement(request: HttpRequest, library: Library, agreement: UUID) -> HttpResponse:
    row = agreement_of(library, agreement)
    return render(request, "advocacy/agreement.html", {
        "library": library, "agreement": row, "state": state_of(row, today(library)), "newer": row.newer})


def filled(row: Agreement) -> dict[str, Any]:
    """What a form begins with."""
    return {name: getattr(row, name) for name in ("kind", "title", "partner", "office", "number", "from_on", "until_on")}


def told_in(form: AgreementForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "change"}


def _form(request: HttpRequest, library: Library, initial: dict[str, Any]) -> AgreementForm:
    return AgreementForm(request.POST or None, request.FILES or None, initial=initial,
                         partners=Partner.objects.of(library.pk))


@library_page(works_at)
def new(request: HttpRequest, library: Library) -> HttpResponse:
    asked = request.GET.get("mitra", "")
    form = _form(request, library, {"from_on": today(library), "partner": asked if len(asked) == 36 else None})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: keep_agreement(library=library, **told_in(form), **who(request, form.change_id)))
        if done:
            say(request, _("The agreement is kept."), undo=reverse("advocacy:agreement_void", args=[library.code, done.pk]))
            return redirect("advocacy:agreement", code=library.code, agreement=done.pk)
    return form_page(request, form, title=_("New agreement"), library=library, button=_("Keep"), has_files=True,
                     lead=_("PKS, MoU, SK or a letter of commitment, with its days and its paper."),
                     back=reverse("advocacy:agreements", args=[library.code]))


@library_page(works_at)
def edit(request: HttpRequest, library: Library, agreement: UUID) -> HttpResponse:
    row = agreement_of(library, agreement)
    form = _form(request, library, filled(row))
    if request.method == "POST" and form.is_valid() and form.attempt(
            lambda: edit_agreement(agreement=row, **told_in(form), **who(request, form.change_id))):
        say(request, _("Kept."))
        return redirect("advocacy:agreement", code=library.code, agreement=row.pk)
    return form_page(request, form, title=_("Correct the agreement"), library=library, button=_("Keep"), has_files=True,
                     lead=_("Without a new document the old one stays."),
                     back=reverse("advocacy:agreement", args=[library.code, row.pk]))


@library_page(works_at)
def renew(request: HttpRequest, library: Library, agreement: UUID) -> HttpResponse:
    """The one that takes its place; what stays the same is filled in."""
    row = agreement_of(library, agreement)
    begins = row.until_on.fromordinal(row.until_on.toordinal() + 1) if row.until_on else today(library)
    form = _form(request, library, filled(row) | {"from_on": begins, "until_on": None, "number": ""})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: keep_agreement(library=library, renews=row, **told_in(form),
                                                   **who(request, form.change_id)))
        if done:
            say(request, _("Renewed."))
            return redirect("advocacy:agreement", code=library.code, agreement=done.pk)
    return form_page(request, form, title=_("Renew the agreement"), library=library, button=_("Keep"), has_files=True,
                     lead=row.title, back=reverse("advocacy:agreement", args=[library.code, row.pk]))


@require_safe
@library_page(works_at)
def document(request: HttpRequest, library: Library, agreement: UUID) -> HttpResponse:
    row = agreement_of(library, agreement)
    if row.document is None:
        raise Http404
    return file_response(row.document)  # type: ignore[return-value]


@require_POST
@library_page(works_at)
def off(request: HttpRequest, library: Library, agreement: UUID) -> HttpResponse:
    row = void_agreement(agreement=agreement_of(library, agreement), **who(request))
    say(request, _("Taken back."), undo=reverse("advocacy:agreement_restore", args=[library.code, row.pk]))
    return redirect("advocacy:agreements", code=library.code)


@require_POST
@library_page(works_at)
def on(request: HttpRequest, library: Library, agreement: UUID) -> HttpResponse:
    restore_agreement(agreement=agreement_of(library, agreement), **who(request))
    say(request, _("Put back."))
    return redirect("advocacy:agreement", code=library.code, agreement=agreement)
