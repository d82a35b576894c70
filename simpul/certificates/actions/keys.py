"""Keys that make credentials: made when first needed, changed now and then, withdrawn when somebody else has one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from joserfc.jwk import OKPKey

from simpul.certificates import vault
from simpul.certificates.actions.refusals import WrongDetails
from simpul.certificates.actions.signing import sign_certificate
from simpul.certificates.badges import keyfile
from simpul.certificates.models import Certificate, SigningKey
from simpul.certificates.permissions import can_keep_keys
from simpul.certificates.queries import issuer_of, key_file, service_name
from simpul.core import rows
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id, new_id
from simpul.core.refusal import NotAllowed


@dataclass(frozen=True)
class Signer:
    """A current key with its private half."""

    row: SigningKey
    key: OKPKey


def current_signer(at: datetime, id: UUID) -> Signer:
    """Inside a change: the current key of this node's issuer; made where there is none, or where its private half is
    not on this machine (brought back from a backup) and it therefore can sign nothing more."""
    issuer = issuer_of(service_name()).id
    row = SigningKey.objects.select_for_update().filter(issuer=issuer, retired_at__isnull=True).first()
    key = vault.load(row.thumbprint) if row else None
    if row is not None and key is not None:
        return Signer(row, key)
    return _make(issuer, row, at, id)


def _make(issuer: str, before: SigningKey | None, at: datetime, id: UUID) -> Signer:
    if before is not None:
        before.retired_at = at
        rows.update(before, "retired_at")
    key = vault.make()
    public = key.as_dict(private=False)
    row = SigningKey.objects.create(id=derived_id(id, "key"), issuer=issuer, thumbprint=key.thumbprint(),
                                    x=str(public["x"]), made_at=at)
    return Signer(row, key)


@change("signing_key.rotated", says=gettext_lazy("{by} changed the key that signs certificates; the new one is {result}"))
def rotate_key(*, by: Actor, at: datetime, id: UUID) -> SigningKey:
    """A new key signs from now on; the old one stays good for what it signed. Raises NotAllowed."""
    _need_keys(by)
    issuer = issuer_of(service_name()).id
    before = SigningKey.objects.select_for_update().filter(issuer=issuer, retired_at__isnull=True).first()
    return _make(issuer, before, at, id).row


@change("signing_key.withdrawn", says=gettext_lazy("{by} withdrew key {key}; {n} credentials were signed anew"))
def withdraw_key(*, key: SigningKey, since: datetime, because: str, by: Actor, at: datetime, id: UUID) -> SigningKey:
    """Somebody else may have the private key since `since`. It signs nothing more; credentials that this node did not
    make with it before are trusted nowhere; what the node made with it since is signed anew. Gives the new key.
    Raises NotAllowed, WrongDetails."""
    _need_keys(by)
    if key.withdrawn_from is not None:
        raise WrongDetails(_("This key is withdrawn already."))
    if since > at or not because.strip():
        raise WrongDetails(_("Say since when, not later than now, and why."))
    key.withdrawn_from, key.withdrawn_because = since, because.strip()[:200]
    key.retired_at = min(key.retired_at or at, at)
    rows.update(key, "withdrawn_from", "withdrawn_because", "retired_at")
    signer = current_signer(at, id)
    doubtful = list(key.certificates.filter(issued_at__gte=since).exclude(credential="").select_related("batch"))
    for certificate in doubtful:
        sign_certificate(certificate, signer.row, signer.key)
        rows.update(certificate, "key_id", "credential", "credential_sha256")
    vault.destroy(key.thumbprint)
    note(n=len(doubtful))
    return signer.row


def export_keys(*, by: Actor, at: datetime) -> str:
    """The text of the key file as of `at`, signed by the current key. No change, unless there is no key yet: then the
    first is made. Raises NotAllowed."""
    _need_keys(by)
    issuer = issuer_of(service_name()).id
    row = SigningKey.objects.filter(issuer=issuer, retired_at__isnull=True).first()
    key = vault.load(row.thumbprint) if row else None
    if row is None or key is None:
        row = rotate_key(by=by, at=at, id=new_id())
        key = vault.load(row.thumbprint)
        assert key is not None
    return keyfile.write(key_file(at, row), key, row.kid)


def _need_keys(by: Actor) -> None:
    if not can_keep_keys(by):
        raise NotAllowed(_("Only the administrator of this node keeps its keys."))


def known_key(thumbprint: str) -> SigningKey | None:
    """A key by the beginning of its thumbprint; None where it is nobody's or not clear."""
    found = list(SigningKey.objects.filter(thumbprint__startswith=thumbprint)[:2]) if len(thumbprint) >= 6 else []
    return found[0] if len(found) == 1 else None


def signed_by(key: SigningKey) -> int:
    """How many credentials it made."""
    return Certificate.objects.filter(key=key).count()
