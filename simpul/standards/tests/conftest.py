"""A Tuesday morning, and facts that are told."""

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine

from conftest import NOON
from simpul.catalogue.models import Copy, Title
from simpul.libraries.models import DatedFact, Library, OpeningHours


@pytest.fixture(autouse=True)
def tuesday_morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def tell(library: Library) -> Callable[..., None]:
    """Facts since the beginning of the year."""
    def write(of: Library | None = None, **facts: Any) -> None:
        DatedFact.objects.bulk_create([DatedFact(library=of or library, name=name, value=value, from_on=date(2026, 1, 1),
                                                 recorded_at=NOON) for name, value in facts.items()])
    return write


@pytest.fixture
def opened(library: Library) -> Callable[..., None]:
    """Open on Mondays and Tuesdays until so many o'clock."""
    def write(monday: int, tuesday: int, of: Library | None = None) -> None:
        OpeningHours.objects.bulk_create([OpeningHours(library=of or library, weekday=day, opens=time(8), closes=time(hour))
                                          for day, hour in ((0, monday), (1, tuesday))])
    return write


@pytest.fixture
def hold(library: Library) -> Callable[..., None]:
    """So many titles of a year, one copy each."""
    def write(n: int, year: int | None, of: Library | None = None) -> None:
        titles = [Title(title=f"Buku {year} {i}", year=year, recorded_at=NOON) for i in range(n)]
        Title.objects.bulk_create(titles)
        start = Copy.objects.count()
        Copy.objects.bulk_create([Copy(library=of or library, title=title, code=f"E{start + i}", recorded_at=NOON)
                                  for i, title in enumerate(titles)])
    return write
