"""Changes to workshops."""

from simpul.training.actions.drafting import Curriculum, CurriculumItem, Handout, draft_from
from simpul.training.actions.feedback import give_feedback
from simpul.training.actions.folder import (
    add_photo,
    remove_budget_line,
    remove_photo,
    remove_speaker,
    write_budget_line,
    write_speaker,
    write_story,
)
from simpul.training.actions.inviting import (
    confirm_participant,
    decline_invitation,
    decline_participant,
    invite_libraries,
    mark_invitation_told,
    mark_participant_told,
    name_participant,
    set_quota,
    substitute_participant,
)
from simpul.training.actions.planning import (
    LessonGiven,
    WorkshopGiven,
    announce_workshop,
    cancel_workshop,
    copy_workshop,
    describe_workshop,
    plan_workshop,
    remove_lesson,
    restore_lesson,
    write_lesson,
)
from simpul.training.actions.plans import begin_plan
from simpul.training.actions.presence import be_present, come_back, enter_paper, go_home, tick_present, untick
from simpul.training.actions.retention import forget_participants
from simpul.training.actions.settling import need_earned, settle, unwaive, waive
from simpul.training.actions.testing import answer_test, is_test_open, set_test_key, void_sheet

__all__ = [
    "Curriculum",
    "CurriculumItem",
    "Handout",
    "LessonGiven",
    "WorkshopGiven",
    "add_photo",
    "announce_workshop",
    "answer_test",
    "be_present",
    "begin_plan",
    "cancel_workshop",
    "come_back",
    "confirm_participant",
    "copy_workshop",
    "decline_invitation",
    "decline_participant",
    "describe_workshop",
    "draft_from",
    "enter_paper",
    "forget_participants",
    "give_feedback",
    "go_home",
    "invite_libraries",
    "is_test_open",
    "mark_invitation_told",
    "mark_participant_told",
    "name_participant",
    "need_earned",
    "plan_workshop",
    "remove_budget_line",
    "remove_lesson",
    "remove_photo",
    "remove_speaker",
    "restore_lesson",
    "set_quota",
    "set_test_key",
    "settle",
    "substitute_participant",
    "tick_present",
    "untick",
    "unwaive",
    "void_sheet",
    "waive",
    "write_budget_line",
    "write_lesson",
    "write_speaker",
    "write_story",
]
