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
from collections import defaultdict
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
    last = Workshop.objects.latest("recorded_at").pk
    pages = {"board": "/kota/replikasi/", "city_tree": "/kota/kaskade/", "mentoring": "/pendampingan/",
             "workshop_tree": f"/kota/kaskade/bimtek/{last}/", "training_list": "/kota/bimtek/",
             "workshop": f"/kota/bimtek/{last}/", "participants": f"/kota/bimtek/{last}/peserta/",
             "invitations": f"/kota/bimtek/{last}/undangan/", "tests": f"/kota/bimtek/{last}/tes/",
             "certificates": f"/kota/bimtek/{last}/sertifikat/"}
    return {"libraries": libraries, "workshops": workshops, "cores": os.cpu_count()} | {
        name: timed(lambda address=address: browser.get(address, secure=True)) for name, address in pages.items()}


def timed(ask: Any) -> dict[str, float]:
    """By the clock on the wall and by the processor, which tells the same on a machine that is busy with other things."""
    ask()
    taken, worked = [], []
    for _n in range(7):
        began, began_work = time.perf_counter(), time.process_time()
        assert ask().status_code == 200
        taken.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - began_work))
    return {"best_ms": round(min(taken), 1), "middle_ms": round(statistics.median(taken), 1),
            "processor_ms": round(statistics.median(worked), 1)}


def build(libraries: int, workshops: int, today: Any) -> None:
    """Every row of the scene, in bulk."""
    from datetime import UTC, datetime

    at = datetime(today.year, today.month, today.day, 2, tzinfo=UTC) - timedelta(days=60)
    own = places(libraries)
    made: dict[type, list[Any]] = defaultdict(list)
    for _n in range(workshops):
        workshop(own, at, today, made)
    counts(own, today, made)
    for kind in kinds():
        kind.objects.bulk_create(made[kind], batch_size=500)  # type: ignore[attr-defined]
    from simpul.indicators.models import StaleDay

    StaleDay.objects.all().delete()  # the roll-ups above are what they say


def kinds() -> list[type]:
    """In the order of their keys."""
    from simpul.activities.models import Activity
    from simpul.gatherings.models import Attendance, Gathering, Session
    from simpul.indicators.models import DayCount, MonthCount
    from simpul.plans.models import Evidence, Plan, Step
    from simpul.training.models import Lesson, Participant, Workshop

    return [Gathering, Session, Workshop, Lesson, Participant, Plan, Step, Activity, Attendance, Evidence, DayCount, MonthCount]


def places(libraries: int) -> list[Any]:
    from simpul.libraries.models import City, Library, Region

    place = None
    for level, code in enumerate(("99", "99.01", "99.01.01", "99.01.01.1001"), 1):
        place = Region.objects.create(id=Region.id_for(code), code=code, name=code, level=level, parent=place)
    City.objects.create(region=Region.objects.get(code="99.01"), name="Kota")
    return Library.objects.bulk_create([Library(code=f"C{n:03}", name=f"Perpustakaan {n}", kind="village", region=place)
                                        for n in range(libraries)])


def gathering(library: Any, purpose: str, at: Any, made: dict[type, list[Any]]) -> tuple[Any, Any]:
    from simpul.gatherings.models import Gathering, Session

    one = Gathering(library=library, purpose=purpose, title="Kegiatan", state="published", first_on=at.date(), last_on=at.date())
    session = Session(gathering=one, library=library, starts_at=at, ends_at=at + timedelta(hours=1), local_date=at.date())
    made[Gathering].append(one)
    made[Session].append(session)
    return one, session


def workshop(own: list[Any], at: Any, today: Any, made: dict[type, list[Any]]) -> None:
    """Ten lessons; of every library a participant and a plan."""
    from simpul.core.ids import new_id
    from simpul.plans.models import Plan
    from simpul.training.models import Lesson, Participant, Workshop

    one, session = gathering(own[0], "workshop", at, made)
    held = Workshop(gathering=one, library=own[0])
    made[Workshop].append(held)
    made[Lesson] += [Lesson(workshop=held, day=session, title="Sesi", jp=2, starts_at=at, ends_at=session.ends_at)
                     for _lesson in range(10)]
    for library in own:
        made[Participant].append(Participant(
            workshop=held, library=library, name="Peserta", name_key=new_id().hex, state="confirmed",
            outcome="certificate", completed_on=at.date(), token_hash=new_id().hex, named_at=at))
        plan = Plan(library=library, kind="rtl", title="RTL", starts_on=at.date(), ends_on=today, state="handed_in",
                    handed_in_at=at, origin=held.origin)
        made[Plan].append(plan)
        rows(plan, library, at, today, made)


def rows(plan: Any, library: Any, at: Any, today: Any, made: dict[type, list[Any]]) -> None:
    """Six rows, three of them proved by activities with people."""
    from simpul.activities.models import Activity
    from simpul.gatherings.models import Attendance
    from simpul.plans.models import Evidence, Step

    for number in range(1, 7):
        step = Step(plan=plan, library=library, number=number, activity="Baris", due_on=today)
        made[Step].append(step)
        if number > 3:
            continue
        held, day = gathering(library, "activity", at, made)
        activity = Activity(gathering=held, library=library, kind="skills", strategy="engagement")
        made[Activity].append(activity)
        made[Attendance].append(Attendance(session=day, library=library, how="headcount", count=12, happened_at=at,
                                           local_date=at.date()))
        made[Evidence].append(Evidence(step=step, reference=f"activities.Activity:{activity.pk}", added_at=at))


def counts(own: list[Any], today: Any, made: dict[type, list[Any]]) -> None:
    from simpul.indicators.models import DayCount, MonthCount

    months = [(today.replace(day=1) - timedelta(days=30 * n)).replace(day=1) for n in range(0, 12, 2)]
    for library in own:
        made[DayCount] += [DayCount(library_id=library.pk, local_date=today - timedelta(days=n), measure="visits", n=3)
                           for n in range(1, 141)]
        made[MonthCount] += [MonthCount(library_id=library.pk, month=month, measure="visits", by="", value="", n=9,
                                        until_on=today) for month in months]


if __name__ == "__main__":
    main()
