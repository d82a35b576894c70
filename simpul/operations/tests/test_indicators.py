"""`bin/simpul indicators`: checks, proves, rebuilds."""

import io
import json
from argparse import Namespace
from typing import Any

import pytest

from simpul.core.ids import new_id
from simpul.indicators.models import MonthCount
from simpul.libraries.models import Library
from simpul.operations.commands import indicators as command
from simpul.operations.console import Console, Problem
from simpul.visits.models import Visit


def run(what: str, **given: Any) -> tuple[int, dict[str, Any]]:
    out = io.StringIO()
    code = command.run(Namespace(**({"what": what, "library": [], "only": ""} | given)),
                       Console(is_json=True, out=out, err=io.StringIO()))
    return code, json.loads(out.getvalue())


def test_roll_ups_are_built_proved_and_found_wrong(library: Library, at: Any) -> None:
    Visit.objects.create(library=library, entry_id=new_id(), how="tally", count=3, happened_at=at, local_date=at.date(),
                         recorded_at=at)
    assert run("rebuild") == (0, {"library_months": 1})
    assert run("refresh") == (0, {"library_months": 0})
    code, told = run("verify", library=[library.code])
    assert (code, told["differences"], told["has_marks"], told["library_months"]) == (0, [], True, 1)
    MonthCount.objects.filter(measure="visits", by="").update(n=4)
    code, told = run("verify")
    assert (code, [(d["library"], d["when"], d["rolled_up"], d["recounted"]) for d in told["differences"]]) == (
        1, [("L001", "2026-03", 4, 3)])


def test_indicators_are_listed_and_the_unknown_refused(db: None) -> None:
    assert run("list", only="visits")[1]["indicators"][0]["over_time"] == "sum"
    with pytest.raises(Problem):
        run("check", only="ghosts")
    with pytest.raises(Problem):
        run("verify", library=["NOWHERE"])
