"""Geometry of charts: numbers in, coordinates out; components draw them on pages, the same templates on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.indicators.coverage import State
from simpul.overview.queries.ground import Month

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 22, 28


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    n: int
    label: str
    is_running: bool = False
    anchor: str = "middle"

    @property
    def label_y(self) -> float:
        return round(self.y - 9, 1)


@dataclass(frozen=True)
class Tick:
    x: float
    label: str
    long: str = ""


@dataclass(frozen=True)
class Gap:
    """A month without a number: `x` to `x + width`; `closed` or nothing recorded."""

    x: float
    width: float
    is_closed: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Row:
    """A line of the chart's table; `says` where there is no number."""

    label: str
    n: int | None
    says: str
    href: str
    before: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A line with gaps. runs: coordinates of each unbroken run; labelled: points with their number beside them."""

    title: str
    desc: str
    width: int
    height: int
    runs: tuple[str, ...]
    before: tuple[str, ...]
    dots: tuple[Point, ...]
    labelled: tuple[Point, ...]
    grid: tuple[tuple[float, str], ...]
    ticks: tuple[Tick, ...]
    gaps: tuple[Gap, ...]
    rows: tuple[Row, ...]
    before_label: str = ""
    name: str = ""

    @property
    def base(self) -> int:
        return self.height - BOTTOM

    @property
    def is_empty(self) -> bool:
        return not self.dots

    @property
    def has_closed(self) -> bool:
        return any(gap.is_closed for gap in self.gaps)

    @property
    def has_unrecorded(self) -> bool:
        return any(not gap.is_closed for gap in self.gaps)


def nice(most: float) -> int:
    """The end of a scale: 1, 2, 2.5, 5 times a power of ten, not under `most`."""
    if most <= 4:
        return 4
    power = 10 ** int(log10(most))
    step = next(step for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * power >= most)
    return ceil(step * power)


def line_of(title: str, months: Sequence[Month], hrefs: Sequence[str], *, before: Sequence[Month] = (), name: str = "",
            before_label: str = "", width: int = WIDTH, height: int = HEIGHT) -> Line:
    """Months as a line; those without a number are gaps. `before`: as many months of the year before, in grey."""
    most = nice(max([month.n or 0 for month in (*months, *before)], default=0))
    step = (width - LEFT - RIGHT) / max(len(months) - 1, 1)

    def at(n: int, value: int) -> tuple[float, float]:
        return round(LEFT + n * step, 1), round(height - BOTTOM - (height - TOP - BOTTOM) * value / most, 1)

    dots = [Point(*at(n, month.n), month.n, formats.date_format(month.first, "F Y"), month.is_running)
            for n, month in enumerate(months) if month.n is not None]
    return Line(
        title=title, desc=_described(months), width=width, height=height, runs=_runs(months, at), before=_runs(before, at),
        dots=tuple(dots), labelled=_labelled(dots, width), name=name,
        grid=tuple((at(0, round(most * part))[1], number(round(most * part))) for part in (0, 0.5, 1)),
        ticks=tuple(Tick(round(LEFT + n * step, 1), formats.date_format(month.first, "M")[:3],
                         str(month.first.year) if month.first.month == 1 or n == 0 else "")
                    for n, month in enumerate(months)),
        gaps=tuple(Gap(round(LEFT + (n - 0.5) * step, 1), round(step, 1), month.state == State.CLOSED)
                   for n, month in enumerate(months) if month.n is None and _is_gap(month)),
        rows=tuple(_row(month, href, other) for month, href, other in zip(
            months, hrefs, before or [None] * len(months), strict=True)),
        before_label=before_label)


def _is_gap(month: Month) -> bool:
    return month.state not in (State.NOT_YET, State.NOT_APPLICABLE) if month.state else month.expected > 0


def _runs(months: Sequence[Month], at: Any) -> tuple[str, ...]:
    found, run = [], []
    for n, month in enumerate(months):
        if month.n is None:
            found.append(run)
            run = []
        else:
            x, y = at(n, month.n)
            run.append(f"{x},{y}")
    return tuple(" ".join(run) for run in [*found, run] if len(run) > 1)


def _labelled(dots: Sequence[Point], width: int) -> tuple[Point, ...]:
    """The highest and the last whole month: a number at each would be a wall of numbers."""
    whole = [dot for dot in dots if not dot.is_running] or list(dots)
    if not whole:
        return ()
    last, top = whole[-1], max(whole, key=lambda dot: dot.n)
    chosen = [last] if abs(top.x - last.x) < 70 and top is not last and top.n - last.n < 0.1 * top.n else [last, top]
    return tuple(Point(dot.x, dot.y, dot.n, dot.label, dot.is_running, "end" if dot.x > width - 40 else
                       "start" if dot.x < LEFT + 20 else "middle") for dot in dict.fromkeys(chosen))


def number(n: int | float) -> str:
    return formats.number_format(n, use_l10n=True, force_grouping=True)


def _described(months: Sequence[Month]) -> str:
    """What somebody who does not see the picture should know of it."""
    known = [month for month in months if month.n is not None]
    if not known:
        return _("Nothing is recorded in these months.")
    low, high = min(known, key=lambda one: one.n or 0), max(known, key=lambda one: one.n or 0)
    return _("From %(low)s (%(low_month)s) to %(high)s (%(high_month)s); last %(last)s in %(last_month)s.") % {
        "low": number(low.n or 0), "low_month": formats.date_format(low.first, "F Y"),
        "high": number(high.n or 0), "high_month": formats.date_format(high.first, "F Y"),
        "last": number(known[-1].n or 0), "last_month": formats.date_format(known[-1].first, "F Y")}


def _row(month: Month, href: str, before: Month | None) -> Row:
    from simpul.indicators.coverage import STATES

    says = ""
    if month.n is None:
        says = str(STATES[month.state]) if month.state else str(STATES[State.SILENT if month.expected else State.NOT_YET])
    note = _("so far") if month.is_running and month.n is not None else ""
    if month.n is not None and month.received < month.expected:
        note = ", ".join(filter(None, (note, _("%(n)s of %(of)s libraries") % {"n": month.received, "of": month.expected})))
    return Row(formats.date_format(month.first, "F Y"), month.n, says, href if month.n is not None else "",
               before.n if before else None, note)


@dataclass(frozen=True)
class Spread:
    """One number beside a group: coordinates on a ground 600 wide."""

    label: str
    own: int
    low: float
    middle: float
    high: float
    says: str
    x_own: float
    x_low: float
    x_middle: float
    x_high: float
    href: str = ""

    @property
    def band(self) -> float:
        return round(max(self.x_high - self.x_low, 2), 1)

    @property
    def anchor(self) -> str:
        return "end" if self.x_own > 540 else "start" if self.x_own < 60 else "middle"


def spread_of(label: str, own: int, low: float, middle: float, high: float, most: int, says: str, href: str = "") -> Spread:
    end = max(most, 1)

    def at(value: float) -> float:
        return round(10 + 580 * value / end, 1)

    return Spread(label, own, low, middle, high, says, at(own), at(low), at(middle), at(high), href)


@dataclass(frozen=True)
class Interval:
    """A percentage with its interval on a ground of 0 to 100, 600 wide; `mark` is another percentage beside it."""

    label: str
    percent: int | None
    low: int | None
    high: int | None
    k: int | None
    n: int | None
    mark: float | None
    is_withheld: bool = False

    @property
    def x(self) -> float:
        return 10 + 5.8 * (self.percent or 0)

    @property
    def x_low(self) -> float:
        return 10 + 5.8 * (self.low or 0)

    @property
    def x_high(self) -> float:
        return 10 + 5.8 * (self.high or 0)

    @property
    def band(self) -> float:
        return round(self.x_high - self.x_low, 1)

    @property
    def x_mark(self) -> float | None:
        return None if self.mark is None else round(10 + 5.8 * self.mark, 1)

    @property
    def mark_label(self) -> str:
        return "" if self.mark is None else formats.number_format(f"{self.mark:g}")


def interval_of(label: str, share: Any, *, mark: float | None = None, is_withheld: bool = False) -> Interval:
    """`share` is a `surveys.results.Share` or None."""
    if share is None:
        return Interval(label, None, None, None, None, None, mark, is_withheld)
    return Interval(label, share.percent, share.low, share.high, share.k, share.n, mark, is_withheld)


@dataclass(frozen=True)
class Small:
    """One of small multiples: a line 160 × 48 with its last number; all on one scale."""

    label: str
    runs: tuple[str, ...]
    last_x: float | None
    last_y: float | None
    last: int | None
    href: str
    desc: str


def small_of(label: str, months: Sequence[Month], most: int, href: str) -> Small:
    def at(n: int, value: int) -> tuple[float, float]:
        return round(4 + 148 * n / max(len(months) - 1, 1), 1), round(44 - 38 * value / max(most, 1), 1)

    known = [(n, month.n) for n, month in enumerate(months) if month.n is not None]
    last = known[-1] if known else None
    x, y = at(*last) if last else (None, None)
    return Small(label, _runs(months, at), x, y, last[1] if last else None, href, _described(months))


@dataclass(frozen=True)
class Tile:
    """A kelurahan on the map of tiles: `level` 0 (nothing known) to 5."""

    code: str
    name: str
    level: int
    shown: str
    says: str


def levels_of(values: Sequence[float | None]) -> list[int]:
    """Five steps of equally many values; 0 where there is none."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return [0] * len(values)
    limits = [known[min(int(len(known) * part / 5), len(known) - 1)] for part in (1, 2, 3, 4)]
    return [0 if value is None else 1 + sum(value >= limit for limit in limits) if known[0] != known[-1] else 3
            for value in values]
