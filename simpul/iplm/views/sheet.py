"""The yearly sheet: template, preview, confirm, what was refused."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.iplm import sheets
from simpul.iplm.actions import bring_sheet
from simpul.iplm.forms import SheetForm
from simpul.iplm.views.frame import refused_csv
from simpul.iplm.views.pages import keeper_page, who, year_of, years
from simpul.transfers.sheets import sheet_response


@keeper_page
def sheet(request: HttpRequest) -> HttpResponse:
    """Choose a file, see what it would change; nothing is kept yet."""
    year, read = year_of(request), None
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            read = sheets.read(form.cleaned_data["file"], year)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return render(request, "iplm/sheet.html", {
        "form": form, "year": year, "years": years(), "read": read,
        "packed": sheets.packed(read.rows) if read else "",
        "refused": signing.dumps(read.refused, salt=sheets.SALT, compress=True) if read and read.refused else "",
        "shown": read.refused[:20] if read else ()}, status=422 if form.errors else 200)


@require_safe
@keeper_page
def template(request: HttpRequest) -> HttpResponse:
    year = year_of(request)
    return sheet_response(sheets.template(year), f"iplm-{year}-lembar")


@require_POST
@keeper_page
def confirm(request: HttpRequest) -> HttpResponse:
    year = year_of(request)
    try:
        rows = sheets.unpacked(request.POST.get("rows", ""))
        told = bring_sheet(year=year, rows=rows, **who(request))
    except Refusal as refusal:
        form = SheetForm()
        return render(request, "iplm/sheet.html", {"form": form, "year": year, "years": years(), "refusal": refusal}, status=422)
    say(request, ngettext("One answer was kept.", "%(n)d answers were kept.", told) % {"n": told})
    return redirect(f"{reverse('iplm:institutions')}?tahun={year}")


@require_POST
@keeper_page
def refused(request: HttpRequest) -> HttpResponse:
    try:
        rows = signing.loads(request.POST.get("rows", ""), salt=sheets.SALT, max_age=86_400)
    except signing.BadSignature as error:
        raise Http404(_("There is no such file.")) from error
    return refused_csv([(position, name, reason) for position, name, reason in rows])
