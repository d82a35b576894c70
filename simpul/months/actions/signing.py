"""A month is signed, its paper is brought back, what changed afterwards is noticed and read."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.core.secrets import new_code
from simpul.files.actions import store_document, store_picture
from simpul.files.models import StoredFile
from simpul.files.pictures import Prepared
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.actions.preparing import account_of, check_month
from simpul.months.actions.refusals import AlreadySigned, MonthNotOver, NumbersMoved, SomethingImpossible
from simpul.months.models import MonthReport, Restatement, Signature
from simpul.months.permissions import can_prepare, can_sign
from simpul.months.queries.month import Month
from simpul.months.queries.month import month as read_month
from simpul.months.queries.restating import Difference, differences_digest, roll_of
from simpul.months.snapshot import definitions_of, digest_of, snapshot_of


@change("month.signed", says=_("{by} signed {result} of {library}, version {n}"))
def sign_month(*, library: Library, month: date, seen: str = "", by: Actor, at: datetime, id: UUID) -> Signature:
    """The librarian stands for the month as it is now; what she saw (`Month.seen`) must still be so. Again only where
    something is to be signed anew. Raises NotAllowed, MonthNotOver, LibraryNotThere, AlreadySigned, NumbersMoved,
    SomethingImpossible."""
    if not can_sign(by, library.pk):
        raise NotAllowed(_("Only the librarian signs the month of her library."))
    check_month(library, month, at)
    today = clock.local_date(at, library.time_zone)
    if Period.of_month(month).last >= today:
        raise MonthNotOver(_("The month is not over: it can be prepared now and signed from the first day of the next."))
    MonthReport.objects.get_or_create(library=library, month=month, defaults={"id": derived_id(id, "report")})
    report = MonthReport.objects.select_for_update().get(library=library, month=month)  # two who sign queue here
    now = read_month(library, Period.of_month(month), at, with_lists=True)
    _check(now, seen)
    Signature.objects.standing().filter(report=report).update(superseded_at=at)
    Restatement.objects.open().filter(signature__report=report).update(settled_at=at)
    version = 1 + max((one.version for one in now.signatures), default=0)
    account, content = account_of(by), content_of(now)
    roll, print_ = roll_of(library.pk, month)
    note(library=library.pk, n=version)
    return Signature.objects.create(
        id=derived_id(id, "signature"), report=report, library=library, month=month, version=version, code=new_code(10),
        signed_by=account, signer=account.name if account else "", signed_at=at, signed_on=today,
        is_closed_month=now.is_closed_month, snapshot=content, digest=digest_of(content), rolled_up=roll, print=print_,
        definitions=definitions_of(month))


def _check(now: Month, seen: str) -> None:
    if now.blocks:
        raise SomethingImpossible(_("Something impossible stands in this month. Mend it first: it is pointed out on the page."))
    standing = now.signature
    if standing is not None and not now.differs and not _is_told_anew(now, standing):
        raise AlreadySigned(_("%(name)s signed this month on %(day)s, and nothing changed since.") % {
            "name": standing.signer or "–", "day": date_format(standing.signed_on, "j F Y")})
    if seen and seen != now.seen:
        raise NumbersMoved(_("A figure changed while you were reading. Look once more, then sign."))


def _is_told_anew(now: Month, standing: Signature) -> bool:
    """Facts or answers came after the signature."""
    return any(one.row and one.row.told_at > standing.signed_at for one in now.told) or any(
        one.answer and one.answer.answered_at > standing.signed_at for one in now.findings)


def content_of(now: Month) -> dict[str, Any]:
    """The snapshot of a month, in the language of the city: Indonesian."""
    with translation.override("id"):
        return snapshot_of(
            now.library, now.period, now.figures, state=now.coverage, days=now.days, lists=now.lists,
            told=[{"name": one.question.name, "value": one.value, "is_unknown": one.is_unknown} for one in now.told
                  if one.row],
            unusual=[{"key": one.unusual.key, "sentence": one.unusual.sentence, "answer": one.answer.said if one.answer else ""}
                     for one in now.findings])


@change("month.scanned", says=_("{by} brought the signed paper of {signature} of {library}"))
def attach_scan(*, signature: Signature, file: Prepared, by: Actor, at: datetime, id: UUID) -> Signature:
    """The paper with the wet signatures, a photo or PDF; a later one takes its place. Raises NotAllowed."""
    if not can_prepare(by, signature.library_id):
        raise NotAllowed(_("You do not work at this library."))
    keep = store_picture if file.kind == StoredFile.Kind.PICTURE else store_document
    signature.scan = keep(upload=file, library_id=signature.library_id, at=at, id=derived_id(id, "file"))
    signature.scanned_at = at
    signature.save(update_fields=["scan", "scanned_at"])
    return signature


@change("month.restatement_seen", says=_("{by} read what changed in {restatement} of {library}"))
def see_restatement(*, restatement: Restatement, by: Actor, at: datetime, id: UUID) -> Restatement:
    """The library has read it; it goes on standing there until somebody signs again. Raises NotAllowed."""
    if not can_prepare(by, restatement.library_id):
        raise NotAllowed(_("You do not work at this library."))
    if restatement.seen_at is None:
        restatement.seen_at = at
        restatement.save(update_fields=["seen_at"])
    return restatement


@change("month.restated", says=_("The figures of {signature} of {library} changed after it was signed: {n}"))
def notice(*, signature: Signature, found: tuple[Difference, ...], by: Actor, at: datetime, id: UUID) -> Restatement | None:
    """Write a new difference down, once; none any more settles what was noticed. Raises NotAllowed."""
    if not by.is_node:
        raise NotAllowed(_("You may not do this here."))
    note(n=len(found))
    Restatement.objects.open().filter(signature=signature).update(settled_at=at)
    if not found or signature.superseded_at is not None:
        return None
    return Restatement.objects.create(
        id=derived_id(id, "restatement"), signature=signature, library_id=signature.library_id, month=signature.month,
        noticed_at=at, differences=[one.as_json() for one in found], digest=differences_digest(found))
