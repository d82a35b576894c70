"""What a handful of records means for the catalogue. Reads only, outside any lock; `writing` does it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from simpul.catalogue.digital.models import Kind
from simpul.catalogue.importing.codes import CodeMaker
from simpul.catalogue.importing.copies import CopyPlanner
from simpul.catalogue.importing.describing import describe_again
from simpul.catalogue.importing.drafts import CopyDraft, Description, Draft, Unreadable
from simpul.catalogue.importing.matching import match_key
from simpul.catalogue.importing.seen import Seen
from simpul.catalogue.importing.values import fold
from simpul.catalogue.models import Copy, DigitalResource, Identifier, SourceRecord, Title
from simpul.catalogue.search.analyser import isbn_word
from simpul.catalogue.search.bulk import NewTitle, document_of
from simpul.catalogue.search.documents import Made
from simpul.core import clock
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
    new_sources: list[tuple[Any, ...]] = field(default_factory=list)   # in the order of SOURCE
    changed_sources: list[SourceRecord] = field(default_factory=list)
    new_copies: dict[UUID, list[tuple[str, CopyDraft]]] = field(default_factory=dict)  # title → code and copy
    changed_copies: list[Copy] = field(default_factory=list)
    links: list[tuple[Any, ...]] = field(default_factory=list)         # in the order of LINK
    refused: list[Refused] = field(default_factory=list)
    touched: dict[UUID, None] = field(default_factory=dict)  # titles to index
    documents: list[Made] = field(default_factory=list)      # search documents of new titles, made outside the lock


SOURCE = ("id", "library_id", "source", "external_id", "title_id", "form", "content", "sha256", "fullness",
          "batch_id", "recorded_at")

LINK = ("id", "title_id", "library_id", "kind", "label", "url", "language", "length", "rights", "licence", "holder",
        "access", "origin", "added_on", "recorded_at")


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

    def look(self, wanted: list[Wanted]) -> "Outlook":
        """Ask the database what these records will meet; a handful of queries for hundreds of them."""
        return Outlook(self, wanted)


class Outlook:
    """What a stretch of records meets in the database, and what of it earlier records of the stretch have changed."""

    def __init__(self, planner: Planner, wanted: list[Wanted]) -> None:
        self.planner = planner
        self.known = self._known(wanted)
        changed = [w for w in wanted if self._is_changed(w)]
        self.titles = _Titles(changed, self.known)
        self.copies = CopyPlanner(planner.library, planner.codes, [c for w in changed for c in w.draft.copies])

    def plan(self, wanted: list[Wanted], plan: Plan) -> Plan:
        """Decide for each record: new, changed or unchanged; which title, which copies."""
        for w in wanted:
            if not self._is_changed(w):
                plan.counts["unchanged"] += 1
                continue
            title_id, is_new = self.titles.title_of(w)
            source_id = self._source(w, title_id, plan)
            self.titles.describe(w, title_id, source_id, is_new, plan)
            before = self.known.get(w.external_id)
            self.copies.take(w.draft, title_id, before.title_id if before else None, plan)
            plan.counts["updated" if before else "added"] += 1
            plan.touched[title_id] = None
            plan.links += self._links(w, title_id)
        self._prepare_documents(plan)
        return plan

    def _is_changed(self, w: Wanted) -> bool:
        known = self.known.get(w.external_id)
        return known is None or known.sha256 != w.draft.fingerprint

    def _known(self, wanted: list[Wanted]) -> dict[str, Known]:
        ids = [w.external_id for w in wanted] + [w.draft.external_id for w in wanted if w.draft.is_joined_by_id]
        rows = SourceRecord.objects.filter(
            library=self.planner.library, source=self.planner.source, external_id__in=set(ids))
        return {row[0]: Known(*row[1:]) for row in
                rows.values_list("external_id", "id", "title_id", "sha256", "fullness")}

    def _source(self, w: Wanted, title_id: UUID, plan: Plan) -> UUID:
        p, before, draft = self.planner, self.known.get(w.external_id), w.draft
        values = (before.id if before else new_id(), p.library.pk, p.source, w.external_id, title_id, draft.form,
                  draft.content, draft.fingerprint, draft.description.fullness, p.batch_id, p.at)
        if before:
            plan.changed_sources.append(SourceRecord(**dict(zip(SOURCE, values, strict=True))))
        else:
            plan.new_sources.append(values)
        return values[0]

    def _links(self, w: Wanted, title_id: UUID) -> list[tuple[Any, ...]]:
        """A record's links are offered by the library that brought it; which it withdrew stays withdrawn."""
        p, d = self.planner, w.draft.description
        if not d.links:
            return []
        day = clock.local_date(p.at, p.library.time_zone)
        return [(new_id(), title_id, p.library.pk, Kind.LINK.value, link.label, link.url, d.language, "",
                 DigitalResource.Rights.LINKED.value, "", "", DigitalResource.Access.EVERYBODY.value,
                 DigitalResource.Origin.IMPORT.value, day, p.at) for link in d.links]

    def _prepare_documents(self, plan: Plan) -> None:
        online = {link[1] for link in plan.links}
        for title_id, (description, _key, is_new) in plan.described.items():
            if is_new:
                copies = [copy for _code, copy in plan.new_copies.get(title_id, [])]
                plan.documents.append(document(
                    title_id, description, copies, self.planner.library.code, is_online=title_id in online))
                plan.touched.pop(title_id, None)


def document(title_id: UUID, d: Description, copies: list[CopyDraft], library: str, *,
             is_online: bool = False) -> Made:
    """The search document of a new title."""
    held = [copy for copy in copies if copy.state != Copy.State.WITHDRAWN]
    title = NewTitle(
        title_id, d.title, d.subtitle, d.part, d.responsibility, d.contributors_line, d.edition, d.publisher, d.place,
        d.year, d.series, d.language, d.ddc, d.format, d.is_easy_reading, d.summary)
    return document_of(
        title, [m.name for m in d.makers], d.subjects,
        [isbn_word(n.value) if n.kind == Identifier.Kind.ISBN else n.value for n in d.numbers],
        {copy.call_number for copy in held if copy.call_number},
        {library: any(copy.state == Copy.State.AVAILABLE for copy in held)} if held else {},
        [library] if is_online else [])


class _Titles:
    """Finds the title of each record, and who describes it."""

    def __init__(self, changed: list[Wanted], known: dict[str, Known]) -> None:
        self.known = known
        self.by_key = self._by_key({w.key for w in changed if w.key})
        self.by_city_id = self._by_city_id({w.draft.city_id for w in changed if w.draft.city_id})
        self.by_base: dict[str, UUID] = {}
        ids = {known[w.external_id].title_id for w in changed if w.external_id in known}
        ids |= set(self.by_key.values()) | {pk for pk, _words in self.by_city_id.values()}
        self.keys = dict(Title.objects.filter(pk__in=ids).values_list("pk", "match_key")) if ids else {}
        self.others: dict[UUID, dict[UUID, int]] = defaultdict(dict)  # title → source record → fullness
        rows = SourceRecord.objects.filter(title_id__in=ids).values_list("title_id", "id", "fullness") if ids else ()
        for title_id, source_id, fullness in rows:
            self.others[title_id][source_id] = fullness

    @staticmethod
    def _by_key(keys: set[str]) -> dict[str, UUID]:
        """The oldest title with each key."""
        if not keys:
            return {}
        rows = Title.objects.filter(match_key__in=keys, withdrawn_at=None).order_by("-pk")
        return {key: pk for key, pk in rows.values_list("match_key", "pk")}

    @staticmethod
    def _by_city_id(written: Iterable[str]) -> dict[str, tuple[UUID, str]]:
        """Titles whose own number a record carries, with their folded words."""
        ids = {}
        for text in written:
            try:
                ids[UUID(text)] = text
            except ValueError:
                continue
        rows = Title.objects.filter(pk__in=ids, withdrawn_at=None).values_list("pk", "title") if ids else ()
        return {ids[pk]: (pk, fold(title)) for pk, title in rows}

    def _of_this_city(self, w: Wanted) -> UUID | None:
        """The title whose number the record carries, if the record still means it: records are copied and changed."""
        found = self.by_city_id.get(w.draft.city_id) if w.draft.city_id else None
        if not found:
            return None
        words = fold(w.draft.description.title)
        return found[0] if words.startswith(found[1]) or found[1].startswith(words) else None

    def title_of(self, w: Wanted) -> tuple[UUID, bool]:
        """The title and whether it is new. A changed record stays with its title unless others share that title
        and the record now describes something else."""
        before = self.known.get(w.external_id)
        if before:
            key = self.keys.get(before.title_id, "")
            if len(self.others[before.title_id]) < 2 or w.key == key or not (w.key and key):
                return before.title_id, False
        base = self.known.get(w.draft.external_id)
        found = self._of_this_city(w) or (
            (self.by_base.get(w.draft.external_id) or (base.title_id if base and not before else None))
            if w.draft.is_joined_by_id else None
        ) or (self.by_key.get(w.key) if w.key else None)
        title_id = found or new_id()
        if w.key:
            self.by_key.setdefault(w.key, title_id)
        if w.draft.is_joined_by_id:
            self.by_base.setdefault(w.draft.external_id, title_id)
        return title_id, found is None

    def describe(self, w: Wanted, title_id: UUID, source_id: UUID, is_new: bool, plan: Plan) -> None:
        """The fullest record describes a title. Of equals the one that does so already goes on, so that another library
        with the same records rewrites nothing."""
        before, mine = self.known.get(w.external_id), w.draft.description.fullness
        others = {s: f for s, f in self.others[title_id].items() if s != source_id}
        self.others[title_id][source_id] = mine
        best = max(others.values(), default=0)
        pending = plan.described.get(title_id)
        if mine > best or not others or (mine == best and before):
            plan.described[title_id] = (w.draft.description, w.key, is_new or bool(pending and pending[2]))
        elif before and before.fullness >= best and not pending:
            fullest = SourceRecord.objects.filter(pk=max(others, key=lambda s: others[s])).first()
            again = describe_again(fullest) if fullest else None
            if again:
                plan.described[title_id] = (again, match_key(again), False)
