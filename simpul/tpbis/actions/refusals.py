"""Why something about SIM is not written down."""

from simpul.core.refusal import Refusal


class NothingChosen(Refusal):
    code = "nothing_chosen"


class NotToReport(Refusal):
    """It was taken back, cancelled, or its consent ended."""

    code = "not_to_report"


class WrongDay(Refusal):
    code = "wrong_day"


class UnknownChoice(Refusal):
    code = "unknown_choice"


class WrongWeights(Refusal):
    code = "wrong_weights"
