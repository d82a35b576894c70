"""The journal holds ids of people and never their names."""

from simpul.core.personal import Basis, Personal, Sees

READERS = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR, Sees.ADMINISTRATOR, Sees.HERSELF})
RETENTION = "as long as the node; the id points to nobody once the person is erased"

PERSONAL = {
    "journalline.by_id": Personal("who changed something, for honest books", Basis.PUBLIC_TASK, RETENTION, READERS),
    "journalline.refs": Personal("which rows a change touched, persons among them, as ids", Basis.PUBLIC_TASK,
                                 RETENTION, READERS),
    "journalline.result": Personal("the first answer of a change, given again when it is repeated; ids only",
                                   Basis.PUBLIC_TASK, RETENTION, frozenset({Sees.NOBODY})),
    "journalline.happened_at": Personal("when it was done", Basis.PUBLIC_TASK, RETENTION, READERS),
    "journalline.recorded_at": Personal("when it was written down", Basis.PUBLIC_TASK, RETENTION, READERS),
    "journalline.fingerprint": Personal("tells a repeated change from another one; a hash of its arguments",
                                        Basis.PUBLIC_TASK, RETENTION, frozenset({Sees.NOBODY})),
    "journaltouch.row_id": Personal("lets a person read what was done about her", Basis.PUBLIC_TASK, RETENTION,
                                    READERS),
}
NOT_PERSONAL = {
    "journalline.verb", "journalline.by_kind", "journalline.facts", "journalline.flags", "journalline.chain",
    "journalline.previous_hash", "journalline.hash", "journaltouch.label",
    "journalhead.chain", "journalhead.hash", "nodesetting.name", "nodesetting.value", "nodesetting.changed_at",
}
