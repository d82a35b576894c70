"""A figure broken down, and what of it readers outside the library are told."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from simpul.core.measure import discover
from simpul.indicators.definitions import Term, Version
from simpul.indicators.numerators import counted, sums, tally
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.indicators.protecting import Broken, may_be_broken_down, sum_of
from simpul.indicators.telling import Key, as_told

Parts = list[tuple[Version, Period]]
Blocks = dict[Key, dict[str, int]]


def broken_down(parts: Parts, place: Place, period: Period, by: Sequence[str], *, is_outsider: bool,
                today: date) -> Broken | None:
    """The numerator by one disaggregation (or sex and age group). None: it is not known so, or these readers are not
    told."""
    if tuple(by) == ("library_kind",):
        return _by_library_kind(parts, place)
    terms = [(term, part) for version, part in parts for term in version.numerator]
    for term, _part in terms:
        if not term.measure or term.is_people or not discover()[term.measure].adds_up:
            return None
        if not set(by) <= set(discover()[term.measure].disaggregations):
            return None
    is_protected = is_outsider and any(discover()[term.measure].is_about_people for term, _part in terms)
    if is_protected and not _is_told(terms, place, period, by, today):
        return None
    blocks: Blocks = defaultdict(lambda: defaultdict(int))
    for term, part in terms:
        for (library, month, text), n in tally(term, part, place, by).items():
            blocks[term.measure, library, month][text] += n * term.times
    if is_protected:
        return sum_of(block for _key, block in as_told(blocks, by[0], _ids(place)))
    cells: dict[str, int] = defaultdict(int)
    for block in blocks.values():
        for text, n in block.items():
            cells[text] += n
    return Broken({text: n for text, n in cells.items() if n})


def _is_told(terms: list[tuple[Term, Period]], place: Place, period: Period, by: Sequence[str], today: date) -> bool:
    """Whole months that are over, one disaggregation, of whole measures: nothing else is a sum of blocks."""
    if len(by) > 1 or not period.is_whole_months or period.last >= today:
        return False
    return all(not term.where and term.times == 1 and not term.is_stock
               and may_be_broken_down(discover()[term.measure], by[0]) and _is_in_blocks(place, part)
               for term, part in terms)


def may_be_told(parts: Parts, place: Place, period: Period, today: date) -> bool:
    """A number narrowed to some people ("children among the visitors") is a cell of a breakdown: outsiders are told it
    only where the breakdown tells it whole."""
    narrowed = [(term, part) for own, part in parts for term in own.numerator if is_narrowed(term)]
    if not narrowed:
        return True
    if not period.is_whole_months or period.last >= today:
        return False
    for term, part in narrowed:
        (name, *more), measure = tuple(term.where), discover()[term.measure]
        if more or not may_be_broken_down(measure, name) or not _is_in_blocks(place, part):
            return False
        if not all(block.tells(term.where[name]) for block in _blocks_of(term, part, place, name)):
            return False
    return True


def told_total(parts: Parts, place: Place) -> int:
    """The numerator of a figure narrowed to some people as outsiders are told it: the sum of told cells, which a late
    record does not change by one. Call it where `may_be_told`."""
    total = 0
    for own, part in parts:
        for term in own.numerator:
            if not is_narrowed(term):
                total += term.times * sum(sums(term, part, place).values())
                continue
            (name,) = term.where
            for block in _blocks_of(term, part, place, name):
                total += term.times * sum(block.cells.get(value, 0) for value in term.where[name])
    return total


def is_narrowed(term: Term) -> bool:
    """Does it count only some of the people?"""
    return bool(term.where and term.measure and discover()[term.measure].is_about_people)


def _blocks_of(term: Term, part: Period, place: Place, name: str) -> list[Broken]:
    blocks: dict[Key, dict[str, int]] = defaultdict(dict)
    for (library, month, text), n in tally(Term(measure=term.measure), part, place, (name,)).items():
        blocks[term.measure, library, month][text] = n
    return [block for _key, block in as_told(blocks, name, _ids(place))]


def _ids(place: Place) -> list[UUID] | None:
    return None if place.is_whole else [library.pk for library in place.libraries]


def _is_in_blocks(place: Place, period: Period) -> bool:
    """Does the place take whole months of each library? A move in mid-month would cut a block in two."""
    return not place.spread(period)[1]


def _by_library_kind(parts: Parts, place: Place) -> Broken:
    kinds = {library.pk: str(library.kind) for library in place.libraries}
    cells: dict[str, int] = defaultdict(int)
    for own, part in parts:
        for library, n in counted([(own, part)], place).by_library.items():
            cells[kinds.get(library, "")] += n
    return Broken(dict(cells))
