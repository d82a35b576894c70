"""Only who assessed and who set the grades."""

from simpul.core.personal import Basis, Personal, Sees

_SEEN = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR, Sees.ADMINISTRATOR, Sees.HERSELF})
_KEPT = "as long as the assessment; it is the library's history"

PERSONAL = {
    "assessment.account": Personal("who assessed the library", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "grades.account": Personal("who set the grades", Basis.PUBLIC_TASK, _KEPT, _SEEN),
}
NOT_PERSONAL = {
    "assessment.component", "assessment.assessed_on", "assessment.recorded_at", "assessment.withdrawn_at",
    "grades.from_on", "grades.source", "grades.recorded_at", "grades.withdrawn_at",
}
