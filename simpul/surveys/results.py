"""What the answers of a version say: n, response rate, and an interval beside every percentage.

Outsiders (everybody but the library's own staff) see no group under five, and nothing from which one follows.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.surveys.models import Invitation, Question, Response, Survey, Version
from simpul.surveys.queries import SMALL, withheld_counts
from simpul.surveys.readymade import Index, ReadyMade, ready_made

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """k of n as a percentage with its 95 % Wilson interval; all in percent, rounded to a whole number."""

    k: int
    n: int

    @property
    def percent(self) -> int:
        return round(100 * self.k / self.n) if self.n else 0

    @property
    def low(self) -> int:
        return round(100 * wilson(self.k, self.n)[0])

    @property
    def high(self) -> int:
        return round(100 * wilson(self.k, self.n)[1])


def wilson(k: int, n: int) -> tuple[float, float]:
    """The 95 % interval of k of n as fractions (Wilson 1927); (0, 1) of nothing."""
    if n == 0:
        return 0.0, 1.0
    p, z2 = k / n, Z95 * Z95
    centre, half = p + z2 / (2 * n), Z95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low, high = (centre - half) / (1 + z2 / n), (centre + half) / (1 + z2 / n)
    return (0.0 if k == 0 else max(low, 0.0)), (1.0 if k == n else min(high, 1.0))


@dataclass(frozen=True)
class Option:
    """One answer of a question; `share` is None where it is withheld."""

    label: str
    share: Share | None


@dataclass(frozen=True)
class QuestionResult:
    """n: who answered this question; None withheld. mean: of scales and numbers, None if withheld or meaningless.
    texts: for own staff only. percent: of the national study, where there is one. agree: the upper half of a scale."""

    question: Question
    n: int | None
    options: tuple[Option, ...] = ()
    mean: float | None = None
    texts: tuple[str, ...] = ()
    sources: tuple[UUID, ...] = ()  # the sheets that the texts stand on
    hidden_texts: int = 0
    percent: float | None = None
    agree: Share | None = None

    @property
    def said(self) -> list[tuple[UUID, str]]:
        """(sheet, words), …"""
        return list(zip(self.sources, self.texts, strict=True))

    @property
    def percent_label(self) -> str:
        """The national percentage as the source gives it, with the separator of the language."""
        return "" if self.percent is None else formats.number_format(f"{self.percent:g}".rstrip("."))

    @property
    def bars(self) -> list[dict[str, Any]]:
        return [{"label": option.label, "value": option.share.k if option.share else None} for option in self.options]


@dataclass(frozen=True)
class Score:
    """An index over the answers, 0 to 100, and its official band."""

    index: Index
    value: float
    n: int

    @property
    def band(self) -> str:
        for limit, name in ((20, _("very low")), (40, _("low")), (60, _("medium")), (80, _("high"))):
            if self.value <= limit:
                return name
        return _("very high")


@dataclass(frozen=True)
class Results:
    version: Version
    n: int | None  # None: fewer than five, not told to outsiders
    invited: int | None
    rate: Share | None
    questions: tuple[QuestionResult, ...]
    ready: ReadyMade | None
    score: Score | None


def results_of(version: Version, *, is_outsider: bool) -> Results:
    """Three queries for any number of questions and answers."""
    survey = version.survey
    rows = list(Response.objects.filter(version=version, voided_at__isnull=True).values_list("pk", "answers"))
    sheets = [answers for _pk, answers in rows]
    n, ready = len(sheets), ready_made().get(survey.ready)
    is_small = is_outsider and n < SMALL
    invited = invited_to(survey)
    percents = ready.percents if ready else {}
    questions = tuple(
        QuestionResult(question, None) if is_small else
        _result(question, [sheet[question.key] for sheet in sheets if question.key in sheet], n,
                is_outsider=is_outsider, percent=percents.get(question.key),
                sources=tuple(pk for pk, sheet in rows if question.key in sheet))
        for question in version.questions.all())
    return Results(
        version=version, n=None if is_small and n else n, invited=invited,
        rate=Share(min(n, invited), invited) if invited and not is_small else None, questions=questions, ready=ready,
        score=None if is_small or ready is None else _score(ready.index, sheets, version))


def invited_to(survey: Survey) -> int | None:
    """How many were asked: those on its list, or the number that the library wrote down; None: not known."""
    on_list = Invitation.objects.filter(survey=survey).count() if survey.is_by_invitation else 0
    return on_list or survey.invited


def result_of(question: Question, values: list[Any], sheets: int, *, is_outsider: bool) -> QuestionResult:
    """One question's answers among `sheets`, whatever surveys they come from; outsiders see what may be told."""
    return _result(question, values, sheets, is_outsider=is_outsider, percent=None)


def _result(question: Question, values: list[Any], sheets: int, *, is_outsider: bool,
            percent: float | None, sources: tuple[UUID, ...] = ()) -> QuestionResult:
    n = len(values)
    left_out = sheets - n
    if is_outsider and (n < SMALL or 0 < left_out < SMALL) and n != sheets:
        # who did not answer is a group of its own: n of this question would tell how large
        return QuestionResult(question, None)
    if question.kind == Question.Kind.TEXT:
        return QuestionResult(question, n, texts=() if is_outsider else tuple(values),
                              sources=() if is_outsider else sources, hidden_texts=n if is_outsider else 0)
    if question.kind == Question.Kind.NUMBER:
        return QuestionResult(question, n, mean=mean(values) if values else None)
    counts = [sum(place in value if isinstance(value, list) else value == place for value in values)
              for place, _label in question.options]
    shown = _shown(question, counts, n) if is_outsider else counts
    options = tuple(Option(label, Share(k, n) if k is not None else None)
                    for (_place, label), k in zip(question.options, shown, strict=True))
    is_scale, is_whole = question.kind in (Question.Kind.LIKERT4, Question.Kind.LIKERT5), None not in shown
    agree = Share(sum(counts[-2:]), n) if is_scale and n and is_whole else None
    return QuestionResult(question, n, options, mean=mean(values) if is_scale and values and is_whole else None,
                          percent=percent, agree=agree)


def _shown(question: Question, counts: Sequence[int], n: int) -> Sequence[int | None]:
    """Of several choices each is a group beside those who did not choose it; of one choice all make the whole."""
    if question.kind == Question.Kind.SEVERAL:
        return [None if 0 < k < SMALL or 0 < n - k < SMALL else k for k in counts]
    return withheld_counts(counts)


def _score(index: Index | None, sheets: Sequence[dict[str, Any]], version: Version) -> Score | None:
    """The published formula over the mean of each component; a component's answers lie at equal steps from 0 to 100
    (our own recoding). Only whole sheets count."""
    if index is None:
        return None
    places = {q.key: len(q.options) for q in version.questions.all() if q.key in index.weights}
    if set(places) != set(index.weights):
        return None
    whole = [sheet for sheet in sheets if all(key in sheet for key in index.weights)]
    if not whole:
        return None
    value = sum(weight * mean(100 * (sheet[key] - 1) / (places[key] - 1) for sheet in whole)
                for key, weight in index.weights.items())
    return Score(index, round(value, 1), len(whole))


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet must not take for a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def csv_of_rows(version: Version) -> str:
    """Every sheet of a version, for the library's own staff: one line each, answers in words."""
    questions = list(version.questions.all())
    rows = Response.objects.filter(version=version, voided_at__isnull=True).order_by("local_date", "pk")
    return _csv([[_("Day"), _("How"), *(question.label for question in questions)], *(
        [row.local_date.isoformat(), row.get_channel_display(),
         *(_in_words(question, row.answers.get(question.key)) for question in questions)] for row in rows)])


def csv_of_counts(results: Results) -> str:
    """Counts only, as outsiders may see them; no free text."""
    lines: list[list[Any]] = [[_("Question"), _("Answer"), "n", _("Answers given"), "%", _("from %"), _("to %")]]
    for result in results.questions:
        if result.question.kind == Question.Kind.TEXT:
            continue
        if not result.options:
            average = "" if result.mean is None else round(result.mean, 2)
            lines.append([result.question.label, _("average"), "" if result.n is None else result.n, average, "", "", ""])
        for option in result.options:
            s = option.share
            lines.append([result.question.label, option.label, result.n,
                          *([s.k, s.percent, s.low, s.high] if s else ["", "", "", ""])])
    return _csv(lines)


def _in_words(question: Question, value: Any) -> Any:
    if value is None:
        return ""
    words = dict(question.options)
    if isinstance(value, list):
        return "; ".join(words.get(one, str(one)) for one in value)
    if question.kind in (Question.Kind.ONE, Question.Kind.YES_NO):
        return words.get(value, value)
    return value


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    """UTF-8 with a byte-order mark for Excel."""
    sheet = io.StringIO()
    csv.writer(sheet).writerows([[harmless(cell) for cell in row] for row in rows])
    return "\ufeff" + sheet.getvalue()


WAVES = ("outcomes-baseline", "outcomes-after", "outcomes-followup")


@dataclass(frozen=True)
class Wave:
    """One moment of a question: who agreed (4 or 5 of 5). None: not asked, or withheld."""

    label: str
    share: Share | None


@dataclass(frozen=True)
class Outcome:
    """One of the four outcomes before, right after, and six weeks later."""

    label: str
    waves: tuple[Wave, ...]


def outcomes_of(survey: Survey, *, is_outsider: bool) -> tuple[Outcome, ...]:
    """The four outcomes at the three moments, over all answers of this library; empty for other surveys. One query."""
    if survey.ready not in WAVES:
        return ()
    rows = Response.objects.filter(
        library_id=survey.library_id, voided_at__isnull=True, version__survey__ready__in=WAVES).values_list(
        "version__survey__ready", "answers")
    found: dict[tuple[str, str], list[int]] = {}
    for ready, answers in rows:
        for key in OUTCOMES:
            if isinstance(answers.get(key), int):
                found.setdefault((key, ready), []).append(answers[key])
    moments = dict(zip(WAVES, (_("before"), _("right after"), _("six weeks later")), strict=True))
    return tuple(Outcome(str(label), tuple(
        Wave(moment, _agreeing(found.get((key, ready), []), is_outsider=is_outsider)) for ready, moment in moments.items()))
        for key, label in OUTCOMES.items())


@dataclass(frozen=True)
class Moment:
    """One sheet of a gathering. n: who answered; None where it is withheld. rate: of those who were asked."""

    label: str
    n: int | None
    rate: Share | None


@dataclass(frozen=True)
class GatheringOutcomes:
    """The three moments, and each outcome at them (as `outcomes_of`)."""

    moments: tuple[Moment, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def is_empty(self) -> bool:
        return all(moment.n == 0 for moment in self.moments)


def outcomes_about(about_id: UUID, *, asked: dict[str, int], is_outsider: bool) -> GatheringOutcomes:
    """Baseline, right after and follow-up of one gathering. `asked`: how many were asked, by ready-made survey. One
    query."""
    rows = Response.objects.filter(about_id=about_id, voided_at__isnull=True, version__survey__ready__in=WAVES).values_list(
        "version__survey__ready", "answers")
    sheets: dict[str, list[dict[str, Any]]] = {ready: [] for ready in WAVES}
    for ready, answers in rows:
        sheets[ready].append(answers)
    names = dict(zip(WAVES, (_("before"), _("right after"), _("six weeks later")), strict=True))

    def moment(ready: str) -> Moment:
        n, whole = len(sheets[ready]), asked.get(ready, 0)
        is_small = is_outsider and 0 < n < SMALL
        # more may answer than were asked by name: walk-ins over the QR code; then no rate is told
        is_rate = not is_small and whole > 0 and n <= whole and not (is_outsider and 0 < whole - n < SMALL)
        return Moment(names[ready], None if is_small else n, Share(n, whole) if is_rate else None)

    return GatheringOutcomes(
        tuple(moment(ready) for ready in WAVES),
        tuple(Outcome(str(label), tuple(
            Wave(names[ready], _agreeing([sheet[key] for sheet in sheets[ready] if isinstance(sheet.get(key), int)],
                                         is_outsider=is_outsider)) for ready in WAVES))
            for key, label in OUTCOMES.items()))


def _agreeing(values: Sequence[int], *, is_outsider: bool) -> Share | None:
    n, k = len(values), sum(value >= 4 for value in values)
    is_small = 0 < k < SMALL or 0 < n - k < SMALL or n < SMALL
    return None if n == 0 or (is_outsider and is_small) else Share(k, n)


OUTCOMES = {"knowledge": gettext_lazy("knowledge"), "confidence": gettext_lazy("confidence"),
            "application": gettext_lazy("application"), "awareness": gettext_lazy("awareness of the library")}
