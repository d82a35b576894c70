"""The pages on which a library's staff keep its collection."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from simpul.catalogue.actions import enter_quick_title
from simpul.catalogue.importing import run_waiting_batch
from simpul.catalogue.models import Copy, Identifier, Title
from simpul.catalogue.tests.marc import field, record
from simpul.core.ids import new_id
from simpul.transfers.models import Batch

pytestmark = pytest.mark.django_db
BOOK = record(("001", "b1"), field("245", a="Bumi Manusia"), field("952", p="BM1"))


@pytest.fixture
def browser(sign_in: Any, librarian: Any) -> Any:
    return sign_in(librarian)


def address(name: str, library: Any, *args: Any) -> str:
    return reverse(f"catalogue:{name}", args=[library.code, *args])


def upload(browser: Any, library: Any, content: bytes, **more: Any) -> Any:
    return browser.post(address("imports", library), {
        "change": str(new_id()), "kind": "marc", "file": SimpleUploadedFile("a/../katalog.mrc", content)} | more)


def test_a_file_is_put_aside_and_then_imported(browser: Any, library: Any) -> None:
    answer = upload(browser, library, BOOK)
    batch = Batch.objects.get()
    assert answer.url == address("batch", library, batch.pk)
    assert (batch.state, batch.file_name, [p.name for p in batch.folder.iterdir()]) == (
        "waiting", "katalog.mrc", ["1-file.mrc"])
    assert run_waiting_batch(batch.pk).as_dict() == {"read": 1, "added": 1, "updated": 0, "unchanged": 0, "refused": 0}
    page = browser.get(answer.url)
    assert page.status_code == 200
    assert Copy.objects.get().code == "BM1"
    assert [p.name for p in batch.folder.iterdir()] == ["refusals.csv"]


def test_a_run_that_was_killed_is_taken_up_again(browser: Any, library: Any) -> None:
    upload(browser, library, BOOK)
    batch = Batch.objects.get()
    Batch.objects.update(state=Batch.State.RUNNING, read=7, added=7)
    assert run_waiting_batch(batch.pk).as_dict() == {"read": 1, "added": 1, "updated": 0, "unchanged": 0, "refused": 0}


def test_a_run_that_fails_says_so(browser: Any, library: Any) -> None:
    upload(browser, library, BOOK)
    batch = Batch.objects.get()
    for path in batch.folder.iterdir():
        path.unlink()
    run_waiting_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.state == Batch.State.FAILED
    assert browser.get(address("batch", library, batch.pk)).status_code == 200


def test_progress_is_asked_for_again_until_it_is_over(browser: Any, library: Any) -> None:
    upload(browser, library, BOOK)
    batch = Batch.objects.get()
    piece = browser.get(address("batch", library, batch.pk), headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 2s"' in piece
    assert "<html" not in piece
    run_waiting_batch(batch.pk)
    assert "hx-trigger" not in browser.get(
        address("batch", library, batch.pk), headers={"HX-Request": "true"}).content.decode()


def test_refused_records_can_be_taken_along(browser: Any, library: Any) -> None:
    upload(browser, library, b"bukan marc")
    batch = Batch.objects.get()
    run_waiting_batch(batch.pk)
    answer = browser.get(address("refusals", library, batch.pk))
    assert b"".join(answer.streaming_content).decode().splitlines()[0] == "position,code,reason,excerpt"


def test_a_file_that_is_too_large_is_refused_beside_its_field(browser: Any, library: Any, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 10
    answer = upload(browser, library, BOOK)
    assert (answer.status_code, list(answer.context["form"].errors), Batch.objects.count()) == (200, ["file"], 0)


def test_the_template_is_a_workbook_that_imports_nothing_of_its_examples(
        browser: Any, library: Any, tmp_path: Path, by_librarian: Any, at: Any) -> None:
    from simpul.catalogue.importing import import_file

    path = tmp_path / "templat.xlsx"
    path.write_bytes(browser.get(address("sheet_template", library)).content)
    summary = import_file(kind="sheet", paths=[path], library=library, by=by_librarian, at=at, id=new_id())
    assert (summary.added, Title.objects.count()) == (0, 0)


def test_a_known_isbn_offers_one_touch(browser: Any, library: Any, make_title: Any) -> None:
    title = make_title("Hujan")
    Identifier.objects.create(title=title, kind="isbn", value="9786020324784")
    page = browser.get(address("new", library), {"isbn": "978-602-03-2478-4"})
    assert (page.context["known"], page.context["form"]) == ([title], None)
    browser.post(address("copies", library, title.pk), {"change": str(new_id()), "count": "1"})
    assert list(Copy.objects.values_list("title", "code")) == [(title.pk, "S000001")]


def test_an_unknown_isbn_opens_the_form_with_the_number_in_it(browser: Any, library: Any) -> None:
    page = browser.get(address("new", library), {"isbn": "9786020324784"})
    assert page.context["form"]["isbn"].value() == "9786020324784"


def book(**given: str) -> dict[str, str]:
    return {"change": str(new_id()), "title": "Hujan", "makers": "Tere Liye; Orang Lain", "isbn": "9786020324784",
            "language": "ind", "format": "book", "count": "2", "year": "2016"} | given


def test_a_book_is_added_by_its_form(browser: Any, library: Any) -> None:
    answer = browser.post(address("new", library), book(code="H1"))
    title = Title.objects.get()
    assert answer.url == address("copies", library, title.pk)
    assert (title.contributors_line, title.year) == ("Tere Liye; Orang Lain", 2016)
    assert sorted(Copy.objects.values_list("code", flat=True)) == ["H1", "S000001"]
    assert browser.get(answer.url).status_code == 200


def test_a_wrong_check_digit_is_said_beside_the_isbn_and_can_be_insisted_on(browser: Any, library: Any) -> None:
    page = browser.post(address("new", library), book(isbn="9786020324780"))
    assert list(page.context["form"].errors) == ["isbn"]
    browser.post(address("new", library), book(isbn="9786020324780", isbn_as_printed="on"))
    assert list(Identifier.objects.values_list("value", "is_valid")) == [("9786020324780", False)]


def test_a_code_that_is_taken_is_said_beside_its_field(browser: Any, library: Any, make_copy: Any) -> None:
    make_copy(code="H1")
    page = browser.post(address("new", library), book(code="H1"))
    assert (list(page.context["form"].errors), Title.objects.count()) == (["code"], 1)


def test_a_copy_is_corrected_withdrawn_and_put_back(browser: Any, library: Any, make_copy: Any) -> None:
    copy = make_copy()
    browser.post(address("copy", library, copy.pk), {
        "change": str(new_id()), "code": "X9", "acquisition": "grant", "received_on": "2024-02-12"})
    browser.post(address("withdraw", library, copy.pk), {"change": str(new_id())})
    copy.refresh_from_db()
    assert (copy.code, copy.acquisition, str(copy.received_on), copy.state) == ("X9", "grant", "2024-02-12", "withdrawn")
    browser.post(address("restore", library, copy.pk), {"change": str(new_id())})
    copy.refresh_from_db()
    assert copy.state == "available"


def test_a_title_entered_in_haste_is_completed_or_merged(
        browser: Any, library: Any, by_librarian: Any, at: Any, make_title: Any) -> None:
    known = make_title("Hujan")
    copy = enter_quick_title(title="hujan", library=library, by=by_librarian, at=at, id=new_id())
    page = browser.get(address("edit", library, copy.title_id))
    assert list(page.context["alike"]) == [known]
    browser.post(address("merge", library, copy.title_id), {"change": str(new_id()), "into": str(known.pk)})
    copy.refresh_from_db()
    assert copy.title_id == known.pk


def test_lists_ask_the_same_number_of_queries(browser: Any, library: Any, make_copy: Any, make_title: Any) -> None:
    title = make_title()

    def asked(rows: int) -> list[int]:
        for _n in range(rows):
            make_copy(title)
            Batch.objects.create(library_id=library.pk, kind="marc", file_name="a", started_at="2026-01-01T00:00:00Z")
        counts = []
        for page in (address("copies", library, title.pk), address("imports", library), address("new", library)):
            with CaptureQueriesContext(connection) as queries:
                browser.get(page)
            counts.append(len(queries))
        return counts

    browser.get(address("imports", library))  # what is asked once a session
    assert asked(1) == asked(2)


def test_strangers_find_nothing_and_visitors_are_asked_to_sign_in(
        library: Any, sign_in: Any, stranger: Any, volunteer: Any, client: Any, make_copy: Any) -> None:
    copy = make_copy()
    batch = Batch.objects.create(library_id=library.pk, kind="marc", file_name="a", started_at="2026-01-01T00:00:00Z")
    pages = {"new": (), "edit": (copy.title_id,), "copies": (copy.title_id,), "copy": (copy.pk,), "imports": (),
             "sheet_template": (), "batch": (batch.pk,), "refusals": (batch.pk,)}
    posts = {"merge": (copy.title_id,), "withdraw": (copy.pk,), "restore": (copy.pk,)}
    for name, args in pages.items():
        assert sign_in(stranger).get(address(name, library, *args)).status_code == 404, name
        assert client.get(address(name, library, *args)).status_code == 302, name
    for name, args in posts.items():
        assert sign_in(stranger).post(address(name, library, *args)).status_code == 404, name
    assert sign_in(volunteer).get(address("imports", library)).status_code == 404
    assert sign_in(volunteer).get(address("new", library)).status_code == 200


def test_a_neighbours_copy_is_not_found(browser: Any, library: Any, other_library: Any, make_copy: Any) -> None:
    copy = make_copy(library=other_library)
    assert browser.get(address("copy", library, copy.pk)).status_code == 404
