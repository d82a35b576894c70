"""The questionnaire filled from records, facts, a sheet and a link; the city's list, the berita acara."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from python_calamine import CalamineWorkbook

from simpul.core.actor import COMMAND, Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.indicators.models import RegionFact
from simpul.indicators.periods import Period
from simpul.indicators.places import of_city, of_library
from simpul.iplm import filling, lppd, reading
from simpul.iplm.actions import Described, LinkOver, ReturnRefused, answer_by_link, list_institution, make_link, tell_return
from simpul.iplm.models import Institution, Link, Return, SignedPaper
from simpul.libraries.models import DatedFact, Library, Region
from simpul.reports.form import Filled, Line
from simpul.surveys.models import Response, Survey, Version
from simpul.visits.models import Visit

YEAR = Period.of_year(2026)
NASTY = "=HYPERLINK(1) <img src=x onerror=alert(1)>"
WHOLE = {"koleksi.1": 100, "koleksi.2": 300, "koleksi.9": 5_000_000, "pelayanan.2": 900}


def who(by: Actor, at: Any) -> dict[str, Any]:
    return {"by": by, "at": at, "id": new_id()}


def line(filled: Filled, key: str) -> Line:
    section, _dot, number = key.partition(".")
    return next(one for part in filled.sections if part.key == section for one in part.lines if one.number == number)


def tell(library: Library, name: str, value: Any, on: date = date(2026, 1, 2)) -> None:
    DatedFact.objects.create(id=new_id(), library=library, name=name, value=value, from_on=on, source="uji",
                             recorded_at="2026-01-02T00:00Z")


@pytest.fixture
def school(city: Any, by_coordinator: Actor, at: Any) -> Institution:
    region = Region.objects.get(code="36.71.01.1001")
    return list_institution(described=Described("SDN Sukarasa 1", "sd", region, "20600001"), **who(by_coordinator, at))


@pytest.fixture
def desk(sign_in: Any, coordinator: Any) -> Client:
    return sign_in(coordinator)


def visit(library: Library, at: Any, n: int = 1) -> None:
    Visit.objects.create(id=new_id(), entry_id=new_id(), library=library, happened_at=at,
                         local_date=at.date(), recorded_at=at, count=n, how="tally")


def test_nothing_recorded_is_unknown_and_the_form_says_where_to_tell_it(library: Library, by_librarian: Actor) -> None:
    filled = filling.fill(of_library(library), YEAR, by_librarian)
    assert [(section.key, len(section.lines)) for section in filled.sections] == [
        ("koleksi", 11), ("tenaga", 4), ("pelayanan", 7), ("penyelenggaraan", 6)]
    known = {f"{section.key}.{one.number}" for section in filled.sections for one in section.lines if one.value is not None}
    assert known == {"koleksi.9", "koleksi.10", "penyelenggaraan.5"}  # not asked of a kelurahan library: write 0
    assert line(filled, "tenaga.1").tell_at == reverse("libraries:facts", args=[library.code, "tenaga"])
    assert line(filled, "pelayanan.2").tell_at == ""


def test_records_and_facts_fill_it_and_visits_are_called_visits(library: Library, by_librarian: Actor, at: Any) -> None:
    visit(library, at, 30)
    tell(library, "staff_qualified", 1)
    tell(library, "budget_collection", 7_000_000)
    tell(library, "service_kinds", ["circulation", "read_in_place", "search"])
    filled = filling.fill(of_library(library), YEAR, by_librarian)
    users = line(filled, "pelayanan.2")
    assert (users.value, users.counts, users.between) == (30, "visits", (1, 30))
    assert [line(filled, f"koleksi.{n}").value for n in (1, 10, 11)] == [0, 0, 7_000_000]
    assert [line(filled, key).value for key in ("tenaga.1", "tenaga.2", "penyelenggaraan.3")] == [1, None, 3]
    assert users.opens == f"/angka/users_onsite_online/?tempat={library.code}&periode=2026"


def test_a_budget_of_last_year_is_not_this_years(library: Library, by_librarian: Actor) -> None:
    tell(library, "budget_collection", 7_000_000, date(2025, 3, 1))
    tell(library, "staff_unqualified", 2, date(2025, 3, 1))
    filled = filling.fill(of_library(library), YEAR, by_librarian)
    assert (line(filled, "koleksi.11").value, line(filled, "tenaga.2").value) == (None, 2)


def test_a_school_adds_bos_and_the_rest(make_library: Any) -> None:
    school = make_library(kind=Library.Kind.SCHOOL)
    tell(school, "budget_collection_bos", 5_000_000)
    tell(school, "budget_collection", 1_000_000)
    filled = filling.fill(of_library(school), YEAR, COMMAND)
    assert [line(filled, f"koleksi.{n}").value for n in (9, 10, 11)] == [5_000_000, 1_000_000, 6_000_000]


def test_the_city_is_the_sum_of_its_own_and_of_what_came_from_outside(
        library: Library, other_library: Library, school: Institution, by_coordinator: Actor, at: Any) -> None:
    visit(library, at, 30)
    visit(other_library, at, 12)
    tell_return(institution=school, year=2026, answers=WHOLE, **who(by_coordinator, at))
    filled = filling.fill(of_city(), YEAR, by_coordinator)
    assert [line(filled, key).value for key in ("pelayanan.2", "koleksi.1", "koleksi.9")] == [942, 100, 5_000_000]
    assert line(filled, "penyelenggaraan.5").is_applicable is False  # no city library in this scene
    assert filled.extra["coverage"]["asked"] == 3
    assert filled.extra["coverage"]["by_kind"]["sekolah dasar (SD/MI)"] == {"asked": 1, "answered": 1}
    assert filled.extra["simulation"]["is_official"] is False


def test_senior_secondary_schools_belong_to_the_province(library: Library, by_coordinator: Actor, at: Any) -> None:
    region = Region.objects.get(code="36.71.01.1001")
    sma = list_institution(described=Described("SMAN 1", "sma", region, "20600009"), **who(by_coordinator, at))
    with pytest.raises(ReturnRefused):
        tell_return(institution=sma, year=2026, answers=WHOLE, **who(by_coordinator, at))
    coverage = filling.fill(of_city(), YEAR, by_coordinator).extra["coverage"]
    assert (coverage["asked"], [one["n"] for one in coverage["excluded"]]) == (1, [1])


def test_the_questions_do_not_grow_with_the_libraries(library: Library, make_library: Callable[..., Library], at: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            filling.fill(of_city(), YEAR, COMMAND)
        return len(found)

    visit(library, at)
    first = asked()
    for _n in range(2):
        visit(make_library(), at)
    assert asked() == first


def test_only_the_city_keeps_the_list(library: Library, school: Institution, by_librarian: Actor, at: Any) -> None:
    with pytest.raises(NotAllowed):
        tell_return(institution=school, year=2026, answers=WHOLE, **who(by_librarian, at))


@pytest.mark.parametrize("answers", [
    {}, {"koleksi.1": -1}, {"koleksi.1": True}, {"koleksi.1": 5, "koleksi.2": 4}, {"koleksi.1": 10**14}])
def test_impossible_answers_are_refused(school: Institution, by_coordinator: Actor, at: Any, answers: dict[str, Any]) -> None:
    with pytest.raises(ReturnRefused):
        tell_return(institution=school, year=2026, answers=answers, **who(by_coordinator, at))
    assert Return.objects.count() == 0


def test_an_answer_told_anew_replaces_the_former_and_a_double_click_does_not(
        school: Institution, by_coordinator: Actor, at: Any) -> None:
    once = who(by_coordinator, at)
    tell_return(institution=school, year=2026, answers=WHOLE, **once)
    tell_return(institution=school, year=2026, answers=WHOLE, **once)
    tell_return(institution=school, year=2026, answers=WHOLE | {"koleksi.1": 90}, **who(by_coordinator, at))
    assert (Return.objects.count(), Return.objects.filter(voided_at__isnull=True).count()) == (2, 1)
    assert Return.objects.get(voided_at__isnull=True).answers["koleksi.1"] == 90


def test_a_school_fills_its_year_on_the_phone(client: Client, school: Institution, by_coordinator: Actor, at: Any,
                                              time_machine: Any) -> None:
    time_machine.move_to(at)
    link = make_link(institution=school, year=2026, open_until=date(2026, 3, 31), **who(by_coordinator, at))
    address = reverse("iplm:fill", args=[link.token])
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"change": new_id(), "koleksi.1": "banyak"})
    assert (wrong.status_code, "banyak" in wrong.content.decode()) == (422, True)
    assert client.post(address, {"change": new_id(), "koleksi.1": "1.200", "koleksi.2": "2.400"}).status_code == 302
    assert Return.objects.get().answers == {"koleksi.1": 1200, "koleksi.2": 2400}
    assert client.get(address[:-3] + "xx/").status_code == 404
    time_machine.move_to(at.replace(month=4))
    assert client.get(address).status_code == 410
    with pytest.raises(LinkOver):
        answer_by_link(link=link, answers=WHOLE, **who(by_coordinator, at.replace(month=4)))


def test_a_new_link_ends_the_former(client: Client, school: Institution, by_coordinator: Actor, at: Any,
                                    time_machine: Any) -> None:
    time_machine.move_to(at)
    old = make_link(institution=school, year=2026, open_until=date(2026, 3, 31), **who(by_coordinator, at))
    make_link(institution=school, year=2026, open_until=date(2026, 4, 30), **who(by_coordinator, at))
    assert client.get(reverse("iplm:fill", args=[old.token])).status_code == 410
    assert Link.objects.filter(withdrawn_at__isnull=True).count() == 1


def csv_sheet(*rows: str) -> SimpleUploadedFile:
    head = "Nama lembaga,Jenis,NPSN,NPP,Kode wilayah,K1,K2,P2"
    return SimpleUploadedFile("iplm.csv", "\n".join((head, *rows)).encode(), "text/csv")


def test_a_sheet_is_looked_at_kept_and_changes_nothing_the_second_time(desk: Client, school: Institution, at: Any,
                                                                       time_machine: Any) -> None:
    time_machine.move_to(at)
    rows = ("SDN Sukarasa 1,sd,20600001,,36.71.01.1001,100,300,900", f"{NASTY},smp,20600002,,Sukaasih,50,60,10",
            "Tanpa jenis,,,,,1,2,3", "SDN Salah,sd,20600003,,36.71.01.1001,9,4,1", "SDN Huruf,sd,20600004,,,x,,")
    looked = desk.post("/kota/iplm/lembar/?tahun=2026", {"file": csv_sheet(*rows)})
    read = looked.context["read"]
    assert ((read.new, read.changed, read.unchanged), [one[0] for one in read.refused]) == ((1, 1, 0), [3, 4, 5])
    assert Return.objects.count() == 0
    kept = {"change": str(new_id()), "rows": looked.context["packed"]}
    for _twice in range(2):
        assert desk.post("/kota/iplm/lembar/simpan/?tahun=2026", kept).status_code == 302
    assert (Return.objects.count(), Institution.objects.count()) == (2, 2)
    again = desk.post("/kota/iplm/lembar/?tahun=2026", {"file": csv_sheet(*rows[:2])}).context["read"]
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    told = desk.post("/kota/iplm/lembar/ditolak/", {"rows": looked.context["refused"]}).content.decode("utf-8-sig").splitlines()
    assert len(told) == 4
    assert desk.post("/kota/iplm/lembar/simpan/?tahun=2026", kept | {"rows": "x" + kept["rows"]}).status_code == 422


def test_the_template_holds_the_list_and_comes_back_as_it_is(desk: Client, school: Institution, by_coordinator: Actor, at: Any,
                                                             time_machine: Any) -> None:
    time_machine.move_to(at)
    tell_return(institution=school, year=2026, answers=WHOLE, **who(by_coordinator, at))
    content = desk.get("/kota/iplm/lembar/templat/?tahun=2026").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert (len(rows[0]), rows[1][0], rows[1][5]) == (33, "SDN Sukarasa 1", 100.0)
    read = desk.post("/kota/iplm/lembar/?tahun=2026", {"file": SimpleUploadedFile("iplm.xlsx", content)}).context["read"]
    assert (read.new, read.changed, read.unchanged, read.refused) == (0, 0, 1, ())


def test_addresses_carry_the_year_without_separators(desk: Client, school: Institution) -> None:
    for path in ("/kota/iplm/", "/kota/iplm/lembar/", "/kota/lppd/", f"/kota/iplm/{school.pk}/"):
        assert "tahun=2." not in desk.get(path).content.decode()


def test_what_is_no_sheet_is_said_beside_the_file(desk: Client, city: Any) -> None:
    for content in (b"", b"\x00\x01\x02", b"a,b\n1,2"):
        answer = desk.post("/kota/iplm/lembar/", {"file": SimpleUploadedFile("x.csv", content)})
        assert answer.status_code == 422


def test_ratios_of_the_lppd_name_their_denominator_or_say_that_it_is_unknown(
        library: Library, by_coordinator: Actor, at: Any) -> None:
    visit(library, at, 1043)
    unknown = line(lppd.fill(of_city(), YEAR, by_coordinator), "output.2")
    assert (unknown.value, bool(unknown.why)) == (None, True)
    RegionFact.objects.create(id=new_id(), region=Region.objects.get(code="36.71"), name="population", value=298_567,
                              from_on=date(2025, 12, 31), source="Dukcapil", recorded_at=at)
    filled = lppd.fill(of_city(), YEAR, by_coordinator)
    assert line(filled, "output.2").value == Decimal("0.35")
    assert "Dukcapil" in str(line(filled, "output.2").source)
    assert line(filled, "outcome.2").tell_at == reverse("iplm:published")


def test_the_draft_is_printed_and_its_signed_scan_is_kept_taken_back_and_restored(
        desk: Client, library: Library, settings: Any, tmp_path: Any, at: Any, time_machine: Any) -> None:
    time_machine.move_to(at)
    settings.FILES_ROOT = tmp_path
    assert desk.get("/kota/lppd/naskah/?tahun=2026").content.startswith(b"%PDF")
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    scan = SimpleUploadedFile("ba.jpg", picture.getvalue(), "image/jpeg")
    given = {"change": new_id(), "signed_on": "2026-03-09", "file": scan}
    assert desk.post("/kota/lppd/pindaian/?tahun=2026", given).status_code == 302
    row = SignedPaper.objects.get()
    kept = desk.get(reverse("iplm:signed_file", args=[row.pk]))
    assert (kept.status_code, b"".join(kept.streaming_content)[:2]) == (200, b"\xff\xd8")
    desk.post(reverse("iplm:signed_void", args=[row.pk]), {"change": new_id()})
    assert SignedPaper.objects.filter(voided_at__isnull=True).count() == 0
    desk.post(reverse("iplm:signed_restore", args=[row.pk]), {"change": new_id()})
    assert SignedPaper.objects.filter(voided_at__isnull=True).count() == 1


def test_a_published_index_needs_a_source_and_stands_in_the_lppd(desk: Client, library: Library, by_coordinator: Actor, at: Any,
                                                                 time_machine: Any) -> None:
    time_machine.move_to(at)
    given = {"change": new_id(), "name": "iplm", "year": "2026", "value": "78,14", "source": ""}
    assert desk.post("/kota/lppd/nilai/", given).status_code == 422
    assert desk.post("/kota/lppd/nilai/", given | {"source": "Perpusnas"}).status_code == 302
    assert line(lppd.fill(of_city(), YEAR, by_coordinator), "outcome.2").value == Decimal("78.14")


@pytest.mark.parametrize("path", ["/kota/iplm/", "/kota/iplm/baru/", "/kota/iplm/lembar/", "/kota/iplm/penormal/", "/kota/lppd/",
                                  "/kota/lppd/nilai/"])
def test_the_citys_pages_are_for_the_city(path: str, desk: Client, library: Library, stranger: Any, mentor: Any, sign_in: Any,
                                          client: Client) -> None:
    assert desk.get(path).status_code == 200
    assert sign_in(stranger).get(path).status_code == 404
    assert sign_in(mentor).get(path).status_code == 404


def sheets(library: Library, ready: str, answers: list[dict[str, int]], at: Any) -> None:
    survey = Survey.objects.create(id=new_id(), library=library, code=f"K{Survey.objects.count()}", ready=ready, title="x",
                                   purpose="reading")
    version = Version.objects.create(id=new_id(), survey=survey, number=1, published_at=at)
    for one in answers:
        Response.objects.create(id=new_id(), library=library, version=version, answers=one, channel="link", happened_at=at,
                                local_date=at.date(), recorded_at=at)


def test_tkm_stands_by_phase_and_small_groups_are_withheld_from_outsiders(
        library: Library, by_librarian: Actor, by_coordinator: Actor, at: Any) -> None:
    sheets(library, "tkm-2025", [{"pra1": 4, "saat1": 3}] * 3, at)
    own = reading.fill_tkm(of_library(library), YEAR, by_librarian)
    assert [(section.key, len(section.lines)) for section in own.sections] == [
        ("ringkas", 6), ("pra", 30), ("saat", 16), ("pasca", 10), ("inter", 14)]
    assert (line(own, "pra.1").value, line(own, "pra.2").value) == (Decimal("100.0"), None)
    city = reading.fill_tkm(of_city(), YEAR, by_coordinator)
    assert (line(city, "pra.1").value, line(city, "ringkas.n").value) == (None, None)


def test_tgm_is_the_published_formula_over_whole_sheets(library: Library, by_librarian: Actor, at: Any) -> None:
    sheets(library, "reading-habits", [{"fm": 5, "dm": 5, "jb": 5, "fai": 1, "dai": 1}] * 2, at)
    assert line(reading.fill_tgm(of_library(library), YEAR, by_librarian), "indeks.TGM").value == Decimal("90.00")
