"""Files as they really are: no bytes stop a reader, and what can be read is read."""

import gzip
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.catalogue.importing import readers
from simpul.catalogue.importing.drafts import Draft, Unreadable
from simpul.catalogue.importing.marc.charsets import decode, decoder_name
from simpul.catalogue.importing.values import (
    acquisition_of,
    clean,
    date_of,
    ddc_of,
    isbn_number,
    language_of,
    rupiah_of,
    standard_numbers,
    year_of,
)
from simpul.catalogue.tests.marc import field, record

GOOD = record(("001", "1"), field("245", a="Bumi Manusia"))
NEXT = record(("001", "2"), field("245", a="Anak Semua Bangsa"))
SLOW = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """What a reader of this kind finds in these bytes: titles, and codes of what it refuses."""

    def go(content: bytes, kind: str = "marc", items: bytes | None = None, name: str = "f") -> list[str]:
        path = tmp_path / name
        path.write_bytes(content)
        paths = [path]
        if items is not None:
            (tmp_path / "items").write_bytes(items)
            paths.append(tmp_path / "items")
        found = list(readers(kind, paths))
        for item in found:
            assert isinstance(item, Draft | Unreadable)
            assert item.position >= 1
            if isinstance(item, Draft):
                assert any(c.isprintable() for c in item.description.title)
                assert not {unicodedata.category(c) for c in item.description.title} & {"Cc", "Cs"}
        return [i.description.title if isinstance(i, Draft) else i.code for i in found]

    return go


# --- MARC ---------------------------------------------------------------------------------------------------

BOTH = ["Bumi Manusia", "Anak Semua Bangsa"]


@pytest.mark.parametrize(("content", "expected"), [
    (GOOD + NEXT, BOTH),
    (GOOD + b"\r\n" + NEXT + b"\x1a", BOTH),
    (b"\xef\xbb\xbf" + GOOD + NEXT, BOTH),
    (b"99999" + GOOD[5:] + NEXT, BOTH),                              # a length that is too long
    (b"00030" + GOOD[5:] + NEXT, BOTH),                              # too short
    (GOOD[:12] + b"00000" + GOOD[17:] + NEXT, BOTH),                 # no base address
    (GOOD.replace(b"245001500002", b"245009900002") + NEXT, BOTH),   # a directory that lies
    (GOOD[:-1] + NEXT, BOTH),                                        # glued together without terminator
    (GOOD + b"some page in between" + NEXT, ["Bumi Manusia", "garbage", "Anak Semua Bangsa"]),
    (GOOD + NEXT[:-9], ["Bumi Manusia", "truncated"]),               # cut off
    (GOOD + NEXT[:40], ["Bumi Manusia", "directory_missing"]),
    (GOOD + b"\x1d" + NEXT, ["Bumi Manusia", "empty_record", "Anak Semua Bangsa"]),
    (gzip.compress(GOOD + NEXT), BOTH),
    (b"", ["no_records"]),
    (b"%PDF-1.4", ["truncated"]),
])
def test_records_are_found_whatever_stands_around_them(read: Any, content: bytes, expected: list[str]) -> None:
    assert read(content) == expected


def test_a_terminator_inside_a_field_does_not_cut_the_record(read: Any) -> None:
    inside = record(("001", "1"), field("245", a="Bumi Manusia"), field("520", a="satu\x1ddua"))
    assert read(inside + NEXT) == BOTH


def test_a_record_larger_than_the_standard_is_read(read: Any) -> None:
    large = record(("001", "1"), field("245", a="Bumi Manusia"), *(field("500", a="x" * 9000) for _n in range(12)))
    assert len(large) > 99_999
    assert read(large + NEXT) == BOTH


def test_bytes_without_end_are_passed_over(read: Any) -> None:
    assert read(b"x" * 8_400_000 + b"\x1d" + GOOD) == ["too_large", "Bumi Manusia"]


@pytest.mark.parametrize(("encoding", "leader9", "text"), [
    ("utf-8", "a", "Élégie für Ān"), ("utf-8", " ", "Élégie für Ān"), ("cp1252", " ", "Çà et là – été"),
    ("cp1252", "a", "Çà et là – été")])
def test_a_wrong_label_does_not_spoil_the_text(read: Any, encoding: str, leader9: str, text: str) -> None:
    content = record(("001", "1"), field("245", a=text), leader=f"00000nam {leader9}2200000 a 4500", encoding=encoding)
    assert read(content) == [text]


def test_marc8_puts_its_accent_before_the_letter() -> None:
    data = b"Caf\xe2e M\xe8uller"
    assert decode(data, decoder_name(data, says_utf8=False)) == "Café Müller"
    assert decode(data, decoder_name(data, says_utf8=True)) == "Café Müller"


def test_one_bad_byte_in_utf8_costs_one_letter(read: Any) -> None:
    content = record(("001", "1"), field("245", a="Éé Üü Öö caf@ ñandú")).replace(b"@", b"\xe9")
    assert read(content) == ["Éé Üü Öö caf� ñandú"]


XML = ('<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">{n}</controlfield><datafield tag="245">'
       '<subfield code="a">{title}</subfield></datafield></record>')
ONE, TWO = XML.format(n=1, title="Bumi Manusia"), XML.format(n=2, title="Anak Semua Bangsa")


@pytest.mark.parametrize(("text", "expected"), [
    (ONE, BOTH[:1]),
    (f"<collection>{ONE}{TWO}</collection>", BOTH),
    (ONE + TWO, BOTH),                                                     # no root
    ("<marc:collection>" + (ONE + TWO).replace("<", "<marc:").replace("<marc:/", "</marc:") + "</marc:collection>", BOTH),
    (f"<srw><record><recordData>{ONE}</recordData></record><record><recordData>{TWO}</recordData></record></srw>", BOTH),
    (f"<collection><!-- {ONE} -->{TWO}</collection>", BOTH[1:]),
    (f"<collection>{ONE.replace('</leader>', '')}{TWO}</collection>", ["xml_not_well_formed", "Anak Semua Bangsa"]),
    (f"<collection>{ONE}{TWO[:-30]}", ["Bumi Manusia", "truncated"]),
    (ONE.replace("Bumi", "Bumi & &eacute;tage"), ["Bumi & étage Manusia"]),
    ("<!DOCTYPE a [<!ENTITY x 'y'>]>" + ONE, ["document_type"]),
    (f'<collection>{ONE}<!ENTITY x SYSTEM "file:///etc/passwd">{TWO}</collection>', ["Bumi Manusia", "document_type"]),
    ("<html><p>404</p></html>", ["no_records"]),
])
def test_xml_records_stand_alone(read: Any, text: str, expected: list[str]) -> None:
    assert read(text.encode()) == expected


def test_xml_in_an_old_encoding(read: Any) -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><collection>' + ONE.replace("Bumi", "Été") + "</collection>"
    assert read(text.encode("latin-1")) == ["Été Manusia"]


@SLOW
@given(st.binary(max_size=400), st.integers(0, len(GOOD)), st.integers(0, 60))
def test_no_bytes_stop_the_marc_reader(read: Any, junk: bytes, at: int, cut: int) -> None:
    assert read(GOOD[:at] + junk + GOOD[at + cut:] + NEXT) != []
    assert read(junk) != []


@SLOW
@given(st.binary(max_size=300), st.integers(0, len(ONE)), st.integers(0, 40))
def test_no_bytes_stop_the_xml_reader(read: Any, junk: bytes, at: int, cut: int) -> None:
    text = ONE.encode()
    assert read(b"<collection>" + text[:at] + junk + text[at + cut:] + TWO.encode()) != []


# --- SLiMS --------------------------------------------------------------------------------------------------

HEAD = '"title","isbn_issn","authors","topics","item_code"\n'


@pytest.mark.parametrize(("text", "expected"), [
    ('"Hujan","978","<Liye, Tere>","<Fiksi>","<A1>"\n', ["Hujan"]),
    ('"Kata "mereka", dan lain","978","<A>","<B>","<C>"\n"Dua","","","",""\n', ['Kata "mereka", dan lain', "Dua"]),
    ('"Baris\nkedua","","","",""\n"Dua","","","",""\n', ["Baris kedua", "Dua"]),
    ('"Tanpa tutup,"978","<A>","<B>","<C>"\n"Dua","","","",""\n"Tiga","","","",""\n',
     ["too_few_columns", "Dua", "Tiga"]),
    ('"Pendek","978"\n"Dua","","","",""\n', ["Pendek", "Dua"]),
    ('"Panjang","","","","","",""\n"Dua","","","",""\n', ["Panjang", "Dua"]),
    ('"Panjang","","","","","lebih"\n"Dua","","","",""\n', ["too_many_columns", "Dua"]),
    ('"","","<A>","",""\n"Dua","","","",""\n', ["no_title", "Dua"]),
    ('"Nul\x00","","","",""\n\n\n"Dua","","","",""', ["Nul", "Dua"]),
])
def test_broken_rows_cost_themselves_only(read: Any, text: str, expected: list[str]) -> None:
    assert read((HEAD + text).encode(), "slims") == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_old_encodings(read: Any, encoding: str) -> None:
    assert read((HEAD + '"Été à Bandung","","","",""\n').encode(encoding), "slims") == ["Été à Bandung"]


def test_bad_and_good_accents_in_one_line(read: Any) -> None:
    assert read(HEAD.encode() + '"Été '.encode() + "à".encode("cp1252") + b'","","","",""\n', "slims") == ["Été à"]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators(read: Any, separator: str) -> None:
    text = (HEAD + '"Hujan","","","",""\n').replace(",", separator)
    assert read(text.encode(), "slims") == ["Hujan"]


def test_an_export_without_heading(read: Any) -> None:
    assert read(b'"Hujan"' + b',""' * 17 + b"\n", "slims") == ["Hujan"]


@SLOW
@given(st.binary(max_size=300))
def test_no_bytes_stop_the_slims_reader(read: Any, junk: bytes) -> None:
    assert read(HEAD.encode() + junk + b'\n"Dua","","","",""\n', "slims", items=junk) != []
    assert read(junk, "slims") != []


# --- sheet --------------------------------------------------------------------------------------------------


@SLOW
@given(st.binary(max_size=300))
def test_no_bytes_stop_the_sheet_reader(read: Any, junk: bytes) -> None:
    assert read(junk, "sheet") != []
    assert read(b"PK\x03\x04" + junk, "sheet") == ["not_a_sheet"]


def test_a_sheet_without_heading_says_so(read: Any) -> None:
    assert read(b"a;b;c\n1;2;3\n", "sheet") == ["no_heading"]


# --- values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "year"), [
    ("[1998?]", 1998), ("c1998", 1998), ("1420 H / 1999 M", 1999), ("9999", None), ("19--", None), ("", None),
    ("2005, 2007", 2005), ("123456", None), ("0000", None)])
def test_years(text: str, year: int | None) -> None:
    assert year_of(text) == year


@pytest.mark.parametrize(("text", "expected"), [
    ("979-3062-79-7 (pbk.)", ("9789793062792", True)), ("9789793062792", ("9789793062792", True)),
    ("9789793062799", ("9789793062799", False)), ("080442957X :", ("9780804429573", True)), ("Rp 5000", None), ("", None)])
def test_isbn(text: str, expected: tuple[str, bool] | None) -> None:
    found = isbn_number(text)
    assert (found and (found.value, found.is_valid)) == expected


def test_a_column_with_isbn_and_issn() -> None:
    assert [(n.kind, n.value) for n in standard_numbers("9789793062792; 0317-8471")] == [
        ("isbn", "9789793062792"), ("issn", "03178471")]


@pytest.mark.parametrize(("text", "ddc"), [
    ("005.13/3 22", "005.133"), ("2x4.1 ABD f", "2X4.1"), ("813", "813"), ("[Fic]", ""), ("R 899.221", ""), ("", "")])
def test_classes(text: str, ddc: str) -> None:
    assert ddc_of(text) == ddc


@pytest.mark.parametrize(("text", "day"), [
    ("2008-12-26 22:11:10", "2008-12-26"), ("12/02/2024", "2024-02-12"), ("17 Agustus 1945", "1945-08-17"),
    ("0000-00-00", None), ("2008", None), ("", None), ("besok", None)])
def test_an_unknown_day_stays_unknown(text: str, day: str | None) -> None:
    found = date_of(text)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(("text", "rupiah"), [
    ("Rp50.000,00", 50000), ("50000.00", 50000), ("1.250.000", 1250000), ("", None), ("gratis", None), (79000.0, 79000)])
def test_prices(text: object, rupiah: int | None) -> None:
    assert rupiah_of(text) == rupiah


@pytest.mark.parametrize(("text", "acquisition"), [
    ("1", "apbd"), ("2", "grant"), ("Bantuan Perpustakaan Nasional", "perpusnas"), ("Hibah warga", "grant"),
    ("Swadaya", "self"), ("", ""), ("xyz", "")])
def test_where_copies_come_from(text: str, acquisition: str) -> None:
    assert acquisition_of(text) == acquisition


@pytest.mark.parametrize(("text", "code"), [
    ("Bahasa Indonesia", "ind"), ("id", "ind"), ("eng", "eng"), ("Sunda", "sun"), ("und", ""), ("Klingon", "")])
def test_languages(text: str, code: str) -> None:
    assert language_of(text) == code


@SLOW
@given(st.text(max_size=200))
def test_no_text_stops_the_readers_of_values(text: str) -> None:
    for read_value in (clean, year_of, ddc_of, isbn_number, standard_numbers, date_of, rupiah_of, language_of,
                       acquisition_of):
        read_value(text)  # type: ignore[operator]
    assert "\x00" not in clean(text)
    clean(text).encode()  # no lone surrogates are left
