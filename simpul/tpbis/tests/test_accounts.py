"""Accounts, colours, tables of both."""

from datetime import date, timedelta
from typing import Any

import pytest

from conftest import TODAY
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.replication.models import Document
from simpul.tpbis.actions import Told, take_table, take_told_back, tell_account
from simpul.tpbis.actions.refusals import NothingChosen, UnknownChoice, WrongDay
from simpul.tpbis.models import SimAccount, SimColour
from simpul.tpbis.queries.accounts import city_of, standings
from simpul.tpbis.queries.tables import read_table


@pytest.fixture
def who(by_librarian: Actor, at: Any) -> Any:
    return lambda **given: {"by": by_librarian, "at": at, "id": new_id()} | given


def test_an_account_is_told_becomes_a_paper_and_is_taken_back(library: Library, who: Any) -> None:
    id = new_id()
    tell_account(told=Told(library, "yes", date(2026, 1, 5), "red", TODAY), **who(id=id))
    now = standings([library], TODAY)[library.pk]
    assert (now.has_account, now.since_on, now.colour, now.read_by) == (True, date(2026, 1, 5), "red", "Rina Wulandari")
    assert Document.objects.standing().filter(kind="sim", dated_on=date(2026, 1, 5)).count() == 1
    take_told_back(together=id, library=library, **who())
    assert standings([library], TODAY)[library.pk].state == ""
    assert Document.objects.standing().count() == 0


def test_a_paper_of_the_account_counts(library: Library) -> None:
    Document.objects.create(library=library, kind="sim", dated_on=date(2025, 5, 1))
    assert standings([library], TODAY)[library.pk].since_on == date(2025, 5, 1)


def test_who_turned_red_and_how_it_was(library: Library, other_library: Library, who: Any, by_coordinator: Actor) -> None:
    for ago, colour in ((70, "green"), (40, "yellow"), (3, "red")):
        tell_account(told=Told(library, "yes", TODAY - timedelta(days=80), colour, TODAY - timedelta(days=ago)), **who())
    city = city_of([library, other_library], TODAY)
    assert (city.accounts, city.red, city.unknown, len(city.without)) == (1, 1, 1, 1)
    assert [one.library for one in city.turned_red] == [library]
    assert [(m.green, m.yellow, m.red, m.accounts) for m in city.months[-4:]] == [
        (1, 0, 0, 1), (0, 1, 0, 1), (0, 1, 0, 1), (0, 0, 1, 1)]


def test_what_cannot_be_is_refused(library: Library, who: Any, by_stranger: Actor) -> None:
    wrong = ((Told(library), NothingChosen), (Told(library, "x", TODAY), UnknownChoice), (Told(library, "", None, "blue", TODAY),
             UnknownChoice), (Told(library, "yes", TODAY + timedelta(days=1)), WrongDay), (Told(library, "yes"), WrongDay))
    for told, refusal in wrong:
        with pytest.raises(refusal):
            tell_account(told=told, **who())
    with pytest.raises(NotAllowed):
        tell_account(told=Told(library, "yes", TODAY), **who(by=by_stranger))
    with pytest.raises(NotAllowed):
        take_table(told=[Told(library, "yes", TODAY)], **who())
    assert (SimAccount.objects.count(), SimColour.objects.count()) == (0, 0)


@pytest.mark.parametrize("text", [
    "kode;perpustakaan;akun;sejak;warna;dibaca\nL001;;ya;5-1-2026;Merah;9/3/2026\nL002;;tidak;;;",
    "L001\tx\tya\t2026-01-05\tmerah\t2026-03-09\r\nL002\tx\tbelum\t\t\t",
    "akun,nama,warna,sejak,dibaca\nya,PERPUSTAKAAN kelurahan sukasari,m,5.1.2026,9.3.2026\ntidak,TBM  Melati,,,",
])
def test_tables_are_read_as_people_write_them(library: Library, other_library: Library, text: str) -> None:
    lines, refused = read_table(text, [library, other_library], TODAY)
    assert refused == []
    assert [(one.library.code, one.state, one.colour, one.read_on) for one in lines] == [
        ("L001", "yes", "red", date(2026, 3, 9)), ("L002", "no", "", None)]
    assert [one.since_on for one in lines] == [date(2026, 1, 5), TODAY]


def test_lines_that_cannot_be_read_say_why(library: Library, make_library: Any) -> None:
    twins = [make_library(name="TBM Kembar"), make_library(name="TBM Kembar")]
    text = ("kode;nama;akun;sejak;warna;dibaca\nX9;;ya;;;\n;TBM Kembar;ya;;;\nL001;;mungkin;;;\nL001;;ya;32-1-2026;;\n"
            "L001;;;;;\nL001;;ya;1-1-2027;;\nL001;;ya;;;\nL001;;ya;;;")
    lines, refused = read_table(text, [library, *twins], TODAY)
    assert (len(lines), [one.number for one in refused]) == (1, [1, 2, 3, 4, 5, 6, 8])
    assert all(one.why for one in refused)
    assert read_table("", [library], TODAY) == ([], [])


@pytest.mark.parametrize("n", [1, 3])
def test_the_city_asks_no_more_for_more(make_library: Any, who: Any, by_coordinator: Actor, n: int,
                                        django_assert_num_queries: Any) -> None:
    libraries = [make_library() for _n in range(n)]
    take_table(told=[Told(one, "yes", TODAY, "green", TODAY) for one in libraries], **who(by=by_coordinator))
    with django_assert_num_queries(5):
        assert city_of(libraries, TODAY).green == n
