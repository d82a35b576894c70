"""Bringing members from another system: try first, then take over; the work is done in the background."""

import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.people.forms import ImportForm
from simpul.people.importing import write_template
from simpul.people.permissions import can_import
from simpul.people.views.pages import staff_page
from simpul.transfers.actions import begin_batch
from simpul.transfers.models import Batch

KEPT = 10  # runs shown
ENDINGS = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".tsv")


@staff_page
def imports(request: HttpRequest, library: Library) -> HttpResponse:
    """The librarian's page: upload, what is running, and how the last runs ended."""
    _only_the_librarian(request, library)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        _keep(form.change_id, upload)
        batch = form.attempt(lambda: begin_batch(
            library_id=library.pk, kind="members", file_name=upload.name, total_bytes=upload.size,
            is_dry_run=form.cleaned_data["is_dry_run"], by=request.actor, at=clock.now(), id=form.change_id))
        if batch is None and not Batch.objects.filter(pk=form.change_id).exists():
            shutil.rmtree(Batch(pk=form.change_id).folder, ignore_errors=True)
        if batch is not None:
            say(request, _("The file is here. It is read in the background; this page shows how far it is."))
            return redirect("people:imports", library.code)
    runs = Batch.objects.of(library.pk).filter(kind="members")[:KEPT]
    return render(request, "people/imports.html", {"library": library, "form": form, "runs": runs})


def _only_the_librarian(request: HttpRequest, library: Library) -> None:
    if not can_import(request.actor, library.pk):
        raise Http404


def _keep(id: UUID, upload: Any) -> None:
    """The file in the folder of the batch that is about to wait: a batch that waits without its file would fail, and
    its file, with all that we do not want to read, would stay behind. A batch that is there keeps what it has."""
    ending = Path(upload.name).suffix.lower()
    to = Batch(pk=id).folder / f"0-members{ending if ending in ENDINGS else '.csv'}"
    if Batch.objects.filter(pk=id).exists():
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name("part")
    with part.open("wb") as file:
        shutil.copyfileobj(upload, file)
    part.rename(to)


@staff_page
def template(request: HttpRequest, library: Library) -> HttpResponse:
    """The sheet to fill in."""
    response = HttpResponse(content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = 'attachment; filename="templat-anggota.xlsx"'
    write_template(response)  # type: ignore[arg-type]
    return response


@staff_page
def refusals(request: HttpRequest, library: Library, batch: UUID) -> HttpResponse | FileResponse:
    """The rows that were not taken, as a file."""
    _only_the_librarian(request, library)
    row = Batch.objects.of(library.pk).filter(kind="members", pk=batch).first()
    if row is None or not row.refusals_path.is_file():
        raise Http404
    return FileResponse(row.refusals_path.open("rb"), as_attachment=True, filename="tidak-diterima.csv")
