"""Invented digital titles, four learning paths, and a year of their use."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path as File
from typing import Any
from zoneinfo import ZoneInfo

from simpul.catalogue.actions import Offer, enter_digital_title
from simpul.catalogue.digital.models import DigitalResource, DigitalUse
from simpul.catalogue.importing.drafts import Description, Maker
from simpul.catalogue.models import Format, Title
from simpul.core.actor import COMMAND
from simpul.core.ids import derived_id
from simpul.files.materials import prepare_material
from simpul.files.papers import pdf
from simpul.learning.actions import PathWords, add_step, copy_path, create_path, publish_path
from simpul.learning.models import PathUse
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.writing import insert
from simpul.operations.demonstration.year import DAYS

LEAFLET = File(__file__).parent / "papers" / "leaflet.typ"
CITY, GARDEN = "city", "garden"

#: key → title, about, class, who offers it, rights, access, parts of the leaflet (or a link)
DIGITAL: dict[str, tuple[str, str, str, str, dict[str, Any], Any]] = {
    "photo": ("Memotret kue dengan ponsel", "Foto yang membuat orang ingin memesan, tanpa alat mahal.", "770", GARDEN,
              {"rights": "cc", "licence": "by"}, (
                  ("Cari cahaya", "Taruh kue dekat jendela, matikan lampu. Putar piring sampai bayangannya lembut."),
                  ("Rapikan latar", "Kain polos atau talenan kayu sudah cukup. Singkirkan yang tidak dijual."),
                  ("Tiga sudut", "Dari atas, dari samping, dan sepotong yang sudah dipotong. Pilih satu yang terbaik."))),
    "price": ("Menghitung harga jual kue", "Supaya modal kembali dan tenaga Anda ikut dibayar.", "658", CITY,
              {"rights": "own"}, (
                  ("Catat semua bahan", "Tepung, telur, gas, kemasan. Bagi dengan jumlah kue yang jadi."),
                  ("Bayar tenaga Anda", "Tentukan upah per jam dan kalikan lamanya bekerja."),
                  ("Tambah untung", "Mulai dari dua puluh persen, lalu bandingkan dengan harga di sekitar."))),
    "orders": ("Menerima pesanan lewat WhatsApp", "Katalog, pesan singkat, dan cara mencatat pesanan.", "658", CITY,
               {"rights": "own"}, (
                   ("Isi katalog", "Satu foto, satu nama, satu harga. Mulai dengan lima kue saja."),
                   ("Balas dengan pola", "Ucapkan terima kasih, ulangi pesanan, sebutkan total dan waktu ambil."),
                   ("Catat", "Satu buku: tanggal, nama panggilan, pesanan, sudah dibayar atau belum."))),
    "pattern": ("Pola tas belanja dari kain sisa", "Pola ukuran asli dan urutan menjahit untuk pemula.", "646", GARDEN,
                {"rights": "cc", "licence": "by-sa"}, (
                    ("Siapkan", "Dua potong kain 40 × 45 cm, dua tali 60 cm, jarum nomor 14."),
                    ("Jahit sisi", "Temukan bagian baik, jahit tiga sisi satu sentimeter dari tepi."),
                    ("Pasang tali", "Lipat bibir tas dua kali, selipkan tali, jahit silang supaya kuat."))),
    "machine": ("Merawat mesin jahit rumahan", "Bersihkan, beri minyak, ganti jarum.", "646", CITY, {"rights": "own"}, (
        ("Setiap selesai", "Sikat serat di bawah sepatu dan sekoci."),
        ("Setiap bulan", "Satu tetes minyak di tiap titik bertanda, jalankan di kain bekas."),
        ("Jarum", "Ganti setelah delapan jam menjahit atau bila bunyinya berubah."))),
    "letter": ("Surat lamaran dan riwayat hidup satu halaman", "Contoh yang boleh ditiru, dan yang sebaiknya tidak.", "650",
               CITY, {"rights": "own"}, (
                   ("Satu halaman", "Nama, nomor telepon, pengalaman terakhir dulu, keterampilan, pendidikan."),
                   ("Surat pendek", "Mengapa lowongan ini, apa yang sudah pernah Anda kerjakan, kapan bisa mulai."),
                   ("Periksa", "Minta satu orang membacanya keras-keras sebelum dikirim."))),
    "interview": ("Sepuluh pertanyaan wawancara kerja", "Latihan berdua, dengan petunjuk jawaban.", "650", CITY,
                  {"rights": "letter", "holder": "Balai Latihan Kerja Demo"}, (
                      ("Ceritakan tentang Anda", "Dua menit: pekerjaan, yang Anda kuasai, yang Anda cari."),
                      ("Kelebihan dan kekurangan", "Sebutkan contoh nyata, bukan sifat."),
                      ("Ada pertanyaan?", "Selalu ada: jam kerja, masa percobaan, langkah berikutnya."))),
    "safe": ("Aman berinternet untuk keluarga", "Kata sandi, penipuan, dan jejak anak-anak.", "004", CITY,
             {"rights": "cc", "licence": "by-nc"}, (
                 ("Kata sandi", "Tiga kata yang tidak berhubungan lebih kuat daripada satu kata dengan angka."),
                 ("Penipuan", "Tidak ada bank yang meminta kode OTP. Tutup teleponnya."),
                 ("Anak-anak", "Sepakati waktu, tempat, dan siapa yang boleh mereka balas."))),
    "gizi": ("Menu seminggu untuk balita", "Murah, mudah, dari pasar terdekat.", "613", GARDEN, {
        "rights": "contract", "holder": "Penerbit Demo Sehat"}, (
            ("Senin sampai Rabu", "Bubur kacang hijau, tim ikan kembung, telur orak-arik bayam."),
            ("Kamis sampai Sabtu", "Sup ayam labu, tempe kukus, pisang dan kurma."),
            ("Minggu", "Masak bersama: biarkan anak mencuci sayurnya."))),
    "tales": ("Dongeng Sungai Cisadane", "Tiga cerita pendek untuk dibacakan.", "398", CITY,
              {"rights": "own", "access": "members"}, (
                  ("Buaya putih", "Dahulu, ketika sungai masih sebening kaca, seekor buaya putih menjaga perahu-perahu kecil."),
                  ("Bambu yang ingin menjadi seruling", "Sebatang bambu mengeluh kepada angin karena tidak pernah bernyanyi."),
                  ("Pasar terapung", "Kakek menukar satu ikat kangkung dengan satu cerita."))),
    "grammar": ("Ejaan bahasa Indonesia", "Kaidah dan contoh, dibaca di laman penerbitnya.", "499", CITY, {"rights": "linked"},
                "https://ejaan.kemdikbud.go.id/"),
}
#: words of the path, library, steps: a digital key, ("book", class), ("activity", kind) or (heading, text)
PATHS: tuple[tuple[PathWords, str, tuple[Any, ...]], ...] = (
    (PathWords("Jual kue daring", "business", "ibu dan remaja yang membuat kue di rumah",
               "Memotret kue dengan ponsel, menentukan harga, dan menerima pesanan lewat WhatsApp.", "Dari dapur ke pelanggan",
               True), CITY,
     (("book", "640"), "photo", "price", ("Coba dulu lima kue", "Tawarkan kepada tetangga satu RT dan catat apa kata mereka."),
      "orders", ("activity", "economy"))),
    (PathWords("Menjahit dari nol", "skills", "siapa saja yang belum pernah memegang mesin jahit",
               "Menjahit tas belanja sendiri dan merawat mesinnya.", "Tas pertama saya"), GARDEN,
     (("book", "646"), "machine", "pattern", ("activity", "skills"),
      ("Bawa hasilnya", "Tunjukkan tas Anda di perpustakaan; fotonya boleh dipajang."))),
    (PathWords("Mencari kerja", "business", "lulusan baru dan yang ingin kembali bekerja",
               "Menulis lamaran satu halaman, menjawab wawancara, dan mencari lowongan dengan aman.", "Siap kerja", True), CITY,
     ("letter",
      ("Minta dibaca", "Pengelola perpustakaan mana pun mau membaca surat Anda dan memberi saran."), "interview", "safe",
      ("activity", "ict"))),
    (PathWords("Anak sehat, ibu tenang", "health", "ibu dengan anak balita",
               "Menyusun menu seminggu dan membacakan cerita sebelum tidur.", "Menu dan dongeng"), GARDEN,
     ("gizi", "tales", ("activity", "health"), ("activity", "reading_aloud"))),
)


def record(libraries: list[Library], today: date) -> None:
    """Titles, paths, and openings that grow over the year."""
    chance = Chance(SEED + 12)
    owners = {CITY: next(one for one in libraries if one.kind == Library.Kind.CITY),
              GARDEN: next(one for one in libraries if one.kind == Library.Kind.TBM)}
    began = datetime.combine(today - timedelta(days=DAYS - 10), time(10), ZoneInfo("Asia/Jakarta"))
    offered = {key: _offer(chance, key, owners, began + timedelta(days=25 * n), today)
               for n, key in enumerate(DIGITAL)}
    paths = []
    for n, (words, owner, steps) in enumerate(PATHS):
        at = began + timedelta(days=60 + 40 * n)
        path = create_path(library=owners[owner], words=words, by=COMMAND, at=at, id=chance.id_at(at))
        for step in steps:
            add_step(path=path, by=COMMAND, at=at, id=chance.id_at(at), **_given(step, offered))
        paths.append((publish_path(path=path, by=COMMAND, at=at, id=chance.id_at(at)), at.date()))
    at = datetime.combine(today - timedelta(days=12), time(16), ZoneInfo("Asia/Jakarta"))
    borrower = next(one for one in libraries if one.kind == Library.Kind.VILLAGE)
    copied = copy_path(path=paths[1][0], library=borrower, by=COMMAND, at=at, id=chance.id_at(at))
    publish_path(path=copied, by=COMMAND, at=at, id=chance.id_at(at))
    insert(_uses(chance, list(offered.values()), today))
    insert(_openings(chance, paths, today))


def _given(step: Any, offered: dict[str, DigitalResource]) -> dict[str, Any]:
    if isinstance(step, str):
        return {"resource": offered[step]}
    what, value = step
    if what == "activity":
        return {"activity_kind": value}
    if what == "book":
        title = Title.objects.filter(ddc__startswith=value, copies__isnull=False).order_by("pk").first()
        return {"title": title} if title else {"heading": "Pinjam satu buku", "text": "Minta saran pengelola perpustakaan."}
    return {"heading": what, "text": value}


def _offer(chance: Chance, key: str, owners: dict[str, Library], at: datetime, today: date) -> DigitalResource:
    title, about, ddc, owner, said, content = DIGITAL[key]
    library, is_link = owners[owner], isinstance(content, str)
    told = {"holder": library.name, "length": "" if is_link else "1 halaman", "language": "ind"} | said
    if told["rights"] == "contract":
        told["valid_until"] = today + timedelta(days=200)
    if is_link:
        told["holder"] = ""
    id = chance.id_at(at)
    return enter_digital_title(
        description=Description(title=f"{title} (demo)", summary=about, ddc=ddc, year=at.year, language="ind",
                                format=Format.DIGITAL, makers=[Maker(library.name, "penyusun", True)]),
        library=library, offer=Offer(**told), url=content if is_link else "",
        file=None if is_link else prepare_material(_leaflet(key, title, about, told["holder"], content, at)),
        by=COMMAND, at=at, id=derived_id(id, key))


def _leaflet(key: str, title: str, about: str, holder: str, parts: Any, at: datetime) -> io.BytesIO:
    file = io.BytesIO(pdf(LEAFLET, {"title": title, "about": about, "holder": holder, "parts": parts}, made_at=at))
    file.name = f"{key}.pdf"
    return file


def _uses(chance: Chance, offered: list[DigitalResource], today: date) -> list[DigitalUse]:
    rows = []
    for resource in offered:
        for day, moment in _moments(chance, resource.added_on, today, 0.25):
            how = DigitalUse.How.DOWNLOADED if resource.file_id and chance.random() < 0.3 else DigitalUse.How.OPENED
            rows.append(DigitalUse(id=chance.id_at(moment), title_id=resource.title_id, resource=resource,
                                   library_id=resource.library_id, how=how, happened_at=moment, local_date=day))
    return rows


def _openings(chance: Chance, paths: list[Any], today: date) -> list[PathUse]:
    return [PathUse(id=chance.id_at(moment), path=path, library_id=path.library_id, happened_at=moment, local_date=day)
            for path, since in paths for day, moment in _moments(chance, since, today, 0.6)]


def _moments(chance: Chance, since: date, today: date, a_day: float) -> list[tuple[date, datetime]]:
    """Days and moments between, more of them the longer it is known."""
    total = max(1, (today - since).days)
    found = []
    for n in range(1, total):
        day = since + timedelta(days=n)
        for _use in range(chance.poisson(a_day * (0.5 + n / total))):
            found.append((day, datetime.combine(day, time(chance.randint(7, 21), chance.randint(0, 59)),
                                                ZoneInfo("Asia/Jakarta"))))
    return found
