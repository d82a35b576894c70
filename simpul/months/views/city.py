"""The city's view of the months: who signed, who waits, and a ready message to those who are late."""

import csv
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.core.phones import whatsapp_link
from simpul.libraries.pages import city_page
from simpul.months.figures import month_of
from simpul.months.permissions import can_set_dates
from simpul.months.queries.calendar import dates_between
from simpul.months.queries.city import CityMonth, city_month
from simpul.months.queries.states import OPEN, MonthLine, State
from simpul.months.views.pages import today
from simpul.transfers.sheets import sheet_response, workbook

#: what the address calls a choice of lines
SHOWN = {"terlambat": frozenset({State.LATE}), "menunggu": frozenset({State.WAITING, State.PREPARED, State.RUNNING}),
         "selesai": frozenset({State.SIGNED}), "berubah": frozenset({State.RESTATED}), "tutup": frozenset({State.CLOSED})}


@require_safe
@city_page
def city(request: HttpRequest) -> HttpResponse:
    """`?bulan=2026-10&tampil=terlambat|menunggu|selesai|berubah|tutup`; last month where none is said."""
    day = today()
    made = city_month(request.actor, _month(request, day), day)  # type: ignore[attr-defined]
    shown = request.GET.get("tampil", "")
    lines = [one for one in made.lines if shown not in SHOWN or one.state in SHOWN[shown]]
    lines.sort(key=lambda one: (one.state != State.LATE, one.state != State.RESTATED, one.library.name))
    page = Paginator(lines, 20).get_page(request.GET.get("page"))
    names = [("", _("All"), made.expected), *((name, _name(name), sum(made.counts[state] for state in states))
                                              for name, states in SHOWN.items())]
    return render(request, "months/city.html", {
        "made": made, "page": page, "rows": [(one, _whatsapp(request, one)) for one in page], "shown": shown, "filters": names,
        "day": day, "earlier": _beside(made, -1), "later": _beside(made, 1, day), "can_set": can_set_dates(request.actor),  # type: ignore[attr-defined]
        "coming": dates_between(day, day + timedelta(days=14))[:3],
        "everybody": whatsapp_link(None, _group_message(request, made)) if made.waiting else ""})


def _name(shown: str) -> str:
    return {"terlambat": _("Late"), "menunggu": _("Waiting"), "selesai": _("Signed"), "berubah": _("Restated"),
            "tutup": _("Closed all month")}[shown]


def _month(request: HttpRequest, day: date) -> date:
    text = request.GET.get("bulan", "")
    if not text:
        return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    month = month_of(text)
    if month is None or month > day:
        raise Http404
    return month


def _beside(made: CityMonth, step: int, day: date | None = None) -> str:
    """The month before or after in the address's form; "" where it has not begun."""
    other = made.period.first - timedelta(days=1) if step < 0 else made.period.last + timedelta(days=1)
    return "" if day is not None and other > day else f"{other:%Y-%m}"


def _whatsapp(request: HttpRequest, line: MonthLine) -> str:
    """A ready message to a library whose month waits; "" for the others."""
    if line.state not in OPEN:
        return ""
    address = request.build_absolute_uri(reverse("months:month", args=[line.library.code, line.period.code]))
    text = _("Greetings to %(library)s. %(month)s waits for your signature; it takes five minutes on the phone, nothing to add "
             "up: %(address)s Is something in the way? Just answer here.") % {
        "library": line.library.name, "month": line.period.label, "address": address}
    return whatsapp_link(line.library.phone or None, text)


def _group_message(request: HttpRequest, made: CityMonth) -> str:
    """For the group of all libraries: who is still missing, kindly."""
    names = ", ".join(one.library.name for one in made.waiting[:15])
    more = len(made.waiting) - 15
    return _("%(month)s: %(signed)s of %(all)s libraries signed, thank you! Still waiting: %(names)s%(more)s. It takes five "
             "minutes on the phone.") % {
        "month": made.period.label, "signed": made.signed, "all": made.expected, "names": names,
        "more": _(" and %(n)s more") % {"n": more} if more > 0 else ""}


@require_safe
@city_page
def export(request: HttpRequest) -> HttpResponse:
    """The month's list as XLSX, or CSV with `?format=csv`."""
    made = city_month(request.actor, _month(request, today()), today())  # type: ignore[attr-defined]
    heading = [str(text) for text in (_("Code"), _("Library"), _("Region"), _("Month"), _("State"), _("Due"), _("Signed on"),
                                      _("Signed by"), _("Version"), _("Digest"))]
    rows = [_row(one) for one in made.lines]
    name = f"bulan-{made.period.code}"
    if request.GET.get("format") != "csv":
        return sheet_response(workbook(name, heading, rows), name)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    writer = csv.writer(response)
    writer.writerow(heading)
    writer.writerows([_as_text(value) for value in row] for row in rows)
    return response


def _row(line: MonthLine) -> list[Any]:
    signed = line.signature
    return [line.library.code, line.library.name, line.library.region.full_name, line.period.code, line.says, line.due_on,
            signed.signed_on if signed else None, signed.signer if signed else "", signed.version if signed else None,
            signed.digest if signed else ""]


def _as_text(value: Any) -> str:
    """A cell that no spreadsheet runs."""
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
