"""The reading indices from the surveys: TGM until 2024 by its published formula, TKM since 2025 by phase.

What is told of a region is the sum of what may be told of each of its libraries, so that no subtraction leads to a group
of one to four.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.actor import Actor
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.iplm.formulas import rounded
from simpul.reports.form import Filled, Kind, Line, Section
from simpul.surveys.models import Question, Response, Survey
from simpul.surveys.queries import SMALL
from simpul.surveys.readymade import ReadyMade, ready_made
from simpul.surveys.results import Share, invited_to, result_of

TGM, TKM = "reading-habits", "tkm-2025"
TGM_BANDS = ((Decimal(20), gettext_lazy("very low")), (Decimal(40), gettext_lazy("low")), (Decimal(60), gettext_lazy("medium")),
             (Decimal(80), gettext_lazy("high")), (Decimal(100), gettext_lazy("very high")))
PHASES = {"pra": "Pra membaca", "saat": "Saat membaca", "pasca": "Pasca membaca", "inter": "Interaksi dengan perpustakaan"}
Sheet = dict[str, Any]


@dataclass(frozen=True)
class Answers:
    """The sheets of each library that may be told, how many were held back, how many were asked (None: not known)."""

    by_library: dict[UUID, list[Sheet]]
    held_back: int
    invited: int | None

    @property
    def n(self) -> int:
        return sum(len(sheets) for sheets in self.by_library.values())


def answers_of(ready: str, place: Place, period: Period, reader: Actor) -> Answers:
    """Three questions for any number of libraries."""
    rows = Response.objects.filter(voided_at__isnull=True, version__survey__ready=ready, local_date__gte=period.first,
                                   local_date__lte=period.last, library_id__in=[one.pk for one in place.libraries])
    found: dict[UUID, list[Sheet]] = defaultdict(list)
    surveys: set[UUID] = set()
    for library, survey, answers in rows.order_by("pk").values_list("library_id", "version__survey_id", "answers"):
        found[library].append(answers)
        surveys.add(survey)
    told = {pk: sheets for pk, sheets in found.items() if len(sheets) >= SMALL or is_own(place, reader)}
    asked = [invited_to(one) for one in Survey.objects.filter(pk__in=surveys)] if place.library else []
    invited = sum(n for n in asked if n) if asked and None not in asked else None
    return Answers(told, sum(len(sheets) for sheets in found.values()) - sum(map(len, told.values())), invited)


def is_own(place: Place, reader: Actor) -> bool:
    """Staff of the one library see every answer; everybody else what may be told."""
    return place.library is not None and reader.works_at(place.library.pk)


def tgm_score(sheets: Sequence[Sheet]) -> tuple[Decimal, int] | None:
    """0.30·FM + 0.30·DM + 0.30·JB + 0.05·FAI + 0.05·DAI over the means of whole sheets, and of how many; each answer lies at
    equal steps from 0 to 100 (our own recoding, the source gives none)."""
    ready = ready_made()[TGM]
    assert ready.index is not None
    weights = ready.index.weights
    places = {str(q["key"]): len(q["choices"]) for q in ready.questions if q["key"] in weights}
    whole = [sheet for sheet in sheets if all(isinstance(sheet.get(key), int) for key in weights)]
    if not whole:
        return None
    means = {key: Decimal(sum(100 * (sheet[key] - 1) for sheet in whole)) / (places[key] - 1) / len(whole) for key in weights}
    return rounded(tgm_of(means), 2), len(whole)


def tgm_of(components: dict[str, Decimal]) -> Decimal:
    """The published formula over components from 0 to 100."""
    ready = ready_made()[TGM]
    assert ready.index is not None
    return sum((Decimal(str(weight)) * components[key] for key, weight in ready.index.weights.items()), Decimal(0))


def tgm_band(value: Decimal) -> Any:
    """0–20 very low, 20.1–40 low, 40.1–60 medium, 60.1–80 high, 80.1–100 very high."""
    return next(name for limit, name in TGM_BANDS if value <= limit)


def fill_tgm(place: Place, period: Period, reader: Actor) -> Filled:
    """The index until 2024, its components, n and response rate."""
    found, ready = answers_of(TGM, place, period, reader), ready_made()[TGM]
    sheets = [sheet for of in found.by_library.values() for sheet in of]
    score, opens = tgm_score(sheets), _survey_pages(place)
    why = _no_answers(found)
    parts = tuple(_choice_mean(str(n), question, sheets, opens, why) for n, question in enumerate(ready.questions, 1))
    index = Line("TGM", _("Index by the published formula"), score[0] if score else None, Kind.RATIO, why="" if score else why,
                 source=_("survey of the libraries"), opens=opens, remark=str(tgm_band(score[0])) if score else "")
    notes = [_("The formula and its weights are published; how an answer becomes 0 to 100 is our own: equal steps."),
             _("The official sample is 5 percent of the residents aged 15 to 69; who answers in a library is no sample of them.")]
    return Filled(place, period, (Section("indeks", "TGM", (index, *_size(found, why))), Section("unsur", _("Elements"), parts)),
                  notes=tuple(notes))


def _choice_mean(number: str, question: dict[str, Any], sheets: list[Sheet], opens: str, why: str) -> Line:
    values = [sheet[question["key"]] for sheet in sheets if isinstance(sheet.get(question["key"]), int)]
    steps = len(question["choices"]) - 1
    value = rounded(Decimal(sum(100 * (one - 1) for one in values)) / steps / len(values), 2) if values else None
    return Line(number, question["text"], value, Kind.RATIO, _("of 100"), why="" if values else why, opens=opens,
                source=_("survey of the libraries"))


def fill_tkm(place: Place, period: Period, reader: Actor) -> Filled:
    """Agreement by phase and by question, with n and interval; no composite, since its weights are not published."""
    found, ready = answers_of(TKM, place, period, reader), ready_made()[TKM]
    why, opens, own = _no_answers(found), _survey_pages(place), is_own(place, reader)
    lines = {phase: _phase(phase, ready, found, opens, why, is_outsider=not own) for phase in PHASES}
    summary = tuple(_summary(n, phase, lines[phase], found, why) for n, phase in enumerate(PHASES, 1))
    notes = [_("The weights of the index since 2025 are not published: results stand by phase, without one number for all."),
             _("Who answers in a library is no sample of the residents; the intervals tell of chance only.")]
    if found.held_back:
        notes.append(_("Libraries with fewer than five answers are left out, so that nobody can be recognised."))
    return Filled(place, period, (
        Section("ringkas", _("By phase: of a hundred answers, how many agree"), (*summary, *_size(found, why))),
        *(Section(phase, title, lines[phase]) for phase, title in PHASES.items())), notes=tuple(notes))


def _phase(phase: str, ready: ReadyMade, found: Answers, opens: str, why: str, *, is_outsider: bool) -> tuple[Line, ...]:
    return tuple(_item(question, str(question["key"]).removeprefix(phase), found, opens, why, is_outsider=is_outsider)
                 for question in ready.questions if str(question["key"]).startswith(phase) and str(question["key"])[-1].isdigit())


def _item(told: dict[str, Any], number: str, found: Answers, opens: str, why: str, *, is_outsider: bool) -> Line:
    """What may be told of each library, added up."""
    question = Question(key=told["key"], kind=told["kind"], text=told["text"], choices=told.get("choices", []))
    agree = n = 0
    total = 0.0
    for sheets in found.by_library.values():
        values = [sheet[question.key] for sheet in sheets if question.key in sheet]
        result = result_of(question, values, len(sheets), is_outsider=is_outsider)
        if not result.n or (question.kind == Question.Kind.LIKERT4 and result.agree is None):
            continue
        n += result.n
        agree += result.agree.k if result.agree else 0
        total += (result.mean or 0) * result.n
    if not n:
        return Line(number, told["text"], None, Kind.RATIO, why=why or _("withheld, so that nobody can be recognised"))
    source = _("survey of the libraries")
    if question.kind == Question.Kind.NUMBER:
        return Line(number, told["text"], rounded(Decimal(str(total)) / n, 1), Kind.RATIO, _("on average"), source=source,
                    opens=opens,
                    remark=f"n = {n}")
    share = Share(agree, n)
    return Line(number, told["text"], rounded(Decimal(100 * agree) / n, 1), Kind.RATIO, _("% agree"), source=source, opens=opens,
                remark=_("n = %(n)d; interval (95%%) %(low)d to %(high)d") % {"n": n, "low": share.low, "high": share.high})


def _summary(number: int, phase: str, lines: tuple[Line, ...], found: Answers, why: str) -> Line:
    """The mean of the phase's questions; its interval is that of a share among so many people."""
    values = [line.value for line in lines if isinstance(line.value, Decimal) and line.unit == _("% agree")]
    if not values:
        return Line(str(number), PHASES[phase], None, Kind.RATIO, why=why or _("withheld, so that nobody can be recognised"))
    mean = sum(values, Decimal(0)) / len(values)
    share = Share(round(float(mean) * found.n / 100), found.n)
    return Line(str(number), PHASES[phase], rounded(mean, 1), Kind.RATIO, _("% agree"), source=_("survey of the libraries"),
                remark=_("n = %(n)d; interval (95%%) %(low)d to %(high)d") % {"n": found.n, "low": share.low, "high": share.high})


def _size(found: Answers, why: str) -> tuple[Line, Line]:
    n = found.n
    rate = rounded(Decimal(100 * n) / found.invited, 1) if n and found.invited and n <= found.invited else None
    return (Line("n", _("Answers"), n or None, why=why), Line(
        "rate", _("Of those asked, how many answered"), rate, Kind.RATIO, "%", why="" if rate is not None else _(
            "not known: it was not written down how many were asked")))


def _no_answers(found: Answers) -> str:
    if found.n:
        return ""
    return _("withheld, so that nobody can be recognised") if found.held_back else _("nobody answered this survey in the period")


def _survey_pages(place: Place) -> str:
    return reverse("surveys:list", args=[place.library.code]) if place.library else ""
