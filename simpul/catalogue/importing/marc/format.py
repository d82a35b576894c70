"""What a thing is: the form of item, physical description and carrier before the type of record."""

from simpul.catalogue.importing.marc.record import Record
from simpul.catalogue.models import Format

_TYPES = {"c": Format.MUSIC, "d": Format.MUSIC, "e": Format.MAP, "f": Format.MAP, "g": Format.VIDEO,
          "i": Format.AUDIO, "j": Format.MUSIC, "k": Format.PICTURE, "m": Format.DIGITAL, "o": Format.OBJECT,
          "r": Format.OBJECT, "p": Format.OTHER}
_FORMS = {"f": Format.BRAILLE, "d": Format.LARGE_PRINT, "o": Format.DIGITAL, "q": Format.DIGITAL, "s": Format.DIGITAL}
_GENRES = (("braille", Format.BRAILLE), ("large type", Format.LARGE_PRINT), ("large print", Format.LARGE_PRINT),
           ("huruf besar", Format.LARGE_PRINT), ("audiobook", Format.AUDIO), ("buku audio", Format.AUDIO),
           ("sound recording", Format.AUDIO), ("talking book", Format.AUDIO))


def format_of(record: Record) -> Format:
    """One of the twelve forms of the house; a plain printed text is a book."""
    kind, level = record.leader[6:7], record.leader[7:8]
    fixed = record.control("008")
    form = fixed[29:30] if kind in ("e", "f", "g", "k", "o", "r") else fixed[23:24]
    if form in ("f", "d"):
        return _FORMS[form]
    for physical in (f.text for f in record.tagged("007")):
        if physical.startswith(("fb", "tc")):
            return Format.BRAILLE
        if physical.startswith("tb"):
            return Format.LARGE_PRINT
    for field in record.tagged("655", "245", "340"):
        words = " ".join(field.all("ahn")).lower() if field.tag == "655" else " ".join(field.all("hn")).lower()
        for word, meaning in _GENRES:
            if word in words:
                return meaning
    if kind in _TYPES:
        return _TYPES[kind]
    if form in _FORMS or record.first("338", "b") == "cr":
        return _FORMS.get(form, Format.DIGITAL)
    if level in ("s", "b", "i") and kind in ("a", ""):
        return Format.SERIAL
    return Format.BOOK
