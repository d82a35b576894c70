"""Why a change to people is not made."""

from simpul.core.refusal import Refusal


class NameMissing(Refusal):
    code = "name_missing"


class BadBirthYear(Refusal):
    code = "bad_birth_year"


class BadPhone(Refusal):
    code = "bad_phone"


class BadChoice(Refusal):
    """A sex, occupation or education that is none of ours."""

    code = "bad_choice"


class PersonGone(Refusal):
    """She was erased: nothing can be written about her any more."""

    code = "person_gone"


class CardTaken(Refusal):
    code = "card_taken"


class NothingToDo(Refusal):
    """The row is already as it was asked to become."""

    code = "nothing_to_do"


class ReasonMissing(Refusal):
    code = "reason_missing"


class GuardianMissing(Refusal):
    """Nobody is named who agreed."""

    code = "guardian_missing"


class EvidenceMissing(Refusal):
    """A signed sheet is proved by its picture."""

    code = "evidence_missing"


class NotAChild(Refusal):
    code = "not_a_child"


class LinkClosed(Refusal):
    """The link was answered, replaced, or is too old."""

    code = "link_closed"


class StillNeeded(Refusal):
    """Something of hers is still open: a book is out."""

    code = "still_needed"


class NotThatCard(Refusal):
    """The card that was scanned is not the other person's."""

    code = "not_that_card"
