"""What partners and approaches know about persons: whom to call."""

from simpul.core.personal import Basis, Personal, Sees

_STAFF = frozenset({Sees.OWN_STAFF})
_BOTH = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR})
_ENDED = "erased a year after the partnership ended"

PERSONAL = {
    "partner.contact_name": Personal("whom to call at a partner", Basis.LEGITIMATE_INTEREST, _ENDED, _BOTH),
    "partner.contact_phone": Personal("to call, invite and thank a partner", Basis.LEGITIMATE_INTEREST, _ENDED, _BOTH),
    "partner.notes": Personal("what to know about working with a partner; may name somebody", Basis.LEGITIMATE_INTEREST,
                              _ENDED, _BOTH),
}
NOT_PERSONAL = {
    "partner.name", "partner.name_key", "partner.kind", "partner.since_on", "partner.ended_on", "partner.contacted_on",
    "partner.thanked_on", "partner.recorded_at",
    "publicity.about", "publicity.title", "publicity.channel", "publicity.link", "publicity.happened_at",
    "publicity.local_date", "publicity.recorded_at", "publicity.voided_at",
}
