"""Today, the journal, the menu and the shell: who sees what, at which cost."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.visits.actions import record_visit

SignIn = Callable[[Account], Client]


@pytest.mark.parametrize("page", ["hari-ini", "catatan", "lainnya"])
def test_a_librarys_pages_are_not_there_for_strangers(page: str, library: Library, stranger: Account,
                                                      librarian: Account, sign_in: SignIn) -> None:
    address = f"/perpustakaan/{library.code}/{page}/"
    assert Client().get(address).status_code == 302
    assert sign_in(stranger).get(address).status_code == 404
    assert sign_in(librarian).get(address).status_code == 200


@pytest.mark.parametrize("address", ["/kota/", "/kota/catatan/", "/kota/lainnya/"])
def test_the_citys_pages_are_for_those_who_look_after_it(address: str, librarian: Account, coordinator: Account,
                                                         mentor: Account, sign_in: SignIn) -> None:
    assert Client().get(address).status_code == 302
    assert sign_in(librarian).get(address).status_code == 404
    assert sign_in(coordinator).get(address).status_code == 200
    assert sign_in(mentor).get(address).status_code == 200


def test_the_day_begins_where_the_reader_serves(library: Library, librarian: Account, coordinator: Account,
                                                make_account: Callable[..., Account], sign_in: SignIn) -> None:
    assert sign_in(librarian).get("/hari-ini/")["Location"] == f"/perpustakaan/{library.code}/hari-ini/"
    assert sign_in(coordinator).get("/hari-ini/")["Location"] == "/kota/"
    assert sign_in(make_account("Nobody Yet")).get("/hari-ini/")["Location"] == "/akun/"


def test_the_citys_page_costs_the_same_for_two_and_for_five_libraries(
        library: Library, coordinator: Account, make_library: Callable[..., Library], sign_in: SignIn,
        django_assert_max_num_queries: Any) -> None:
    browser = sign_in(coordinator)

    def cost() -> int:
        with django_assert_max_num_queries(40) as counted:
            assert browser.get("/kota/").status_code == 200
        return len(counted)

    cost()
    few = cost()
    for _ in range(3):
        make_library()
    assert cost() == few


def test_the_journal_reads_as_sentences_without_names(library: Library, librarian: Account, coordinator: Account,
                                                      by_librarian: Actor, make_member: Callable[..., Any],
                                                      at: datetime, sign_in: SignIn) -> None:
    make_member("Siti Nurhaliza", card="KARTU234")
    record_visit(library=library, card="KARTU234", by=by_librarian, at=at, id=new_id())
    own = sign_in(librarian).get(f"/perpustakaan/{library.code}/catatan/")
    assert len(own.context["sentences"]) == 1
    assert own.context["sentences"][0].text.startswith("Rina Wulandari")
    city = sign_in(coordinator).get("/kota/catatan/").content.decode()
    assert "Siti" not in city


def test_the_journal_is_filtered_by_library_and_day(library: Library, other_library: Library, coordinator: Account,
                                                    by_librarian: Actor, at: datetime, sign_in: SignIn) -> None:
    record_visit(library=library, sex="P", by=by_librarian, at=at, id=new_id())
    browser = sign_in(coordinator)

    def shown(query: str) -> int:
        return len(browser.get(f"/kota/catatan/?{query}").context["sentences"])

    recorded = clock.local_date(clock.now(), library.time_zone)
    assert [shown(f"hari={recorded}&perpustakaan={library.code}"), shown(f"perpustakaan={other_library.code}"),
            shown("hari=2001-01-01"), shown("hari=kemarin")] == [1, 0, 0, 1]


def test_the_shell_is_installable_and_honest() -> None:
    browser = Client()
    manifest = browser.get("/manifest.webmanifest").json()
    assert [icon["sizes"] for icon in manifest["icons"]] == ["192x192", "512x512", "512x512"]
    assert browser.get("/sw.js")["Content-Type"] == "text/javascript"
    assert browser.get("/luring/").status_code == 200


def test_the_policy_allows_no_inline_script(db: None) -> None:
    policy = Client().get("/privasi/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
