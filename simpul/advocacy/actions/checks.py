"""What several changes look at."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from simpul.advocacy.actions.refusals import NameMissing, WrongAmount, WrongChoice, WrongDay, WrongLink, WrongPhone
from simpul.core import clock, phones
from simpul.libraries.models import Library

MOST_RUPIAH = 10**13  # more than the budget of any city


def one_line(text: str, most: int) -> str:
    """Without superfluous spaces and control characters, at most `most` letters."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())[:most]


def told(text: str, most: int) -> str:
    """Lines kept, NUL and spaces around taken away."""
    return text.replace("\x00", "").strip()[:most]


def named(text: str, most: int, field: str, message: Any) -> str:
    """A line that must say something. Raises NameMissing."""
    said = one_line(text, most)
    if len(said) < 2:
        raise NameMissing(message, field=field)
    return said


def phone(raw: str, field: str) -> str:
    """E.164, or "" for none. Raises WrongPhone."""
    if not raw.strip():
        return ""
    number = phones.normalise(raw)
    if number is None:
        raise WrongPhone(_("This is no phone number. Write it like 0812 3456 7890, or leave it empty."), field=field)
    return number


def https(raw: str, field: str) -> str:
    """An https address, or "" for none; one without a scheme is taken as https. Raises WrongLink."""
    text = "".join(raw.split())
    if not text:
        return ""
    if "://" not in text and not text.lower().startswith(("javascript:", "data:", "mailto:")):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        is_good = parts.scheme.lower() == "https" and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        is_good = False
    if not is_good or len(text) > 500 or not text.isprintable() or any(ch in text for ch in '"<>\\'):
        raise WrongLink(_("Paste the whole address; it begins with https://."), field=field)
    return text


def past_day(day: date, at: datetime, library: Library | None, field: str) -> date:
    """A day that has come, and not before libraries were written about. Raises WrongDay."""
    today = clock.local_date(at, library.time_zone if library else "Asia/Jakarta")
    if day > today:
        raise WrongDay(_("This day has not come yet."), field=field)
    if day.year < 1950:
        raise WrongDay(_("Check the year."), field=field)
    return day


def coming_day(day: date | None, at: datetime, field: str) -> date | None:
    """A day within ten years from now. Raises WrongDay."""
    if day is not None and not timedelta(days=-3700) < day - at.date() < timedelta(days=3700):
        raise WrongDay(_("Check the year."), field=field)
    return day


def choice(value: str, choices: Any, field: str) -> str:
    """One of the values of a TextChoices. Raises WrongChoice."""
    if value not in choices.values:
        raise WrongChoice(_("Choose one of the list."), field=field)
    return value


def rupiah(amount: int | None, field: str) -> int | None:
    """Whole rupiah, none or more. Raises WrongAmount."""
    if amount is not None and not 0 <= amount <= MOST_RUPIAH:
        raise WrongAmount(_("Check the amount in rupiah."), field=field)
    return amount


def count(number: int | None, field: str) -> int | None:
    """People or things, none or more, as many as the table holds. Raises WrongAmount."""
    if number is not None and not 0 <= number <= 2_000_000_000:
        raise WrongAmount(_("Check this number."), field=field)
    return number
