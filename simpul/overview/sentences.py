"""Plain sentences about figures, each number a link to what opens it.

A sentence is a translated text with named places; what is set in is a text, or a `Number` with the address of its
receipt. Pages show `sentence.html`, papers `sentence.text`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.indicators.breaking import may_be_told, told_total
from simpul.indicators.coverage import State
from simpul.indicators.definitions import indicators
from simpul.indicators.numerators import counted
from simpul.indicators.periods import Kind, Period, end_of_month
from simpul.overview.proportions import in_words
from simpul.overview.queries.comparing import Comparison, compared, why_not_last_year
from simpul.overview.queries.ground import Ground

PLACE = re.compile(r"%\((\w+)\)s")
#: (indicator, period) → the address that opens it; "" where there is none for these readers
Opens = Callable[[str, Period], str]


@dataclass(frozen=True)
class Number:
    """A number in words with the address that opens it."""

    words: str
    href: str = ""

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Sentence:
    parts: tuple[Number, ...]
    tone: str = ""  # "quiet" for why something is not told

    @property
    def text(self) -> str:
        return "".join(part.words for part in self.parts)

    @property
    def html(self) -> SafeString:
        return mark_safe("".join(  # noqa: S308 every part is escaped here
            format_html('<a href="{}">{}</a>', part.href, part.words) if part.href else conditional_escape(part.words)
            for part in self.parts))

    @property
    def numbers(self) -> list[Number]:
        return [part for part in self.parts if part.href]

    def __str__(self) -> str:
        return self.text


def say(template: str, *, tone: str = "", **values: Any) -> Sentence:
    """`template` is translated already; a value that is a Sentence brings its own links."""
    found: list[Number] = []
    for n, piece in enumerate(PLACE.split(template)):
        if n % 2 == 0:
            if piece:
                found.append(Number(piece.replace("%%", "%")))
            continue
        given = values[piece]
        if isinstance(given, Sentence):
            found += given.parts
        else:
            found.append(given if isinstance(given, Number) else Number(str(given)))
    return Sentence(tuple(found), tone)


def joined(*sentences: Sentence) -> Sentence:
    """One after the other, with nothing between."""
    return Sentence(tuple(part for one in sentences for part in one.parts), sentences[0].tone)


def number(n: int) -> str:
    return formats.number_format(n, use_l10n=True, force_grouping=True)


def written(n: int, words: str, href: str) -> Number:
    """The number with its noun, "432 visits"; `words` is of the right plural."""
    return Number(words % {"n": number(n)}, href)


def when(period: Period) -> str:
    """Where a period stands in a sentence: "in March 2026", "in 2026"."""
    return _("in %(period)s") % {"period": period.label}


# --- what is told of a place in a period ---------------------------------------------------------------------------

def told(ground: Ground, *, is_outsider: bool, opens: Opens | None = None) -> list[Sentence]:
    """The sentences of an overview, the visits first. Where nothing is known, the one sentence that says why."""
    opens = opens or ground.receipt
    silence = _silence(ground)
    if silence is not None:
        return [silence]
    found = [_visits(ground, opens, is_outsider=is_outsider), _loans(ground, opens), _activities(ground, opens),
             _members(ground, opens)]
    coverage = _coverage(ground)
    why = why_not_last_year(ground)
    if coverage is not None:
        found.append(coverage)
    if why and not ground.is_running:
        found.append(say(_("Not compared with a year ago: %(why)s."), why=why, tone="quiet"))
    return found


def _silence(ground: Ground) -> Sentence | None:
    """Why nothing can be told; None where something can."""
    period = ground.period
    if period.first > ground.today:
        return say(_("%(period)s is still to come."), period=_capital(period.label))
    months = [month for month in period.months() if month <= ground.today]
    states = [state for month in months for state in ground.states(month).values()]
    if any(state in (State.RECEIVED, State.LATE) for state in states):
        return None
    if State.SILENT in states:
        return say(_("Nothing was recorded %(when)s. That does not mean that nobody came."), when=when(period))
    if State.CLOSED in states:
        return say(_("The library was closed %(when)s.") if ground.place.library else _("All were closed %(when)s."),
                   when=when(period))
    return say(_("There was no library here yet %(when)s."), when=when(period))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _visits(ground: Ground, opens: Opens, *, is_outsider: bool) -> Sentence:
    n, period = ground.of("visits", ground.period), ground.period
    if not n:
        return say(_("No visit was recorded %(when)s."), when=_when(ground))
    begins = say(_("%(visits)s %(when)s"), visits=written(n, ngettext("%(n)s visit", "%(n)s visits", n), opens("visits", period)),
                 when=_when(ground))
    share = children_share(ground, is_outsider=is_outsider)
    ends = say("; " + _("%(part)s by children"), part=Number(share, opens("children_share", period))) if share else say("")
    return joined(begins, _beside(ground, compared(ground, "visits"), opens, "visits"), ends, say("."))


def visits_beside(ground: Ground, *, is_outsider: bool) -> str:
    """What stands beside the number of visits on a poster: "21 more than in September; 4 of 10 by children."; "" where
    nothing can be said."""
    share = children_share(ground, is_outsider=is_outsider)
    beside = _beside(ground, compared(ground, "visits"), lambda _name, _period: "", "visits").text
    parts = [beside.removeprefix(", "), _("%(part)s by children") % {"part": share} if share else ""]
    said = "; ".join(filter(None, parts))
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def children_share(ground: Ground, *, is_outsider: bool) -> str:
    """Which part of the visits was by children; "" where it is withheld or none: the figure `children_share`, without
    asking again what the ground knows."""
    parts = indicators()["children_share"].parts(ground.period)
    if is_outsider and not may_be_told(parts, ground.place, ground.period, ground.today):
        return ""
    part = told_total(parts, ground.place) if is_outsider else counted(parts, ground.place).total
    whole = ground.of("visits", ground.period)
    return in_words(part, whole) if 0 < part <= whole else ""


def _loans(ground: Ground, opens: Opens) -> Sentence:
    n = ground.of("loans", ground.period)
    if not n:
        return say(_("No book was taken home."))
    words = written(n, ngettext("%(n)s book", "%(n)s books", n), opens("loans", ground.period))
    begins = say(ngettext("%(books)s was taken home", "%(books)s were taken home", n), books=words)
    return joined(begins, _beside(ground, compared(ground, "loans"), opens, "loans"), say("."))


def _activities(ground: Ground, opens: Opens) -> Sentence:
    n, people = ground.of("activities", ground.period), ground.of("participants", ground.period)
    if not n and not people:
        return say(_("No activity took place."))
    held = written(n, ngettext("%(n)s activity", "%(n)s activities", n), opens("activities", ground.period))
    if not people:
        return say(ngettext("%(activities)s took place; nobody wrote down who came.",
                            "%(activities)s took place; nobody wrote down who came.", n), activities=held)
    came = written(people, ngettext("%(n)s participant", "%(n)s participants", people), opens("participants", ground.period))
    if not n:
        return say(_("%(people)s came to activities that had begun before."), people=came)
    return say(ngettext("%(activities)s with %(people)s; who came twice is counted twice.",
                        "%(activities)s with %(people)s; who came twice is counted twice.", n), activities=held, people=came)


def _members(ground: Ground, opens: Opens) -> Sentence:
    n = ground.of("new_members", ground.period)
    if not n:
        return say(_("Nobody became a member."))
    return say(ngettext("%(people)s became a member.", "%(people)s became members.", n),
               people=written(n, ngettext("%(n)s person", "%(n)s people", n), opens("new_members", ground.period)))


def _when(ground: Ground) -> str:
    return _("so far %(when)s") % {"when": when(ground.period)} if ground.is_running else when(ground.period)


def _beside(ground: Ground, comparison: Comparison | None, opens: Opens, name: str) -> Sentence:
    """", 61 more than in March 2025"; nothing where the two cannot be compared."""
    if comparison is None or not comparison.is_told or comparison.period != ground.period:
        return say("")
    before = Number(comparison.period_before.label, opens(name, comparison.period_before))
    n = abs(comparison.difference)
    if n == 0:
        return say(", " + _("as many as in %(before)s"), before=before)
    template = ngettext("%(n)s more than in %(before)s", "%(n)s more than in %(before)s", n) if comparison.difference > 0 \
        else ngettext("%(n)s fewer than in %(before)s", "%(n)s fewer than in %(before)s", n)
    return say(", " + template, n=number(n), before=before)


def _coverage(ground: Ground) -> Sentence | None:
    """Who did not record: of a library its silent months, of a place its silent libraries."""
    months = [month for month in ground.period.months() if month <= ground.today]
    if ground.place.library is not None:
        silent = [month for month in months if State.SILENT in ground.states(month).values()
                  and end_of_month(month) < ground.today]
        if not silent or ground.period.kind != Kind.YEAR:
            return None
        return say(_("Nothing is recorded of: %(months)s."), tone="quiet",
                   months=", ".join(formats.date_format(month, "F") for month in silent))
    states = [ground.states(month) for month in months]
    received = {pk for one in states for pk, state in one.items() if state in (State.RECEIVED, State.LATE)}
    expected = received | {pk for one in states for pk, state in one.items() if state == State.SILENT}
    if received == expected:
        return say(ngettext("The one library has recorded.", "All %(n)s libraries have recorded.", len(expected)),
                   n=number(len(expected)), tone="quiet")
    return say(ngettext("%(n)s of %(of)s libraries has recorded; of the others nothing is known.",
                        "%(n)s of %(of)s libraries have recorded; of the others nothing is known.", len(received)),
               n=number(len(received)), of=number(len(expected)), tone="quiet")


def texts(sentences: Sequence[Sentence]) -> list[str]:
    return [sentence.text for sentence in sentences]
