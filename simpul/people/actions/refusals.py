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


class NumberTaken(Refusal):
    code = "number_taken"


class PersonGone(Refusal):
    """She was erased: nothing can be written about her any more."""

    code = "person_gone"
