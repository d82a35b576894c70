"""Questions of the lending desk and of the pages, answered in a constant number of queries."""

from dataclasses import dataclass

from simpul.catalogue.models import Copy, Title
from simpul.libraries.models import Library


@dataclass(frozen=True)
class DeskTitle:
    """A title as the desk sees it: this library's copies on the shelf, and how many stand or are lent elsewhere."""

    title: Title
    available: tuple[Copy, ...]
    here: int
    elsewhere: int


def find_copy(code: str, library: Library) -> Copy | None:
    """The copy with this label: the library's own first, else the only one in the city; withdrawn ones too."""
    raise NotImplementedError


def find_titles_for_desk(text: str, library: Library, limit: int = 8) -> list[DeskTitle]:
    """Titles that match all words (the last may be unfinished), those with a copy on this shelf first."""
    raise NotImplementedError
