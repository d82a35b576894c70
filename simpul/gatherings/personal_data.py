"""What gatherings know about persons: who wants to come, for a month, and who was there."""

from simpul.core.personal import Basis, Personal, Sees

_OF_HER = frozenset({Sees.OWN_STAFF, Sees.HERSELF})
_NOBODY = frozenset({Sees.NOBODY})
_MONTH = "30 days after the last session; 12 months if she agreed to be asked again; at once when she leaves"
_COUNT = "kept without a name, so that counts stay true"
ASKED = Basis.CONTRACT

PERSONAL = {
    "registration.name": Personal("who gets a place, and whom to greet", ASKED, _MONTH, _OF_HER),
    "registration.name_key": Personal("the same person is not registered twice", ASKED, _MONTH, _NOBODY),
    "registration.phone": Personal("telling her that it moved, was cancelled, or that a place is free", ASKED, _MONTH,
                                   _OF_HER),
    "registration.email": Personal("sending her the ticket, and telling her that it moved, was cancelled, or that a place is "
                                   "free", ASKED, _MONTH, _OF_HER),
    "notice.told_at": Personal("not to send her the same message twice", ASKED, _COUNT, frozenset({Sees.OWN_STAFF})),
    "signedsheet.kept_until": Personal("the photo of a signed attendance list, as evidence of a report", Basis.PUBLIC_TASK,
                                       "two years after the day, then the photo is deleted", frozenset({Sees.OWN_STAFF})),
    "registration.sex": Personal("who is reached, as the reports ask it; optional", Basis.PUBLIC_TASK, _COUNT, _OF_HER),
    "registration.age_group": Personal("who is reached, as the reports ask it; optional", Basis.PUBLIC_TASK, _COUNT,
                                       _OF_HER),
    "registration.code": Personal("finds her at the door", ASKED, "names nobody once the name is forgotten", _OF_HER),
    "registration.token_hash": Personal("opens her own page", ASKED, "names nobody once the name is forgotten", _NOBODY),
    "registration.told_at": Personal("not to send her the same message twice", ASKED, _COUNT,
                                     frozenset({Sees.OWN_STAFF})),
    "attendance.person": Personal("a member sees where she was; she is counted once", Basis.PUBLIC_TASK,
                                  "unlinked after 12 months by the schedule; the count stays", _OF_HER),
    "attendance.who_key": Personal("one card is one mark", Basis.PUBLIC_TASK, "12 months", _NOBODY),
    "attendance.name": Personal("a walk-in who wants to stand on the list", Basis.CONSENT, "30 days after the session",
                                frozenset({Sees.OWN_STAFF})),
    "attendance.sex": Personal("who is reached, as the reports ask it", Basis.PUBLIC_TASK, _COUNT, _OF_HER),
    "attendance.age_group": Personal("who is reached, as the reports ask it", Basis.PUBLIC_TASK, _COUNT, _OF_HER),
    "attendance.has_disability": Personal("whether people with disabilities are reached; only if she offers it",
                                          Basis.CONSENT, _COUNT, _OF_HER),
}
NOT_PERSONAL = {
    "gathering.purpose", "gathering.title", "gathering.summary", "gathering.registers_from",
    "gathering.registers_until", "gathering.state", "gathering.first_on", "gathering.last_on", "gathering.changed_at",
    "gathering.recorded_at",
    "session.starts_at", "session.ends_at", "session.local_date", "session.place", "session.moved_from_at",
    "session.cancelled_at", "session.recorded_at",
    "registration.state", "registration.registered_at", "registration.moved_up_at", "registration.left_at",
    "registration.forgotten_at",
    "notice.occasion", "notice.via", "signedsheet.recorded_at",
    "attendance.how", "attendance.state", "attendance.happened_at", "attendance.local_date", "attendance.recorded_at",
    "attendance.voided_at",
}
