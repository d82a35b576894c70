"""Institutions and their numbers; of persons only who brought a signed scan."""

from simpul.core.personal import Basis, Personal, Sees

PERSONAL = {
    "signedpaper.brought_by_id": Personal("who brought the signed berita acara", Basis.PUBLIC_TASK, "as long as the paper",
                                          frozenset({Sees.COORDINATOR, Sees.ADMINISTRATOR})),
}
NOT_PERSONAL = {
    "institution.name", "institution.kind", "institution.npsn", "institution.npp", "institution.closed_on",
    "institution.recorded_at",
    "return.answers", "return.how", "return.recorded_at", "return.voided_at",
    "link.open_until", "link.made_at", "link.withdrawn_at",
    "normalising.way", "normalising.targets", "normalising.recorded_at", "normalising.voided_at",
    "published.name", "published.source", "published.recorded_at", "published.voided_at",
    "signedpaper.form", "signedpaper.signed_on", "signedpaper.recorded_at", "signedpaper.voided_at",
}
