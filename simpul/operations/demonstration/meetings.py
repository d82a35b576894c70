"""Two peer learning meetings: one that was held, one that libraries are invited to. All of it invented."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from simpul.core.clock import JAKARTA
from simpul.core.secrets import fingerprint
from simpul.gatherings.models import Attendance, Gathering, Registration, Session
from simpul.gatherings.tokens import registration_token
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import Chance
from simpul.people.queries import fold_name
from simpul.replication.models import Delegate, PeerMeeting, Share

SHARES = (("20 anak rutin membaca nyaring", "Mulai dari satu RW dulu", "Relawan sering berganti", "Buku cerita buatan anak"),
          ("12 ibu menjual hasil jahitan", "Minta PKK jadi tuan rumah", "Mesin jahit hanya dua", "Tas belanja kain"),
          ("Kunjungan naik setelah buka sore", "Umumkan di grup WA RT", "Internet lambat", "Keripik bayam"),
          ("Karang Taruna mengajar komputer", "Jadwal tetap tiap Kamis", "Laptop pinjaman", "Poster UMKM"))
TAKES = ("Buka dua sore seminggu", "Kelas menjahit bersama PKK", "Membaca nyaring di posyandu", "Pojok UMKM di teras")
WORD = "Capaian, kiat, tantangan, dan pameran produk."
COMING = ("Yuli Astuti", "Hendra Gunawan", "Mimin Aminah")
HELD, TO_COME = 120, -18  # days ago


def meet(chance: Chance, trained: Sequence[Library], today: date, made: dict[type, list[Any]]) -> None:
    """In the order of their keys: gatherings and sessions before meetings, registrations and marks before delegates."""
    host = Library.objects.filter(kind=Library.Kind.CITY).order_by("code").first() or trained[0]
    for kind in (Gathering, Session, PeerMeeting, Share, Registration, Attendance, Delegate):
        made[kind] = made.pop(kind, [])
    held = _meeting(chance, host, "Saling belajar Karawaci (demo)", today - timedelta(days=HELD), today, made)
    for n, library in enumerate(trained[:9]):
        share = _share(chance, held, library, n, today, made)
        share.people = chance.randint(1, 4)
        share.takes_home, share.try_by_on = TAKES[n % len(TAKES)], held.held_on + timedelta(days=45)
        for _person in range(share.people):
            _came(chance, held, library, made)
    later = _meeting(chance, host, "Saling belajar akhir tahun (demo)", today - timedelta(days=TO_COME), today, made)
    for n, library in enumerate(trained[:12]):
        if n < 2:
            _share(chance, later, library, n, today, made)
        else:
            made[Share].append(Share(id=chance.id_at(later.recorded_at), meeting=later, library=library,
                                     recorded_at=later.recorded_at))
        made[Share][-1].invited_at = later.recorded_at
    for name, library in zip(COMING, trained[:2] * 2, strict=False):
        _sent(chance, later, library, made, name=name, phone=f"+62812000099{len(made[Registration]):02}"[:14])


def _meeting(chance: Chance, host: Library, title: str, day: date, today: date, made: dict[type, list[Any]]) -> PeerMeeting:
    told = datetime.combine(min(day - timedelta(days=21), today - timedelta(days=1)), time(10), JAKARTA)
    gathering = Gathering(
        id=chance.id_at(told), library=host, purpose=Gathering.Purpose.PEER, title=title, summary=WORD, is_public=False,
        takes_registrations=False, state=Gathering.State.PUBLISHED, first_on=day, last_on=day, recorded_at=told)
    begins = datetime.combine(day, time(9), JAKARTA)
    made[Gathering].append(gathering)
    made[Session].append(Session(id=chance.id_at(told), gathering=gathering, library=host, starts_at=begins, local_date=day,
                                 ends_at=begins + timedelta(hours=6), recorded_at=told))
    made[PeerMeeting].append(PeerMeeting(id=chance.id_at(told), gathering=gathering, library=host, title=title, held_on=day,
                                         word=WORD, recorded_at=told))
    return made[PeerMeeting][-1]


def _share(chance: Chance, meeting: PeerMeeting, library: Library, n: int, today: date, made: dict[type, list[Any]]) -> Share:
    achievement, tip, challenge, product = SHARES[n % len(SHARES)]
    made[Share].append(Share(id=chance.id_at(meeting.recorded_at), meeting=meeting, library=library, achievement=achievement,
                             tip=tip, challenge=challenge, product=product, recorded_at=meeting.recorded_at))
    return made[Share][-1]


def _sent(chance: Chance, meeting: PeerMeeting, library: Library, made: dict[type, list[Any]], *, name: str = "",
          phone: str = "") -> Registration:
    """Names of a meeting that is over are forgotten."""
    key, gathering = chance.id_at(meeting.recorded_at), meeting.gathering
    gathering.last_number += 1
    row = Registration(
        id=key, gathering=gathering, number=gathering.last_number, name=name, name_key=fold_name(name) if name else "",
        phone=phone, state=Registration.State.IN, code=key.hex[-10:].upper(), token_hash=fingerprint(registration_token(key)),
        registered_at=meeting.recorded_at, sex=chance.choice("PPL"), age_group="18-59",
        forgotten_at=None if name else meeting.recorded_at + timedelta(days=60))
    made[Registration].append(row)
    made[Delegate].append(Delegate(id=chance.id_at(meeting.recorded_at), meeting=meeting, library=library, registration=row,
                                   recorded_at=meeting.recorded_at))
    return row


def _came(chance: Chance, meeting: PeerMeeting, library: Library, made: dict[type, list[Any]]) -> None:
    row = _sent(chance, meeting, library, made)
    session = next(one for one in made[Session] if one.gathering is meeting.gathering)
    made[Attendance].append(Attendance(
        id=chance.id_at(session.starts_at), session=session, library=session.library, registration=row, how="registered",
        sex=row.sex, age_group=row.age_group, happened_at=session.starts_at, local_date=session.local_date,
        recorded_at=session.starts_at))
