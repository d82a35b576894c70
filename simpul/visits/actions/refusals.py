"""Why a visit is not written down. Policies can be confirmed (`is_sure`); the rest cannot be."""

from simpul.core.refusal import Refusal


class UnknownCard(Refusal):
    code = "unknown_card"


class WrongMoment(Refusal):
    """A moment in the future or so long ago that a clock must be wrong."""

    code = "wrong_moment"


class WrongCategory(Refusal):
    code = "wrong_category"


class NobodyCounted(Refusal):
    code = "nobody_counted"


class TooMany(Refusal):
    """Beyond what any library holds: refused even when confirmed."""

    code = "too_many"


class WrongStop(Refusal):
    code = "wrong_stop"


class AlreadyVoided(Refusal):
    code = "already_voided"


class UndoIsOver(Refusal):
    code = "undo_is_over"


class PleaseCheck(Refusal):
    """Probably a slip; the same again with `is_sure` is taken."""

    is_policy = True
    code = "please_check"


class AlreadyIn(PleaseCheck):
    """The same card twice within a few minutes."""

    code = "already_in"


class SheetAlreadyThere(PleaseCheck):
    """A paper page of this day has been entered."""

    code = "sheet_already_there"
