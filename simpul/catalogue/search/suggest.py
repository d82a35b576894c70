"""What a mistyped word probably was: the nearest words of the catalogue's own vocabulary.

The vocabulary stays in the database (60,000 words would cost each worker 8 MB): of it only words with the same
first letter and about the same length are read, and all first letters only where that finds nothing.
"""

from collections.abc import Iterator
from itertools import islice, product

from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import OSA

from simpul.catalogue.search.analyser import Ask, stem
from simpul.catalogue.search.engines import engine
from simpul.catalogue.search.models import SearchWord

#: corrections tried for one query
TRIES = 4


def corrected_text(ask: Ask) -> Iterator[str]:
    """Texts in which the words that are nowhere in the catalogue are replaced, the most likely first."""
    index = engine()
    words = list(dict.fromkeys(ask.plain))
    unknown = [word for word in words if not index.has(stem(word))]
    choices = {word: nearest(word) for word in unknown}
    if not unknown or not all(choices.values()):
        return
    for picked in islice(product(*choices.values()), TRIES):
        instead = dict(zip(choices, picked, strict=True))
        yield " ".join(instead.get(word, word) for word in ask.plain)


def nearest(word: str, limit: int = 3) -> list[str]:
    """At most `limit` words of the vocabulary near `word`: one slip for four letters, two for five to eight, three
    beyond; fewest slips first, then the more frequent. Numbers and words of three letters have none."""
    if len(word) < 4 or not word.isalpha():
        return []
    slips = 1 if len(word) == 4 else 2 if len(word) < 9 else 3
    return _nearest(word, slips, Q(initial=word[0]), limit) or _nearest(word, min(slips, 2), Q(), limit)


def _nearest(word: str, slips: int, among: Q, limit: int) -> list[str]:
    lengths = range(max(3, len(word) - slips), len(word) + slips + 1)
    counts = dict(SearchWord.objects.filter(among, length__in=lengths, titles__gt=0).values_list("word", "titles"))
    near = process.extract(word, counts.keys(), scorer=OSA.distance, score_cutoff=slips, limit=50)
    ranked = sorted(near, key=lambda found: (found[1], found[0][0] != word[0], -counts[found[0]], found[0]))
    return [found[0] for found in ranked[:limit]]
