"""Changes to people: enrolment, correction, cards, membership, guardians, consent, erasure."""

from simpul.people.actions.consent import (
    ConsentGiven,
    answer_by_link,
    ask_consent_by_link,
    link_actor,
    link_token,
    make_consent_sheet,
    record_consent,
    withdraw_consent,
)
from simpul.people.actions.enrolment import GuardianGiven, enrol_member
from simpul.people.actions.erasing import erase_person, erase_unconsented
from simpul.people.actions.membership import (
    CORRECTABLE,
    add_guardian,
    block_member,
    correct_person,
    end_guardianship,
    end_membership,
    replace_card,
    resume_membership,
    unblock_member,
)
from simpul.people.actions.refusals import (
    BadBirthYear,
    BadChoice,
    BadPhone,
    EvidenceMissing,
    GuardianMissing,
    LinkClosed,
    NameMissing,
    NotAChild,
    NothingToDo,
    NotThatCard,
    PersonGone,
    ReasonMissing,
    StillNeeded,
)
from simpul.people.actions.sameness import join_double, link_same_person, tell_apart, unlink_same_person

__all__ = [
    "CORRECTABLE", "BadBirthYear", "BadChoice", "BadPhone", "ConsentGiven", "EvidenceMissing", "GuardianGiven",
    "GuardianMissing", "LinkClosed", "NameMissing", "NotAChild", "NotThatCard", "NothingToDo", 
    "PersonGone", "ReasonMissing", "StillNeeded", "add_guardian", "answer_by_link", "ask_consent_by_link",
    "block_member", "correct_person", "end_guardianship", "end_membership", "enrol_member", "erase_person",
    "erase_unconsented", "join_double", "link_actor", "link_same_person", "link_token", "make_consent_sheet", "record_consent",
    "replace_card", "resume_membership", "tell_apart", "unblock_member", "unlink_same_person", "withdraw_consent",
]
