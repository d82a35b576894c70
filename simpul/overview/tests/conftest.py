"""Visits, loans and residents to tell of."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from simpul.core import clock
from simpul.core.ids import new_id
from simpul.indicators.models import RegionFact
from simpul.libraries.models import Library, Region
from simpul.visits.models import Visit

NOW = datetime(2026, 4, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def april(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is 20 April 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
def come(library: Library, at: datetime) -> Callable[..., Visit]:
    def write(n: int = 1, *, on: date | str = "2026-03-10", where: Library | None = None, **given: Any) -> Visit:
        day = date.fromisoformat(on) if isinstance(on, str) else on
        return Visit.objects.create(**({"library": where or library, "entry_id": new_id(), "how": "tally", "count": n,
                                        "happened_at": at, "local_date": day, "recorded_at": at} | given))

    return write


@pytest.fixture
def live_here(city: Any) -> Callable[..., None]:
    """Residents of a kelurahan: whole, and by age and sex."""
    def tell(code: str = "36.71.01.1007", **numbers: int) -> None:
        region = Region.objects.get(code=code)
        for name, value in numbers.items():
            RegionFact.objects.create(region=region, name=RegionFact.Name[name].value, value=value, from_on=date(2025, 1, 1),
                                      source="Dukcapil", recorded_at=NOW)

    return tell
