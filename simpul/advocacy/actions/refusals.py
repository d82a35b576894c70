"""Why something about partners and approaches was not taken."""

from simpul.core.refusal import Refusal


class NameMissing(Refusal):
    code = "name_missing"


class AlreadyThere(Refusal):
    code = "already_there"


class WrongDay(Refusal):
    code = "wrong_day"


class WrongPhone(Refusal):
    code = "wrong_phone"


class WrongLink(Refusal):
    code = "wrong_link"


class WrongChoice(Refusal):
    code = "wrong_choice"


class WrongAmount(Refusal):
    code = "wrong_amount"
