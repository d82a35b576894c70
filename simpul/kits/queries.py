"""What is asked about kits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q
from django.utils.translation import get_language

from simpul.certificates.models import SigningKey
from simpul.core import clock
from simpul.indicators.definitions import indicators
from simpul.indicators.figures import Figure, value
from simpul.indicators.periods import Period
from simpul.indicators.places import of_library
from simpul.kits.models import KINDS, Adaptation, Adoption, Conflict, Edition, Item, Kit, PartDone, TrustedKey
from simpul.kits.package import Kit as KitFile
from simpul.kits.package.manifest import fingerprint
from simpul.kits.package.merging import apply, changed, flatten
from simpul.libraries.models import Library


def is_own_key(x: str) -> bool:
    """Made at this node and not withdrawn."""
    return SigningKey.objects.filter(x=x, withdrawn_from__isnull=True).exists()


def is_trusted(x: str) -> bool:
    """By this node itself, or because the coordinator said so."""
    return is_own_key(x) or TrustedKey.objects.filter(x=x, ended_at__isnull=True).exists()


def own_fingerprint() -> str:
    """Of the key that signs what this node gives out; "" until it signed something."""
    x = SigningKey.objects.filter(retired_at__isnull=True).values_list("x", flat=True).first()
    return fingerprint(x) if x else ""


def is_withdrawn(x: str) -> bool:
    """A key of this node that somebody else may have."""
    return SigningKey.objects.filter(x=x, withdrawn_from__isnull=False).exists()


def indicator_missing(content: Mapping[str, Any]) -> bool:
    """Does this node not know the indicator in this very version?"""
    found = indicators().get(content["indicator"])
    return found is None or content["version"] not in [one.number for one in found.versions]


def is_core_indicator(code: str) -> bool:
    return code in indicators()


@dataclass(frozen=True)
class Shown:
    """An item as it reads here. adapted: paths that read differently; words: the content in the reader's language."""

    item: Item
    words: dict[str, Any]
    adapted: dict[str, Adaptation]
    n_conflicts: int

    @property
    def title(self) -> str:
        return str(self.words["title"])

    @property
    def is_kept(self) -> bool:
        """The kit has it no longer; it stands because it was adapted here."""
        return bool(self.item.gone_in)


def shown(kit: Kit, kinds: Iterable[str] = KINDS) -> list[Shown]:
    """The items of a kit in its order, with what was written here and in the reader's language. Two questions."""
    rows = kit.items.shown().filter(kind__in=[*kinds, "texts"]).annotate(
        n_waiting=Count("conflicts", filter=Q(conflicts__decided_at__isnull=True), distinct=True)).prefetch_related(
            Prefetch("adaptations", Adaptation.objects.standing(), to_attr="standing")).order_by("position", "id")
    found = list(rows)
    words = _words(found, (get_language() or "id")[:2])
    return [_shown(item, words.get(str(item.object_id), {})) for item in found if item.kind in kinds]


def one_shown(item: Item) -> Shown:
    """One item, the same way."""
    return next(one for one in shown(item.kit, [item.kind]) if one.item.pk == item.pk)


def _shown(item: Any, words: Mapping[str, str]) -> Shown:
    adapted = {one.field: one for one in item.standing}
    base = apply(item.content, {path: text for path, text in words.items() if path in flatten(item.content)})
    return Shown(item, apply(base, {path: one.value for path, one in adapted.items()}), adapted, item.n_waiting)


def _words(items: Iterable[Any], language: str) -> dict[str, dict[str, str]]:
    """object id → path → text, of the translation into this language."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for item in items:
        if item.kind == "texts" and item.content["language"] == language:
            for one in apply(item.content, {a.field: a.value for a in item.standing}).get("texts", []):
                found[one["object"]][one["field"]] = one["text"]
    return found


def difference(item: Item) -> dict[str, Any]:
    """What was written here, by path."""
    return {one.field: one.value for one in item.adaptations.standing()}


def by_kind(rows: Iterable[Shown]) -> list[tuple[str, Any, list[Shown]]]:
    """(kind, heading, items) in the order of a programme."""
    found: dict[str, list[Shown]] = defaultdict(list)
    for one in rows:
        found[one.item.kind].append(one)
    if "task" in found:  # our own among the kit's, by day: T-30, T, T+180
        found["task"].sort(key=lambda one: int(one.words["day"][1:] or 0))
    return [(kind, KINDS[kind][1], found[kind]) for kind in KINDS if kind in found]


def minutes_of(words: Mapping[str, Any]) -> int:
    return sum(int(step.get("minutes", 0)) for step in words.get("steps", ()))


@dataclass(frozen=True)
class Clash:
    """A conflict with the object it is in and the three texts."""

    row: Conflict
    title: str


def open_conflicts(kit: Kit) -> list[Clash]:
    rows = Conflict.objects.filter(item__kit=kit, decided_at__isnull=True).select_related("item", "release")
    return [Clash(row, row.item.content["title"]) for row in rows]


def is_changed_here(kit: Kit) -> bool:
    """Would an export of it be another kit: adapted, or with objects of our own?"""
    return kit.items.filter(is_own=True, gone_in="").exists() or Adaptation.objects.standing().filter(
        item__kit=kit).exists()


def users_of(kit: Kit) -> list[Adoption]:
    """Who works with it now, at which version, by name of the library."""
    return list(kit.adoptions.filter(ended_on__isnull=True).select_related("library").order_by("library__name", "pk"))


@dataclass(frozen=True)
class KitAtLibrary:
    kit: Kit
    adoption: Adoption | None

    @property
    def can_follow(self) -> bool:
        """It works with an older version than the installed one."""
        return self.adoption is not None and self.adoption.version != self.kit.version


def kits_for(library: Library) -> list[KitAtLibrary]:
    """Every installed kit, with this library's use of it. Two questions."""
    used = {one.kit_id: one for one in Adoption.objects.filter(library=library, ended_on__isnull=True)}
    return [KitAtLibrary(kit, used.get(kit.pk)) for kit in Kit.objects.order_by("title", "pk")]


#: kinds of parts that somebody carries out; each is of the minimum, or may be added
CARRIED_OUT = ("task", "session", "activity")


@dataclass(frozen=True)
class Fidelity:
    """How faithfully a library works with a kit: of the minimum, of what may be added, of what this city added."""

    minimum: int
    minimum_done: int
    optional_done: int
    own_done: int

    @property
    def added(self) -> int:
        return self.optional_done + self.own_done


def done_of(kit: Kit, library: Library) -> dict[UUID, PartDone]:
    """What the library said it carried out, by item; one question."""
    return {one.item_id: one for one in PartDone.objects.filter(library=library, item__kit=kit)}


def fidelity_of(rows: Iterable[Shown], done: Mapping[UUID, PartDone]) -> Fidelity:
    """Asks nothing."""
    parts = [one for one in rows if one.item.kind in CARRIED_OUT]
    least = [one for one in parts if not one.item.is_own and one.words.get("set") == "minimum"]
    rest = [one for one in parts if one not in least and one.item.pk in done]
    return Fidelity(len(least), sum(one.item.pk in done for one in least), sum(not one.item.is_own for one in rest),
                    sum(one.item.is_own for one in rest))


@dataclass(frozen=True)
class Proposed:
    """What a file made from a kit of ours says differently: field by field, or a whole part that is new."""

    title: str
    item: Item | None
    object_id: str
    path: str
    ours: Any
    theirs: Any


def proposed_for(file: KitFile) -> tuple[Kit, list[Proposed]] | None:
    """The kit of this node that a file was made from, and what the file says differently. None: it is of nobody here."""
    origin = file.told["derivedFrom"]
    if not origin or origin["id"] == file.id:
        return None
    edition = Edition.objects.select_related("kit").filter(uri=origin["id"]).order_by("-made_at").first()
    kit = edition.kit if edition else Kit.objects.filter(uri=origin["id"]).first()
    if kit is None:
        return None
    here = {str(item.object_id): item for item in kit.items.shown()}
    found = []
    for thing in file.things:
        item = here.get(thing.id)
        if item is None:
            found.append(Proposed(thing.content["title"], None, thing.id, "", None, thing.content["title"]))
            continue
        ours = apply(item.content, difference(item))
        one, other = flatten(ours), flatten(thing.content)
        found += [Proposed(ours["title"], item, thing.id, path, one.get(path), other.get(path))
                  for path in changed(ours, thing.content) if path in other]
    return kit, found


def find_item(kit: Kit, object_id: UUID) -> Item | None:
    return kit.items.filter(object_id=object_id).first()


def kit_of(uri: str) -> Kit | None:
    return Kit.objects.filter(uri=uri).first()


def figure_of(content: Mapping[str, Any], library: Library, now: datetime) -> Figure | None:
    """What the library itself has of a kit's indicator in the last month that is over; None: not known here."""
    found = indicators().get(content["indicator"])
    if found is None:
        return None
    first = clock.local_date(now, library.time_zone).replace(day=1)
    return value(found, Period.of_month(first - timedelta(days=1)), of_library(library), is_outsider=False, now=now)
