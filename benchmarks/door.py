"""Many people at once, through HTTP as the production server does it; JSON on standard output.

usage: python benchmarks/door.py [--people 100] [--places 10] [--scans 400] [--series 1000] [--times 60]

Builds a data folder of its own (SIMPUL_DATA, else a temporary one), starts `bin/simpul serve` on it with SQLite and
synchronous=FULL, and measures: as many registrations at the same moment as `--people` for `--places` places (who is in
and who waits, in which order); tickets scanned one after another by one phone at one door; opening the pages of a
series with `--series` participants (its public page, its list at the door, its registrants).
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
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

CODE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CODE))
CSRF = "b" * 32


def build(scans: int, series: int, places: int) -> dict[str, str]:
    """A library with three announced activities; gives the session of its librarian and the addresses."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from django.test import Client

    from simpul.accounts.models import Account
    from simpul.activities.actions import Details, plan_activity
    from simpul.core import clock
    from simpul.core.actor import COMMAND
    from simpul.core.ids import new_id
    from simpul.gatherings.actions import SessionGiven, publish_gathering
    from simpul.libraries.models import City, Library, Region, StaffRole

    call_command("migrate", verbosity=0, skip_checks=True)
    at = clock.now()
    with transaction.atomic():
        region = Region.objects.get_or_create(id=Region.id_for("36.71"), code="36.71", name="Kota", level=2)[0]
        City.objects.get_or_create(region=region, defaults={"name": "Kota"})
        library = Library.objects.create(code=f"P{int(at.timestamp())}", name="Perpustakaan Pintu", kind="village", region=region)
        account = Account.objects.create(name="Pengelola", phone=f"+62812{int(at.timestamp()) % 10**8:08}", is_demonstration=True)
        StaffRole.objects.create(account=account, role="librarian", library=library, starts_on=date(2020, 1, 1))

        def announce(title: str, days: int, capacity: int | None):
            begins = at + timedelta(hours=1)
            made = plan_activity(library=library, title=title, details=Details(kind="skills"), capacity=capacity, sessions=[
                SessionGiven(begins + timedelta(days=n), begins + timedelta(days=n, hours=2)) for n in range(days)],
                by=COMMAND, at=at, id=new_id())
            publish_gathering(gathering=made.gathering, by=COMMAND, at=at, id=new_id())
            return made

        rush, door, big = announce("Rebutan", 1, places), announce("Pintu", 1, None), announce("Seri", 10, None)
        codes = _registrants(door.gathering, scans, at)
        _registrants(big.gathering, series, at)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    own = f"/perpustakaan/{library.code}/kegiatan/"
    first = big.gathering.sessions.first()
    return {
        "session": client.cookies["sessionid"].value, "rush": f"/kegiatan/{rush.gathering_id}/",
        "rush_id": str(rush.gathering_id),
        "scan": f"{own}{door.pk}/sesi/{door.gathering.sessions.get().pk}/pindai/", "codes": codes,
        "public": f"/kegiatan/{big.gathering_id}/", "day": f"{own}{big.pk}/sesi/{first.pk}/",
        "registrants": f"{own}{big.pk}/peserta/",
        "sheet": f"/perpustakaan/{library.code}/daftar-hadir/{first.pk}/"}


def _registrants(gathering, n: int, at) -> list[str]:
    from simpul.core.ids import new_id
    from simpul.core.secrets import fingerprint, new_code
    from simpul.gatherings.models import Registration
    from simpul.gatherings.tokens import registration_token
    from simpul.people.queries import fold_name

    rows = []
    for number in range(1, n + 1):
        key, name = new_id(), f"Peserta {number:04}"
        rows.append(Registration(
            id=key, gathering=gathering, number=number, name=name, name_key=fold_name(name), phone=f"+62813{number:08}",
            sex="P", age_group="18-59", state="in", code=new_code(10), token_hash=fingerprint(registration_token(key)),
            registered_at=at))
    Registration.objects.bulk_create(rows, batch_size=500)
    type(gathering).objects.filter(pk=gathering.pk).update(last_number=n)
    return [row.code for row in rows]


def ask(port: int, method: str, address: str, fields: dict[str, str] | None = None, session: str = "",
        wire: http.client.HTTPConnection | None = None, csrf: str = CSRF) -> tuple[float, int, int]:
    """Milliseconds, status and bytes of one request."""
    from simpul.core.ids import new_id

    wire = wire or http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    body = urlencode({"change": str(new_id()), "csrfmiddlewaretoken": csrf} | fields) if fields is not None else None
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": csrf,
               "Cookie": f"csrftoken={csrf}" + (f"; sessionid={session}" if session else "")}
    if fields is not None and session:
        headers["HX-Request"] = "true"
    began = time.perf_counter()
    wire.request(method, address, body, headers)
    answer = wire.getresponse()
    size = len(answer.read())
    return (time.perf_counter() - began) * 1000, answer.status, size


def rush(port: int, told: dict, people: int, places: int) -> dict:
    """Everybody presses the button at the same moment."""
    start, answers = threading.Barrier(people), []

    def press(n: int) -> None:
        start.wait()
        answers.append(ask(port, "POST", told["rush"], {"name": f"Warga {n:03}", "phone": f"0812{n:08}", "website": ""},
                           csrf=f"{n:032d}"))

    threads = [threading.Thread(target=press, args=[n]) for n in range(people)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    from simpul.gatherings.models import Registration

    rows = list(Registration.objects.filter(gathering=told["rush_id"]).order_by("number").values_list("number", "state"))
    right = [(n, "in" if n <= places else "waiting") for n in range(1, people + 1)]
    return {"people": people, "places": places, "in": sum(state == "in" for _n, state in rows),
            "waiting": sum(state == "waiting" for _n, state in rows), "in_order": rows == right,
            "statuses": {str(code): sum(one[1] == code for one in answers) for code in sorted({one[1] for one in answers})},
            "seconds": round(took, 2), **spread([one[0] for one in answers])}


def scans(port: int, told: dict) -> dict:
    """One phone at one door, one ticket after another."""
    wire, times, wrong = http.client.HTTPConnection("127.0.0.1", port, timeout=60), [], 0
    began = time.perf_counter()
    for code in told["codes"]:
        took, status, _size = ask(port, "POST", told["scan"], {"text": code}, told["session"], wire)
        times.append(took)
        wrong += status != 200
    took = time.perf_counter() - began
    return {"scans": len(times), "wrong": wrong, "a_minute": round(60 * len(times) / took), **spread(times)}


def opened(port: int, address: str, session: str, times: int) -> dict:
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _warm in range(3):
        ask(port, "GET", address, None, session, wire)
    found = [ask(port, "GET", address, None, session, wire) for _n in range(times)]
    return {"statuses": sorted({one[1] for one in found}), "bytes": found[0][2], **spread([one[0] for one in found])}


def spread(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=20)
    return {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(cuts[18], 1), "worst_ms": round(max(times), 1)}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("people", 100), ("places", 10), ("scans", 400), ("series", 1000), ("times", 60)):
        parser.add_argument(f"--{name}", type=int, default=default)
    wanted = parser.parse_args()
    os.environ.setdefault("SIMPUL_DATA", tempfile.mkdtemp(prefix="simpul-door-"))
    told = build(wanted.scans, wanted.series, wanted.places)
    port = free_port()
    server = subprocess.Popen([sys.executable, str(CODE / "bin" / "simpul"), "serve", "--port", str(port)],
                              env=os.environ | {"PORT": str(port)}, stdout=subprocess.DEVNULL)
    try:
        for _try in range(200):
            try:
                if ask(port, "GET", told["public"])[1] == 200:
                    break
            except OSError:
                time.sleep(0.2)
        print(json.dumps({
            "registrations": rush(port, told, wanted.people, wanted.places), "door": scans(port, told),
            "series": {name: opened(port, told[name], told["session"] if name != "public" else "", wanted.times)
                       for name in ("public", "day", "registrants", "sheet")} | {"participants": wanted.series}}, indent=2))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
