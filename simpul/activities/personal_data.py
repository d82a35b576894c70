"""What activities know about persons: who spoke, and who can be seen in pictures."""

from simpul.core.personal import Basis, Personal, Sees

_SEEN = frozenset({Sees.OWN_STAFF, Sees.HERSELF})
_STAFF = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR})

PERSONAL = {
    "speaker.name": Personal("stands on the poster and in the report, because she agreed to speak", Basis.CONSENT,
                             "as long as the activity; removed when she asks", _SEEN),
    "speaker.institution": Personal("where she comes from", Basis.CONSENT, "as the name", _SEEN),
    "photo.caption": Personal("what the picture shows", Basis.LEGITIMATE_INTEREST, "as long as the picture", _SEEN),
    "reply.by_account": Personal("who of the city answered a report, so that the library knows whom to thank",
                                 Basis.PUBLIC_TASK, "as long as the activity; emptied with the account", _STAFF),
    "reply.text": Personal("thanks and advice to those who carried an activity; may name them", Basis.PUBLIC_TASK,
                           "as long as the activity", _STAFF),
    "sharedpicture.account": Personal("who shared a picture from her phone, so that nobody else finds it",
                                      Basis.PUBLIC_TASK, "a day, or until it belongs to an activity",
                                      frozenset({Sees.HERSELF})),
    "sharedpicture.content": Personal("a picture on its way from a phone into an activity", Basis.PUBLIC_TASK,
                                      "a day, or until it belongs to an activity", frozenset({Sees.HERSELF})),
    "sharedpicture.given_name": Personal("what the phone called the picture", Basis.PUBLIC_TASK, "as the picture",
                                         frozenset({Sees.HERSELF})),
    "sharedpicture.token_hash": Personal("opens the picture that waits for its activity", Basis.PUBLIC_TASK,
                                         "as the picture", frozenset({Sees.NOBODY})),
}
NOT_PERSONAL = {
    "activity.kind", "activity.strategy", "activity.theme", "activity.objective", "activity.target_group",
    "activity.funds", "activity.checklist", "activity.result", "activity.follow_up", "activity.reported_at",
    "activity.place_kind", "activity.materials", "reply.said_as", "reply.said_at", "reply.read_at",
    "sharedpicture.media_type", "sharedpicture.shared_at",
    "activity.template", "activity.recorded_at",
    "contribution.kind", "contribution.what", "photo.added_at",
}
