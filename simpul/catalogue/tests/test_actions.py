"""Copies and titles changed by hand."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from simpul.catalogue.actions import (
    add_copies,
    correct_copy,
    correct_title,
    enter_quick_title,
    enter_title,
    merge_title,
    restore_copy,
    set_copy_state,
    withdraw_copy,
)
from simpul.catalogue.actions.refusals import CodeTaken, CopyIsOut, NotProvisional, TitleNeeded
from simpul.catalogue.importing.drafts import CopyDraft, Description, Maker, Number
from simpul.catalogue.models import Copy, SourceRecord, Title
from simpul.core.ids import new_id
from simpul.core.journal import sentences
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed

pytestmark = pytest.mark.django_db
HUJAN = Description(title="Hujan", makers=[Maker("Tere Liye")], numbers=[Number("isbn", "9786020324784")], year=2016)


def test_a_book_is_entered_with_its_copies(library: Any, by_volunteer: Any, at: Any) -> None:
    title = enter_title(description=HUJAN, library=library, by=by_volunteer, at=at, id=new_id(), count=2,
                        copy=CopyDraft(call_number="813 TER h", acquisition="grant"))
    assert list(title.copies.order_by("code").values_list("code", "call_number", "acquisition", "received_on")) == [
        ("S000001", "813 TER h", "grant", None), ("S000002", "813 TER h", "grant", None)]
    assert list(title.contributors.values_list("name", flat=True)) == ["Tere Liye"]
    assert SourceRecord.objects.get().form == "desk"


def test_a_book_that_another_library_has_is_the_same_title(
        library: Any, other_library: Any, by_librarian: Any, by_stranger: Any, at: Any) -> None:
    first = enter_title(description=HUJAN, library=library, by=by_librarian, at=at, id=new_id())
    second = enter_title(description=HUJAN, library=other_library, by=by_stranger, at=at, id=new_id())
    assert (first, Title.objects.count(), Copy.objects.count()) == (second, 1, 2)


def test_the_same_change_again_adds_no_copy(library: Any, by_librarian: Any, at: Any, make_title: Any) -> None:
    title, id = make_title(), new_id()
    told = [add_copies(title=title, library=library, by=by_librarian, at=at, id=id, count=3) for _n in (1, 2)]
    assert told == [["S000001", "S000002", "S000003"]] * 2
    assert Copy.objects.count() == 3


def test_a_code_stands_on_one_copy_of_a_library(
        library: Any, other_library: Any, by_librarian: Any, by_stranger: Any, at: Any, make_copy: Any) -> None:
    copy = make_copy(code="B1")
    with pytest.raises(CodeTaken, match="B1"):
        add_copies(title=copy.title, library=library, by=by_librarian, at=at, id=new_id(), copy=CopyDraft(code="B1"))
    assert add_copies(title=copy.title, library=other_library, by=by_stranger, at=at, id=new_id(),
                      copy=CopyDraft(code="B1")) == ["B1"]


def test_a_copy_is_corrected_but_its_state_stays(by_librarian: Any, at: Any, make_copy: Any) -> None:
    copy = make_copy(state="on_loan")
    correct_copy(copy=copy, details=CopyDraft(code="X1", received_on=date(2020, 1, 2), price=5000), by=by_librarian,
                 at=at, id=new_id())
    copy.refresh_from_db()
    assert (copy.code, copy.received_on, copy.price, copy.state) == ("X1", date(2020, 1, 2), 5000, "on_loan")


def test_a_copy_is_withdrawn_and_put_back(by_librarian: Any, at: Any, make_copy: Any) -> None:
    copy = make_copy()
    withdraw_copy(copy=copy, on=date(2026, 3, 10), by=by_librarian, at=at, id=new_id())
    copy.refresh_from_db()
    assert (copy.state, copy.withdrawn_on) == ("withdrawn", date(2026, 3, 10))
    restore_copy(copy=copy, by=by_librarian, at=at, id=new_id())
    copy.refresh_from_db()
    assert (copy.state, copy.withdrawn_on) == ("available", None)


def test_a_lent_copy_is_not_withdrawn(by_librarian: Any, at: Any, make_copy: Any) -> None:
    copy = make_copy()
    set_copy_state(copy, "on_loan")
    with pytest.raises(CopyIsOut):
        withdraw_copy(copy=copy, on=date(2026, 3, 10), by=by_librarian, at=at, id=new_id())


def test_a_book_is_entered_in_haste_and_catalogued_later(library: Any, by_volunteer: Any, at: Any) -> None:
    copy = enter_quick_title(title=" Hujan ", library=library, by=by_volunteer, at=at, id=new_id())
    assert (copy.title.title, copy.title.is_provisional, copy.code) == ("Hujan", True, "S000001")
    title = correct_title(title=copy.title, description=HUJAN, library=library, by=by_volunteer, at=at, id=new_id())
    assert (title.is_provisional, title.contributors_line, title.year) == (False, "Tere Liye", 2016)


def test_a_title_entered_in_haste_merges_into_the_known_one(library: Any, by_volunteer: Any, at: Any, make_title: Any) -> None:
    known = make_title("Hujan")
    copy = enter_quick_title(title="hujan", library=library, by=by_volunteer, at=at, id=new_id())
    merge_title(title=copy.title, into=known, library=library, by=by_volunteer, at=at, id=new_id())
    copy.refresh_from_db()
    assert copy.title == known
    assert Title.objects.get(pk=copy.title_id).withdrawn_at is None
    assert Title.objects.get(is_provisional=True).withdrawn_at == at
    with pytest.raises(NotProvisional):
        merge_title(title=known, into=copy.title, library=library, by=by_volunteer, at=at, id=new_id())


def test_words_are_needed(library: Any, by_volunteer: Any, at: Any) -> None:
    with pytest.raises(TitleNeeded):
        enter_quick_title(title="  \x00", library=library, by=by_volunteer, at=at, id=new_id())


def test_a_stranger_changes_nothing(library: Any, by_stranger: Any, by_mentor: Any, at: Any, make_copy: Any) -> None:
    copy = make_copy()
    for by in (by_stranger, by_mentor):
        common = {"by": by, "at": at}
        for attempt in (
            lambda: add_copies(title=copy.title, library=library, id=new_id(), **common),  # noqa: B023
            lambda: withdraw_copy(copy=copy, on=date(2026, 1, 1), id=new_id(), **common),  # noqa: B023
            lambda: correct_copy(copy=copy, details=CopyDraft(), id=new_id(), **common),  # noqa: B023
            lambda: enter_title(description=HUJAN, library=library, id=new_id(), **common),  # noqa: B023
            lambda: enter_quick_title(title="A", library=library, id=new_id(), **common),  # noqa: B023
            lambda: correct_title(title=copy.title, description=HUJAN, library=library, id=new_id(), **common),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                attempt()
    assert JournalLine.objects.count() == 0


def test_the_journal_reads_as_sentences(library: Any, by_librarian: Any, at: Any, make_title: Any) -> None:
    add_copies(title=make_title("Hujan"), library=library, by=by_librarian, at=at, id=new_id(), count=2)
    from django.utils import translation

    with translation.override("en"):
        told = [s.text for s in sentences(JournalLine.objects.all(), reader=by_librarian)]
    assert told == ["Rina Wulandari added 2 copies of “Hujan” to Perpustakaan Kelurahan Sukasari"]


def test_inventory_numbers_are_found_by_their_index(library: Any, make_copy: Any) -> None:
    copy = make_copy(inventory_number="001/2024")
    make_copy()
    found = Copy.objects.filter(library=library).numbered(["001/2024", "002/2024"])
    assert list(found) == [copy]
    if connection.vendor == "sqlite":
        assert "copy_inventory_once" in found.explain()
