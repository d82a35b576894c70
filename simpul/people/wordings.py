"""What people agree to, word for word, with a version: a consent names the version it was given for.

A wording is never edited. A better one is added below with a new version and becomes the current one; the old one
stays, because somebody agreed to it.
"""

from dataclasses import dataclass

from django.utils.translation import get_language

from simpul.people.models import Consent


@dataclass(frozen=True)
class Wording:
    """A text of consent: `text[language]` is the sentence agreed to, `facts[language]` what she must know for it
    (heading, answer)."""

    version: str
    purpose: str
    text: dict[str, str]
    facts: dict[str, tuple[tuple[str, str], ...]]

    @property
    def sentence(self) -> str:
        return self.text[_language()]

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        return self.facts[_language()]


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


WORDINGS = (
    Wording(
        version="child-membership-1",
        purpose=Consent.Purpose.CHILD_MEMBERSHIP,
        text={
            "id": "Saya orang tua atau wali anak ini. Saya setuju anak ini menjadi anggota perpustakaan dengan "
                  "namanya dan meminjam buku.",
            "en": "I am this child's parent or guardian. I agree that the child is a member of the library by "
                  "name and borrows books.",
        },
        facts={
            "id": (
                ("Apa yang disimpan", "Nama, tahun lahir, jenis kelamin, sekolah dan alamat bila diisi, nama dan "
                                      "nomor wali, serta buku yang dipinjam. Tidak ada NIK, agama, atau nama gadis "
                                      "ibu kandung."),
                ("Untuk apa", "Meminjamkan buku, mengingatkan waktu kembali, dan menghitung pemustaka tanpa nama."),
                ("Siapa yang melihat", "Hanya pengelola perpustakaan ini. Kota hanya melihat jumlah, bukan nama."),
                ("Berapa lama", "Selama anak menjadi anggota. Tanpa persetujuan, data dihapus setelah 30 hari. "
                                "Setelah keanggotaan diakhiri, nama dihapus bila wali memintanya."),
                ("Bila tidak setuju", "Anak tetap boleh datang, membaca, dan ikut kegiatan tanpa nama."),
                ("Menarik kembali", "Kapan saja: katakan kepada pengelola atau buka tautan persetujuan lagi. "
                                    "Peminjaman berhenti saat itu juga dan data dihapus paling lambat 30 hari "
                                    "kemudian."),
            ),
            "en": (
                ("What is kept", "Name, birth year, sex, school and address if given, the guardian's name and "
                                 "number, and the books borrowed. No national identity number, religion or "
                                 "mother's maiden name."),
                ("What for", "Lending books, reminding of their return, and counting readers without names."),
                ("Who sees it", "Only the staff of this library. The city sees counts, not names."),
                ("How long", "While the child is a member. Without consent it is erased after 30 days. After "
                             "membership has ended the name is erased when the guardian asks."),
                ("If you do not agree", "The child may still come, read and take part without a name."),
                ("Withdrawing", "At any time: tell the staff or open the consent link again. Lending stops at "
                                "once and the data is erased within 30 days."),
            ),
        },
    ),
    Wording(
        version="contact-1",
        purpose=Consent.Purpose.CONTACT,
        text={
            "id": "Perpustakaan boleh menghubungi saya lewat WhatsApp atau telepon tentang pinjaman dan kegiatan.",
            "en": "The library may contact me by WhatsApp or phone about loans and activities.",
        },
        facts={
            "id": (("Menghubungi", "Nomor dipakai perpustakaan ini saja dan tidak dibagikan. Boleh ditarik kembali "
                                   "kapan saja."),),
            "en": (("Contact", "The number is used by this library only and is not passed on. It can be withdrawn "
                               "at any time."),),
        },
    ),
)
_BY_VERSION = {wording.version: wording for wording in WORDINGS}


def current(purpose: str) -> Wording:
    """The newest wording for a purpose."""
    return [wording for wording in WORDINGS if wording.purpose == purpose][-1]


def by_version(version: str) -> Wording:
    """The wording somebody agreed to; KeyError for a version that never was."""
    return _BY_VERSION[version]
