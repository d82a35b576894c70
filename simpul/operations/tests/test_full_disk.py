"""On a full disk nothing is written, somebody is told, and reading goes on."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from simpul.accounts.models import SignInFailures
from simpul.operations.middleware import FullDiskMiddleware, mark_full_disk
from simpul.operations.problems import is_disk_full
from simpul.operations.tests.conftest import Said


@pytest.fixture
def full_database(transactional_db: None) -> Iterator[None]:
    """SQLite may not grow by one page more, and its free pages are used up: its real "database or disk is full"."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's disk is not ours to fill; its error is told by words below")
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute("CREATE TABLE filler (content BLOB)")
        used = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {used}")
        with suppress(OperationalError):
            while True:
                cursor.execute("INSERT INTO filler VALUES (zeroblob(3900))")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {before}")
        cursor.execute("DROP TABLE filler")


@pytest.mark.parametrize(("error", "is_full"), [
    (OperationalError("database or disk is full"), True),
    (OperationalError('could not extend file "base/1": No space left on device'), True),
    (OSError(errno.ENOSPC, "x"), True),
    (OSError(errno.EACCES, "x"), False),
    (OperationalError("database is locked"), False),
    (None, False),
])
def test_the_errors_of_a_full_disk_are_known(error: BaseException | None, is_full: bool) -> None:
    assert is_disk_full(error) is is_full


def test_an_error_caused_by_a_full_disk_is_one() -> None:
    error = RuntimeError("could not save")
    error.__cause__ = OSError(errno.ENOSPC, "x")
    assert is_disk_full(error) is True


def test_on_a_full_disk_a_form_is_answered_with_507_and_reading_goes_on(full_database: None) -> None:
    """The last rows that still fit are taken; the first that does not is refused whole."""
    client = Client(raise_request_exception=False)
    answers: list[int] = []
    while 507 not in answers and len(answers) < 300:
        before = SignInFailures.objects.count()
        number = f"0812{len(answers):08}"
        answers.append(client.post("/masuk/", {"name": number, "password": "x" * 12}).status_code)
    assert answers[-1] == 507
    assert SignInFailures.objects.count() == before
    assert client.get("/katalog/").status_code == 200


class Broken:
    """A view behind Django's own handling: the signal is sent as for any error."""

    def __init__(self, error: Exception, path: str = "/") -> None:
        self.error, self.path = error, path

    def answer(self) -> Any:
        def get_response(request: Any) -> Any:
            from django.http import HttpResponse

            try:
                raise self.error
            except Exception:
                mark_full_disk(None, request=request)
            response = HttpResponse("an error page", status=500)
            response["Content-Security-Policy"] = "default-src 'none'"
            return response

        return FullDiskMiddleware(get_response)(RequestFactory().post(self.path))


def test_the_page_says_what_to_do_and_keeps_its_security_headers() -> None:
    response = Broken(OperationalError("database or disk is full")).answer()
    assert response.status_code == 507
    assert "Penyimpanan penuh" in response.content.decode()
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Content-Length"] == str(len(response.content))


def test_a_machine_gets_json() -> None:
    import json

    response = Broken(OperationalError("database or disk is full"), "/api/v1/visits").answer()
    assert (response.status_code, response["Content-Type"]) == (507, "application/json")
    assert json.loads(response.content)["code"] == "disk_full"


def test_another_error_stays_what_it_is() -> None:
    response = Broken(OperationalError("database is locked")).answer()
    assert (response.status_code, response.content) == (500, b"an error page")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"),
                    reason="mounting a small disk needs root")
def test_a_backup_on_a_full_disk_leaves_nothing_behind(simpul: Callable[..., Said], tmp_path: Path) -> None:
    small = tmp_path / "stick"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        said = simpul("export", "csv", "--library", "L001", small / "x.csv")
        assert said.code == 1  # no such library: nothing was opened
        (small / "filler").write_bytes(b"x" * 60_000)
        said = simpul("backup", small / "all.zip", "--json")
        assert (said.code, said.json["error"]["code"]) in ((1, "no_room"), (1, "disk_full"))
        assert sorted(p.name for p in small.iterdir()) == ["filler"]
    finally:
        subprocess.run(["umount", str(small)], check=True)
