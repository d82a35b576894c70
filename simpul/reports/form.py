"""What a form is: declared by the app that knows it, discovered here.

An app brings `<app>/report_forms.py` with a module-level tuple `FORMS`. Filling asks few questions whatever the number of
libraries, writes nothing, and answers frozen rows that every output (page, JSON, CSV, XLSX, PDF, copy for the form)
draws from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from simpul.core.actor import Actor
from simpul.indicators.periods import Period
from simpul.indicators.places import Place

Value = int | Decimal | str | bool | date | None


class PlaceKind(StrEnum):
    LIBRARY = "library"
    REGION = "region"   # kelurahan, kecamatan or the city: anything with a region's code


class Kind(StrEnum):
    """The shape of an answer, for reading and for exports."""

    COUNT = "count"        # whole number
    RUPIAH = "rupiah"      # whole rupiah
    RATIO = "ratio"        # Decimal, with `unit` ("%", "per 100 penduduk")
    YES_NO = "yes_no"
    TEXT = "text"
    DAY = "day"


class Counts(StrEnum):
    """Of what a number that could be read both ways was made. A form that asks "orang" says which was given."""

    PEOPLE = "people"      # different persons; where only a range is known, `between`
    VISITS = "visits"      # comings: who comes twice counts twice
    NOTHING = ""


@dataclass(frozen=True)
class Line:
    """One answer. `number` is the form's own ("1", "3.2", "UPLM4"); `label` its wording there. `value` None: `why` says
    why, and `tell_at` is the address where it can be told. `opens` is the address of the receipt or of the records
    behind it. `source` says in words where it comes from. `is_applicable` False: the form does not ask this of such a
    library, and says what to write instead (`value`). `between` is the lowest and highest possible number of people."""

    number: str
    label: Any
    value: Value = None
    kind: Kind = Kind.COUNT
    unit: Any = ""
    why: Any = ""
    source: Any = ""
    opens: str = ""
    tell_at: str = ""
    is_applicable: bool = True
    counts: Counts = Counts.NOTHING
    between: tuple[int, int] | None = None
    is_met: bool | None = None  # against a standard: met, missed, None where there is none or it is unknown
    asked: Any = ""             # what the standard asks, in words ("≥ 1.000 judul")
    remark: Any = ""            # what has to stand beside the value ("96 of 121 libraries")
    indicator: str = ""         # id of the indicator whose definition describes it, for Satu Data


@dataclass(frozen=True)
class Section:
    """A part of the form with its key in JSON ("koleksi"), its title there and its lines."""

    key: str
    title: Any
    lines: tuple[Line, ...]
    remark: Any = ""


@dataclass(frozen=True)
class Table:
    """A list that goes with a form (a row per library, activity or story): headings and rows of plain values.
    `opens[i]` is the address behind row i, or ""."""

    key: str
    title: Any
    headings: tuple[Any, ...]
    rows: tuple[tuple[Value, ...], ...]
    opens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filled:
    """A form filled for a place and a period. `notes` are sentences that have to stand beside the numbers (coverage,
    "simulation, not the official score"). `extra` joins the JSON as it is (an index with its parts)."""

    place: Place
    period: Period
    sections: tuple[Section, ...]
    tables: tuple[Table, ...] = ()
    notes: tuple[Any, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """`name` is what the command line and addresses say ("iplm-2025"). `official` names form and rule it follows, with
    the year. `periods` are kinds of Period ("year", "month"). `fill(place, period, reader)` may be asked for any
    place of `places`; it raises a Refusal where the form was not in force."""

    name: str
    title: Any
    official: str
    fill: Callable[[Place, Period, Actor], Filled]
    places: frozenset[PlaceKind] = frozenset(PlaceKind)
    periods: tuple[str, ...] = ("year",)
    lead: Any = ""              # one sentence: what it is for, who asks, when it is due
    where_to: str = ""          # address of the official site or office where it is handed in
    since: date | None = None   # the first day of the first period for which it is in force
    until: date | None = None   # the last one (None: still)


@cache
def forms() -> dict[str, Form]:
    """Every form of every installed app by name; two of one name are a mistake of ours."""
    found: dict[str, Form] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("simpul.") and find_spec(f"{app.name}.report_forms"):
            for form in import_module(f"{app.name}.report_forms").FORMS:
                if form.name in found:
                    raise RuntimeError(f"form {form.name} is declared twice")
                found[form.name] = form
    return found
