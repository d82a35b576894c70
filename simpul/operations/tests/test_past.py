"""A librarian brings the past by a page: tried first, then taken in, in the background."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.operations.schedule import run_imports
from simpul.transfers.models import Batch
from simpul.visits.models import Visit

TABLE = b"tanggal,jumlah\n2026-03-01,4\n2026-03-02,x\n"


@pytest.fixture
def bring(sign_in: Callable[[Account], Client], librarian: Account, library: Library, tmp_path: Path,
          settings: Any) -> Callable[..., Any]:
    settings.DATA = tmp_path
    browser = sign_in(librarian)

    def do(content: bytes = TABLE, name: str = "../lama.csv", **more: Any) -> Any:
        return browser.post(f"/perpustakaan/{library.code}/impor/catatan-lama/", {
            "change": str(new_id()), "kind": "visits", "file": SimpleUploadedFile(name, content), **more})

    return do


def test_tried_then_taken_in(bring: Callable[..., Any], library: Library, at: datetime) -> None:
    tried = bring(is_dry_run="on")
    assert run_imports(at) == 1
    batch = Batch.objects.get()
    assert (tried.url, batch.state, batch.added, batch.refused, Visit.objects.count()) == (
        f"/perpustakaan/{library.code}/impor/{batch.pk}/", "done", 1, 1, 0)
    bring()
    assert run_imports(at) == 1
    assert Visit.objects.values_list("count").get() == (4,)
    assert not any(path for one in Batch.objects.all() for path in one.folder.glob("[0-9]-*"))


def test_a_double_tap_is_one_run(bring: Callable[..., Any], at: datetime) -> None:
    change = str(new_id())
    assert bring(change=change).url == bring(change=change).url
    assert Batch.objects.count() == 1


def test_a_table_that_is_none_says_so(bring: Callable[..., Any], at: datetime) -> None:
    for content, name in ((b"nama\nSiti\n", "a.csv"), (b"PK\x03\x04 broken", "b.xlsx")):
        bring(content, name)
    run_imports(at)
    assert {(one.state, one.message[:14]) for one in Batch.objects.all()} == {("failed", "Baris pertama ")}


def test_templates_and_strangers(sign_in: Callable[[Account], Client], librarian: Account, stranger: Account,
                                 volunteer: Account, library: Library) -> None:
    page = f"/perpustakaan/{library.code}/impor/catatan-lama/"
    assert [sign_in(who).get(page).status_code for who in (librarian, volunteer, stranger)] == [200, 404, 404]
    assert sign_in(librarian).get(f"{page}templat/loans.csv").content.startswith(b"tanggal_pinjam,")
    assert sign_in(librarian).get(f"{page}templat/members.csv").status_code == 404
