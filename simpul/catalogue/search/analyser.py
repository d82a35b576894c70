"""From text to words: one analyser for documents and queries, so that both always meet.

Fold (case, accents, apostrophes), cut into words, stem Indonesian. `Qur'an`, `Qurʾān` and `Quran` are one word,
`anak-anak` is `anak`, `C++` keeps its name, a number in ISBN form becomes its 13 digits.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
from stdnum import isbn as isbn_number

LONGEST_WORD = 40
_FOLDED = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
    # apostrophes, hamza and ain of transliterations stand inside a word, not between two
    **dict.fromkeys("'’‘`´ʼʻʾʿˈʹ", ""),
    **dict.fromkeys("‐‑‒–—", "-"),
})
_NAMES = (("c++", " cplusplus "), ("c#", " csharp "), ("f#", " fsharp "), (".net", " dotnet "))
# one character of a script without spaces is one word; a run of letters and digits is one; hyphens join
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
                   r"(?:-[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)*")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ISBN = re.compile(r"(?<![\w-])(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx](?![\w-])")
# where PySastrawi's rules or dictionary mislead it; the roots of the Sastrawi project's own list
_ROOTS = {
    "menerangi": "terang", "memuaskan": "puas", "rerata": "rata", "kesepersepuluhnya": "sepuluh",
    "bagian": "bagian", "karyawati": "karya", "idealisme": "ideal",
}
# only words with one of these beginnings, infixes or endings can change; the others skip 60 regular expressions
_MAY_CHANGE = re.compile(r"^(?:[bkmpst]e|di|ku|kau|[^aiueo](?:er|el|em|in))"
                         r"|(?:i|an|ku|mu|nya|lah|kah|tah|pun|is|isme)$")
_stemmer = None


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The root of a folded Indonesian word; words with digits or of three letters stay as they are."""
    if len(word) < 4 or not word.isascii() or not word.replace("-", "").isalpha():
        return word
    if "-" not in word and not _MAY_CHANGE.search(word):
        return _ROOTS.get(word, word)
    global _stemmer
    if _stemmer is None:  # reads its dictionary of 29,000 roots: 12 ms, 3 MB, only where something is searched
        _stemmer = StemmerFactory().create_stemmer().delegatedStemmer
    return _ROOTS.get(word) or _stemmer.stem_word(word) or word


def fold(text: str) -> str:
    """Lower case without accents, apostrophes or marks. NUL and other controls become spaces."""
    if text.isascii():
        text = text.lower().replace("'", "").replace("`", "")
    else:
        text = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(ch for ch in text if not unicodedata.combining(ch)).casefold().translate(_FOLDED)
    for name, word in _NAMES:
        if name in text:
            text = text.replace(name, word)
    return text


def _numbers(text: str) -> str:
    """ISBNs inside text, with hyphens or spaces, as one word of 13 digits."""
    return _ISBN.sub(lambda found: f" {isbn_word(found.group())} ", text)


def isbn_word(text: str) -> str:
    """How an ISBN stands in index and query: 13 digits where the check digit holds, else its digits as given."""
    digits = re.sub(r"[^0-9Xx]", "", text).upper()
    if len(digits) == 10 and isbn_number.is_valid(digits):
        return str(isbn_number.to_isbn13(digits))
    return digits.lower()


@dataclass(frozen=True, slots=True)
class Words:
    """The same text twice: `plain` as folded words, `stems` as their roots."""

    plain: tuple[str, ...]
    stems: tuple[str, ...]


def analyse(text: str, limit: int = 400) -> Words:
    """The words of a text, at most `limit`. A doubled word (`anak-anak`) is two plain words and one stem."""
    text = fold(text)
    words = (_ASCII_WORD if text.isascii() else _WORD).findall(text)
    if "-" not in text:  # nine in ten
        short = tuple([word[:LONGEST_WORD] for word in words[:limit]])
        return Words(short, tuple(map(stem, short)))
    plain: list[str] = []
    stems: list[str] = []
    for found in words:
        if "-" in found:
            whole = stem(found) if found.count("-") < 3 and len(found) <= LONGEST_WORD else found
            parts = [part[:LONGEST_WORD] for part in found.split("-")]
            plain += parts
            stems += [whole] if "-" not in whole else [stem(part) for part in parts]
        else:
            word = found[:LONGEST_WORD]
            plain.append(word)
            stems.append(stem(word))
        if len(plain) >= limit:
            break
    return Words(tuple(plain[:limit]), tuple(stems[:limit]))


@dataclass(frozen=True, slots=True)
class Ask:
    """An analysed query: all `stems` and all `phrases` (of stems) must match; `plain` are the words as typed, for
    ranking and suggestions; `last` is the last one outside quotes, which may be unfinished at the desk."""

    plain: tuple[str, ...]
    stems: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    last: str = ""

    @property
    def finished(self) -> tuple[str, ...]:
        """The stems without the last word's."""
        return tuple(word for word in self.stems if not self.unfinished or word != stem(self.last))

    @property
    def unfinished(self) -> tuple[str, ...]:
        """What the last word may be the beginning of: an inflected word as typed, or a stem. Two letters begin too
        many words to be of use."""
        return tuple(dict.fromkeys((self.last, stem(self.last)))) if len(self.last) > 2 else ()

    @property
    def is_empty(self) -> bool:
        return not self.stems and not self.phrases


_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
LONGEST_QUERY, MOST_WORDS = 250, 16


def analyse_query(text: str) -> Ask:
    """Words and quoted phrases of what somebody typed. Anything typed is a word or nothing: there are no operators,
    so no query is wrong; what goes beyond 250 characters or 16 words is not read."""
    text = text[:LONGEST_QUERY]
    phrases: list[Words] = []

    def take(found: re.Match[str]) -> str:
        words = analyse(_numbers(found.group(1)), MOST_WORDS)
        if len(words.plain) > 1:
            phrases.append(words)
            return " "
        return f" {found.group(1)} "

    words = analyse(_numbers(_QUOTED.sub(take, text)), MOST_WORDS)
    plain = [*words.plain, *(word for phrase in phrases for word in phrase.plain)]
    return Ask(
        plain=tuple(plain), stems=tuple(dict.fromkeys(words.stems)),
        phrases=tuple(phrase.stems for phrase in phrases), last=words.plain[-1] if words.plain else "")
