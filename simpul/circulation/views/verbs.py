"""One-button posts on a loan, a charge, an entry: each asks one action and goes back to where it was pressed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.circulation import actions
from simpul.circulation.actions.refusals import spoken
from simpul.circulation.models import Charge, InHouseUse, Loan
from simpul.circulation.views.scanning import REMEMBERED
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.people.models import Member
from simpul.people.queries import printable


def came_from(request: HttpRequest, otherwise: str, done: str = "") -> str:
    """The page the button was on (`next`, this host only); the desk remembers what was done."""
    target = request.POST.get("next", "")
    if not target.startswith("/") or not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return otherwise
    parts = urlsplit(target)
    if done and parts.path.endswith("/pinjam/"):
        query = dict(parse_qsl(parts.query))
        earlier = [line for line in query.get("done", "").split(",") if line and line != done]
        query["done"] = ",".join([done, *earlier][:REMEMBERED])
        return f"{parts.path}?{urlencode(query)}"
    return target


def _desk(library: Library) -> str:
    return reverse("circulation:desk", args=[library.code])


def _attempt(request: HttpRequest, library: Library, do: Callable[[], Any], *, said: Callable[[Any], str],
             letter: str = "", undo: str = "", row: UUID | None = None) -> HttpResponse:
    """Run the action; say what was done with its undo, or why not."""
    try:
        result = do()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(came_from(request, _desk(library)))
    target = came_from(request, _desk(library), f"{letter}{row}" if letter else "")
    if "done=" not in target or not letter:
        say(request, said(result), undo=reverse(undo, args=[library.code, row]) if undo else "")
    return redirect(target)


def _loan(library: Library, id: UUID) -> Loan:
    return get_object_or_404(Loan.objects.select_related("copy__title"), pk=id, library=library)


def _both(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.actor, "at": clock.now(), "id": change_id_of(request.POST)}


@library_page(works_at)
@require_POST
def return_loan(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    loan = _loan(library, id)
    return _attempt(request, library, lambda: actions.return_copy(copy=loan.copy, **_both(request)),
                    said=lambda _loan: _("Taken back: {title}").format(title=loan.copy.title.title),
                    letter="R", undo="circulation:undo_return", row=id)


@library_page(works_at)
@require_POST
def renew_loan(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    loan = _loan(library, id)
    because = printable(" ".join(request.POST.get("because", "").split()))
    return _attempt(request, library, lambda: actions.renew_loan(loan=loan, because=because, **_both(request)),
                    said=lambda new: _("Renewed until {day}: {title}").format(
                        day=spoken(new.due_on), title=loan.copy.title.title),
                    letter="N", undo="circulation:undo_renewal", row=id)


@library_page(works_at)
@require_POST
def mark_lost(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    loan = _loan(library, id)
    digits = "".join(ch for ch in request.POST.get("amount", "") if ch.isdecimal())[:8]
    return _attempt(
        request, library, lambda: actions.mark_lost(loan=loan, amount=int(digits or 0), **_both(request)),
        said=lambda _loan: _("Marked as lost: {title}").format(title=loan.copy.title.title),
        undo="circulation:undo_lost", row=id)


@library_page(works_at)
@require_POST
def undo_loan(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    return _undo(request, library, actions.undo_loan, loan=_loan(library, id))


@library_page(works_at)
@require_POST
def undo_return(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Also of another library's copy that came back here."""
    rows = Loan.objects.filter(library=library) | Loan.objects.filter(returned_to=library)
    return _undo(request, library, actions.undo_return, loan=get_object_or_404(rows, pk=id))


@library_page(works_at)
@require_POST
def undo_renewal(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    return _undo(request, library, actions.undo_renewal, loan=_loan(library, id))


@library_page(works_at)
@require_POST
def undo_lost(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    return _undo(request, library, actions.undo_lost, loan=_loan(library, id))


@library_page(works_at)
@require_POST
def undo_in_house(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    return _undo(request, library, actions.undo_in_house_use,
                 use=get_object_or_404(InHouseUse, pk=id, library=library))


def _undo(request: HttpRequest, library: Library, action: Callable[..., Any], **row: Any) -> HttpResponse:
    return _attempt(request, library, lambda: action(**row, **_both(request)), said=lambda _row: _("Undone."))


@library_page(works_at)
@require_POST
def pay_charge(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    charge = get_object_or_404(Charge, pk=id, library=library)
    digits = "".join(ch for ch in request.POST.get("amount", "") if ch.isdecimal())[:8]
    return _attempt(
        request, library, lambda: actions.pay_charge(charge=charge, amount=int(digits or 0), **_both(request)),
        said=lambda _charge: _("Received: Rp{amount}").format(amount=f"{int(digits or 0):,}".replace(",", ".")))


@library_page(works_at)
@require_POST
def waive_charge(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    charge = get_object_or_404(Charge, pk=id, library=library)
    because = printable(" ".join(request.POST.get("because", "").split()))
    return _attempt(request, library,
                    lambda: actions.waive_charge(charge=charge, because=because, **_both(request)),
                    said=lambda _charge: _("Waived."))


@library_page(works_at)
@require_POST
def remind(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Remember that this member was reminded; the message itself goes out from the phone."""
    member = get_object_or_404(Member, pk=id, loans__in=Loan.objects.open().filter(library=library))
    return _attempt(request, library,
                    lambda: actions.note_reminder(library=library, member=member, **_both(request)),
                    said=lambda _reminder: _("Noted as reminded today."))
