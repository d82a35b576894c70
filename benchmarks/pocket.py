"""The app on the phone, in a real browser against the production server; JSON on standard output.

usage: python benchmarks/pocket.py [--members 400] [--queue 10000] [--opens 5]

Builds a data folder of its own (SIMPUL_DATA, else a temporary one), starts `bin/simpul serve` on it, pairs a phone and
measures: bytes of the app on the wire and unpacked; seconds from a cold page without network to a button that records
(median of `--opens`); bytes of a day's work (50 visits, 20 loans, 15 returns, 2 new members, 25 ticked names), sent with a
signal all day in the bursts that the app makes of six hours at a desk, one by one, and at once after a day without;
`--queue` events recorded in the
browser, then sent: seconds, the browser's heap, and whether the node has exactly as many. Needs chromium.

Bytes are the browser's own counters (Network.loadingFinished: what came down, and the sizes of bodies and header blocks as
they were written, HTTP/1.1 without TLS) of every request to /api/, up and down; the hourly look for the library's news too.
"""

import argparse
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

CODE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CODE))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
APPEND = """async (records) => { const { append } = await import("/static/pocket/ledger.js");
  for (const [kind, payload] of records) await append(kind, payload); }"""


def build(members: int) -> None:
    """A library with a volunteer and `members` members with cards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from faker import Faker

    from simpul.accounts.models import Account
    from simpul.catalogue.models import Copy, Title
    from simpul.core import clock
    from simpul.libraries.models import City, Library, Region, StaffRole
    from simpul.people.models import Card, Member, MemberType, Person

    call_command("migrate", verbosity=0, skip_checks=True)
    at, names = clock.now(), Faker("id_ID")
    with transaction.atomic():
        region = Region.objects.get_or_create(id=Region.id_for("36.71"), code="36.71", name="Kota", level=2)[0]
        City.objects.get_or_create(region=region, defaults={"name": "Kota"})
        library = Library.objects.create(code="P001", name="Perpustakaan Keliling", kind="village", region=region)
        account = Account.objects.create(name="Pengelola", phone="+628120000099", is_demonstration=True)
        for role in ("librarian", "volunteer"):
            StaffRole.objects.create(account=account, role=role, library=library, starts_on=date(2020, 1, 1))
        kind = MemberType.objects.get_or_create(library=None, code="umum", defaults={"name": "Umum"})[0]
        for n in range(members):
            name = names.name()
            person = Person.objects.create(library=library, name=name, name_key=name.lower(), sex="P", birth_year=1990,
                                           recorded_at=at)
            member = Member.objects.create(library=library, person=person, number=f"A{n:05}", type=kind, since_on=at.date())
            Card.objects.create(member=member, code=f"K{n:05}", issued_at=at)
        for n in range(40):
            title = Title.objects.create(title=f"Buku {n}", language="ind", recorded_at=at)
            Copy.objects.create(library=library, title=title, code=f"B{n:04}", recorded_at=at)


def offer() -> str:
    from simpul.accounts.models import Account
    from simpul.core import clock
    from simpul.core.actor import Actor, ActorKind
    from simpul.core.ids import new_id
    from simpul.libraries.models import Library
    from simpul.sync.actions import offer_phone

    library, account = Library.objects.get(code="P001"), Account.objects.get()
    by = Actor(kind=ActorKind.ACCOUNT, id=account.pk, librarian_of=frozenset({library.pk}))
    return offer_phone(library=library, account=account, name="HP", by=by, at=clock.now(), id=new_id()).code


def serve(port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen([sys.executable, str(CODE / "bin" / "simpul"), "serve", "--port", str(port)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/telepon/", timeout=2).read()
            return server
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not start")


def day() -> list[tuple[str, dict[str, Any]]]:
    """What a volunteer records on a lively day."""
    visits = [("visit.recorded", {"sex": "P", "age_group": "6-12", "card": "", "purpose": "read", "used_ict": False})] * 50
    lent = [("loan.lent", {"copy": f"B{n:04}", "card": f"K{n:05}"}) for n in range(20)]
    back = [("loan.returned", {"copy": f"B{n:04}"}) for n in range(15)]
    new = [("member.enrolled", {
        "card": "", "name": f"Anggota Baru {n}", "sex": "L", "birth_year": 1985, "phone": "081234567890", "guardian_name": "",
        "guardian_phone": "", "consents": ["contact"]}) for n in range(2)]
    ticked = [("attendance.marked", {
        "session": "01930000-0000-7000-8000-000000000001", "registration": f"01930000-0000-7000-8000-{n:012}",
        "state": "present"}) for n in range(25)]
    return [*visits, *lent, *back, *new, *ticked]


def bursts() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The day as the app sends it: people come by ones and threes in six hours; 25 seconds of quiet or 55 in all end a burst."""
    chance, records = random.Random(12), day()  # a day that is the same each time
    visits, desk, ticked = records[:50], records[50:87], records[87:]
    moments: list[tuple[float, Any]] = []
    for some, together, apart in ((visits, 2, 8), (desk, 2, 20), (ticked, 25, 4)):
        left = list(some)
        while left:
            start = chance.uniform(0, 6 * 3600)
            for n in range(min(len(left), chance.randint(1, together + 1) if together < 25 else 25)):
                moments.append((start + n * apart, left.pop(0)))
    burst: list[Any] = []
    first = last = 0.0
    for at, record in sorted(moments, key=lambda one: one[0]):
        if burst and (at - last > 25 or at - first > 55):
            yield burst
            burst = []
        first, last = at if not burst else first, at
        burst.append(record)
    yield burst


def bytes_of(requests: list[Any]) -> int:
    total = 0
    for request in requests:
        if request.response() is None:
            continue
        sizes = request.sizes()
        total += sum(max(0, sizes[part]) for part in (
            "requestBodySize", "requestHeadersSize", "responseBodySize", "responseHeadersSize"))
    return total


def parts_of(requests: list[Any]) -> dict[str, int]:
    return {part: sum(max(0, one.sizes()[part]) for one in requests if one.response()) for part in (
        "requestBodySize", "requestHeadersSize", "responseBodySize", "responseHeadersSize")}


def settled(page: Any, patience: float = 300) -> None:
    """Until nothing waits any more."""
    until = time.monotonic() + patience
    while page.evaluate("import('/static/pocket/ledger.js').then((ledger) => ledger.tally()).then((now) => now.waiting)"):
        if time.monotonic() > until:
            raise SystemExit("records still wait")
        time.sleep(0.1)


def paired(browser: Any, base: str, workers: str) -> tuple[Any, Any, list[Any]]:
    context = browser.new_context(base_url=base, viewport={"width": 360, "height": 740}, locale="id-ID", service_workers=workers)
    page, requests = context.new_page(), []
    page.on("requestfinished", lambda one: requests.append(one))
    page.goto(f"/telepon/#pasang={offer()}")
    page.locator("[data-part=pair] button").click()
    page.locator(".noun-first").wait_for()
    page.wait_for_timeout(1500)
    return context, page, requests


def said(found: dict[str, Any]) -> None:
    """How far it is, for who waits."""
    print(list(found)[-1], json.dumps(list(found.values())[-1]), file=sys.stderr, flush=True)


def measure(browser: Any, base: str, args: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {}
    context, page, requests = paired(browser, base, "block")
    app = [one for one in requests if "/api/" not in one.url]
    found["app"] = {"requests": len(app), "wire_bytes": bytes_of(app),
                    "unpacked_bytes": sum(len(one.response().body()) for one in app)}
    found["pairing_and_snapshot_bytes"] = bytes_of([one for one in requests if "/api/" in one.url])
    requests.clear()
    said(found)
    sent = list(bursts())
    for n, burst in enumerate(sent):
        page.evaluate(APPEND, burst)
        page.evaluate("import('/static/pocket/sender.js').then((one) => one.send())")
        settled(page)
        if n % (len(sent) // 6) == 0:
            page.evaluate("import('/static/pocket/snapshot.js').then((one) => one.refreshSnapshot())")
    found["day_with_a_signal"] = {"bursts": len(sent), "requests": len(requests), "bytes": bytes_of(requests),
                                  **parts_of(requests)}
    requests.clear()
    said(found)
    for record in day():
        page.evaluate(APPEND, [record])
        page.evaluate("window.dispatchEvent(new Event('online'))")
        settled(page)
    found["day_sent_one_by_one_bytes"] = bytes_of([one for one in requests if "/api/" in one.url])
    requests.clear()
    said(found)
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate(APPEND, day())
    page.unroute_all()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    settled(page)
    found["day_sent_at_once_bytes"] = bytes_of([one for one in requests if "/api/" in one.url])
    context.close()
    said(found)

    context, page, _ = paired(browser, base, "allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => new Promise((done) => setTimeout(done, 1500)))")
    context.set_offline(True)
    opens = []
    for _n in range(args.opens):
        page.close()
        page = context.new_page()
        begin = time.perf_counter()
        page.goto("/telepon/")
        page.locator(".noun-first").wait_for()
        opens.append(round(time.perf_counter() - begin, 3))
    found["open_without_network_s"] = {"median": statistics.median(opens), "all": opens}

    said(found)
    begin = time.perf_counter()
    page.evaluate(APPEND, [day()[0]] * args.queue)
    found["queue"] = {"events": args.queue, "recorded_s": round(time.perf_counter() - begin, 1),
                      "heap_mb": round(page.evaluate("performance.memory.usedJSHeapSize") / 1e6, 1),
                      "storage_mb": round(page.evaluate("navigator.storage.estimate().then((now) => now.usage)") / 1e6, 1)}
    said(found)
    context.set_offline(False)
    begin = time.perf_counter()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    settled(page, 600)
    found["queue"] |= {"sent_s": round(time.perf_counter() - begin, 1),
                       "heap_after_mb": round(page.evaluate("performance.memory.usedJSHeapSize") / 1e6, 1)}
    device = page.evaluate("import('/static/pocket/store.js').then((store) => store.meta('device')).then((one) => one.device)")
    context.close()
    from simpul.sync.models import Event
    found["queue"]["on_the_node"] = Event.objects.filter(device_id=device).count()
    return found


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    reader.add_argument("--members", type=int, default=400)
    reader.add_argument("--queue", type=int, default=10_000)
    reader.add_argument("--opens", type=int, default=5)
    args = reader.parse_args()
    if CHROMIUM is None:
        raise SystemExit("chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("SIMPUL_DATA", folder)
        os.environ["SIMPUL_API_REQUESTS_PER_MINUTE"] = "0"
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        build(args.members)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = serve(port)
        try:
            from playwright.sync_api import sync_playwright
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
                print(json.dumps(measure(browser, f"http://127.0.0.1:{port}", args), indent=2))
                browser.close()
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
