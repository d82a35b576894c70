"""A signed version made readable: its snapshot as lines, whatever the definitions say today."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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
    library: Mapping[str, str]
    is_whole: bool


def signed_version(signature: Signature) -> SignedVersion:
    content = signature.snapshot
    covered = content["coverage"]
    return SignedVersion(
        tuple(_line(one) for one in content["figures"]),
        tuple((str(BY_NAME[one["name"]].label), told_text(one)) for one in content["told"] if one["name"] in BY_NAME),
        tuple((one["sentence"], one["answer"]) for one in content["unusual"]), tuple(content["lists"]),
        str(covering.STATES[covering.State(covered["state"])]), covered["days_open"], covered["days_recorded"],
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
    from django.utils.translation import gettext as _

    if told["is_unknown"]:
        return _("I do not know")
    if isinstance(told["value"], int):
        question = BY_NAME[told["name"]]
        return f"Rp{told['value']:,}".replace(",", ".") if question.unit == "Rp" else f"{number(told['value'])} {question.unit}".strip()
    return str(told["value"])
