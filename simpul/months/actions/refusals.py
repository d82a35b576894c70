"""Why something about a month is not done."""

from simpul.core.refusal import Refusal


class MonthNotOver(Refusal):
    code = "month_not_over"


class LibraryNotThere(Refusal):
    code = "library_not_there"


class AlreadySigned(Refusal):
    code = "already_signed"


class NumbersMoved(Refusal):
    """The figures are not those that the signer saw."""

    is_policy = True
    code = "numbers_moved"


class SomethingImpossible(Refusal):
    """Records that cannot be true stand in the month."""

    code = "something_impossible"


class WrongAnswer(Refusal):
    code = "wrong_answer"


class WrongDate(Refusal):
    code = "wrong_date"
