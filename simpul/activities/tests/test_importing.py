"""Activities of the past and who came: once, without names, nobody counted twice."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from simpul.activities.importing import attendance, import_activities, import_attendance, past
from simpul.activities.models import Activity, Contribution
from simpul.core.actor import COMMAND, Actor
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.core.refusal import NotAllowed
from simpul.gatherings.models import Attendance, Session
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.transfers.history import CannotImport
from simpul.transfers.models import Batch
from simpul.visits.models import Visit

Bring = Callable[..., tuple[int, int, int]]
HEAD = ",".join(past.TEMPLATE)
TWO = f"""{HEAD}
2025-03-02,Kelas menjahit,JAHIT,09.00,11.00,skills,,,18,2,10,Tas pertama jadi.,250.000,kelurahan,PKK,orang
2025-03-16,Kelas menjahit,JAHIT,,,,,,5,,,,,,,
2025-03-02,Mendongeng,,16.00,,mendongeng,pelibatan masyarakat,Posyandu,,3,4,,,,,
"""
COMERS = ",".join(attendance.TEMPLATE) + """
2025-03-02,JAHIT,,A1,,,,,
2025-03-02,JAHIT,,A1,,,,,
2025-03-02,JAHIT,,,P,18-59,ya,1,
2025-03-02,JAHIT,,,P,18-59,ya,1,
2025-03-02,JAHIT,,,L,,,,izin
2025-03-02,,mendongeng,,P,6-12,,3,ya
2025-03-02,BATIK,,,P,,,,
"""


@pytest.fixture
def bring(library: Library, at: datetime, tmp_path: Path, settings: Any, make_member: Callable[..., Member]) -> Bring:
    """(added, unchanged, refused) of a table at a library with the member A1."""
    settings.DATA = tmp_path
    make_member(sex="P", birth_year=1990)
    Member.objects.update(number="A1")

    def do(text: str, into: Callable[..., Any] = import_activities, **more: Any) -> tuple[int, int, int]:
        path = tmp_path / "tabel.csv"
        path.write_text(text)
        told = into(**{"path": path, "library": library, "by": COMMAND, "at": at, "id": new_id(), **more})
        assert (told.read, told.updated) == (told.added + told.unchanged + told.refused, 0)
        return told.added, told.unchanged, told.refused

    return do


def refused() -> list[str]:
    batch = Batch.objects.order_by("-started_at", "-pk").first()
    assert batch is not None
    return [line.split(",")[1] for line in batch.refusals_path.read_text().splitlines()[1:]]


def participants() -> int:
    measure = discover()["activity_participants"]
    return measure.total(measure.rows())


def test_activities_of_the_past_come_in_once(bring: Bring) -> None:
    assert bring(TWO) == (3, 0, 0)
    assert bring(TWO) == (0, 3, 0)
    assert list(Activity.objects.order_by("gathering__title").values_list(
        "gathering__title", "kind", "strategy", "funds", "cost", "gathering__first_on", "gathering__last_on")) == [
        ("Kelas menjahit", "skills", "involvement", "kelurahan", 250_000, date(2025, 3, 2), date(2025, 3, 16)),
        ("Mendongeng", "storytelling", "involvement", "", None, date(2025, 3, 2), date(2025, 3, 2))]
    assert list(Session.objects.order_by("starts_at").values_list("local_date", "place")) == [
        (date(2025, 3, 2), ""), (date(2025, 3, 2), "Posyandu"), (date(2025, 3, 16), "")]
    assert (participants(), Visit.objects.count()) == (30, 0)
    assert Contribution.objects.values_list("partner__name", "kind").get() == ("PKK", "people")
    assert Activity.objects.reported().values_list("result").get() == ("Tas pertama jadi.",)


def test_further_days_make_an_activity_longer_in_a_later_file_too(bring: Bring) -> None:
    bring(TWO)
    assert bring(f"{HEAD}\n2025-04-06,Kelas menjahit,JAHIT,,,,,,7,,,,,,,\n") == (1, 0, 0)
    assert Activity.objects.values_list("gathering__last_on").get(kind="skills") == (date(2025, 4, 6),)


@pytest.mark.parametrize(("line", "code"), [
    ("kemarin,A,,,,,,,,,,,,,,", "no_date"), ("2031-01-01,A,,,,,,,,,,,,,,", "wrong_date"),
    ("2025-03-02,A,,11.00,09.00,,,,,,,,,,,", "no_date"), ("2025-03-02,,X,,,,,,,,,,,,,", "no_title"),
    ("2025-03-02,A,,,,senam,,,,,,,,,,", "unknown_word"), ("2025-03-02,A,,,,,,,5,3,4,,,,,", "wrong_count"),
    ("2025-03-02,A,,,,,,,banyak,,,,,,,", "wrong_count"), ("2025-03-02,A,,,,,,,,,,,gratis,,,", "wrong_cost"),
    ("2025-03-02,A,,,,,,,,,,,,,PKK,", "unknown_support")])
def test_what_cannot_be_an_activity_is_refused(bring: Bring, line: str, code: str) -> None:
    assert bring(f"{HEAD}\n{line}\n") == (0, 0, 1)
    assert (refused(), Activity.objects.count()) == ([code], 0)


def test_who_is_on_the_list_is_not_counted_again(bring: Bring) -> None:
    bring(TWO)
    assert bring(COMERS, import_attendance) == (5, 1, 1)
    assert refused() == ["unknown_activity"]
    told = Attendance.objects.present().order_by("local_date", "count", "how")
    assert list(told.filter(session__gathering__title="Kelas menjahit", local_date=date(2025, 3, 2)).values_list(
        "how", "sex", "age_group", "has_disability", "count", "person")) == [
        ("card", "P", "18-59", None, 1, None), ("walk_in", "P", "18-59", True, 1, None),
        ("walk_in", "P", "18-59", True, 1, None), ("headcount", "", "", None, 15, None)]
    assert participants() == 30
    assert bring(COMERS, import_attendance) == (0, 6, 1)
    assert bring(TWO) == (0, 3, 0)
    assert participants() == 30


def test_more_on_the_list_than_were_told_is_what_the_list_says(bring: Bring) -> None:
    bring(f"{HEAD}\n2026-03-01,Bincang,B,,,,,,2,,,,,,,\n")
    bring(",".join(attendance.TEMPLATE) + "\n2026-03-01,B,,A1,,,,,\n2026-03-01,B,,,P,,,4,\n", import_attendance)
    assert participants() == 5
    assert Attendance.objects.present().filter(person__isnull=False).count() == 1


def test_an_activity_that_simpul_knows_is_found_by_its_title(bring: Bring, library: Library, at: datetime) -> None:
    bring(f"{HEAD}\n2026-03-01,Bincang Buku,KODE,,,,,,,,,,,,,\n")
    assert bring(",".join(attendance.TEMPLATE) + "\n2026-03-01,,bincang buku,,P,,,4,\n", import_attendance) == (1, 0, 0)


@pytest.mark.parametrize(("line", "code"), [
    ("lusa,J,,,,,,,", "no_date"), ("2031-01-01,J,,,,,,,", "wrong_date"), ("2025-03-02,J,,,x,,,,", "unknown_sex"),
    ("2025-03-02,J,,,,tua,,,", "unknown_age"), ("2025-03-02,J,,,,,,0,", "wrong_count"),
    ("2025-03-02,J,,A1,,,,2,", "wrong_count"), ("2025-03-02,J,,,,,,,entah", "unknown_word")])
def test_what_cannot_be_attendance_is_refused(bring: Bring, line: str, code: str) -> None:
    assert bring(",".join(attendance.TEMPLATE) + f"\n{line}\n", import_attendance) == (0, 0, 1)
    assert refused() == [code]


def test_rehearsals_strangers_and_other_tables(bring: Bring, by_stranger: Actor) -> None:
    assert bring(TWO, dry_run=True) == (3, 0, 0)
    assert Activity.objects.count() == 0
    for into in (import_activities, import_attendance):
        with pytest.raises(NotAllowed):
            bring(TWO, into, by=by_stranger)
        with pytest.raises(CannotImport):
            bring("nama,alamat\nSiti,Tangerang\n", into)
