"""The journal: one line for each change, chained so that a line taken away or altered shows."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from typing import Any, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from simpul.core.actor import Actor
from simpul.core.ids import new_id


class Row(models.Model):
    """A row of the house: a time-ordered key that the caller may bring."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


@cache
def private_labels() -> tuple[str, ...]:
    """Models whose rows tell of a library's readers; they say so themselves with `is_about_reader = True`."""
    return tuple(sorted(model._meta.label for model in apps.get_models() if getattr(model, "is_about_reader", False)))


class JournalLineQuerySet(models.QuerySet["JournalLine"]):
    def visible_to(self, actor: Actor) -> Self:
        """Lines of libraries whose counts the actor may see; node-wide lines for coordinators and administrators."""
        if actor.is_node or actor.is_coordinator or actor.is_administrator:
            return self
        return self.filter(library_id__in=actor.staff_of | actor.mentor_of)

    def readable_by(self, actor: Actor) -> Self:
        """Of the visible lines those without a reader's business: who joined, borrowed or agreed at a library is
        read by its own staff only, even without the name."""
        if actor.is_node:
            return self
        return self.visible_to(actor).filter(
            Q(library_id__in=actor.staff_of)
            | ~Exists(JournalTouch.objects.filter(line=OuterRef("pk"), label__in=private_labels())))

    def about(self, subject: models.Model) -> Self:
        """Lines that touched this row."""
        return self.filter(touches__label=subject._meta.label, touches__row_id=subject.pk)


class JournalLine(Row):
    """What was done, by whom, for which library, with which rows. Ids only; `id` is the id of the change."""

    verb = models.CharField(max_length=60)
    by_kind = models.CharField(max_length=12)
    by_id = models.UUIDField(null=True, blank=True)
    library_id = models.UUIDField(null=True, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    fingerprint = models.CharField(max_length=64)
    refs = models.JSONField(default=dict)    # argument → "app.Model:uuid"
    facts = models.JSONField(default=dict)   # counts, dates and codes that the sentence needs; never names
    flags = models.JSONField(default=list)   # policies that a replayed fact broke
    result = models.JSONField(null=True)     # how to give the first answer again
    chain = models.CharField(max_length=36, default="")
    position = models.PositiveBigIntegerField(default=0)
    previous_hash = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64, default="")

    objects = JournalLineQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["library_id", "-recorded_at"], name="journal_by_library"),
            models.Index(fields=["-recorded_at"], name="journal_by_time"),
            models.Index(fields=["chain", "position"], name="journal_by_chain"),
        ]

    def content(self) -> bytes:
        """What the hash covers: everything that was said, and the hash before."""
        return json.dumps(
            [str(self.id), self.verb, self.by_kind, str(self.by_id), str(self.library_id),
             self.happened_at.isoformat(), self.recorded_at.isoformat(), self.fingerprint, self.refs, self.facts,
             self.flags, self.result,
             self.chain, self.position, self.previous_hash],
            sort_keys=True, separators=(",", ":"), ensure_ascii=False,
        ).encode()

    def digest(self) -> str:
        return hashlib.sha256(self.content()).hexdigest()


class JournalTouch(models.Model):
    """Which rows a line touched, so that a row can show its own history."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(JournalLine, on_delete=models.CASCADE, related_name="touches")
    label = models.CharField(max_length=60)
    row_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["row_id"], name="journal_touch_row")]


class JournalHead(models.Model):
    """The last link of each chain: one chain a library, one for the node."""

    chain = models.CharField(primary_key=True, max_length=36)
    position = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class NodeSetting(models.Model):
    """A setting of this node that is data, not configuration: the set-up code, the demonstration mark."""

    name = models.CharField(primary_key=True, max_length=60)
    value = models.JSONField()
    changed_at = models.DateTimeField(auto_now=True)


def bulk_in_batches(rows: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """Lists of at most `size` rows."""
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def reference(row: models.Model) -> str:
    """How the journal names a row: "people.Member:0190…"."""
    return f"{row._meta.label}:{row.pk}"


def parse_reference(ref: str) -> tuple[str, UUID]:
    label, _, key = ref.partition(":")
    return label, UUID(key)
