"""Changes to voices and surveys."""

from simpul.surveys.actions.answers import answer_survey, drop_invitation, invite, mark_sent, void_response
from simpul.surveys.actions.retention import forget
from simpul.surveys.actions.safeguarding import (
    disclose,
    mark_handled,
    name_safeguarding,
    pass_answer_on,
    pass_on,
    set_hotlines,
)
from simpul.surveys.actions.surveys import (
    close_survey,
    make_survey,
    move_up,
    new_draft,
    open_ready_survey,
    publish,
    remove_question,
    reopen_survey,
    set_survey,
    write_question,
)
from simpul.surveys.actions.voices import MeetingNeed, answer_need, leave_voice, mark_told, record_meeting

__all__ = ["MeetingNeed", "answer_need", "answer_survey", "close_survey", "disclose", "drop_invitation", "forget",
           "invite", "leave_voice", "make_survey", "mark_handled", "mark_sent", "mark_told", "move_up",
           "name_safeguarding", "new_draft", "open_ready_survey", "pass_answer_on", "pass_on", "publish", "record_meeting",
           "remove_question", "reopen_survey", "set_hotlines", "set_survey", "void_response", "write_question"]
