"""A year of volunteers: who helps, the roster, hours, letters and thanks. All of it invented."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from simpul.accounts.models import Account
from simpul.core.clock import JAKARTA
from simpul.core.secrets import fingerprint
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.writing import insert
from simpul.operations.demonstration.year import DAYS
from simpul.volunteers.kinds import Work
from simpul.volunteers.models import Duty, Handover, Helper, Letter, Pattern, Service, Thanks
from simpul.volunteers.tokens import letter_token

LIKES = ("membaca nyaring", "desain poster", "matematika SD", "merawat buku", "memasak", "komputer", "foto dan video")
NOTES = ("Kunci dititip di Pak RT; lampu belakang sudah mati dua hari.", "Dua dus buku sumbangan menunggu label.",
         "Anak-anak ingin dongeng Si Kancil lagi Sabtu ini.")
WORDS = ("Terima kasih sudah membuka perpustakaan saat hujan deras.", "Dongengnya ditunggu anak-anak tiap Sabtu.",
         "Katalog rapi berkat Anda semua.")
OFTEN = (Work.DESK, Work.DESK, Work.DESK, Work.READING, Work.TEACHING, Work.ACTIVITY, Work.BOOKS, Work.ROOM, Work.WORD)


def record(libraries: Sequence[Library], names: dict[str, list[str]], today: date) -> None:
    """Every reading garden and a part of the kelurahan libraries live by volunteers; the others need none."""
    chance = Chance(SEED + 22)
    own = next(one for one in libraries if one.region.code == "36.71.01.1007" and one.kind == Library.Kind.VILLAGE)
    chosen = [own, *(one for one in libraries if one.pk != own.pk and (
        one.kind == Library.Kind.TBM or chance.random() < 0.15))]
    made: dict[type, list] = {model: [] for model in (Helper, Pattern, Duty, Service, Handover, Letter, Thanks)}
    budi = Account.objects.filter(phone="+628120000002").first()
    for library in chosen:
        _library(chance, library, names, today, made, budi if library.pk == own.pk else None)
    for rows in made.values():
        insert(rows)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), JAKARTA)


def _library(chance: Chance, library: Library, names: dict[str, list[str]], today: date, made: dict[type, list],
             account: Account | None) -> None:
    since = today - timedelta(days=DAYS)
    helpers = [_helper(chance, library, f"{chance.choice(names[chance.choice('LPP')])} (demo)", since)
               for _n in range(chance.randint(2, 5))]
    if account:
        helpers[0].account, helpers[0].name, helpers[0].since_on = account, account.name, since
    made[Helper] += helpers
    patterns = []
    for helper in helpers:
        starts = chance.choice((13, 14, 15))
        patterns.append(Pattern(id=chance.id_at(_at(since, 9)), library=library, helper=helper, starts=time(starts),
                                weekday=chance.choice((1, 2, 3, 4, 5)), ends=time(starts + 2), from_on=helper.since_on))
        made[Service] += _hours(chance, helper, patterns[-1], today)
    made[Pattern] += patterns
    made[Handover].append(Handover(id=chance.id_at(_at(today, 8)), library=library, text=chance.choice(NOTES),
                                   happened_at=_at(today - timedelta(days=1), 16)))
    made[Thanks].append(Thanks(id=chance.id_at(_at(today, 8)), library=library, text=chance.choice(WORDS),
                               happened_at=_at(today - timedelta(days=chance.randint(2, 40)), 10)))
    if account or chance.random() < 0.3:
        made[Duty].append(_gap(chance, patterns[-1], today))
        made[Letter].append(_letter(chance, helpers[-1], made[Service], today))


def _helper(chance: Chance, library: Library, name: str, since: date) -> Helper:
    return Helper(id=chance.id_at(_at(since, 9)), library=library, name=name, likes=chance.choice(LIKES),
                  since_on=since + timedelta(days=chance.randint(0, 60)), recorded_at=_at(since, 9))


def _hours(chance: Chance, helper: Helper, pattern: Pattern, today: date) -> list[Service]:
    """One turn a week, four out of five kept."""
    day = helper.since_on + timedelta(days=(pattern.weekday - helper.since_on.weekday()) % 7)
    found = []
    while day < today:
        if chance.random() < 0.8:
            at = _at(day, pattern.starts.hour)
            found.append(Service(id=chance.id_at(at), library_id=helper.library_id, helper=helper, work=chance.choice(OFTEN),
                                 minutes=chance.choice((90, 120, 120, 150, 180)), happened_at=at, local_date=day,
                                 recorded_at=at + timedelta(hours=2)))
        day += timedelta(days=7)
    return found


def _gap(chance: Chance, pattern: Pattern, today: date) -> Duty:
    day = today + timedelta(days=(pattern.weekday - today.weekday()) % 7 or 7)
    return Duty(id=chance.id_at(_at(today, 7)), library_id=pattern.library_id, pattern=pattern, day=day, starts=pattern.starts,
                ends=pattern.ends, absent=pattern.helper, recorded_at=_at(today, 7))


def _letter(chance: Chance, helper: Helper, services: list[Service], today: date) -> Letter:
    on = today - timedelta(days=chance.randint(5, 60))
    minutes: dict[str, int] = {}
    for one in services:
        if one.helper_id == helper.pk and one.local_date <= on:
            minutes[str(one.work)] = minutes.get(str(one.work), 0) + (one.minutes or 0)
    key = chance.id_at(_at(on, 10))
    return Letter(id=key, library_id=helper.library_id, helper=helper, serial=1, year=on.year, issued_on=on, last_on=on,
                  number=f"001/SKR/{helper.library.code}/{on.year}", first_on=helper.since_on, minutes=minutes,
                  initials=helper.initials, signer=f"Kepala {helper.library.name}", token_hash=fingerprint(letter_token(key)))
