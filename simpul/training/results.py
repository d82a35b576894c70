"""What a test tells: each item before and after, each person, the gain, always with n."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from simpul.surveys.models import Question, Response, Version
from simpul.training.models import Lesson, Sheet, Workshop
from simpul.training.queries import Standing

FEEDBACK_KEYS = ("useful", "clear", "part")
SMALL = 5


@dataclass(frozen=True)
class Item:
    """An item: how many were right of how many, before and after; of everybody who filled that sheet."""

    label: str
    before: int
    before_n: int
    after: int
    after_n: int

    @property
    def before_percent(self) -> int | None:
        return round(100 * self.before / self.before_n) if self.before_n else None

    @property
    def after_percent(self) -> int | None:
        return round(100 * self.after / self.after_n) if self.after_n else None


@dataclass(frozen=True)
class Gains:
    """Means of those with both sheets (`n`); `gain` the mean of the normalised gains of `n_gain`, without the `full`
    who had full marks before and for whom it is not defined."""

    n: int
    before: float | None
    after: float | None
    gain: float | None
    n_gain: int
    full: int
    only_before: int
    only_after: int


def gains_of(rows: Sequence[Standing]) -> Gains:
    both = [one for one in rows if one.before and one.after]
    found = [one.gain for one in both if one.gain is not None]

    def mean(sheets: list[Sheet]) -> float | None:
        return sum(100 * one.points / one.items for one in sheets) / len(sheets) if sheets else None

    return Gains(
        n=len(both), before=mean([one.before for one in both if one.before]),
        after=mean([one.after for one in both if one.after]),
        gain=sum(found) / len(found) if found else None, n_gain=len(found), full=len(both) - len(found),
        only_before=sum(bool(one.before and not one.after) for one in rows),
        only_after=sum(bool(one.after and not one.before) for one in rows))


def version_of(workshop: Workshop) -> Version | None:
    """The items as they are asked now: the newest published version."""
    return newest(workshop.test_id)


def newest(survey: UUID | None) -> Version | None:
    """The newest published version of a survey."""
    if survey is None:
        return None
    return Version.objects.select_related("survey__library").filter(
        survey=survey, published_at__isnull=False).order_by("-number").first()


def marked(key: dict[str, int], questions: Sequence[Question]) -> list[Question]:
    """Items that have a right answer."""
    return [one for one in questions if key.get(one.key)]


def points_of(key: dict[str, int], questions: Sequence[Question], answers: dict[str, object]) -> tuple[int, int]:
    """(right, of how many)."""
    items = marked(key, questions)
    return sum(answers.get(one.key) == key[one.key] for one in items), len(items)


def items_of(workshop: Workshop) -> list[Item]:
    """Item by item; three queries."""
    version = version_of(workshop)
    if version is None:
        return []
    told: dict[str, list[dict[str, object]]] = {"before": [], "after": []}
    for moment, answers in Sheet.objects.filter(
            participant__workshop=workshop, voided_at__isnull=True).values_list("moment", "response__answers"):
        told[moment].append(answers)
    found = []
    for one in marked(workshop.test_key, list(version.questions.all())):
        right = workshop.test_key[one.key]
        found.append(Item(one.label, *(value for moment in ("before", "after") for value in (
            sum(answers.get(one.key) == right for answers in told[moment]), len(told[moment])))))
    return found


@dataclass(frozen=True)
class LessonFeedback:
    """Means from 1 to 4 of a lesson, with n; words only where enough people wrote that nobody is guessed."""

    lesson: Lesson
    n: int
    means: tuple[float | None, ...]
    words: tuple[str, ...]


def feedback_of(workshop: Workshop, lessons: Sequence[Lesson]) -> list[LessonFeedback]:
    """Lesson by lesson; one query."""
    told: dict[UUID, list[dict[str, object]]] = {}
    if workshop.feedback_id:
        for about, answers in Response.objects.filter(
                version__survey=workshop.feedback_id, about_id__in=[one.pk for one in lessons],
                voided_at__isnull=True).values_list("about_id", "answers"):
            if about is not None:
                told.setdefault(about, []).append(answers)
    return [_feedback(one, told.get(one.pk, [])) for one in lessons if one.counts]


def _feedback(lesson: Lesson, sheets: list[dict[str, object]]) -> LessonFeedback:
    means = []
    for key in FEEDBACK_KEYS:
        values = [value for one in sheets if isinstance(value := one.get(key), int)]
        means.append(sum(values) / len(values) if values and len(sheets) >= SMALL else None)
    words = tuple(str(one["word"]) for one in sheets if one.get("word")) if len(sheets) >= SMALL else ()
    return LessonFeedback(lesson, len(sheets), tuple(means), words)
