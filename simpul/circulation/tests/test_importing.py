"""The loans of the past: from SLiMS or a simple table, once, with what the reader was on that day."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from simpul.catalogue.models import Copy
from simpul.circulation.importing import EXAMPLE, TEMPLATE, import_loans
from simpul.circulation.models import Loan
from simpul.core.actor import COMMAND, Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.transfers.history import CannotImport
from simpul.transfers.models import Batch
from simpul.transfers.tables import template_of

Bring = Callable[..., tuple[int, int, int, int]]
SLIMS = '''"loan_id","item_code","member_id","loan_date","due_date","renewed","is_lent","is_return","return_date"
"1","B1","A1","2026-01-05","2026-01-12","1","1","1","2026-01-10"
"2","B2","A1","2024-01-05","2024-01-12","0","1","1",NULL
"3","B1","A1","2026-03-01","2026-03-08","0","1","0",NULL
"4","B9","A1","2026-01-05","2026-01-12","0","1","1","2026-01-10"
'''


@pytest.fixture
def bring(library: Library, at: datetime, tmp_path: Path, settings: Any, make_copy: Callable[..., Copy],
          make_member: Callable[..., Member]) -> Bring:
    """(added, updated, unchanged, refused) of a table at a library with copies B1, B2 and the member A1."""
    settings.DATA = tmp_path
    for code in ("B1", "B2"):
        make_copy(code=code)
    make_member(sex="P", birth_year=2013)
    Member.objects.update(number="A1")

    def do(text: str, **more: Any) -> tuple[int, int, int, int]:
        path = tmp_path / "pinjaman.csv"
        path.write_text(text)
        told = import_loans(**{"path": path, "library": library, "by": COMMAND, "at": at, "id": new_id(), **more})
        assert told.read == told.added + told.updated + told.unchanged + told.refused
        return told.added, told.updated, told.unchanged, told.refused

    return do


def refused() -> list[str]:
    batch = Batch.objects.order_by("-started_at", "-pk").first()
    assert batch is not None
    return [line.split(",")[1] for line in batch.refusals_path.read_text().splitlines()[1:]]


def test_the_loan_table_of_slims_comes_in_once(bring: Bring) -> None:
    assert bring(SLIMS) == (3, 0, 0, 1)
    assert bring(SLIMS) == (0, 0, 3, 1)
    assert list(Loan.objects.order_by("lent_at").values_list(
        "copy__code", "member__number", "sex", "age_group", "local_date", "due_on", "returned_on", "renewals")) == [
        ("B2", None, "P", "6-12", date(2024, 1, 5), date(2024, 1, 12), date(2024, 1, 12), 0),
        ("B1", "A1", "P", "13-17", date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 10), 1),
        ("B1", "A1", "P", "13-17", date(2026, 3, 1), date(2026, 3, 8), None, 0)]
    assert list(Copy.objects.order_by("code").values_list("code", "state")) == [("B1", "on_loan"), ("B2", "available")]


def test_what_came_back_meanwhile_is_told_by_a_later_file(bring: Bring) -> None:
    bring(SLIMS)
    later = SLIMS.replace('"3","B1","A1","2026-03-01","2026-03-08","0","1","0",NULL',
                          '"3","B1","A1","2026-03-01","2026-03-08","0","1","1","2026-03-07"')
    assert bring(later) == (0, 1, 2, 1)
    assert (Loan.objects.open().count(), Copy.objects.get(code="B1").state) == (0, "available")
    assert bring(later) == (0, 0, 3, 1)


@pytest.mark.parametrize(("line", "code"), [
    ("2026-13-05,B1,A1,,2026-01-10,,,", "no_date"), ("2026-01-05,B1,A1,,kemarin,,,", "no_date"),
    ("2031-01-05,B1,A1,,,,,", "wrong_date"), ("2026-01-05,B1,A1,,2031-01-10,,,", "wrong_date"),
    ("2026-01-05,B1,A1,,2026-01-04,,,", "returned_before_lent"), ("2026-01-05,,A1,,2026-01-06,,,", "no_copy"),
    ("2026-01-05,B7,A1,,2026-01-06,,,", "unknown_copy"), ("2026-01-05,B1,A9,,,,,", "unknown_member"),
    ("2026-01-05,B1,,,2026-01-06,,banci,", "unknown_sex"), ("2026-01-05,B1,,,2026-01-06,,P,tua", "unknown_age")])
def test_what_cannot_be_a_loan_is_refused(bring: Bring, line: str, code: str) -> None:
    assert bring(",".join(TEMPLATE) + f"\n{line}\n") == (0, 0, 0, 1)
    assert (refused(), Loan.objects.count()) == ([code], 0)


def test_one_copy_is_not_out_twice(bring: Bring) -> None:
    lines = "\n".join((",".join(TEMPLATE), "2026-03-01,B1,A1,,,,,", "2026-03-02,B1,A1,,,,,"))
    assert bring(lines) == (1, 0, 0, 1)
    assert refused() == ["copy_is_lent"]


def test_a_reader_who_is_not_known_is_counted_by_what_the_table_says(bring: Bring) -> None:
    bring(",".join(TEMPLATE) + "\n05/01/2026,B1,,,06/01/2026,,Perempuan,9\n")
    assert Loan.objects.values_list("member", "sex", "age_group").get() == (None, "P", "6-12")


def test_a_rehearsal_writes_nothing(bring: Bring) -> None:
    assert bring(SLIMS, dry_run=True) == (3, 0, 0, 1)
    assert (Loan.objects.count(), Batch.objects.count(), Copy.objects.get(code="B1").state) == (0, 0, "available")


def test_the_example_of_the_template_is_passed_over(bring: Bring) -> None:
    assert bring(template_of(TEMPLATE, EXAMPLE) + "2026-01-05,B1,A1,,2026-01-06,,,\n") == (1, 0, 0, 0)


def test_only_those_who_run_the_library_import(bring: Bring, by_volunteer: Actor, by_stranger: Actor) -> None:
    for by in (by_volunteer, by_stranger):
        with pytest.raises(NotAllowed):
            bring(SLIMS, by=by)
    with pytest.raises(CannotImport):
        bring("nama,alamat\nSiti,Tangerang\n")
    assert Loan.objects.count() == 0
