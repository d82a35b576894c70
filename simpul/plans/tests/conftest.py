"""What the tests of this room share."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine

from conftest import NOON
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.plans.actions import PlanGiven, StepGiven, hand_in_plan, write_plan
from simpul.plans.models import Plan


@pytest.fixture(autouse=True)
def tuesday_morning() -> Iterator[time_machine.Traveller]:
    """It is Tuesday, 10 March 2026, 10.00 in Tangerang, whatever the machine says."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def row(activity: str = "Kelas menjahit", due_on: date = date(2026, 4, 1), **given: Any) -> StepGiven:
    return StepGiven(activity=activity, due_on=due_on, **given)


def head(title: str = "RTL Sukasari", **given: Any) -> PlanGiven:
    return PlanGiven(**({"title": title, "starts_on": date(2026, 3, 1), "ends_on": date(2026, 8, 31)} | given))


@pytest.fixture
def make_plan(library: Library, by_librarian: Actor, at: datetime) -> Callable[..., Plan]:
    """A follow-up plan with three rows: one overdue, one soon, one of advocacy later; a draft unless `is_handed_in`."""
    def make(is_handed_in: bool = True, steps: Any = None, **given: Any) -> Plan:
        who = {"by": given.pop("by", by_librarian), "at": at}
        plan = write_plan(**({
            "library": library, "kind": "rtl", "given": head(), "id": new_id(), "steps": (
                row("Pendataan buku", date(2026, 3, 5), responsible="tim TBM", budget=0, funds="none"),
                row("Kelas menjahit", date(2026, 3, 20), responsible="PKK RW 05", indicator="20 ibu hadir", budget=1_500_000),
                row("Audiensi", date(2026, 6, 1), kind="advocacy", target_office="Lurah Sukasari", message="Ruang baca"),
            ) if steps is None else steps} | who | given))
        return hand_in_plan(plan=plan, id=new_id(), **who) if is_handed_in else plan

    return make
