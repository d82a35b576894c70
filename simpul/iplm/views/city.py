"""How the simulation normalises; published indices; the berita acara of the LPPD, its draft and its signed scan."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.say import say
from simpul.files.papers import code_picture, pdf, pdf_response
from simpul.files.responses import file_response
from simpul.indicators.periods import Period
from simpul.indicators.places import of_city
from simpul.iplm import lppd
from simpul.iplm.actions import choose_normalising, keep_signed, restore_signed, tell_published, void_signed
from simpul.iplm.filling import setting_for
from simpul.iplm.forms import NormalisingForm, PublishedForm, SignedForm
from simpul.iplm.models import Published, SignedPaper
from simpul.iplm.views.pages import city, form_page, keeper_page, who, year_of, years
from simpul.reports.linking import form_address, node_address
from simpul.reports.outputs import in_words

PAPER = Path(__file__).parents[1] / "papers" / "berita_acara.typ"
LPPD = "lppd"


@keeper_page
def normalising(request: HttpRequest) -> HttpResponse:
    year = year_of(request)
    chosen = setting_for(year)
    form = NormalisingForm(request.POST or None, initial={"way": chosen.way, **chosen.targets})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: choose_normalising(year=year, way=form.cleaned_data["way"], targets=form.targets,
                                                       **who(request, form.change_id)))
        if done:
            say(request, _("The simulation of %(year)s is computed this way from now on.") % {"year": year})
            return redirect(f"{reverse('reports:city_form', args=['iplm-2025'])}?periode={year}")
    return form_page(
        request, form, title=_("How the simulation of %(year)s normalises") % {"year": year}, button=_("Use this way"),
        lead=_("The office has not published how counts become scores. What you choose stands beside the number; it never is "
               "the official score. Targets are compared with the city's sums, or with each library on its own page."),
        back=f"{reverse('reports:city_form', args=['iplm-2025'])}?periode={year}")


@require_safe
@keeper_page
def berita_acara(request: HttpRequest) -> HttpResponse:
    """The ratios of a year, the draft to sign, the scans that came back, the indices that were published."""
    year = lppd_year(request)
    papers = list(SignedPaper.objects.filter(form=LPPD, year=year, voided_at__isnull=True))
    brought_by = [one.brought_by_id for one in papers if one.brought_by_id]
    names = dict(Account.objects.filter(pk__in=brought_by).values_list("pk", "name"))
    return render(request, "iplm/berita_acara.html", {
        "year": year, "years": [*years(), *range(2024, 2020, -1)],
        "papers": [(one, names.get(one.brought_by_id, "")) for one in papers],
        "form": SignedForm(initial={"signed_on": clock.local_date(clock.now(), "Asia/Jakarta")}),
        "published": Published.objects.filter(region=city().region, voided_at__isnull=True)})


def lppd_year(request: HttpRequest) -> int:
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    text = request.GET.get("tahun", "")
    if not text:
        return today.year
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 2021 <= int(text) <= today.year):
        raise Http404
    return int(text)


@require_safe
@keeper_page
def draft(request: HttpRequest) -> HttpResponse:
    """The berita acara as PDF, with blanks for the signatures."""
    year, place = lppd_year(request), of_city()
    filled = lppd.fill(place, Period.of_year(year), request.actor)  # type: ignore[attr-defined]
    address = (node_address() or request.build_absolute_uri("/")).rstrip("/") + form_address(LPPD, place, filled.period)
    here = city().name
    made = pdf(PAPER, {
        "title": _("Berita acara of the IKK, library affairs, %(year)s") % {"year": year}, "city": here, "year": str(year),
        "opens": _("Where each number comes from"), "head": [_("No."), _("Indicator"), _("Value"), _("Source")],
        "basis": "Permendagri 18/2020", "says": _(
            "On this day, …………………… the …………………… 20……, we who sign below state that the numbers of %(year)s are these:") % {
                "year": year},
        "sections": [{"title": str(section.title), "rows": [[
            line.number, str(line.label), f"{in_words(line)} {line.unit}".strip() if line.value is not None else "……………………",
            str(line.source or line.why)] for line in section.lines]} for section in filled.sections],
        "notes": [str(note) for note in filled.notes], "place": f"{here.removeprefix('Kota ')}, ……………………………… 20……",
        "roles": [_("Made by"), _("Checked by"), _("Known by: head of the library service")]},
        pictures={"qr.svg": code_picture(address)}, made_at=clock.now())
    return pdf_response(made, f"berita-acara-lppd-{year}")


@require_POST
@keeper_page
def signed_new(request: HttpRequest) -> HttpResponse:
    year = lppd_year(request)
    form = SignedForm(request.POST, request.FILES)
    if form.is_valid():
        form.attempt(lambda: keep_signed(form=LPPD, region=city().region, year=year, file=form.cleaned_data["file"],
                                         signed_on=form.cleaned_data["signed_on"], **who(request, form.change_id)))
    if form.errors:
        return form_page(request, form, title=_("The signed berita acara"), button=_("Keep the scan"), lead="", has_files=True,
                         back=f"{reverse('iplm:berita_acara')}?tahun={year}")
    say(request, _("The signed berita acara is kept."))
    return redirect(f"{reverse('iplm:berita_acara')}?tahun={year}")


def _paper(id: UUID) -> SignedPaper:
    row = SignedPaper.objects.select_related("file").filter(pk=id).first()
    if row is None:
        raise Http404
    return row


@require_safe
@keeper_page
def signed_file(request: HttpRequest, id: UUID) -> HttpResponse:
    return file_response(_paper(id).file)  # type: ignore[return-value]


@require_POST
@keeper_page
def signed_void(request: HttpRequest, id: UUID) -> HttpResponse:
    row = _paper(id)
    void_signed(paper=row, **who(request))
    say(request, _("It was taken back."), undo=reverse("iplm:signed_restore", args=[row.pk]))
    return redirect(f"{reverse('iplm:berita_acara')}?tahun={row.year}")


@require_POST
@keeper_page
def signed_restore(request: HttpRequest, id: UUID) -> HttpResponse:
    row = _paper(id)
    restore_signed(paper=row, **who(request))
    say(request, _("The scan is back."))
    return redirect(f"{reverse('iplm:berita_acara')}?tahun={row.year}")


@keeper_page
def published(request: HttpRequest) -> HttpResponse:
    """Enter an index that an office published."""
    form = PublishedForm(request.POST or None, initial={"year": clock.local_date(clock.now(), "Asia/Jakarta").year - 1})
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {key: value for key, value in form.cleaned_data.items() if key != "change"}
        told["value"] = Decimal(told["value"])
        done = form.attempt(lambda: tell_published(region=city().region, **told, **who(request, form.change_id)))
        if done:
            say(request, _("The index is kept, with its source."))
            return redirect(f"{reverse('iplm:berita_acara')}?tahun={max(2021, done.year)}")
    return form_page(request, form, title=_("Enter a published index"), button=_("Keep"), back=reverse("iplm:berita_acara"),
                     lead=_("IPLM and TGM are computed by the National Library; here they stand with their source."))
