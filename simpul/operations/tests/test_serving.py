"""The production server on a real node: it answers, stays small, stops when told, and leaves nobody behind."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from simpul.operations import serving
from simpul.operations.commands.serve import invite_to_set_up
from simpul.operations.console import Console, Problem
from simpul.operations.tests.conftest import Node

MOST_MEMORY = 300  # MB of all processes together
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running `simpul serve`."""

    def __init__(self, node: Node) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "simpul", "serve", "--port", str(self.port)], env=node.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True)

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return int(answer.status)

    def wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                self.get("/perpustakaan/")
                return
            except OSError:
                assert self.process.poll() is None, self.process.stdout and self.process.stdout.read()
                time.sleep(0.2)
        raise AssertionError("the server does not answer")

    @property
    def workers(self) -> list[int]:
        main = self.process.pid
        return [int(pid) for pid in Path(f"/proc/{main}/task/{main}/children").read_text().split()]

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        if self.process.stdout:
            self.process.stdout.close()


def pss(pid: int) -> float:
    """Megabytes of a process, shared pages divided among those that share them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@pytest.fixture
def server(node: Node) -> Iterator[Server]:
    running = Server(node)
    try:
        running.wait()
        yield running
    finally:
        running.close()


@linux_only
def test_it_answers_stays_small_and_stops_when_told(server: Server) -> None:
    for _n in range(15):
        assert [server.get(path) for path in ("/", "/katalog/", "/perpustakaan/", "/katalog/?q=buku")] == [200] * 4
    together = [server.process.pid, *server.workers]
    assert len(together) == 3
    assert sum(map(pss, together)) < MOST_MEMORY
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(25) == 0
    assert [pid for pid in together if Path(f"/proc/{pid}").exists()] == []


@linux_only
def test_when_the_server_is_killed_its_workers_leave(server: Server) -> None:
    workers = server.workers
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(5)
    until = time.monotonic() + 20
    while time.monotonic() < until and any(Path(f"/proc/{pid}").exists() for pid in workers):
        time.sleep(0.5)
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def test_a_node_without_a_city_shows_where_to_set_it_up(db: None) -> None:
    out = io.StringIO()
    with translation.override("en"):
        invite_to_set_up("http://127.0.0.1:8000", Console(out=out))
    assert re.fullmatch(r"This node serves no city yet\. Set it up at http://127\.0\.0\.1:8000/mulai/ "
                        r"with the code [2-9A-Z]{4}-[2-9A-Z]{4}\n", out.getvalue())


def test_a_node_with_a_city_shows_no_code(city: Any) -> None:
    out = io.StringIO()
    invite_to_set_up("http://127.0.0.1:8000", Console(out=out))
    assert out.getvalue() == ""


def test_a_busy_port_is_named_with_a_way_out() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem) as refused:
            serving.refuse_busy_port("127.0.0.1", port)
    assert refused.value.code == "port_busy"
    assert f"PORT={port + 1} bin/simpul serve" in str(refused.value)


@pytest.mark.parametrize(("given", "environment", "port"), [(None, None, 8000), (None, "8080", 8080), (81, "8080", 81)])
def test_the_port_is_chosen_by_option_then_environment(
        given: int | None, environment: str | None, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    if environment:
        monkeypatch.setenv("PORT", environment)
    assert serving.wanted_port(given) == port


@pytest.mark.parametrize("text", ["0", "70000", "http", ""])
def test_a_port_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Problem):
        serving.wanted_port(None)
