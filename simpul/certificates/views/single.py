"""One certificate in the coordinator's hands."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.certificates.actions import correct, forget_name, revoke
from simpul.certificates.forms import NameForm, RevokeForm
from simpul.certificates.models import Certificate
from simpul.certificates.printing import check_address
from simpul.certificates.views.pages import base, certificate_of, office_page
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say


@require_safe
@office_page
def certificate(request: HttpRequest, id: UUID) -> HttpResponse:
    return _page(request, certificate_of(id))


def _page(request: HttpRequest, row: Certificate, **forms: Any) -> HttpResponse:
    link = base(request).rstrip("/") + reverse("certificates:own", args=[row.own_token])
    text = _("Your certificate of %(event)s is here: %(link)s") % {"event": row.batch.event, "link": link}
    broken = any(form.errors for form in forms.values())
    return render(request, "certificates/certificate.html", {
        "row": row, "link": link, "share": f"https://wa.me/?text={quote(text)}", "check": check_address(row, base(request)),
        "name_form": forms.get("name_form") or NameForm(initial={"name": row.name}, prefix="betul"),
        "revoke_form": forms.get("revoke_form") or RevokeForm(prefix="cabut"),
        "replaces": Certificate.objects.filter(replaced_by=row).first(), "is_draft": row.state == row.State.DRAFT},
        status=422 if broken else 200)


@require_POST
@office_page
def corrected(request: HttpRequest, id: UUID) -> HttpResponse:
    row, form = certificate_of(id), NameForm(request.POST, prefix="betul")
    if form.is_valid():
        new = form.attempt(lambda: correct(certificate=row, name=form.cleaned_data["name"], by=request.actor,  # type: ignore[attr-defined]
                                           at=clock.now(), id=form.change_id))
        if new is not None:
            say(request, _("The new certificate has number %(number)s; the old one shows that it was replaced.") % {
                "number": new.number} if new.number else _("The name is spelled right now."))
            return redirect("certificates:certificate", id=new.pk)
    return _page(request, row, name_form=form)


@require_POST
@office_page
def revoked(request: HttpRequest, id: UUID) -> HttpResponse:
    row, form = certificate_of(id), RevokeForm(request.POST, prefix="cabut")
    if form.is_valid():
        done = form.attempt(lambda: revoke(
            certificate=row, reason=form.cleaned_data["reason"], because=form.cleaned_data["because"],
            by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done is not None:
            say(request, _("Certificate %(number)s is revoked. Its public page says so from now on.") % {
                "number": done.number})
            return redirect("certificates:certificate", id=id)
    return _page(request, row, revoke_form=form)


@require_POST
@office_page
def forgotten(request: HttpRequest, id: UUID) -> HttpResponse:
    row = certificate_of(id)
    try:
        forget_name(certificate=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST))  # type: ignore[attr-defined]
    except Refusal as refusal:
        say(request, refusal, level=40)
    else:
        say(request, _("Name and files are erased. The number stays in the register."))
    return redirect("certificates:batch", id=row.batch_id)
