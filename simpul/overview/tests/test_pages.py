"""Pages and papers: who opens them, what stands in them, in how many questions."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.indicators.periods import Period
from simpul.indicators.places import of_city, of_library
from simpul.libraries.models import Library, OpeningHours, Region
from simpul.overview.actions import PrefaceRefused, write_preface
from simpul.overview.charts import levels_of, line_of, nice
from simpul.overview.models import Preface
from simpul.overview.queries.alike import alike_of
from simpul.overview.queries.brought import may_tell
from simpul.overview.queries.ground import ground_of
from simpul.overview.queries.programme import needs_of
from simpul.overview.queries.reached import reach_of, who_came
from simpul.overview.views.city import kelurahan_of
from simpul.surveys.models import Voice
from simpul.visits.models import Visit

Come = Callable[..., Visit]
SignIn = Callable[[Account], Client]
PAGES = ("", "rembug/")
PAPERS = ("poster.pdf", "kotak.png", "rembug.pdf", "tahunan.pdf")


@pytest.fixture(autouse=True)
def now(april: datetime) -> datetime:
    return april


def test_a_library_without_any_record_says_so(library: Library, librarian: Account, sign_in: SignIn) -> None:
    page = sign_in(librarian).get("/perpustakaan/L001/gambaran/").content.decode()
    assert page.count("Tidak ada yang dicatat pada Maret 2026. Itu tidak berarti tidak ada yang datang.") == 1
    assert page.count("0 %") == 0


@pytest.mark.parametrize("page", PAGES)
def test_a_library_page_opens_for_staff_mentor_and_city(page: str, come: Come, librarian: Account, mentor: Account,
                                                        coordinator: Account, stranger: Account, sign_in: SignIn) -> None:
    come(40, age_group="6-12", sex="P")
    address = f"/perpustakaan/L001/gambaran/{page}"
    for who in (librarian, mentor, coordinator):
        for period in ("", "?periode=2026-04", "?periode=2026", "?periode=2025"):
            assert sign_in(who).get(address + period).status_code == 200
    assert sign_in(stranger).get(address).status_code == 404
    assert sign_in(librarian).get(f"{address}?periode=2026-13").status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_are_made_with_and_without_records(paper: str, come: Come, library: Library, librarian: Account,
                                                  coordinator: Account, sign_in: SignIn) -> None:
    begins = b"\x89PNG" if paper.endswith("png") else b"%PDF-"
    browser = sign_in(librarian)
    assert browser.get(f"/perpustakaan/L001/gambaran/{paper}").content[:5].startswith(begins)
    come(40)
    assert browser.get(f"/perpustakaan/L001/gambaran/{paper}").content[:5].startswith(begins)
    assert browser.get(f"/kota/gambaran/{paper}").status_code == 404
    assert sign_in(coordinator).get(f"/kota/gambaran/{paper}").content[:5].startswith(begins)


def test_the_meeting_has_two_pages(come: Come, library: Library, librarian: Account, sign_in: SignIn) -> None:
    come(40)
    Voice.objects.bulk_create([Voice(library=library, text="Kelas", theme=theme, people=9, source="page", state="accepted",
                                     happened_at="2026-03-01T03:00:00Z", local_date="2026-03-01")
                               for theme in ("reading", "school", "skills", "business", "digital", "health", "culture")])
    made = sign_in(librarian).get("/perpustakaan/L001/gambaran/rembug.pdf").content
    assert made.count(b"/Type /Page\n") + made.count(b"/Type/Page\n") + made.count(b"/Type /Page /") in (0, 2)


def test_the_city_opens_for_the_city_and_for_mentors_their_own(
        come: Come, other_library: Library, mentor: Account, coordinator: Account, librarian: Account,
        sign_in: SignIn) -> None:
    come(40)
    come(2, where=other_library)
    page = sign_in(coordinator).get("/kota/gambaran/").content.decode()
    assert page.count(">42 kunjungan</a>") == 1
    assert sign_in(mentor).get("/kota/gambaran/").content.decode().count(">40 kunjungan</a>") == 1
    assert sign_in(librarian).get("/kota/gambaran/").status_code == 404
    assert Client().get("/kota/gambaran/").status_code == 302
    kecamatan = sign_in(coordinator).get("/kota/gambaran/?kecamatan=36.71.01")
    assert kecamatan.content.decode().count(">42 kunjungan</a>") == 1
    for wrong in ("L001", "36.71", "36.71.01.1007", "x"):
        assert sign_in(coordinator).get(f"/kota/gambaran/?kecamatan={wrong}").status_code == 404


def test_the_city_asks_as_often_with_one_library_as_with_three(
        come: Come, make_library: Callable[..., Library], coordinator: Account, sign_in: SignIn) -> None:
    browser = sign_in(coordinator)
    come(40)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/kota/gambaran/").status_code == 200
        return len(asked)

    questions()
    one = questions()
    for code in ("36.71.01.1001", "36.71.01.1002"):
        come(5, where=make_library(region=Region.objects.get(code=code)))
    assert questions() == one


def test_everybody_reads_the_citys_numbers_without_small_groups(come: Come, other_library: Library) -> None:
    come(40, age_group="18-59")
    come(3, age_group="6-12", on="2026-03-11")
    page = Client().get("/angka-kota/").content.decode()
    assert page.count('<a href="#arti-visits">43 kunjungan</a>') == 1
    assert page.count("oleh anak-anak") == 0
    table = Client().get("/angka-kota/angka.csv").content.decode("utf-8-sig").splitlines()
    assert table[0] == "periode,indikator,nama,nilai,satuan,perpustakaan_mencatat,perpustakaan_diharapkan"
    assert [row for row in table if row.startswith("2026-03,visits")] == ["2026-03,visits,Kunjungan,43,kunjungan,1,2"]
    assert [row for row in table if row.startswith("2026-02,visits")] == ["2026-02,visits,Kunjungan,,kunjungan,0,2"]
    told = Client().get("/angka-kota/keterangan.csv").content.decode("utf-8-sig")
    assert told.count("ms_ind") >= 15
    assert Client().get("/angka-kota/?periode=x").status_code == 404


def test_who_comes_far_less_often_than_lives_here(come: Come, live_here: Callable[..., None], library: Library) -> None:
    live_here(AGE_TO_5=100, AGE_TO_12=100, AGE_TO_17=100, AGE_TO_59=600, AGE_OLDER=100)
    come(60, age_group="6-12")
    come(40, age_group="18-59", on="2026-03-11")
    march, today = Period.parse("2026-03"), date(2026, 4, 20)
    found = who_came(of_library(library), march, "age_group", today, is_outsider=False)
    assert found is not None
    assert [(one.value, one.percent, one.residents, one.is_missed) for one in found.groups] == [
        ("0-5", 0, 10, True), ("6-12", 60, 10, False), ("13-17", 0, 10, True), ("18-59", 40, 60, False), ("60+", 0, 10, True)]
    come(2, age_group="60+", on="2026-03-12")  # now two are to be hidden, and nobody outside hears who is missed
    outside = who_came(of_library(library), march, "age_group", today, is_outsider=True)
    assert outside is not None
    assert (outside.withheld, outside.missed) == (42, [])
    assert who_came(of_library(library), Period.parse("2026-04"), "age_group", today, is_outsider=True) is None


def test_reach_needs_residents(come: Come, live_here: Callable[..., None], library: Library, other_library: Library,
                               april: datetime) -> None:
    live_here(POPULATION=2000)
    come(50)
    ground = ground_of(of_city(), Period.parse("2026-03"), now=april)
    (district,) = reach_of(ground, kelurahan_of(of_city(), ""))
    assert [(row.name, row.visits, row.per_hundred, row.received, row.expected) for row in district.rows] == [
        ("Sukarasa", None, None, 0, 0), ("Sukaasih", None, None, 0, 1), ("Sukasari", 50, 2.5, 1, 1)]
    assert district.per_hundred is None


def test_a_library_beside_others_needs_five_of_them(come: Come, make_library: Callable[..., Library], library: Library,
                                                    april: datetime) -> None:
    months = [date(2025 + (n + 3) // 12, (n + 3) % 12 + 1, 5) for n in range(12)]

    def year(where: Library, n: int) -> None:
        for month in months:
            come(n, on=month, where=where)
        OpeningHours.objects.create(library=where, weekday=0, opens="08:00", closes="12:00")

    def found() -> Any:
        return alike_of(library, ground_of(of_library(library), Period.parse("2026-03"), now=april))

    assert found().why_not != ""
    year(library, 5)
    for n in range(4):
        year(make_library(), n + 1)
    assert (found().n, found().rows) == (4, ())
    year(make_library(), 9)
    row = found().rows[0]
    assert (found().n, row.name, row.own, row.low, row.middle, row.high) == (5, "visits", 60, 24, 36, 48)


def test_what_few_asked_for_is_not_told_apart(library: Library, at: datetime) -> None:
    for theme, people in (("skills", 12), ("digital", 6), ("health", 3)):
        Voice.objects.create(library=library, text="x", theme=theme, people=people, source="page", state="accepted",
                             happened_at=at, local_date="2026-03-01")
    needs = needs_of([library.pk], date(2026, 1, 1), date(2026, 12, 31))
    assert ([(row.key, row.people) for row in needs.rows], needs.others) == ([("skills", 12)], 9)


@pytest.mark.parametrize(("k", "n", "told"), [(0, 4, False), (0, 5, True), (4, 20, False), (5, 20, True), (16, 20, False),
                                              (20, 20, True)])
def test_answers_of_few_are_withheld(k: int, n: int, told: bool) -> None:
    assert may_tell(k, n) is told


def test_the_foreword_is_kept_replaced_and_taken_away(library: Library, librarian: Account, sign_in: SignIn) -> None:
    browser, address = sign_in(librarian), "/perpustakaan/L001/gambaran/tahunan/?periode=2025"
    given = {"text": "Tahun yang <b>ramai</b>.", "signer": "Rina", "signs_as": "Kepala"}
    for text in ("Tahun yang <b>ramai</b>.", "Tahun yang tenang."):
        assert browser.post(address, given | {"text": text, "change": str(new_id())}).status_code == 302
        assert Preface.objects.get().text == text
    assert browser.get("/perpustakaan/L001/gambaran/tahunan.pdf?periode=2025").content[:5] == b"%PDF-"
    assert browser.post(address, given | {"text": " ", "change": str(new_id())}).status_code == 302
    assert Preface.objects.count() == 0


def test_who_may_write_a_foreword(library: Library, by_librarian: Actor, by_volunteer: Actor, by_stranger: Actor,
                                  by_coordinator: Actor, at: datetime) -> None:
    def write(by: Actor, of: Library | None, year: int = 2026) -> None:
        write_preface(library=of, year=year, text="Terima kasih.", by=by, at=at, id=new_id())

    for by, of in ((by_volunteer, library), (by_stranger, library), (by_librarian, None)):
        with pytest.raises(NotAllowed):
            write(by, of)
    with pytest.raises(PrefaceRefused):
        write(by_librarian, library, 1999)
    write(by_librarian, library)
    write(by_coordinator, None)
    assert Preface.objects.count() == 2


def test_geometry(come: Come, library: Library, april: datetime) -> None:
    come(10, on="2026-01-05")
    come(20)
    months = ground_of(of_library(library), Period.parse("2026-03"), now=april).line(
        "visits", [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)])
    line = line_of("Kunjungan", months, [""] * 4)
    assert ([dot.n for dot in line.dots], line.runs, len(line.gaps)) == ([10, 20], (), 2)
    assert [(row.n, row.says) for row in line.rows][1:3] == [(10, ""), (None, "belum ada catatan")]
    assert [nice(n) for n in (0, 4, 5, 11, 101, 2400)] == [4, 4, 5, 15, 150, 2500]
    assert levels_of([None, 1, 2, 3, 4, 5]) == [0, 1, 2, 3, 4, 5]
