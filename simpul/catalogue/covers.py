"""Drawn covers for books without a picture: title, author and the colour of the class, as lines of an SVG."""

import textwrap
from dataclasses import dataclass

from simpul.catalogue.models import Title
from simpul.catalogue.search.classes import main_class

LINE, LINES = 12, 5


@dataclass(frozen=True, slots=True)
class Cover:
    """`lines` of the title with their height in a drawing of 90 × 130, the maker's short name, the colour's name."""

    lines: list[tuple[int, str]]
    maker: str
    colour: str


def cover(title: Title) -> Cover:
    """The cover of a title. It repeats what stands beside it, so it is hidden from screen readers."""
    lines = textwrap.wrap(title.title[:120], LINE, break_long_words=True, max_lines=LINES, placeholder="…")
    maker = title.contributors_line.split(";")[0].split(",")[0].strip()
    return Cover(
        [(26 + 15 * n, line) for n, line in enumerate(lines)],
        maker if len(maker) <= 15 else maker[:14] + "…", main_class(title.ddc) or "x")
