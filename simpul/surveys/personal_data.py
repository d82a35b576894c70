"""What voices and surveys know about persons: what they wrote, and a number only to tell them."""

from simpul.core.personal import Basis, Personal, Sees

_STAFF = frozenset({Sees.OWN_STAFF})
_SAFE = frozenset({Sees.NOBODY})  # the one named safeguarding person only

PERSONAL = {
    "voice.text": Personal("a need, in her words; may name somebody by mistake, so it is shown only after review",
                           Basis.CONSENT, "as long as the need is planned with; removed ones 30 days", _STAFF),
    "voice.neighbourhood": Personal("where the need is", Basis.CONSENT, "as long as the voice", _STAFF),
    "voice.phone": Personal("to tell her what became of it, if she wants to be told", Basis.CONSENT,
                            "erased when she was told, or after six months", _STAFF),
    "disclosure.text": Personal("somebody's safety: read by the one safeguarding person of the city",
                                Basis.LEGITIMATE_INTEREST, "one year after it was taken care of", _SAFE),
    "disclosure.neighbourhood": Personal("where help is needed", Basis.LEGITIMATE_INTEREST,
                                         "one year after it was taken care of", _SAFE),
    "disclosure.phone": Personal("to call back, if she wants it", Basis.CONSENT,
                                 "erased when it was taken care of", _SAFE),
    "disclosure.happened_at": Personal("when it was said", Basis.LEGITIMATE_INTEREST,
                                       "one year after it was taken care of", _SAFE),
    "invitation.label": Personal("whom to ask again, as the staff calls her", Basis.CONSENT,
                                 "erased the day after she answered, or 90 days after the due day", _STAFF),
    "invitation.phone": Personal("to send her the link or to call her", Basis.CONSENT,
                                 "erased the day after she answered, or 90 days after the due day", _STAFF),
    "invitation.email": Personal("to send her the link", Basis.CONSENT,
                                 "erased the day after she answered, or 90 days after the due day", _STAFF),
    "response.answers": Personal("what she answered; without a name, free text may still tell who she is",
                                 Basis.CONSENT, "as long as the survey; free text is never given to outsiders", _STAFF),
}
NOT_PERSONAL = {
    "meeting.title", "meeting.held_on", "meeting.recorded_at",
    "voice.theme", "voice.source", "voice.state", "voice.word", "voice.answered_by", "voice.happened_at",
    "voice.local_date", "voice.recorded_at", "voice.told_at",
    "disclosure.handled_at",
    "survey.title", "survey.title_en", "survey.purpose", "survey.ready", "survey.code", "survey.closes_on",
    "survey.closed_at", "survey.recorded_at",
    "version.intro", "version.intro_en", "version.published_at",
    "question.key", "question.kind", "question.text", "question.text_en", "question.choices", "question.choices_en",
    "invitation.about", "invitation.due_on", "invitation.channel", "invitation.sent_at", "invitation.answered_at",
    "invitation.dropped_at",
    "response.channel", "response.happened_at", "response.local_date", "response.recorded_at", "response.voided_at",
}
