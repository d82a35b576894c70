"""A title as a MARC 21 record: the one that was brought, or one made of what is known; the library's copies in 952."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from simpul.catalogue.importing.marc import describe, iso2709, marcxml
from simpul.catalogue.importing.marc.reader import CITY
from simpul.catalogue.importing.marc.record import Broken, Field, Record
from simpul.catalogue.importing.values import fold
from simpul.catalogue.models import Copy, Format, Identifier, SourceRecord, Title

_LEADERS = {Format.MUSIC: "j", Format.MAP: "e", Format.VIDEO: "g", Format.AUDIO: "i", Format.PICTURE: "k",
            Format.DIGITAL: "m", Format.OBJECT: "r", Format.OTHER: "p"}
_FORMS = {Format.BRAILLE: "f", Format.LARGE_PRINT: "d"}
_STATES = {Copy.State.REFERENCE: "7", Copy.State.DAMAGED: "4", Copy.State.MISSING: "1", Copy.State.WITHDRAWN: "0"}
SOURCES = {Copy.Acquisition.APBD: "APBD", Copy.Acquisition.PERPUSNAS: "Perpusnas", Copy.Acquisition.GRANT: "Hibah",
           Copy.Acquisition.SELF: "Swadaya", Copy.Acquisition.EXCHANGE: "Tukar"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def record_of(title: Title, copies: Iterable[Copy], source: SourceRecord | None) -> Record:
    """The record that was brought where it still says the same title, else a made one; with number and copies."""
    record = (_brought(source, title) if source else None) or _made(title)
    fields = [f for f in record.fields if f.tag != "952" and not f.first("a").startswith(CITY)]
    fields.append(Field("035", subfields=[("a", f"{CITY}{title.pk}")]))
    fields.extend(_copy_field(copy) for copy in copies)
    leader = record.leader if len(record.leader) == 24 else "00000nam a2200000   4500"
    return Record(leader[:9] + "a22" + leader[12:17] + leader[17:20] + "4500", fields)


def _brought(source: SourceRecord, title: Title) -> Record | None:
    content = bytes(source.content)
    try:
        record = (iso2709.parse(content) if source.form == SourceRecord.Form.MARC21
                  else marcxml.parse(content, "utf-8"))
        same = fold(describe.describe(record).title) == fold(title.title)
    except Broken:
        return None
    return record if same else None


def _made(title: Title) -> Record:
    kind = "as" if title.format == Format.SERIAL else _LEADERS.get(Format(title.format), "a") + "m"
    year = f"{title.year:04}" if title.year else "||||"
    form = _FORMS.get(Format(title.format), " ")
    fixed = f"      s{year}    io {'':5}{form}{'':11}{title.language[:3] or '|||'} d"
    fields = [Field("001", str(title.pk)), Field("003", "Simpul"), Field("008", fixed[:40].ljust(40))]
    for number in title.identifiers.all():
        tag = {Identifier.Kind.ISBN: "020", Identifier.Kind.ISSN: "022"}.get(Identifier.Kind(number.kind), "024")
        fields.append(Field(tag, subfields=[("a" if number.is_valid else "z", number.value)]))
    makers = list(title.contributors.all())
    plain = (
        ("082", (("a", title.ddc),)),
        ("245", (("a", title.title), ("b", title.subtitle), ("n", title.part), ("c", title.responsibility))),
        ("250", (("a", title.edition),)),
        ("260", (("a", title.place), ("b", title.publisher), ("c", str(title.year or "")))),
        ("300", (("a", title.extent),)), ("490", (("a", title.series),)), ("520", (("a", title.summary),)),
        *(("650", (("a", subject.term),)) for subject in title.subjects.all()),
        *((_maker_tag(n, maker.is_body), (("a", maker.name), ("e", maker.role))) for n, maker in enumerate(makers)))
    for tag, subfields in plain:
        filled = [(code, value) for code, value in subfields if value]
        if filled:
            fields.append(Field(tag, subfields=filled))
    return Record(f"00000n{kind} a2200000   4500", fields)


def _maker_tag(n: int, is_body: bool) -> str:
    return ("1" if n == 0 else "7") + ("10" if is_body else "00")


def _copy_field(copy: Copy) -> Field:
    subfields = [
        ("p", copy.code), ("i", copy.inventory_number), ("o", copy.call_number), ("c", copy.shelf),
        ("y", copy.item_type), ("d", copy.received_on.isoformat() if copy.received_on else ""),
        ("e", SOURCES.get(Copy.Acquisition(copy.acquisition), "")),
        ("g", str(copy.price) if copy.price is not None else "")]
    if copy.state in _STATES:
        subfields.append((_STATES[Copy.State(copy.state)], "1"))
    return Field("952", subfields=[(code, value) for code, value in subfields if value])


def as_iso2709(record: Record) -> bytes:
    """The record in UTF-8. A record or place beyond the format's digits wraps, as other systems write it."""
    directory, body = [], bytearray()
    for field in record.fields:
        data = _field_bytes(field)
        directory.append(f"{field.tag[:3]:<3}{min(len(data), 9999):04}{len(body) % 100_000:05}")
        body += data
    table = "".join(directory).encode("ascii", "replace")
    base = 24 + len(table) + 1
    length = min(base + len(body) + 1, 99_999)
    leader = f"{length:05}{record.leader[5:12]}{min(base, 99_999):05}{record.leader[17:24]}"
    return leader.encode("ascii", "replace")[:24] + table + b"\x1e" + bytes(body) + b"\x1d"


def _field_bytes(field: Field) -> bytes:
    if not field.subfields:
        return _free(field.text) + b"\x1e"
    inside = b"".join(b"\x1f" + code.encode("ascii", "replace")[:1] + _free(value) for code, value in field.subfields)
    return field.indicators.encode("ascii", "replace")[:2].ljust(2) + inside + b"\x1e"


def _free(text: str) -> bytes:
    """Without the bytes that part records, fields and subfields."""
    return re.sub("[\x1d\x1e\x1f]", " ", text).encode("utf-8", "replace")


def as_marcxml(record: Record) -> bytes:
    """One <record> element and a line end."""
    lines = [f"<record><leader>{escape(_ILLEGAL.sub(' ', record.leader))}</leader>"]
    for f in record.fields:
        tag = quoteattr(_ILLEGAL.sub(" ", f.tag))
        if not f.subfields:
            lines.append(f"<controlfield tag={tag}>{_text(f.text)}</controlfield>")
            continue
        one, two = (quoteattr(_ILLEGAL.sub(" ", c)) for c in f.indicators.ljust(2)[:2])
        inside = "".join(f"<subfield code={quoteattr(_ILLEGAL.sub(' ', c))}>{_text(v)}</subfield>" for c, v in f.subfields)
        lines.append(f"<datafield tag={tag} ind1={one} ind2={two}>{inside}</datafield>")
    return ("".join(lines) + "</record>\n").encode("utf-8", "replace")


def _text(value: str) -> str:
    return escape(_ILLEGAL.sub(" ", value))
