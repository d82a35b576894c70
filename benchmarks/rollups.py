"""Numbers over many records: reading, opening, rebuilding, and what a mark costs; JSON on standard output.

usage: python benchmarks/rollups.py [--records 1000000] [--libraries 500] [--engine sqlite|postgresql] [--keep]

Works on a data folder of its own (SIMPUL_DATA, else a temporary one) on SQLite; with `--engine postgresql` on a
server of its own in a temporary folder, as bin/test starts it (without fsync), or on the empty database of
DATABASE_URL. Says on the error stream what it is doing. Nine of ten records are visits, one is a book read in place,
spread over 365 days. Timed after the first rebuild: a month's table of all libraries (whole and by sex), the city's
year (whole and by sex), each as it is when today is full of marks; the first page of a number's receipt by HTTP; a
full rebuild; the cost of a record with its marks and without.
"""

import sys

sys.path.pop(0)  # this file bears the name of a module of the standard library, which statistics needs

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

CODE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CODE))
DAYS, TIMES = 365, 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--libraries", type=int, default=500)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="")
    parser.add_argument("--keep", action="store_true", help="take the folder as an earlier run left it")
    options = parser.parse_args()
    os.environ.setdefault("SIMPUL_DATA", tempfile.mkdtemp(prefix="simpul-numbers-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    if options.engine == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    with own_server() if options.engine == "postgresql" and not os.environ.get("DATABASE_URL") else nullcontext():
        import django

        django.setup()
        from django.db import connection

        print(json.dumps(measure(options.records, options.libraries, is_kept=options.keep), indent=1))
        connection.close()


@contextmanager
def own_server() -> Iterator[None]:
    """A PostgreSQL that is thrown away afterwards; bin/test knows how."""
    sys.path.insert(0, str(CODE / "bin"))
    starter: Any = module_from_spec(spec_from_loader("starter", SourceFileLoader("starter", str(CODE / "bin" / "test"))))  # type: ignore[arg-type]
    starter.__spec__.loader.exec_module(starter)
    say("starting a PostgreSQL of our own")
    with starter.postgresql() as url:
        os.environ["DATABASE_URL"] = url
        yield
        say("stopping it and throwing it away")


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def measure(records: int, libraries: int, *, is_kept: bool) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    from simpul.core import clock
    from simpul.indicators.rollups.refreshing import rebuild, refresh
    from simpul.indicators.rollups.verifying import verify

    call_command("migrate", verbosity=0, skip_checks=True)
    figures: dict[str, Any] = {"engine": connection.vendor, "records": records, "libraries": libraries, "cores": os.cpu_count()}
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    if not is_kept:
        say("writing the records")
        figures["built_seconds"] = seconds(lambda: build(records, libraries, today))[0]
        say("rolling up for the first time: everything is marked")
        figures["first_refresh_seconds"], figures["first_refresh_cpu_seconds"] = seconds(
            lambda: refresh(clock.now(), progress=far()))
    refresh(clock.now())
    analyse()
    say("reading")
    figures |= reading(today)
    say("rebuilding")
    figures["rebuild_seconds"], figures["rebuild_cpu_seconds"] = seconds(
        lambda: rebuild(clock.now(), progress=far()))
    say("recording with marks and without")
    figures |= recording(today)
    say("recounting five libraries")
    some = list(libraries_().values_list("pk", flat=True)[:5])
    figures["differences_in_five_libraries"] = len(verify(libraries=some).differences)
    return figures


def far() -> Callable[[int, int], None]:
    """Says when the records are counted, and how far the writing is."""
    told = [0]

    def progress(done: int, total: int) -> None:
        if 4 * done // total > told[0]:
            told[0] = 4 * done // total
            say(f"  {100 * done // total} %")

    return progress


def libraries_() -> Any:
    from simpul.libraries.models import Library

    return Library.objects.filter(code__startswith="B").order_by("code")


def build(records: int, count: int, today: date) -> None:
    """Bulk inserts straight into the tables, without triggers; `ensure` marks everything afterwards."""
    from django.db import connection

    from simpul.indicators.rollups import marks
    from simpul.libraries.models import City, Library, Placement, Region

    above = None
    for level, code in enumerate(("36", "36.71", "36.71.01", "36.71.01.1007"), 1):
        above, _made = Region.objects.get_or_create(id=Region.id_for(code), defaults={
            "code": code, "name": code, "level": level, "parent": above})
    City.objects.get_or_create(name="Kota Tangerang", defaults={"region": Region.objects.get(code="36.71")})
    made = Library.objects.bulk_create([Library(code=f"B{n:04}", name=f"Perpustakaan {n:04}", kind="village", region=above)
                                        for n in range(count)])
    Placement.objects.bulk_create([Placement(library=one, region=above) for one in made])
    marks.uninstall()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE place (n integer PRIMARY KEY, id text)")
        cursor.executemany("INSERT INTO place VALUES (%s, %s)", [[n, one.pk.hex] for n, one in enumerate(made)])
        step = 250_000
        for start in range(0, records, step):
            _insert(cursor, start, min(start + step, records), records, count, today)
    marks.ensure()


def _insert(cursor: Any, start: int, end: int, total: int, count: int, today: date) -> None:
    """Records start to end, the oldest first, as a year brings them: one statement a table."""
    from django.db import connection

    from simpul.circulation.models import InHouseUse
    from simpul.visits.models import Visit

    is_pg = connection.vendor == "postgresql"
    key = "lpad(to_hex(s.n), 32, '0')::uuid" if is_pg else "printf('%%032x', s.n)"
    library = "p.id::uuid" if is_pg else "p.id"
    first = today - timedelta(days=DAYS)
    day = (f"(DATE '{first}' + (s.day)::int)" if is_pg else f"date('{first}', '+' || s.day || ' days')")
    moment = f"({day}::timestamp + interval '3 hours')" if is_pg else f"({day} || ' 03:00:00')"
    yes, no = ("true", "false") if is_pg else ("1", "0")
    given = {
        "id": key, "entry_id": key, "library_id": library, "how": "CASE s.n %% 4 WHEN 0 THEN 'member' ELSE 'visitor' END",
        "sex": "CASE s.n %% 5 WHEN 0 THEN '' WHEN 1 THEN 'L' WHEN 2 THEN 'L' ELSE 'P' END",
        "age_group": "CASE s.n %% 7 WHEN 0 THEN '0-5' WHEN 1 THEN '13-17' WHEN 2 THEN '18-59' WHEN 3 THEN '60+' ELSE '6-12' END",
        "count": "1", "occupation": "''", "education": "''", "origin": "''", "voided_because": "''",
        "purpose": "CASE s.n %% 3 WHEN 0 THEN 'read' WHEN 1 THEN 'borrow' ELSE '' END",
        "uses_ict": f"CASE WHEN s.n %% 11 = 0 THEN {yes} ELSE {no} END", "happened_at": moment, "local_date": day,
        "recorded_at": moment}
    numbers = (f"SELECT n, n * {DAYS} / {total} AS day FROM generate_series({start}::bigint, {end - 1}::bigint) n" if is_pg else
               f"WITH RECURSIVE c(n) AS (SELECT {start} UNION ALL SELECT n + 1 FROM c WHERE n < {end - 1}) "
               f"SELECT n, n * {DAYS} / {total} AS day FROM c")
    for model, is_chosen in ((Visit, "s.n %% 10 <> 0"), (InHouseUse, "s.n %% 10 = 0")):
        fields = [one for one in model._meta.concrete_fields if one.attname in given]
        columns = ", ".join(connection.ops.quote_name(one.column) for one in fields)
        values = ", ".join(given[one.attname] for one in fields)
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values} FROM ({numbers}) s "
                       f"JOIN place p ON p.n = (s.n / 10 * 7919) %% {count} WHERE {is_chosen}", [])


def analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def reading(today: date) -> dict[str, Any]:
    from simpul.core.measure import discover
    from simpul.indicators.definitions import indicators
    from simpul.indicators.figures import table, value
    from simpul.indicators.periods import Period
    from simpul.indicators.places import of_city, of_library
    from simpul.indicators.rollups.reading import month_counts

    visits, measure_ = indicators()["visits"], discover()["visits"]
    month = Period.of_month(today.replace(day=1) - timedelta(days=1))
    current, year = Period.of_month(today), Period.between(month.first - timedelta(days=300), month.last)
    year = Period.between(year.first.replace(day=1), month.last)
    city, one = of_city(), of_library(libraries_().first())
    return {
        "month_table_ms": ms(lambda: table(visits, month, city)),
        "month_by_sex_ms": ms(lambda: month_counts(measure_, [month.first], None, ("sex",))),
        "month_not_over_table_ms": ms(lambda: table(visits, current, city)),
        "city_year_ms": ms(lambda: value(visits, year, city)),
        "city_year_by_sex_ms": ms(lambda: value(visits, year, city, by=("sex",))),
        "city_year_by_library_and_month_ms": ms(lambda: table(visits, year, city)),
        "library_year_ms": ms(lambda: value(visits, year, one, is_outsider=False)),
        "opening_ms": opening(one.code, month.code, year.code),
    }


def opening(code: str, month: str, year: str) -> dict[str, float]:
    """The receipt's first page, as its librarian sees it, by month and by the whole year."""
    from django.test import Client

    from simpul.accounts.models import Account
    from simpul.libraries.models import Library, StaffRole

    account, is_new = Account.objects.get_or_create(phone="+628120000000", defaults={"name": "Rina"})
    if is_new:
        StaffRole.objects.create(account=account, role="librarian", library=Library.objects.get(code=code),
                                 starts_on=date(2020, 1, 1))
    client = Client(headers={"host": "localhost"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    found = {}
    for name, period in (("month", month), ("year", year)):
        def ask(period: str = period) -> None:
            answer = client.get(f"/angka/visits/?tempat={code}&periode={period}")
            assert answer.status_code == 200, answer.status_code
            assert answer.content.count(b"<tr>") >= 20
        found[name] = ms(ask)
    return found


def recording(today: date) -> dict[str, float]:
    """A record by the real action, with the triggers and without, in turns."""
    from simpul.core import clock
    from simpul.core.actor import COMMAND
    from simpul.core.ids import new_id
    from simpul.indicators.rollups import marks
    from simpul.visits.actions import record_visit

    marks.mark_everything = lambda: None  # the triggers go and come here: nothing but what is recorded today is missed
    some = list(libraries_()[:50])
    took: dict[bool, list[float]] = {True: [], False: []}
    for n in range(400):
        has_marks = n // 50 % 2 == 0
        if n % 50 == 0:
            (marks.ensure if has_marks and n else marks.uninstall if not has_marks else marks.ensure)()
        start = time.perf_counter()
        record_visit(library=some[n % 50], sex="P", age_group="6-12", by=COMMAND, at=clock.now(), id=new_id())
        took[has_marks].append(time.perf_counter() - start)
    marks.ensure()
    with_, without = (statistics.median(took[has]) * 1000 for has in (True, False))
    return {"record_ms": round(with_, 2), "record_without_marks_ms": round(without, 2), "marks_ms": round(with_ - without, 2)}


def seconds(work: Callable[[], Any]) -> tuple[float, float]:
    """By the clock, and of this process's processor (a PostgreSQL server's own is not in it)."""
    start, used = time.perf_counter(), time.process_time()
    work()
    return round(time.perf_counter() - start, 1), round(time.process_time() - used, 1)


def ms(work: Callable[[], Any]) -> float:
    """The median of seven, after one to warm up."""
    work()
    took = []
    for _n in range(TIMES):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return round(statistics.median(took) * 1000, 1)


if __name__ == "__main__":
    main()
