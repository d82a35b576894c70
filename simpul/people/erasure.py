"""What people keep about a person, for her to read."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from simpul.core.erasure import Told
from simpul.core.phones import for_reading
from simpul.people.categories import HELP, OCCUPATIONS
from simpul.people.models import Consent, Member, Person
from simpul.people.wordings import by_version


def _at(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else ""


def tells(person: Person) -> Iterator[Told]:
    """Her data, membership, cards, guardians and consents."""
    yield Told(_("Personal data"), (_("What"), _("Kept")), tuple(
        row for row in _known(person) if row[1] not in ("", None)))
    member = Member.objects.filter(person=person).select_related("type").first()
    if member is not None:
        columns = (_("Number"), _("Kind"), _("Since"), _("Until"), _("Ended"), _("Blocked because"))
        yield Told(_("Membership"), columns, (
            (member.number, member.type.name, _day(member.since_on), _day(member.until_on), _day(member.ended_on),
             member.blocked_because),))
        yield Told(_("Cards"), (_("Code"), _("Issued"), _("Ended")), tuple(
            (card.printed, _at(card.issued_at), _at(card.ended_at)) for card in member.cards.order_by("issued_at")))
        if twice := list(member.doubles.values_list("number", "since_on")):
            yield Told(_("Entered twice, also under"), (_("Number"), _("Since")), tuple(
                (number, _day(since)) for number, since in twice))
    yield Told(_("Guardians"), (_("Name"), _("Phone"), _("Relation"), _("Since"), _("Until")), tuple(
        (row.name, for_reading(row.phone) if row.phone else "", row.relation, _at(row.recorded_at), _at(row.ended_at))
        for row in person.guardians.all()))
    yield Told(_("Consents"), (_("For"), _("How"), _("Words"), _("Given"), _("Withdrawn")), tuple(
        (row.get_purpose_display(), row.get_how_display(), _words(row), _at(row.given_at), _at(row.withdrawn_at))
        for row in person.consents.order_by("given_at")))


def _known(person: Person) -> Iterator[tuple[str, Any]]:
    yield _("Library"), person.library.name
    yield _("Name"), person.name
    yield _("Birth year"), person.birth_year
    yield _("Sex"), person.get_sex_display() if person.sex else ""
    yield _("Phone"), for_reading(person.phone) if person.phone else ""
    yield _("E-mail"), person.email
    yield _("Address"), person.address
    yield _("School or workplace"), person.institution
    yield _("Occupation"), str(OCCUPATIONS.get(person.occupation, person.occupation))
    yield _("Last education"), person.education
    yield _("What helps"), ", ".join(str(HELP.get(code, code)) for code in person.help_offered)
    yield _("Written down"), _at(person.recorded_at)


def _day(value: Any) -> str:
    return formats.date_format(value, "DATE_FORMAT") if value else ""


def _words(consent: Consent) -> str:
    return f"{by_version(consent.wording).sentence} ({consent.wording})"


TELLS_OF_PERSON = (tells,)
