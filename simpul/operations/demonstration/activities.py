"""A year of activities, and what is announced for the weeks to come."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max

from simpul.activities.kinds import KINDS
from simpul.activities.models import Activity, Contribution, Speaker
from simpul.advocacy.actions.partners import key_of
from simpul.advocacy.models import Partner
from simpul.core.actor import COMMAND
from simpul.gatherings.actions import register
from simpul.gatherings.models import Attendance, Gathering, Session
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.year import DAYS
from simpul.visits.models import Visit

#: kind → (titles, usual number of people, the groups that come, how often beside the others)
PROGRAMME: dict[str, tuple[tuple[str, ...], int, tuple[str, ...], int]] = {
    "reading_aloud": (("Membaca nyaring Sabtu ceria", "Read aloud bersama ibu"), 18, ("P:6-12", "L:6-12", "P:18-59"), 8),
    "storytelling": (("Dongeng sore", "Panggung cerita anak"), 24, ("P:6-12", "L:6-12", "L:0-5", "P:18-59"), 5),
    "book_talk": (("Bedah buku bulanan", "Ngobrol buku"), 14, ("P:18-59", "L:18-59", "P:13-17"), 3),
    "contest": (("Lomba mewarnai", "Lomba bercerita"), 35, ("P:6-12", "L:6-12"), 2),
    "school_visit": (("Kunjungan SDN Demo 1", "Kunjungan PAUD Demo"), 32, ("P:6-12", "L:6-12", "P:18-59"), 4),
    "skills": (("Kelas menjahit tas", "Kelas rajut", "Merangkai bunga kering"), 13, ("P:18-59", "P:60+"), 4),
    "economy": (("Jual kue daring", "Menghitung untung warung"), 16, ("P:18-59", "L:18-59"), 4),
    "health": (("Gizi balita bersama posyandu", "Senam dan cek tensi lansia"), 22, ("P:18-59", "P:60+", "L:60+"), 3),
    "ict": (("Kelas komputer dasar", "Aman berinternet"), 11, ("P:18-59", "L:13-17", "P:13-17"), 4),
    "culture": (("Belajar gambang kromong",), 15, ("L:13-17", "P:13-17"), 1),
    "environment": (("Menanam sayur di pot",), 14, ("P:18-59", "L:60+"), 2),
}
A_MONTH = {Library.Kind.CITY: 6.0, Library.Kind.TBM: 1.6, Library.Kind.VILLAGE: 0.8}
SPEAKERS = (("Sri Handayani (demo)", "PKK"), ("Yusuf Maulana (demo)", "Kampus Demo"), ("Bidan Ratna (demo)", "Posyandu Demo"))
PARTNERS = (("PKK (demo)", "people", "dua kader", 200_000, "pkk"),
            ("Toko Kain Demo", "goods", "bahan latihan", 450_000, "company"),
            ("RW 03 (demo)", "place", "balai RW", 300_000, "rt_rw"), ("PT Maju Demo", "money", "konsumsi", 750_000, "company"))
RESULTS = ("Peserta pulang dengan hasil karyanya dan ingin lanjut bulan depan.",
           "Anak-anak meminjam buku seusai acara; orang tua minta jadwal tetap.",
           "Tiga peserta mulai berjualan dari rumah.", "Warga sepakat bertemu lagi dua pekan sekali.")
AHEAD = 21  # days that are announced already


@dataclass
class Rows:
    """What is to be written, a list a table, in the order of their keys."""

    gatherings: list[Gathering] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    partners: dict[tuple[Any, str], Partner] = field(default_factory=dict)
    parts: list[Any] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)

    def partner(self, chance: Chance, library: Library, name: str, kind: str, at: datetime) -> Partner:
        """The partner of this name at this library, made where she is new."""
        key = (library.pk, key_of(name))
        if key not in self.partners:
            self.partners[key] = Partner(id=chance.id_at(at), library=library, name=name, name_key=key[1], kind=kind,
                                         since_on=at.date(), recorded_at=at)
        return self.partners[key]

    def write(self) -> None:
        known = {(one.library_id, one.name_key): one.pk for one in Partner.objects.all()}
        for key, partner in self.partners.items():
            partner.pk = known.get(key, partner.pk)
        Partner.objects.bulk_create([one for key, one in self.partners.items() if key not in known], batch_size=1000)
        for part in self.parts:
            if isinstance(part, Contribution):
                part.partner_id = part.partner.pk
        for rows in (self.gatherings, self.sessions, self.activities, self.visits, self.attendance):
            if rows:
                type(rows[0])._default_manager.bulk_create(rows, batch_size=1000)  # type: ignore[attr-defined,arg-type]
        by_table: dict[Any, list[Any]] = defaultdict(list)
        for part in self.parts:
            by_table[type(part)].append(part)
        for table, rows_ in by_table.items():
            table.objects.bulk_create(rows_, batch_size=1000)


def record(libraries: list[Library], names: dict[str, list[str]], today: date) -> None:
    """Past and coming activities of every library that still records; the cast's own has one this afternoon."""
    chance, rows = Chance(SEED + 3), Rows()
    last = dict(Visit.objects.order_by().values("library").annotate(last=Max("local_date")).values_list(
        "library", "last"))
    for library in libraries:
        until = last.get(library.pk)
        if until is None:
            continue
        is_live = until >= today - timedelta(days=7)
        mean = A_MONTH.get(Library.Kind(library.kind), 0.8) * (DAYS / 30)
        for _n in range(chance.poisson(mean)):
            on = today - timedelta(days=chance.randint(1, DAYS - 1))
            if on <= until:
                _one(chance, rows, library, on, today)
        for _n in range(chance.poisson(mean * AHEAD / DAYS) if is_live else 0):
            _one(chance, rows, library, today + timedelta(days=chance.randint(1, AHEAD)), today)
    own = next(one for one in libraries if one.region.code == "36.71.01.1007")
    _one(chance, rows, own, today, today, kind="skills", capacity=12)
    _one(chance, rows, own, today + timedelta(days=4), today, kind="storytelling", capacity=25)
    rows.write()
    _register(chance, own, names, today)


def _one(chance: Chance, rows: Rows, library: Library, on: date, today: date, *, kind: str = "",
         capacity: int | None = None) -> None:
    """One activity with its day; where that is past, with who came and what came of it."""
    kind = kind or chance.choices(list(PROGRAMME), [one[3] for one in PROGRAMME.values()])[0]
    titles, usual, groups, _often = PROGRAMME[kind]
    begins = datetime.combine(on, time(chance.choice((9, 10, 13, 15))), ZoneInfo(library.time_zone))
    planned = min(begins - timedelta(days=14), datetime.combine(today - timedelta(days=1), time(9), begins.tzinfo))
    ids = [chance.id_at(planned) for _n in range(3)]
    gathering = Gathering(
        id=ids[0], library=library, purpose=Gathering.Purpose.ACTIVITY, title=chance.choice(titles),
        summary="Terbuka untuk warga, gratis. Datang bersama keluarga.", state=Gathering.State.PUBLISHED,
        capacity=capacity or chance.choice((None, 15, 20, 30)), takes_registrations=capacity is not None or kind in (
            "skills", "ict", "economy", "contest"), first_on=on, last_on=on, recorded_at=planned)
    session = Session(id=ids[1], gathering=gathering, library=library, starts_at=begins, local_date=on,
                      ends_at=begins + timedelta(hours=2), recorded_at=planned,
                      place=chance.choice(("", "", "", "Balai RW 03", "Posyandu Melati")))
    is_past = on < today
    activity = Activity(
        id=ids[2], gathering=gathering, library=library, kind=kind, strategy=KINDS[kind].sim,
        target_group=chance.choice(("", "ibu rumah tangga", "anak SD", "remaja")), recorded_at=planned,
        checklist=[{"text": str(text), "done": is_past} for text in KINDS[kind].needs])
    rows.gatherings.append(gathering)
    rows.sessions.append(session)
    rows.activities.append(activity)
    if chance.random() < 0.4:
        name, institution = chance.choice(SPEAKERS)
        rows.parts.append(Speaker(id=chance.id_at(planned), activity=activity, name=name, institution=institution))
    if chance.random() < 0.35:
        name, gift, what, worth, sort = chance.choice(PARTNERS)
        rows.parts.append(Contribution(id=chance.id_at(planned), activity=activity, kind=gift, what=what, worth=worth,
                                       partner=rows.partner(chance, library, name, sort, planned)))
    if is_past:
        _came(chance, rows, session, groups, max(3, chance.poisson(usual)))
        if chance.random() < 0.85:
            activity.result, activity.reported_at = chance.choice(RESULTS), begins + timedelta(hours=4)
            activity.cost = chance.choice((0, 150_000, 300_000, 500_000))


def _came(chance: Chance, rows: Rows, session: Session, groups: tuple[str, ...], people: int) -> None:
    """They were counted by sex and age, and stand in the guest book as one entry."""
    counts: dict[str, int] = defaultdict(int)
    for group in chance.choices(groups, k=people):
        counts[group] += 1
    entry = chance.id_at(session.starts_at)
    common = {"happened_at": session.starts_at, "local_date": session.local_date, "recorded_at": session.ends_at}
    for n, (group, count) in enumerate(counts.items()):
        sex, _colon, age = group.partition(":")
        rows.visits.append(Visit(
            id=entry if n == 0 else chance.id_at(session.starts_at), entry_id=entry, library=session.library,
            how=Visit.How.TALLY, sex=sex, age_group=age, count=count, purpose=Visit.Purpose.ACTIVITY, **common))
        rows.attendance.append(Attendance(
            id=chance.id_at(session.starts_at), session=session, library=session.library,
            how=Attendance.How.HEADCOUNT, sex=sex, age_group=age, count=count, visit_entry_id=entry, **common))


def _register(chance: Chance, library: Library, names: dict[str, list[str]], today: date) -> None:
    """Residents registered for what the cast's library announces: the first is full, three wait."""
    at = datetime.combine(today - timedelta(days=1), time(19), ZoneInfo(library.time_zone))
    coming = Gathering.objects.filter(library=library, first_on__gte=today, capacity__in=(12, 25)).order_by("first_on")
    for gathering, people in zip(coming[:2], (15, 9), strict=False):
        for n in range(people):
            register(gathering=gathering, name=f"{chance.choice(names['P'])} (demo)", phone=f"08120001{n:04}",
                     by=COMMAND, at=at + timedelta(minutes=n), id=chance.id_at(at + timedelta(minutes=n)))
