"""What people keep about a person, and why. NIK, religion and mother's maiden name have no field."""

from simpul.core.personal import Basis, Personal, Sees

_OWN = frozenset({Sees.OWN_STAFF, Sees.HERSELF})
_NOBODY = frozenset({Sees.NOBODY})
_TILL_ERASED = "until she asks for erasure; a child without a guardian's consent: 30 days"
_PROOF = "as long as the consent may have to be proved; without name once the person is erased"
_COUNTED = "kept after erasure, without a name, so that counts stay true"
MEMBERSHIP = Basis.CONTRACT

PERSONAL = {
    "person.name": Personal("who is a member and who has a book", MEMBERSHIP, _TILL_ERASED, _OWN),
    "person.name_key": Personal("finding the member at the desk", MEMBERSHIP, _TILL_ERASED, _OWN),
    "person.sex": Personal("who is reached, as the reports ask it", Basis.PUBLIC_TASK, _COUNTED, _OWN),
    "person.birth_year": Personal("whether a guardian must agree; age groups of the reports", Basis.PUBLIC_TASK,
                                  _COUNTED, _OWN),
    "person.phone": Personal("reminding of a book that is due", MEMBERSHIP, _TILL_ERASED, _OWN),
    "person.email": Personal("reminding of a book that is due; optional", MEMBERSHIP, _TILL_ERASED, _OWN),
    "person.address": Personal("finding a book that does not come back; optional", MEMBERSHIP, _TILL_ERASED, _OWN),
    "person.occupation": Personal("exchange with INLISLite; optional", Basis.CONSENT, _TILL_ERASED, _OWN),
    "person.education": Personal("exchange with INLISLite; optional", Basis.CONSENT, _TILL_ERASED, _OWN),
    "person.institution": Personal("reaching a pupil through the school; optional", Basis.CONSENT, _TILL_ERASED, _OWN),
    "person.help_offered": Personal("what helps her here, only if she offers it", Basis.CONSENT, _TILL_ERASED, _OWN),
    "person.recorded_at": Personal("since when she is known: the thirty days begin", Basis.LEGAL_DUTY, _COUNTED, _OWN),
    "person.erased_at": Personal("that and when she was erased", Basis.LEGAL_DUTY, "as long as the row", _OWN),
    "guardianship.child": Personal("whose guardian this is", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "guardianship.name": Personal("who answers for the child and agreed", Basis.LEGAL_DUTY, _TILL_ERASED, _OWN),
    "guardianship.phone": Personal("asking for consent, reminding of a child's book", Basis.LEGAL_DUTY, _TILL_ERASED,
                                   _OWN),
    "guardianship.relation": Personal("that she may answer for the child", Basis.LEGAL_DUTY, _TILL_ERASED, _OWN),
    "guardianship.recorded_at": Personal("since when", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "guardianship.ended_at": Personal("until when", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "member.person": Personal("whose membership this is", MEMBERSHIP, _COUNTED, _OWN),
    "member.number": Personal("what is printed on her card", MEMBERSHIP, _TILL_ERASED, _OWN),
    "member.since_on": Personal("since when she is a member", MEMBERSHIP, _COUNTED, _OWN),
    "member.until_on": Personal("until when she may borrow", MEMBERSHIP, _COUNTED, _OWN),
    "member.ended_on": Personal("that her membership has ended", MEMBERSHIP, _COUNTED, _OWN),
    "member.blocked_because": Personal("why nothing is lent to her for now", MEMBERSHIP, "until unblocked", _OWN),
    "member.same_as": Personal("who was entered twice is one", Basis.LEGITIMATE_INTEREST, "until separated or erased", _OWN),
    "member.number_there": Personal(
        "importing again brings nobody twice", MEMBERSHIP, "a hash of it after erasure, so that nobody comes back",
        frozenset({Sees.OWN_STAFF})),
    "card.member": Personal("whose card this is", MEMBERSHIP, _COUNTED, _OWN),
    "card.code": Personal("borrowing with a card", MEMBERSHIP, "until the card ends; emptied at erasure", _OWN),
    "card.issued_at": Personal("since when the card opens her record", MEMBERSHIP, _TILL_ERASED, _OWN),
    "card.ended_at": Personal("since when it opens nothing", MEMBERSHIP, _TILL_ERASED, _OWN),
    "consent.person": Personal("who it is about", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consent.purpose": Personal("what was agreed to", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consent.how": Personal("how it can be proved", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consent.wording": Personal("the words that were agreed to", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consent.evidence": Personal("the signed sheet", Basis.LEGAL_DUTY, "removed at erasure unless it proves others",
                                 _OWN),
    "consent.given_at": Personal("when it was given", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consent.recorded_at": Personal("when it was written down", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consent.withdrawn_at": Personal("since when it is withdrawn", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consentrequest.person": Personal("whose guardian was asked", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consentrequest.token_hash": Personal("opening the guardian's link", Basis.LEGAL_DUTY, _PROOF, _NOBODY),
    "consentrequest.made_at": Personal("when she was asked", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consentrequest.expires_at": Personal("until when she may answer", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consentrequest.answered_at": Personal("when she answered", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "consentrequest.revoked_at": Personal("when a newer link took its place", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "sameperson.one": Personal("one person at two libraries", Basis.LEGITIMATE_INTEREST, "until unlinked or erased",
                               _OWN),
    "sameperson.other": Personal("one person at two libraries", Basis.LEGITIMATE_INTEREST, "until unlinked or erased",
                                 _OWN),
    "sameperson.linked_at": Personal("since when", Basis.LEGITIMATE_INTEREST, "until erased", _OWN),
    "sameperson.moved": Personal("separating the two again", Basis.LEGITIMATE_INTEREST, "until erased",
                                 frozenset({Sees.NOBODY})),
    "sameperson.unlinked_at": Personal("until when", Basis.LEGITIMATE_INTEREST, "until erased", _OWN),
}
NOT_PERSONAL = {
    "membertype.code", "membertype.name", "member.came_from",
    "consentsheet.code", "consentsheet.wording", "consentsheet.made_at", "consentsheet.signed_at",
}
