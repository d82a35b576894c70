"""Revoking, correcting, forgetting."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.certificates.actions.batches import clean_name, draft
from simpul.certificates.actions.issuing import give
from simpul.certificates.actions.keys import current_signer
from simpul.certificates.actions.refusals import NotGiven, WrongDetails, need_issue
from simpul.certificates.erasure import EMPTY
from simpul.certificates.models import Batch, Certificate
from simpul.certificates.queries import next_ordinal
from simpul.core import rows
from simpul.core.actor import Actor
from simpul.core.change import change, note

CARRIED = ("library_id", "person_id", "kind", "achievement", "criteria", "jp", "materials", "evidence")


@change("certificate.revoked", says=gettext_lazy("{by} revoked certificate {certificate}"))
def revoke(*, certificate: Certificate, reason: str, because: str = "", by: Actor, at: datetime,
           id: UUID) -> Certificate:
    """It stands on the list of revocations from now on, with the reason's code; the words stay with the service.
    Raises NotAllowed, NotGiven, WrongDetails."""
    need_issue(by)
    row = _locked(certificate)
    if reason not in Certificate.Reason.values:
        raise WrongDetails(_("Say why it is revoked."), field="reason")
    row.state, row.revoked_at, row.reason, row.because = Certificate.State.REVOKED, at, reason, because.strip()[:300]
    rows.update(row, "state", "revoked_at", "reason", "because")
    return row


@change("certificate.corrected", says=gettext_lazy("{by} replaced certificate {certificate} by {result}"))
def correct(*, certificate: Certificate, name: str, by: Actor, at: datetime, id: UUID) -> Certificate:
    """The same with the name spelled right: a new certificate with the next number, issued now; the old one shows
    that it was replaced. A draft is just spelled right. Raises NotAllowed, NotGiven, WrongDetails, NumberTaken."""
    need_issue(by)
    name = clean_name(name)
    if certificate.state == Certificate.State.DRAFT:
        certificate.name = name
        rows.update(certificate, "name")
        return certificate
    old = _locked(certificate)
    if name == old.name:
        raise WrongDetails(_("The name is spelled like this already."), field="name")
    batch = Batch.objects.select_for_update().get(pk=old.batch_id)
    new = draft(batch, old.source, id, at)
    new.name = name
    for field in CARRIED:
        setattr(new, field, getattr(old, field))
    old.state, old.revoked_at = Certificate.State.REPLACED, at
    rows.update(old, "state", "revoked_at")
    new.save()
    give([new], batch, next_ordinal(batch.pattern), current_signer(at, id), at)
    old.replaced_by = new
    rows.update(old, "replaced_by_id")
    note(old=old)
    return new


@change("certificate.forgotten", says=gettext_lazy("{by} erased the name on certificate {certificate}, as its holder wished"))
def forget_name(*, certificate: Certificate, by: Actor, at: datetime, id: UUID) -> Certificate:
    """Name, evidence, files and links go, the number stays. What she took along stays provable. Raises NotAllowed,
    NotGiven (a draft: take her off the list)."""
    need_issue(by)
    if certificate.state == Certificate.State.DRAFT:
        raise NotGiven(_("This is a draft. Take her off the list instead."))
    Certificate.objects.filter(pk=certificate.pk).update(**EMPTY)
    return Certificate.objects.get(pk=certificate.pk)


def _locked(certificate: Certificate) -> Certificate:
    row = Certificate.objects.select_for_update(of=("self",)).select_related("batch").get(pk=certificate.pk)
    if not row.is_given or not row.name:
        raise NotGiven(_("This certificate is not in force any more."))
    return row
