"""What a need may be about: themes as data, in both languages. The key is stored, the words may be improved."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Theme:
    key: str
    id: str
    en: str

    @property
    def label(self) -> str:
        return self.en if get_language() == "en" else self.id


THEMES: tuple[Theme, ...] = (
    Theme("reading", "Membaca dan anak", "Reading and children"),
    Theme("school", "Belajar dan sekolah", "Learning and school"),
    Theme("skills", "Keterampilan", "Skills"),
    Theme("business", "Usaha dan pekerjaan", "Business and work"),
    Theme("digital", "Komputer dan internet", "Computer and internet"),
    Theme("health", "Kesehatan dan keluarga", "Health and family"),
    Theme("culture", "Seni dan budaya", "Arts and culture"),
    Theme("environment", "Lingkungan dan kebun", "Environment and gardens"),
    Theme("place", "Buku, ruang, dan jam buka", "Books, rooms, opening hours"),
    Theme("other", "Lainnya", "Something else"),
)
BY_KEY = {theme.key: theme for theme in THEMES}


def choices() -> list[tuple[str, str]]:
    """(key, label) in the reader's language."""
    return [(theme.key, theme.label) for theme in THEMES]


def label_of(key: str) -> str:
    theme = BY_KEY.get(key)
    return theme.label if theme else key
