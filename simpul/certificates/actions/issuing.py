"""Issuing: numbers of the register without a gap, and a credential for each."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.certificates.actions.batches import need_pattern
from simpul.certificates.actions.keys import Signer, current_signer
from simpul.certificates.actions.refusals import NothingToIssue, NumberTaken, WrongDetails, need_issue
from simpul.certificates.actions.signing import sign_certificate
from simpul.certificates.models import Batch, Certificate
from simpul.certificates.queries import issuer_of, next_ordinal, numbered
from simpul.core import clock, rows
from simpul.core.actor import Actor
from simpul.core.change import change, note

WRITTEN = ("state", "ordinal", "number", "key_id", "credential", "credential_sha256", "issued_at", "local_date")


@change("certificates.issued", says=gettext_lazy("{by} issued {n} certificates of {batch}"))
def issue_batch(*, batch: Batch, pattern: str = "", starts_at: int | None = None, by: Actor, at: datetime,
                id: UUID) -> int:
    """Number and sign all drafts, by name; how many. `pattern` and `starts_at` change the batch's before its first
    issue; drafts added later go on from the last number of the pattern. Raises NotAllowed, NothingToIssue,
    NumberTaken, WrongDetails."""
    need_issue(by)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    drafts = sorted(batch.certificates.filter(state=Certificate.State.DRAFT).select_related("library"),
                    key=lambda row: (row.name.casefold(), row.pk))
    if not drafts:
        raise NothingToIssue(_("There is nobody on the list who has no certificate yet."))
    if batch.issued_at is None:
        _set_numbers(batch, pattern, starts_at, at)
        first = batch.starts_at
    else:
        first = next_ordinal(batch.pattern)
    give(drafts, batch, first, current_signer(at, id), at)
    note(n=len(drafts))
    return len(drafts)


def _set_numbers(batch: Batch, pattern: str, starts_at: int | None, at: datetime) -> None:
    batch.pattern = pattern.strip() or batch.pattern
    need_pattern(batch.pattern)
    batch.starts_at = next_ordinal(batch.pattern) if starts_at is None else starts_at
    if not 1 <= batch.starts_at <= 99_999:
        raise WrongDetails(_("The first number is between 1 and 99999."), field="starts_at")
    batch.issued_at = at
    batch.save(update_fields=["pattern", "starts_at", "issued_at"])


def give(drafts: Sequence[Certificate], batch: Batch, first: int, signer: Signer, at: datetime) -> None:
    """Inside a change: numbers from `first` on, signatures, written. Raises NumberTaken."""
    taken = Certificate.objects.filter(
        number__in=[numbered(batch.pattern, first + n) for n in range(len(drafts))]).values_list("number", flat=True)
    if taken:
        raise NumberTaken(_("Number %(number)s was given before. The next free one is %(next)d.") % {
            "number": taken[0], "next": next_ordinal(batch.pattern)}, field="starts_at")
    issuer = issuer_of(batch.issuer_name)
    for n, row in enumerate(drafts, first):
        row.batch, row.ordinal, row.number = batch, n, numbered(batch.pattern, n)
        row.state, row.issued_at = Certificate.State.ISSUED, at
        row.local_date = clock.local_date(at, row.library.time_zone if row.library else clock.JAKARTA.key)
        sign_certificate(row, signer.row, signer.key, issuer)
    try:
        with transaction.atomic():
            for row in drafts:
                rows.update(row, *WRITTEN)
    except IntegrityError:
        raise NumberTaken(_("Somebody issued certificates with these numbers just now. Try again."),
                          field="starts_at") from None
