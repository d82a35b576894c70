"""What is signed: every figure as it stood, in a form that a digest proves."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from simpul.indicators import coverage as covering
from simpul.indicators.coverage import Days
from simpul.indicators.definitions import indicators
from simpul.indicators.periods import Period
from simpul.libraries.models import Library
from simpul.months.figures import Amount, MonthFigure, label_of
from simpul.months.unusual import shown


def snapshot_of(library: Library, period: Period, figures: Iterable[MonthFigure], *, state: covering.State, days: Days,
                told: Sequence[Mapping[str, Any]], unusual: Sequence[Mapping[str, Any]], lists: Sequence[Mapping[str, Any]],
                ) -> dict[str, Any]:
    """The library and where it stood, how complete the month is, figures with definition, value and state, told facts,
    what was unusual with its answers, lists. Plain JSON values; numbers are texts, so that none is rounded."""
    return {
        "form": 1, "month": period.code,
        "library": {"code": library.code, "name": library.name, "region_code": library.region.code,
                    "region": library.region.full_name},
        "coverage": {"state": str(state), "days_open": days.open, "days_recorded": days.recorded,
                     "days_silent": len(days.silent)},
        "figures": [_figure(one) for one in figures],
        "told": [dict(one) for one in told], "unusual": [dict(one) for one in unusual], "lists": [dict(one) for one in lists],
    }


def _figure(one: MonthFigure) -> dict[str, Any]:
    return {"id": one.id, "definition": one.label, **_plain(one.now), "is_public": one.is_public,
            "before": _plain(one.before), "year_before": _plain(one.year_before)}


def _plain(amount: Amount) -> dict[str, Any]:
    return {"value": None if amount.value is None else str(amount.value), "state": str(amount.state)}


def digest_of(content: Any) -> str:
    """SHA-256 of the content in one certain form."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def seen_of(figures: Iterable[MonthFigure]) -> str:
    """What a reader saw: if it differs when she signs, she looks again first."""
    return digest_of([[one.id, _plain(one.now)] for one in figures])[:16]


def definitions_of(month: date) -> str:
    """By which versions of the declared indicators a month is counted: changes when a definition does."""
    period = Period.of_month(month)
    return digest_of([label_of(indicators()[one.indicator], period) for one in shown() if one.indicator in indicators()])


