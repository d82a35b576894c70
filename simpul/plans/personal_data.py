"""What plans know about persons: hardly anything. They name offices and roles."""

from simpul.core.personal import Basis, Personal, Sees

_SEEN = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR, Sees.ADMINISTRATOR, Sees.HERSELF})
_KEPT = "as long as the plan; a plan is the library's history"

PERSONAL = {
    "plan.written_by": Personal("the team that wrote it, as it stands on the paper", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "step.responsible": Personal("who answers for a row; the form asks for a role", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "step.account": Personal("a row answered for by a member of the staff", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "revision.by": Personal("who changed a plan after it was signed", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "followup.by": Personal("who looked at the plan again", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "revision.differences": Personal("what changed; may hold who answers for a row", Basis.PUBLIC_TASK, _KEPT, _SEEN),
    "evidence.word": Personal("how a step was done; the form asks for no names", Basis.PUBLIC_TASK, _KEPT, _SEEN),
}
NOT_PERSONAL = {
    "plan.kind", "plan.title", "plan.starts_on", "plan.ends_on", "plan.aim", "plan.needs", "plan.baseline", "plan.origin",
    "plan.state", "plan.handed_in_at", "plan.acknowledged_on", "plan.acknowledged_office", "plan.closed_on",
    "plan.closing_word", "plan.recorded_at",
    "step.kind", "step.activity", "step.aim", "step.due_on", "step.indicator", "step.funds", "step.target_office",
    "step.message", "step.state", "step.reason", "step.done_on", "step.removed_at", "step.recorded_at",
    "revision.at",
    "followup.due_on", "followup.done_on", "followup.word",
    "evidence.reference", "evidence.added_at", "evidence.voided_at",
}
