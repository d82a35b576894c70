"""What activities know about persons: who spoke, and who can be seen in pictures."""

from simpul.core.personal import Basis, Personal, Sees

_SEEN = frozenset({Sees.OWN_STAFF, Sees.HERSELF})

PERSONAL = {
    "speaker.name": Personal("stands on the poster and in the report, because she agreed to speak", Basis.CONSENT,
                             "as long as the activity; removed when she asks", _SEEN),
    "speaker.institution": Personal("where she comes from", Basis.CONSENT, "as the name", _SEEN),
    "photo.caption": Personal("what the picture shows", Basis.LEGITIMATE_INTEREST, "as long as the picture", _SEEN),
}
NOT_PERSONAL = {
    "activity.kind", "activity.strategy", "activity.theme", "activity.objective", "activity.target_group",
    "activity.funds", "activity.checklist", "activity.result", "activity.follow_up", "activity.reported_at",
    "activity.template", "activity.recorded_at",
    "contribution.partner", "contribution.kind", "contribution.what", "photo.added_at",
}
