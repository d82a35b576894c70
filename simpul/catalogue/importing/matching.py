"""When are two records the same title of the city?

Conservatively: a false merge hides a book behind another one, a missed merge shows a book twice and can be merged by
hand. So a valid ISBN alone is not enough (publishers in Indonesia print one ISBN on every volume of a set, and
reuse them): title proper, part and form must agree with it. Without an ISBN the whole title, first contributor,
year, edition and publisher must all be there and agree; a record that lacks title words, contributor or year
matches nothing.
"""

import hashlib
import re

from simpul.catalogue.importing.drafts import Description
from simpul.catalogue.importing.values import fold
from simpul.catalogue.models import Identifier

_FIRST = frozenset(("", "1", "i", "pertama", "first", "1st", "cet 1", "cetakan 1", "cetakan i", "cetakan pertama",
                    "ed 1", "edisi 1", "edisi i", "edisi pertama", "first edition", "1st ed", "cet i"))
_ORDINALS = {"second": "2", "third": "3", "fourth": "4", "fifth": "5", "kedua": "2", "ketiga": "3", "keempat": "4",
             "ii": "2", "iii": "3", "iv": "4", "v": "5"}


def edition_number(text: str) -> str:
    """`2` of `Ed. 2`, `2nd ed.`, `Cetakan kedua`; empty for a first edition or none; the words for any other."""
    words = fold(text)
    if words in _FIRST:
        return ""
    number = re.search(r"\d+", words)
    if number:
        return number[0].lstrip("0")
    return next((_ORDINALS[w] for w in words.split() if w in _ORDINALS), words)


def match_key(description: Description) -> str:
    """The key under which the same title of another library is found; empty where nothing is certain."""
    title, part = fold(description.title), fold(description.part)
    if len(title) < 2:
        return ""
    isbn = next((n.value for n in description.numbers if n.kind == Identifier.Kind.ISBN and n.is_valid), "")
    if isbn:
        facts = ["isbn", isbn, title, part, description.format]
    else:
        maker = fold(description.makers[0].name) if description.makers else ""
        if not maker or description.year is None:
            return ""
        facts = ["words", title, fold(description.subtitle), part, " ".join(sorted(maker.split())),
                 str(description.year), edition_number(description.edition), fold(description.publisher),
                 description.format, description.language]
    return hashlib.sha256("\x1f".join(facts).encode()).hexdigest()
