"""A run from the first row to the last: plan a handful, write it in one short transaction, let others in."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from simpul.core.clock import local_date
from simpul.core.ids import new_id
from simpul.core.secrets import new_code
from simpul.libraries.models import Library
from simpul.people.actions.enrolment import CODE_LENGTH, next_number, usual_type
from simpul.people.actions.erasing import erased_number
from simpul.people.importing.columns import MemberDraft, Unreadable, draft_of
from simpul.people.importing.reading import MemberReader
from simpul.people.models import Card, Guardianship, Member, MemberType, Person
from simpul.people.queries import fold_name
from simpul.transfers import refusals
from simpul.transfers.models import Batch, RefusedRecord
from simpul.transfers.pace import Pace

COUNTS = ("added", "updated", "unchanged", "refused")
FILLED = ("sex", "birth_year", "phone", "address", "institution", "occupation", "education", "email")
#: progress(done rows, 0 where the total is unknown, counts)
Progress = Callable[[int, int, dict[str, int]], None]
REASONS = {
    "name_missing": lambda: _("There is no name in this row."),
    "double": lambda: _("The same member stands further up in this file."),
    "not_stored": lambda: _("The database did not take this row."),
}


@dataclass(frozen=True)
class ImportSummary:
    """How a run ended; read = added + updated + unchanged + refused. `dropped` names the columns never read,
    `children` how many were added under 18, who need a guardian's consent within thirty days."""

    read: int
    added: int
    updated: int
    unchanged: int
    refused: int
    refusals_file: str = ""
    longest_lock: float = 0.0   # seconds
    dropped: tuple[str, ...] = ()
    children: int = 0

    def as_dict(self) -> dict[str, int]:
        """The five counts, for machines."""
        return {name: getattr(self, name) for name in ("read", *COUNTS)}

    @property
    def message(self) -> str:
        """One sentence for the page: what was left out and what is to be done."""
        told = []
        if self.dropped:
            told.append(_("Never read: {columns}.").format(columns=", ".join(self.dropped)))
        if self.children:
            told.append(_("{n} children need a guardian's consent within 30 days.").format(n=self.children))
        return " ".join(told)


class Run:
    """One import into one library. With `writes` False it plans and tells, and touches nothing."""

    def __init__(self, reader: MemberReader, library: Library, at: datetime, batch: Batch | None,
                 progress: Progress | None, *, writes: bool) -> None:
        self.reader, self.library, self.at, self.batch, self.progress = reader, library, at, batch, progress
        self.writes = writes
        self.source = reader.heading.source
        self.day = local_date(at, library.time_zone)
        self.counts: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.pace = Pace()
        self.kept_rows = 0
        self._types: dict[bool, MemberType] = {}

    def go(self) -> ImportSummary:
        if self.batch and self.writes:
            refusals.start_file(self.batch)
        rows: Iterator[MemberDraft | Unreadable] = (
            draft_of(position, said, self.day) for position, said in self.reader)
        while handful := list(islice(rows, self.pace.size)):
            self._take(handful)
            if self.progress:
                self.progress(self.counts.total() - self.counts["children"], 0, self._totals())
            if self.writes:
                self.pace.breathe()
        return ImportSummary(
            **self._totals(), dropped=self.reader.heading.dropped, children=self.counts["children"],
            longest_lock=self.pace.longest, refusals_file=str(self.batch.refusals_path) if self.batch else "")

    def _totals(self) -> dict[str, int]:
        totals = {name: self.counts[name] for name in COUNTS}
        return {"read": sum(totals.values()), **totals}

    def _take(self, handful: list[MemberDraft | Unreadable]) -> None:
        drafts: list[tuple[str, MemberDraft]] = []
        refused: list[refusals.Refused] = []
        for row in handful:
            if isinstance(row, Unreadable):
                refused.append(self._refused(row.position, row.code))
                continue
            key = identity(row)
            if key in self.seen:
                refused.append(self._refused(row.position, "double"))
                continue
            self.seen.add(key)
            drafts.append((key, row))
        if not self.writes:
            self._rehearse(drafts, refused)
            return
        try:
            self._write(drafts, refused)
        except (DatabaseError, ValueError):
            self._one_by_one(drafts, refused)

    def _refused(self, position: int, code: str) -> refusals.Refused:
        return refusals.Refused(position, code, REASONS[code]())

    def _rehearse(self, drafts: list[tuple[str, MemberDraft]], refused: list[refusals.Refused]) -> None:
        known = self._known(drafts)
        for key, draft in drafts:
            member = known.get(key)
            if member is None:
                self.counts["added"] += 1
                self.counts["children"] += self._person(draft).is_child(self.day)
            else:
                self.counts["updated" if self._fill(member, draft) else "unchanged"] += 1
        self.counts["refused"] += len(refused)

    def _one_by_one(self, drafts: list[tuple[str, MemberDraft]], refused: list[refusals.Refused]) -> None:
        """A handful that the database did not take: each row alone, so that only the culprit is refused."""
        self._write([], refused)
        for key, draft in drafts:
            try:
                self._write([(key, draft)], [])
            except (DatabaseError, ValueError):
                self._write([], [self._refused(draft.position, "not_stored")])

    def _write(self, drafts: list[tuple[str, MemberDraft]], refused: list[refusals.Refused]) -> None:
        counts = Counter({"refused": len(refused)})
        room = max(0, refusals.KEPT_ROWS - self.kept_rows)
        kept = refusals.rows(self.batch, refused[:room]) if self.batch else []
        # read outside the lock; what somebody wrote meanwhile the constraints refuse, and each row is tried again
        known = self._known(drafts)
        new = [(key, draft) for key, draft in drafts if key not in known]
        taken = self._taken(new)
        with self.pace.measured(len(drafts) or 1), transaction.atomic():
            for key, draft in drafts:
                if key in known:
                    changed = self._fill(known[key], draft)
                    if changed:
                        known[key].person.save()
                        known[key].save()
                    counts["updated" if changed else "unchanged"] += 1
            counts += self._add(new, *taken)
            RefusedRecord.objects.bulk_create(kept)
            total = self.counts + counts
            if self.batch:
                Batch.objects.filter(pk=self.batch.pk).update(
                    **{name: total[name] for name in COUNTS}, read=sum(total[name] for name in COUNTS))
        self.counts += counts
        self.kept_rows += len(kept)
        if refused and self.batch:
            refusals.append_to_file(self.batch, refused)

    def _known(self, drafts: list[tuple[str, MemberDraft]]) -> dict[str, Member]:
        """Members of this library that these rows are: brought before, erased since, or of the same number and name."""
        keys = [key for key, _draft in drafts]
        rows = Member.objects.filter(
            library=self.library, came_from=self.source, number_there__in=keys + [erased_number(k) for k in keys])
        by_key = {member.number_there: member for member in rows.select_related("person")}
        known = {key: by_key.get(key) or by_key.get(erased_number(key)) for key in keys}
        numbers = [draft.number for key, draft in drafts if draft.number and not known[key]]
        same = {(m.number, m.person.name_key): m for m in Member.objects.filter(
            library=self.library, number__in=numbers).select_related("person")}
        for key, draft in drafts:
            known[key] = known[key] or same.get((draft.number, fold_name(draft.name)))
        return {key: member for key, member in known.items() if member is not None}

    def _fill(self, member: Member, draft: MemberDraft) -> bool:
        """Fill what is empty, lengthen the membership; what the desk wrote stays. Was anything new?"""
        person, changed = member.person, False
        if person.erased_at is not None:
            return False
        for name in FILLED:
            if getattr(draft, name) and not getattr(person, name):
                setattr(person, name, getattr(draft, name))
                changed = True
        if draft.until_on and member.until_on and draft.until_on > member.until_on:
            member.until_on, changed = draft.until_on, True
        return changed

    def _taken(self, new: list[tuple[str, MemberDraft]]) -> tuple[set[str], set[str]]:
        """Member numbers and card codes of these rows that belong to somebody already."""
        numbers = Member.objects.filter(library=self.library, number__in=[draft.number for _, draft in new])
        codes = Card.objects.filter(code__in=[self._old_code(draft) for _, draft in new])
        return set(numbers.values_list("number", flat=True)), set(codes.values_list("code", flat=True))

    def _add(self, new: list[tuple[str, MemberDraft]], taken: set[str], codes: set[str]) -> Counter[str]:
        """Persons, members, cards and guardians of rows that are new, in bulk."""
        persons, members, cards, guardians = [], [], [], []
        counts: Counter[str] = Counter(added=len(new))
        for key, draft in new:
            person = self._person(draft)
            number = draft.number if 0 < len(draft.number) <= 24 and draft.number not in taken else ""
            number = number or next_number(self.library, draft.since_on or self.day)
            taken.add(number)
            is_child = person.is_child(self.day)
            member = Member(
                id=new_id(), library=self.library, person=person, number=number, type=self._type(is_child),
                since_on=min(draft.since_on or self.day, self.day), until_on=draft.until_on, came_from=self.source,
                number_there=key)
            code = self._old_code(draft)
            if not draft.number or code in codes or len(code) > 48:
                code = new_code(CODE_LENGTH)
            codes.add(code)
            cards.append(Card(id=new_id(), member=member, code=code, issued_at=self.at))
            persons.append(person)
            members.append(member)
            if is_child:
                counts["children"] += 1
                if draft.guardian_name:
                    guardians.append(Guardianship(
                        id=new_id(), child=person, name=draft.guardian_name, phone=draft.guardian_phone,
                        relation=draft.guardian_relation, recorded_at=self.at))
        Person.objects.bulk_create(persons)
        Member.objects.bulk_create(members)
        Card.objects.bulk_create(cards)
        Guardianship.objects.bulk_create(guardians)
        return counts

    def _person(self, draft: MemberDraft) -> Person:
        return Person(
            id=new_id(), library=self.library, name=draft.name, name_key=fold_name(draft.name), recorded_at=self.at,
            **{name: getattr(draft, name) for name in FILLED})

    def _old_code(self, draft: MemberDraft) -> str:
        return f"{self.library.code}:{draft.number.upper()}"

    def _type(self, is_child: bool) -> MemberType:
        if is_child not in self._types:
            self._types[is_child] = usual_type(is_child)
        return self._types[is_child]


def identity(draft: MemberDraft) -> str:
    """What a row is known by: its number there, or name, birth year and phone."""
    return draft.number or f"{fold_name(draft.name)[:40]}|{draft.birth_year or ''}|{draft.phone[-8:]}"


def summary_of(batch: Batch) -> ImportSummary:
    """The summary of a batch that is over."""
    return ImportSummary(refusals_file=str(batch.refusals_path), **{
        name: getattr(batch, name) for name in ("read", *COUNTS)})
