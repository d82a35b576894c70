"""Programmes to begin with, one TOML file each. A workshop made from one is its own from then on."""

import tomllib
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "curricula"


@dataclass(frozen=True)
class LessonPlanned:
    """`day` counts from 1; `at` on the wall's clock; `minutes` long."""

    day: int
    at: time
    minutes: int
    title: str
    kind: str = "topic"
    jp: int = 0
    aim: str = ""
    guide: str = ""


@dataclass(frozen=True)
class BudgetPlanned:
    label: str
    quantity: int = 1
    unit: str = ""
    price: int = 0


@dataclass(frozen=True)
class Programme:
    """key: the file's name. `test`, `feedback`, `baseline` name ready-made surveys; `test_key` the right answers."""

    key: str
    title: str
    aims: str
    background: str
    organiser: str
    quota: int
    capacity: int
    test: str
    feedback: str
    baseline: str
    test_key: dict[str, int]
    lessons: tuple[LessonPlanned, ...]
    budget: tuple[BudgetPlanned, ...]

    @property
    def days(self) -> int:
        return max(lesson.day for lesson in self.lessons)


@cache
def programmes() -> dict[str, Programme]:
    """All that come with the house, by key."""
    return {path.stem: _read(path.stem, tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml"))}


def _read(key: str, told: dict[str, Any]) -> Programme:
    lessons = tuple(LessonPlanned(**(one | {"at": time.fromisoformat(one["at"].replace(".", ":"))}))
                    for one in told.pop("lesson"))
    budget = tuple(BudgetPlanned(**one) for one in told.pop("budget", []))
    return Programme(key=key, lessons=lessons, budget=budget, **told)
