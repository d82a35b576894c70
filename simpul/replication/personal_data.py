"""What the replication knows about persons: who mentored and who judged. Its notes ask for no names of residents."""

from simpul.core.personal import Basis, Personal, Sees

_SEEN = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR, Sees.ADMINISTRATOR, Sees.HERSELF})
_KEPT = "as long as the journey; it is the library's history"

PERSONAL = {
    "contact.account": Personal("which mentor was in contact", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "contact.word": Personal("what a mentor noted; the form asks for no names of residents", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "confirmation.account": Personal("who said a step by hand", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "confirmation.reason": Personal("why; may name an office holder", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "score.account": Personal("who scored the readiness", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "score.reason": Personal("why; may name an office holder", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "pause.account": Personal("who let a library rest", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "pause.reason": Personal("why a library is silent: somebody may be ill", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "agreed.what": Personal("what was agreed; may name who does it", Basis.PUBLIC_TASK, _KEPT, _SEEN),
}
NOT_PERSONAL = {
    "document.kind", "document.number", "document.dated_on", "document.valid_until", "document.word",
    "document.recorded_at", "document.withdrawn_at",
    "confirmation.stage", "confirmation.said_on", "confirmation.recorded_at", "confirmation.withdrawn_at",
    "score.axis", "score.scored_on", "score.recorded_at", "score.withdrawn_at",
    "contact.how", "contact.planned_on", "contact.done_on", "contact.outcome", "contact.read_at", "contact.recorded_at",
    "contact.withdrawn_at",
    "agreed.due_on", "pause.until_on", "pause.recorded_at", "pause.withdrawn_at",
    "peermeeting.title", "peermeeting.held_on", "peermeeting.place", "peermeeting.word", "peermeeting.recorded_at",
    "peermeeting.withdrawn_at",
    "share.invited_at", "delegate.recorded_at",
    "share.achievement", "share.tip", "share.challenge", "share.product", "share.takes_home", "share.try_by_on",
    "share.recorded_at",
    "unitcost.what", "unitcost.unit", "unitcost.source", "unitcost.from_on", "unitcost.recorded_at", "unitcost.withdrawn_at",
}
