"""Adding a library, changing what it is, where it stands, closing and reopening it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.actions.city import code_of, time_zone_of
from simpul.libraries.actions.placing import place_library
from simpul.libraries.models import City, Library, Placement, Region
from simpul.libraries.permissions import can_edit_profile, can_manage_libraries

CODE = re.compile(r"^L(\d+)$")


class LibraryRefused(Refusal):
    """The library cannot be so."""

    code = "library_refused"


@dataclass(frozen=True)
class Identity:
    """What a library is; empty text is unknown."""

    name: str
    kind: str
    npp: str = ""
    npsn: str = ""
    phone: str = ""   # E.164 or ""
    email: str = ""
    is_staffed: bool = True
    opened_on: date | None = None


@dataclass(frozen=True)
class Place:
    """Where a library's door is; None and "" are unknown."""

    address: str = ""
    rt_rw: str = ""
    postal_code: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


def next_code() -> str:
    """The code after the highest of our own, L001 and on; codes are never given twice."""
    City.objects.select_for_update().first()  # on PostgreSQL two adders wait for each other here
    codes = Library.objects.filter(code__startswith="L").values_list("code", flat=True)
    numbers = [int(found[1]) for code in codes if (found := CODE.match(code))]
    return code_of(max(numbers, default=0) + 1)


def check_identity(identity: Identity, *, besides: UUID | None = None) -> None:
    """Refuses an empty name, an unknown kind, a number that another library has. Raises LibraryRefused."""
    if not identity.name.strip():
        raise LibraryRefused(_("Say what the library is called."), field="name", code="name_missing")
    if identity.kind not in Library.Kind.values:
        raise LibraryRefused(_("Choose what kind of library it is."), field="kind", code="kind_unknown")
    others = Library.objects.exclude(pk=besides) if besides else Library.objects.all()
    if identity.npp and (other := others.filter(npp=identity.npp).first()):
        raise LibraryRefused(_("%(name)s already has this NPP.") % {"name": other.name}, field="npp",
                             code="npp_taken")
    if identity.npsn and not re.fullmatch(r"\d{8}", identity.npsn):
        raise LibraryRefused(_("An NPSN has 8 digits."), field="npsn", code="npsn_wrong")
    if identity.npsn and (other := others.filter(npsn=identity.npsn, kind=identity.kind).first()):
        raise LibraryRefused(_("%(name)s already has this NPSN.") % {"name": other.name}, field="npsn",
                             code="npsn_taken")


def check_region(region: Region) -> None:
    """Refuses a region outside the city of this node. Raises LibraryRefused."""
    city = City.objects.select_related("region").first()
    if city is None or not (region.code == city.region.code or region.code.startswith(f"{city.region.code}.")):
        raise LibraryRefused(_("Choose a place in this city."), field="region", code="region_outside")


@change("library.added", says=_("{by} added {result}"))
def add_library(*, identity: Identity, place: Place, region: Region, by: Actor, at: datetime, id: UUID,
                is_demonstration: bool = False) -> Library:
    """A new library with the next code of our own. Raises NotAllowed, LibraryRefused."""
    if not can_manage_libraries(by):
        raise NotAllowed(_("Only the coordinator of the city adds libraries."))
    check_identity(identity)
    check_region(region)
    return new_library(identity, place, region, code=next_code(), id=derived_id(id, "library"),
                       is_demonstration=is_demonstration)


def new_library(identity: Identity, place: Place, region: Region, *, code: str, id: UUID,
                is_demonstration: bool = False) -> Library:
    """The rows of a library, as a step of an action that has checked them."""
    library = Library.objects.create(
        id=id, code=code, region=region, time_zone=time_zone_of(region), is_demonstration=is_demonstration,
        **_columns(identity), **_columns(place))
    Placement.objects.create(id=derived_id(id, "placement"), library=library, region=region,
                             from_on=identity.opened_on)
    return library


def _columns(told: Identity | Place) -> dict[str, object]:
    return {name: getattr(told, name) for name in told.__dataclass_fields__}


@change("library.described", says=_("{by} changed what {library} is"))
def change_identity(*, library: Library, identity: Identity, by: Actor, at: datetime, id: UUID) -> None:
    """Name, kind, numbers, contact, whether somebody looks after it. Raises NotAllowed, LibraryRefused."""
    if not can_edit_profile(by, library):
        raise NotAllowed(_("Only the librarian of this library or the coordinator may do this."))
    check_identity(identity, besides=library.pk)
    if identity.opened_on and library.closed_on and identity.opened_on >= library.closed_on:
        raise LibraryRefused(_("It cannot open after it was closed."), field="opened_on", code="opened_after_closed")
    Library.objects.filter(pk=library.pk).update(**_columns(identity))


@change("library.addressed", says=_("{by} changed the address of {library}"))
def change_place(*, library: Library, place: Place, by: Actor, at: datetime, id: UUID) -> None:
    """Address and position of the door. Raises NotAllowed, LibraryRefused."""
    if not can_edit_profile(by, library):
        raise NotAllowed(_("Only the librarian of this library or the coordinator may do this."))
    if (place.latitude is None) != (place.longitude is None):
        raise LibraryRefused(_("A position needs both numbers."), field="longitude", code="position_half")
    if place.latitude is not None and not (-11.5 <= place.latitude <= 6.5):
        raise LibraryRefused(_("This latitude is outside Indonesia."), field="latitude", code="position_outside")
    if place.longitude is not None and not (94.5 <= place.longitude <= 141.5):
        raise LibraryRefused(_("This longitude is outside Indonesia."), field="longitude", code="position_outside")
    Library.objects.filter(pk=library.pk).update(**_columns(place))


@change("library.moved", says=_("{by} moved {library} to {region} from {from_on} on"))
def move_library(*, library: Library, region: Region, from_on: date, by: Actor, at: datetime, id: UUID) -> None:
    """From a day on the library stands in another region of the city; the days before keep the old one.
    Raises NotAllowed, LibraryRefused."""
    if not can_manage_libraries(by):
        raise NotAllowed(_("Only the coordinator of the city moves libraries."))
    check_region(region)
    if region.pk == library.region_id:
        raise LibraryRefused(_("It stands there already."), field="region", code="same_region")
    if from_on > _latest(at):
        raise LibraryRefused(_("Write a move down once it has happened."), field="from_on", code="in_future")
    present = library.placements.filter(until_on__isnull=True).first()
    if present is not None and present.from_on is not None and from_on < present.from_on:
        raise LibraryRefused(_("It moved to its present place on %(day)s; the next move is later.") % {
            "day": present.from_on}, field="from_on", code="before_last_move")
    place_library(library, region, from_on=from_on, id=derived_id(id, "placement"))
    note(from_on=from_on)


@change("library.closed", says=_("{by} closed {library} on {closed_on}"))
def close_library(*, library: Library, closed_on: date, by: Actor, at: datetime, id: UUID) -> None:
    """From that day on it serves nobody; its history stays. Raises NotAllowed, LibraryRefused."""
    if not can_manage_libraries(by):
        raise NotAllowed(_("Only the coordinator of the city closes libraries."))
    if library.closed_on is not None:
        raise LibraryRefused(_("It is closed already."), field="closed_on", code="closed_already")
    if library.opened_on and closed_on <= library.opened_on:
        raise LibraryRefused(_("It cannot close before it opened."), field="closed_on", code="closed_before_opened")
    Library.objects.filter(pk=library.pk).update(closed_on=closed_on)
    note(closed_on=closed_on)


@change("library.reopened", says=_("{by} reopened {library}"))
def reopen_library(*, library: Library, by: Actor, at: datetime, id: UUID) -> None:
    """It serves again, as if it had not been closed. Raises NotAllowed, LibraryRefused."""
    if not can_manage_libraries(by):
        raise NotAllowed(_("Only the coordinator of the city reopens libraries."))
    if not Library.objects.filter(pk=library.pk, closed_on__isnull=False).update(closed_on=None):
        raise LibraryRefused(_("It is open."), code="not_closed")


def _latest(at: datetime) -> date:
    """The last day that has begun anywhere in Indonesia."""
    return (at + timedelta(hours=9)).date()
