"""The city's list of schools and libraries outside the node, and what they answered."""

import csv
import io
from datetime import date
from urllib.parse import quote
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.say import say
from simpul.iplm.actions import (
    Described,
    close_institution,
    list_institution,
    make_link,
    reopen_institution,
    tell_return,
    withdraw_link,
)
from simpul.iplm.forms import InstitutionForm, LinesForm, LinkForm
from simpul.iplm.lines import SECTIONS
from simpul.iplm.models import Institution, Link, Return
from simpul.iplm.views.pages import city, form_page, institution_named, keeper_page, who, year_of, years
from simpul.libraries.models import Region
from simpul.reports.linking import node_address


@require_safe
@keeper_page
def institutions(request: HttpRequest) -> HttpResponse:
    """Who is asked, who answered; `jenis=` and `jawab=belum|sudah` narrow."""
    year = year_of(request)
    rows = Institution.objects.on_frame(year).select_related("region").annotate(has_answered=Exists(
        Return.objects.filter(institution=OuterRef("pk"), year=year, voided_at__isnull=True)))
    kinds = _by_kind(list(rows.order_by().values_list("kind", "has_answered")))
    kind, state = request.GET.get("jenis", ""), request.GET.get("jawab", "")
    if kind in Institution.Kind.values:
        rows = rows.filter(kind=kind)
    if state in ("belum", "sudah"):
        rows = rows.of_city().filter(has_answered=state == "sudah")
    page = Paginator(rows.order_by("name", "pk"), 20).get_page(request.GET.get("page"))
    counted = [one for one in kinds if one["is_counted"]]
    return render(request, "iplm/institutions.html", {
        "page": page, "year": year, "years": years(), "kinds": kinds, "kind": kind, "state": state,
        "asked": sum(one["asked"] for one in counted), "answered": sum(one["answered"] for one in counted)})


def _by_kind(rows: list[tuple[str, bool]]) -> list[dict[str, object]]:
    found = []
    for kind in Institution.Kind:
        of = [answered for one, answered in rows if one == kind.value]
        if of:
            found.append({"kind": kind.value, "name": kind.label, "asked": len(of), "answered": sum(of),
                          "is_counted": kind.value not in Institution.OF_THE_PROVINCE})
    return found


@keeper_page
def new(request: HttpRequest) -> HttpResponse:
    regions = Region.objects.current().filter(level=Region.Level.VILLAGE, code__startswith=f"{city().region.code}.").order_by(
        "name")
    form = InstitutionForm(request.POST or None, regions=regions)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        described = Described(told["name"], told["kind"], told["region"], told["npsn"], told["npp"])
        row = form.attempt(lambda: list_institution(described=described, **who(request, form.change_id)))
        if row:
            say(request, _("It is on the list."))
            return redirect("iplm:institution", id=row.pk)
    return form_page(request, form, title=_("Add a school or library"), button=_("Put on the list"),
                     lead=_("One that does not use Simpul and belongs to the city's list."), back=reverse("iplm:institutions"))


@keeper_page
def institution(request: HttpRequest, id: UUID) -> HttpResponse:
    """What it answered for the year, its link, and the lines to fill in for it."""
    row, year = institution_named(id), year_of(request)
    now = Return.objects.filter(institution=row, year=year, voided_at__isnull=True).first()
    form = LinesForm(request.POST or None, initial=now.answers if now else None, is_school=row.is_school)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: tell_return(institution=row, year=year, answers=form.answers, **who(request, form.change_id)))
        if done:
            say(request, _("The year is kept."))
            return redirect(f"{reverse('iplm:institution', args=[row.pk])}?tahun={year}")
    link = Link.objects.filter(institution=row, year=year, withdrawn_at__isnull=True).first()
    return render(request, "iplm/institution.html", {
        "institution": row, "year": year, "years": years(), "form": form, "now": now, "sections": _sections(form),
        "link": link, "link_form": LinkForm(initial={"open_until": _usual_end(year)}), **_to_share(request, link),
        "earlier": Return.objects.filter(institution=row, voided_at__isnull=False).order_by("-recorded_at")[:10],
    }, status=422 if form.errors else 200)


def _sections(form: LinesForm) -> list[tuple[str, str, list[object]]]:
    return [(key, title, form.of_section(key)) for key, title in SECTIONS.items()]


def _usual_end(year: int) -> date:
    """A month from today."""
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    return date.fromordinal(today.toordinal() + 30)


def _to_share(request: HttpRequest, link: Link | None) -> dict[str, str]:
    if link is None:
        return {}
    address = (node_address() or request.build_absolute_uri("/")).rstrip("/") + reverse("iplm:fill", args=[link.token])
    text = _("Please fill in the questionnaire IPLM %(year)s for %(name)s here, until %(day)s: %(address)s") % {
        "year": link.year, "name": link.institution.name, "day": date_format(link.open_until, "j F Y"), "address": address}
    return {"address": address, "share": f"https://wa.me/?text={quote(text)}"}


@require_POST
@keeper_page
def link_new(request: HttpRequest, id: UUID) -> HttpResponse:
    row, year = institution_named(id), year_of(request)
    form = LinkForm(request.POST)
    if form.is_valid():
        form.attempt(lambda: make_link(institution=row, year=year, open_until=form.cleaned_data["open_until"],
                                       **who(request, form.change_id)))
    if form.errors:
        return form_page(request, form, title=_("A link for %(name)s") % {"name": row.name}, button=_("Make a link"),
                         lead="", back=reverse("iplm:institution", args=[row.pk]))
    say(request, _("The link is ready to be sent."))
    return redirect(f"{reverse('iplm:institution', args=[row.pk])}?tahun={year}#tautan")


@require_POST
@keeper_page
def link_end(request: HttpRequest, id: UUID, link: UUID) -> HttpResponse:
    row = Link.objects.select_related("institution").filter(pk=link, institution_id=id).first()
    if row is None:
        raise Http404
    withdraw_link(link=row, **who(request))
    say(request, _("The link opens nothing any more."))
    return redirect(f"{reverse('iplm:institution', args=[id])}?tahun={row.year}")


@require_POST
@keeper_page
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    row = institution_named(id)
    close_institution(institution=row, on=date(year_of(request) - 1, 12, 31), **who(request))
    say(request, _("It is no longer asked."), undo=reverse("iplm:reopen", args=[row.pk]))
    return redirect("iplm:institutions")


@require_POST
@keeper_page
def reopen(request: HttpRequest, id: UUID) -> HttpResponse:
    row = institution_named(id)
    reopen_institution(institution=row, **who(request))
    say(request, _("It is on the list again."))
    return redirect("iplm:institution", id=row.pk)


def refused_csv(rows: list[tuple[int, str, str]]) -> HttpResponse:
    """What a sheet did not bring: its row, its name, why."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Row"), _("Name"), _("Reason")])
    writer.writerows([[position, f"'{name}" if name[:1] in "=+-@" and name else name, reason] for position, name, reason in rows])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="iplm-ditolak.csv"'
    return response
