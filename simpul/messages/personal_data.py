"""What the outbox knows about people: to whom an e-mail goes, until it went."""

from simpul.core.personal import Basis, Personal, Sees

_NOBODY = frozenset({Sees.NOBODY})
_SENT = "erased when it was sent, given up or too late; at most a few weeks"

PERSONAL = {
    "message.to": Personal("where the message goes", Basis.CONTRACT, _SENT, _NOBODY),
    "message.subject": Personal("what it is about", Basis.CONTRACT, _SENT, _NOBODY),
    "message.text": Personal("what she is told", Basis.CONTRACT, _SENT, _NOBODY),
    "stop.address_hash": Personal("not to write to her again; a keyed hash", Basis.LEGITIMATE_INTEREST,
                                  "until she wants e-mail again", _NOBODY),
}
NOT_PERSONAL = {
    "message.key", "message.state", "message.next_try_at", "message.expires_at", "message.sent_at", "message.problem",
    "message.recorded_at", "stop.stopped_at",
}
