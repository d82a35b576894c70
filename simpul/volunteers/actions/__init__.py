"""Changes about volunteers: who helps, the roster, hours, notes, letters, thanks."""

from simpul.volunteers.actions.hours import (
    begin_service,
    correct_service,
    end_service,
    record_service,
    restore_service,
    void_service,
)
from simpul.volunteers.actions.letters import issue_letter, restore_letter, withdraw_letter
from simpul.volunteers.actions.roster import (
    add_duty,
    drop_duty,
    end_pattern,
    give_back,
    report_absent,
    restore_duty,
    restore_pattern,
    set_pattern,
    take_duty,
)
from simpul.volunteers.actions.who_helps import (
    HelperGiven,
    add_helper,
    change_helper,
    end_helper,
    forget_helper,
    forget_helpers,
    join,
    restore_helper,
)
from simpul.volunteers.actions.words import leave_note, mark_note_read, mark_note_unread, take_back_thanks, thank

__all__ = ["HelperGiven", "add_duty", "add_helper", "begin_service", "change_helper", "correct_service", "drop_duty",
           "end_helper", "end_pattern", "end_service", "forget_helper", "forget_helpers", "give_back", "issue_letter",
           "join", "leave_note", "mark_note_read", "mark_note_unread", "record_service", "report_absent", "restore_duty",
           "restore_helper", "restore_letter", "restore_pattern", "restore_service", "set_pattern", "take_back_thanks",
           "take_duty", "thank", "void_service", "withdraw_letter"]
