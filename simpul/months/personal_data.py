"""What months know about persons: who looked, who signed, and what staff wrote in their own words."""

from simpul.core.personal import Basis, Personal, Sees

_ALL = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR})

PERSONAL = {
    "monthreport.prepared_by": Personal("who looked through the month", Basis.PUBLIC_TASK, "as long as the report", _ALL),
    "signature.signed_by": Personal("who stands for the figures", Basis.PUBLIC_TASK, "as long as the account", _ALL),
    "signature.signer": Personal("her name on the official paper", Basis.PUBLIC_TASK,
                                 "as long as the report: it is an official paper", _ALL),
    "signature.scan": Personal("the signed paper with the signatures of librarian and lurah", Basis.PUBLIC_TASK,
                               "as long as the report", _ALL),
    "answer.answered_by": Personal("who explained something unusual", Basis.PUBLIC_TASK, "as long as the account", _ALL),
    "answer.words": Personal("an explanation in the staff's own words; may name somebody by mistake", Basis.PUBLIC_TASK,
                             "as long as the report", _ALL),
    "told.value": Personal("what hindered, what is needed, in the staff's own words; may name somebody by mistake",
                           Basis.PUBLIC_TASK, "as long as the report", _ALL),
    "signature.snapshot": Personal("figures, and the staff's own words as they were signed", Basis.PUBLIC_TASK,
                                   "as long as the report", _ALL),
}
NOT_PERSONAL = {
    "monthreport.month", "monthreport.prepared_at",
    "signature.month", "signature.code", "signature.signed_at", "signature.signed_on", "signature.digest",
    "signature.superseded_at", "signature.scanned_at", "signature.print", "signature.definitions",
    "answer.key", "answer.reason", "answer.answered_at", "answer.withdrawn_at", "told.name", "told.told_at",
    "restatement.month", "restatement.noticed_at", "restatement.differences", "restatement.digest", "restatement.seen_at",
    "restatement.settled_at",
}
