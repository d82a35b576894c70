"""What people agree to when their story may be told. A wording is never edited: a better one gets a new version and
stands last; the old one stays, because somebody agreed to it."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Wording:
    """`sentence[language]` is what is signed, `facts[language]` what she must know for it (heading, answer)."""

    version: str
    sentences: dict[str, str]
    child_sentences: dict[str, str]
    all_facts: dict[str, tuple[tuple[str, str], ...]]

    def sentence(self, *, is_child: bool) -> str:
        return (self.child_sentences if is_child else self.sentences)[_language()]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        return self.all_facts[_language()]


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


WORDINGS = (Wording(
    version="story-1",
    sentences={
        "id": "Saya sudah membaca atau mendengar cerita saya di atas. Cerita itu benar, dan saya setuju cerita itu dibagikan "
              "seperti yang saya pilih.",
        "en": "I have read or heard my story above. It is true, and I agree that it is shared as I chose.",
    },
    child_sentences={
        "id": "Saya orang tua atau wali anak ini. Saya sudah membaca atau mendengar ceritanya, anak ini juga mau, dan saya "
              "setuju cerita itu dibagikan seperti yang saya pilih.",
        "en": "I am this child's parent or guardian. I have read or heard the story, the child wants it too, and I agree "
              "that it is shared as I chose.",
    },
    all_facts={
        "id": (
            ("Untuk siapa", "Hanya untuk yang dicentang. Tanpa centang, cerita tinggal di perpustakaan ini."),
            ("Berapa lama", "Sampai tanggal yang dipilih. Sesudah itu cerita dan foto dihapus dengan sendirinya."),
            ("Siapa memeriksa", "Fasilitator atau koordinator kota bertanya sekali lagi kepada Anda sebelum cerita tampil."),
            ("Menarik kembali", "Kapan saja, tanpa alasan: buka tautan Anda lalu tekan satu tombol, atau katakan kepada "
                                "pengelola. Cerita, foto, nama, dan bukti persetujuan langsung dihapus dari semua halaman, "
                                "daftar, dan laporan. Yang sudah dicetak atau disalin orang lain tidak dapat ditarik."),
            ("Bila tidak setuju", "Tidak apa-apa. Anda tetap dilayani seperti biasa."),
        ),
        "en": (
            ("For whom", "Only those that are ticked. Without a tick the story stays in this library."),
            ("For how long", "Until the day that was chosen. Then story and pictures are deleted by themselves."),
            ("Who checks", "A mentor or the city's coordinator asks you once more before the story is shown."),
            ("Withdrawing", "At any time, without a reason: open your link and press one button, or tell the staff. Story, "
                            "pictures, name and the proof of consent are deleted at once from every page, list and report. "
                            "What others printed or copied cannot be called back."),
            ("If you do not agree", "That is fine. You are served as always."),
        ),
    },
),)
_BY_VERSION = {wording.version: wording for wording in WORDINGS}


def current() -> Wording:
    return WORDINGS[-1]


def by_version(version: str) -> Wording:
    """The wording somebody agreed to; KeyError for a version that never was."""
    return _BY_VERSION[version]
