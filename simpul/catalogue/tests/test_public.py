"""The public pages and the public API."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from simpul.catalogue.models import Contributor, Copy, Identifier, SourceRecord, Subject, Title
from simpul.catalogue.search import index_titles
from simpul.core.ids import new_id
from simpul.libraries.models import Library

MakeCopy = Callable[..., Copy]


@pytest.fixture
def hujan(make_copy: MakeCopy, make_title: Callable[..., Title], library: Library, other_library: Library) -> Title:
    title = make_title("Hujan", subtitle="sebuah novel", publisher="Gramedia", place="Jakarta", year=2016, ddc="813.6",
                       contributors_line="Tere Liye", summary="Lail dan Esok.")
    Contributor.objects.create(title=title, name="Tere Liye", position=0)
    Subject.objects.create(title=title, term="Fiksi ilmiah", position=0)
    Identifier.objects.create(title=title, kind="isbn", value="9786020332956")
    make_copy(title, library=library, state=Copy.State.ON_LOAN, code="B1", call_number="813 TER h")
    make_copy(title, library=other_library, code="B2", shelf="Rak 2")
    index_titles([title.pk])
    return title


def get(address: str, **query: Any) -> Any:
    return Client().get(address, query)


def test_the_search_page_shows_hits_with_where_they_are(hujan: Title) -> None:
    page = get("/katalog/", q="hujan liye")
    assert page.status_code == 200
    assert [(line.id, line.where[-10:], line.is_in) for line in page.context["lines"]] == [
        (hujan.pk, "TBM Melati", True)]
    assert [group.name for group in page.context["facets"]] == [
        "tersedia", "perpustakaan", "bentuk", "kelas", "bahasa", "tahun"]
    own = get("/katalog/", q="hujan", perpustakaan="L001").context
    assert [choice.caption for choice in own["chosen"]] == ["Perpustakaan Kelurahan Sukasari"]
    assert own["chosen"][0].url == "/katalog/?q=hujan"
    assert get("/katalog/", q="hujan", perpustakaan="L001", tersedia="1").context["hits"].count == 0


def test_a_mistyped_word_shows_what_was_meant(hujan: Title) -> None:
    page = get("/katalog/", q="hujna")
    assert page.context["hits"].corrected == "hujan"
    assert "<strong>hujan</strong>" in page.content.decode()


@pytest.mark.parametrize("query", [
    {"q": "<script>alert(1)</script>"}, {"q": "a" * 9_000}, {"page": "-1"}, {"page": "9" * 30},
    {"page": "²"}, {"tahun": "abcd"}, {"tahun": "٢٠٢٠"}, {"kelas": "x"}, {"bentuk": "';--"}, {"perpustakaan": "%"},
    {"q": "hujan", "page": "999"},
])
def test_no_address_is_an_error(hujan: Title, query: dict[str, str]) -> None:
    page = get("/katalog/", **query)
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


@pytest.mark.parametrize("name", ["q", "bahasa", "perpustakaan"])
def test_an_address_with_a_nul_is_nowhere(hujan: Title, name: str) -> None:
    assert get("/katalog/", **{name: "\0"}).status_code == 404


def test_without_words_there_is_a_way_in(hujan: Title) -> None:
    page = get("/katalog/")
    assert (page.context["is_start"], page.context["hits"].count) == (True, 1)
    assert len(page.context["ways_in"]) == 2
    nothing = get("/katalog/", q="zzqx")
    assert (nothing.context["hits"].count, nothing.status_code) == (0, 200)


def test_pages_cost_the_same_for_one_and_for_three(
        hujan: Title, make_copy: MakeCopy, django_assert_num_queries: Any) -> None:
    client = Client()
    client.get("/katalog/?q=hujan")
    for extra in range(3):
        with django_assert_num_queries(7):
            assert client.get("/katalog/?q=hujan").context["hits"].count == extra + 1
        with django_assert_num_queries(3):
            client.get(f"/katalog/{hujan.pk}/")
        index_titles([make_copy(f"Hujan {extra}").title_id])
        make_copy(hujan)
        Contributor.objects.create(title=hujan, name=f"Nama {extra}", position=extra + 1)


def test_the_page_of_a_title_says_what_it_is_and_where_it_is_now(hujan: Title, make_title: Any) -> None:
    again = make_title("Hujan", year=2020, contributors_line="Tere Liye", format="braille")
    index_titles([again.pk])
    response = get(f"/katalog/{hujan.pk}/")
    page = response.context["page"]
    assert [(shelf.name, shelf.available, shelf.lent) for shelf in page.shelves] == [
        ("TBM Melati", 1, 0), ("Perpustakaan Kelurahan Sukasari", 0, 1)]
    assert [(other.id, other.year) for other in page.other_editions] == [(again.pk, 2020)]
    assert response.context["citation"] == "Tere Liye. (2016). Hujan : sebuah novel. Jakarta: Gramedia."
    assert response.context["contributors"][0][1] == "/katalog/?q=%22Tere+Liye%22"
    assert get(response.context["subjects"][0][1].split("?")[0], q='"Fiksi ilmiah"').context["hits"].count == 1


def test_unknown_provisional_and_withdrawn_titles_have_no_page(make_title: Any, at: Any) -> None:
    for title in (make_title(is_provisional=True), make_title(withdrawn_at=at)):
        assert get(f"/katalog/{title.pk}/").status_code == 404
        assert get(f"/api/v1/titles/{title.pk}").status_code == 404
    assert get(f"/katalog/{new_id()}/").status_code == 404


def test_the_record_leaves_as_it_came(hujan: Title, library: Library, at: Any) -> None:
    assert get(f"/katalog/{hujan.pk}/marc/").status_code == 404
    SourceRecord.objects.create(library=library, source="marc", external_id="1", title=hujan, form="marc21",
                                content=b"00026nam a\xff\x1d", sha256="", recorded_at=at)
    response = get(f"/katalog/{hujan.pk}/marc/")
    assert (response.content, response["Content-Type"]) == (b"00026nam a\xff\x1d", "application/marc")


def test_the_api_finds_titles(hujan: Title) -> None:
    answer = get("/api/v1/titles", q="hujan").json()
    assert (answer["count"], answer["is_capped"], answer["pages"]) == (1, False, 1)
    assert "corrected" not in answer
    item = answer["items"][0]
    assert (item["id"], item["title"], item["contributors"]) == (str(hujan.pk), "Hujan", ["Tere Liye"])
    assert item["libraries"] == [{"code": "L002", "name": "TBM Melati", "copies": 1, "available": 1},
                                 {"code": "L001", "name": "Perpustakaan Kelurahan Sukasari", "copies": 1,
                                  "available": 0}]
    assert get("/api/v1/titles", q="hujna").json()["corrected"] == "hujan"
    assert get("/api/v1/titles", q="zzqx").json()["count"] == 0
    assert get("/api/v1/titles", q="hujan", **{"class": "5"}).json()["count"] == 0
    assert get("/api/v1/titles", q="hujan", **{"class": "8"}, decade="2016", facets="true").json()["facets"][
        "class"] == [{"value": "8", "count": 1}]
    assert get("/api/v1/titles", page="0").status_code == 422


def test_the_api_tells_where_each_copy_is(hujan: Title) -> None:
    answer = get(f"/api/v1/titles/{hujan.pk}").json()
    assert [(copy["library"], copy["state"], copy["is_available"]) for copy in answer["copies"]] == [
        ("L001", "on_loan", False), ("L002", "available", True)]
    assert answer["identifiers"] == [{"kind": "isbn", "value": "9786020332956", "is_valid": True}]


def test_the_api_lists_the_libraries(library: Library, make_library: Any) -> None:
    make_library(closed_on="2020-01-01")
    assert get("/api/v1/libraries").json() == {"count": 1, "items": [{
        "code": "L001", "name": "Perpustakaan Kelurahan Sukasari", "kind": "village",
        "region": {"code": "36.71.01.1007", "name": "Sukasari"}}]}


def test_the_api_costs_the_same_for_one_and_for_three(
        hujan: Title, make_copy: MakeCopy, django_assert_num_queries: Any) -> None:
    for extra in range(3):
        with django_assert_num_queries(7):
            get("/api/v1/titles", q="hujan")
        index_titles([make_copy(f"Hujan {extra}").title_id])


def test_the_api_counts_requests_of_an_address(hujan: Title, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    monkeypatch.setattr("time.time", lambda: 1_800_000_030.0)
    there = Client(REMOTE_ADDR=f"10.9.8.{UUID(int=hujan.pk.int).int % 200}")
    assert [there.get("/api/v1/libraries").status_code for _ in range(3)] == [200, 200, 429]
    refused = there.get("/api/v1/titles?q=hujan")
    assert (refused.status_code, refused["Retry-After"], refused.json()["code"]) == (429, "30", "too_many_requests")
    assert Client(REMOTE_ADDR="10.9.7.1").get("/api/v1/libraries").status_code == 200
    monkeypatch.setattr("time.time", lambda: 1_800_000_060.0)
    assert there.get("/api/v1/libraries").status_code == 200


def test_the_api_describes_itself(db: None) -> None:
    paths = json.loads(get("/api/v1/openapi.json").content)["paths"]
    assert {"/api/v1/titles", "/api/v1/titles/{id}", "/api/v1/libraries"} <= set(paths)


def test_staff_go_from_a_title_to_their_own_copies(
        hujan: Title, library: Library, librarian: Any, sign_in: Any) -> None:
    own = f'href="/perpustakaan/{library.code}/buku/{hujan.pk}/eksemplar/"'
    assert own in sign_in(librarian).get(f"/katalog/{hujan.pk}/").content.decode()
    assert own not in get(f"/katalog/{hujan.pk}/").content.decode()
