"""What everybody may ask: is this certificate real; and her own page with her files."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from simpul.certificates.badges.payload import moment
from simpul.certificates.models import Certificate, SigningKey
from simpul.certificates.printing import badge, check_address, file_name, single_pdf
from simpul.certificates.queries import address, checked, issuer_of, own, revocations, service_name
from simpul.certificates.views.pages import base
from simpul.core import clock
from simpul.files.papers import pdf_response
from simpul.files.responses import file_response
from simpul.libraries.models import City

HIDDEN = "noindex, nofollow, noarchive"


def quiet(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For reading only; slow for machines, in no search engine, in no shared cache; told to no other site."""

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        if import_string(settings.REQUEST_COUNTER)(request, "certificates", settings.CHECKS_PER_MINUTE):
            response = render(request, "certificates/slow.html", status=429)
            response["Retry-After"] = "60"
        else:
            response = view(request, **rest)
        response["X-Robots-Tag"] = HIDDEN
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return page


@quiet
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Where the QR code leads: valid, revoked, replaced, unknown. Nothing about her but the name on the paper."""
    found = checked(token)
    return render(request, "certificates/check.html", {"found": found, "row": found.certificate, "now": clock.now()},
                  status=404 if found.state == "unknown" else 200)


@quiet
def own_page(request: HttpRequest, token: str) -> HttpResponse:
    """Hers: the official file once it is there, the badge and the credential to take along."""
    row = own(token)
    if row is None:
        raise Http404
    return render(request, "certificates/own.html", {
        "row": row, "check": check_address(row, base(request)),
        "new": row.replaced_by if row.replaced_by and row.replaced_by.name else None})


@quiet
def own_file(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """`pdf` to print, `resmi` as it came back signed, `png` with the credential baked in, `jwt` the credential."""
    row = own(token)
    if row is None or not row.is_given:
        raise Http404
    return _file(request, row, form)


def _file(request: HttpRequest, row: Certificate, form: str) -> HttpResponse:
    if form == "resmi" and row.official is not None:
        return file_response(row.official)  # type: ignore[return-value]
    if form == "pdf":
        return pdf_response(single_pdf(row, base(request)), file_name(row))
    if form == "png" and row.credential:
        return _download(badge(row), "image/png", f"{file_name(row)}.png")
    if form == "jwt" and row.credential:
        return _download(row.credential.encode(), "text/plain; charset=us-ascii", f"{file_name(row)}.jwt")
    raise Http404


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


# --- for machines: who the issuer is, its keys, its list ---------------------------------------------------

@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """The issuer as an Open Badges Profile; a node without a public name is known by a URN."""
    if not address():
        raise Http404
    issuer = issuer_of(service_name())
    keys = SigningKey.objects.filter(issuer=issuer.id).order_by("made_at")
    return JsonResponse({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": issuer.id, "type": ["Profile"], "name": issuer.name, "url": address(),
        "verificationMethod": [{"id": key.kid, "type": "JsonWebKey", "controller": issuer.id, "publicKeyJwk": _jwk(key)}
                               for key in keys]})


@require_safe
def key(request: HttpRequest, thumbprint: str) -> HttpResponse:
    """What a credential's `kid` leads to: a JWK. A withdrawn key is gone."""
    row = SigningKey.objects.filter(thumbprint=thumbprint.replace("\x00", "")).first()
    if row is None or row.withdrawn_from is not None:
        raise Http404
    return JsonResponse(_jwk(row))


@require_safe
def revoked(request: HttpRequest) -> HttpResponse:
    """The 1EdTechRevocationList, dated: ids and reasons, no names."""
    if not City.objects.exists():
        raise Http404
    issuer = issuer_of(service_name())
    return JsonResponse({
        "id": issuer.revocations, "type": "1EdTechRevocationList", "issuer": issuer.id, "dated": moment(clock.now()),
        "revokedCredentials": [{"id": id, "revoked": True, "revocationReason": one.reason, "date": moment(one.at)}
                               for id, one in revocations(issuer.id).items()]})


def _jwk(key: SigningKey) -> dict[str, str]:
    return {"kty": "OKP", "crv": "Ed25519", "x": key.x, "kid": key.kid, "alg": "EdDSA", "use": "sig"}
