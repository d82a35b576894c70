"""The page behind the QR of a printed report: what was signed, in numbers, for everybody who holds the paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from simpul.months.models import Restatement, Signature
from simpul.months.queries.restating import told_differences
from simpul.months.signed import signed_version


@require_safe
def verify(request: HttpRequest, short: str) -> HttpResponse:
    """Totals only, no name and no person's own words; says so where the records changed since."""
    row = Signature.objects.select_related("library").filter(code=short.strip().upper()[:10].replace("\x00", "")).first()
    if row is None:
        raise Http404
    signed = signed_version(row)
    restatement = Restatement.objects.open().filter(signature=row).first()
    public = {line.id for line in signed.lines if line.is_public}
    return render(request, "months/verify.html", {
        "signature": row, "signed": signed, "lines": [line for line in signed.lines if line.is_public],
        "restatement": restatement, "later": row.superseded_at,
        "differs": [one for one in told_differences(restatement) if one.id in public] if restatement else []})
