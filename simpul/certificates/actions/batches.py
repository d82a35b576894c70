"""Drafts: who is to get a certificate for what. Nothing is numbered or signed yet."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.certificates.actions.refusals import AlreadyIssued, WrongDetails, need_issue
from simpul.certificates.models import Batch, Certificate
from simpul.certificates.queries import numbered
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.secrets import new_token

MOST = 2000      # certificates of one batch
MOST_BACK = 40   # lines of the list on the back
PATTERN = "421.9/{n:03}-DPAD"


@dataclass(frozen=True)
class Material:
    """A line of the list on the back; `jp` lessons of 45 minutes."""

    title: str
    jp: int = 0


@dataclass(frozen=True)
class Event:
    """What the certificates are of, as it is printed. `pattern`: the register's number with {n} or {n:03} in it."""

    title: str
    first_on: date
    last_on: date
    issuer_name: str
    place: str = ""
    pattern: str = PATTERN
    signed_in: str = ""
    signer_role: str = ""
    signer_name: str = ""
    signer_number: str = ""


@dataclass(frozen=True)
class Award:
    """One certificate to be. `key` names what earned it ("training.Participant:<uuid>") and finds it again; `evidence`
    is plain JSON without names."""

    name: str
    key: str
    achievement: str
    criteria: str
    kind: str = Certificate.Kind.CERTIFICATE.value
    jp: int = 0
    materials: tuple[Material, ...] = ()
    evidence: dict[str, Any] = field(default_factory=dict)
    library_id: UUID | None = None
    person_id: UUID | None = None


@change("certificates.prepared", says=gettext_lazy("{by} prepared {n} certificates of {result}"))
def prepare_batch(*, event: Event, awards: Sequence[Award], source: str = "", batch: Batch | None = None,
                  library_id: UUID | None = None, by: Actor, at: datetime, id: UUID) -> Batch:
    """The batch of `source` (or `batch`) with one draft for each award; made anew or brought up to date.

    Idempotent: drafts are found again by `Award.key` and rewritten, drafts whose key is no longer there go, whatever
    was issued stays as it is. The event of a batch of which anything was issued stays too.
    Raises NotAllowed, WrongDetails (a name, a pattern), AlreadyIssued never.
    """
    need_issue(by)
    _need_whole(event, awards)
    found = batch or (Batch.objects.filter(source=source).first() if source else None)
    if found is None:
        found = Batch(id=derived_id(id, "batch"), source=source, library_id=library_id, made_at=at)
    if found.issued_at is None:
        for name, value in (("event", event.title.strip()), *(
                (one, getattr(event, one)) for one in asdict(event) if one != "title")):
            setattr(found, name, value)
        found.save()
    _bring_up_to_date(found, awards, at, id)
    note(n=len(awards))
    return found


def _bring_up_to_date(batch: Batch, awards: Sequence[Award], at: datetime, id: UUID) -> None:
    there = {row.source: row for row in batch.certificates.exclude(state=Certificate.State.REPLACED)}
    batch.certificates.filter(state=Certificate.State.DRAFT).exclude(source__in=[one.key for one in awards]).delete()
    fresh, changed = [], []
    for award in awards:
        row = there.get(award.key)
        if row is not None and row.state != Certificate.State.DRAFT:
            continue
        if row is None:
            row = draft(batch, award.key, id, at)
            fresh.append(row)
        else:
            changed.append(row)
        _write(row, award)
    Certificate.objects.bulk_create(fresh)
    if changed:
        Certificate.objects.bulk_update(changed, [
            "name", "kind", "achievement", "criteria", "jp", "materials", "evidence", "library", "person"])


def draft(batch: Batch, key: str, id: UUID, at: datetime) -> Certificate:
    """A new row with its secrets, not written yet."""
    return Certificate(id=derived_id(id, f"certificate {key}"), batch=batch, source=key, made_at=at,
                       check_token=new_token()[:22], own_token=new_token(), salt=new_token()[:22])


def _write(row: Certificate, award: Award) -> None:
    row.name, row.kind, row.achievement, row.criteria = (
        clean_name(award.name), award.kind, award.achievement.strip(), award.criteria.strip())
    row.jp, row.evidence, row.library_id, row.person_id = award.jp, award.evidence, award.library_id, award.person_id
    row.materials = [asdict(one) for one in award.materials]


def clean_name(name: str) -> str:
    """A name as it can be printed. Raises WrongDetails."""
    kept = " ".join("".join(ch if ch.isprintable() else " " for ch in name).split())
    if not kept or len(kept) > 120 or any(ch in "<>{}" for ch in kept):
        raise WrongDetails(_("“%(name)s” cannot be printed as a name.") % {"name": kept[:60] or "–"}, field="names")
    return kept


def _need_whole(event: Event, awards: Sequence[Award]) -> None:
    if not event.title.strip() or len(event.title) > 200 or not event.issuer_name.strip():
        raise WrongDetails(_("Say what the event is called and who issues the certificates."), field="title")
    if event.last_on < event.first_on:
        raise WrongDetails(_("The last day is before the first."), field="last_on")
    need_pattern(event.pattern)
    if len(awards) > MOST:
        raise WrongDetails(_("At most %(n)d certificates at once.") % {"n": MOST}, field="names")
    if len({one.key for one in awards}) != len(awards) or not all(one.key and len(one.key) <= 90 for one in awards):
        raise WrongDetails(_("Somebody stands twice on the list."), field="names")
    for award in awards:
        _need_award(award)


def _need_award(award: Award) -> None:
    clean_name(award.name)
    if not award.achievement.strip() or len(award.achievement) > 200 or len(award.criteria) > 400:
        raise WrongDetails(_("Say in a few words what the certificate is for."), field="achievement")
    if award.kind not in Certificate.Kind.values or not 0 <= award.jp <= 2000:
        raise WrongDetails(_("Check the kind of certificate and its JP."), field="kind")
    if len(award.materials) > MOST_BACK or any(not 0 <= one.jp <= 2000 or not 0 < len(one.title) <= 200
                                               for one in award.materials):
        raise WrongDetails(_("The list for the back has at most %(n)d short lines.") % {"n": MOST_BACK},
                           field="materials")


def need_pattern(pattern: str) -> None:
    """Raises WrongDetails."""
    try:
        longest = numbered(pattern, 99999)
    except ValueError:
        longest = ""
    if not longest or len(longest) > 60 or not longest.isprintable():
        raise WrongDetails(_("Write the number with {n} where it counts up, for example 421.9/{n:03}-DPAD/2024."),
                           field="pattern")


def need_drafts(rows: Iterable[Certificate]) -> None:
    """Raises AlreadyIssued."""
    if any(row.state != Certificate.State.DRAFT for row in rows):
        raise AlreadyIssued(_("What was issued stays as it is. Correct it with a new certificate."))
