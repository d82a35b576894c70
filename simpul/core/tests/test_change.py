"""A change is made once, chained, and refused when its id returns with other contents."""

from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from simpul.core import journal
from simpul.core.actor import COMMAND, Actor
from simpul.core.change import change, note
from simpul.core.ids import new_id
from simpul.core.models import JournalLine, NodeSetting
from simpul.core.refusal import ChangeIdReused, Refusal

AT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)


@change("test.set", says="{by} set {name}")
def set_value(*, name: str, value: int, by: Actor, at: datetime, id: Any) -> None:
    if value < 0:
        raise Refusal("must not be negative")
    NodeSetting.objects.create(name=name, value=value)
    note(name=name)


@change("test.tell", says="{by} told")
def tell(*, value: int, by: Actor, at: datetime, id: Any) -> int:
    return value * 2


def test_the_same_change_again_gives_the_first_answer(db: None) -> None:
    id = new_id()
    assert [tell(value=2, by=COMMAND, at=AT, id=id) for _ in range(3)] == [4, 4, 4]
    assert JournalLine.objects.count() == 1


def test_the_same_id_with_other_arguments_is_refused(db: None) -> None:
    id = new_id()
    tell(value=2, by=COMMAND, at=AT, id=id)
    with pytest.raises(ChangeIdReused):
        tell(value=3, by=COMMAND, at=AT, id=id)


def test_a_refusal_gives_the_id_back(db: None) -> None:
    id = new_id()
    with pytest.raises(Refusal):
        set_value(name="a", value=-1, by=COMMAND, at=AT, id=id)
    assert JournalLine.objects.count() == 0
    set_value(name="a", value=1, by=COMMAND, at=AT, id=id)
    assert NodeSetting.objects.get(name="a").value == 1


def test_positional_arguments_are_a_mistake(db: None) -> None:
    with pytest.raises(TypeError):
        tell(2, by=COMMAND, at=AT, id=new_id())  # type: ignore[call-arg]


def test_the_chain_holds_and_shows_an_altered_and_a_missing_line(db: None) -> None:
    for n in range(4):
        tell(value=n, by=COMMAND, at=AT, id=new_id())
    assert list(journal.faults()) == []
    second = JournalLine.objects.get(position=2)
    JournalLine.objects.filter(pk=second.pk).update(verb="test.set")
    assert [fault.why for fault in journal.faults()] == ["its content was altered"]
    JournalLine.objects.filter(pk=second.pk).update(verb="test.tell")
    JournalLine.objects.filter(position=4).delete()
    assert [fault.why for fault in journal.faults()] == ["lines at its end are missing"]
    JournalLine.objects.filter(position=2).delete()
    assert [fault.why for fault in journal.faults()] == [
        "a line before it is missing", "lines at its end are missing"]


def test_sentences_hold_facts_and_no_names(db: None) -> None:
    set_value(name="colour", value=1, by=COMMAND, at=AT, id=new_id())
    told = journal.sentences(JournalLine.objects.all(), reader=COMMAND)
    assert [sentence.text.endswith("set colour") for sentence in told] == [True]


@pytest.mark.django_db(transaction=True)
def test_eight_racing_duplicates_are_one_change() -> None:
    id, start, answers = new_id(), Barrier(8), []

    def run() -> None:
        start.wait()
        try:
            answers.append(tell(value=5, by=COMMAND, at=AT, id=id))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [10] * 8
    assert JournalLine.objects.count() == 1
    assert list(journal.faults()) == []
