"""Approaches: planned, moved, talked about, brought to a result."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.advocacy.actions import checks
from simpul.advocacy.actions.agreements import store
from simpul.advocacy.models import Approach, Partner, Result, Talk
from simpul.advocacy.permissions import can_keep
from simpul.advocacy.road import FIRST, LAST
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.files.pictures import Prepared
from simpul.libraries.models import Library

State = Approach.State
FORWARD = [State.PLANNED, State.CONTACTED, State.MET, State.PROMISED, State.ACHIEVED]
AIM_MISSING, OFFICE_MISSING = _("Write what you want to reach."), _("Write the name of the office or company.")


@change("approach.planned", says=_("{by} planned the approach {result}"))
def plan_approach(*, library: Library, aim: str, target: str, office: str, message: str = "",
                  partner: Partner | None = None, road_year: int | None = None, next_what: str = "",
                  next_on: date | None = None, by: Actor, at: datetime, id: UUID) -> Approach:
    """One thing wanted of one office or company. Raises NotAllowed, NameMissing, WrongChoice, WrongDay."""
    _allowed(by, library.pk)
    _own_partner(partner, library.pk)
    return Approach.objects.create(
        id=derived_id(id, "approach"), library=library, aim=checks.named(aim, 160, "aim", AIM_MISSING),
        target=checks.choice(target, Approach.Target, "target"),
        office=checks.named(office, 120, "office", OFFICE_MISSING), message=checks.told(message, 800), partner=partner,
        road_year=road_year if road_year and FIRST <= road_year <= LAST else None,
        next_what=checks.one_line(next_what, 160), next_on=checks.coming_day(next_on, at, "next_on"), recorded_at=at,
        moved_at=at)


@change("approach.edited", says=_("{by} rewrote the approach {approach}"))
def edit_approach(*, approach: Approach, aim: str, target: str, office: str, message: str = "",
                  partner: Partner | None = None, by: Actor, at: datetime, id: UUID) -> Approach:
    """Raises what `plan_approach` raises."""
    _allowed(by, approach.library_id)
    _own_partner(partner, approach.library_id)
    approach.aim = checks.named(aim, 160, "aim", AIM_MISSING)
    approach.target = checks.choice(target, Approach.Target, "target")
    approach.office = checks.named(office, 120, "office", OFFICE_MISSING)
    approach.message, approach.partner = checks.told(message, 800), partner
    approach.save()
    note(library=approach.library_id)
    return approach


@change("approach.moved", says=_("{by} moved the approach {approach} to {state}"))
def move_approach(*, approach: Approach, state: str, by: Actor, at: datetime, id: UUID) -> Approach:
    """Put it into another column by hand: put off, taken up again. Raises NotAllowed, WrongChoice."""
    _allowed(by, approach.library_id)
    _to(approach, checks.choice(state, State, "state"), at)
    note(library=approach.library_id, state=approach.state)
    return approach


@change("approach.next_set", says=_("{by} set the next step of the approach {approach}"))
def set_next(*, approach: Approach, what: str, on: date | None, by: Actor, at: datetime, id: UUID) -> Approach:
    """What comes next and when; both empty: nothing. Raises NotAllowed, WrongDay."""
    _allowed(by, approach.library_id)
    approach.next_what = checks.one_line(what, 160)
    approach.next_on = checks.coming_day(on, at, "next_on")
    approach.save(update_fields=["next_what", "next_on"])
    note(library=approach.library_id)
    return approach


@change("talk.recorded", says=_("{by} wrote down a talk of the approach {approach}"))
def record_talk(*, approach: Approach, way: str = Talk.Way.MET, on: date, ours: str = "", office: str = "",
                said: str = "", next_what: str = "", next_on: date | None = None, keeps_next: bool = False,
                by: Actor, at: datetime, id: UUID) -> Talk:
    """We met, called or wrote. The approach moves to met or contacted if it was not that far; its next step becomes
    the one given here (`keeps_next`: the one it has stays if it lies ahead). Raises NotAllowed, WrongChoice, WrongDay."""
    _allowed(by, approach.library_id)
    talk = Talk.objects.create(
        id=derived_id(id, "talk"), library=approach.library, approach=approach,
        way=checks.choice(way, Talk.Way, "way"), ours=checks.one_line(ours, 120),
        office=checks.one_line(office, 120) or approach.office, said=checks.told(said, 1000), happened_at=at,
        local_date=checks.past_day(on, at, approach.library, "on"))
    if not (keeps_next and approach.next_on and approach.next_on > on):
        approach.next_what = checks.one_line(next_what, 160)
        approach.next_on = checks.coming_day(next_on, at, "next_on")
        approach.save(update_fields=["next_what", "next_on"])
    _forward(approach, State.MET if way == Talk.Way.MET else State.CONTACTED, at)
    note(library=approach.library_id)
    return talk


@change("talk.voided", says=_("{by} took back a talk of an approach"))
def void_talk(*, talk: Talk, by: Actor, at: datetime, id: UUID) -> Talk:
    """It was entered by mistake: it counts no longer, and the approach stands where the others leave it."""
    _allowed(by, talk.library_id)
    if talk.voided_at is None:
        talk.voided_at = at
        talk.save(update_fields=["voided_at"])
        _stand_again(talk.approach, at)
    note(library=talk.library_id)
    return talk


@change("result.recorded", says=_("{by} wrote down a result of the approach {approach}: {result}"))
def record_result(*, approach: Approach, kind: str, what: str, worth: int | None = None, on: date,
                  document: Prepared | None = None, by: Actor, at: datetime, id: UUID) -> Result:
    """What it brought. A promise moves the approach to promised, everything else to achieved. Raises NotAllowed,
    NameMissing, WrongChoice, WrongAmount, WrongDay."""
    _allowed(by, approach.library_id)
    result = Result.objects.create(
        id=derived_id(id, "result"), library=approach.library, approach=approach,
        kind=checks.choice(kind, Result.Kind, "kind"),
        what=checks.named(what, 160, "what", _("Write in a few words what it is.")), worth=checks.rupiah(worth, "worth"),
        document=store(document, approach.library, at, id), happened_at=at,
        local_date=checks.past_day(on, at, approach.library, "on"))
    _forward(approach, State.ACHIEVED if result.is_given else State.PROMISED, at)
    note(library=approach.library_id)
    return result


@change("result.voided", says=_("{by} took back a result of an approach"))
def void_result(*, result: Result, by: Actor, at: datetime, id: UUID) -> Result:
    """It was entered by mistake: it counts no longer, and the approach stands where the others leave it."""
    _allowed(by, result.library_id)
    if result.voided_at is None:
        result.voided_at = at
        result.save(update_fields=["voided_at"])
        _stand_again(result.approach, at)
    note(library=result.library_id)
    return result


def _forward(approach: Approach, state: str, at: datetime) -> None:
    if approach.state == State.NOT_NOW or FORWARD.index(State(state)) > FORWARD.index(State(approach.state)):
        _to(approach, state, at)


def _stand_again(approach: Approach, at: datetime) -> None:
    if approach.state == State.NOT_NOW:
        return
    kinds = set(Result.objects.filter(approach=approach, voided_at__isnull=True).values_list("kind", flat=True))
    ways = set(Talk.objects.filter(approach=approach, voided_at__isnull=True).values_list("way", flat=True))
    if kinds - {Result.Kind.PROMISE}:
        state = State.ACHIEVED
    elif kinds:
        state = State.PROMISED
    elif ways:
        state = State.MET if Talk.Way.MET in ways else State.CONTACTED
    else:
        state = State.PLANNED
    _to(approach, state, at)


def _to(approach: Approach, state: str, at: datetime) -> None:
    approach.state, approach.moved_at = state, at
    approach.save(update_fields=["state", "moved_at"])


def _own_partner(partner: Partner | None, library_id: UUID) -> None:
    if partner is not None and partner.library_id not in (None, library_id):
        raise NotAllowed(_("This partner belongs to another library."))


def _allowed(by: Actor, library_id: UUID) -> None:
    if not can_keep(by, library_id):
        raise NotAllowed(_("You do not work at this library."))
