"""What is to be entered, ready to copy; what was entered; account and colour of the library."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page
from simpul.replication.views.pages import do, own, today_at
from simpul.tpbis.actions import Told, mark_entered, take_marks_back, take_told_back, tell_account, unmark
from simpul.tpbis.forms import AccountForm
from simpul.tpbis.models import Entered
from simpul.tpbis.parts import Part
from simpul.tpbis.permissions import can_enter, can_read
from simpul.tpbis.queries.accounts import standings
from simpul.tpbis.queries.items import Items, items_of

SHOWN = ("", "berubah", "sudah", "semua")


def period_of(request: HttpRequest, library: Library) -> Period:
    """`periode` of the address; this year where it is missing or wrong."""
    today = today_at(library)
    try:
        period = Period.parse(request.GET.get("periode", "").replace("\x00", "") or str(today.year))
    except Refusal:
        period = Period.of_year(today.year)
    return period if (period.last - period.first).days <= 366 else Period.of_year(today.year)


def kept(found: Items, shown: str, part: str) -> list[object]:
    rows = {"berubah": found.changed, "sudah": found.done, "semua": list(found.items)}.get(shown, found.waiting)
    return [one for one in rows if not part or one.part == part]


def at(library: Library, query: str = "") -> str:
    """The list's address; `query` as the page had it."""
    return reverse("tpbis:items", args=[library.code]) + (f"?{query}" if query else "")


@require_safe
@library_page(can_read)
def items(request: HttpRequest, library: Library) -> HttpResponse:
    """The working list, the oldest first; each with its blocks in the order of entry."""
    today, period = today_at(library), period_of(request, library)
    shown = request.GET.get("tampil", "")
    shown = shown if shown in SHOWN else ""
    part = request.GET.get("bagian", "")
    part = part if part in Part.values else ""
    is_own = request.actor.works_at(library.pk)
    found = items_of(library, period.first, period.last, today, is_own=is_own)
    months = [Period.of_month(month) for month in Period.of_year(period.first.year).months() if month <= today]
    tabs = [("", _("Not entered"), len(found.waiting)), ("berubah", _("Changed since"), len(found.changed)),
            ("sudah", _("Entered"), len(found.done)), ("semua", _("All"), len(found.items))]
    return render(request, "tpbis/items.html", {
        "library": library, "period": period, "found": found, "shown": shown, "part": part, "tabs": tabs, "is_own": is_own,
        "parts": [("", _("All"), 0), *((one.value, one.label, len(found.of(one))) for one in Part if found.of(one))],
        "periods": [Period.of_year(today.year - 1), Period.of_year(today.year), *reversed(months)],
        "page": Paginator(kept(found, shown, part), 20).get_page(request.GET.get("page")),
        "standing": standings([library], today)[library.pk], "can_enter": can_enter(request.actor, library.pk),
        "today": today, "query": request.GET.urlencode()})


@require_POST
@library_page(can_enter)
def mark(request: HttpRequest, library: Library) -> HttpResponse:
    """One item or all of a page: `rujukan`, as often as there are items."""
    id = change_id_of(request.POST)
    to = at(library, request.POST.get("kembali", "").replace("\x00", "")[:300].replace("\n", "").replace("\r", ""))
    try:
        n = mark_entered(library=library, references=request.POST.getlist("rujukan"), by=request.actor, at=clock.now(), id=id)
    except Refusal as refusal:
        say(request, str(refusal), level=40)
        return redirect(to)
    say(request, ngettext("%(n)s item is marked as entered in SIM.", "%(n)s items are marked as entered in SIM.", n) % {"n": n},
        undo=reverse("tpbis:marks_back", args=[library.code, id]) if n else "")
    return redirect(to)


@require_POST
@library_page(can_enter)
def marks_back(request: HttpRequest, library: Library, together: UUID) -> HttpResponse:
    get_list_or_404(Entered, library=library, together=together)
    return do(request, lambda: take_marks_back(library=library, together=together, by=request.actor, at=clock.now(),
                                               id=change_id_of(request.POST)),
              _("The marks are taken back; the items wait again."), at(library))


@require_POST
@library_page(can_enter)
def unmark_one(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    row = own(Entered, library, id)
    return do(request, lambda: unmark(entered=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("The mark is taken away."), at(library))


@library_page(can_enter)
def account(request: HttpRequest, library: Library) -> HttpResponse:
    today = today_at(library)
    standing = standings([library], today)[library.pk]
    form = AccountForm(request.POST or None, initial={
        "state": standing.state, "since_on": standing.since_on or today, "read_on": today})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        # an account that is told already is not told again, where only the colour was read
        is_same = (told["state"], told["since_on"]) == (standing.state, standing.since_on) and told["colour"]
        made = form.attempt(lambda: tell_account(
            told=Told(library, "" if is_same else told["state"], told["since_on"], told["colour"], told["read_on"]),
            by=request.actor, at=clock.now(), id=form.change_id))
        if made is not None:
            say(request, _("It is written down."), undo=reverse("tpbis:account_back", args=[library.code, form.change_id]))
            return redirect(at(library))
    return render(request, "tpbis/account.html", {"library": library, "form": form, "standing": standing, "back": at(library)},
                  status=422 if form.errors else 200)


@require_POST
@library_page(can_enter)
def account_back(request: HttpRequest, library: Library, together: UUID) -> HttpResponse:
    def back() -> None:
        if not take_told_back(together=together, library=library, by=request.actor, at=clock.now(),
                              id=change_id_of(request.POST)):
            raise Http404

    return do(request, back, _("It is taken back."), at(library))
