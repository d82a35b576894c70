"""The pictures of an overview, made once for pages and papers."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from simpul.indicators.coverage import State
from simpul.indicators.definitions import indicators
from simpul.indicators.periods import Kind
from simpul.libraries.models import Library
from simpul.overview.charts import WIDTH, Interval, Line, Small, Spread, interval_of, line_of, small_of, spread_of
from simpul.overview.queries.alike import Alike
from simpul.overview.queries.brought import Effects
from simpul.overview.queries.ground import HAS_RECORDS, Ground, Month
from simpul.overview.sentences import Opens

TRENDS = ("visits", "participants", "loans", "new_members")


def name_of(indicator: str) -> str:
    """The indicator's own name: "Visits"."""
    return indicators()[indicator].now.name


def trends(ground: Ground, opens: Opens, names: Sequence[str] = TRENDS, *, width: int = WIDTH) -> list[Line]:
    """A line for each; of a year beside the year before where anything is known of it."""
    found = []
    for name in names:
        months = ground.line(name, ground.shown)
        before: list[Month] = []
        if ground.period.kind == Kind.YEAR:
            earlier = [month for month in ground.months if month.year == ground.period.first.year - 1]
            before = ground.line(name, earlier) if len(earlier) == len(months) else []
        if not any(month.n is not None for month in before):
            before = []
        hrefs = [opens(name, month.period) for month in months]
        found.append(line_of(name_of(name), months, hrefs, before=before, name=name, width=width,
                             before_label=str(ground.period.first.year - 1) if before else ""))
    return found


def spreads(alike: Alike, ground: Ground) -> list[Spread]:
    return [spread_of(name_of(row.name), row.own, row.low, row.middle, row.high, row.most, row.says) for row in alike.rows]


def effect_rows(effects: Effects) -> list[Interval]:
    return [interval_of(row.label, row.share, mark=row.national, is_withheld=row.is_withheld) for row in effects.rows]


def district_lines(ground: Ground, libraries: Sequence[Library], href: str) -> list[Small]:
    """Visits of each kecamatan as small multiples on one scale; `href` takes a code."""
    of: dict[tuple[str, str], set[Any]] = {}
    for library in libraries:
        if library.district is not None:
            of.setdefault((library.district.code, library.district.name), set()).add(library.pk)
    lines = {}
    for key, here in sorted(of.items()):
        lines[key] = [_sum(ground, month, here) for month in ground.line("visits", ground.shown)]
    most = max((month.n or 0 for months in lines.values() for month in months), default=0)
    return [small_of(name, months, most, href % code) for (code, name), months in lines.items()]


def _sum(ground: Ground, whole: Month, here: set[Any]) -> Month:
    states, month = ground.states(whole.first), whole.first
    received = sum(states.get(pk) in HAS_RECORDS for pk in here)
    expected = received + sum(states.get(pk) == State.SILENT for pk in here)
    n = sum(ground.counts["visits"].get((pk, month), 0) for pk in here)
    return Month(month, n if received else None, None, received, expected, whole.is_running)


# --- on paper ------------------------------------------------------------------------------------------------------

STYLE = """
text{font-family:'Libertinus Serif';font-size:14px;fill:#5c6661}.value{fill:#1d2421;font-weight:700;font-size:17px}
.run{fill:none;stroke:#1f6f54;stroke-width:2.6;stroke-linejoin:round;stroke-linecap:round}
.run-before{fill:none;stroke:#c9bfac;stroke-width:2.6}.dot{fill:#1f6f54}
.dot-running{fill:#ffffff;stroke:#1f6f54;stroke-width:2.2}.grid-line{stroke:#dcd2bf;stroke-width:1}
.gap{fill:#f2ebdd}.gap-closed{fill:#fbecc9}.band{fill:#cfc5b2}.median{stroke:#5c6661;stroke-width:2}
.own{fill:#1f6f54;stroke:#ffffff;stroke-width:2}.mark{fill:none;stroke:#9a6700;stroke-width:2.2}
"""


NARROW = 400  # units wide: a line in half a column of paper
FEW_LABELS = ".axis-more{display:none}"


def on_paper(kind: str, chart: Any) -> bytes:
    """A chart as SVG with its colours inside; `kind` is "line", "small", "spread" or "interval"."""
    name = "row" if kind in ("spread", "interval") else "chart"
    style = STYLE + (FEW_LABELS if getattr(chart, "width", WIDTH) < WIDTH else "")
    return render_to_string(f"charts/{kind}.html", {name: chart, "id": "g", "style": style}).strip().encode()


def alternative(chart: Line) -> str:
    """What the picture says, for who hears the paper read."""
    return _("%(title)s. %(desc)s") % {"title": chart.title, "desc": chart.desc}
