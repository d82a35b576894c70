"""From a MARC 21 record to the description of a title and its copies."""

import re

from simpul.catalogue.digital.links import is_safe
from simpul.catalogue.importing.drafts import CopyDraft, Description, Link, Maker, Number
from simpul.catalogue.importing.marc.format import format_of
from simpul.catalogue.importing.marc.record import Broken, Field, Record
from simpul.catalogue.importing.values import (
    acquisition_of,
    clean,
    date_of,
    ddc_of,
    isbn_number,
    issn_number,
    language_of,
    rupiah_of,
    year_of,
)
from simpul.catalogue.models import Copy

_PUNCTUATION = " /:;,=+"
_MAKERS = {"100": False, "110": True, "111": True, "700": False, "710": True, "711": True}
_SUBJECTS = {"600", "610", "611", "630", "647", "648", "650", "651", "653"}
_OTHER_TITLES = (("245", "k"), ("245", "pn"), ("245", "h"), ("240", "a"), ("130", "a"), ("246", "a"), ("740", "a"), ("210", "a"))
_NOT_BIBLIOGRAPHIC = {"z": "authority_record", "u": "holdings_record", "v": "holdings_record", "x": "holdings_record",
                      "y": "holdings_record", "w": "classification_record", "q": "community_record"}
_EASY = re.compile(r"readers? \(primary\)|easy read|bacaan mudah|beginning reader|buku bergambar|bacaan berjenjang", re.I)


def trimmed(text: str, length: int = 0) -> str:
    """Without the punctuation that ISBD puts between areas; a closing full stop stays with initials only."""
    text = clean(text).strip(_PUNCTUATION)
    if text.endswith(".") and not re.search(r"(\b[^\W\d_]|\b(?:Jr|Sr|dr|Dr|ed|etc|dkk|Inc|Ltd))\.$", text):
        text = text[:-1].rstrip(_PUNCTUATION)
    return text[:length].rstrip() if length else text


def describe(record: Record) -> Description:
    """The title that this record describes; raises Broken where it is not about one."""
    if record.leader[6:7] in _NOT_BIBLIOGRAPHIC:
        raise Broken(_NOT_BIBLIOGRAPHIC[record.leader[6]])
    main = next(record.tagged("245"), None) or Field("245")
    title = trimmed(main.first("a"), 500) or next(
        (found for tag, codes in _OTHER_TITLES if (found := trimmed(record.first(tag, codes), 500))), "")
    if not title:
        raise Broken("unimarc" if record.first("200", "a") and record.first("100", "a")[:8].isdigit() else "no_title")
    fixed = record.control("008")
    imprint = _imprint(record)
    return Description(
        title=title,
        subtitle=trimmed(" ".join(main.all("b")), 500),
        part=trimmed(" ".join(main.all("np")), 200),
        responsibility=trimmed(main.first("c"), 500),
        edition=trimmed(record.first("250"), 120),
        publisher=trimmed(imprint.first("b").strip("[]"), 255),
        place=trimmed(imprint.first("a").strip("[]"), 160),
        year=_year(record, imprint, fixed),
        extent=trimmed(" ".join(v for c, v in (next(record.tagged("300"), None) or Field("")).subfields if c in "abce"),
                       160),
        series=trimmed(record.first("490") or record.first("830") or record.first("440"), 255),
        language=language_of(fixed[35:38]) or language_of(record.first("041")[:3]),
        ddc=_ddc(record),
        format=format_of(record),
        is_easy_reading=any(_EASY.search(v) for f in record.tagged("650", "655", "521") for v in f.all("a")),
        summary=clean("\n".join(record.first("520", "a") for _ in (1,)), 4000),
        makers=_makers(record), subjects=_subjects(record), numbers=_numbers(record), links=_links(record),
    )


def _imprint(record: Record) -> Field:
    """264 of a publication before any other 264 before 260."""
    candidates = [f for f in record.tagged("264") if f.indicators[1:2] == "1"] or list(record.tagged("260", "264"))
    return candidates[0] if candidates else Field("")


def _year(record: Record, imprint: Field, fixed: str) -> int | None:
    for text in (imprint.first("c"), fixed[7:11], record.first("260", "c"), record.first("264", "c")):
        year = year_of(text)
        if year:
            return year
    return None


def _ddc(record: Record) -> str:
    for tag, codes in (("082", "a"), ("092", "a"), ("090", "a"), ("084", "a"), ("852", "h"), ("952", "o")):
        for field in record.tagged(tag):
            if tag == "084" and "ddc" not in field.first("2").lower() and field.first("2"):
                continue
            found = ddc_of(field.first(codes))
            if found:
                return found
    return ""


def _makers(record: Record) -> list[Maker]:
    found: dict[str, Maker] = {}
    for field in record.fields:
        if field.tag not in _MAKERS or (field.first("t") and field.tag[0] == "7"):
            continue  # 7XX with a title is a related work
        parts = field.all("abcq" if field.tag in ("100", "700") else "abn")
        name = trimmed(" ".join(parts), 255)
        if name and name not in found:
            role = trimmed(field.first("e") or field.first("4").rpartition("/")[2], 60)
            found[name] = Maker(name, role, _MAKERS[field.tag])
    return list(found.values())[:100]


def _subjects(record: Record) -> list[str]:
    found: dict[str, None] = {}
    for field in record.fields:
        if field.tag not in _SUBJECTS:
            continue
        if field.tag == "653":
            terms = [trimmed(v, 255) for v in field.all("a")]
        else:
            head = " ".join(v for c, v in field.subfields if c in "abcdtnp")
            terms = [trimmed(" -- ".join(trimmed(p) for p in [head, *field.all("vxyz")] if trimmed(p)), 255)]
        for term in terms:
            if term:
                found.setdefault(term)
    return list(found)[:100]


def _numbers(record: Record) -> list[Number]:
    found: dict[tuple[str, str], Number] = {}
    for field in record.tagged("020", "022"):
        read = isbn_number if field.tag == "020" else issn_number
        for code, value in field.subfields:
            if code not in "az":
                continue
            number = read(value)
            if number and code == "z":
                number = Number(number.kind, number.value, is_valid=False)
            if number:
                found.setdefault((number.kind, number.value), number)
    return list(found.values())[:50]


def _links(record: Record) -> list[Link]:
    """856: the thing itself or a version of it, by https. What is only related (second indicator 2) and what is no safe
    address stays in the record and is offered to nobody."""
    found: dict[str, Link] = {}
    for field in record.tagged("856"):
        if field.indicators[1:2] == "2":
            continue
        label = trimmed(field.first("y") or field.first("3") or field.first("z"), 160)
        for url in field.all("u"):
            if is_safe(url):
                found.setdefault(url.strip(), Link(url.strip(), label))
    return list(found.values())[:20]


def copies(record: Record) -> list[CopyDraft]:
    """Copies in 952 (Koha), 852 with 876 (MARC holdings) or 990 (INLISLite); none where the record brings none."""
    found = [draft for f in record.tagged("952") if (draft := _koha_copy(f))]
    found = found or [draft for f in record.tagged("876", "852") if (draft := _holdings_copy(f, record))]
    return found or [CopyDraft(code=clean(v, 40), inventory_number=clean(v, 60), call_number=_call_number(record))
                     for f in record.tagged("990") for v in f.all("a") if re.search(r"\d", v) and len(v) <= 40]


def _koha_copy(field: Field) -> CopyDraft | None:
    code, inventory = clean(field.first("p"), 40), clean(field.first("i"), 60)
    if not code and not inventory and not (field.first("a") and field.first("o") + field.first("y")):
        return None  # 952 of another system
    state = Copy.State.AVAILABLE
    for subfield, meaning in (("7", Copy.State.REFERENCE), ("4", Copy.State.DAMAGED), ("1", Copy.State.MISSING),
                              ("0", Copy.State.WITHDRAWN)):
        if field.first(subfield).strip() not in ("", "0"):
            state = meaning
    return CopyDraft(
        code=code, inventory_number=inventory, call_number=clean(field.first("o"), 80),
        item_type=clean(field.first("y"), 40), shelf=clean(field.first("c"), 80),
        acquisition=acquisition_of(field.first("e")), supplier=clean(field.first("e"), 120),
        price=rupiah_of(field.first("g")), received_on=date_of(field.first("d")), state=state)


def _holdings_copy(field: Field, record: Record) -> CopyDraft | None:
    code = clean(field.first("p"), 40)
    if field.tag == "852" and not code:
        return None
    if not code and not field.first("a"):
        return None
    shelf = "" if field.tag == "876" else clean(field.first("c"), 80)
    call = clean(" ".join(field.all("hi")), 80) if field.tag == "852" else ""
    return CopyDraft(
        code=code or clean(field.first("a"), 40), call_number=call or _call_number(record), shelf=shelf,
        acquisition=acquisition_of(field.first("e")) if field.tag == "876" else "",
        price=rupiah_of(field.first("c")) if field.tag == "876" else None,
        received_on=date_of(field.first("d")) if field.tag == "876" else None)


def _call_number(record: Record) -> str:
    return clean(" ".join((next(record.tagged("852"), None) or Field("")).all("hi"))
                 or " ".join((next(record.tagged("090", "092", "082"), None) or Field("")).all("ab")), 80)
