"""The city: who has an account, who turned red, whom to help; a table taken at once."""

import csv
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page
from simpul.replication.views.pages import do, today
from simpul.tpbis.actions import Told, take_table, take_told_back
from simpul.tpbis.forms import TableForm
from simpul.tpbis.parts import COMPARISON, Colour
from simpul.tpbis.permissions import can_take_tables, can_weigh
from simpul.tpbis.queries.accounts import City, Standing, city_of, standings
from simpul.tpbis.queries.score import items_and_entered
from simpul.tpbis.queries.tables import HEADING, NotRead, read_table, template_rows

SHOWN = ("tanpa-akun", "diminta", "turun-merah", "merah", "kuning", "hijau", "belum-dibaca")


def libraries_of(request: HttpRequest) -> list[Library]:
    rows = Library.objects.with_place().counted_by(request.actor).filter(closed_on__isnull=True)
    return list(rows.order_by("name"))


def _kept(made: City, shown: str, district: str) -> list[Standing]:
    tests = {"tanpa-akun": lambda one: not one.has_account, "diminta": lambda one: one.state == "asked",
             "turun-merah": lambda one: one.turned_red, "merah": lambda one: one.colour == Colour.RED,
             "kuning": lambda one: one.colour == Colour.YELLOW, "hijau": lambda one: one.colour == Colour.GREEN,
             "belum-dibaca": lambda one: one.has_account and not one.colour}
    rows = [one for one in made.lines if shown not in tests or tests[shown](one)]
    if district:
        rows = [one for one in rows if one.library.district and one.library.district.code == district]
    return rows


def message_for(one: Standing, waiting: int) -> str:
    """To a library, friendly, with what helps."""
    name = one.library.name
    if not one.has_account:
        return _("Good day, %(library)s. Your library has no SIM TPBIS account yet. I can help you to ask for it: what we "
                 "need is the name of the library, a phone number and an e-mail address. When would it suit you?") % {
            "library": name}
    if one.colour == Colour.RED:
        return _("Good day, %(library)s. SIM shows red for your library; that only means that little was entered. In Simpul "
                 "%(n)s items are ready to copy. Shall we enter them together?") % {"library": name, "n": waiting}
    return _("Good day, %(library)s. In Simpul %(n)s items are ready to be entered in SIM. Do you need help?") % {
        "library": name, "n": waiting}


@require_safe
@city_page
def city(request: HttpRequest) -> HttpResponse:
    day, libraries = today(), libraries_of(request)
    made = city_of(libraries, day)
    shown, district = request.GET.get("tampil", ""), request.GET.get("kecamatan", "").replace("\x00", "")
    page = Paginator(_kept(made, shown, district), 20).get_page(request.GET.get("page"))
    items, entered = items_and_entered([one.library for one in page], Period.of_year(day.year), day)
    waiting = {one.library.pk: max(0, items.get(one.library.pk, 0) - entered.get(one.library.pk, 0)) for one in page}
    here = reverse("tpbis:city")
    bars = [{"label": label, "value": n, "href": f"{here}?tampil={key}#perpus"} for label, n, key in (
        (Colour.GREEN.label, made.green, "hijau"), (Colour.YELLOW.label, made.yellow, "kuning"),
        (Colour.RED.label, made.red, "merah"), (_("account, colour not read"), made.unread, "belum-dibaca"),
        (_("without an account"), len(made.without), "tanpa-akun"))]
    return render(request, "tpbis/city.html", {
        "made": made, "bars": bars, "page": page, "shown": shown, "district": district, "day": day,
        "rows": [(one, waiting[one.library.pk], whatsapp_link(one.library.phone, message_for(one, waiting[one.library.pk])))
                 for one in page],
        "filters": [("", _("All")), ("tanpa-akun", _("Without an account")), ("diminta", _("Asked for")),
                    ("turun-merah", _("Turned red")), ("merah", Colour.RED.label), ("kuning", Colour.YELLOW.label),
                    ("hijau", Colour.GREEN.label), ("belum-dibaca", _("Colour not read"))],
        "districts": sorted({one.district for one in libraries if one.district}, key=lambda one: one.name),
        "months": [{"label": formats.date_format(one.first_on, "F Y"), "short": formats.date_format(one.first_on, "M"),
                    "value": one.green} for one in made.months],
        "comparison": COMPARISON, "can_take": can_take_tables(request.actor), "can_weigh": can_weigh(request.actor)})


@city_page
def table(request: HttpRequest) -> HttpResponse:
    """Lines that can be taken are taken; the others come back to be mended."""
    if not can_take_tables(request.actor):
        raise Http404
    form, refused = TableForm(request.POST or None, request.FILES or None), list[NotRead]()
    if request.method == "POST" and form.is_valid():
        lines, refused = read_table(form.cleaned_data["table"], libraries_of(request), today())
        told = [Told(one.library, one.state, one.since_on, one.colour, one.read_on) for one in lines]
        n = form.attempt(lambda: take_table(told=told, by=request.actor, at=clock.now(), id=form.change_id)) if told else 0
        if n:
            say(request, _("%(n)s libraries are written down; %(refused)s lines could not be read.") % {
                "n": n, "refused": len(refused)}, undo=reverse("tpbis:table_back", args=[form.change_id]))
            if not refused:
                return redirect("tpbis:city")
        if refused:
            form = TableForm(initial={"text": "\n".join(one.text for one in refused)})
        elif not n and not form.errors:
            form.add_error("text", _("No line could be read."))
    return render(request, "tpbis/table.html", {"form": form, "refused": refused[:50], "more": max(0, len(refused) - 50)},
                  status=422 if refused or form.errors else 200)


@require_safe
@city_page
def template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in, with every library and what is known."""
    if not can_take_tables(request.actor):
        raise Http404
    libraries = libraries_of(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sim-tpbis.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(HEADING)
    for row in template_rows(libraries, standings(libraries, today())):
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row])
    return response


@require_POST
@city_page
def table_back(request: HttpRequest, together: UUID) -> HttpResponse:
    return do(request, lambda: take_told_back(together=together, by=request.actor, at=clock.now(),
                                              id=change_id_of(request.POST)),
              _("The table is taken back."), reverse("tpbis:city"))
