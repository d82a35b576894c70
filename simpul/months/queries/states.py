"""In which state a month is, for one library or for all, and when it is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.indicators.periods import Period, next_month
from simpul.libraries.models import Library
from simpul.months.models import MonthReport, Restatement, Signature
from simpul.months.queries.calendar import due_day


class State(StrEnum):
    COMING = "coming"        # not begun
    RUNNING = "running"      # not over: may be prepared
    WAITING = "waiting"      # over, to be signed
    PREPARED = "prepared"    # over, checked by somebody, to be signed
    LATE = "late"            # over, not signed, the day has passed
    SIGNED = "signed"
    RESTATED = "restated"    # signed, and the records say something else now
    CLOSED = "closed"        # signed: closed all month
    NOT_THERE = "not_there"  # before the library existed, or after it closed


STATES = {
    State.COMING: _("still to come"), State.RUNNING: _("under way"), State.WAITING: _("waits for a signature"),
    State.PREPARED: _("checked, waits for a signature"), State.LATE: _("late"), State.SIGNED: _("signed"),
    State.RESTATED: _("restated"), State.CLOSED: _("closed all month"), State.NOT_THERE: _("the library was not there"),
}
OPEN = frozenset({State.WAITING, State.PREPARED, State.LATE})
TONES = {State.SIGNED: "good", State.CLOSED: "good", State.LATE: "attention", State.RESTATED: "attention"}


@dataclass(frozen=True)
class MonthLine:
    """A library's month in a list. `signature` is the version that holds."""

    library: Library
    period: Period
    state: State
    due_on: date
    signature: Signature | None
    restatement: Restatement | None
    prepared_by: str = ""

    @property
    def says(self) -> str:
        return str(STATES[self.state])

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")

    @property
    def was_late(self) -> bool:
        """The first signature came after the day it was due: the standing one is not asked."""
        return bool(self.signature and self.signature.version == 1 and self.signature.signed_on > self.due_on)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def due_on(month: date, day: int) -> date:
    """The day of the following month on which a month is due."""
    after = next_month(month)
    return after.replace(day=min(day, 28))


def state_of(library: Library, month: date, today: date, due: date, *, report: MonthReport | None,
             signature: Signature | None, is_restated: bool) -> State:
    """The state from what is known; asks nothing."""
    period = Period.of_month(month)
    if signature is not None:
        if is_restated:
            return State.RESTATED
        return State.CLOSED if signature.is_closed_month else State.SIGNED
    if (library.opened_on and library.opened_on > period.last) or (library.closed_on and library.closed_on <= period.first):
        return State.NOT_THERE
    if month > today:
        return State.COMING
    if period.last >= today:
        return State.RUNNING
    if today > due:
        return State.LATE
    return State.PREPARED if report is not None and report.prepared_at else State.WAITING


def lines_of(libraries: Sequence[Library], months: Iterable[date], today: date) -> list[MonthLine]:
    """Each library's months in the order given; four questions for any number of both."""
    asked = list(months)
    ids = [library.pk for library in libraries]
    reports = _by_month(MonthReport.objects.filter(library__in=ids, month__in=asked).select_related("prepared_by"))
    signed = _by_month(Signature.objects.standing().filter(library__in=ids, month__in=asked).defer("snapshot"))
    restated = _by_month(Restatement.objects.open().filter(library__in=ids, month__in=asked))
    day = due_day()
    found = []
    for library in libraries:
        for month in asked:
            key = (library.pk, month)
            report, signature, restatement = reports.get(key), signed.get(key), restated.get(key)
            due = due_on(month, day)
            state = state_of(library, month, today, due, report=report, signature=signature,
                             is_restated=restatement is not None)
            by = report.prepared_by.name if report and report.prepared_by else ""
            found.append(MonthLine(library, Period.of_month(month), state, due, signature, restatement, by))
    return found


def _by_month(rows: Iterable[Any]) -> dict[tuple[UUID, date], Any]:
    return {(row.library_id, row.month): row for row in rows}
