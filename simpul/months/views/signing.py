"""Look through, explain, tell, sign, bring the paper back."""

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
from simpul.files.responses import file_response
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page, works_at
from simpul.months.actions import (
    answer_unusual,
    attach_scan,
    prepare_month,
    see_restatement,
    sign_month,
    tell_month,
    withdraw_answer,
)
from simpul.months.forms import AnswerForm, ScanForm, ToldForm
from simpul.months.models import Answer, Restatement, Signature
from simpul.months.queries.month import month as read_month
from simpul.months.views.pages import address, period_of, signature_of, who


@require_POST
@library_page(works_at)
def prepare(request: HttpRequest, library: Library, month: str) -> HttpResponse:
    """"I have looked": the librarian sees who did."""
    period = period_of(library, month)
    prepare_month(library=library, month=period.first, **who(request))
    say(request, _("Noted: you have looked through it. Now the librarian signs."))
    return redirect(address(library, period))


@require_POST
@library_page(works_at)
def sign(request: HttpRequest, library: Library, month: str) -> HttpResponse:
    period = period_of(library, month)
    try:
        row = sign_month(library=library, month=period.first, seen=request.POST.get("seen", "")[:16], **who(request))
    except Refusal as refusal:
        say(request, str(refusal), level=messages.WARNING)
        return redirect(address(library, period))
    say(request, _("Signed. %(month)s stands, version %(n)s.") % {"month": period.label, "n": row.version})
    return redirect(f"{address(library, period)}#tanda-tangan")


@require_POST
@library_page(works_at)
def answer(request: HttpRequest, library: Library, month: str) -> HttpResponse:
    period = period_of(library, month)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        say(request, _("Choose a reason."), level=messages.WARNING)
        return redirect(f"{address(library, period)}#tidak-biasa")
    told = {name: form.cleaned_data[name] for name in ("key", "reason", "words")}
    row = form.attempt(lambda: answer_unusual(library=library, month=period.first, **told, **who(request, form.change_id)))
    if row is None:
        say(request, " ".join(form.non_field_errors()) or _("Choose a reason."), level=messages.WARNING)
    else:
        say(request, _("Noted: %(reason)s.") % {"reason": row.said},
            undo=reverse("months:answer_withdraw", args=[library.code, period.code, row.pk]))
    return redirect(f"{address(library, period)}#tidak-biasa")


@require_POST
@library_page(works_at)
def answer_withdraw(request: HttpRequest, library: Library, month: str, answer: UUID) -> HttpResponse:
    period = period_of(library, month)
    row = Answer.objects.select_related("report").filter(
        pk=answer, report__library=library, report__month=period.first).first()
    if row is None:
        raise Http404
    withdraw_answer(library=library, answer=row, **who(request))
    say(request, _("Taken back."))
    return redirect(f"{address(library, period)}#tidak-biasa")


@library_page(works_at)
def told(request: HttpRequest, library: Library, month: str) -> HttpResponse:
    """The few facts that nobody could record."""
    period = period_of(library, month)
    known = list(read_month(library, period, clock.now()).told)
    form = ToldForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: tell_month(
            library=library, month=period.first, told=form.told, unknown=form.unknown, **who(request, form.change_id))):
        say(request, _("Kept."))
        return redirect(f"{address(library, period)}#catatan")
    return _form_page(request, form, library, title=_("What nobody could record"), button=_("Keep"),
                      lead=_("%(month)s. Every answer may be left open.") % {"month": period.label},
                      back=address(library, period))


@library_page(works_at)
def scan(request: HttpRequest, library: Library, month: str) -> HttpResponse:
    """Bring the paper back, with the signatures of librarian and lurah."""
    period = period_of(library, month)
    row = Signature.objects.standing().filter(library=library, month=period.first).first()
    if row is None:
        raise Http404
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.attempt(
            lambda: attach_scan(signature=row, file=form.file, **who(request, form.change_id))):
        say(request, _("The signed paper is kept with the month."))
        return redirect(f"{address(library, period)}#tanda-tangan")
    return _form_page(request, form, library, title=_("The signed paper"), button=_("Keep"), has_files=True,
                      lead=_("A photo of the printed report with its signatures, or a PDF."), back=address(library, period))


@require_safe
@library_page(counts)
def scan_file(request: HttpRequest, library: Library, month: str, version: int) -> HttpResponse:
    row = signature_of(library, period_of(library, month), version)
    if row.scan is None:
        raise Http404
    return file_response(row.scan)  # type: ignore[return-value]


@require_POST
@library_page(works_at)
def seen(request: HttpRequest, library: Library, month: str) -> HttpResponse:
    """The library has read what changed."""
    period = period_of(library, month)
    row = Restatement.objects.open().filter(library=library, month=period.first).first()
    if row is not None:
        see_restatement(restatement=row, **who(request))
    say(request, _("Noted. The difference goes on standing here until the month is signed again."))
    return redirect(address(library, period))


def _form_page(request: HttpRequest, form: Any, library: Library, **told: Any) -> HttpResponse:
    return render(request, "months/form.html", {"form": form, "library": library, **told}, status=422 if form.errors else 200)
