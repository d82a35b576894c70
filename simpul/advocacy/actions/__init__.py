"""Changes to partners, agreements, approaches, the yearly road and publicity."""

from simpul.advocacy.actions.agreements import edit_agreement, keep_agreement, restore_agreement, void_agreement
from simpul.advocacy.actions.approaches import (
    edit_approach,
    move_approach,
    plan_approach,
    record_result,
    record_talk,
    set_next,
    void_result,
    void_talk,
)
from simpul.advocacy.actions.evidence import drop_evidence, take_evidence
from simpul.advocacy.actions.partners import (
    add_partner,
    edit_partner,
    end_partner,
    mark_contacted,
    mark_thanked,
    partner_named,
    record_support,
    restore_support,
    resume_partner,
    void_support,
)
from simpul.advocacy.actions.proposals import BudgetLine, Texts, begin_proposal, write_proposal
from simpul.advocacy.actions.publicity import record_publicity, restore_publicity, void_publicity
from simpul.advocacy.actions.retention import forget
from simpul.advocacy.actions.road import date_step, mark_step, open_step, set_road_dates

__all__ = ["BudgetLine", "Texts", "add_partner", "begin_proposal", "date_step", "drop_evidence", "edit_agreement",
           "edit_approach", "edit_partner", "end_partner", "forget", "keep_agreement", "mark_contacted", "mark_step",
           "mark_thanked", "move_approach", "open_step", "partner_named", "plan_approach", "record_publicity",
           "record_result", "record_support", "record_talk", "restore_agreement", "restore_publicity", "restore_support",
           "resume_partner", "set_next", "set_road_dates", "take_evidence", "void_agreement", "void_publicity",
           "void_result", "void_support", "void_talk", "write_proposal"]
