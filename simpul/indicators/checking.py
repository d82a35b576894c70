"""Scenarios of definitions: given these records, this indicator is N. Each in a transaction that is rolled back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from simpul.core.actor import COMMAND
from simpul.core.ids import new_id
from simpul.core.scenario import makers
from simpul.indicators.definitions import Indicator, indicators
from simpul.indicators.figures import Figure, value
from simpul.indicators.models import RegionFact
from simpul.indicators.periods import Period
from simpul.indicators.places import Place, of_city, of_library, of_region
from simpul.indicators.rollups.refreshing import refresh
from simpul.libraries.models import City, DatedFact, Library, OpeningHours, Placement, Region

REGION = "99.71.01.1001"  # no region has such a code
LONG_AFTER = datetime(2031, 1, 1, tzinfo=UTC)


class Scene:
    """An empty invented city for one scenario: libraries come into being as they are named."""

    def __init__(self) -> None:
        self.libraries: dict[str, Library] = {}
        above: Region | None = None
        for level, code in enumerate(("99", "99.71", "99.71.01", REGION), 1):
            above, _made = Region.objects.get_or_create(
                id=Region.id_for(code), defaults={"code": code, "name": f"Skenario {code}", "level": level, "parent": above})
        self.region: Region = above  # type: ignore[assignment]
        if not City.objects.exists():
            City.objects.create(region=Region.objects.get(code="99.71"), name="Kota Skenario")

    def library(self, given: Mapping[str, Any]) -> Library:
        name = str(given.get("library", "A"))
        if name not in self.libraries:
            self.libraries[name] = Library.objects.create(
                code=f"ZZ{name}"[:12], name=f"Perpustakaan {name}", kind=given.get("kind_of_library", Library.Kind.VILLAGE),
                region=self.region)
        return self.libraries[name]

    def at(self, given: Mapping[str, Any]) -> datetime:
        return datetime.combine(given["on"], time(given.get("hour", 10)), ZoneInfo(self.library(given).time_zone))

    def who(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"by": COMMAND, "at": self.at(given), "id": new_id()}


def _population(scene: Scene, given: Mapping[str, Any]) -> None:
    RegionFact.objects.create(region=scene.region, name=given.get("name", "population"), value=given["value"],
                              from_on=given["on"], source=given.get("source", "skenario"), recorded_at=LONG_AFTER)


def _fact(scene: Scene, given: Mapping[str, Any]) -> None:
    DatedFact.objects.create(library=scene.library(given), name=given["name"], value=given["value"], from_on=given["on"],
                             recorded_at=LONG_AFTER)


def _hours(scene: Scene, given: Mapping[str, Any]) -> None:
    OpeningHours.objects.bulk_create([OpeningHours(library=scene.library(given), weekday=day, opens=time(8), closes=time(15))
                                      for day in given["weekdays"]])


def _moved(scene: Scene, given: Mapping[str, Any]) -> None:
    """The library stood in the scenario's kelurahan until the day, and elsewhere from then on."""
    library = scene.library(given)
    elsewhere, _made = Region.objects.get_or_create(id=Region.id_for("99.71.02.1002"), defaults={
        "code": "99.71.02.1002", "name": "Skenario lain", "level": 4})
    Placement.objects.create(library=library, region=scene.region, until_on=given["on"])
    Placement.objects.create(library=library, region=elsewhere, from_on=given["on"])


OWN = {"population": _population, "fact": _fact, "hours": _hours, "moved": _moved}


@dataclass(frozen=True)
class Checked:
    """What a scenario said and what came out, before and after rolling up; `wrong` is empty where it holds."""

    indicator: str
    says: str
    wrong: tuple[str, ...]


def check(only: str = "") -> Iterator[Checked]:
    """Run every scenario (of one indicator). Call it on a database whose changes nobody needs: each is rolled back."""
    for indicator in indicators().values():
        if not only or indicator.id == only:
            for scenario in indicator.scenarios:
                yield check_scenario(indicator, scenario)


def check_scenario(indicator: Indicator, scenario: Mapping[str, Any]) -> Checked:
    with transaction.atomic():
        scene, then = Scene(), scenario["then"]
        for given in scenario["given"]:
            {**OWN, **makers()}[given["what"]](scene, given)
        period, place = Period.parse(str(then["period"])), _place(scene, then)
        wrong = _differences(scenario, value(indicator, period, place, by=_by(then), is_outsider=bool(then.get("outsider")),
                                             now=LONG_AFTER), "")
        refresh(LONG_AFTER, libraries=[library.pk for library in scene.libraries.values()])
        wrong += _differences(scenario, value(indicator, period, place, by=_by(then), is_outsider=bool(then.get("outsider")),
                                              now=LONG_AFTER), "rolled up: ")
        transaction.set_rollback(True)
    return Checked(indicator.id, scenario["says"], tuple(wrong))


def _place(scene: Scene, then: Mapping[str, Any]) -> Place:
    where = then.get("place", "A")
    if where == "city":
        return of_city()
    if where == "region":
        return of_region(scene.region)
    return of_library(scene.library({"library": where}))


def _by(then: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in str(then.get("by", "")).split("+") if name)


def _differences(scenario: Mapping[str, Any], figure: Figure, when: str) -> list[str]:
    then, found = scenario["then"], []
    got: dict[str, Any] = {
        "value": None if figure.value is None else float(figure.value), "state": figure.state.value,
        "numerator": figure.numerator, "denominator": None if figure.denominator is None else float(figure.denominator),
        "versions": [version.number for version in figure.versions],
        "cells": dict(sorted(figure.broken.cells.items())) if figure.broken else None,
        "rest": figure.broken.rest if figure.broken else None,
        "people": [figure.people.least, figure.people.most] if figure.people else None}
    for name, wanted in then.items():
        if name in got and got[name] != wanted:
            found.append(f"{when}{name} is {got[name]!r}, not {wanted!r}")
    return found

