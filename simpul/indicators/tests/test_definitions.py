"""Every definition can be read and every scenario holds, before and after rolling up."""

from pathlib import Path
from typing import Any

import pytest

from simpul.core.measure import discover
from simpul.indicators.checking import check_scenario
from simpul.indicators.definitions import WrongDefinition, indicators, read

SCENARIOS = [(one.id, n) for one in indicators().values() for n in range(len(one.scenarios))]


@pytest.mark.parametrize(("id", "n"), SCENARIOS, ids=[f"{id}-{n}" for id, n in SCENARIOS])
def test_the_scenario_holds(id: str, n: int, db: None) -> None:
    indicator = indicators()[id]
    assert check_scenario(indicator, indicator.scenarios[n]).wrong == ()


def test_every_file_has_a_scenario_and_every_measure_is_an_indicator() -> None:
    assert [one.id for one in indicators().values() if one.path and not one.scenarios] == []
    assert set(discover()) <= set(indicators())


def test_a_scenario_that_does_not_hold_says_how(db: None) -> None:
    indicator = indicators()["visits"]
    scenario = {**indicator.scenarios[0], "then": {"period": "2026-03", "value": 6, "by": "sex", "cells": {"P": 6}}}
    assert check_scenario(indicator, scenario).wrong == (
        "value is 5.0, not 6", "cells is {'L': 2, 'P': 3}, not {'P': 6}", "rolled up: value is 5.0, not 6",
        "rolled up: cells is {'L': 2, 'P': 3}, not {'P': 6}")


WHOLE = (Path(__file__).parents[1] / "definitions" / "visits.toml").read_text()


@pytest.mark.parametrize(("old", "new"), [
    ('over_time = "sum"', 'over_time = "maybe"'), ('over_place = "sum"\n', ""), ('measure = "visits"', 'measure = "ghosts"'),
    ("iso_2789", "iso_9999"), ('en = "Visits"', 'fr = "Visites"'), ("number = 1", "number = one"),
    ('{ measure = "visits" }', '{ measure = "visits", where = { shoe = ["42"] } }')])
def test_a_definition_that_leaves_something_open_is_refused(old: str, new: str, tmp_path: Path) -> None:
    path = tmp_path / "visits.toml"
    assert old in WHOLE
    path.write_text(WHOLE.replace(old, new, 1))
    with pytest.raises(WrongDefinition, match=r"visits\.toml"):
        read(path)


def test_versions_follow_one_another_without_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "visits.toml"
    first = WHOLE[WHOLE.index("[[version]]"):WHOLE.index("[[scenario]]")]
    later = first.replace("number = 1", "number = 2\nvalid_from = 2026-07-01")
    two = 'id = "visits"\n' + first.replace("number = 1", "number = 1\nvalid_until = 2026-07-01") + later
    path.write_text(two)
    assert [version.number for version in read(path).versions] == [1, 2]
    path.write_text(two.replace("valid_until = 2026-07-01", "valid_until = 2026-06-01"))
    with pytest.raises(WrongDefinition, match="begins where no version ends"):
        read(path)


def test_an_indicator_says_how_it_is_called_in_both_languages() -> None:
    from django.utils import translation

    names: dict[str, Any] = {}
    for language in ("id", "en"):
        with translation.override(language):
            names[language] = indicators()["visits"].now.name
    assert names == {"id": "Kunjungan", "en": "Visits"}
