"""Taking a library's catalogue and members along: everything we know of them, in forms that others read.

A MARC record that was brought is given back byte for byte; one is made for a title that came another way.
"""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from pymarc import Field, Indicators, Record, Subfield, map_xml, record_to_xml
from pymarc.record import Record as AnyRecord

from simpul.catalogue.models import Copy, SourceRecord, Title
from simpul.libraries.models import Library
from simpul.people.models import Member

BATCH = 500
Tell = Callable[[int, int], None]
COPY_COLUMNS = ("title", "subtitle", "contributors", "publisher", "year", "isbn", "language", "ddc", "format", "code",
                "inventory_number", "call_number", "acquisition", "price", "received_on", "state")
MEMBER_COLUMNS = ("number", "name", "sex", "birth_year", "phone", "email", "address", "occupation", "education",
                  "institution", "type", "since_on", "until_on", "ended_on")


def titles_of(library: Library) -> list[Any]:
    """Ids of the titles that the library has a copy of or brought, in the order of their keys."""
    held = Copy.objects.held().filter(library=library).values("title_id")
    brought = SourceRecord.objects.filter(library=library).values("title_id")
    return list(Title.objects.filter(pk__in=held.union(brought)).order_by("pk").values_list("pk", flat=True))


def write_marc(library: Library, out: BinaryIO, tell: Tell) -> int:
    """ISO 2709, one record a title; gives the number of records."""
    return _each(library, tell, lambda title, source: out.write(
        source if source is not None else made_record(title).as_marc()))


def write_marcxml(library: Library, out: BinaryIO, tell: Tell) -> int:
    """One MARCXML collection in UTF-8; gives the number of records."""
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n')

    def write(title: Title, source: bytes | None) -> None:
        record: AnyRecord = _parsed(source) or made_record(title)
        out.write(record_to_xml(record) + b"\n")

    count = _each(library, tell, write)
    out.write(b"</collection>\n")
    return count


def _parsed(source: bytes | None) -> AnyRecord | None:
    """A record that was brought, however it is packed; None where it cannot be read again."""
    if source is None:
        return None
    if source.lstrip()[:1] == b"<":
        found: list[AnyRecord] = []
        map_xml(found.append, io.BytesIO(source))
        return found[0] if found else None
    try:
        return Record(data=source, to_unicode=True, force_utf8=source[9:10] == b"a")
    except Exception:
        return None


def _each(library: Library, tell: Tell, write: Callable[[Title, bytes | None], Any]) -> int:
    ids = titles_of(library)
    for start in range(0, len(ids), BATCH):
        batch = ids[start:start + BATCH]
        sources = {row.title_id: bytes(row.content) for row in SourceRecord.objects.filter(
            library=library, title__in=batch, form=SourceRecord.Form.MARC21)}
        for title in Title.objects.filter(pk__in=batch).order_by("pk").prefetch_related(
                "contributors", "subjects", "identifiers"):
            write(title, sources.get(title.pk))
        tell(min(start + BATCH, len(ids)), len(ids))
    return len(ids)


def made_record(title: Title) -> Record:
    """A MARC 21 record of what we know about a title."""
    record = Record(force_utf8=True)
    record.add_field(Field(tag="001", data=str(title.pk)))
    year = f"s{title.year:04}" if title.year and 0 < title.year < 10_000 else "nuuuu"
    record.add_field(Field(
        tag="008", data=f"{title.recorded_at:%y%m%d}{year}    xx {'':17}{(title.language or 'und')[:3]:3}  "))
    for identifier in title.identifiers.all():
        tag = {"isbn": "020", "issn": "022"}.get(identifier.kind, "024")
        _add(record, tag, " ", " ", a=identifier.value)
    _add(record, "041", "0", " ", a=title.language)
    _add(record, "082", "0", "4", a=title.ddc)
    contributors = list(title.contributors.all())
    if contributors:
        first = contributors[0]
        _add(record, "110" if first.is_body else "100", "1", " ", a=first.name, e=first.role)
    _add(record, "245", "1" if contributors else "0", "0", a=title.title, b=title.subtitle, n=title.part,
         c=title.responsibility)
    _add(record, "250", " ", " ", a=title.edition)
    _add(record, "264", " ", "1", a=title.place, b=title.publisher, c=str(title.year or ""))
    _add(record, "300", " ", " ", a=title.extent)
    _add(record, "490", "0", " ", a=title.series)
    _add(record, "520", " ", " ", a=title.summary)
    for subject in title.subjects.all():
        _add(record, "650", " ", "4", a=subject.term)
    for other in contributors[1:]:
        _add(record, "710" if other.is_body else "700", "1", " ", a=other.name, e=other.role)
    return record


def _add(record: Record, tag: str, first: str, second: str, **values: str) -> None:
    subfields = [Subfield(code=code, value=value) for code, value in values.items() if value]
    if subfields:
        record.add_field(Field(tag=tag, indicators=Indicators(first, second), subfields=subfields))


def write_copies(library: Library, out: BinaryIO, tell: Tell) -> int:
    """A CSV with one row a copy, UTF-8 with a mark so that spreadsheets read it; gives the number of rows."""
    copies = Copy.objects.held().filter(library=library)
    rows = copies.select_related("title").prefetch_related("title__identifiers").order_by("code")
    return _csv(out, COPY_COLUMNS, (_copy_row(copy) for copy in rows.iterator(chunk_size=BATCH)), copies.count(), tell)


def _copy_row(copy: Copy) -> list[Any]:
    title = copy.title
    isbn = next((i.value for i in title.identifiers.all() if i.kind == "isbn"), "")
    return [title.title, title.subtitle, title.contributors_line, title.publisher, title.year or "", isbn,
            title.language, title.ddc, title.format, copy.code, copy.inventory_number, copy.call_number,
            copy.acquisition, copy.price if copy.price is not None else "", copy.received_on or "", copy.state]


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
