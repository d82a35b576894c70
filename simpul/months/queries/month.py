"""One month as its page and its paper show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from simpul.core import clock
from simpul.indicators import coverage as covering
from simpul.indicators.coverage import Days
from simpul.indicators.periods import Period
from simpul.indicators.places import of_library
from simpul.indicators.rollups.once import asked_once
from simpul.libraries.models import Library
from simpul.libraries.queries.hours import fetch_hours
from simpul.months.asked import ASKED, Question
from simpul.months.checks import unusual_of
from simpul.months.figures import MonthFigure, figures_of
from simpul.months.models import Answer, MonthReport, Restatement, Signature, Told
from simpul.months.queries.calendar import due_day
from simpul.months.queries.restating import Difference, differences
from simpul.months.queries.states import State, due_on, state_of
from simpul.months.signed import days_in_words
from simpul.months.snapshot import seen_of
from simpul.months.unusual import Unusual, listings

WORTH_SAYING = 5  # that there was nothing, where there was this much


@dataclass(frozen=True)
class Finding:
    """Something unusual with its answer, if it has one."""

    unusual: Unusual
    answer: Answer | None

    @property
    def is_open(self) -> bool:
        return self.answer is None


@dataclass(frozen=True)
class Known:
    """A question of `asked.ASKED` with what was told."""

    question: Question
    row: Told | None

    @property
    def value(self) -> Any:
        return self.row.value if self.row and not self.row.is_unknown else None

    @property
    def is_unknown(self) -> bool:
        return bool(self.row and self.row.is_unknown)


@dataclass(frozen=True)
class Month:
    """A library's month now. `signatures` the newest first; `differs` what the standing one does not say any more."""

    library: Library
    period: Period
    today: date
    due_on: date
    report: MonthReport | None
    figures: Sequence[MonthFigure]
    coverage: covering.State
    days: Days
    findings: Sequence[Finding]
    told: Sequence[Known]
    lists: Sequence[Mapping[str, Any]]
    signatures: Sequence[Signature]
    differs: Sequence[Difference]
    restatement: Restatement | None
    state: State

    @property
    def signature(self) -> Signature | None:
        return next((one for one in self.signatures if one.superseded_at is None), None)

    @property
    def blocks(self) -> list[Unusual]:
        return [one.unusual for one in self.findings if one.unusual.is_block]

    @property
    def is_over(self) -> bool:
        return self.period.last < self.today

    @property
    def days_text(self) -> str:
        return days_in_words(self.days.open, self.days.recorded, len(self.days.silent))

    @property
    def is_closed_month(self) -> bool:
        return self.coverage == covering.State.CLOSED

    @property
    def is_silent(self) -> bool:
        return self.coverage == covering.State.SILENT

    @property
    def seen(self) -> str:
        return seen_of(self.figures)

    @property
    def sentences(self) -> list[tuple[str, MonthFigure]]:
        """What the month says, figure by figure; what has no value, or did not happen and hardly ever did, is left out."""
        return [(one.sentence, one) for one in self.figures
                if one.sentence and (one.now.value or max(one.before.value or 0, one.year_before.value or 0) >= WORTH_SAYING)]

    @property
    def sentence(self) -> str:
        """The library's own sentence about the month."""
        return next((str(one.value) for one in self.told if one.question.name == "sentence" and one.value), "")


@asked_once()
def month(library: Library, period: Period, now: datetime, *, with_lists: bool = False) -> Month:
    """Everything about a month; writes nothing."""
    today = clock.local_date(now, library.time_zone)
    fetch_hours(library)
    report = MonthReport.objects.filter(library=library, month=period.first).select_related("prepared_by").first()
    signatures = list(report.signatures.select_related("scan")) if report else []
    for one in signatures:
        one.library = library
    standing = next((one for one in signatures if one.superseded_at is None), None)
    figures = figures_of(library, period, now)
    covered = covering.coverage(of_library(library), period, today)
    days = covering.days_of(library, period, today)
    answers = {one.key: one for one in report.answers.holding()} if report else {}
    told = {one.name: one for one in report.told.all()} if report else {}
    differs = differences(standing, now, figures=figures) if standing else []
    restatement = Restatement.objects.open().filter(signature=standing).first() if standing else None
    due = due_on(period.first, due_day())
    return Month(
        library, period, today, due, report, figures, covered.by_library[library.pk], days,
        [Finding(one, answers.get(one.key)) for one in unusual_of(library, period, figures, days, today)],
        [Known(one, told.get(one.name)) for one in ASKED],
        lists_of(library, period) if with_lists else (), signatures, differs, restatement,
        state_of(library, period.first, today, due, report=report, signature=standing, is_restated=bool(differs)))


def lists_of(library: Library, period: Period) -> list[dict[str, Any]]:
    """The declared lists with their rows as texts."""
    return [{"key": one.key, "title": str(one.title), "headings": [str(text) for text in one.headings],
             "rows": [[str(text) for text in row] for row in one.rows(library, period)]} for one in listings()]
