"""The board of the replication and the cascade tree at 104 libraries and 10 workshops; JSON on standard output.

usage: python benchmarks/cascade.py [--libraries 104] [--workshops 10]

Works on a data folder of its own (SIMPUL_DATA, else a temporary one), on SQLite. Each workshop has people of every
library, each library a plan from it with six rows, three of them proved by activities with people. Timed by HTTP, signed
in as the coordinator, the best and the middle of seven.
"""

import sys

sys.path.pop(0)  # a neighbour bears the name of a module of the standard library, which statistics needs

import argparse
import json
import os
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--libraries", type=int, default=104)
    parser.add_argument("--workshops", type=int, default=10)
    options = parser.parse_args()
    os.environ.setdefault("SIMPUL_DATA", tempfile.mkdtemp(prefix="simpul-cascade-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    import django

    django.setup()
    print(json.dumps(measure(options.libraries, options.workshops), indent=1))


def measure(libraries: int, workshops: int) -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from simpul.accounts.models import Account
    from simpul.core import clock
    from simpul.libraries.models import StaffRole
    from simpul.training.models import Workshop

    call_command("migrate", verbosity=0, skip_checks=True)
    settings.ALLOWED_HOSTS = ["*"]
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    build(libraries, workshops, today)
    account = Account.objects.create(name="Koordinator", phone="+628120099999", is_demonstration=True)
    StaffRole.objects.create(account=account, role="coordinator", starts_on=today - timedelta(days=9))
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    pages = {"board": "/kota/replikasi/", "city_tree": "/kota/kaskade/", "mentoring": "/pendampingan/",
             "workshop_tree": f"/kota/kaskade/bimtek/{Workshop.objects.latest('recorded_at').pk}/"}
    return {"libraries": libraries, "workshops": workshops, "cores": os.cpu_count()} | {
        name: timed(lambda address=address: browser.get(address, secure=True)) for name, address in pages.items()}


def timed(ask: Any) -> dict[str, float]:
    ask()
    taken = []
    for _n in range(7):
        began = time.perf_counter()
        assert ask().status_code == 200
        taken.append(1000 * (time.perf_counter() - began))
    return {"best_ms": round(min(taken), 1), "middle_ms": round(statistics.median(taken), 1)}


def build(libraries: int, workshops: int, today: Any) -> None:
    from datetime import UTC, datetime

    from simpul.activities.models import Activity
    from simpul.core.ids import new_id
    from simpul.gatherings.models import Attendance, Gathering, Session
    from simpul.indicators.models import DayCount, MonthCount
    from simpul.libraries.models import City, Library, Region
    from simpul.plans.models import Evidence, Plan, Step
    from simpul.training.models import Lesson, Participant, Workshop

    at = datetime(today.year, today.month, today.day, 2, tzinfo=UTC) - timedelta(days=60)
    place = None
    for level, code in enumerate(("99", "99.01", "99.01.01", "99.01.01.1001"), 1):
        place = Region.objects.create(id=Region.id_for(code), code=code, name=code, level=level, parent=place)
    City.objects.create(region=Region.objects.get(code="99.01"), name="Kota")
    own = Library.objects.bulk_create([Library(code=f"C{n:03}", name=f"Perpustakaan {n}", kind="village", region=place)
                                       for n in range(libraries)])
    made: dict[type, list[Any]] = {kind: [] for kind in (Gathering, Session, Workshop, Lesson, Participant, Plan, Step, Activity,
                                                         Attendance, Evidence, DayCount, MonthCount)}

    def gathering(library: Library, purpose: str) -> tuple[Gathering, Session]:
        one = Gathering(library=library, purpose=purpose, title="Kegiatan", state="published", first_on=at.date(),
                        last_on=at.date())
        session = Session(gathering=one, library=library, starts_at=at, ends_at=at + timedelta(hours=1), local_date=at.date())
        made[Gathering].append(one)
        made[Session].append(session)
        return one, session

    for _n in range(workshops):
        one, session = gathering(own[0], "workshop")
        workshop = Workshop(gathering=one, library=own[0])
        made[Workshop].append(workshop)
        made[Lesson] += [Lesson(workshop=workshop, day=session, title="Sesi", jp=2, starts_at=at, ends_at=session.ends_at)
                         for _lesson in range(10)]
        for library in own:
            made[Participant].append(Participant(
                workshop=workshop, library=library, name="Peserta", name_key=new_id().hex, state="confirmed",
                outcome="certificate", completed_on=at.date(), token_hash=new_id().hex, named_at=at))
            plan = Plan(library=library, kind="rtl", title="RTL", starts_on=at.date(), ends_on=today, state="handed_in",
                        handed_in_at=at, origin=workshop.origin)
            made[Plan].append(plan)
            for number in range(1, 7):
                step = Step(plan=plan, library=library, number=number, activity="Baris", due_on=today)
                made[Step].append(step)
                if number > 3:
                    continue
                held, day = gathering(library, "activity")
                activity = Activity(gathering=held, library=library, kind="skills", strategy="engagement")
                made[Activity].append(activity)
                made[Attendance].append(Attendance(session=day, library=library, how="headcount", count=12, happened_at=at,
                                                   local_date=at.date()))
                made[Evidence].append(Evidence(step=step, reference=f"activities.Activity:{activity.pk}", added_at=at))
    months = [(today.replace(day=1) - timedelta(days=30 * n)).replace(day=1) for n in range(0, 12, 2)]
    for library in own:
        made[DayCount] += [DayCount(library_id=library.pk, local_date=today - timedelta(days=n), measure="visits", n=3)
                           for n in range(1, 141)]
        made[MonthCount] += [MonthCount(library_id=library.pk, month=month, measure="visits", by="", value="", n=9,
                                        until_on=today) for month in months]
    for kind, rows in made.items():
        kind.objects.bulk_create(rows, batch_size=500)  # type: ignore[attr-defined]
    from simpul.indicators.models import StaleDay

    StaleDay.objects.all().delete()  # the roll-ups above are what they say


if __name__ == "__main__":
    main()
