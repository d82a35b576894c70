"""Taking a library's members along, as a sheet that others read. Its catalogue: `simpul.catalogue.exporting`."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from simpul.libraries.models import Library
from simpul.people.models import Member

BATCH = 500
Tell = Callable[[int, int], None]
MEMBER_COLUMNS = ("number", "name", "sex", "birth_year", "phone", "email", "address", "occupation", "education",
                  "institution", "type", "since_on", "until_on", "ended_on")


def write_members(library: Library, out: BinaryIO, tell: Tell) -> int:
    """A CSV with one row a member; erased persons are left out. Names: keep it as safe as the library."""
    members = Member.objects.filter(library=library, person__erased_at__isnull=True)
    rows = members.select_related("person", "type").order_by("number")
    return _csv(out, MEMBER_COLUMNS, (_member_row(member) for member in rows.iterator(chunk_size=BATCH)),
                members.count(), tell)


def _member_row(member: Member) -> list[Any]:
    person = member.person
    return [member.number, person.name, person.sex, person.birth_year or "", person.phone, person.email,
            person.address, person.occupation, person.education, person.institution, member.type.code,
            member.since_on, member.until_on or "", member.ended_on or ""]


def _csv(out: BinaryIO, columns: tuple[str, ...], rows: Iterator[list[Any]], total: int, tell: Tell) -> int:
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    writer, count = csv.writer(text), 0
    writer.writerow(columns)
    for count, row in enumerate(rows, start=1):
        writer.writerow([_harmless(cell) for cell in row])
        if count % BATCH == 0:
            tell(count, total)
    text.flush()
    text.detach()
    return count


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe; a phone number does not."""
    if isinstance(cell, str) and cell[:1] in ("=", "@", "\t", "-", "+") and not cell[1:].replace(" ", "").isdigit():
        return f"'{cell}"
    return cell
