"""Definitions of indicators: one TOML file each, with its versions and its scenarios.

A measure for which nobody wrote a file is an indicator by itself: its sum over time and place.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from simpul.core.measure import Measure, discover
from simpul.indicators.periods import Period

FOLDER = Path(__file__).parent
OVER_TIME = ("sum", "last", "average", "distinct")
OVER_PLACE = ("sum", "average", "distinct")
DENOMINATORS = ("measure", "population", "fact", "open_days", "libraries")
#: what the metadata of Satu Data Indonesia asks of an indicator, by form
STANDARDS = ("iso_2789", "ms_keg", "ms_var", "ms_ind")


class WrongDefinition(Exception):
    """A file that cannot be read as a definition: which one and why, for who wrote it."""


@dataclass(frozen=True)
class Term:
    """A measure (or a dated fact of the library) that is added `times`; `where` narrows by values of a disaggregation;
    `people`: different people instead of records; `is_stock`: all that came before the period's end too."""

    measure: str = ""
    fact: str = ""
    times: int = 1
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_people: bool = False
    is_stock: bool = False


@dataclass(frozen=True)
class Denominator:
    kind: str
    terms: tuple[Term, ...] = ()
    name: str = ""  # which fact of a region or a library


@dataclass(frozen=True)
class Version:
    """A definition as it was valid from a day until before another (None: always, still). Texts by language."""

    id: str
    number: int
    valid_from: date | None
    valid_until: date | None
    names: Mapping[str, str]
    meanings: Mapping[str, str]
    units: Mapping[str, str]
    numerator: tuple[Term, ...]
    denominator: Denominator | None
    multiplier: int
    decimals: int
    over_time: str
    over_place: str
    by: tuple[str, ...]
    standards: Mapping[str, Any]

    @property
    def name(self) -> str:
        return _in_language(self.names)

    @property
    def meaning(self) -> str:
        return _in_language(self.meanings)

    @property
    def unit(self) -> str:
        return _in_language(self.units)

    @property
    def label(self) -> str:
        return f"{self.id} v{self.number}"

    @property
    def measures(self) -> list[Measure]:
        """Of the numerator, those that are counted."""
        return [discover()[term.measure] for term in self.numerator if term.measure]

    def holds(self, period: Period) -> Period | None:
        """The part of a period for which this version is valid."""
        from datetime import timedelta

        return period.clipped(self.valid_from, self.valid_until - timedelta(days=1) if self.valid_until else None)


@dataclass(frozen=True)
class Indicator:
    id: str
    versions: tuple[Version, ...]  # oldest first
    scenarios: tuple[Mapping[str, Any], ...] = ()
    path: Path | None = None       # None: a measure by itself

    @property
    def now(self) -> Version:
        return self.versions[-1]

    def parts(self, period: Period) -> list[tuple[Version, Period]]:
        """The versions that a period uses, each with its part of it."""
        return [(version, part) for version in self.versions if (part := version.holds(period))]


def _in_language(texts: Mapping[str, str]) -> str:
    return str(texts.get("en" if (get_language() or "id").startswith("en") else "id", ""))


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by id: the files, and each measure that has none. Raises WrongDefinition."""
    found = {one.id: one for one in (read(path) for path in sorted(FOLDER.glob("*.toml")))}
    for measure in discover().values():
        found.setdefault(measure.name, _of_measure(measure))
    return dict(sorted(found.items()))


def read(path: Path) -> Indicator:
    """A file as an indicator. Raises WrongDefinition."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        versions = tuple(_version(raw["id"], one) for one in raw["version"])
        indicator = Indicator(raw["id"], versions, tuple(raw.get("scenario", ())), path)
        _check(indicator)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise WrongDefinition(f"{path.name}: {type(error).__name__}: {error}") from error
    return indicator


def _version(id: str, raw: Mapping[str, Any]) -> Version:
    below = raw.get("denominator")
    return Version(
        id=id, number=int(raw["number"]), valid_from=raw.get("valid_from"), valid_until=raw.get("valid_until"),
        names=raw["name"], meanings=raw["meaning"], units=raw["unit"],
        numerator=tuple(_term(one) for one in raw["numerator"]),
        denominator=Denominator(below["kind"], tuple(_term(one) for one in below.get("terms", ())), below.get("name", ""))
        if below else None,
        multiplier=int(raw.get("multiplier", 1)), decimals=int(raw.get("decimals", 0)), over_time=raw["over_time"],
        over_place=raw["over_place"], by=tuple(raw.get("by", ())),
        standards={name: raw[name] for name in STANDARDS if name in raw})


def _term(raw: Mapping[str, Any]) -> Term:
    return Term(measure=raw.get("measure", ""), fact=raw.get("fact", ""), times=int(raw.get("times", 1)),
                where={name: tuple(values) for name, values in raw.get("where", {}).items()},
                is_people=bool(raw.get("people", False)), is_stock=bool(raw.get("stock", False)))


def _check(indicator: Indicator) -> None:
    """What a definition must say and what must exist."""
    for before, after in zip(indicator.versions, indicator.versions[1:], strict=False):
        if before.valid_until is None or before.valid_until != after.valid_from:
            raise ValueError(f"version {after.number} begins where no version ends")
    for version in indicator.versions:
        if version.over_time not in OVER_TIME or version.over_place not in OVER_PLACE:
            raise ValueError("over_time and over_place say how it adds up")
        if version.denominator and version.denominator.kind not in DENOMINATORS:
            raise ValueError(f"no denominator is called {version.denominator.kind}")
        if {"id", "en"} - set(version.names) or {"id", "en"} - set(version.meanings) or {"id", "en"} - set(version.units):
            raise ValueError("name, meaning and unit are told in id and en")
        if set(STANDARDS) - set(version.standards):
            raise ValueError(f"missing: {', '.join(sorted(set(STANDARDS) - set(version.standards)))}")
        terms = (*version.numerator, *(version.denominator.terms if version.denominator else ()))
        for term in terms:
            if term.measure and term.measure not in discover():
                raise ValueError(f"there is no measure {term.measure}")
            unknown = set(term.where) - set(discover()[term.measure].disaggregations) if term.measure else set()
            if unknown:
                raise ValueError(f"{term.measure} is not broken down by {', '.join(sorted(unknown))}")


def _of_measure(measure: Measure) -> Indicator:
    label, unit = {"id": _said(measure.label, "id"), "en": _said(measure.label, "en")}, {
        "id": _said(measure.unit, "id"), "en": _said(measure.unit, "en")}
    version = Version(
        id=measure.name, number=1, valid_from=None, valid_until=None, names=label, meanings=label, units=unit,
        numerator=(Term(measure=measure.name),), denominator=None, multiplier=1, decimals=0,
        over_time="sum" if measure.adds_up else "distinct", over_place="sum" if measure.adds_up else "distinct",
        by=tuple(measure.disaggregations), standards={})
    return Indicator(measure.name, (version,))


def _said(text: Any, language: str) -> str:
    from django.utils import translation

    with translation.override(language):
        return str(text)
