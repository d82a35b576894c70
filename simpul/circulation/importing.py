"""The loans of the past: from SLiMS (its loan table) or from a simple table.

Rules
1. A line needs a copy that is known here; the catalogue comes first.
2. A reader stays linked for a year after the loan ended, as with every loan; sex and age group of that day stay.
3. A loan that is still out needs its reader, and a copy that is not out with somebody else.
4. The same line again is the same loan; if it came back meanwhile, a later file says so.
5. No fines follow from the past.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.catalogue.models import Copy
from simpul.circulation.actions.copies import comes_back, leaves
from simpul.circulation.actions.retention import KEPT_DAYS
from simpul.circulation.models import Loan
from simpul.circulation.queries import DEFAULT_TERMS
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.libraries.models import Library
from simpul.people.categories import age_group_said, sex_said
from simpul.people.models import Member
from simpul.people.queries import members_numbered
from simpul.transfers.history import CannotImport, History, ImportSummary, Plan, Progress, Sayings, readable, run
from simpul.transfers.refusals import Refused
from simpul.transfers.tables import OLDEST, Line, NotTheColumns, Table, moment_of, whole

if TYPE_CHECKING:
    from simpul.people.models import Person

TEMPLATE = ("tanggal_pinjam", "nomor_eksemplar", "nomor_anggota", "jatuh_tempo", "tanggal_kembali", "perpanjangan",
            "jenis_kelamin", "kelompok_umur")
EXAMPLE = ("2025-03-09", "L008-000123", "L008-2025-0007", "2025-03-16", "2025-03-15", "0", "P", "6-12")
NEEDED = ("tanggal_pinjam",)
NAMES = {
    "tanggal_pinjam": ("tanggal_pinjam", "tanggal pinjam", "loan_date", "lent_on", "tgl pinjam"),
    "nomor_eksemplar": ("nomor_eksemplar", "nomor eksemplar", "item_code", "copy", "barcode", "nomorbarcode",
                        "kode eksemplar", "nomor_induk", "no induk"),
    "nomor_anggota": ("nomor_anggota", "nomor anggota", "member_id", "noanggota"),
    "jatuh_tempo": ("jatuh_tempo", "jatuh tempo", "due_date", "due_on"),
    "tanggal_kembali": ("tanggal_kembali", "tanggal kembali", "return_date", "returned_on", "tgl kembali"),
    "perpanjangan": ("perpanjangan", "renewed", "renewals"),
    "is_return": ("is_return",),
    "jenis_kelamin": ("jenis_kelamin", "jenis kelamin", "sex", "gender", "l/p"),
    "kelompok_umur": ("kelompok_umur", "kelompok umur", "umur", "age_group", "age"),
}


@dataclass(frozen=True)
class Draft:
    """One line as a loan; `returned_at` None: still out."""

    position: int
    identity: str
    copy_number: str
    member_number: str
    lent_at: datetime
    lent_on: date
    due_on: date
    returned_at: datetime | None
    returned_on: date | None
    renewals: int
    sex: str
    age_group: str


def import_loans(path: Path | str, library: Library, by: Actor, at: datetime, id: UUID, dry_run: bool = False,
                 progress: Progress | None = None) -> ImportSummary:
    """Import a table of loans into a library. With `dry_run` nothing is written: the summary tells what would happen.
    The same id again answers as the first time. Raises CannotImport or NotAllowed before anything is read."""
    path = readable(path, library.pk, by)
    try:
        table = Table(path, NAMES, NEEDED)
    except NotTheColumns:
        raise CannotImport(gettext_lazy(
            "The first line names no column with the day of the loan. Use the template, or the loan table of SLiMS with "
            "its columns item_code, member_id, loan_date, due_date, return_date.")) from None
    planner = _Planner(library, at)
    history = History("loans", table, planner.draft, planner.plan)
    return run(history, library.pk, by=by, at=at, id=id, dry_run=dry_run, progress=progress)


class _Planner:
    def __init__(self, library: Library, at: datetime) -> None:
        self.library, self.zone = library, ZoneInfo(library.time_zone)
        self.today = clock.local_date(at, library.time_zone)
        self.kept_from = self.today - timedelta(days=KEPT_DAYS)
        self.sayings = Sayings(library.pk, "loan")
        self.taken: set[UUID] = set()  # copies that an earlier line of this file left out

    def draft(self, line: Line) -> Draft | Refused:
        """The loan that a line tells of, or why it tells of none."""
        told = line.told

        def refused(code: str, reason: str, name: str) -> Refused:
            return Refused(line.position, code, reason, told(name)[:40])

        lent, _has_time = moment_of(told("tanggal_pinjam"))
        back, due = moment_of(told("tanggal_kembali"))[0], moment_of(told("jatuh_tempo"))[0]
        if lent is None:
            return refused("no_date", _("the day cannot be read"), "tanggal_pinjam")
        if told("tanggal_kembali") and back is None:
            return refused("no_date", _("the day cannot be read"), "tanggal_kembali")
        if not OLDEST <= lent.date() <= self.today or (back and back.date() > self.today):
            return refused("wrong_date", _("the day lies in the future or before 1990"), "tanggal_pinjam")
        if back and back.date() < lent.date():
            return refused("returned_before_lent", _("it came back before it was lent"), "tanggal_kembali")
        if not told("nomor_eksemplar"):
            return refused("no_copy", _("the number of the copy is missing"), "tanggal_pinjam")
        sex, age = sex_said(told("jenis_kelamin")), age_group_said(told("kelompok_umur"))
        if sex is None:
            return refused("unknown_sex", _("the sex is not known here"), "jenis_kelamin")
        if age is None:
            return refused("unknown_age", _("the age group is not known here"), "kelompok_umur")
        if back is None and told("is_return") == "1":  # SLiMS: it is back, the day was not kept
            back = due or lent
        back = max(back, lent) if back else None
        return Draft(
            line.position, "|".join((lent.isoformat(), told("nomor_eksemplar"), told("nomor_anggota"))),
            told("nomor_eksemplar"), told("nomor_anggota"), self._utc(lent), lent.date(),
            max(due.date() if due else lent.date() + timedelta(days=DEFAULT_TERMS.days), lent.date()),
            self._utc(back) if back else None, back.date() if back else None,
            min(whole(told("perpanjangan"), 1000) or 0, 100), sex, age)

    def plan(self, drafts: Sequence[Draft]) -> Plan:
        """Which loans are new, which came back meanwhile."""
        copies = self._copies({draft.copy_number for draft in drafts})
        members = members_numbered(self.library, {draft.member_number for draft in drafts if draft.member_number})
        loans = [(draft, self._loan(draft, copies, members)) for draft in drafts]
        there = Loan.objects.in_bulk([loan.pk for _draft, loan in loans if isinstance(loan, Loan)])
        out = set(Loan.objects.open().filter(copy__in=copies.values()).values_list("copy_id", flat=True))
        plan, new, back = Plan(), [], []
        for draft, loan in loans:
            if isinstance(loan, Refused):
                plan.refused.append(loan)
            elif loan.pk in there:
                before = there[loan.pk]
                if before.is_open and not loan.is_open:
                    before.returned_at, before.returned_on = loan.returned_at, loan.returned_on
                    back.append(before)
                    out.discard(loan.copy_id)
                    plan.updated += 1
                else:
                    plan.unchanged += 1
            elif loan.is_open and loan.copy_id in out | self.taken:
                plan.refused.append(Refused(draft.position, "copy_is_lent", _("the copy is out with somebody else"),
                                            draft.copy_number[:40]))
            else:
                if loan.is_open:
                    self.taken.add(loan.copy_id)
                new.append(loan)
                plan.added += 1
        by_id = {copy.pk: copy for copy in copies.values()}
        plan.write = lambda: _write(new, back, by_id)
        return plan

    def _loan(self, draft: Draft, copies: dict[str, Copy], members: dict[str, Member]) -> Loan | Refused:
        id = self.sayings.id_of(draft.identity)
        copy, member = copies.get(draft.copy_number), members.get(draft.member_number)
        if copy is None:
            return Refused(draft.position, "unknown_copy", _("no copy of this library has this number"),
                           draft.copy_number[:40])
        if draft.returned_on is None and member is None:
            return Refused(draft.position, "unknown_member", _("still out, and the reader is not a member here"))
        person: Person | None = member.person if member else None
        is_linked = draft.returned_on is None or draft.returned_on >= self.kept_from
        return Loan(
            id=id, library=self.library, copy=copy, member=member if is_linked else None,
            sex=draft.sex or (person.sex if person else ""),
            age_group=draft.age_group or (person.age_group(draft.lent_on).value if person else ""),
            lent_at=draft.lent_at, local_date=draft.lent_on, due_on=draft.due_on, renewals=draft.renewals,
            returned_at=draft.returned_at, returned_on=draft.returned_on)

    def _copies(self, numbers: set[str]) -> dict[str, Copy]:
        """By the label that is scanned, else by the inventory number."""
        own = Copy.objects.filter(library=self.library)
        found = {copy.code: copy for copy in own.filter(code__in=numbers)}
        rest = numbers - set(found)
        return {**({copy.inventory_number: copy for copy in own.numbered(rest)} if rest else {}), **found}

    def _utc(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone).astimezone(UTC)


def _write(new: Sequence[Loan], back: Sequence[Loan], copies: dict[UUID, Copy]) -> None:
    Loan.objects.bulk_create(new, ignore_conflicts=True)
    for loan in new:
        if loan.is_open:
            leaves(copies[loan.copy_id])
    Loan.objects.bulk_update(back, ["returned_at", "returned_on"])
    for loan in back:
        comes_back(copies[loan.copy_id])
