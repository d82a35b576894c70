"""Small words that templates of the whole house use."""

from datetime import date
from typing import Any
from uuid import UUID

from django import template
from django.utils import formats
from django.utils.translation import get_language

from simpul.core import phones
from simpul.core.ids import new_id

register = template.Library()

DAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


@register.simple_tag
def new_change_id() -> UUID:
    """A fresh id for a one-button form."""
    return new_id()


@register.filter
def day(value: date | None) -> str:
    """`Selasa, 21 Mei 2024`; nothing for no date."""
    if not value:
        return ""
    name = DAYS.get(get_language() or "id", DAYS["id"])[value.weekday()]
    return f"{name}, {formats.date_format(value, 'j F Y')}"


@register.filter
def rupiah(value: int | None) -> str:
    """`Rp1.500.000`; nothing for no amount."""
    if value is None:
        return ""
    return "Rp" + f"{int(value):,}".replace(",", ".")


@register.filter
def number(value: Any) -> str:
    """A whole number with the separators of the language; a dash where there is none (no data is not zero)."""
    if value is None or value == "":
        return "–"
    return formats.number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def phone(value: str | None) -> str:
    """`+62812…` as people read it."""
    return phones.for_reading(value) if value else ""


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """mapping[key], or None."""
    try:
        return mapping.get(key)
    except AttributeError:
        return None


@register.simple_tag(takes_context=True)
def query_with(context: Any, **changes: Any) -> str:
    """The page's query string with some values changed (None takes one away): filters live in the address."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = value
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"


def undo_of(tags: str) -> str:
    """The undo address inside a message's tags."""
    return tags.removeprefix("undo:").split(" ")[0] if tags.startswith("undo:") else ""


register.filter("undo_of", undo_of)
