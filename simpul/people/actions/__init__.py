"""Changes to people: enrolment, correction, cards, membership, guardians, consent, erasure."""

from simpul.people.actions.enrolment import GuardianGiven, enrol_member
from simpul.people.actions.refusals import (
    BadBirthYear,
    BadPhone,
    NameMissing,
    NumberTaken,
    PersonGone,
)

__all__ = [
    "BadBirthYear", "BadPhone", "GuardianGiven", "NameMissing", "NumberTaken", "PersonGone", "enrol_member",
]
