"""What was saved comes back; what was not saved well is refused."""

import hashlib
import json
import sqlite3
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from simpul.operations.backup import copy_sqlite
from simpul.operations.console import Problem
from simpul.operations.locks import SERVING, Lock
from simpul.operations.restore import opened, read_manifest, verify
from simpul.operations.tests.conftest import Node, Said


def libraries_of(node: Node) -> int:
    return len(json.loads(node.simpul("libraries", "--json").stdout)["libraries"])


def test_a_round_trip_brings_everything_back(node: Node, elsewhere: Node, tmp_path: Path) -> None:
    saved = node.simpul("backup", tmp_path / "all.zip", "--json")
    assert saved.returncode == 0, saved.stderr
    assert json.loads(saved.stdout)["entries"] == 2
    assert (tmp_path / "all.zip").stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert "secret_key" not in archive.namelist()
        assert json.loads(archive.read("manifest.json"))["city"] == "Kota Tangerang"

    restored = elsewhere.simpul("restore", tmp_path / "all.zip", "--json")
    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout)["moved_aside_to"] is None
    assert libraries_of(elsewhere) == 105
    assert (elsewhere.data / "files" / "ab" / "photo").read_bytes() == b"a picture"
    assert json.loads(elsewhere.simpul("journal", "verify", "--json").stdout)["holds"] is True
    assert (elsewhere.data / "secret_key").read_text() != (node.data / "secret_key").read_text()


def test_restoring_over_a_node_moves_the_old_aside(node: Node, tmp_path: Path) -> None:
    node.simpul("backup", tmp_path / "all.zip")
    (node.data / "files" / "ab" / "later").write_bytes(b"made after the backup")
    refused = node.simpul("restore", tmp_path / "all.zip", "--json")
    assert (refused.returncode, json.loads(refused.stdout)["error"]["code"]) == (1, "not_empty")

    done = node.simpul("restore", tmp_path / "all.zip", "--replace", "--json")
    assert done.returncode == 0, done.stderr
    aside = Path(json.loads(done.stdout)["moved_aside_to"])
    assert sorted(p.name for p in (node.data / "files" / "ab").iterdir()) == ["photo"]
    assert (aside / "files" / "ab" / "later").read_bytes() == b"made after the backup"
    assert (aside / ("simpul.sqlite3" if connection.vendor == "sqlite" else "database.pgdump")).exists()
    assert libraries_of(node) == 105


PICTURE = "files/ab/photo"


def backup_file(path: Path, **changed: Any) -> Path:
    """A small backup as this program writes it, with a manifest that says otherwise where `changed` does."""
    content = b"a picture"
    manifest = {"form": 1, "made_at": "2026-03-10T03:00:00+00:00", "engine": connection.vendor, "city": "",
                "migrations": [], "entries": {PICTURE: [hashlib.sha256(content).hexdigest(), len(content)]}} | changed
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(PICTURE, content)
        archive.writestr("manifest.json", json.dumps(manifest))
    return path


def refusal_of(path: Path) -> str:
    """The code with which a backup is refused before anything is touched; empty where it is good."""
    try:
        with opened(path) as archive:
            verify(archive, read_manifest(archive), lambda done, total, what: None)
    except Problem as problem:
        return problem.code
    return ""


def test_a_good_backup_is_taken(tmp_path: Path) -> None:
    assert refusal_of(backup_file(tmp_path / "good.zip")) == ""


@pytest.mark.parametrize(("changed", "code"), [
    ({"entries": {PICTURE: ["0" * 64, 9]}}, "damaged"),
    ({"entries": {PICTURE: [hashlib.sha256(b"a picture").hexdigest(), 8]}}, "damaged"),
    ({"entries": {"files/ab/gone": ["0" * 64, 9]}}, "damaged"),
    ({"entries": {"files/../../evil": ["0" * 64, 9]}}, "tampered"),
    ({"entries": {"/etc/passwd": ["0" * 64, 9]}}, "tampered"),
    ({"entries": {"secret_key": ["0" * 64, 9]}}, "tampered"),
    ({"migrations": ["circulation.9999_from_the_future"]}, "newer"),
    ({"form": 2}, "newer"),
    ({"engine": "oracle"}, "engine"),
    ({"something": "else"}, "no_backup"),
])
def test_a_backup_that_is_not_what_was_saved_is_refused(tmp_path: Path, changed: dict[str, Any], code: str) -> None:
    assert refusal_of(backup_file(tmp_path / "bad.zip", **changed)) == code


def test_an_altered_byte_or_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    content = backup_file(tmp_path / "good.zip").read_bytes()
    middle = content.index(b"a picture")
    (tmp_path / "altered.zip").write_bytes(content[:middle] + b"A" + content[middle + 1:])
    (tmp_path / "short.zip").write_bytes(content[: len(content) // 2])
    assert [refusal_of(tmp_path / name) for name in ("altered.zip", "short.zip")] == ["damaged", "no_backup"]


def test_nothing_is_restored_under_a_running_server(
        simpul: Callable[..., Said], tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path / "data"
    server = Lock(SERVING, is_shared=True)
    assert server.take()
    said = simpul("restore", backup_file(tmp_path / "good.zip"), "--replace", "--json")
    server.free()
    assert (said.code, said.json["error"]["code"]) == (1, "is_serving")


def test_a_backup_does_not_write_over_a_file_unasked(simpul: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_text("mine")
    said = simpul("backup", tmp_path / "all.zip", "--json")
    assert said.json["error"]["code"] == "file_exists"
    assert (tmp_path / "all.zip").read_text() == "mine"


def test_the_desk_writes_while_the_database_is_copied(tmp_path: Path) -> None:
    """No write waits 200 ms, and the copy is one moment of the database, begun once."""
    source = tmp_path / "live.sqlite3"
    with closing(sqlite3.connect(source)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE loan (n INTEGER PRIMARY KEY, note BLOB)")
        live.executemany("INSERT INTO loan VALUES (?, ?)", ((n, b"x" * 4000) for n in range(10_000)))
        live.commit()
    waits: list[float] = []
    is_over = threading.Event()

    def desk() -> None:
        with closing(sqlite3.connect(source, isolation_level=None, timeout=10)) as mine:
            n = 1_000_000
            while not is_over.is_set():
                n += 1
                began = time.perf_counter()
                mine.execute("BEGIN IMMEDIATE")
                mine.execute("INSERT INTO loan VALUES (?, '')", (n,))
                mine.execute("COMMIT")
                waits.append(time.perf_counter() - began)
                time.sleep(0.002)

    thread = threading.Thread(target=desk)
    thread.start()
    steps: list[int] = []
    try:
        copy_sqlite(source, tmp_path / "copy.sqlite3", lambda done, total, what: steps.append(done))
    finally:
        is_over.set()
        thread.join()
    assert steps == sorted(steps)  # never begun again
    assert len(waits) > 5
    assert max(waits) < 0.2
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        assert copy.execute("SELECT count(*) FROM loan WHERE n < 10000").fetchone()[0] == 10_000
