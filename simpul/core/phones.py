"""Phone numbers as people write them in Indonesia, and the links that need no message gateway."""

from urllib.parse import quote

import phonenumbers


def normalise(raw: str) -> str | None:
    """`0812…`, `62812…`, `+62 812-…` → `+62812…` (E.164); None where it is no possible number."""
    text = "".join(ch for ch in raw if ch.isdigit() or ch == "+")
    if text.startswith("62"):
        text = "+" + text
    if text.startswith("8"):
        text = "0" + text
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def for_reading(e164: str) -> str:
    """`+62812…` as people read it: `0812-3456-7890`."""
    try:
        number = phonenumbers.parse(e164, "ID")
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def whatsapp_link(e164: str | None, text: str) -> str:
    """A wa.me address that opens WhatsApp with `text` ready; without a number the sender picks the chat."""
    number = (e164 or "").lstrip("+")
    return f"https://wa.me/{number}?text={quote(text)}"
