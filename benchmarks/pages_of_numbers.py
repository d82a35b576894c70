"""What pages and reports of numbers cost: processor milliseconds and questions to the database; JSON on standard output.

    SIMPUL_DATA=FOLDER python benchmarks/pages_of_numbers.py [--only WORD] [--times 5]

On the data folder of a demonstration (without SIMPUL_DATA one is built in a temporary folder). Every page is asked in
process, as the demonstration's librarian of one library and as its coordinator of the city, with this year and with the
year before; the best of five, in time of the processor, so that a busy machine changes little. Roll-ups are refreshed
first, as the schedule does every night; writes nothing else.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path
from typing import Any

CODE = Path(__file__).resolve().parents[1]
sys.path = [str(CODE), *sys.path[1:]]
LIBRARIAN, COORDINATOR = "+628120000001", "+628120000004"
#: milliseconds: a page of a library, a page of the city, a form of the city for a year; questions of a library's page
LIBRARY_MS, CITY_MS, FORM_MS, LIBRARY_QUERIES = 100, 300, 500, 60
ENOUGH = 2.0  # seconds: a page as slow as this is not asked again


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="pages whose address holds this")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    is_new = "SIMPUL_DATA" not in os.environ
    os.environ.setdefault("SIMPUL_DATA", tempfile.mkdtemp(prefix="simpul-pages-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from simpul.core import clock
    from simpul.indicators.rollups.refreshing import refresh

    if is_new:
        with redirect_stdout(sys.stderr):
            call_command("demo", build_only=True)
    refresh(clock.now())
    pages = measure(options.only, options.times)
    print(json.dumps({"pages": pages, "slowest": max((one["ms"] for one in pages.values()), default=0),
                      "over": [name for name, one in pages.items() if one["is_over"]]}, indent=1))


def addresses() -> dict[str, list[tuple[str, int]]]:
    """Who asks → (address, milliseconds that it may take)."""
    from simpul.core import clock
    from simpul.libraries.models import StaffRole
    from simpul.reports.form import PlaceKind, forms

    today = clock.local_date(clock.now(), "Asia/Jakarta")
    month = (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    year = str(today.year)
    code = StaffRole.objects.get(account__phone=LIBRARIAN).library.code
    here = f"/perpustakaan/{code}"
    own = ["laporan-resmi/", "gambaran/", f"gambaran/?periode={month}", "gambaran/rembug/", "gambaran/tahunan/", "bulan/",
           f"bulan/{month}/", f"bulan/{month}/cetak/", f"sim/?periode={month}", f"sim/?periode={year}",
           "sim/simulasi/", "sim/akun/", "standar/", "berkas/", "akreditasi/", "akreditasi/penilaian/"]
    city = ["laporan-resmi/", "gambaran/", "gambaran/rembug/", "gambaran/tahunan/", "bulan/", "kalender/", "sim/", "sim/pola/",
            "sim/bobot/", "standar/", "akreditasi/nilai/", "iplm/", "iplm/penormal/", "lppd/", "penduduk/"]

    def periods(form: Any) -> list[str]:
        if form.until is not None:
            return [str(form.until.year)]
        first = form.since.year if form.since else 0
        return [one for kind, one in (("year", year), ("month", month)) if kind in form.periods and int(one[:4]) >= first]

    def filled(base: str, kind: PlaceKind) -> list[str]:
        return [f"{base}/laporan-resmi/{name}/?periode={period}" for name, form in sorted(forms().items())
                if kind in form.places for period in periods(form)]

    number = "/angka/visits/?tempat={}&periode={}"
    return {
        LIBRARIAN: [(address, LIBRARY_MS) for address in [*(f"{here}/{one}" for one in own), *filled(here, PlaceKind.LIBRARY),
                                                         "/angka/", number.format(code, month), number.format(code, year)]],
        COORDINATOR: [*((address, CITY_MS) for address in [
            *(f"/kota/{one}" for one in city), number.format("kota", month), number.format("kota", year)]),
            *((address, FORM_MS) for address in filled("/kota", PlaceKind.REGION))],
        "": [("/angka-kota/", CITY_MS)],
    }


def measure(only: str, times: int) -> dict[str, dict[str, Any]]:
    from django.test import Client

    from simpul.accounts.models import Account

    found = {}
    for phone, pages in addresses().items():
        client = Client(headers={"host": "localhost"})
        if phone:
            client.force_login(Account.objects.get(phone=phone), backend="django.contrib.auth.backends.ModelBackend")
        for address, most in pages:
            if only in address:
                found[address] = ask(client, address, most, times)
                print(f"{found[address]['ms']:7} ms {found[address]['queries']:4} {address}", file=sys.stderr, flush=True)
    return found


def ask(client: Any, address: str, most: int, times: int) -> dict[str, Any]:
    from django.db import connection

    counted, taken, status = 0, [], 0

    def count(execute: Any, *given: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(*given)

    client.get(address)  # templates and questions are compiled once
    for _n in range(times):
        counted, before = 0, time.process_time()
        with connection.execute_wrapper(count):
            status = client.get(address).status_code
        taken.append(time.process_time() - before)
        if taken[-1] > ENOUGH:
            break
    ms = round(min(taken) * 1000)
    is_over = ms > most or (most == LIBRARY_MS and counted > LIBRARY_QUERIES)
    return {"ms": ms, "queries": counted, "status": status, "is_over": is_over}


if __name__ == "__main__":
    main()
