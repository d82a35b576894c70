"""The guardian's own page, opened with her link: no account, no sign-in. Looking never answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.secrets import fingerprint
from simpul.people import wordings
from simpul.people.actions import answer_by_link, link_actor, withdraw_consent
from simpul.people.forms import AnswerForm
from simpul.people.models import Consent, ConsentRequest
from simpul.people.queries import shortened


def _request_of(token: str) -> ConsentRequest:
    row = ConsentRequest.objects.select_related("person__library").filter(token_hash=fingerprint(token)).first()
    if row is None or row.person.erased_at is not None:
        raise Http404
    return row


@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    row = _request_of(token)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agrees = request.POST.get("answer") == "yes"
        try:
            answer_by_link(
                request=row, agrees=agrees, guardian=form.guardian if agrees else None,
                may_contact=agrees and form.cleaned_data["may_contact"], by=link_actor(row), at=clock.now(),
                id=form.change_id)
            return redirect("people:answer", token)
        except Refusal as refusal:
            form.refuse(refusal)
    row.refresh_from_db()
    in_force = row.person.consents.in_force().filter(purpose=Consent.Purpose.CHILD_MEMBERSHIP).first()
    response = render(request, "people/answer.html", {
        "row": row, "token": token, "form": form, "library": row.person.library, "child": shortened(row.person.name),
        "is_open": row.is_open(clock.now()), "in_force": in_force if row.is_agreed else None,
        "wording": wordings.current(Consent.Purpose.CHILD_MEMBERSHIP),
        "contact": wordings.current(Consent.Purpose.CONTACT)})
    response["X-Robots-Tag"] = "noindex"
    # not "no-referrer": browsers then send "Origin: null" with the answer, and it would be refused
    response["Referrer-Policy"] = "same-origin"
    return response


@require_POST
@never_cache
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """As easy to take back as to give: one tap with the same link."""
    row = _request_of(token)
    consent = row.person.consents.in_force().filter(purpose=Consent.Purpose.CHILD_MEMBERSHIP).first()
    if consent is not None:
        try:
            withdraw_consent(consent=consent, by=link_actor(row), at=clock.now(), id=change_id_of(request.POST))
        except Refusal:
            raise Http404 from None
    return redirect("people:answer", token)
