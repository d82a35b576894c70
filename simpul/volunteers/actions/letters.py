"""Letters of service."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.secrets import fingerprint
from simpul.libraries.models import Library
from simpul.volunteers.actions.refusals import NoHours, NothingGiven, WrongDay, need_day, need_manager
from simpul.volunteers.models import Helper, Letter
from simpul.volunteers.queries import minutes_by_work
from simpul.volunteers.tokens import letter_token

MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@change("letter.issued", says=_("{by} issued the letter of service {result} at {library}"))
def issue_letter(*, helper: Helper, first_on: date, last_on: date, signer: str, number: str = "", by: Actor, at: datetime,
                 id: UUID) -> Letter:
    """Her hours of the period as they stand now. `signer` is the office that signs by hand; without a `number` the
    library's next one is taken ("003/SKR/L001/III/2026"). Raises NoHours, NothingGiven, WrongDay, NotAllowed."""
    need_manager(by, helper.library_id)
    today = clock.local_date(at, helper.library.time_zone)
    need_day(first_on, "first_on")
    if not first_on <= last_on <= today:
        raise WrongDay(_("The period ends today at the latest, and begins before."), field="last_on")
    if not signer.strip():
        raise NothingGiven(_("Who signs? For example: the head of the TBM."), field="signer")
    if helper.forgotten_at is not None:
        raise NothingGiven(_("Her name is no longer kept. Write her down anew."))
    minutes = minutes_by_work(helper, first_on, last_on)
    if not minutes:
        raise NoHours(_("No hours are written down in this period."), field="first_on")
    library = Library.objects.select_for_update().get(pk=helper.library_id)  # numbers of a library follow each other
    serial = (Letter.objects.filter(library=library, year=today.year).aggregate(n=Max("serial"))["n"] or 0) + 1
    key = derived_id(id, "letter")
    note(hours=round(sum(minutes.values()) / 60))
    return Letter.objects.create(
        id=key, library=library, helper=helper, serial=serial, year=today.year, first_on=first_on, last_on=last_on,
        number=number.strip()[:60] or f"{serial:03}/SKR/{library.code}/{MONTHS[today.month - 1]}/{today.year}",
        minutes=minutes, initials=helper.initials, signer=signer.strip()[:120], issued_on=today,
        token_hash=fingerprint(letter_token(key)))


@change("letter.withdrawn", says=_("{by} withdrew the letter of service {letter} at {library}"))
def withdraw_letter(*, letter: Letter, reason: str = "", by: Actor, at: datetime, id: UUID) -> Letter:
    """Its public page says so from now on."""
    need_manager(by, letter.library_id)
    if letter.withdrawn_at is None:
        letter.withdrawn_at, letter.reason = at, reason.strip()[:200]
        letter.save(update_fields=["withdrawn_at", "reason"])
    return letter


@change("letter.restored", says=_("{by} let the letter of service {letter} at {library} hold again"))
def restore_letter(*, letter: Letter, by: Actor, at: datetime, id: UUID) -> Letter:
    need_manager(by, letter.library_id)
    letter.withdrawn_at, letter.reason = None, ""
    letter.save(update_fields=["withdrawn_at", "reason"])
    return letter
