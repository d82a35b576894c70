"""Account and colour of a library in SIM, told one by one or as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.plans.models import account_of
from simpul.replication.models import Document
from simpul.replication.steps import Paper
from simpul.tpbis.actions.refusals import NothingChosen, UnknownChoice, WrongDay
from simpul.tpbis.models import SimAccount, SimColour
from simpul.tpbis.parts import Colour
from simpul.tpbis.permissions import can_enter, can_take_tables

EARLIEST = date(2015, 1, 1)


@dataclass(frozen=True)
class Told:
    """What is told of one library; "" and None: nothing. `since_on` belongs to the account, `read_on` to the colour."""

    library: Library
    state: str = ""
    since_on: date | None = None
    colour: str = ""
    read_on: date | None = None


@change("sim_account.told", says=_("{by} told how {library} stands in SIM"))
def tell_account(*, told: Told, by: Actor, at: datetime, id: UUID) -> Library:
    """Account, colour or both. An account also becomes a paper of the journey, where there is none. Raises NothingChosen,
    UnknownChoice, WrongDay, NotAllowed."""
    if not can_enter(by, told.library.pk):
        raise NotAllowed(_("Only the staff of this library, its mentor and the coordinator say what stands in SIM."))
    _check(told, at)
    note(library=told.library.pk)
    _write([told], by, at, id)
    return told.library


@change("sim_accounts.told", says=_("{by} told how {n} libraries stand in SIM"))
def take_table(*, told: Sequence[Told], by: Actor, at: datetime, id: UUID) -> int:
    """Lines that were checked already; one that is wrong refuses all. Raises as `tell_account`."""
    if not can_take_tables(by):
        raise NotAllowed(_("Only the coordinator tells it for many libraries at once."))
    if not told:
        raise NothingChosen(_("No line could be read."))
    for one in told:
        _check(one, at)
    _write(told, by, at, id)
    note(n=len(told))
    return len(told)


@change("sim_accounts.taken_back", says=_("{by} took back what was told of SIM ({n})"))
def take_told_back(*, together: UUID, library: Library | None = None, by: Actor, at: datetime, id: UUID) -> int:
    """All that one change told, of one library or of a table; with the papers that came with it. Raises NotAllowed."""
    if not (can_enter(by, library.pk) if library else can_take_tables(by)):
        raise NotAllowed(_("Only the staff of this library, its mentor and the coordinator say what stands in SIM."))
    accounts = SimAccount.objects.standing().filter(together=together)
    colours = SimColour.objects.standing().filter(together=together)
    if library is not None:
        accounts, colours = accounts.filter(library=library), colours.filter(library=library)
        note(library=library.pk)
    papers = [derived_id(together, f"{pk} paper") for pk in accounts.values_list("library_id", flat=True)]
    Document.objects.standing().filter(pk__in=papers).update(withdrawn_at=at)
    n = accounts.update(withdrawn_at=at) + colours.update(withdrawn_at=at)
    note(n=n)
    return n


def check_day(day: date | None, library: Library, at: datetime, field: str) -> None:
    """Raises WrongDay where it lies in the future or before SIM was there."""
    if day is None or not EARLIEST <= day <= clock.local_date(at, library.time_zone):
        raise WrongDay(_("The day lies in the past or is today."), field=field)


def _check(told: Told, at: datetime) -> None:
    if not told.state and not told.colour:
        raise NothingChosen(_("Tell the account, the colour, or both."), field="state")
    if told.state:
        if told.state not in SimAccount.State.values:
            raise UnknownChoice(_("Choose one of the answers."), field="state")
        check_day(told.since_on, told.library, at, "since_on")
    if told.colour:
        if told.colour not in Colour.values:
            raise UnknownChoice(_("Choose green, yellow or red."), field="colour")
        check_day(told.read_on, told.library, at, "read_on")


def _write(told: Sequence[Told], by: Actor, at: datetime, id: UUID) -> None:
    teller = account_of(by)
    SimAccount.objects.bulk_create([
        SimAccount(id=derived_id(id, f"{one.library.pk} account"), library=one.library, state=one.state,
                   told_on=one.since_on, account_id=teller, together=id, recorded_at=at)
        for one in told if one.state and one.since_on])
    SimColour.objects.bulk_create([
        SimColour(id=derived_id(id, f"{one.library.pk} colour"), library=one.library, colour=one.colour,
                  told_on=one.read_on, account_id=teller, together=id, recorded_at=at)
        for one in told if one.colour and one.read_on])
    has = [one for one in told if one.state == SimAccount.State.YES]
    there = set(Document.objects.standing().filter(kind=Paper.SIM, library__in=[one.library for one in has]).values_list(
        "library_id", flat=True))
    Document.objects.bulk_create([
        Document(id=derived_id(id, f"{one.library.pk} paper"), library=one.library, kind=Paper.SIM, dated_on=one.since_on,
                 recorded_at=at) for one in has if one.since_on and one.library.pk not in there])
