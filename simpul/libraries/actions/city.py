"""The city of this node: set up once, from a code that only the terminal shows."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.models import NodeSetting
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import City, Library, Placement, Region
from simpul.libraries.permissions import can_keep_node

#: two digits of the province → where its clocks stand; every province not named here is in western time
TIME_ZONES = {
    **dict.fromkeys(["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"],
                    Library.TimeZone.WITA),
    **dict.fromkeys(["81", "82", "91", "92", "93", "94", "95", "96", "97"], Library.TimeZone.WIT),
}

#: name of the node's setting that holds the hash of the code on the terminal
FIRST_RUN_CODE = "first_run_code"


class CityIsSetUp(Refusal):
    """A node serves one city."""

    code = "city_is_set_up"


class NotACity(Refusal):
    """The region is no city or regency."""

    code = "not_a_city"


def time_zone_of(region: Region) -> Library.TimeZone:
    """WIB, WITA or WIT by the region's province."""
    return TIME_ZONES.get(region.code[:2], Library.TimeZone.WIB)


@change("city.set_up", says=_("{by} set up {result} with {n} libraries"))
def set_up_city(*, region: Region, with_libraries: bool, by: Actor, at: datetime, id: UUID,
                is_demonstration: bool = False) -> City:
    """Make the city of this node and, if asked, its own library and one for each kelurahan or village.

    `region` is of level 2, its villages loaded before (`load_regions`). Refused a second time.
    """
    if not can_keep_node(by):
        raise NotAllowed(_("Only who keeps the node running sets it up."))
    if City.objects.exists():
        raise CityIsSetUp(_("This node already serves a city."))
    if region.level != Region.Level.REGENCY:
        raise NotACity(_("Choose a city or a regency."), field="region")
    NodeSetting.objects.filter(name=FIRST_RUN_CODE).delete()  # the first-run page is closed for good
    city = City.objects.create(id=derived_id(id, "city"), region=region, name=region.name,
                               is_demonstration=is_demonstration)
    made = _libraries_of(region, id, is_demonstration) if with_libraries else []
    Library.objects.bulk_create(made)
    Placement.objects.bulk_create(
        [Placement(id=derived_id(library.pk, "placement"), library=library, region_id=library.region_id)
         for library in made])
    note(n=len(made))
    return city


def _libraries_of(region: Region, id: UUID, is_demonstration: bool) -> list[Library]:
    """The city's own first, then the villages in the order of their codes; codes of our own, L001 and on."""
    places = [(Library.Kind.CITY, region)]
    places += [(Library.Kind.VILLAGE, village) for village in villages_of(region)]
    return [Library(id=derived_id(id, f"library {place.code}"), code=code_of(n), kind=kind, region=place,
                    name=default_name(kind, place), time_zone=time_zone_of(region),
                    is_demonstration=is_demonstration)
            for n, (kind, place) in enumerate(places, start=1)]


def villages_of(region: Region) -> list[Region]:
    """Today's villages and kelurahan of a city or regency, by code."""
    return list(Region.objects.current().filter(level=Region.Level.VILLAGE, parent__parent=region)
                .order_by("code"))


def code_of(n: int) -> str:
    """L001 … L999, L1000 …: a library's own number, which tells nothing about where it stands."""
    return f"L{n:03}"


def default_name(kind: str, place: Region) -> str:
    """What a library made from the region list is called, in Indonesian: it is a proper name."""
    if kind == Library.Kind.CITY:
        return f"Perpustakaan Umum {place.name}"
    return f"Perpustakaan {place.full_name}"
