"""A library brings its past: visits, loans, activities and attendance from tables."""

import hashlib
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from simpul.core import clock
from simpul.core.refusal import ChangeIdReused
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, runs
from simpul.operations.forms import PastForm
from simpul.operations.past import HISTORIES, history_of
from simpul.transfers.actions import begin_batch
from simpul.transfers.models import Batch
from simpul.transfers.tables import SHEETS, template_of

KEPT = 10  # runs shown


@library_page(runs)
@require_http_methods(["GET", "POST"])
def past(request: HttpRequest, library: Library) -> HttpResponse:
    """Choose a table; it is put aside and read while people go on working."""
    form = PastForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = form.attempt(lambda: _begin(form, library, request))
        if batch:
            return redirect("catalogue:batch", library.code, batch.pk)
    kept = Batch.objects.of(library.pk).filter(kind__in=HISTORIES)[:KEPT]
    return render(request, "operations/past.html", {
        "form": form, "library": library, "runs": kept,
        "templates": [(kind, name) for kind, (name, *_where) in HISTORIES.items()]})


def _begin(form: PastForm, library: Library, request: HttpRequest) -> Batch:
    """The table is in its place before the batch waits for the schedule. A second tap finds the first."""
    said, id = form.cleaned_data, form.change_id
    if there := Batch.objects.of(library.pk).filter(pk=id).first():
        return there
    if Batch.objects.filter(pk=id).exists():
        raise ChangeIdReused(_("This entry was already recorded with other contents. Open the page again."))
    ending = Path(said["file"].name).suffix.lower()
    path = Batch(pk=id).folder / f"1-file{ending if ending in SHEETS else '.csv'}"
    return begin_batch(
        library_id=library.pk, kind=said["kind"], file_name=Path(said["file"].name).name, file_sha256=_store(said["file"], path),
        total_bytes=said["file"].size, is_dry_run=said["is_dry_run"], by=request.actor, at=clock.now(), id=id)


def _store(upload: object, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for chunk in upload.chunks():  # type: ignore[attr-defined]
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


@library_page(runs)
@require_GET
def template(request: HttpRequest, library: Library, kind: str) -> HttpResponse:
    """The table to fill in, with one example, which is passed over."""
    if kind not in HISTORIES:
        raise Http404
    known = history_of(kind)
    return HttpResponse(template_of(known.TEMPLATE, known.EXAMPLE), content_type="text/csv; charset=utf-8",
                        headers={"Content-Disposition": f'attachment; filename="templat-{kind}.csv"'})
