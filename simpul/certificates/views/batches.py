"""The coordinator's table: events, their numbers, print, and what comes back signed."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from simpul.certificates.actions import attach_signed_files, issue_batch, prepare_batch
from simpul.certificates.actions.batches import PATTERN
from simpul.certificates.forms import BatchForm, IssueForm, SignedForm
from simpul.certificates.models import Batch, Certificate
from simpul.certificates.printing import batch_pdf, batch_zip
from simpul.certificates.queries import (
    city,
    found,
    line_of,
    match_signed,
    next_ordinal,
    numbered,
    service_name,
    slug,
    with_counts,
)
from simpul.certificates.views.pages import base, batch_of, office_page
from simpul.core import clock
from simpul.core.say import say
from simpul.files.papers import pdf_response

PAGE = 20
UNUSED = "sertifikat"  # where a title has neither letter nor digit


@require_safe
@office_page
def table(request: HttpRequest) -> HttpResponse:
    """Events, the newest first; with `q` the certificates whose name or number holds it."""
    q = request.GET.get("q", "")[:80]
    if q.strip():
        hits = Paginator(found(q), PAGE).get_page(request.GET.get("page"))
        return render(request, "certificates/found.html", {"page": hits, "q": q.replace("\x00", "")})
    rows = with_counts(Batch.objects.order_by("-first_on", "-made_at", "pk"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    waiting = Certificate.objects.filter(state=Certificate.State.ISSUED).count()
    return render(request, "certificates/table.html", {
        "page": page, "lines": [line_of(row) for row in page], "waiting": waiting})


@office_page
def new(request: HttpRequest) -> HttpResponse:
    """An event that no workshop of this node was: one sheet."""
    form = BatchForm(request.POST or None, initial=_usual())
    if request.method == "POST" and form.is_valid():
        batch = form.attempt(lambda: prepare_batch(
            event=form.event(), awards=form.awards(), by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if batch is not None:
            return redirect("certificates:batch", id=batch.pk)
    return render(request, "certificates/new.html", {"form": form}, status=422 if form.errors else 200)


def _usual() -> dict[str, Any]:
    """As the last event had it, so that the head's name is typed once."""
    last = Batch.objects.order_by("-made_at").first()
    if last is None:
        return {"issuer_name": service_name(), "pattern": f"{PATTERN}/{clock.now().year}", "signed_in": city().name}
    return {name: getattr(last, name) for name in (
        "issuer_name", "pattern", "signed_in", "signer_role", "signer_name", "signer_number", "place")}


@office_page
def edit(request: HttpRequest, id: UUID) -> HttpResponse:
    """The same sheet again while nothing is issued; afterwards names can only be added."""
    row = batch_of(id)
    if row.source:
        return redirect("certificates:batch", id=id)  # its list is made where it was earned
    form = BatchForm(request.POST or None, initial=_as_typed(row))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: prepare_batch(
            event=form.event(), awards=form.awards(), batch=row, by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done is not None:
            return redirect("certificates:batch", id=id)
    return render(request, "certificates/new.html", {"form": form, "batch": row}, status=422 if form.errors else 200)


def _as_typed(batch: Batch) -> dict[str, Any]:
    rows = list(batch.certificates.exclude(state=Certificate.State.REPLACED).order_by("ordinal", "name"))
    told: dict[str, Any] = {name: getattr(batch, name) for name in (
        "place", "first_on", "last_on", "issuer_name", "pattern", "signed_in", "signer_role", "signer_name",
        "signer_number")}
    told |= {"title": batch.event, "names": "\n".join(row.name for row in rows)}
    if rows:
        told |= {name: getattr(rows[0], name) for name in ("kind", "achievement", "criteria", "jp")}
        told["materials"] = "\n".join(f"{one['title']} | {one['jp']}" if one["jp"] else one["title"]
                                      for one in rows[0].materials)
    return told


@require_safe
@office_page
def batch(request: HttpRequest, id: UUID) -> HttpResponse:
    return _page(request, id)


def _page(request: HttpRequest, id: UUID, issue: IssueForm | None = None) -> HttpResponse:
    """One event: what is to be done next, then who is on the list."""
    row = batch_of(id)
    page = Paginator(row.certificates.select_related("replaced_by").order_by("ordinal", "name", "pk"), PAGE).get_page(
        request.GET.get("page"))
    line = line_of(row)
    if issue is None and line.drafts:
        issue = IssueForm(initial={"pattern": row.pattern, "starts_at": next_ordinal(row.pattern)})
    return render(request, "certificates/batch.html", {
        "batch": row, "line": line, "page": page, "issue": issue,
        "example": numbered(row.pattern, next_ordinal(row.pattern))}, status=422 if issue and issue.errors else 200)


@require_POST
@office_page
def issue(request: HttpRequest, id: UUID) -> HttpResponse:
    row, form = batch_of(id), IssueForm(request.POST)
    if row.issued_at is not None:  # the numbers go on
        form.fields["pattern"].required = form.fields["starts_at"].required = False
    if form.is_valid():
        n = form.attempt(lambda: issue_batch(
            batch=row, pattern=form.cleaned_data["pattern"], starts_at=form.cleaned_data["starts_at"],
            by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if n is not None:
            say(request, ngettext("One certificate is issued. Print it for the signature.",
                                  "%(n)d certificates are issued. Print them for the signature.", n) % {"n": n})
            return redirect("certificates:batch", id=id)
    return _page(request, id, form)


def _standing(batch: Batch) -> list[Certificate]:
    return list(batch.certificates.given().order_by("ordinal"))


@require_safe
@office_page
def printed(request: HttpRequest, id: UUID) -> HttpResponse:
    """All that stand, as one PDF; before the first issue an example of the first, marked as such."""
    row = batch_of(id)
    rows = _standing(row) or list(row.certificates.filter(state=Certificate.State.DRAFT).order_by("name")[:1])
    for one in rows:
        one.batch = row
    if not rows:
        return redirect("certificates:batch", id=id)
    return pdf_response(batch_pdf(row, rows, base(request)), slug(row.event) or UNUSED)


@require_safe
@office_page
def zipped(request: HttpRequest, id: UUID) -> HttpResponse:
    """One PDF each, named by its number, for signing one by one."""
    row = batch_of(id)
    rows = _standing(row)
    if not rows:
        return redirect("certificates:batch", id=id)
    response = HttpResponse(batch_zip(row, rows, base(request)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{slug(row.event) or UNUSED}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@office_page
def signed(request: HttpRequest, id: UUID) -> HttpResponse:
    """What came back from the head: many at once, each finds its own certificate."""
    row = batch_of(id)
    form = SignedForm(request.POST or None, request.FILES or None)
    matched = None
    if request.method == "POST" and form.is_valid():
        matched = match_signed(row, form.cleaned_data["signed"])
        files = {one.pk: file for one, file in matched.files}
        n = form.attempt(lambda: attach_signed_files(
            batch=row, files=files, by=request.actor, at=clock.now(), id=form.change_id)) if files else 0  # type: ignore[attr-defined]
        if n:
            say(request, ngettext("One signed file found its certificate.",
                                  "%(n)d signed files found their certificates.", n) % {"n": n})
        if n is not None and not matched.unmatched and not matched.doubled:
            return redirect("certificates:batch", id=id)
        if not form.errors:
            form = SignedForm()
    return render(request, "certificates/signed.html", {"batch": row, "form": form, "matched": matched,
                                                        "line": line_of(batch_of(id)), "example": _example(row)},
                  status=422 if form.errors else 200)


def _example(batch: Batch) -> str:
    row = batch.certificates.given().order_by("ordinal").first()
    return f"{slug(row.number or '')}.pdf" if row else ""
