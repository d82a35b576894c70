"""The desk through HTTP as the production server does it: visit, loan and return, by page and by API; JSON on
standard output.

usage: python benchmarks/desk.py [--times 300] [--during FOLDER_WITH_biblio.csv_AND_item.csv]

Builds a data folder of its own (SIMPUL_DATA, else a temporary one) with 2,000 members and 20,000 copies, starts
`bin/simpul serve` on it with SQLite and synchronous=FULL, and works at the desk with one keep-alive connection, as a
browser with htmx does: the member's card once, then a copy each time; then each copy once more, which returns it.
With --during the desk goes on lending while an import of that folder runs.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

CODE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CODE))
MEMBERS, COPIES, AT_ONCE = 2000, 20_000, 3
CSRF, TOKEN = "b" * 32, "c" * 40


def build() -> str:
    """An empty folder becomes a library with members and copies; gives the session of its librarian."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from django.test import Client

    from simpul.accounts.models import Account

    call_command("migrate", verbosity=0, skip_checks=True)
    with transaction.atomic():  # a folder whose building was broken off is empty
        account = Account.objects.filter(phone="+628120000000").first() or _fill()
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def _fill():
    from simpul.accounts.models import Account, ApiToken
    from simpul.catalogue.models import Copy, Title
    from simpul.catalogue.search.index import index_titles
    from simpul.core import clock
    from simpul.core.secrets import fingerprint
    from simpul.libraries.models import City, Library, Region, StaffRole
    from simpul.people.models import Card, Member, MemberType, Person
    from simpul.people.queries import fold_name

    at, day = clock.now(), date(2020, 1, 1)
    region = Region.objects.get_or_create(id=Region.id_for("36.71"), code="36.71", name="Kota", level=2)[0]
    City.objects.get_or_create(region=region, defaults={"name": "Kota"})
    library = Library.objects.create(code="MEJA", name="Perpustakaan Meja", kind="village", region=region)
    account = Account.objects.create(name="Pengelola", phone="+628120000000", is_demonstration=True)
    StaffRole.objects.create(account=account, role="librarian", library=library, starts_on=day)
    kind = MemberType.objects.get_or_create(library=None, code="umum", defaults={"name": "Umum"})[0]
    names = [f"Anggota {n:04}" for n in range(MEMBERS)]
    persons = Person.objects.bulk_create([Person(
        library=library, name=name, name_key=fold_name(name), sex="P", birth_year=1990, recorded_at=at)
        for name in names])
    members = Member.objects.bulk_create([Member(
        library=library, person=person, number=f"A{n:05}", type=kind, since_on=day)
        for n, person in enumerate(persons)])
    Card.objects.bulk_create([Card(member=member, code=f"K{n:07}", issued_at=at) for n, member in enumerate(members)])
    titles = Title.objects.bulk_create([Title(
        title=f"Cerita rakyat nomor {n}", language="ind", recorded_at=at) for n in range(COPIES // 2)])
    for start in range(0, len(titles), 500):
        index_titles([title.pk for title in titles[start:start + 500]])
    Copy.objects.bulk_create([Copy(library=library, title=titles[n // 2], code=f"B{n:06}", recorded_at=at)
                              for n in range(COPIES)], batch_size=1000)
    ApiToken.objects.create(name="Ukur", library_id=library.pk, made_at=at, token_hash=fingerprint(TOKEN))
    return account


class Browser:
    """One keep-alive connection with the librarian's session."""

    def __init__(self, port: int, session: str) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "X-CSRFToken": CSRF,
            "Cookie": f"sessionid={session}; csrftoken={CSRF}"}

    def post(self, address: str, fields: dict[str, str]) -> tuple[float, int, dict[str, str]]:
        """Milliseconds, status, and the desk's state of the answer."""
        from simpul.core.ids import new_id

        body = urlencode({"change": str(new_id())} | fields)
        began = time.perf_counter()
        self.wire.request("POST", address, body, self.headers)
        answer = self.wire.getresponse()
        answer.read()
        took = (time.perf_counter() - began) * 1000
        query = parse_qs(urlsplit(answer.headers.get("HX-Replace-Url", "")).query)
        return took, answer.status, {name: values[0] for name, values in query.items()}

    def call(self, address: str, **fields: str) -> tuple[float, int]:
        """Milliseconds and status of the same by API, as a connected system does it."""
        from simpul.core import clock
        from simpul.core.ids import new_id

        body = json.dumps({"id": str(new_id()), "happened_at": clock.now().isoformat()} | fields)
        began = time.perf_counter()
        self.wire.request("POST", f"/api/v1/{address}", body, {
            "Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"})
        answer = self.wire.getresponse()
        answer.read()
        return (time.perf_counter() - began) * 1000, answer.status


def work(browser: Browser, times: int, goes_on=lambda: False) -> dict[str, object]:
    """Visits, then cards and loans, then returns; each `times` (or as long as `goes_on`)."""
    from simpul.circulation.models import Loan

    desk, visits = "/perpustakaan/MEJA/pinjam/", "/perpustakaan/MEJA/kunjungan/catatan/"
    took: dict[str, list[float]] = {"visit": [], "card": [], "loan": [], "return": []}
    failed, n = 0, 0
    while n < times or goes_on() or n % AT_ONCE:
        ms, status, _state = browser.post(visits, {"cell": "P:18-59"})
        took["visit"].append(ms)
        failed += status >= 400
        if n % AT_ONCE == 0:
            ms, status, state = browser.post(desk, {"text": f"K{n // AT_ONCE % MEMBERS:07}"})
            took["card"].append(ms)
            failed += status >= 400
        before = Loan.objects.count()
        ms, status, state = browser.post(desk, state | {"text": f"B{n % COPIES:06}"})
        took["loan"].append(ms)
        failed += status >= 400 or Loan.objects.count() != before + 1
        if n % AT_ONCE == AT_ONCE - 1:  # the desk is cleared, so that the next round finds it as it was
            for back in range(n - AT_ONCE + 1, n + 1):
                ms, status, _state = browser.post(desk, {"text": f"B{back % COPIES:06}"})
                took["return"].append(ms)
                failed += status >= 400
        n += 1
    return {"failed": failed, "left_open": Loan.objects.open().count()} | _told(took)


def work_by_api(browser: Browser, times: int) -> dict[str, object]:
    """The same three by API, `times` each."""
    took: dict[str, list[float]] = {"visit": [], "loan": [], "return": []}
    failed = 0
    for n in range(times):
        copy = f"B{COPIES - 1 - n % COPIES:06}"  # none that the desk still has out
        for name, address, fields in (
                ("visit", "visits", {"sex": "P", "age_group": "18-59"}),
                ("loan", "loans", {"copy": copy, "member": f"A{n % MEMBERS:05}"}),
                ("return", "returns", {"copy": copy})):
            ms, status = browser.call(address, **fields)
            took[name].append(ms)
            failed += status != 201
    return {"failed": failed} | _told(took)


def _told(took: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    return {name: {"n": len(values), "p50_ms": round(statistics.median(values), 1),
                   "p95_ms": round(statistics.quantiles(values, n=20)[18], 1), "most_ms": round(max(values), 1)}
            for name, values in took.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--during", type=Path)
    asked = parser.parse_args()
    os.environ.setdefault("SIMPUL_DATA", tempfile.mkdtemp(prefix="simpul-desk-"))
    session = build()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = subprocess.Popen([sys.executable, str(CODE / "bin" / "simpul"), "serve"], stdout=subprocess.DEVNULL,
                             env=os.environ | {"PORT": str(port), "SIMPUL_API_REQUESTS_PER_MINUTE": "0"})
    try:
        browser = _when_it_answers(port, session)
        work(browser, 2 * AT_ONCE)  # warm
        work_by_api(browser, 2 * AT_ONCE)
        told: dict[str, object] = {"quiet": work(browser, asked.times), "by_api": work_by_api(browser, asked.times)}
        if asked.during:
            load = subprocess.Popen([sys.executable, str(CODE / "bin" / "simpul"), "import", "slims",
                                     str(asked.during / "biblio.csv"), str(asked.during / "item.csv"),
                                     "--library", "MEJA", "--json"], stdout=subprocess.PIPE)
            told["during_import"] = work(browser, asked.times, lambda: load.poll() is None)
            told["import"] = json.loads(load.communicate()[0] or b"null")
    finally:
        serve.terminate()
        serve.wait(30)
    print(json.dumps(told, indent=2))


def _when_it_answers(port: int, session: str) -> Browser:
    for _second in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return Browser(port, session)
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not answer within a minute")


if __name__ == "__main__":
    main()
