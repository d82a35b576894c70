"""A node of its own for tests that start real processes: a data folder, and a database of the engine under test."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from simpul.operations.command_line import main

CODE = Path(__file__).resolve().parents[3]
Result = subprocess.CompletedProcess


@dataclass
class Node:
    """A data folder and the environment that chooses it."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)

    def simpul(self, *arguments: str | Path, **environment: str) -> "Result[str]":
        """Run a command to its end; output as text."""
        command = [sys.executable, "-m", "simpul", *map(str, arguments)]
        return subprocess.run(command, env=self.environment | environment, cwd=self.data.parent, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=120)


def environment_of(data: Path, database: str | None) -> dict[str, str]:
    ours = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SIMPUL_TEST_DATA")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    kept |= {"SIMPUL_DATA": str(data), "PYTHONPATH": str(CODE), "SIMPUL_LANGUAGE": "en"}
    return kept | ({"DATABASE_URL": database} if database else {})


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Kota Tangerang with its libraries, set up by the command itself once a run; copied, never changed."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    with own_database() as url:
        node = Node(data, environment_of(data, url))
        done = node.simpul("setup", "--city", "36.71", "--near-regions-only", "--yes", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == {
            "city": {"code": "36.71", "name": "Kota Tangerang"}, "libraries": 105, "is_new": True}
        yield node


@pytest.fixture
def node(prepared: Node, tmp_path: Path) -> Iterator[Node]:
    """A copy of the prepared city, with one stored file."""
    data = tmp_path / "node" / "data"
    shutil.copytree(prepared.data, data)
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "photo").write_bytes(b"a picture")
    with own_database(template=prepared.environment.get("DATABASE_URL")) as url:
        yield Node(data, environment_of(data, url))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Node]:
    """Another machine: an empty data folder."""
    data = tmp_path / "elsewhere" / "data"
    data.parent.mkdir()
    with own_database() as url:
        yield Node(data, environment_of(data, url))


@contextmanager
def own_database(template: str | None = None) -> Iterator[str | None]:
    """A database on the PostgreSQL under test, empty or a copy; nothing on SQLite, whose database is a file."""
    if connection.vendor == "sqlite":
        yield None
        return
    name = f"node_{uuid4().hex[:8]}"
    on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template.rsplit("/", 1)[1] if template else "template0"}"')
    try:
        yield os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
    finally:
        on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def on_server(sql: str) -> None:
    """Outside of any transaction and of the test's own connection."""
    import psycopg

    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    given = {theirs: connection.settings_dict[ours] for ours, theirs in names.items() if connection.settings_dict[ours]}
    with psycopg.connect(**(given | {"dbname": "postgres"}), autocommit=True) as server:
        server.execute(sql)


@dataclass
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def simpul(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, db: None) -> Callable[..., Said]:
    """Run a command in this process, on the test's database, in English."""
    monkeypatch.setenv("SIMPUL_LANGUAGE", "en")

    def run(*arguments: object) -> Said:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
