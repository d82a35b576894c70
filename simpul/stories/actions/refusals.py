"""Why something about a story was not done."""

from simpul.core.refusal import Refusal


class CannotChange(Refusal):
    """It is not in the state for that: being checked, verified, or withdrawn."""

    code = "cannot_change"


class NotToldYet(Refusal):
    """Something that a story needs is missing; `field` says what."""

    code = "not_told_yet"


class ConsentMissing(Refusal):
    code = "consent_missing"


class GuardianMissing(Refusal):
    """A child's consent is given by the guardian, by name and relation."""

    code = "guardian_missing"


class ProofMissing(Refusal):
    """A signed sheet needs its photo, a word in person its witness."""

    code = "proof_missing"


class WrongDay(Refusal):
    code = "wrong_day"


class NoPhotoAllowed(Refusal):
    """She did not agree to pictures."""

    code = "no_photo_allowed"


class TooManyPhotos(Refusal):
    code = "too_many_photos"


class NoCandidate(Refusal):
    """This story is not among those to choose from."""

    code = "no_candidate"


class RoundClosed(Refusal):
    code = "round_closed"
