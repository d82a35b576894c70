"""Headings of sheets and what stands under them."""

import re

from simpul.catalogue.importing.drafts import CopyDraft, Description, Maker
from simpul.catalogue.importing.slims.describe import format_of, split_title, state_of
from simpul.catalogue.importing.values import (
    acquisition_of,
    clean,
    date_of,
    ddc_of,
    fold,
    isbn_number,
    issn_number,
    language_of,
    rupiah_of,
    year_of,
)
from simpul.catalogue.models import Copy

#: our name → headings that mean it, folded; the first is our template's
HEADINGS: dict[str, tuple[str, ...]] = {
    "title": ("judul", "judul utama", "title", "judul buku"),
    "subtitle": ("anak judul", "subjudul", "subtitle"),
    "part": ("jilid", "bagian", "volume", "part"),
    "makers": ("pengarang", "tajuk pengarang", "penulis", "author", "authors", "nama pengarang"),
    "bodies": ("badan", "tajuk pengarang badan kooperasi", "tajuk pengarang badan korporasi"),
    "more_makers": ("pengarang tambahan nama orang", "pengarang tambahan"),
    "more_bodies": ("pengarang tambahan nama badan",),
    "responsibility": ("pernyataan tanggungjawab", "pernyataan tanggung jawab"),
    "publisher": ("penerbit", "publisher"),
    "place": ("kota terbit", "tempat terbit", "place"),
    "year": ("tahun terbit", "tahun", "year"),
    "edition": ("edisi", "edition"),
    "isbn": ("isbn",),
    "issn": ("issn",),
    "language": ("bahasa", "language"),
    "ddc": ("nomor kelas ddc", "no ddc", "nomor kelas", "klasifikasi", "ddc", "classification"),
    "subjects": ("subjek", "subjek topik", "subject", "subjects"),
    "extent": ("jumlah halaman", "halaman", "deskripsi fisik"),
    "size": ("dimensi",),
    "series": ("seri", "judul seri"),
    "format": ("bentuk", "jenis bahan", "format"),
    "summary": ("ringkasan", "abstrak", "summary"),
    "code": ("kode eksemplar", "no barcode", "barcode", "kode buku"),
    "inventory_number": ("nomor induk", "no induk", "nomor inventaris", "no inventaris"),
    "call_number": ("nomor panggil", "nomor panggil eksemplar", "call number"),
    "title_call_number": ("nomor panggil katalog",),
    "shelf": ("rak", "kode lokasi ruang", "lokasi"),
    "acquisition": ("sumber", "jenis sumber", "asal"),
    "supplier": ("nama sumber", "pemberi atau toko"),
    "price": ("harga", "price"),
    "currency": ("mata uang",),
    "received_on": ("tanggal diterima", "tgl pengadaan", "tanggal pengadaan", "tanggal terima"),
    "access": ("akses",),
    "availability": ("ketersediaan", "keadaan"),
    "item_type": ("kategori", "jenis eksemplar"),
    "copies": ("jumlah eksemplar", "eksemplar", "jumlah"),
    "city_id": ("id judul simpul",),
}
_MEANING = {heading: name for name, headings in HEADINGS.items() for heading in headings}


def names_of(cells: list[str]) -> list[str] | None:
    """Our names of a heading row (empty where a heading is not known); None if it is no heading row."""
    names = [_MEANING.get(fold(re.sub(r"\*|\([^)]*\)", "", cell))) or _MEANING.get(fold(cell), "") for cell in cells]
    return names if "title" in names and sum(map(bool, names)) >= 2 else None


def _parts(text: str) -> list[str]:
    return [part for piece in re.split(r"[;|]|<|>", text) if (part := clean(piece, 255))]


def describe(columns: dict[str, str]) -> Description | None:
    """The title in a row; None where it has none."""
    said = columns.get
    title, subtitle, part = split_title(said("title", ""))
    if not title:
        return None
    makers = [Maker(n, is_body=is_body) for name, is_body in (
        ("makers", False), ("bodies", True), ("more_makers", False), ("more_bodies", True))
        for n in _parts(said(name, ""))]
    numbers = [n for text in _parts(said("isbn", "")) if (n := isbn_number(text))]
    numbers += [n for text in _parts(said("issn", "")) if (n := issn_number(text))]
    extent = " ; ".join(t for t in (clean(said("extent", "")), clean(said("size", ""))) if t)
    if extent.isdecimal():
        extent += " hlm."
    return Description(
        title=title, subtitle=clean(said("subtitle", ""), 500) or subtitle, part=clean(said("part", ""), 200) or part,
        responsibility=clean(said("responsibility", ""), 500), edition=clean(said("edition", ""), 120),
        publisher=clean(said("publisher", ""), 255), place=clean(said("place", ""), 160),
        year=year_of(said("year", "")), extent=extent[:160], series=clean(said("series", ""), 255),
        language=language_of(said("language", "")),
        ddc=ddc_of(said("ddc", "")) or ddc_of(said("title_call_number", "") or said("call_number", "")),
        format=format_of(said("format", "")), summary=clean(said("summary", ""), 4000), makers=makers[:100],
        subjects=_parts(said("subjects", ""))[:100], numbers=numbers[:50])


def copies(columns: dict[str, str]) -> list[CopyDraft]:
    """The copies of a row: one, or as many as it says; 0 for a title without copies."""
    said = columns.get
    wanted = re.sub(r"\D", "", said("copies", ""))
    many = min(int(wanted[:4]), 500) if wanted else 1
    code = clean(said("code", ""), 40)
    if not many:
        return []
    state = state_of(said("availability", ""))
    if state == Copy.State.AVAILABLE:
        state = state_of(said("access", ""))
    is_rupiah = fold(said("currency", "")) in ("", "rupiah", "idr", "rp")

    def one(code: str, number: str) -> CopyDraft:
        return CopyDraft(
            code=code, inventory_number=number, state=state, item_type=clean(said("item_type", ""), 40),
            call_number=clean(said("call_number", "") or said("title_call_number", ""), 80),
            shelf=clean(said("shelf", ""), 80), acquisition=acquisition_of(said("acquisition", "")),
            supplier=clean(said("supplier", ""), 120), price=rupiah_of(said("price")) if is_rupiah else None,
            received_on=date_of(said("received_on")))

    return [one(code, clean(said("inventory_number", ""), 60)), *(one("", "") for _ in range(many - 1))]
