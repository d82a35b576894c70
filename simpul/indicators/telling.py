"""What outsiders were told of a month stays told: a late correction of one record would tell its sex, age and purpose to
whoever compares yesterday's breakdown with today's.

When a month is over its blocks are kept as they may be told (`ToldBlock`). They are told anew only when the change is
itself no small group (`may_follow`); until then the total goes on being exact, and what changed since is said beside the
breakdown without being broken down.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from simpul.core.measure import discover
from simpul.indicators.models import ToldBlock
from simpul.indicators.periods import next_month
from simpul.indicators.protecting import SMALL, Broken, may_be_broken_down, told

#: measure, library, month
Key = tuple[str, UUID, date]
Cells = Mapping[str, int]


def may_follow(old: Broken, new: Broken) -> bool:
    """Does the difference of two tellings tell no group of one to four? Of each cell that both tell, and of all others
    together, nothing changed or at least five."""
    both = old.cells.keys() & new.cells.keys()
    changes = [new.cells[value] - old.cells[value] for value in both]
    whole = _total(new) - _total(old)
    return all(change == 0 or abs(change) >= SMALL for change in (*changes, whole - sum(changes)))


def _total(block: Broken) -> int:
    return sum(block.cells.values()) + (block.rest or 0)


def keep_told(rows: Iterable[tuple[Any, ...]], at: datetime) -> None:
    """Keep what may be told of the months that were rolled up whole. `rows` are those of MonthCount as they are written:
    library, month, measure, by, value, n, until_on. Called in the transaction that writes them."""
    blocks: dict[tuple[UUID, date, str, str], dict[str, int]] = defaultdict(dict)
    measures = discover()
    can: dict[tuple[str, str], bool] = {}
    for library, month, name, by, value, n, until in rows:
        if (name, by) not in can:
            measure = measures.get(name)
            can[name, by] = bool(measure and measure.is_about_people and by in measure.disaggregations
                                 and may_be_broken_down(measure, by))
        if can[name, by] and until >= next_month(month):
            blocks[library, month, name, by][value] = n
    if not blocks:
        return
    kept = {(one.library_id, one.month, one.measure, one.by): one for one in ToldBlock.objects.filter(
        library_id__in={key[0] for key in blocks}, month__gte=min(key[1] for key in blocks),
        month__lte=max(key[1] for key in blocks))}
    new, changed = [], []
    for key, cells in blocks.items():
        block = told(cells)
        if key not in kept:
            new.append(ToldBlock(library_id=key[0], month=key[1], measure=key[2], by=key[3], cells=dict(block.cells),
                                 rest=block.rest, told_at=at))
        elif block != _as_told(kept[key]) and may_follow(_as_told(kept[key]), block):
            one = kept[key]
            one.cells, one.rest, one.told_at = dict(block.cells), block.rest, at
            changed.append(one)
    ToldBlock.objects.bulk_create(new, batch_size=1000)
    ToldBlock.objects.bulk_update(changed, ["cells", "rest", "told_at"], batch_size=200)


def _as_told(row: ToldBlock) -> Broken:
    return Broken(row.cells, row.rest)


def as_told(blocks: Mapping[Key, Cells], by: str, libraries: Iterable[UUID] | None) -> Iterable[tuple[Key, Broken]]:
    """Each block as outsiders are told it, with what changed since; one question. Months of which nothing was kept yet
    are told as they are."""
    if not blocks:
        return
    rows = ToldBlock.objects.filter(by=by, measure__in={key[0] for key in blocks}, month__gte=min(key[2] for key in blocks),
                                    month__lte=max(key[2] for key in blocks))
    if libraries is not None:
        rows = rows.filter(library_id__in=list(libraries))
    kept = {(measure, library, month): Broken(cells, rest) for measure, library, month, cells, rest in rows.values_list(
        "measure", "library_id", "month", "cells", "rest")}
    for key, cells in blocks.items():
        block = kept.get(key)
        if block is None:
            yield key, told(cells)
        else:
            yield key, Broken(block.cells, block.rest, sum(cells.values()) - _total(block))
