"""A library brings its catalogue: upload, progress, what was refused."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from simpul.catalogue.forms import ImportForm
from simpul.catalogue.importing.sheet.template import template
from simpul.core import clock
from simpul.core.refusal import ChangeIdReused
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, runs
from simpul.transfers.actions import begin_batch
from simpul.transfers.models import Batch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@library_page(runs)
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest, library: Library) -> HttpResponse:
    """Choose a file; it is put aside and imported while people go on working."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _fits(form):
        batch = form.attempt(lambda: _begin(form, library, request))
        if batch:
            return redirect("catalogue:batch", library.code, batch.pk)
    page = Paginator(Batch.objects.of(library.pk).exclude(kind="members"), 20).get_page(request.GET.get("page"))
    return render(request, "catalogue/imports.html", {"form": form, "library": library, "page": page})


def _fits(form: ImportForm) -> bool:
    for name in ("file", "items"):
        file = form.cleaned_data.get(name)
        if file and file.size > settings.MAX_UPLOAD_BYTES:
            form.add_error(name, _("The file is larger than %(mb)d MB. Ask the administrator to import it with "
                                   "bin/simpul import.") % {"mb": settings.MAX_UPLOAD_BYTES // 1_000_000})
    return not form.errors


def _begin(form: ImportForm, library: Library, request: HttpRequest) -> Batch:
    """The files are in their place before the batch waits for the schedule."""
    said, id = form.cleaned_data, form.change_id
    if there := Batch.objects.of(library.pk).filter(pk=id).first():  # a second tap; another library's id is refused below
        return there
    if Batch.objects.filter(pk=id).exists():
        raise ChangeIdReused(_("This entry was already recorded with other contents. Open the page again."))
    folder = Batch(pk=id).folder
    folder.mkdir(parents=True, exist_ok=True)
    sha256 = _store(said["file"].chunks(), folder / f"1-file{_suffix(said['file'].name)}")
    if said["items"] and said["kind"] == "slims":
        _store(said["items"].chunks(), folder / "2-items.csv")
    return begin_batch(
        library_id=library.pk, kind=said["kind"], file_name=Path(said["file"].name).name, file_sha256=sha256,
        total_bytes=said["file"].size, is_dry_run=said["is_dry_run"], by=request.actor, at=clock.now(), id=id)


def _suffix(name: str) -> str:
    """Only endings that mean something here: a file's own name never becomes a path."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in (".xlsx", ".xls", ".ods", ".csv", ".mrc", ".xml", ".gz", ".marc") else ""


def _store(chunks: Iterable[bytes], path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


@library_page(runs)
@require_GET
def batch(request: HttpRequest, library: Library, batch_id: UUID) -> HttpResponse:
    """How far a run has come; the page asks again by itself and may be left."""
    run = _batch_of(library, batch_id)
    context: dict[str, Any] = {"batch": run, "library": library, "refused": run.refused_records.order_by("pk")[:20],
                               "has_file": run.refusals_path.exists() and run.is_over}
    if request.headers.get("HX-Request"):
        return render(request, "catalogue/batch.html#progress", context)
    return render(request, "catalogue/batch.html", context)


@library_page(runs)
@require_GET
def refusals(request: HttpRequest, library: Library, batch_id: UUID) -> HttpResponse:
    """Every refused record with its position and reason."""
    run = _batch_of(library, batch_id)
    if not run.refusals_path.exists():
        raise Http404
    return FileResponse(run.refusals_path.open("rb"), as_attachment=True, filename=f"ditolak-{run.pk}.csv",
                        content_type="text/csv; charset=utf-8")


def _batch_of(library: Library, batch_id: UUID) -> Batch:
    return get_object_or_404(Batch.objects.of(library.pk).exclude(kind="members"), pk=batch_id)


@library_page(runs)
@require_GET
def sheet_template(request: HttpRequest, library: Library) -> HttpResponse:
    """The sheet to fill in, with examples and what each column means."""
    return HttpResponse(template(), content_type=XLSX,
                        headers={"Content-Disposition": 'attachment; filename="templat-buku.xlsx"'})
