"""Whatever somebody does to the journal behind the house's back shows."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db.models import F

from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.journal import faults
from simpul.core.models import JournalHead, JournalLine
from simpul.libraries.models import Library
from simpul.visits.actions import record_tally
from simpul.visits.models import Cell

Lines = list[JournalLine]


def _swap(lines: Lines) -> None:
    first, second = lines[1], lines[2]
    JournalLine.objects.filter(pk=first.pk).update(position=second.position)
    JournalLine.objects.filter(pk=second.pk).update(position=first.position)


def _insert(lines: Lines) -> None:
    extra = lines[-1]
    extra.pk, extra.position, extra.previous_hash = new_id(), extra.position + 1, extra.hash
    extra.hash = extra.digest()
    extra.save(force_insert=True)


def _cut_with_its_mark(lines: Lines) -> None:
    lines[-1].delete()
    JournalHead.objects.all().delete()


TAMPERING: dict[str, Callable[[Lines], object]] = {
    "a count is made larger": lambda lines: JournalLine.objects.filter(pk=lines[1].pk).update(facts={"n": 99}),
    "another did it": lambda lines: JournalLine.objects.filter(pk=lines[1].pk).update(by_id=new_id()),
    "it happened a day before": lambda lines: JournalLine.objects.filter(pk=lines[1].pk).update(
        happened_at=F("happened_at") - timedelta(days=1)),
    "it moved to another chain": lambda lines: JournalLine.objects.filter(pk=lines[1].pk).update(chain="node"),
    "one is taken out": lambda lines: lines[1].delete(),
    "the first is taken out": lambda lines: lines[0].delete(),
    "the last is taken out": lambda lines: lines[-1].delete(),
    "the last is taken out with the mark of the end": _cut_with_its_mark,
    "two change places": _swap,
    "one is added at the end": _insert,
    "the mark of the end is set back": lambda lines: JournalHead.objects.update(position=2, hash=lines[1].hash),
}


@pytest.mark.parametrize("tamper", TAMPERING.values(), ids=TAMPERING.keys())
def test_it_shows(tamper: Callable[[Lines], object], library: Library, by_librarian: Actor, at: datetime) -> None:
    for n in range(1, 5):
        record_tally(library=library, cells=[Cell("L", "6-12", n)], by=by_librarian, at=at, id=new_id())
    assert list(faults()) == []
    tamper(list(JournalLine.objects.order_by("position")))
    assert list(faults()) != []
