"""Reading the journal: as sentences for a reader, and as a chain for a doubter."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.actor import Actor, ActorKind
from simpul.core.change import SENTENCES
from simpul.core.models import JournalHead, JournalLine, parse_reference

ACTORS = {
    ActorKind.ACCOUNT: gettext_lazy("someone"),
    ActorKind.DEVICE: gettext_lazy("a device"),
    ActorKind.TOKEN: gettext_lazy("a connected system"),
    ActorKind.LINK: gettext_lazy("someone with a link"),
    ActorKind.IMPORT: gettext_lazy("an import"),
    ActorKind.SCHEDULE: gettext_lazy("the schedule"),
    ActorKind.COMMAND: gettext_lazy("the command line"),
    ActorKind.VISITOR: gettext_lazy("a visitor"),
}
ACTOR_ROWS = {ActorKind.ACCOUNT: "accounts.Account", ActorKind.DEVICE: "accounts.Device",
              ActorKind.TOKEN: "accounts.ApiToken"}


@cache
def _actor_rows(kind: str) -> tuple[str, ...]:
    """Where actors of this kind stand. A higher floor's model says so itself: `acts_as = ActorKind.DEVICE`."""
    own = ACTOR_ROWS.get(ActorKind(kind))
    others = sorted(model._meta.label for model in apps.get_models() if getattr(model, "acts_as", None) == kind)
    return (own, *others) if own else tuple(others)


@dataclass(frozen=True)
class Sentence:
    """A journal line as its reader may read it."""

    line: JournalLine
    text: str
    flags: tuple[str, ...]


def sentences(lines: Iterable[JournalLine], *, reader: Actor) -> list[Sentence]:
    """The lines as sentences in the active language; rows are fetched once a model, not once a line.

    A model says what it is called in `journal_label(reader)`, where it hides a name it says so, and which rows it
    needs for that in `journal_related`, as select_related takes them.
    """
    lines = list(lines)
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for line in lines:
        for ref in line.refs.values():
            label, key = parse_reference(ref)
            wanted[label].add(key)
        if line.by_id:
            for label in _actor_rows(line.by_kind):
                wanted[label].add(line.by_id)
        if line.library_id:
            wanted["libraries.Library"].add(line.library_id)
    found = {f"{label}:{key}": row for label, keys in wanted.items() for key, row in _rows(label, keys).items()}

    def named(ref: str) -> str:
        row = found.get(ref)
        return _label(row, reader) if row is not None else _("(deleted)")

    told = []
    for line in lines:
        names: dict[str, Any] = defaultdict(lambda: "–")
        names.update(line.facts)
        names.update({k: named(ref) for k, ref in line.refs.items()})
        names["by"] = ACTORS[ActorKind(line.by_kind)]
        if line.by_id and (labels := _actor_rows(line.by_kind)):
            names["by"] = named(next((ref for label in labels if (ref := f"{label}:{line.by_id}") in found),
                                     f"{labels[0]}:{line.by_id}"))
        if line.library_id:
            names.setdefault("library", named(f"libraries.Library:{line.library_id}"))
        told.append(Sentence(line, str(SENTENCES[line.verb]).format_map(names), tuple(line.flags)))
    return told


@dataclass(frozen=True)
class Pointer:
    """A row that somebody points at by reference: what it is called for a reader, and its page ("" if it has none)."""

    label: str
    url: str


def pointers(references: Iterable[str], *, reader: Actor) -> dict[str, Pointer]:
    """The rows behind references like "activities.Activity:<uuid>", as a reader may know them; those that are gone or
    malformed are left out. One query a model. A model with a page of its own says where in `desk_address()`."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for ref in references:
        with suppress(ValueError):
            label, key = parse_reference(ref)
            wanted[label].add(key)
    told = {}
    for label, keys in wanted.items():
        with suppress(LookupError, ValueError):
            for key, row in _rows(label, keys).items():
                address = getattr(row, "desk_address", None)
                told[f"{label}:{key}"] = Pointer(_label(row, reader), address() if address else "")
    return told


def _rows(label: str, keys: set[UUID]) -> dict[UUID, Any]:
    """The rows with these keys, with what their labels are made of."""
    model = apps.get_model(label)
    related: tuple[str, ...] = getattr(model, "journal_related", ())
    rows = model._base_manager.all()
    return (rows.select_related(*related) if related else rows).in_bulk(keys)


def _label(row: models.Model, reader: Actor) -> str:
    say = getattr(row, "journal_label", None)
    return str(say(reader)) if say else str(row)


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold."""

    chain: str
    position: int
    line_id: UUID
    why: str


def faults() -> Iterator[Fault]:
    """Walk every chain from its first line and yield each place where it does not hold; nothing is loaded whole."""
    previous: dict[str, tuple[int, str]] = {}
    for line in JournalLine.objects.order_by("chain", "position").iterator(chunk_size=2000):
        position, hash_ = previous.get(line.chain, (0, ""))
        if line.position != position + 1:
            yield Fault(line.chain, line.position, line.id, "a line before it is missing")
        elif line.previous_hash != hash_:
            yield Fault(line.chain, line.position, line.id, "it does not follow from the line before")
        if line.digest() != line.hash:
            yield Fault(line.chain, line.position, line.id, "its content was altered")
        previous[line.chain] = (line.position, line.hash)
    yield from _cut_off(previous)


def _cut_off(previous: dict[str, tuple[int, str]]) -> Iterator[Fault]:
    heads = set(JournalHead.objects.values_list("chain", flat=True))
    for chain in sorted(previous.keys() - heads):  # whoever cuts off the end may take the mark of the end along
        yield Fault(chain, previous[chain][0], UUID(int=0), "the mark of its end is missing")
    for head in JournalHead.objects.all():
        position, hash_ = previous.get(head.chain, (0, ""))
        if (position, hash_) != (head.position, head.hash):
            yield Fault(head.chain, head.position, UUID(int=0), "lines at its end are missing")
