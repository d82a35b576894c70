"""Rooms of a library and the stops of a mobile one: shown while open, kept when closed."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Library, Region, Space, Stop
from simpul.libraries.permissions import can_edit_profile


class SpaceRefused(Refusal):
    """The room or stop cannot be so."""

    code = "space_refused"


def _may(by: Actor, library: Library) -> None:
    if not can_edit_profile(by, library):
        raise NotAllowed(_("Only the librarian of this library or the coordinator may do this."))


def _named(name: str) -> str:
    if not name.strip():
        raise SpaceRefused(_("Give it a name."), field="name", code="name_missing")
    return name.strip()


@change("space.added", says=_("{by} added {result} to {library}"))
def add_space(*, library: Library, name: str, kind: str, seats: int | None, area_m2: int | None, by: Actor,
              at: datetime, id: UUID) -> Space:
    """A room or corner; seats and area may be unknown (None). Raises NotAllowed, SpaceRefused."""
    _may(by, library)
    if kind not in Space.Kind.values:
        raise SpaceRefused(_("Choose what kind of room it is."), field="kind", code="kind_unknown")
    return Space.objects.create(id=derived_id(id, "space"), library=library, name=_named(name), kind=kind,
                                seats=seats, area_m2=area_m2)


@change("stop.added", says=_("{by} added the stop {result} to {library}"))
def add_stop(*, library: Library, name: str, region: Region | None, weekday: int | None, arrives: time | None,
             leaves: time | None, by: Actor, at: datetime, id: UUID) -> Stop:
    """A place where the mobile library parks, and when. Raises NotAllowed, SpaceRefused."""
    _may(by, library)
    if library.kind != Library.Kind.MOBILE:
        raise SpaceRefused(_("Only a mobile library has stops."), code="not_mobile")
    if arrives and leaves and leaves <= arrives:
        raise SpaceRefused(_("It must leave after it arrives."), field="leaves", code="leaves_before_arrives")
    return Stop.objects.create(id=derived_id(id, "stop"), library=library, name=_named(name), region=region,
                               weekday=weekday, arrives=arrives, leaves=leaves)


@change("space.closed", says=_("{by} took {space} of {library} off the list"))
def close_space(*, space: Space, by: Actor, at: datetime, id: UUID) -> None:
    """Raises NotAllowed, SpaceRefused."""
    _set_closed(space, True, by)


@change("space.reopened", says=_("{by} put {space} of {library} back on the list"))
def reopen_space(*, space: Space, by: Actor, at: datetime, id: UUID) -> None:
    """Undo of `close_space`. Raises NotAllowed, SpaceRefused."""
    _set_closed(space, False, by)


@change("stop.closed", says=_("{by} took the stop {stop} of {library} off the list"))
def close_stop(*, stop: Stop, by: Actor, at: datetime, id: UUID) -> None:
    """Raises NotAllowed, SpaceRefused."""
    _set_closed(stop, True, by)


@change("stop.reopened", says=_("{by} put the stop {stop} of {library} back on the list"))
def reopen_stop(*, stop: Stop, by: Actor, at: datetime, id: UUID) -> None:
    """Undo of `close_stop`. Raises NotAllowed, SpaceRefused."""
    _set_closed(stop, False, by)


def _set_closed(row: Any, is_closed: bool, by: Actor) -> None:
    _may(by, row.library)
    if not type(row).objects.filter(pk=row.pk, is_closed=not is_closed).update(is_closed=is_closed):
        raise SpaceRefused(_("It is so already."), code="no_change")
