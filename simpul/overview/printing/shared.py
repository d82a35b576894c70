"""What the papers share: who speaks, pictures read from the disk, formatted numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.files import storage
from simpul.indicators.periods import Period
from simpul.indicators.places import Place, of_city, of_library
from simpul.libraries.models import City, Library
from simpul.overview.queries.ground import Ground, ground_of

PAPERS = Path(__file__).parents[1] / "papers"
ENDINGS = {"image/jpeg": "jpg", "image/webp": "webp", "image/png": "png"}


@dataclass(frozen=True)
class Subject:
    """Whose paper it is: a library, or the city where `library` is None. `base` begins addresses on paper."""

    place: Place
    ground: Ground
    library: Library | None
    base: str

    @property
    def name(self) -> str:
        return self.library.name if self.library else self.place.name

    @property
    def lines(self) -> list[str]:
        if self.library is None:
            return [_("All libraries that record with Simpul")]
        told = (self.library.address, self.library.region.full_name)
        return [line for line in told if line and line not in self.library.name]

    @property
    def libraries(self) -> list[UUID] | None:
        return [self.library.pk] if self.library else None

    @property
    def period(self) -> Period:
        return self.ground.period

    @property
    def today(self) -> date:
        return self.ground.today

    def opens(self, _indicator: str, _period: Period) -> str:
        """Paper has no links; figures that are opened carry a code."""
        return ""


def subject_of(library: Library | None, period: Period, *, base: str, now: datetime) -> Subject:
    place = of_library(library) if library else of_city()
    return Subject(place, ground_of(place, period, now=now), library, base)


def city_name() -> str:
    city = City.objects.first()
    return city.name if city else ""


def language() -> str:
    return get_language() or "id"


def number(n: Any) -> str:
    return "–" if n is None else str(formats.number_format(n, use_l10n=True, force_grouping=True))


def rupiah(amount: int) -> str:
    return "Rp" + f"{amount:,}".replace(",", ".")


def day(value: date) -> str:
    return formats.date_format(value, "j F Y")


def read_files(files: Iterable[tuple[str, Any]]) -> tuple[dict[str, bytes], dict[str, str]]:
    """(key, StoredFile) → contents by plain name, and key → name; what is gone from the disk is left out."""
    contents: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for n, (key, file) in enumerate(files, 1):
        name = f"foto-{n}.{ENDINGS.get(file.media_type, 'jpg')}"
        try:
            with storage.read(file.pk) as opened:
                contents[name] = opened.read()
        except FileNotFoundError:
            continue
        names[key] = name
    return contents, names
