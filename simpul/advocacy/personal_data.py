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
    "talk.ours": Personal("who spoke for the library", Basis.LEGITIMATE_INTEREST, "erased two years after the talk", _STAFF),
    "talk.said": Personal("what was said, of offices and not of persons; may name somebody", Basis.LEGITIMATE_INTEREST,
                          "erased five years after the talk", _STAFF),
    "proposal.signer": Personal("who signs the proposal", Basis.PUBLIC_TASK, "erased three years after its year", _BOTH),
    "proposal.known_by": Personal("the head of the kelurahan who signs that he knows of it", Basis.PUBLIC_TASK,
                                  "erased three years after its year", _BOTH),
}
NOT_PERSONAL = {
    "partner.name", "partner.name_key", "partner.kind", "partner.since_on", "partner.ended_on", "partner.contacted_on",
    "partner.thanked_on", "partner.recorded_at",
    "support.kind", "support.what", "support.happened_at", "support.local_date", "support.recorded_at", "support.voided_at",
    "agreement.office", "agreement.kind", "agreement.number", "agreement.title", "agreement.from_on", "agreement.until_on",
    "agreement.recorded_at", "agreement.voided_at",
    "approach.aim", "approach.target", "approach.office", "approach.message", "approach.state", "approach.next_what",
    "approach.next_on", "approach.recorded_at", "approach.moved_at",
    "talk.way", "talk.office", "talk.happened_at", "talk.local_date", "talk.recorded_at", "talk.voided_at",
    "result.kind", "result.what", "result.happened_at", "result.local_date", "result.recorded_at", "result.voided_at",
    "roadstep.step", "roadstep.due_on", "roadstep.done_on", "roadstep.note",
    "proposal.title", "proposal.addressed_to", "proposal.need", "proposal.done", "proposal.asked", "proposal.expected",
    "proposal.budget", "proposal.place", "proposal.signs_as", "proposal.known_as", "proposal.changed_at",
    "figure.measure", "figure.from_on", "figure.until_on", "figure.computed_at",
    "publicity.about", "publicity.title", "publicity.channel", "publicity.link", "publicity.happened_at",
    "publicity.local_date", "publicity.recorded_at", "publicity.voided_at",
}
