"""What phones and their records keep about people, and why."""

from simpul.core.personal import Basis, Personal, Sees

_STAFF = frozenset({Sees.OWN_STAFF})
_MANAGES = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR, Sees.ADMINISTRATOR})
_WHILE = "as long as the phone is known here"
_TEXT = "90 days after it was recorded or decided, then emptied; what waits for a person is kept until she decides"
_PROOF = "as long as the node: the hash and signature prove what was handed in, and hold no name"

PERSONAL = {
    "phone.account": Personal("who carries the phone and is answerable for it", Basis.PUBLIC_TASK, _WHILE, _MANAGES),
    "phone.name": Personal("the librarian knows which phone is meant; often its carrier's name", Basis.PUBLIC_TASK, _WHILE,
                           _MANAGES),
    "phone.last_contact_at": Personal("a silent or lost phone is noticed", Basis.PUBLIC_TASK, _WHILE, _MANAGES),
    "phone.lost_since": Personal("what came after it was lost is looked at by a person", Basis.PUBLIC_TASK, _WHILE, _MANAGES),
    "event.text": Personal("what was signed on the phone, kept as proof until it is recorded and can no longer be doubted; "
                           "it may name a member, a visitor or a guardian", Basis.PUBLIC_TASK, _TEXT, _STAFF),
    "event.carrier_id": Personal("who carried the phone when it was recorded", Basis.PUBLIC_TASK, _PROOF, _STAFF),
    "event.decided_by_id": Personal("who decided about a record that was in doubt", Basis.PUBLIC_TASK, _PROOF, _STAFF),
    "event.said": Personal("why it could not be recorded; may hold a card number", Basis.PUBLIC_TASK, _TEXT, _STAFF),
    "event.subject": Personal("the number of the book or card it is about, so that a loan and its return find one another",
                              Basis.PUBLIC_TASK, _TEXT, _STAFF),
    "event.record": Personal("the row that it became, as an id", Basis.PUBLIC_TASK, _PROOF, _STAFF),
    "event.occurred_at": Personal("when somebody came, borrowed or took part", Basis.PUBLIC_TASK, _PROOF, _STAFF),
    "event.at": Personal("when somebody came, borrowed or took part", Basis.PUBLIC_TASK, _PROOF, _STAFF),
    "event.decided_because": Personal("why a record was left out, in the words of who decided", Basis.PUBLIC_TASK, _PROOF,
                                      _STAFF),
    "eventphoto.file": Personal("a picture that waits for its report; people may be seen on it", Basis.PUBLIC_TASK,
                                "until it stands at its activity", _STAFF),
}
NOT_PERSONAL = {
    "phone.algorithm", "phone.public_key", "phone.offered_at", "phone.pairing_hash", "phone.pairing_expires_at",
    "phone.paired_at", "phone.expires_at", "phone.revoked_at", "phone.app_version", "phone.last_hash", "phone.sure_at",
    "event.digest", "event.text_hash", "event.signature", "event.device_id", "event.event_id", "event.previous_hash",
    "event.kind", "event.received_at", "event.state", "event.reason", "event.flags", "event.decision", "event.decided_at",
    "event.emptied_at", "eventphoto.sha256", "eventphoto.arrived_at", "eventphoto.recorded_at",
}
