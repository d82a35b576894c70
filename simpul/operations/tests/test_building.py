"""New tables: whatever was recorded before is rolled up before the first reader comes."""

from pathlib import Path
from typing import Any

from simpul.core.ids import new_id
from simpul.indicators.models import MonthCount, StaleDay
from simpul.libraries.models import Library
from simpul.operations import building
from simpul.visits.models import Visit


def test_migrating_rolls_up_what_is_marked(library: Library, at: Any, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    Visit.objects.create(library=library, entry_id=new_id(), how="tally", count=3, happened_at=at, local_date=at.date(),
                         recorded_at=at)
    assert (building.migrate(), MonthCount.objects.get(measure="visits", by="").n, StaleDay.objects.count()) == (True, 3, 0)
    assert building.migrate() is False
