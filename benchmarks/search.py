"""The public catalogue through HTTP as the production server does it: search and the page of a title; JSON on stdout.

usage: python benchmarks/search.py CITY QUERIES [--data FOLDER] [--seconds 10]

CITY holds biblio.csv and item.csv (SLiMS exports), QUERIES is a text file with one query a line. The data folder is
built from them where it is empty (100,000 titles: about a minute and a half) and used again where it is not. Prints
milliseconds of one client (p50, p95) and requests a second of eight clients with keep-alive.
"""

import argparse
import http.client
import itertools
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

CODE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CODE))
CLIENTS = 8


def build(city: Path) -> None:
    """Import the city into an empty data folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from simpul.catalogue.importing import import_file
    from simpul.core import clock
    from simpul.core.actor import COMMAND
    from simpul.core.ids import new_id
    from simpul.libraries.models import City, Library, Region

    call_command("migrate", verbosity=0, skip_checks=True)
    whole = Path(os.environ["SIMPUL_DATA"]) / "benchmark_city_is_whole"
    if whole.exists():
        return
    region = Region.objects.get_or_create(id=Region.id_for("36.71"), code="36.71", name="Kota", level=2)[0]
    City.objects.get_or_create(region=region, defaults={"name": "Kota"})
    library = Library.objects.get_or_create(
        code="BENCH", defaults={"name": "Perpustakaan Kota", "kind": "city", "region": region})[0]
    import_file(kind="slims", paths=[city / "biblio.csv", city / "item.csv"], library=library, by=COMMAND,
                at=clock.now(), id=new_id())
    whole.touch()  # a build that was stopped half-way goes on where it was: the import adds nothing twice


def ask(wire: http.client.HTTPConnection, address: str) -> tuple[float, bytes]:
    """Milliseconds and contents of one page."""
    began = time.perf_counter()
    wire.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = wire.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status}")
    return (time.perf_counter() - began) * 1000, body


def one_client(port: int, addresses: list[str], rounds: int) -> dict[str, float]:
    wire = http.client.HTTPConnection("127.0.0.1", port)
    took = [ask(wire, address)[0] for _ in range(rounds) for address in addresses]
    return {"n": len(took), "p50_ms": round(statistics.median(took), 1),
            "p95_ms": round(statistics.quantiles(took, n=20)[18], 1), "most_ms": round(max(took), 1)}


def eight_clients(port: int, addresses: list[str], seconds: float) -> dict[str, float]:
    turn: Iterator[str] = itertools.cycle(addresses)
    until, took = time.perf_counter() + seconds, []

    def client() -> None:
        wire = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < until:
            took.append(ask(wire, next(turn))[0])

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"requests_a_second": round(len(took) / (time.perf_counter() - began)),
            "p50_ms": round(statistics.median(took), 1), "p95_ms": round(statistics.quantiles(took, n=20)[18], 1)}


def measure(port: int, queries: list[str], seconds: float) -> dict[str, object]:
    searches = [f"/katalog/?{urlencode({'q': query})}" for query in queries]
    api = [f"/api/v1/titles?{urlencode({'q': query})}" for query in queries]
    wire = http.client.HTTPConnection("127.0.0.1", port)
    wire.request("GET", "/katalog/?q=sejarah")
    page = wire.getresponse().read().decode()
    titles = list(dict.fromkeys(re.findall(r"/katalog/[0-9a-f-]{36}/", page)))
    told: dict[str, object] = {"load_average": [round(load, 1) for load in os.getloadavg()]}
    for name, addresses in (("search", searches), ("title", titles), ("search_api", api)):
        one_client(port, addresses, 1)  # warm
        told[name] = {"one_client": one_client(port, addresses, max(2, 150 // len(addresses))),
                      "eight_clients": eight_clients(port, addresses, seconds)}
    told["bytes_of_a_search_page"] = len(page)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("city", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seconds", type=float, default=10)
    asked = parser.parse_args()
    os.environ["SIMPUL_DATA"] = str(asked.data or tempfile.mkdtemp(prefix="simpul-search-"))
    os.environ["SIMPUL_API_REQUESTS_PER_MINUTE"] = "0"
    build(asked.city)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = subprocess.Popen([sys.executable, str(CODE / "bin" / "simpul"), "serve"], stdout=subprocess.DEVNULL,
                             env=os.environ | {"PORT": str(port)})
    try:
        _wait(port)
        queries = [line.strip() for line in asked.queries.read_text().splitlines() if line.strip()]
        print(json.dumps(measure(port, queries, asked.seconds), indent=2))
    finally:
        serve.terminate()
        serve.wait(30)


def _wait(port: int) -> None:
    for _tenth in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not answer within a minute")


if __name__ == "__main__":
    main()
