"""What readers outside a library may see broken down: nothing from which a group of one to four can be computed.

A block is one library, one month that is over, one measure, one disaggregation. Of each block is told a coarser table:
cells of one to four are put together with others into a rest, large enough and mixed enough that no cell follows from
it (`told`). Everything larger that such a reader sees, a quarter, a kecamatan, the city, a spreadsheet, is the sum of
the told cells of its blocks, with the rests added up beside them. Whatever is subtracted from whatever, only told cells
and totals come out. Two disaggregations at once, parts of another measure, months that are not over and days are not
broken down for outsiders at all: each of them beside its whole would tell a cell.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simpul.core.measure import Measure

SMALL = 5  # groups under five are never told to outsiders


@dataclass(frozen=True)
class Broken:
    """A breakdown: value → n, and `rest`, what is in the total and in no told cell (None: nothing is withheld). Beside
    a rest a value that is not told may be none, small or large: which values are in it is not said. `changed`: how many
    more (or fewer) there are since this was told; they are in the total alone."""

    cells: Mapping[str, int]
    rest: int | None = None
    changed: int = 0

    def tells(self, values: Iterable[str]) -> bool:
        """Is the whole number of each of these values known from it?"""
        return self.rest is None or all(value in self.cells for value in values)


def may_be_broken_down(measure: Measure, by: str) -> bool:
    """For outsiders: a part of another measure beside the broken-down whole would tell the remainder, and so would the
    total of a part where it is a value of this breakdown."""
    if not measure.is_about_people:
        return True
    return not measure.part_of and not measure.is_live and by not in measure.told_by_parts


def told(cells: Mapping[str, int]) -> Broken:
    """One block as outsiders may see it."""
    filled = {value: n for value, n in cells.items() if n}
    small = {value for value, n in filled.items() if n < SMALL}
    if not small:
        return Broken(filled)
    hidden = set(small)
    large = sorted({n for n in filled.values() if n >= SMALL})
    while not _is_mixed([filled[value] for value in hidden]):
        if not large:  # too few to hide among: only the total is told
            return Broken({}, sum(filled.values()))
        next_ = large.pop(0)  # all of that number: which of two equal ones is hidden would tell something
        hidden |= {value for value, n in filled.items() if n == next_}
    return Broken({value: n for value, n in filled.items() if value not in hidden},
                  sum(filled[value] for value in hidden))


def _is_mixed(numbers: list[int]) -> bool:
    """Can no cell be computed from the rest, knowing that it holds so many cells, none of them empty? One cell is its
    own rest; a rest under five would be a small cell itself; all ones, or all fours where only small ones are hidden,
    follow from their sum."""
    total = sum(numbers)
    if len(numbers) < 2 or total < SMALL or total == len(numbers):
        return False
    return not (all(n < SMALL for n in numbers) and total == len(numbers) * (SMALL - 1))


def added_up(blocks: Mapping[tuple[object, ...], Mapping[str, int]]) -> Broken:
    """The sum of what may be told of each block."""
    return sum_of(told(block) for block in blocks.values())


def sum_of(parts: Iterable[Broken]) -> Broken:
    """Told blocks added up, the rests beside them."""
    cells: dict[str, int] = defaultdict(int)
    rests, changed = [], 0
    for part in parts:
        for value, n in part.cells.items():
            cells[value] += n
        changed += part.changed
        if part.rest is not None:
            rests.append(part.rest)
    return Broken(dict(cells), sum(rests) if rests else None, changed)
