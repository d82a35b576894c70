"""A new member in short: name, birth year, sex, a number; the rest later."""

from dataclasses import dataclass

from simpul.core import clock
from simpul.core.ids import derived_id
from simpul.core.phones import normalise
from simpul.people.actions import ConsentGiven, GuardianGiven, enrol_member, record_consent
from simpul.people.models import Consent
from simpul.people.queries import is_card_free, similar_members
from simpul.sync.kinds.base import Kind, Outcome, Payload, Told

OLDEST = 120


@dataclass(frozen=True)
class MemberGiven:
    card: str
    name: str
    sex: str
    birth_year: int | None
    phone: str
    guardian_name: str
    guardian_phone: str
    consents: tuple[str, ...]


def _read(payload: Payload) -> MemberGiven:
    return MemberGiven(
        payload.text("card", 32), payload.text("name", 120, is_needed=True), payload.code("sex"),
        payload.number("birth_year", 0, 9999), payload.text("phone", 40), payload.text("guardian_name", 120),
        payload.text("guardian_phone", 40), tuple(payload.codes("consents", 10)))


def _replay(given: MemberGiven, told: Told) -> Outcome:
    """She is a member from that moment on. What cannot be true (a year, a number) is left out and flagged, because she
    stood there; the text of the event keeps what was typed."""
    day, flags = clock.local_date(told.at, told.library.time_zone), []
    phone, guardian_phone, born, card = given.phone, given.guardian_phone, given.birth_year, given.card
    if phone and normalise(phone) is None:
        phone, flags = "", [*flags, "bad_phone"]
    if guardian_phone and normalise(guardian_phone) is None:
        guardian_phone, flags = "", [*flags, "bad_phone"]
    if born is not None and not day.year - OLDEST <= born <= day.year:
        born, flags = None, [*flags, "bad_birth_year"]
    if card and not is_card_free(card, told.library):
        card, flags = "", [*flags, "card_taken"]
    if similar_members(told.library, given.name, born, day):
        flags.append("maybe_same")
    guardian = GuardianGiven(given.guardian_name, guardian_phone) if given.guardian_name else None
    member = enrol_member(
        library=told.library, name=given.name, birth_year=born, sex=given.sex, phone=phone, guardian=guardian, card=card,
        may_contact=Consent.Purpose.CONTACT in given.consents, by=told.by, at=told.at, id=told.id)
    is_child = member.person.is_child(day)
    if is_child and guardian and Consent.Purpose.CHILD_MEMBERSHIP in given.consents:
        record_consent(
            library=told.library, how=Consent.How.IN_PERSON, by=told.by, at=told.at, id=derived_id(told.id, "consent"),
            given=[ConsentGiven(member.person_id, guardian, may_contact=Consent.Purpose.CONTACT in given.consents)])
    return Outcome(member, tuple(dict.fromkeys(flags)))


KINDS = (Kind("member.enrolled", 1, _read, _replay, subject=lambda given: given.card),)
