"""The composite of 2025 as a simulation: 0.30 Kepatuhan + 0.70 Kinerja over sub-scores whose normaliser is OURS.

Kepatuhan is the mean of Koleksi and Tenaga, Kinerja that of Pelayanan and Penyelenggaraan. How the office turns counts
into 0 to 100 is not published; so the normaliser is a plug-in, chosen by the city and named beside the number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from statistics import mean
from typing import Any

from simpul.iplm.lines import ITEMS, SECTIONS
from simpul.iplm.models import Normalising

Answers = Mapping[str, int | None]
Way = Normalising.Way


@dataclass(frozen=True)
class Setting:
    """What a normaliser may ask: the city's targets by item key, every answer of the city, the residents."""

    targets: Mapping[str, int]
    everybody: Sequence[Answers]
    residents: Decimal | None

    @cached_property
    def ends(self) -> Mapping[str, tuple[int, int]]:
        """Item key → lowest and highest answer of the city; what nobody answered is not in it."""
        known = {item.key: [n for one in self.everybody if (n := one.get(item.key)) is not None] for item in ITEMS}
        return {key: (min(numbers), max(numbers)) for key, numbers in known.items() if numbers}


#: turns an item's value into 0 to 100; None: it cannot
Normaliser = Callable[[str, int, Setting], float | None]


def against_target(key: str, value: int, setting: Setting) -> float | None:
    target = setting.targets.get(key)
    return min(100.0, 100 * value / target) if target else None


def min_max(key: str, value: int, setting: Setting) -> float | None:
    """The lowest of the city's answers is 0, the highest 100; nothing where all are alike."""
    low, high = setting.ends.get(key, (0, 0))
    return None if high == low else max(0.0, min(100.0, 100 * (value - low) / (high - low)))


def per_capita(key: str, value: int, setting: Setting) -> float | None:
    """For each thousand residents, against the city's target for a thousand."""
    target = setting.targets.get(key)
    if not target or not setting.residents:
        return None
    return min(100.0, 100 * float(Decimal(value) * 1000 / setting.residents) / target)


NORMALISERS: dict[str, Normaliser] = {Way.TARGET: against_target, Way.MIN_MAX: min_max, Way.PER_CAPITA: per_capita}


@dataclass(frozen=True)
class Simulation:
    """Scores 0 to 100, None where nothing could be normalised. `used` of the lines have a score."""

    way: str
    by_section: Mapping[str, float | None]
    compliance: float | None
    performance: float | None
    index: float | None
    used: int

    def facts(self) -> dict[str, Any]:
        return {"is_official": False, "normaliser": self.way, "normaliser_says": str(Way(self.way).label),
                "formula": "0.30 × mean(koleksi, tenaga) + 0.70 × mean(pelayanan, penyelenggaraan)",
                "dimensions": {key: _rounded(value) for key, value in self.by_section.items()},
                "kepatuhan": _rounded(self.compliance), "kinerja": _rounded(self.performance),
                "index": _rounded(self.index), "lines_used": self.used}


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def simulate(way: str, answers: Answers, setting: Setting) -> Simulation:
    """One respondent's simulation."""
    scores: dict[str, list[float]] = {key: [] for key in SECTIONS}
    for item in ITEMS:
        value = answers.get(item.key)
        score = None if value is None else NORMALISERS[way](item.key, value, setting)
        if score is not None:
            scores[item.section].append(score)
    by_section = {key: mean(values) if values else None for key, values in scores.items()}
    compliance = _mean(by_section["koleksi"], by_section["tenaga"])
    performance = _mean(by_section["pelayanan"], by_section["penyelenggaraan"])
    index = None if compliance is None or performance is None else 0.3 * compliance + 0.7 * performance
    return Simulation(way, by_section, compliance, performance, index, sum(len(one) for one in scores.values()))


def simulate_city(way: str, total: Answers, setting: Setting) -> Simulation:
    """Of a region: the sums where they are compared with targets; where respondents are compared with each other, the mean
    of theirs, since a sum has nobody to be compared with."""
    if way != Way.MIN_MAX:
        return simulate(way, total, setting)
    each = [simulate(way, one, setting) for one in setting.everybody]
    by_section = {key: _average([one.by_section[key] for one in each]) for key in SECTIONS}
    return Simulation(way, by_section, _average([one.compliance for one in each]), _average([one.performance for one in each]),
                      _average([one.index for one in each]), max((one.used for one in each), default=0))


def _mean(*parts: float | None) -> float | None:
    return None if None in parts else mean(part for part in parts if part is not None)


def _average(parts: Sequence[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return mean(known) if known else None
