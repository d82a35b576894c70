"""The first run: a code from the terminal, a city, its libraries, the first account; then closed for good."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from simpul.accounts.models import Invitation
from simpul.core.actor import COMMAND, VISITOR
from simpul.core.ids import new_id
from simpul.core.models import JournalLine, NodeSetting
from simpul.libraries.actions import TooManyTries, first_run_code, try_first_run_code
from simpul.libraries.actions.first_run import code_hash_of
from simpul.libraries.loading import load_all_regions, regions_progress
from simpul.libraries.models import City, Library, Region
from simpul.libraries.official import official_regions

AT = datetime(2026, 6, 8, 3, 0, tzinfo=UTC)


@pytest.fixture
def code(db: None) -> str:
    made = first_run_code(by=COMMAND, at=AT, id=new_id())
    assert made is not None
    return made


@pytest.fixture(autouse=True)
def _no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simpul.libraries.views.first_run.begin_loading_all_regions", lambda: None)


def enter(client: Client, code: str) -> Any:
    return client.post(reverse("libraries:first_run"), {"code": code, "change": str(new_id())})


def set_up(client: Client, **given: Any) -> Any:
    return client.post(reverse("libraries:first_run_setup", args=["36.71"]), {
        "libraries": "daftar", "name": "Siti Rahayu", "change": str(new_id())} | given)


def test_a_code_is_readable_and_only_its_hash_is_kept(code: str) -> None:
    assert (len(code), code[4]) == (9, "-")
    assert code.replace("-", "") not in str(NodeSetting.objects.values_list("value", flat=True))
    assert code.replace("-", "") not in str(JournalLine.objects.values())


@pytest.mark.parametrize("change", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_the_code_is_taken_as_people_type_it(code: str, change: Any, client: Client) -> None:
    assert enter(client, change(code))["Location"] == reverse("libraries:first_run_city")


def test_a_wrong_code_opens_nothing(code: str, client: Client) -> None:
    answer = enter(client, "AAAA-AAAA")
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["code"])
    assert client.get(reverse("libraries:first_run_city"))["Location"] == reverse("libraries:first_run")


def test_a_new_code_ends_the_one_before(code: str, client: Client) -> None:
    enter(client, code)
    first_run_code(by=COMMAND, at=AT, id=new_id())
    assert client.get(reverse("libraries:first_run_city")).status_code == 302


def test_ten_wrong_codes_close_the_door_for_a_quarter_of_an_hour(code: str) -> None:
    def attempt(typed: str, at: datetime) -> bool:
        return try_first_run_code(code_hash=code_hash_of(typed), by=VISITOR, at=at, id=new_id())

    assert [attempt("AAAAAAAA", AT) for _n in range(10)] == [False] * 10
    with pytest.raises(TooManyTries):
        attempt(code, AT)
    assert attempt(code, AT + timedelta(minutes=16)) is True


def test_without_a_code_on_the_terminal_nothing_fits(db: None, client: Client) -> None:
    assert enter(client, "").status_code == 200
    assert enter(client, "2345-6789").status_code == 200


@pytest.mark.parametrize(("query", "codes"), [
    ({"q": "Kota Tangerang"}, ["36.71", "36.74"]), ({"q": "36.7"}, ["36.71", "36.72", "36.73", "36.74"]),
    ({"q": "atlantis"}, []), ({"provinsi": "36"}, ["36.01", "36.02", "36.03", "36.04", "36.71", "36.72", "36.73",
                                                   "36.74"]), ({}, [])])
def test_a_city_is_found_by_name_code_or_province(code: str, client: Client, query: dict[str, str],
                                                  codes: list[str]) -> None:
    enter(client, code)
    answer = client.get(reverse("libraries:first_run_city"), query)
    assert [city.code for city in answer.context["cities"]] == codes


def test_the_page_counts_before_it_asks(code: str, client: Client) -> None:
    enter(client, code)
    answer = client.get(reverse("libraries:first_run_setup", args=["36.71"]))
    assert (answer.context["districts"], answer.context["villages"]) == (13, 104)
    assert client.get(reverse("libraries:first_run_setup", args=["36.99"])).status_code == 404


def test_a_city_is_set_up_with_its_libraries_and_two_links(code: str, client: Client) -> None:
    enter(client, code)
    assert set_up(client)["Location"] == reverse("libraries:first_run_done")
    assert (City.objects.get().name, Library.objects.count()) == ("Kota Tangerang", 105)
    page = client.get(reverse("libraries:first_run_done"))
    assert [link["role"] for link in page.context["links"]] == ["administrator", "coordinator"]
    assert sorted(Invitation.objects.values_list("role", "for_name")) == [
        ("administrator", "Siti Rahayu"), ("coordinator", "Siti Rahayu")]
    assert client.get(page.context["links"][0]["url"]).status_code == 200


def test_afterwards_the_door_is_closed_for_everybody_else(code: str, client: Client) -> None:
    enter(client, code)
    set_up(client)
    other = Client()
    pages = [reverse("libraries:first_run"), reverse("libraries:first_run_city"), reverse("libraries:first_run_done"),
             reverse("libraries:first_run_setup", args=["36.71"]), reverse("libraries:first_run_refused"),
             reverse("libraries:first_run_template", args=["36.71", "csv"])]
    assert [other.get(page).status_code for page in pages] == [404] * 6
    assert enter(other, code).status_code == 404
    assert first_run_code(by=COMMAND, at=AT, id=new_id()) is None


def test_the_code_set_up_once_cannot_set_up_again(code: str, client: Client) -> None:
    enter(client, code)
    second = Client()
    enter(second, code)
    set_up(client)
    assert set_up(second).status_code == 404
    assert City.objects.count() == 1


def test_a_sheet_makes_its_libraries_and_tells_what_it_refused(code: str, client: Client) -> None:
    enter(client, code)
    sheet = "Nama;Jenis;Kelurahan\nTBM Mawar;tbm;Sukarasa\nTBM Jauh;tbm;Menteng\n"
    set_up(client, libraries="lembar", sheet=SimpleUploadedFile("a.csv", sheet.encode()))
    assert list(Library.objects.values_list("code", "name")) == [("L001", "TBM Mawar")]
    page = client.get(reverse("libraries:first_run_done"))
    assert [number for number, _why in page.context["refused"]] == [3]
    assert "Menteng" in client.get(reverse("libraries:first_run_refused")).content.decode()


def test_the_sheet_must_be_there_if_it_was_chosen(code: str, client: Client) -> None:
    enter(client, code)
    answer = set_up(client, libraries="lembar")
    assert (list(answer.context["form"].errors), City.objects.count()) == (["sheet"], 0)


def test_the_template_of_a_city_can_be_taken_along_before(code: str, client: Client) -> None:
    enter(client, code)
    answer = client.get(reverse("libraries:first_run_template", args=["36.71", "xlsx"]))
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_the_rest_follows_behind_the_page(code: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Banten stands for all of Indonesia, which another test loads."""
    banten = official_regions("36")
    enter(client, code)
    set_up(client)
    before = Region.objects.count()
    monkeypatch.setattr("simpul.libraries.actions.regions.official_regions", lambda within: banten)
    load_all_regions()
    assert (before, Region.objects.count(), Region.objects.exclude(valid_from=None).count()) == (119, len(banten), 0)
    assert (regions_progress(), client.get(reverse("libraries:first_run_done")).context["complete"]) == (None, True)
