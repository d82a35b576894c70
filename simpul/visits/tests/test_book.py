"""The volunteer's page: a tap writes a visit down and shows how to take it back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from simpul.accounts.models import Account
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.visits.models import Visit

SignIn = Callable[[Account], Client]
HTMX = {"HX-Request": "true"}


def url(name: str, *args: Any) -> str:
    return reverse(f"visits:{name}", args=["L001", *args])


@pytest.fixture
def desk(sign_in: SignIn, volunteer: Account) -> Client:
    return sign_in(volunteer)


def rows() -> list[tuple[str, str, str, int]]:
    return list(Visit.objects.valid().order_by("pk").values_list("how", "sex", "age_group", "count"))


def test_one_tap_writes_a_visit_down(desk: Client, library: Library) -> None:
    answer = desk.post(url("record"), {"change": new_id(), "cell": "P:6-12"})
    assert rows() == [("visitor", "P", "6-12", 1)]
    entry = Visit.objects.get().entry_id
    assert (answer.status_code, answer["Location"]) == (302, f"{url('book')}?baru={entry}#jawaban")
    page = desk.get(url("book"), {"baru": entry}).content.decode()
    assert [page.count(piece) for piece in (url("undo", entry), f'id="entry-row-{entry}"')] == [2, 1]


def test_with_htmx_only_the_answer_comes_back(desk: Client, library: Library) -> None:
    answer = desk.post(url("record"), {"change": new_id(), "cell": "L:60+"}, headers=HTMX)
    page = answer.content.decode()
    entry = Visit.objects.get().entry_id
    assert (answer.status_code, "<html" in page, page.count(f'id="entry-row-{entry}"')) == (200, False, 1)
    assert [f'id="{id}"' in page for id in ("visit-count", "visit-next", "visit-scan")] == [True, True, False]


def test_a_double_tap_is_one_visit_and_two_categories_of_one_page_are_two(desk: Client, library: Library) -> None:
    change = new_id()
    for cell in ("P:6-12", "P:6-12", "L:6-12"):
        desk.post(url("record"), {"change": change, "cell": cell}, headers=HTMX)
    assert sorted(rows()) == [("visitor", "L", "6-12", 1), ("visitor", "P", "6-12", 1)]


@pytest.mark.parametrize("cell", ["", "X:6-12", "P:7", "P"])
def test_a_tap_on_nothing_writes_nothing(desk: Client, library: Library, cell: str) -> None:
    assert desk.post(url("record"), {"change": new_id(), "cell": cell}).status_code == 422
    assert rows() == []
