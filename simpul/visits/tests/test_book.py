"""The volunteer's page: a tap writes a visit down and shows how to take it back."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library, Stop
from simpul.people.models import Member
from simpul.visits.actions import record_tally, record_visit
from simpul.visits.models import Cell, Visit

SignIn = Callable[[Account], Client]
HTMX = {"HX-Request": "true"}


def url(name: str, *args: Any) -> str:
    return reverse(f"visits:{name}", args=["L001", *args])


@pytest.fixture
def desk(sign_in: SignIn, volunteer: Account) -> Client:
    return sign_in(volunteer)


def rows() -> list[tuple[str, str, str, int]]:
    return list(Visit.objects.valid().order_by("pk").values_list("how", "sex", "age_group", "count"))


# --- a tap --------------------------------------------------------------------------------------------------


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


def test_a_tap_with_a_computer(desk: Client, library: Library) -> None:
    desk.post(url("record"), {"change": new_id(), "cell": "L:13-17", "uses_ict": "1"}, headers=HTMX)
    assert Visit.objects.get().uses_ict is True


def test_the_stop_of_a_mobile_library_stays_chosen(desk: Client, library: Library) -> None:
    Library.objects.filter(pk=library.pk).update(kind=Library.Kind.MOBILE)
    stop = Stop.objects.create(library=library, name="Taman Potret")
    answer = desk.post(url("record"), {"change": new_id(), "cell": "L:13-17", "stop": stop.pk})
    assert Visit.objects.get().stop == stop
    assert answer["Location"] == f"{url('book')}?baru={Visit.objects.get().entry_id}&halte={stop.pk}#jawaban"
    assert desk.get(answer["Location"]).content.decode().count(f'<option value="{stop.pk}" selected>') == 1


# --- a card -------------------------------------------------------------------------------------------------


def test_a_card_is_scanned_twice_and_asked_about_once(
        desk: Client, library: Library, make_member: Callable[..., Member]) -> None:
    make_member(card="K7QM2X9P")

    def scan(**more: Any) -> str:
        answer = desk.post(url("card"), {"change": new_id(), "card": "K7QM2X9P", **more}, headers=HTMX)
        return answer.content.decode()

    assert scan().count('role="alert"') == 0
    assert scan().count('name="is_sure" value="1"') == 1
    assert len(rows()) == 1
    scan(is_sure="1")
    assert len(rows()) == 2


def test_an_unknown_card_says_so_and_keeps_what_was_typed(desk: Client, library: Library) -> None:
    answer = desk.post(url("card"), {"change": new_id(), "card": "SALAH<1>"})
    page = answer.content.decode()
    assert (answer.status_code, page.count('value="SALAH&lt;1&gt;"'), page.count('role="alert"')) == (422, 1, 1)


def test_her_own_library_reads_the_members_name_in_the_list(
        desk: Client, library: Library, make_member: Callable[..., Member]) -> None:
    make_member("Nurhayati", card="K7QM2X9P")
    desk.post(url("card"), {"change": new_id(), "card": "K7QM2X9P"})
    assert desk.get(url("book")).content.decode().count("Nurhayati") == 1


# --- undo, details, correction ------------------------------------------------------------------------------


@pytest.fixture
def entry(library: Library, by_volunteer: Actor, at: datetime) -> Visit:
    return record_visit(library=library, sex="P", age_group="6-12", by=by_volunteer, at=at, id=new_id())


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_undo_takes_the_entry_back(desk: Client, entry: Visit, headers: dict[str, str]) -> None:
    answer = desk.post(url("undo", entry.entry_id), {"change": new_id()}, headers=headers)
    assert (answer.status_code, rows(), Visit.objects.get().voided_because) == (200 if headers else 302, [], "undone")


def test_undone_twice_is_told_and_breaks_nothing(desk: Client, entry: Visit) -> None:
    for _ in range(2):
        answer = desk.post(url("undo", entry.entry_id), {"change": new_id()}, headers=HTMX)
    assert (answer.status_code, answer.content.decode().count('role="alert"')) == (200, 1)


def test_the_form_of_details_comes_when_asked_for(desk: Client, entry: Visit) -> None:
    page = url("complete", entry.entry_id)
    told = [desk.get(page, headers=headers).content.decode() for headers in ({}, HTMX)]
    assert [("<html" in text, text.count('name="occupation"')) for text in told] == [(True, 1), (False, 1)]


def test_details_are_added_in_the_line_of_the_answer(desk: Client, entry: Visit) -> None:
    change = new_id()
    answer = desk.post(url("complete", entry.entry_id), {
        "change": change, "purpose": "study", "occupation": "Pelajar", "has_disability": ""}, headers=HTMX)
    page = answer.content.decode()
    assert (page.count(f'id="entry-row-{change}"'), page.count(f"outerHTML:#entry-row-{entry.entry_id}")) == (1, 1)
    assert Visit.objects.valid().values_list("purpose", "occupation", "has_disability").get() == (
        "study", "Pelajar", None)


def test_a_correction_stands_beside_the_old_entry(desk: Client, entry: Visit) -> None:
    page = url("correct", entry.entry_id)
    assert desk.get(page).content.decode().count('value="P:6-12" selected') == 1
    assert desk.post(page, {"change": new_id(), "cell": "L:6-12"}).status_code == 422
    answer = desk.post(page, {"change": new_id(), "cell": "L:6-12", "why": "wrong_group"})
    assert (answer.status_code, rows()) == (302, [("visitor", "L", "6-12", 1)])
    book = desk.get(url("book")).content.decode()
    assert (book.count("<s>"), book.count('id="entry-row-')) == (1, 2)


def test_a_group_is_corrected_by_its_numbers(desk: Client, library: Library, by_volunteer: Actor, at: datetime) -> None:
    tally = record_tally(library=library, cells=[Cell("P", "6-12", 4)], by=by_volunteer, at=at, id=new_id())
    desk.post(url("correct", tally.entry_id), {"change": new_id(), "P:6-12": "5", "L:": "2", "why": "wrong_count"})
    assert sorted(rows()) == [("tally", "L", "", 2), ("tally", "P", "6-12", 5)]


# --- many ---------------------------------------------------------------------------------------------------


def test_a_group(desk: Client, library: Library) -> None:
    answer = desk.post(url("group"), {"change": new_id(), "origin": "SDN 4", "male": "12", "female": "15",
                                      "age_group": "6-12", "purpose": ""})
    assert (answer.status_code, sorted(rows())) == (302, [("group", "L", "6-12", 12), ("group", "P", "6-12", 15)])
    [message] = get_messages(answer.wsgi_request)
    assert message.extra_tags == f"undo:{url('undo', Visit.objects.first().entry_id)}"


def test_a_tally_that_is_very_large_is_confirmed_in_place(desk: Client, library: Library) -> None:
    told = {"change": new_id(), "P:6-12": "5500", "L:60+": "1"}
    first = desk.post(url("tally"), told)
    page = first.content.decode()
    assert (first.status_code, page.count('type="checkbox" name="is_sure"'), page.count('value="5500"')) == (422, 1, 1)
    assert desk.post(url("tally"), {**told, "is_sure": "on"}).status_code == 302
    assert sorted(rows()) == [("tally", "L", "60+", 1), ("tally", "P", "6-12", 5500)]


@pytest.mark.parametrize("told", [{}, {"P:6-12": "0"}, {"P:6-12": "-1"}, {"P:6-12": "banyak"}])
def test_a_tally_of_nobody_is_refused(desk: Client, library: Library, told: dict[str, str]) -> None:
    assert desk.post(url("tally"), {"change": new_id(), **told}).status_code == 422
    assert rows() == []


def picture(name: str = "halaman.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path
    return tmp_path


def test_a_paper_page_with_its_photo(
        desk: Client, library: Library, folder: Path, sign_in: SignIn, stranger: Account, mentor: Account) -> None:
    answer = desk.post(url("sheet"), {"change": new_id(), "day": "2026-03-08", "P:": "7", "L:18-59": "3",
                                      "photo": picture()})
    entry = Visit.objects.first().entry_id
    assert answer["Location"] == f"{url('book')}?hari=2026-03-08"
    assert Visit.objects.first().local_date == date(2026, 3, 8)
    photo = desk.get(url("photo", entry))
    assert (photo.status_code, photo["Content-Type"], photo["Content-Security-Policy"]) == (
        200, "image/jpeg", "default-src 'none'; sandbox")
    for close in photo._resource_closers:  # closing the response would close the test's database
        close()
    for other in (stranger, mentor):
        assert sign_in(other).get(url("photo", entry)).status_code == 404


def test_a_photo_that_is_none_keeps_the_numbers(desk: Client, library: Library, folder: Path) -> None:
    answer = desk.post(url("sheet"), {"change": new_id(), "day": "2026-03-08", "P:": "7",
                                      "photo": SimpleUploadedFile("a.jpg", b"<html>")})
    assert (answer.status_code, answer.content.decode().count('value="7"'), rows()) == (422, 1, [])
    assert list(folder.iterdir()) == []


def test_a_page_of_tomorrow_is_refused_beside_its_field(desk: Client, library: Library) -> None:
    answer = desk.post(url("sheet"), {"change": new_id(), "day": "2026-03-11", "P:": "7"})
    assert (answer.status_code, answer.content.decode().count('id="id_day_error"')) == (422, 1)


# --- who opens what -----------------------------------------------------------------------------------------

PAGES = ("book", "group", "tally", "sheet", "figures", "export")
POSTS = ("record", "card")


def test_strangers_find_nothing_and_visitors_are_asked_to_sign_in(
        sign_in: SignIn, stranger: Account, entry: Visit, client: Client) -> None:
    outside = sign_in(stranger)
    single = [url(name, entry.entry_id) for name in ("undo", "complete", "correct", "photo")]
    for page in [*(url(name) for name in PAGES), url("correct", entry.entry_id), url("photo", entry.entry_id)]:
        assert (page, outside.get(page).status_code) == (page, 404)
        assert client.get(page)["Location"].startswith(reverse("accounts:sign_in"))
    for page in [*(url(name) for name in POSTS), *single[:3]]:
        answer = outside.post(page, {"change": new_id(), "cell": "P:6-12", "card": "x"})
        assert (page, answer.status_code) == (page, 404)
        assert client.post(page).status_code == 302
    assert Visit.objects.valid().count() == 1


def test_an_entry_of_another_library_is_not_found_under_this_ones_address(
        sign_in: SignIn, stranger: Account, entry: Visit, other_library: Library) -> None:
    outside = sign_in(stranger)
    for name in ("undo", "complete"):
        assert outside.post(reverse(f"visits:{name}", args=["L002", entry.entry_id])).status_code == 404
    assert outside.get(reverse("visits:correct", args=["L002", entry.entry_id])).status_code == 404


def test_mentors_and_the_coordinator_see_counts_only(
        sign_in: SignIn, mentor: Account, coordinator: Account, entry: Visit) -> None:
    for account in (mentor, coordinator):
        outside = sign_in(account)
        assert outside.get(url("book"))["Location"] == url("figures")
        assert outside.get(url("figures")).status_code == 200
        assert [outside.get(url(name)).status_code for name in ("group", "export")] == [404, 404]
        assert outside.post(url("record"), {"change": new_id(), "cell": "P:6-12"}).status_code == 404


def test_outsiders_do_not_see_small_groups(
        sign_in: SignIn, mentor: Account, volunteer: Account, library: Library, by_volunteer: Actor,
        at: datetime) -> None:
    record_tally(library=library, cells=[Cell("P", "6-12", 21), Cell("P", "60+", 13), Cell("P", "13-17", 3)],
                 by=by_volunteer, at=at, id=new_id())
    charts = [sign_in(account).get(url("figures")).context["charts"] for account in (mentor, volunteer)]
    assert charts[0] == []  # a month that is not over is not broken down for outsiders
    assert [row["value"] for row in charts[1][0]["rows"]] == [21, 3, 13]
    Visit.objects.update(local_date=clock.local_date(clock.now(), library.time_zone).replace(day=1) - timedelta(days=1))
    told = sign_in(mentor).get(url("figures")).context["charts"][0]["rows"]
    assert [row["value"] for row in told] == [21, 16]  # thirteen and three stand together


# --- lists and queries --------------------------------------------------------------------------------------


def test_the_list_costs_the_same_for_one_and_three(
        desk: Client, library: Library, by_volunteer: Actor, at: datetime, make_member: Callable[..., Member],
        django_assert_num_queries: Any) -> None:
    def fill(n: int) -> None:
        member = make_member()
        record_visit(library=library, card=member.number, by=by_volunteer, at=at, id=new_id())
        record_tally(library=library, cells=[Cell("P", "", n), Cell("L", "", n)], by=by_volunteer, at=at, id=new_id())

    fill(1)
    with django_assert_num_queries(8):
        desk.get(url("book"))
    fill(2)
    fill(3)
    with django_assert_num_queries(8):
        desk.get(url("book"))


def test_a_tap_is_lean(desk: Client, library: Library, django_assert_max_num_queries: Any) -> None:
    desk.post(url("record"), {"change": new_id(), "cell": "P:6-12"}, headers=HTMX)
    with django_assert_max_num_queries(16):  # with BEGIN and COMMIT
        desk.post(url("record"), {"change": new_id(), "cell": "P:6-12"}, headers=HTMX)


def test_the_list_has_pages_and_days(desk: Client, library: Library, by_volunteer: Actor, at: datetime) -> None:
    for n in range(23):
        record_visit(library=library, sex="P", by=by_volunteer, at=at - timedelta(minutes=n), id=new_id())
    record_visit(library=library, sex="L", by=by_volunteer, at=at - timedelta(days=1), id=new_id())
    counts = [desk.get(url("book"), query).content.decode().count('id="entry-row-') for query in (
        {}, {"page": "2"}, {"hari": "2026-03-09"}, {"hari": "kemarin", "page": "x"}, {"hari": "2099-01-01"})]
    assert counts == [20, 3, 1, 20, 20]


def test_figures_compare_whole_weeks(desk: Client, library: Library, by_volunteer: Actor, at: datetime) -> None:
    for days, n in ((0, 5), (6, 4), (7, 3), (13, 2), (14, 50)):
        record_tally(library=library, cells=[Cell("P", "", n)], by=by_volunteer, at=at - timedelta(days=days),
                     id=new_id())
    told = desk.get(url("figures"), {"masa": "7"}).context
    assert (told["total"], told["earlier"], told["more"]) == (9, 5, 4)


def test_the_file_for_inlislite_has_its_codes_and_no_names(
        desk: Client, library: Library, by_volunteer: Actor, at: datetime, make_member: Callable[..., Member]) -> None:
    member = make_member("Nurhayati", sex="P", occupation="Guru", education="S1")
    record_visit(library=library, card=member.number, by=by_volunteer, at=at, id=new_id())
    record_tally(library=library, cells=[Cell("L", "6-12", 4)], by=by_volunteer, at=at, id=new_id())
    answer = desk.get(url("export"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    heading, first, second = text.strip().split("\r\n")
    assert heading.split(",")[:4] == ["NoPengunjung", "Jenis", "WaktuKunjungan", "NoAnggota"]
    assert first.split(",")[1:9] == [
        "anggota", "2026-03-10 10:00:00", member.number, "", "Perempuan", "18-59", "Guru", "S1"]
    assert second.split(",")[1:3] + second.split(",")[11:14] == ["hitungan", "2026-03-10 10:00:00", "4", "4", "0"]
    assert "Nurhayati" not in text
