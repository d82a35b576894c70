"""What certificates know about persons: the name on the paper, and how it was earned."""

from simpul.core.personal import Basis, Personal, Sees

_OFFICE = frozenset({Sees.COORDINATOR, Sees.HERSELF})
_HERS = frozenset({Sees.HERSELF})
_HIDDEN = frozenset({Sees.NOBODY})
_KEPT = ("as long as the service keeps its register of certificates; a draft that was never issued 180 days; "
         "erased at her wish, after which only the number stays")

PERSONAL = {
    "certificate.name": Personal("stands on the paper and on the page that proves it, for whoever holds the paper",
                                 Basis.PUBLIC_TASK, _KEPT, _OFFICE),
    "certificate.person": Personal("lets a member's certificates be told and erased with her", Basis.PUBLIC_TASK,
                                   _KEPT, _OFFICE),
    "certificate.source": Personal("which participation earned it, as an id", Basis.PUBLIC_TASK, _KEPT, _OFFICE),
    "certificate.evidence": Personal("how it was earned (sessions, test, plan) as it was then, to answer questions",
                                     Basis.PUBLIC_TASK, _KEPT, _OFFICE),
    "certificate.own_token": Personal("her link to her files", Basis.PUBLIC_TASK, _KEPT, _HERS),
    "certificate.check_token": Personal("the QR code on her paper", Basis.PUBLIC_TASK, _KEPT, _HERS),
    "certificate.salt": Personal("makes the hash of her name in the credential her own", Basis.PUBLIC_TASK, _KEPT,
                                 _HERS),
    "certificate.credential": Personal("proves the certificate without this node; holds a salted hash of her name",
                                       Basis.PUBLIC_TASK, _KEPT, _HERS),
    "certificate.because": Personal("why it was revoked, for the service's own eyes", Basis.PUBLIC_TASK, _KEPT,
                                    frozenset({Sees.COORDINATOR})),
    "batch.signer_name": Personal("the head of the service stands on every certificate", Basis.PUBLIC_TASK,
                                  "as long as the batch", _OFFICE),
    "batch.signer_number": Personal("the head's NIP under the signature, as on every official letter",
                                    Basis.PUBLIC_TASK, "as long as the batch", _OFFICE),
}
NOT_PERSONAL = {
    "signingkey.issuer", "signingkey.thumbprint", "signingkey.x", "signingkey.made_at", "signingkey.retired_at",
    "signingkey.withdrawn_from", "signingkey.withdrawn_because",
    "batch.source", "batch.event", "batch.place", "batch.first_on", "batch.last_on", "batch.issuer_name",
    "batch.signed_in", "batch.signer_role", "batch.pattern", "batch.made_at", "batch.issued_at",
    "certificate.kind", "certificate.achievement", "certificate.criteria", "certificate.materials",
    "certificate.state", "certificate.number", "certificate.credential_sha256", "certificate.official_at", "certificate.made_at",
    "certificate.issued_at", "certificate.local_date", "certificate.revoked_at", "certificate.reason",
}
