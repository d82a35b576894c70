"""A signed version made readable: its snapshot as lines, whatever the definitions say today."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.indicators import coverage as covering
from simpul.indicators.definitions import indicators
from simpul.indicators.figures import STATES, State
from simpul.months.asked import BY_NAME
from simpul.months.figures import number
from simpul.months.models import Signature
from simpul.months.snapshot import digest_of


@dataclass(frozen=True)
class Line:
    """A signed figure as texts."""

    id: str
    name: str
    unit: str
    definition: str
    now: str
    before: str
    year_before: str
    is_public: bool


@dataclass(frozen=True)
class SignedVersion:
    """`is_whole`: the snapshot is still what was signed."""

    lines: tuple[Line, ...]
    told: tuple[tuple[str, str], ...]
    unusual: tuple[tuple[str, str], ...]
    lists: tuple[Mapping[str, Any], ...]
    coverage: str
    days_open: int | None
    days_recorded: int
    days_silent: int
    library: Mapping[str, str]
    is_whole: bool

    @property
    def days(self) -> str:
        return days_in_words(self.days_open, self.days_recorded, self.days_silent)


def days_in_words(open_: int | None, recorded: int, silent: int) -> str:
    """On how many days it was open, and on how many of those nothing was recorded."""
    if open_ is None:
        return ngettext("Something was recorded on %(n)s day; the opening hours are not known.",
                        "Something was recorded on %(n)s days; the opening hours are not known.", recorded) % {"n": recorded}
    if not open_:
        return _("It was closed on every day.")
    if not silent:
        return ngettext("Open on %(n)s day, with records on it.", "Open on %(n)s days, with records on each.", open_) % {
            "n": open_}
    return ngettext("Open on %(open)s days, on %(n)s of them nothing was recorded.",
                    "Open on %(open)s days, on %(n)s of them nothing was recorded.", silent) % {"open": open_, "n": silent}


def signed_version(signature: Signature) -> SignedVersion:
    content = signature.snapshot
    covered = content["coverage"]
    return SignedVersion(
        tuple(_line(one) for one in content["figures"]),
        tuple((str(BY_NAME[one["name"]].label), told_text(one)) for one in content["told"] if one["name"] in BY_NAME),
        tuple((one["sentence"], one["answer"]) for one in content["unusual"]), tuple(content["lists"]),
        str(covering.STATES[covering.State(covered["state"])]), covered["days_open"], covered["days_recorded"],
        covered["days_silent"],
        content["library"], digest_of(content) == signature.digest)


def _line(told: Mapping[str, Any]) -> Line:
    one = indicators().get(told["id"])
    return Line(told["id"], one.now.name if one else told["id"], one.now.unit if one else "", told["definition"], _text(told),
                _text(told["before"]), _text(told["year_before"]), told["is_public"])


def _text(told: Mapping[str, Any]) -> str:
    if told["value"] is None:
        return str(STATES[State(told["state"])]) or "–"
    return number(Decimal(told["value"]))


def told_text(told: Mapping[str, Any]) -> str:
    """A told fact in words; "I do not know" is an answer too."""
    if told["is_unknown"]:
        return _("I do not know")
    if isinstance(told["value"], int):
        question = BY_NAME[told["name"]]
        if question.unit == "Rp":
            return f"Rp{told['value']:,}".replace(",", ".")
        return f"{number(told['value'])} {question.unit}".strip()
    return str(told["value"])
