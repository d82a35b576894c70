"""Changes to regions, the city, libraries, what is dated about them, and roles."""

from simpul.libraries.actions.city import CityIsSetUp, NotACity, set_up_city
from simpul.libraries.actions.facts import FactRefused, record_fact, record_facts, restore_fact, void_fact
from simpul.libraries.actions.first_run import TooManyTries, first_run_code, set_up_node, try_first_run_code
from simpul.libraries.actions.hours import (
    Hours,
    HoursRefused,
    declare_closure,
    restore_closure,
    set_opening_hours,
    withdraw_closure,
)
from simpul.libraries.actions.libraries import (
    Identity,
    LibraryRefused,
    Place,
    add_library,
    change_identity,
    change_place,
    close_library,
    move_library,
    reopen_library,
)
from simpul.libraries.actions.regions import RegionsLoaded, load_regions
from simpul.libraries.actions.sheet import take_library_sheet
from simpul.libraries.actions.spaces import (
    SpaceRefused,
    add_space,
    add_stop,
    close_space,
    close_stop,
    reopen_space,
    reopen_stop,
)
from simpul.libraries.official import official_regions

__all__ = [
    "CityIsSetUp", "FactRefused", "Hours", "HoursRefused", "Identity", "LibraryRefused", "NotACity", "Place",
    "RegionsLoaded", "SpaceRefused", "TooManyTries", "add_library", "add_space", "add_stop", "change_identity",
    "change_place", "close_library", "close_space", "close_stop", "declare_closure", "first_run_code",
    "load_regions", "move_library", "official_regions", "record_fact", "record_facts", "reopen_library",
    "reopen_space", "reopen_stop", "restore_closure", "restore_fact", "set_opening_hours", "set_up_city",
    "set_up_node", "take_library_sheet", "try_first_run_code", "void_fact", "withdraw_closure",
]
