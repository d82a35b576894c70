# ruff: noqa: E402  Django is set up before its models are imported
"""10,000 signed events of one phone, from its outbox to records of the node; and what a day costs in bytes. JSON.

    SIMPUL_DATA=/a/built/demonstration python benchmarks/sync.py [--events 10000] [--served http://127.0.0.1:8000]

Without `--served` the requests go through Django's own client in this process, with everything but the socket. Run it on a
copy of a data folder: it leaves its records there.
"""

import argparse
import gzip
import json
import os
import sys
import time
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
import django

django.setup()

from django.conf import settings
from django.test import Client

from simpul.catalogue.models import Copy
from simpul.core import clock
from simpul.core.actor import COMMAND
from simpul.core.ids import new_id
from simpul.libraries.models import StaffRole
from simpul.people.models import Card
from simpul.sync.actions import offer_phone
from simpul.sync.models import Event
from simpul.sync.tests.phone import WIB, PhoneInTests
from simpul.visits.models import Visit


class Served:
    """The few words of Django's client that a phone uses, over a socket."""

    def __init__(self, address: str) -> None:
        self.address = address

    def _ask(self, method: str, path: str, data: Any = None, content_type: str = "", headers: Any = None) -> Any:
        body = data.encode() if isinstance(data, str) else data
        request = urllib.request.Request(self.address + path, data=body, method=method, headers={
            **({"Content-Type": content_type} if content_type else {}), **(headers or {})})
        with urllib.request.urlopen(request) as answer:
            content = answer.read()
        return SimpleNamespace(status_code=answer.status, content=content, json=lambda: json.loads(content))

    def get(self, path: str, **more: Any) -> Any:
        return self._ask("GET", path, **more)

    def post(self, path: str, **more: Any) -> Any:
        return self._ask("POST", path, **more)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--served", default="")
    options = parser.parse_args()
    settings.REQUEST_COUNTER = "simpul.sync.tests.conftest.never_too_fast"
    role = StaffRole.objects.filter(
        account__is_demonstration=True, role="librarian", library__code="L008").select_related("account", "library").first()
    offered = offer_phone(library=role.library, account=role.account, name="Benchmark", by=COMMAND, at=clock.now(),
                          id=new_id())
    client = Served(options.served) if options.served else Client(SERVER_NAME="localhost")
    phone = PhoneInTests.paired(client, offered.code, clock=datetime.now(WIB))
    before, began = Visit.objects.count(), time.perf_counter()
    for n in range(options.events):
        phone.visit(sex="PL"[n % 2], age_group=("6-12", "18-59", "60+")[n % 3])
    signed, times = time.perf_counter() - began, []
    began = time.perf_counter()
    while phone.outbox:
        start = time.perf_counter()
        phone.send_some(500)
        times.append(time.perf_counter() - start)
    took = time.perf_counter() - began
    print(json.dumps({
        "events": options.events, "served": bool(options.served), "signed_s": round(signed, 2), "arrived_s": round(took, 2),
        "events_per_s": round(options.events / took), "request_of_500_s": {
            "median": round(sorted(times)[len(times) // 2], 3), "slowest": round(max(times), 3)},
        "records": Visit.objects.count() - before, "kept": Event.objects.filter(phone=phone.device).count(),
        "a_day_bytes": a_day(phone)}, indent=2))


def a_day(phone: PhoneInTests) -> dict[str, int]:
    """60 visits, 20 loans, 15 returns, a head count: what travels up, and the change of the snapshot down."""
    phone.greet()
    first = phone.get("/api/sync/snapshot").json()
    copies = list(Copy.objects.filter(library=phone.library, state="available").values_list("code", flat=True)[:20])
    cards = [card.printed for card in Card.objects.open().filter(member__library=phone.library)[:20]]
    phone.clock = datetime.now(WIB) - timedelta(minutes=1)
    up = answers = 0
    for hour in range(6):  # every hour there is a signal for a moment
        for n in range(10):
            phone.visit(age_group=("6-12", "18-59")[n % 2])
        for copy, card in list(zip(copies, cards, strict=False))[hour * 4:hour * 4 + 4]:
            phone.record("loan.lent", copy=copy, card=card)
        for copy in copies[hour * 3:hour * 3 + 3] if hour else []:
            phone.record("loan.returned", copy=copy)
        if hour == 3:
            phone.record("visit.tallied", cells=[{"sex": "P", "age_group": "6-12", "n": 24}])
        up += len(gzip.compress(json.dumps({"events": phone.outbox}).encode(), 6))
        answer = phone.post(phone.outbox)
        answers += len(gzip.compress(answer.content, 6))
        phone.outbox.clear()
    have = ",".join(f"{name}:{tag}" for name, tag in first["tags"].items())
    delta = len(gzip.compress(phone.get(f"/api/sync/snapshot?have={have}").content, 6))
    return {"events_up": up, "receipts_down": answers, "snapshot_change_down": delta, "together": up + answers + delta,
            "first_snapshot_down": len(gzip.compress(json.dumps(first).encode(), 6))}


if __name__ == "__main__":
    main()
