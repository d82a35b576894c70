"""What a handful of records means for the catalogue. Reads only, outside any lock; `writing` does it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from simpul.catalogue.importing.codes import CodeMaker
from simpul.catalogue.importing.copies import CopyPlanner
from simpul.catalogue.importing.describing import describe_again
from simpul.catalogue.importing.drafts import Description, Draft, Unreadable
from simpul.catalogue.importing.matching import match_key
from simpul.catalogue.importing.seen import Seen
from simpul.catalogue.importing.values import fold
from simpul.catalogue.models import Copy, SourceRecord, Title
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.transfers.refusals import Refused


class Known(NamedTuple):
    """A source record as it stands in the database."""

    id: UUID
    title_id: UUID
    sha256: str
    fullness: int


class Wanted(NamedTuple):
    """A record of this batch, and under which external id it is kept."""

    draft: Draft
    external_id: str
    key: str


@dataclass
class Plan:
    """All that one transaction writes."""

    records: int = 0
    offset: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    described: dict[UUID, tuple[Description, str, bool]] = field(default_factory=dict)  # title → (…, key, is new)
    new_sources: list[SourceRecord] = field(default_factory=list)
    changed_sources: list[SourceRecord] = field(default_factory=list)
    new_copies: list[Copy] = field(default_factory=list)
    changed_copies: list[Copy] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    touched: dict[UUID, None] = field(default_factory=dict)  # titles to index again


class Planner:
    """Plans for one library and one source; remembers what the file has brought so far."""

    def __init__(self, library: Library, source: str, batch_id: UUID | None, at: datetime) -> None:
        self.library, self.source, self.batch_id, self.at = library, source, batch_id, at
        self.seen = Seen()
        self.codes = CodeMaker(library)

    def place(self, items: Sequence[Draft | Unreadable]) -> tuple[list[Wanted], Plan]:
        """Give each record its external id; done once for a record, however often it is planned."""
        plan, wanted = Plan(records=len(items)), []
        for item in items:
            plan.offset = max(plan.offset, item.offset)
            if isinstance(item, Unreadable):
                plan.refused.append(Refused(item.position, item.code, item.reason, item.excerpt))
                plan.counts["refused"] += item.is_counted
                continue
            external_id = self.seen.place(item.external_id[:150], item.fingerprint)
            if external_id is None:
                plan.counts["unchanged"] += 1
            else:
                wanted.append(Wanted(item, external_id, match_key(item.description)))
        return wanted, plan

    def plan(self, wanted: list[Wanted], plan: Plan) -> Plan:
        """Decide for each record: new, changed or unchanged; which title, which copies."""
        known = self._known(wanted)
        changed = [w for w in wanted if w.external_id not in known or known[w.external_id].sha256 != w.draft.fingerprint]
        plan.counts["unchanged"] += len(wanted) - len(changed)
        titles = _Titles(self, changed, known)
        copies = CopyPlanner(self.library, self.at, self.codes, [c for w in changed for c in w.draft.copies])
        for w in changed:
            title_id, is_new = titles.title_of(w)
            titles.describe(w, title_id, is_new, plan)
            before = known.get(w.external_id)
            self._source(w, title_id, before, plan)
            copies.take(w.draft, title_id, before.title_id if before else None, plan)
            plan.counts["updated" if before else "added"] += 1
            plan.touched[title_id] = None
        return plan

    def _known(self, wanted: list[Wanted]) -> dict[str, Known]:
        ids = [w.external_id for w in wanted] + [w.draft.external_id for w in wanted if w.draft.is_joined_by_id]
        rows = SourceRecord.objects.filter(library=self.library, source=self.source, external_id__in=ids)
        return {external: Known(*rest) for external, *rest in
                rows.values_list("external_id", "id", "title_id", "sha256", "fullness")}

    def _source(self, w: Wanted, title_id: UUID, before: Known | None, plan: Plan) -> None:
        row = SourceRecord(
            id=before.id if before else new_id(), library=self.library, source=self.source,
            external_id=w.external_id, title_id=title_id, form=w.draft.form, content=w.draft.content,
            sha256=w.draft.fingerprint, fullness=w.draft.description.fullness, batch_id=self.batch_id,
            recorded_at=self.at)
        (plan.changed_sources if before else plan.new_sources).append(row)


class _Titles:
    """Finds the title of each record, and who describes it."""

    def __init__(self, planner: Planner, changed: list[Wanted], known: dict[str, Known]) -> None:
        self.planner, self.known = planner, known
        self.by_key = self._by_key({w.key for w in changed if w.key})
        self.by_city_id = self._by_city_id({w.draft.city_id for w in changed if w.draft.city_id})
        self.by_base: dict[str, UUID] = {}
        ids = {k.title_id for k in known.values()} | set(self.by_key.values()) | set(self.by_city_id.values())
        self.keys = dict(Title.objects.filter(pk__in=ids).values_list("pk", "match_key"))
        self.others: dict[UUID, dict[UUID, int]] = defaultdict(dict)  # title → source record → fullness
        for title_id, source_id, fullness in SourceRecord.objects.filter(
                title_id__in=ids).values_list("title_id", "id", "fullness"):
            self.others[title_id][source_id] = fullness

    @staticmethod
    def _by_key(keys: set[str]) -> dict[str, UUID]:
        """The oldest title with each key."""
        rows = Title.objects.filter(match_key__in=keys, withdrawn_at=None).order_by("-pk")
        return {key: pk for key, pk in rows.values_list("match_key", "pk")}

    @staticmethod
    def _by_city_id(written: Iterable[str]) -> dict[str, UUID]:
        ids = {}
        for text in written:
            try:
                ids[UUID(text)] = text
            except ValueError:
                continue
        return {f"{ids[pk]}\x1f{fold(title)}": pk
                for pk, title in Title.objects.filter(pk__in=ids).values_list("pk", "title")}

    def title_of(self, w: Wanted) -> tuple[UUID, bool]:
        """The title and whether it is new. A changed record stays with its title unless others share that title
        and the record now describes something else."""
        before = self.known.get(w.external_id)
        if before:
            key = self.keys.get(before.title_id, "")
            if len(self.others[before.title_id]) < 2 or w.key == key or not (w.key and key):
                return before.title_id, False
        base = self.known.get(w.draft.external_id)
        found = (
            self.by_city_id.get(f"{w.draft.city_id}\x1f{fold(w.draft.description.title)}") if w.draft.city_id else None
        ) or (
            (self.by_base.get(w.draft.external_id) or (base.title_id if base and not before else None))
            if w.draft.is_joined_by_id else None
        ) or (self.by_key.get(w.key) if w.key else None)
        title_id = found or new_id()
        if w.key:
            self.by_key.setdefault(w.key, title_id)
        if w.draft.is_joined_by_id:
            self.by_base.setdefault(w.draft.external_id, title_id)
        return title_id, found is None

    def describe(self, w: Wanted, title_id: UUID, is_new: bool, plan: Plan) -> None:
        """The fullest record describes a title; between equals the later one."""
        before, mine = self.known.get(w.external_id), w.draft.description.fullness
        others = {s: f for s, f in self.others[title_id].items() if not before or s != before.id}
        best = max(others.values(), default=0)
        pending = plan.described.get(title_id)
        if pending:
            best = max(best, pending[0].fullness)
        if mine >= best:
            plan.described[title_id] = (w.draft.description, w.key, is_new or bool(pending and pending[2]))
        elif before and before.fullness >= best and not pending:
            fullest = max(others, key=lambda s: others[s])
            again = describe_again(SourceRecord.objects.get(pk=fullest))
            if again:
                plan.described[title_id] = (again, match_key(again), False)
