"""The history of visits from SLiMS or a simple table: counted, without names, once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from simpul.core.actor import COMMAND, Actor
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.transfers.models import Batch
from simpul.visits.importing import TEMPLATE, CannotImport, import_visits
from simpul.visits.models import Visit

SLIMS = '''"member_id","member_name","institution","checkin_date"
"A00001","Siti Aminah","SMPN 5","2026-03-09 08:15:00"
"","Budi","","2026-03-09 09:00:00"
"","Budi","","2026-03-09 09:00:00"
NULL,"Wati, ""Bu""","PKK","2016-01-02 10:00:00"
"","Besok","","2027-01-01 10:00:00"
"","Rusak","","0000-00-00 00:00:00"
'''


@pytest.fixture
def bring(library: Library, at: datetime, tmp_path: Path, settings: Any) -> Callable[..., dict[str, int]]:
    settings.DATA = tmp_path

    def do(text: str | bytes, **more: Any) -> dict[str, int]:
        path = tmp_path / "kunjungan.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        given = {"path": path, "library": library, "by": COMMAND, "at": at, "id": new_id(), **more}
        return import_visits(**given).as_dict()

    return do


Bring = Callable[..., dict[str, int]]


def counts(added: int, unchanged: int, refused: int) -> dict[str, int]:
    return {"read": added + unchanged + refused, "added": added, "updated": 0, "unchanged": unchanged,
            "refused": refused}


def test_the_visitor_log_of_slims_comes_in_once_and_without_names(
        bring: Bring, library: Library, make_member: Callable[..., Member]) -> None:
    member = make_member("Siti Aminah", sex="P", birth_year=2012)
    Member.objects.update(number="A00001")
    assert bring(SLIMS) == counts(added=4, unchanged=0, refused=2)
    assert bring(SLIMS) == counts(added=0, unchanged=4, refused=2)
    assert list(Visit.objects.order_by("happened_at", "pk").values_list(
        "how", "sex", "age_group", "person", "local_date", "origin")) == [
        ("visitor", "", "", None, date(2016, 1, 2), ""),
        ("member", "P", "13-17", member.person_id, date(2026, 3, 9), ""),
        ("visitor", "", "", None, date(2026, 3, 9), ""), ("visitor", "", "", None, date(2026, 3, 9), "")]
    assert Visit.objects.get(how="member").happened_at == datetime(2026, 3, 9, 1, 15, tzinfo=UTC)


def test_refused_lines_stand_in_a_file_with_position_and_reason(bring: Bring) -> None:
    bring(SLIMS)
    batch = Batch.objects.get()
    lines = batch.refusals_path.read_text().splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [["5", "wrong_date"], ["6", "no_date"]]
    assert "Rusak" not in "".join(lines)
    assert (batch.state, batch.read, batch.added, batch.refused) == ("done", 6, 4, 2)
    assert [line.verb for line in JournalLine.objects.order_by("position")] == ["batch.begun", "batch.imported"]


def test_a_rehearsal_tells_the_same_and_writes_nothing(bring: Bring) -> None:
    assert bring(SLIMS, dry_run=True) == counts(added=4, unchanged=0, refused=2)
    assert (Visit.objects.count(), Batch.objects.count(), JournalLine.objects.count()) == (0, 0, 0)


def test_an_old_membership_visit_is_not_linked_to_a_person(bring: Bring, make_member: Callable[..., Member]) -> None:
    make_member()
    Member.objects.update(number="A00001")
    bring("member_id,member_name,institution,checkin_date\nA00001,x,y,2024-03-09 08:15:00\n")
    assert Visit.objects.values_list("how", "person", "sex").get() == ("member", None, "P")


def test_the_simple_table(bring: Bring) -> None:
    assert bring(";".join(TEMPLATE) + "\n"
                 "09/03/2026;09.30;Perempuan;8;1;;Pelajar;SD;membaca;ya\n"
                 "2026-03-08;;L;18–59;14;;;;;\n"
                 "2026-03-08;;;;0;;;;;\n"
                 "2026-03-08;;banci;;1;;;;;\n"
                 "2026-03-08;;;999;1;;;;;\n") == counts(added=2, unchanged=0, refused=3)
    assert list(Visit.objects.order_by("local_date").values_list(
        "how", "sex", "age_group", "count", "occupation", "education", "purpose", "uses_ict")) == [
        ("sheet", "L", "18-59", 14, "", "", "", False), ("visitor", "P", "6-12", 1, "Pelajar", "SD", "read", True)]


@pytest.mark.parametrize("encode", [
    lambda t: t.encode("utf-8-sig"), lambda t: t.encode("cp1252"), lambda t: t.replace("\n", "\r\n").encode(),
    lambda t: t.replace(",", ";").encode(), lambda t: t.replace(",", "\t").encode(),
    lambda t: t.split("\n", 1)[1].encode(), lambda t: t.replace("Siti", "Si\0ti").encode()])
def test_encodings_separators_and_a_missing_heading(bring: Bring, encode: Callable[[str], bytes]) -> None:
    text = ("member_id,member_name,institution,checkin_date\n"
            ",Siti Ä,x,2026-03-09 08:15:00\n,Budi,x,2026-03-09 08:15:00\n")
    assert bring(encode(text)) == counts(added=2, unchanged=0, refused=0)


def test_more_lines_than_a_transaction_takes(bring: Bring) -> None:
    text = "tanggal,jam\n" + "".join(f"2026-03-{n % 9 + 1:02},08:{n % 60:02}\n" for n in range(700))
    progress: list[int] = []
    told = bring(text, progress=lambda done, total, counts: progress.append(counts["read"]))
    assert (told, progress[-1], progress == sorted(progress)) == (counts(700, 0, 0), 700, True)
    assert bring(text) == counts(0, 700, 0)


@pytest.mark.parametrize("text", ["", "nama,alamat\nSiti,Tangerang\n", "\n\n", "<html>"])
def test_a_file_without_days_is_refused_before_anything_begins(bring: Bring, text: str) -> None:
    with pytest.raises(CannotImport):
        bring(text)
    assert (Batch.objects.count(), JournalLine.objects.count()) == (0, 0)


def test_only_those_who_run_the_library_import(
        bring: Bring, by_volunteer: Actor, by_stranger: Actor, by_mentor: Actor, by_librarian: Actor) -> None:
    for by in (by_volunteer, by_stranger, by_mentor):
        with pytest.raises(NotAllowed):
            bring(SLIMS, by=by)
    assert bring(SLIMS, by=by_librarian)["added"] == 4


def test_the_same_run_again_answers_as_the_first_time(bring: Bring) -> None:
    id = new_id()
    assert bring(SLIMS, id=id) == bring(SLIMS, id=id) == counts(4, 0, 2)


@given(st.binary(max_size=400))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_stop_it(bring: Bring, noise: bytes) -> None:
    told = bring(b"tanggal,jam,jumlah\n" + noise, dry_run=True)
    assert told["read"] == told["added"] + told["unchanged"] + told["refused"]
