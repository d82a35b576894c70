"""Changes to regions, the city, libraries, what is dated about them, and roles."""

from simpul.libraries.actions.city import CityIsSetUp, NotACity, set_up_city
from simpul.libraries.actions.regions import RegionsLoaded, load_regions, official_regions

__all__ = ["CityIsSetUp", "NotACity", "RegionsLoaded", "load_regions", "official_regions", "set_up_city"]
