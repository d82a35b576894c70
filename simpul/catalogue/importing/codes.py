"""Codes for copies that bring none: `S000123`, readable aloud, unique in their library."""

import re

from simpul.catalogue.models import Copy
from simpul.libraries.models import Library

_OURS = re.compile(r"^S(\d{6,9})$")


class CodeMaker:
    """Goes on after the highest code made so far. Two makers at once may make one code twice: the database refuses
    the second, and its maker looks again."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._last: int | None = None

    def next(self) -> str:
        if self._last is None:
            self._last = self._highest()
        self._last += 1
        return f"S{self._last:06}"

    def _highest(self) -> int:
        codes = Copy.objects.filter(library=self.library, code__gte="S0", code__lt="S:").values_list("code", flat=True)
        return max((int(found[1]) for code in codes.iterator() if (found := _OURS.match(code))), default=0)

    def forget(self) -> None:
        """Look again: somebody else made codes meanwhile."""
        self._last = None
