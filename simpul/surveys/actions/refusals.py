"""Why a voice or an answer was not taken."""

from simpul.core.refusal import Refusal


class EmptyVoice(Refusal):
    code = "empty_voice"


class UnknownTheme(Refusal):
    code = "unknown_theme"


class WrongPhone(Refusal):
    code = "wrong_phone"


class TooManyVoices(Refusal):
    """More unread voices in an hour than a neighbourhood sends."""

    is_policy = True
    code = "too_many_voices"


class NeedsAWord(Refusal):
    """Saying no needs a word of why."""

    code = "needs_a_word"


class WrongDay(Refusal):
    code = "wrong_day"


class SurveyClosed(Refusal):
    code = "survey_closed"


class AlreadyAnswered(Refusal):
    code = "already_answered"


class WrongAnswer(Refusal):
    code = "wrong_answer"


class CannotChange(Refusal):
    """A published version never changes."""

    code = "cannot_change"


class WrongQuestion(Refusal):
    code = "wrong_question"
