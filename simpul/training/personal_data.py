"""What workshops know about persons: who came for a library, and who taught."""

from simpul.core.personal import Basis, Personal, Sees

_SEEN = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR, Sees.HERSELF})
_OFFICE = frozenset({Sees.COORDINATOR, Sees.HERSELF})
_KEPT = "five years after the workshop, the name of who did not come 90 days; erased at her wish"
_FOLDER = "as long as the workshop's folder"


def _hers(why: str, seen: frozenset[Sees] = _SEEN) -> Personal:
    return Personal(why, Basis.PUBLIC_TASK, _KEPT, seen)


PERSONAL = {
    "participant.name": _hers("who comes, as it is printed on the certificate"),
    "participant.name_key": _hers("the name folded, so that the same person under two libraries is noticed"),
    "participant.phone": _hers("her link and news of the workshop are sent there"),
    "participant.email": _hers("the same, where she has no WhatsApp"),
    "participant.role": _hers("what she does at the library, on lists and in the plan"),
    "participant.sex": _hers("reports ask how many women and men were trained"),
    "participant.token_hash": _hers("her own page, without an account", frozenset({Sees.NOBODY})),
    "participant.waiver": _hers("why the rule was waived for her", _OFFICE),
    "participant.outcome": _hers("what she earned", _SEEN),
    "presence.browser": Personal("hash of lesson and browser, so that one phone marks one person a lesson",
                                 Basis.PUBLIC_TASK, _KEPT, frozenset({Sees.NOBODY})),
    "speaker.name": Personal("stands in the programme", Basis.PUBLIC_TASK, _FOLDER, _OFFICE),
    "speaker.office": Personal("stands in the programme", Basis.PUBLIC_TASK, _FOLDER, _OFFICE),
    "speaker.biography": Personal("short biography for the folder", Basis.PUBLIC_TASK, "five years after the workshop",
                                  _OFFICE),
}
NOT_PERSONAL = {
    "workshop.template", "workshop.aims", "workshop.background", "workshop.venue", "workshop.organiser",
    "workshop.letter_number", "workshop.funds", "workshop.test_key", "workshop.minutes", "workshop.report",
    "workshop.settled_at", "workshop.handouts", "workshop.achievement", "workshop.criteria", "workshop.recorded_at",
    "lesson.kind", "lesson.title", "lesson.aim", "lesson.guide", "lesson.starts_at", "lesson.ends_at", "lesson.room",
    "lesson.removed_at",
    "budgetline.label", "budgetline.unit", "photo.caption",
    "invitation.reason", "invitation.invited_at", "invitation.told_at", "invitation.declined_at", "invitation.because",
    "participant.state", "participant.named_at", "participant.answered_at", "participant.told_at", "participant.left_at",
    "participant.waived_at", "participant.completed_on", "participant.forgotten_at",
    "presence.how", "presence.happened_at", "presence.local_date", "presence.recorded_at", "presence.voided_at",
    "sheet.moment", "sheet.answered_at", "sheet.voided_at",
}
