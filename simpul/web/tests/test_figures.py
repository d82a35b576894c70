"""A number opens to its rows; what may not be seen is withheld; strangers find nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.circulation.actions import lend_copy
from simpul.core import clock
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.libraries.models import Library
from simpul.visits.actions import record_visit
from simpul.visits.models import Visit
from simpul.web.queries import week_figure, weeks_by_library

TUESDAY = date(2026, 3, 10)


@pytest.fixture
def write_visits(library: Library, at: datetime) -> Callable[..., None]:
    def write(n: int = 1, *, on: date = TUESDAY, where: Library | None = None, **given: Any) -> None:
        for _ in range(n):
            Visit.objects.create(**({"library": where or library, "entry_id": library.pk, "how": "visitor", "sex": "P",
                                     "age_group": "6-12", "happened_at": at, "local_date": on,
                                     "recorded_at": at} | given))

    return write


def test_a_week_stands_beside_the_same_days_of_last_week(
        write_visits: Callable[..., None], library: Library, at: datetime) -> None:
    write_visits(3)
    write_visits(2, on=TUESDAY - timedelta(days=1))
    write_visits(4, on=TUESDAY - timedelta(days=7))  # today is not over: not compared
    write_visits(7, on=TUESDAY - timedelta(days=8))
    write_visits(9, on=TUESDAY - timedelta(days=4))  # Friday of last week: not compared with on a Tuesday
    write_visits(1, count=5)
    write_visits(1, voided_at=at)
    figure = week_figure("visits", [library.pk], TUESDAY)
    assert (figure.today, figure.week, figure.until_yesterday, figure.same_days_before) == (8, 10, 2, 7)
    assert [day.now for day in figure.days] == [2, 8, None, None, None, None, None]


def test_the_city_asks_the_same_queries_for_one_and_three_libraries(
        write_visits: Callable[..., None], make_library: Callable[..., Library], library: Library,
        django_assert_num_queries: Any) -> None:
    write_visits(2)
    with django_assert_num_queries(6):
        assert len(weeks_by_library(None, TUESDAY)) == 1
    for where in (make_library(), make_library()):
        write_visits(1, where=where)
    with django_assert_num_queries(6):
        assert len(weeks_by_library(None, TUESDAY)) == 3


def test_a_figure_opens_to_its_rows(write_visits: Callable[..., None], librarian: Account, library: Library,
                                    sign_in: Callable[[Account], Client]) -> None:
    write_visits(3)
    response = sign_in(librarian).get(f"/angka/visits/?library={library.code}&from=2026-03-10&to=2026-03-10")
    assert response.status_code == 200
    assert response.context["total"] == 3
    assert len(response.context["rows"]) == 3


def test_a_figure_as_csv_runs_no_formula(write_visits: Callable[..., None], librarian: Account, library: Library,
                                         sign_in: Callable[[Account], Client]) -> None:
    write_visits(1, how="group", origin="=HYPERLINK(1)")
    response = sign_in(librarian).get(
        f"/angka/visits/?library={library.code}&from=2026-03-10&to=2026-03-10&format=csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert len(text.strip().splitlines()) == 2
    assert ",=HYPERLINK" not in text


@pytest.mark.parametrize("query", ["", "?library=L001", "?library=NOWHERE", "?from=yesterday&library=L001"])
def test_a_stranger_opens_no_figure_of_another_library(query: str, library: Library, stranger: Account,
                                                       sign_in: Callable[[Account], Client]) -> None:
    response = sign_in(stranger).get(f"/angka/visits/{query}")
    assert response.status_code == (200 if query == "" else 404)
    if query == "":
        assert response.context["total"] is None  # nothing recorded is no zero


@pytest.mark.parametrize("who", ["mentor", "coordinator"])
@pytest.mark.parametrize("name", ["visits", "loans", "returns", "renewals", "members", "new_members", "ict_visits"])
def test_outsiders_open_a_figure_about_people_to_days_only(
        name: str, who: str, write_visits: Callable[..., None], library: Library, request: Any,
        sign_in: Callable[[Account], Client]) -> None:
    """One visit of a woman over sixty on a Tuesday is a person to her neighbours; so is who borrowed which title."""
    write_visits(1, age_group="60+", uses_ict=True)
    browser = sign_in(request.getfixturevalue(who))
    address = f"/angka/{name}/?library={library.code}&from=2026-03-09&to=2026-03-10"
    page = browser.get(address)
    assert (page.status_code, page.context["rows"], page.context["opens"]) == (200, [], False)
    counted = [{"day": TUESDAY, "value": 1}] if "visits" in name else []
    assert page.context["days"] == counted
    sheet = b"".join(browser.get(address + "&format=csv").streaming_content).decode().splitlines()
    assert sheet[1:] == ([f"{library.code},2026-03-10,1"] if counted else [])


@pytest.mark.parametrize("query", ["from=0001-01-01", "to=0001-01-01", "to=9999-12-31", "from=9999-12-31&to=0001-01-01"])
def test_the_ends_of_the_calendar_are_days_too(query: str, library: Library, librarian: Account,
                                               sign_in: Callable[[Account], Client]) -> None:
    assert sign_in(librarian).get(f"/angka/visits/?library={library.code}&{query}").status_code == 200


def test_the_journal_tells_outsiders_nothing_of_readers(
        library: Library, mentor: Account, coordinator: Account, librarian: Account, make_member: Any,
        make_copy: Any, by_librarian: Any, at: datetime, sign_in: Callable[[Account], Client]) -> None:
    lend_copy(copy=make_copy("Bumi Manusia"), to=make_member(), by=by_librarian, at=at, id=new_id())
    record_visit(library=library, sex="P", age_group="60+", by=by_librarian, at=clock.now(), id=new_id())
    address = f"/perpustakaan/{library.code}/catatan/"

    def verbs(who: Account, at: str) -> list[str]:
        return [sentence.line.verb for sentence in sign_in(who).get(at).context["sentences"]]

    assert verbs(librarian, address) == ["visit.recorded", "loan.lent"]
    for who in (mentor, coordinator):
        assert verbs(who, address) == verbs(who, "/kota/catatan/") == ["visit.recorded"]


def test_nothing_a_signed_in_person_saw_is_kept(library: Library, librarian: Account,
                                                sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(librarian)
    for page in ("hari-ini", "pinjam", "kunjungan", "anggota", "catatan", "jatuh-tempo", "baca-di-tempat"):
        answer = browser.get(f"/perpustakaan/{library.code}/{page}/")
        assert ("no-store" in answer["Cache-Control"], "private" in answer["Cache-Control"]) == (True, True), page
    public = Client().get("/katalog/")
    assert (public.has_header("Cache-Control"), "Cookie" in public["Vary"]) == (False, True)


def test_an_unknown_measure_is_not_there(librarian: Account, sign_in: Callable[[Account], Client]) -> None:
    assert sign_in(librarian).get("/angka/secrets/").status_code == 404
    assert Client().get("/angka/visits/").status_code == 302


def test_every_measure_opens_by_each_of_its_disaggregations(
        librarian: Account, library: Library, sign_in: Callable[[Account], Client], make_member: Callable[..., Any],
        make_copy: Callable[..., Any], write_visits: Callable[..., None]) -> None:
    write_visits(1)
    make_member()
    make_copy()
    browser = sign_in(librarian)
    for name, measure in discover().items():
        for by in ["", *measure.disaggregations]:
            address = f"/angka/{name}/?library={library.code}&by={by}&from=2026-01-01&to=2026-12-31"
            assert browser.get(address).status_code == 200, address
            assert browser.get(f"/angka/{name}/?by={by}").status_code == 200, address
