"""Surveys that come with the house: one file each in `ready/`, in our own words, in both languages."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "ready"
#: in the order of the page that offers them
ORDER = ("needs", "feedback", "outcomes-baseline", "outcomes-after", "outcomes-followup", "effects-2024",
         "reading-habits", "tkm-2025", "bimtek-baseline", "bimtek-test", "bimtek-feedback")


@dataclass(frozen=True)
class Source:
    """Where a comparison or a formula is from."""

    source: str
    source_en: str
    url: str
    year: int | None = None

    @property
    def label(self) -> str:
        return self.source_en if get_language() == "en" else self.source

    @property
    def year_label(self) -> str:
        """Without the separators of a number."""
        return str(self.year or "")


@dataclass(frozen=True)
class Index:
    """A published formula over questions. weights: question key → weight, together 1."""

    name: str
    formula: str
    source: Source
    weights: dict[str, float]


@dataclass(frozen=True)
class ReadyMade:
    """key: name of the file. percents: question key → percentage of "yes" in the source that `compare` names."""

    key: str
    purpose: str
    title: str
    title_en: str
    intro: str
    intro_en: str
    is_by_invitation: bool
    questions: tuple[dict[str, Any], ...]
    compare: Source | None = None
    percents: dict[str, float] = field(default_factory=dict)
    index: Index | None = None

    @property
    def label(self) -> str:
        return self.title_en if get_language() == "en" else self.title

    @property
    def intro_label(self) -> str:
        return self.intro_en if get_language() == "en" else self.intro


@cache
def ready_made() -> dict[str, ReadyMade]:
    """Every ready-made survey by the name of its file."""
    return {key: _read(key) for key in ORDER}


def _read(key: str) -> ReadyMade:
    told = tomllib.loads((FOLDER / f"{key}.toml").read_text(encoding="utf-8"))
    questions = told["question"]
    index, compare = told.get("index"), told.get("compare")
    return ReadyMade(
        key=key, purpose=told["purpose"], title=told["title"], title_en=told["title_en"], intro=told["intro"],
        intro_en=told["intro_en"], is_by_invitation=told.get("is_by_invitation", False),
        questions=tuple({k: v for k, v in q.items() if k != "percent"} for q in questions),
        compare=Source(compare["source"], compare["source_en"], compare["url"], compare["year"]) if compare else None,
        percents={q["key"]: q["percent"] for q in questions if "percent" in q},
        index=Index(index["name"], index["formula"], Source(index["source"], index["source_en"], index["url"]),
                    index["weights"]) if index else None)
