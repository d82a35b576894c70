"""Official reports as they are asked for: by name, place and period; on a page, to copy, in files."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from simpul.core.actor import COMMAND
from simpul.core.refusal import Refusal
from simpul.libraries.models import Library
from simpul.operations.tests.conftest import simpul  # noqa: F401 the command line as a fixture
from simpul.reports import asking
from simpul.reports.form import Kind, Line, forms
from simpul.reports.outputs import for_typing, harmless, in_words

HERE = "/perpustakaan/L001/laporan-resmi/"


@pytest.fixture
def desk(sign_in: Callable[..., Client], librarian: Any) -> Client:
    return sign_in(librarian)


@pytest.mark.parametrize(("name", "place", "period", "code"), [
    ("iplm-3025", "L001", "2026", "unknown_report"), ("iplm-2025", "L999", "2026", "unknown_place"),
    ("iplm-2025", "36.72", "2026", "unknown_place"), ("iplm-2025", "L001", "202x", "wrong_period"),
    ("iplm-2025", "L001", "2026-03", "wrong_combination"), ("lppd", "L001", "2026", "wrong_combination"),
    ("iplm-2025", "L001", "2024", "not_in_force"), ("iplm-2024", "L001", "2025", "not_in_force"),
    ("iplm-2025", "L001", "2027", "not_begun"), ("iplm-2025", "", "2026", "unknown_place")])
def test_a_wrong_question_is_answered_in_words(library: Library, at: Any, time_machine: Any, name: str, place: str, period: str,
                                               code: str) -> None:
    time_machine.move_to(at)
    with pytest.raises(Refusal) as refused:
        asking.ask(name, COMMAND, place=place or "xx", period=period)
    assert refused.value.code == code


def test_the_code_of_the_city_means_all_its_libraries(library: Library, other_library: Library, at: Any,
                                                      time_machine: Any) -> None:
    time_machine.move_to(at)
    whole = asking.ask("iplm-2025", COMMAND, place="36.71", period="2026").place
    assert (whole.is_whole, asking.ask("iplm-2025", COMMAND, place="kota", period="2026").place.code) == (True, whole.code)
    village = asking.ask("iplm-2025", COMMAND, place="36.71.01.1007", period="2026").place
    assert [one.code for one in village.libraries] == ["L001"]


def test_every_form_fills_for_an_empty_library_and_an_empty_city(library: Library, at: Any, time_machine: Any) -> None:
    time_machine.move_to(at)
    today = date(2026, 3, 10)
    for form in forms().values():
        for kind in form.places:
            place = "L001" if kind == "library" else "kota"
            asked = asking.ask(form.name, COMMAND, place=place, period=asking.usual_period(form, today).code)
            filled = asking.fill(asked, COMMAND)
            for section in filled.sections:
                assert len({line.number for line in section.lines}) == len(section.lines)
                for line in section.lines:
                    assert line.value is not None or str(line.why)


def test_a_page_of_each_kind(desk: Client, library: Library, at: Any, time_machine: Any) -> None:
    time_machine.move_to(at)
    assert desk.get(HERE).status_code == 200
    page = desk.get(f"{HERE}iplm-2025/?periode=2026")
    assert (page.context["all"], page.context["done"]) == (28, 3)
    assert "Belum diketahui – isi di sini" in page.content.decode()
    copy = desk.get(f"{HERE}iplm-2025/?periode=2026&tampil=salin").content.decode()
    assert (copy.count("copy-button"), copy.count("<input class=\"copy-value\"")) == (3, 3)
    assert desk.get(f"{HERE}iplm-2025/?periode=2024").status_code == 422
    assert desk.get(f"{HERE}tidak-ada/").status_code == 404
    assert desk.get(f"{HERE}lppd/").status_code == 404
    assert desk.get(f"{HERE}iplm-2025/?periode=2026&format=exe").status_code == 404


def test_files_to_take_along(desk: Client, library: Library, at: Any, time_machine: Any) -> None:
    time_machine.move_to(at)
    there = f"{HERE}iplm-2025/?periode=2026&format="
    told = json.loads(desk.get(f"{there}json").content)
    assert {key: len(lines) for key, lines in told["dimensions"].items()} == {
        "koleksi": 11, "tenaga": 4, "pelayanan": 7, "penyelenggaraan": 6}
    assert told["dimensions"]["koleksi"]["1"] is None
    assert len(desk.get(f"{there}csv").content.decode("utf-8-sig").splitlines()) == 29
    book = CalamineWorkbook.from_filelike(io.BytesIO(desk.get(f"{there}xlsx").content))
    assert len(book.get_sheet_by_index(0).to_python()) == 29
    assert desk.get(f"{there}pdf").content.startswith(b"%PDF")
    archive = zipfile.ZipFile(io.BytesIO(desk.get(f"{there}satu-data").content))
    meta = json.loads(archive.read("metadata.json"))
    assert (len(meta["ms_var"]), {"ms_keg", "ms_var", "ms_ind"} <= set(meta)) == (28, True)
    assert len(archive.read("data.csv").decode("utf-8-sig").splitlines()) == 29


def test_strangers_find_nothing_and_visitors_sign_in(library: Library, sign_in: Any, stranger: Any, mentor: Any, client: Client,
                                                     at: Any, time_machine: Any) -> None:
    time_machine.move_to(at)
    for path in (HERE, f"{HERE}iplm-2025/"):
        assert sign_in(stranger).get(path).status_code == 404
        assert client.get(path).status_code == 302
        assert sign_in(mentor).get(path).status_code == 200
    assert sign_in(stranger).get("/kota/laporan-resmi/").status_code == 404
    assert sign_in(mentor).get("/kota/laporan-resmi/iplm-2025/?wilayah=kota").status_code == 404  # her libraries are no region


def test_the_city_chooses_a_region(library: Library, sign_in: Any, coordinator: Any, at: Any, time_machine: Any) -> None:
    time_machine.move_to(at)
    browser = sign_in(coordinator)
    assert browser.get("/kota/laporan-resmi/").status_code == 200
    page = browser.get("/kota/laporan-resmi/iplm-2025/?wilayah=36.71.01&periode=2026")
    assert (page.context["place"].name, len(page.context["villages"])) == ("Kecamatan Tangerang", 3)
    assert browser.get("/kota/laporan-resmi/iplm-2025/?wilayah=99").status_code == 404


def test_the_list_fills_no_form_and_says_afterwards_how_far_each_is(library: Library, sign_in: Any, librarian: Any, at: Any,
                                                           time_machine: Any, django_assert_max_num_queries: Any) -> None:
    time_machine.move_to(at)
    browser = sign_in(librarian)
    with django_assert_max_num_queries(10):
        rows = browser.get(HERE).context["rows"]
    assert len(rows) == 9
    said = {row["form"].name: row for row in browser.get(f"{HERE}?tampil=sejauh").context["rows"]}
    assert said["iplm-2025"]["done"] + said["iplm-2025"]["left"] == said["iplm-2025"]["all"] == 28
    text = browser.get(f"{HERE}?tampil=sejauh").content.decode()
    assert text.count('hx-swap-oob="true"') == 9


def test_values_are_read_by_people_and_typed_by_forms() -> None:
    rupiah = Line("1", "x", 1_500_000, Kind.RUPIAH)
    assert (in_words(rupiah), for_typing(rupiah), for_typing(Line("1", "x", date(2026, 3, 9), Kind.DAY))) == (
        "Rp1.500.000", "1500000", "09-03-2026")
    assert (in_words(Line("1", "x", None)), harmless("=1+1"), harmless(3)) == ("", "'=1+1", 3)


def test_the_command_ends_with_two_where_it_was_wrongly_asked(
        simpul: Any, library: Library, tmp_path: Any) -> None:  # noqa: F811 the fixture of the command line
    said = simpul("report", "iplm-2025", "--library", "l001", "--period", "2026", "--json", "--pdf", str(tmp_path / "a.pdf"))
    assert (said.code, said.json["report"], len(said.json["lines"])) == (0, "iplm-2025", 28)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    listed = {row["name"] for row in simpul("report", "--list", "--json").json["reports"]}
    assert {"iplm-2025", "lppd", "tgm", "tkm-2025"} <= listed
    wrong = simpul("report", "iplm", "--library", "L001", "--period", "2026", "--json")
    assert (wrong.code, wrong.json["error"]["code"]) == (2, "unknown_report")
    assert simpul("report", "iplm-2025", "--library", "L001").code == 2
    assert simpul("report", "iplm-2025", "--region", "99", "--period", "2026").code == 2
    assert simpul("report", "iplm-2025", "--library", "L001", "--period", "2024").code == 1


