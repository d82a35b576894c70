"""Visits: one tap, or a rush that was counted."""

from dataclasses import dataclass

from simpul.sync.kinds.base import Kind, Outcome, Payload, Told
from simpul.visits.actions import record_tally, record_visit
from simpul.visits.models import Cell, Details


@dataclass(frozen=True)
class VisitGiven:
    sex: str
    age_group: str
    card: str
    purpose: str
    used_ict: bool


def _read_visit(payload: Payload) -> VisitGiven:
    return VisitGiven(payload.code("sex"), payload.code("age_group"), payload.text("card", 48), payload.code("purpose"),
                      payload.flag("used_ict"))


def _replay_visit(given: VisitGiven, told: Told) -> Outcome:
    return Outcome(record_visit(
        library=told.library, sex=given.sex, age_group=given.age_group, card=given.card,
        details=Details(purpose=given.purpose, uses_ict=given.used_ict), by=told.by, at=told.at, id=told.id))


def _read_tally(payload: Payload) -> list[Cell]:
    return [Cell(sex, age_group, n) for sex, age_group, n in payload.cells()]


def _replay_tally(cells: list[Cell], told: Told) -> Outcome:
    return Outcome(record_tally(library=told.library, cells=cells, by=told.by, at=told.at, id=told.id))


KINDS = (Kind("visit.recorded", 1, _read_visit, _replay_visit), Kind("visit.tallied", 1, _read_tally, _replay_tally))
