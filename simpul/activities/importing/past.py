"""Activities that were held, a line a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from simpul.activities.kinds import KINDS, STRATEGIES
from simpul.activities.models import Activity, Contribution
from simpul.advocacy.actions import partner_named
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.ids import derived_id
from simpul.gatherings.models import Attendance, Gathering, Session
from simpul.libraries.models import Library
from simpul.transfers.history import CannotImport, History, ImportSummary, Plan, Progress, readable, run
from simpul.transfers.refusals import Refused
from simpul.transfers.tables import OLDEST, Line, NotTheColumns, Table, moment_of, whole

TEMPLATE = ("tanggal", "judul", "kode", "jam_mulai", "jam_selesai", "jenis", "strategi", "tempat", "peserta", "laki_laki",
            "perempuan", "hasil", "biaya", "sumber_dana", "mitra", "bentuk_dukungan")
EXAMPLE = ("2025-03-09", "Kelas menjahit", "MENJAHIT-1", "09.00", "11.00", "keterampilan", "pelibatan masyarakat", "",
           "18", "2", "16", "Enam ibu menyelesaikan tas pertamanya.", "250000", "kelurahan", "PKK", "orang")
NEEDED = ("judul",)
NAMES = {
    "tanggal": ("tanggal", "date", "hari"), "judul": ("judul", "nama kegiatan", "kegiatan", "title"),
    "kode": ("kode", "kode kegiatan", "code"), "jam_mulai": ("jam_mulai", "jam mulai", "jam", "mulai"),
    "jam_selesai": ("jam_selesai", "jam selesai", "selesai"), "jenis": ("jenis", "jenis kegiatan", "kind"),
    "strategi": ("strategi", "strategy"), "tempat": ("tempat", "place", "lokasi"),
    "peserta": ("peserta", "jumlah peserta", "jumlah", "participants"),
    "laki_laki": ("laki_laki", "laki-laki", "laki laki", "l"), "perempuan": ("perempuan", "p"),
    "hasil": ("hasil", "keterangan", "result"), "biaya": ("biaya", "anggaran", "cost"),
    "sumber_dana": ("sumber_dana", "sumber dana", "funds"), "mitra": ("mitra", "partner"),
    "bentuk_dukungan": ("bentuk_dukungan", "bentuk dukungan", "dukungan"),
}
FUNDS = {"apbd": "apbd", "kelurahan": "kelurahan", "dana kelurahan": "kelurahan", "csr": "csr", "swadaya": "own",
         "iuran": "community", "masyarakat": "community", "lainnya": "other", "tanpa biaya": "none"}
SUPPORT = {"uang": "money", "barang": "goods", "orang": "people", "tempat": "place"}
MOST_PEOPLE, MOST_RUPIAH = 100_000, 10**12


@dataclass(frozen=True)
class Draft:
    """One day of an activity; `cells` are (sex, people)."""

    position: int
    gathering_id: UUID
    session_id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    on: date
    place: str
    kind: str
    strategy: str
    cells: tuple[tuple[str, int], ...]
    result: str
    cost: int | None
    funds: str
    partner: str
    support: str


def gathering_id_of(library: Library, code: str, title: str, on: date) -> UUID:
    """By its code; without one an activity is known by day and title."""
    return uuid5(library.pk, f"activity {code.casefold()}" if code else f"activity {on} {title.casefold()}")


def import_activities(path: Path | str, library: Library, by: Actor, at: datetime, id: UUID, dry_run: bool = False,
                      progress: Progress | None = None) -> ImportSummary:
    """Import a table of activities of a library. With `dry_run` nothing is written: the summary tells what would
    happen. The same id again answers as the first time. Raises CannotImport or NotAllowed before anything is read."""
    path = readable(path, library.pk, by)
    try:
        table = Table(path, NAMES, NEEDED)
    except NotTheColumns:
        raise CannotImport(gettext_lazy(
            "The first line names no column with what was done. Use the template.")) from None
    history = History("activities", table, partial(_draft, library=library, at=at),
                      partial(_plan, library=library, at=at, id=id, seen=set()))
    return run(history, library.pk, by=by, at=at, id=id, dry_run=dry_run, progress=progress)


def _draft(line: Line, *, library: Library, at: datetime) -> Draft | Refused:
    told, zone = line.told, ZoneInfo(library.time_zone)

    def refused(code: str, reason: str, name: str) -> Refused:
        return Refused(line.position, code, reason, told(name)[:40])

    day = moment_of(told("tanggal"))[0]
    begins, ends = _hours(told("tanggal"), told("jam_mulai"), told("jam_selesai"))
    if day is None or begins is None or ends is None:
        return refused("no_date", _("day or hours cannot be read"), "tanggal")
    if not OLDEST <= day.date() <= clock.local_date(at, library.time_zone):
        return refused("wrong_date", _("the day lies in the future or before 1990"), "tanggal")
    title = told("judul")[:160]
    if not title:
        return refused("no_title", _("it is not said what was done"), "tanggal")
    known = {"jenis": _known(told("jenis"), _kinds(), "other"),
             "strategi": _known(told("strategi"), _strategies(), ""),
             "sumber_dana": FUNDS.get(told("sumber_dana").casefold(), "" if not told("sumber_dana") else None),
             "bentuk_dukungan": SUPPORT.get(told("bentuk_dukungan").casefold())}
    for name in ("jenis", "strategi", "sumber_dana"):
        if known[name] is None:
            return refused("unknown_word", _("this word is not known here"), name)
    if told("mitra") and known["bentuk_dukungan"] is None:
        return refused("unknown_support", _("what the partner gave: uang, barang, orang or tempat"), "bentuk_dukungan")
    cells = _cells(told("peserta"), told("laki_laki"), told("perempuan"))
    if cells is None:
        return refused("wrong_count", _("the numbers of participants do not agree"), "peserta")
    cost = whole(told("biaya"), MOST_RUPIAH) if told("biaya") else None
    if told("biaya") and cost is None:
        return refused("wrong_cost", _("the cost is no amount in rupiah"), "biaya")
    gathering = gathering_id_of(library, told("kode"), title, day.date())
    kind = known["jenis"] or "other"
    return Draft(
        line.position, gathering, uuid5(gathering, f"{begins:%Y-%m-%d %H:%M}"), title,
        begins.replace(tzinfo=zone).astimezone(UTC), ends.replace(tzinfo=zone).astimezone(UTC), day.date(),
        told("tempat")[:160], kind, known["strategi"] or KINDS[kind].sim, cells, told("hasil")[:2000], cost,
        known["sumber_dana"] or "", told("mitra")[:120], known["bentuk_dukungan"] or "")


def _hours(day: str, begins: str, ends: str) -> tuple[datetime | None, datetime | None]:
    """An activity without hours begins at nine and takes two hours."""
    first = moment_of(f"{day} {begins or '09.00'}")[0]
    last = moment_of(f"{day} {ends}")[0] if ends else first and first + timedelta(hours=2)
    return (first, last) if first and last and last > first else (first, None)


def _cells(all_of_them: str, men: str, women: str) -> tuple[tuple[str, int], ...] | None:
    """People by sex, and those of whom it is not said; None where the numbers are none or do not agree."""
    told = [whole(text or "0", MOST_PEOPLE) for text in (all_of_them, men, women)]
    if None in told:
        return None
    total, of_men, of_women = (n or 0 for n in told)
    rest = total - of_men - of_women if all_of_them else 0
    return None if rest < 0 else tuple((sex, n) for sex, n in (("L", of_men), ("P", of_women), ("", rest)) if n)


def _known(text: str, words: dict[str, str], empty: str) -> str | None:
    return words.get(text.casefold()) if text else empty


@cache
def _kinds() -> dict[str, str]:
    return _said([(code, kind.label) for code, kind in KINDS.items()])


@cache
def _strategies() -> dict[str, str]:
    return {**_said(STRATEGIES), "pelibatan": "involvement", "layanan": "information", "advokasi": "advocacy",
            "publikasi": "advocacy", "peningkatan layanan informasi": "information"}


def _said(choices: Sequence[tuple[str, object]]) -> dict[str, str]:
    """Codes by themselves and by their labels in both languages."""
    found = {code: code for code, _label in choices}
    for language in ("id", "en"):
        with override(language):
            found.update((str(label).casefold(), code) for code, label in choices)
    return found


def _plan(drafts: Sequence[Draft], *, library: Library, at: datetime, id: UUID, seen: set[UUID]) -> Plan:
    there = set(Session.objects.filter(pk__in=[draft.session_id for draft in drafts]).values_list("pk", flat=True))
    new, plan = [], Plan()
    for draft in drafts:
        if draft.session_id in there | seen:
            plan.unchanged += 1
        else:
            seen.add(draft.session_id)
            new.append(draft)
            plan.added += 1
    plan.write = lambda: _write(new, library, at, id)
    return plan


def _write(new: Sequence[Draft], library: Library, at: datetime, id: UUID) -> None:
    first_of = {draft.gathering_id: draft for draft in reversed(new)}
    there = Gathering.objects.in_bulk(list(first_of))
    fresh = [draft for draft in first_of.values() if draft.gathering_id not in there]
    Gathering.objects.bulk_create([Gathering(
        id=draft.gathering_id, library=library, purpose=Gathering.Purpose.ACTIVITY, title=draft.title,
        state=Gathering.State.PUBLISHED, takes_registrations=False, first_on=draft.on, last_on=draft.on,
        recorded_at=at) for draft in fresh])
    Activity.objects.bulk_create([Activity(
        id=derived_id(draft.gathering_id, "activity"), gathering_id=draft.gathering_id, library=library,
        kind=draft.kind, strategy=draft.strategy, funds=draft.funds, cost=draft.cost, result=draft.result,
        reported_at=draft.ends_at if draft.result else None, recorded_at=at) for draft in fresh])
    Session.objects.bulk_create([Session(
        id=draft.session_id, gathering_id=draft.gathering_id, library=library, starts_at=draft.starts_at,
        ends_at=draft.ends_at, local_date=draft.on, place=draft.place, recorded_at=at) for draft in new])
    Attendance.objects.bulk_create([Attendance(
        id=derived_id(draft.session_id, f"told {sex}"), session_id=draft.session_id, library=library,
        how=Attendance.How.HEADCOUNT, sex=sex, count=n, happened_at=draft.starts_at, local_date=draft.on,
        recorded_at=at) for draft in new for sex, n in draft.cells])
    for draft in fresh:
        if draft.partner:
            partner = partner_named(library=library, name=draft.partner, at=draft.starts_at,
                                    id=derived_id(id, f"partner {draft.gathering_id}"))
            Contribution.objects.create(id=derived_id(draft.gathering_id, "support"), partner=partner,
                                        activity_id=derived_id(draft.gathering_id, "activity"), kind=draft.support)
    _span_days(new)


def _span_days(new: Sequence[Draft]) -> None:
    """A further day makes its activity longer."""
    for gathering in Gathering.objects.filter(pk__in={draft.gathering_id for draft in new}):
        days = [draft.on for draft in new if draft.gathering_id == gathering.pk]
        first, last = min(*days, gathering.first_on or days[0], days[0]), max(*days, gathering.last_on or days[0], days[0])
        if (first, last) != (gathering.first_on, gathering.last_on):
            gathering.first_on, gathering.last_on = first, last
            gathering.save(update_fields=["first_on", "last_on"])
