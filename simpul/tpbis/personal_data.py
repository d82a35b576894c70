"""Only who read and who entered; items stay where they are recorded."""

from simpul.core.personal import Basis, Personal, Sees

_SEEN = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR, Sees.ADMINISTRATOR, Sees.HERSELF})
_KEPT = "as long as the entry; it is the library's history of reporting"

PERSONAL = {
    "simaccount.account": Personal("who told of the account", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "simcolour.account": Personal("who read the colour", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "entered.account": Personal("who entered it in SIM", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "weighting.account": Personal("who set the weights", Basis.PUBLIC_TASK, _KEPT, _SEEN),
}
NOT_PERSONAL = {
    "simaccount.state", "simaccount.told_on", "simaccount.recorded_at", "simaccount.withdrawn_at",
    "simcolour.colour", "simcolour.told_on", "simcolour.recorded_at", "simcolour.withdrawn_at",
    "entered.reference", "entered.part", "entered.item_on", "entered.told", "entered.entered_at", "entered.removed_at",
    "weighting.from_on", "weighting.weights", "weighting.a_month", "weighting.reason", "weighting.recorded_at",
    "weighting.withdrawn_at",
}
