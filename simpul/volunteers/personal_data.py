"""What is known of volunteers: by whom the library is carried, and since when."""

from simpul.core.personal import Basis, Personal, Sees

_STAFF = frozenset({Sees.OWN_STAFF, Sees.HERSELF})
_NAME = "two years after she stopped; then initials. At once if she asks"

PERSONAL = {
    "helper.account": Personal("her own account, so that one tap writes her hours", Basis.CONSENT, _NAME, _STAFF),
    "helper.name": Personal("stands in the roster and on her letter of service", Basis.CONSENT, _NAME, _STAFF),
    "helper.phone": Personal("to ask her about a turn", Basis.CONSENT, "90 days after she stopped", _STAFF),
    "helper.phone_agreed_on": Personal("when she agreed to be called", Basis.CONSENT, "as the number", _STAFF),
    "helper.likes": Personal("what she likes to do, so that she is asked for that", Basis.CONSENT, _NAME, _STAFF),
    "helper.guardian_name": Personal("who answers for a child that helps", Basis.CONSENT, _NAME, _STAFF),
    "helper.guardian_agreed_on": Personal("when the guardian agreed", Basis.CONSENT, _NAME, _STAFF),
    "helper.since_on": Personal("since when she helps; stands on her letter", Basis.CONSENT, "with her hours", _STAFF),
    "helper.ended_on": Personal("when she stopped", Basis.CONSENT, "with her hours", _STAFF),
    "service.happened_at": Personal("when she helped", Basis.CONSENT, "for the figures; without her name after two years",
                                    _STAFF),
    "service.local_date": Personal("on which day she helped", Basis.CONSENT,
                                   "for the figures; without her name after two years", _STAFF),
    "handover.text": Personal("what the next one should know; may name somebody by mistake", Basis.LEGITIMATE_INTEREST,
                              "90 days; shown a week", _STAFF),
    "handover.by": Personal("who left the note", Basis.LEGITIMATE_INTEREST, "as the note", _STAFF),
    "handover.read_by": Personal("who read the note", Basis.LEGITIMATE_INTEREST, "as the note", _STAFF),
    "letter.initials": Personal("what the public page of her letter says of her", Basis.CONSENT,
                                "as long as letters are checked", frozenset(Sees) - {Sees.NOBODY}),
    "letter.first_on": Personal("the period of the letter", Basis.CONSENT, "as long as letters are checked", _STAFF),
    "letter.last_on": Personal("the period of the letter", Basis.CONSENT, "as long as letters are checked", _STAFF),
    "letter.minutes": Personal("the hours of the letter", Basis.CONSENT, "as long as letters are checked", _STAFF),
    "letter.reason": Personal("why a letter was withdrawn", Basis.LEGITIMATE_INTEREST, "as the letter", _STAFF),
    "letter.token_hash": Personal("leads from the printed QR to the letter; a hash", Basis.CONSENT, "as the letter",
                                  frozenset({Sees.NOBODY})),
    "thanks.text": Personal("a thank-you for her to read", Basis.LEGITIMATE_INTEREST, "erased with her name", _STAFF),
    "thanks.by": Personal("who thanked", Basis.LEGITIMATE_INTEREST, "as the thanks", _STAFF),
}
NOT_PERSONAL = {
    "helper.forgotten_at", "helper.recorded_at",
    "pattern.from_on", "pattern.until_on",
    "duty.day", "duty.recorded_at",
    "service.work", "service.recorded_at", "service.voided_at",
    "handover.happened_at", "handover.read_at",
    "letter.number", "letter.signer", "letter.issued_on", "letter.withdrawn_at",
    "thanks.happened_at", "thanks.taken_back_at",
}
