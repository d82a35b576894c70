"""A certificate's credential."""

import hashlib
from uuid import uuid5

from joserfc.jwk import OKPKey

from simpul.certificates.badges import jws
from simpul.certificates.badges.payload import TYP, Earned, Issuer, claims
from simpul.certificates.models import Certificate, SigningKey
from simpul.certificates.queries import issuer_of

#: the standard's word for each kind; a letter of attendance has none
TYPES = {Certificate.Kind.CERTIFICATE: "CertificateOfCompletion", Certificate.Kind.MENTOR: "Certificate",
         Certificate.Kind.SPEAKER: "Certificate"}


def sign_certificate(row: Certificate, by: SigningKey, key: OKPKey, issuer: Issuer | None = None) -> None:
    """Fill key, credential and its hash; the row has its number and moment, and is not written. `issuer` of the row's
    batch, where many are signed."""
    batch = row.batch
    issuer = issuer or issuer_of(batch.issuer_name)
    assert row.issued_at is not None
    payload = claims(
        issuer=issuer, id=row.pk, name=row.name, salt=row.salt, issued_at=row.issued_at,
        earned=Earned(achievement_id=uuid5(batch.pk, f"{row.kind} {row.achievement}"), title=row.achievement,
                      description=f"{batch.event}, {batch.place}".rstrip(", "), criteria=row.criteria,
                      type=TYPES.get(Certificate.Kind(row.kind), ""), number=row.number or "", jp=row.jp,
                      first_on=batch.first_on, last_on=batch.last_on))
    row.key = by
    row.credential = jws.sign(payload, key, kid=by.kid, typ=TYP)
    row.credential_sha256 = hashlib.sha256(row.credential.encode()).hexdigest()
