"""What it brought: the six effects and the four outcomes, with n, response rate and interval."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.surveys.models import Invitation, Response, Survey
from simpul.surveys.queries import SMALL
from simpul.surveys.readymade import Source, ready_made
from simpul.surveys.results import OUTCOMES, WAVES, Share

EFFECTS = "effects-2024"
EFFECT_LABELS = {
    "school": gettext_lazy("better results at school"), "ict": gettext_lazy("more able with computer and internet"),
    "work": gettext_lazy("an offer of work or orders"), "health": gettext_lazy("healthier"),
    "community": gettext_lazy("takes part in the neighbourhood"), "distance": gettext_lazy("in touch over distance"),
}
YES, AGREES = 1, 4  # the first of two answers; the two upper steps of five


@dataclass(frozen=True)
class Effect:
    """Who said yes. share: None where nobody was asked or it is withheld. national: percent of the study, or None."""

    key: str
    label: str
    share: Share | None
    is_withheld: bool = False
    national: float | None = None


@dataclass(frozen=True)
class Effects:
    """The six effects of a year. rate: of those who were asked, None where it is not known."""

    year: int
    rows: tuple[Effect, ...]
    n: int
    libraries: int
    rate: Share | None
    source: Source | None

    @property
    def is_empty(self) -> bool:
        return not any(row.share for row in self.rows)


@dataclass(frozen=True)
class Wave:
    """One outcome at three moments: before, right after, six weeks later."""

    label: str
    shares: tuple[Share | None, ...]


Blocks = Mapping[tuple[str, UUID], list[int]]


def effects_of(libraries: Sequence[UUID] | None, year: int, *, is_outsider: bool) -> Effects:
    """Answers of a calendar year; None is every library. What outsiders are told of a wider place is the sum of what they
    may be told of each library, so that no library's answers follow from it. Four questions."""
    ready = ready_made()[EFFECTS]
    blocks, n, of = _answers(libraries, year, (EFFECTS,), tuple(ready.percents))
    rows = []
    for key, percent in ready.percents.items():
        share, is_withheld = _share(blocks, (EFFECTS, key), lambda value: value == YES, is_outsider=is_outsider)
        rows.append(Effect(key, str(EFFECT_LABELS.get(key, key)), share, is_withheld, percent))
    shown = max((row.share.n for row in rows if row.share), default=0)
    return Effects(year, tuple(rows), shown if is_outsider else n, of, _rate(libraries, year, n) if shown else None,
                   ready.compare)


def outcomes_of(libraries: Sequence[UUID] | None, year: int, *, is_outsider: bool) -> list[Wave]:
    """The four outcomes of activities: who agrees, before, right after and later. One question."""
    blocks, _n, _of = _answers(libraries, year, WAVES, tuple(OUTCOMES))
    return [Wave(str(label), tuple(
        _share(blocks, (ready, key), lambda value: value >= AGREES, is_outsider=is_outsider)[0] for ready in WAVES))
        for key, label in OUTCOMES.items()]


def moments() -> list[str]:
    return [_("before"), _("right after"), _("six weeks later")]


def _answers(libraries: Sequence[UUID] | None, year: int, surveys: Sequence[str], keys: Sequence[str],
             ) -> tuple[Mapping[tuple[str, str], Mapping[UUID, list[int]]], int, int]:
    """(survey, question) → library → answers; sheets; libraries."""
    rows = Response.objects.filter(version__survey__ready__in=surveys, voided_at__isnull=True, local_date__year=year)
    rows = rows if libraries is None else rows.filter(library_id__in=libraries)
    found: dict[tuple[str, str], dict[UUID, list[int]]] = defaultdict(lambda: defaultdict(list))
    n, of = 0, set()
    for ready, library, answers in rows.values_list("version__survey__ready", "library_id", "answers"):
        n += 1
        of.add(library)
        for key in keys:
            if isinstance(answers.get(key), int):
                found[ready, key][library].append(answers[key])
    return found, n, len(of)


def _share(blocks: Mapping[tuple[str, str], Mapping[UUID, list[int]]], at: tuple[str, str], is_yes: Callable[[Any], bool], *,
           is_outsider: bool) -> tuple[Share | None, bool]:
    k = n = 0
    is_withheld = False
    for values in blocks.get(at, {}).values():
        yes = sum(map(is_yes, values))
        if is_outsider and not may_tell(yes, len(values)):
            is_withheld = True
            continue
        k, n = k + yes, n + len(values)
    return (Share(k, n) if n else None), is_withheld


def may_tell(k: int, n: int) -> bool:
    """Neither those who said yes nor those who did not are one to four."""
    return n >= SMALL and not 0 < k < SMALL and not 0 < n - k < SMALL


def _rate(libraries: Sequence[UUID] | None, year: int, n: int) -> Share | None:
    """Of those who were asked in all surveys that were answered; None where one of them does not know how many."""
    surveys = Survey.objects.filter(ready=EFFECTS, pk__in=Response.objects.filter(
        version__survey__ready=EFFECTS, voided_at__isnull=True, local_date__year=year).values("version__survey"))
    surveys = surveys if libraries is None else surveys.filter(library__in=libraries)
    asked = {pk: invited for pk, invited in surveys.values_list("pk", "invited")}
    listed = dict(Invitation.objects.filter(survey__in=list(asked)).order_by().values_list("survey").annotate(n=Count("pk")))
    numbers = [listed.get(pk) or invited for pk, invited in asked.items()]
    if not numbers or None in numbers:
        return None
    whole = sum(number or 0 for number in numbers)
    return Share(n, whole) if n <= whole else None
