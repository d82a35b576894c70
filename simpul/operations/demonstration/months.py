"""A year of signed months: most in time, some late, one restated, one closed, the last one open. All of it invented.

The snapshots hold what can be counted for all libraries at once; the librarian's own library is signed by the action.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from simpul.accounts.models import Account
from simpul.core.actor import Actor, ActorKind
from simpul.core.clock import JAKARTA
from simpul.core.ids import derived_id
from simpul.core.measure import discover
from simpul.indicators.definitions import indicators
from simpul.indicators.periods import Period, end_of_month, next_month
from simpul.indicators.rollups.counting import Span, count_live
from simpul.indicators.rollups.refreshing import refresh
from simpul.libraries.models import Closure, Library
from simpul.months.actions import answer_unusual, sign_month, tell_month
from simpul.months.figures import label_of
from simpul.months.models import MonthReport, Signature
from simpul.months.queries.calendar import due_day
from simpul.months.queries.month import month as read_month
from simpul.months.queries.states import due_on
from simpul.months.snapshot import digest_of
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.writing import insert
from simpul.visits.actions import record_sheet
from simpul.visits.models import Cell

FIGURES = ("visits", "loans", "in_house_uses", "new_members", "activities", "participants")
MONTHS, LETTERS = 11, "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
OWN = 2  # months that the librarian signs by the action
SENTENCES = ("Kelas membaca nyaring mulai ramai (demo).", "Anak sekolah datang setelah pukul dua (demo).",
             "Rak baru dari warga sudah terisi (demo).")


def record(libraries: Sequence[Library], today: date) -> None:
    """After everything that is counted is written."""
    chance = Chance(SEED + 31)
    own = next(one for one in libraries if one.region.code == "36.71.01.1007" and one.kind == Library.Kind.VILLAGE)
    months = months_before(today)
    _sign_in_bulk(chance, libraries, months, today, own)
    _own_year(chance, own, months, today)


def months_before(today: date) -> list[date]:
    """First days of the months that are over, the latest first."""
    found, month = [], today.replace(day=1)
    for _n in range(MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
        found.append(month)
    return found


def _sign_in_bulk(chance: Chance, libraries: Sequence[Library], months: list[date], today: date,
                  own: Library) -> None:
    plain = [indicators()[name] for name in FIGURES]
    counted = {one.id: _counted(one.now.numerator[0].measure, months) for one in plain}
    reports, signatures = [], []
    closed: list[Closure] = []
    for library in libraries:
        for n, month in enumerate(months):
            if library.pk == own.pk and n <= OWN:
                continue
            due = due_on(month, due_day({}))
            signed = next_month(month) + timedelta(days=chance.randint(0, 4))
            if chance.random() < 0.12:
                signed = due + timedelta(days=chance.randint(2, 20))
            if signed >= today or chance.random() < (0.25 if n == 0 else 0.03):
                continue  # still waits
            at = datetime.combine(signed, time(chance.randint(8, 15), chance.randint(0, 59)), JAKARTA)
            report = MonthReport(id=chance.id_at(at), library=library, month=month, prepared_at=at)
            reports.append(report)
            figures = [(one, counted[one.id].get((library.pk, month), 0)) for one in plain]
            if not closed and n and not any(k for _one, k in figures):
                closed.append(Closure(id=chance.id_at(at), library=library, first_on=month, last_on=end_of_month(month),
                                      reason="Perbaikan gedung (demo)"))
            content = _content(library, month, figures, is_closed=bool(closed) and closed[-1].first_on == month
                               and closed[-1].library_id == library.pk)
            signatures.append(Signature(
                id=chance.id_at(at), report=report, library=library, month=month, version=1,
                code="".join(chance.choices(LETTERS, k=10)), signer="Pengelola (demo)", signed_at=at, signed_on=signed,
                snapshot=content, digest=digest_of(content), is_closed_month=content["coverage"]["state"] == "closed"))
    for rows in (reports, signatures, closed):
        insert(rows)


def _counted(measure: str, months: list[date]) -> Counter[tuple[UUID, date]]:
    """Straight from the records: nothing is rolled up yet."""
    found: Counter[tuple[UUID, date]] = Counter()
    for library, day, _values, n in count_live(discover()[measure], [Span(None, months[-1], end_of_month(months[0]))]):
        found[library, day.replace(day=1)] += n
    return found


def _content(library: Library, month: date, figures: Sequence[Any], *, is_closed: bool) -> dict[str, Any]:
    period = Period.of_month(month)
    unknown = {"value": None, "state": "no_data"}
    has_any = any(n for _one, n in figures)
    state = "closed" if is_closed else "received" if has_any else "silent"
    return {
        "form": 1, "month": period.code,
        "library": {"code": library.code, "name": library.name, "region_code": library.region.code,
                    "region": library.region.full_name},
        "coverage": {"state": state, "days_open": None, "days_recorded": 20 if has_any else 0, "days_silent": 0},
        "figures": [{"id": one.id, "definition": label_of(one, period), "value": str(n), "state": "ok", "is_public": True,
                     "before": unknown, "year_before": unknown} for one, n in figures] if has_any else [],
        "told": [], "unusual": [], "lists": []}


def _own_year(chance: Chance, library: Library, months: list[date], today: date) -> None:
    """The librarian's own months by the actions, so that all is there; the month before last gets a late page of the guest
    book; the last one waits for her."""
    account = Account.objects.get(phone="+628120000001")
    by = Actor(kind=ActorKind.ACCOUNT, id=account.pk, librarian_of=frozenset({library.pk}))
    refresh(datetime.combine(today, time(1), JAKARTA), libraries=[library.pk])
    for n, month in enumerate(months[1:OWN + 1]):
        at = datetime.combine(next_month(month) + timedelta(days=9 if n else 2), time(9, 30), JAKARTA)
        ids = _ids(library, month)
        tell_month(library=library, month=month, told={"wifi_outside": chance.randint(10, 60), "hindered": "",
                                                      "sentence": SENTENCES[n % len(SENTENCES)]}, by=by, at=at, id=ids[0])
        for found in read_month(library, Period.of_month(month), at).findings[:2]:
            if not found.unusual.is_block:
                answer_unusual(library=library, month=month, key=found.unusual.key, reason="event", by=by, at=at,
                               id=derived_id(ids[1], found.unusual.key))
        sign_month(library=library, month=month, by=by, at=at, id=ids[2])
    late = months[1] + timedelta(days=11)
    record_sheet(library=library, day=late, cells=[Cell("P", "18-59", 6), Cell("L", "6-12", 5)], by=by,
                 at=datetime.combine(today - timedelta(days=3), time(10), JAKARTA), id=_ids(library, late)[0])


def _ids(library: Library, month: date) -> list[UUID]:
    return [derived_id(library.pk, f"month {month} {n}") for n in range(3)]
