"""Who came to the activities of the past, a line a person or a group of alike persons."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.activities.importing.past import MOST_PEOPLE, gathering_id_of
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.ids import derived_id
from simpul.gatherings.actions.retention import KEPT_MEMBER
from simpul.gatherings.models import Attendance, Session
from simpul.libraries.models import Library
from simpul.people.categories import age_group_said, sex_said
from simpul.people.models import Member
from simpul.people.queries import members_numbered
from simpul.transfers.history import CannotImport, History, ImportSummary, Plan, Progress, Sayings, readable, run
from simpul.transfers.refusals import Refused
from simpul.transfers.tables import OLDEST, Line, NotTheColumns, Table, is_yes, moment_of, whole

TEMPLATE = ("tanggal", "kode", "judul", "nomor_anggota", "jenis_kelamin", "kelompok_umur", "disabilitas", "jumlah", "hadir")
EXAMPLE = ("2025-03-09", "MENJAHIT-1", "", "", "P", "18-59", "tidak", "1", "ya")
NEEDED = ("kode", "judul")
NAMES = {
    "tanggal": ("tanggal", "date", "hari"), "kode": ("kode", "kode kegiatan", "code"),
    "judul": ("judul", "nama kegiatan", "kegiatan", "title"),
    "nomor_anggota": ("nomor_anggota", "nomor anggota", "member_id", "noanggota"),
    "jenis_kelamin": ("jenis_kelamin", "jenis kelamin", "sex", "gender", "l/p"),
    "kelompok_umur": ("kelompok_umur", "kelompok umur", "umur", "age_group", "age"),
    "disabilitas": ("disabilitas", "difabel", "disability"), "jumlah": ("jumlah", "count", "banyak"),
    "hadir": ("hadir", "kehadiran", "status", "present"),
}
STATES = {"": "present", "ya": "present", "hadir": "present", "1": "present", "tidak": "absent", "tidak hadir": "absent",
          "0": "absent", "izin": "excused", "sakit": "excused"}
How, State = Attendance.How, Attendance.State


@dataclass(frozen=True)
class Draft:
    """One line; `identity` is what makes it the same line next time, and holds no name."""

    position: int
    gathering_id: UUID
    title: str
    on: date
    identity: str
    member_number: str
    sex: str
    age_group: str
    has_disability: bool | None
    count: int
    state: str


def import_attendance(path: Path | str, library: Library, by: Actor, at: datetime, id: UUID, dry_run: bool = False,
                      progress: Progress | None = None) -> ImportSummary:
    """Import a table of who came to activities of a library. With `dry_run` nothing is written: the summary tells what
    would happen. The same id again answers as the first time. Raises CannotImport or NotAllowed before anything is
    read."""
    path = readable(path, library.pk, by)
    try:
        table = Table(path, NAMES, NEEDED)
    except NotTheColumns:
        raise CannotImport(gettext_lazy(
            "The first line names no column with code or title of the activity. Use the template.")) from None
    today = clock.local_date(at, library.time_zone)
    history = History("attendance", table, partial(_draft, library=library, today=today),
                      partial(_plan, library=library, at=at, kept_from=today - KEPT_MEMBER, seen=set(),
                              sayings=Sayings(library.pk, "attendance")))
    return run(history, library.pk, by=by, at=at, id=id, dry_run=dry_run, progress=progress)


def _draft(line: Line, *, library: Library, today: date) -> Draft | Refused:
    told = line.told

    def refused(code: str, reason: str, name: str) -> Refused:
        return Refused(line.position, code, reason, told(name)[:40])

    day = moment_of(told("tanggal"))[0]
    if day is None:
        return refused("no_date", _("the day cannot be read"), "tanggal")
    if not OLDEST <= day.date() <= today:
        return refused("wrong_date", _("the day lies in the future or before 1990"), "tanggal")
    sex, age = sex_said(told("jenis_kelamin")), age_group_said(told("kelompok_umur"))
    if sex is None:
        return refused("unknown_sex", _("the sex is not known here"), "jenis_kelamin")
    if age is None:
        return refused("unknown_age", _("the age group is not known here"), "kelompok_umur")
    count, number = whole(told("jumlah") or "1", MOST_PEOPLE), told("nomor_anggota")
    if not count or (number and count > 1):
        return refused("wrong_count", _("the number is not between 1 and 100,000"), "jumlah")
    state = STATES.get(told("hadir").casefold())
    if state is None:
        return refused("unknown_word", _("this word is not known here"), "hadir")
    gathering = gathering_id_of(library, told("kode"), told("judul")[:160], day.date())
    disability = is_yes(told("disabilitas")) or None
    return Draft(line.position, gathering, told("judul")[:160], day.date(),
                 "|".join((str(gathering), str(day.date()), number, sex, age, str(disability), str(count), state)),
                 number, sex, age, disability, count, state)


def _plan(drafts: Sequence[Draft], *, library: Library, at: datetime, kept_from: date, seen: set[UUID],
          sayings: Sayings) -> Plan:
    sessions = _sessions(library, drafts)
    members = members_numbered(library, {draft.member_number for draft in drafts if draft.member_number})
    rows, plan = [], Plan()
    for draft in drafts:
        said = sayings.id_of(draft.identity)
        session = sessions.get((draft.gathering_id, draft.on)) or sessions.get((draft.title.casefold(), draft.on))
        if session is None:
            plan.refused.append(Refused(draft.position, "unknown_activity",
                                        _("no activity of this day is known here; import the activities first")))
        elif draft.state != State.PRESENT and draft.count > 1:
            plan.refused.append(Refused(draft.position, "wrong_count", _("absent people are told one by one")))
        else:
            member = members.get(draft.member_number)
            # a member is at a day once, whatever the file says
            id = uuid5(session.pk, f"member {draft.member_number}") if draft.member_number else said
            rows.append(_mark(id, session, draft, member, is_kept=draft.on >= kept_from, at=at))
    there = set(Attendance.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)) | seen
    there |= _already_marked(rows)
    new = list({row.pk: row for row in rows if row.pk not in there}.values())
    seen.update(row.pk for row in new)
    plan.added, plan.unchanged = len(new), len(rows) - len(new)
    plan.write = lambda: _write(new, at)
    return plan


def _sessions(library: Library, drafts: Sequence[Draft]) -> dict[tuple[UUID | str, date], Session]:
    """Sessions of these days by their activity and by its title, in whatever way they came here."""
    days = {draft.on for draft in drafts}
    found: dict[tuple[UUID | str, date], Session] = {}
    rows = Session.objects.filter(library=library, local_date__in=days, cancelled_at__isnull=True)
    for session in rows.select_related("gathering").order_by("-starts_at"):
        found[session.gathering_id, session.local_date] = session
        found[session.gathering.title.casefold(), session.local_date] = session
    return found


def _mark(id: UUID, session: Session, draft: Draft, member: Member | None, *, is_kept: bool, at: datetime) -> Attendance:
    person = member.person if member else None
    how = How.CARD if draft.member_number else How.HEADCOUNT if draft.count > 1 else How.WALK_IN
    return Attendance(
        id=id, session=session, library_id=session.library_id, person=person if is_kept else None, how=how,
        state=draft.state, sex=draft.sex or (person.sex if person else ""),
        age_group=draft.age_group or (person.age_group(draft.on).value if person else ""),
        has_disability=draft.has_disability, count=draft.count, happened_at=session.starts_at,
        local_date=session.local_date, recorded_at=at)


def _already_marked(rows: Sequence[Attendance]) -> set[UUID]:
    """Marks of members whom the day's own list knows already."""
    persons = {row.person_id for row in rows if row.person_id}
    if not persons:
        return set()
    known = set(Attendance.objects.valid().filter(
        session__in={row.session_id for row in rows}, person__in=persons).values_list("session", "person"))
    return {row.pk for row in rows if (row.session_id, row.person_id) in known}


def _write(new: Sequence[Attendance], at: datetime) -> None:
    Attendance.objects.bulk_create(new, ignore_conflicts=True)
    _count_the_rest({row.session_id: row.session for row in new}, at)


def _count_the_rest(sessions: dict[UUID, Session], at: datetime) -> None:
    """The number that an activity was told with holds all of them: of it only those remain who are on no list."""
    told_ids = {derived_id(pk, f"told {sex}") for pk in sessions for sex in ("L", "P", "")}
    told: dict[UUID, int] = defaultdict(int)
    for row in Attendance.objects.filter(pk__in=told_ids):
        told[row.session_id] += row.count
    valid = list(Attendance.objects.present().filter(session__in=told))
    counted = [row for row in valid if row.pk in told_ids or row.pk == _rest_id(row.session_id, row.count)]
    Attendance.objects.filter(pk__in=[row.pk for row in counted]).update(voided_at=at)
    for row in set(valid) - set(counted):
        told[row.session_id] -= row.count
    for pk, rest in told.items():
        if rest > 0 and not Attendance.objects.filter(pk=_rest_id(pk, rest)).update(voided_at=None):
            session = sessions[pk]
            Attendance.objects.create(
                id=_rest_id(pk, rest), session=session, library_id=session.library_id, how=How.HEADCOUNT, count=rest,
                happened_at=session.starts_at, local_date=session.local_date, recorded_at=at)


def _rest_id(session_id: UUID, count: int) -> UUID:
    return uuid5(session_id, f"rest {count}")
