"""From bytes to text, when the label is right and when it is wrong.

A record that calls itself UTF-8 is believed when it decodes; a record that does not is still UTF-8 when it decodes
as such and is not plain ASCII (MARC-8 puts an accent before its letter, which is never valid UTF-8). What is left is
MARC-8 where the bytes behave like it, else Windows-1252. Nothing is lost by a wrong guess: the bytes are kept.
"""

import io
import unicodedata
from contextlib import redirect_stderr

from pymarc.marc8 import MARC8ToUnicode

_ESCAPE = b"\x1b"


def decoder_name(data: bytes, *, says_utf8: bool) -> str:
    """`ascii`, `utf-8`, `marc-8`, `cp1252`, or `mixed` (UTF-8 with bad bytes: each field is judged alone)."""
    if data.isascii():
        return "marc-8" if _ESCAPE in data and not says_utf8 else "ascii"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if says_utf8 and _mostly_utf8(data):
            return "mixed"
        return "marc-8" if _ESCAPE in data or _looks_marc8(data) else "cp1252"
    return "utf-8"


def decode(data: bytes, name: str) -> str:
    """The text; bytes that mean nothing become U+FFFD, never an error."""
    if name in ("ascii", "utf-8") or (data.isascii() and _ESCAPE not in data):
        return data.decode("utf-8", "replace")
    if name == "mixed":
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("utf-8", "replace") if _mostly_utf8(data) else data.decode("cp1252", "replace")
    if name == "cp1252":
        return data.decode("cp1252", "replace")
    try:
        with redirect_stderr(io.StringIO()):  # it complains there about broken multi-byte text, quiet or not
            return unicodedata.normalize("NFC", MARC8ToUnicode(quiet=True).translate(data))
    except Exception:
        return data.decode("cp1252", "replace")


def _mostly_utf8(data: bytes) -> bool:
    """Do the sequences that are valid UTF-8 outnumber the bytes that are not?"""
    text = data.decode("utf-8", "replace")
    bad = text.count("�")
    return sum(1 for c in text if ord(c) > 127) - bad > bad


def _looks_marc8(data: bytes) -> bool:
    """Are most bytes above 0x7f ANSEL letters or combining accents before a letter that takes them?"""
    good = bad = 0
    for i, byte in enumerate(data):
        if byte < 0x80:
            continue
        following = data[i + 1] if i + 1 < len(data) else 0
        is_before_letter = chr(following).isalpha() and following < 0x80
        is_accent = 0xE0 <= byte <= 0xFE and (is_before_letter or 0xE0 <= following <= 0xFE)
        is_letter = 0xA1 <= byte <= 0xC8 and not (byte >= 0xC0 and is_before_letter)
        good += is_accent or is_letter
        bad += not (is_accent or is_letter)
    return good >= bad
