"""Why a gathering, registration or mark is not made."""

from simpul.core.refusal import Refusal


class BadTimes(Refusal):
    """A session that ends before it begins, or lasts longer than two weeks."""

    code = "bad_times"


class TitleMissing(Refusal):
    code = "title_missing"


class NoSession(Refusal):
    code = "no_session"


class AlreadyCancelled(Refusal):
    code = "already_cancelled"


class RegistrationClosed(Refusal):
    code = "registration_closed"


class RegisteredAlready(Refusal):
    code = "registered_already"


class NameMissing(Refusal):
    code = "name_missing"


class BadPhone(Refusal):
    code = "bad_phone"


class HasLeft(Refusal):
    code = "has_left"


class NotYet(Refusal):
    """Nobody was at a session that has not come."""

    code = "not_yet"


class UnknownTicket(Refusal):
    code = "unknown_ticket"


class BadChoice(Refusal):
    code = "bad_choice"


class NobodyCounted(Refusal):
    code = "nobody_counted"


class TooLate(Refusal):
    code = "too_late"


class NotDue(Refusal):
    """There is nothing of this kind to tell her."""

    code = "not_due"
