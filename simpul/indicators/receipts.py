"""A number opened: where it comes from, the rows behind it, what changed since it was printed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import QuerySet

from simpul.core.actor import Actor
from simpul.core.measure import Measure, discover
from simpul.indicators import places
from simpul.indicators.definitions import Term
from simpul.indicators.numerators import EVER, sums, tally
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.indicators.rollups.reading import day_counts
from simpul.indicators.rows import rows_at, stock_rows
from simpul.libraries.models import Library, Region


def place_of(actor: Actor, code: str) -> Place | None:
    """What an address means by `code` to this reader: a library's code, a region's, "kota" or nothing for all that she
    may count. None: not there for her."""
    library = Library.objects.select_related("region").filter(code=code).first() if code else None
    if library is not None:
        return places.of_library(library) if actor.counts(library.pk) else None
    sees_all = actor.is_coordinator or actor.is_administrator or actor.is_node
    among = None if sees_all else sorted(actor.staff_of | actor.mentor_of)
    if among == []:
        return None
    if not code or code == "kota":
        return places.of_city() if sees_all else _own(among or [])
    region = Region.objects.current().filter(code=code).first()
    return places.of_region(region, among) if region is not None else None


def _own(among: Sequence[Any]) -> Place | None:
    from django.utils.translation import gettext as _

    own = list(Library.objects.select_related("region").filter(pk__in=among).order_by("name"))
    return places.of_libraries(own, _("All your libraries together")) if own else None


def rows_of(measure: Measure, place: Place, period: Period, term: Term | None = None) -> QuerySet[Any]:
    """The counted rows, the latest first; of a stock those that were there on the period's last day."""
    if term is not None and is_stock(term):
        rows = stock_rows(measure, place, period.last, term.where)
    else:
        rows = rows_at(measure, place, Period(EVER, period.last) if term is not None and term.is_stock else period)
        for name, values in (term.where if term is not None else {}).items():
            rows = rows.filter(**{f"{measure.disaggregations[name]}__in": values})
    return rows.order_by(f"-{measure.date}", "-pk")


def is_stock(term: Term) -> bool:
    """Does it ask how many there are on a day, by a measure that knows it of past days?"""
    return term.is_stock and discover()[term.measure].stock is not None


def shown(measure: Measure, rows: Iterable[Any], *, is_own: bool, is_page: bool = False) -> tuple[list[Any], list[list[Any]]]:
    """Headings and cells of rows, with who it was for the library's own staff only. A page of one library does not repeat
    its name in each row."""
    columns = [one for one in (*measure.columns, *(measure.personal_columns if is_own else ()))
               if not (is_page and one[1].endswith("library.name"))]
    return [label for label, _attribute in columns], [
        [value_of(row, attribute) for _label, attribute in columns] for row in rows]


def value_of(row: Any, attribute: str) -> Any:
    """An attribute of a row by dotted path; a choice's display where there is one."""
    for part in attribute.split("."):
        if row is None:
            return None
        display = getattr(row, f"get_{part}_display", None)
        row = display() if display else getattr(row, part)
    return row() if callable(row) else row


def days_of(measure: Measure, place: Place, period: Period, term: Term | None = None) -> Iterator[
        tuple[Library, date, int]]:
    """Library, day and number: all that leaves a library about its people. Of a stock, or of what is narrowed to some
    people, there are no days: the library's whole number on the last one."""
    named = {library.pk: library for library in place.libraries}
    if term is not None and (term.is_stock or term.where):
        if not (term.where and measure.is_about_people):
            of: dict[Any, int] = defaultdict(int)
            for (pk, _month, _value), n in tally(term, period, place).items():
                of[pk] += n
            yield from ((named[pk], period.last, n) for pk, n in sorted(of.items(), key=lambda one: named[one[0]].code))
        return
    ids = None if place.is_whole else list(named)
    found = day_counts(measure, period.first, period.last, ids)
    stays = defaultdict(list)
    for stay in place.stays:
        stays[stay.library.pk].append(stay.within(period))
    for (pk, day), n in sorted(found.items(), key=lambda item: (item[0][1], named[item[0][0]].code)):
        if any(there and there.first <= day <= there.last for there in stays[pk]):
            yield named[pk], day, n


def by_library(measure: Measure, place: Place, period: Period, term: Term | None = None) -> dict[Library, int]:
    """Each library's number, of those that have any."""
    if not measure.adds_up or (term is not None and (term.is_stock or term.where)):
        found: dict[Library, int] = defaultdict(int)
        for library, _day, n in days_of(measure, place, period, term):
            found[library] += n
        return dict(found)
    named = {library.pk: library for library in place.libraries}
    return {named[pk]: n for (pk, _value), n in sums(Term(measure=measure.name), period, place).items()}


@dataclass(frozen=True)
class Since:
    """What changed in a period since a moment: records that came, records that were taken back."""

    came: int
    taken_back: int

    @property
    def is_anything(self) -> bool:
        return bool(self.came or self.taken_back)


def since(measure: Measure, place: Place, period: Period, at: datetime) -> Since:
    """Two questions; 0 where the records do not know when they were written down or taken back."""
    model = measure.rows().model
    names = {one.name for one in model._meta.concrete_fields}
    rows = measure.between(model._base_manager.all(), period.first, period.last)
    if not place.is_whole:
        rows = rows.filter(**{f"{measure.library}__in": [library.pk for library in place.libraries]})
    came = rows_of(measure, place, period).filter(recorded_at__gt=at).count() if "recorded_at" in names else 0
    back = rows.filter(voided_at__gt=at).count() if "voided_at" in names else 0
    return Since(came, back)


def choices(measure: Measure, name: str) -> dict[str, Any]:
    """What the values of a disaggregation are called: the choices of its field, by the text that roll-ups use."""
    return _choices(measure.name, name)


@cache
def _choices(measure_name: str, name: str) -> dict[str, Any]:
    measure = discover()[measure_name]
    path = measure.disaggregations[name]
    model = measure.rows().model
    *through, last = path.split("__")
    if not through and last not in {one.name for one in model._meta.get_fields()}:
        return {}  # computed by the measure; its values say themselves
    for part in through:
        model = model._meta.get_field(part).related_model
    return {str(value): label for value, label in model._meta.get_field(last).flatchoices or ()}


def label_of(measure: Measure, by: Sequence[str], text: str) -> str:
    """A roll-up's value in words: "P|6-12" → "perempuan, 6–12"."""
    from django.utils.translation import gettext as _

    said = {"True": _("yes"), "False": _("no"), "": _("not said")}
    return ", ".join(str(choices(measure, name).get(value) or said.get(value) or value)
                     for name, value in zip(by, text.split("|"), strict=True))


def order_of(measure: Measure, by: Sequence[str], text: str) -> tuple[int, ...]:
    """Where a value stands among the choices of its field."""
    found = []
    for name, value in zip(by, text.split("|"), strict=True):
        known = list(choices(measure, name))
        found.append(known.index(value) if value in known else len(known))
    return tuple(found)
