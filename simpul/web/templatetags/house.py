"""Small words that templates of the whole house use."""

from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django import template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

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


@register.simple_tag
def icon(name: str) -> SafeString:
    """What `<c-icon>` draws, for components and the desk's answers, where a hundredth of a millisecond counts."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    return format_html('<svg class="icon" width="24" height="24" aria-hidden="true"><use href="{}#{}"></use></svg>',
                       static("simpul/icons.svg"), name)


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
    if isinstance(value, str) and not value.isdecimal():
        return value  # an attribute of a component: the template has put in the separators already
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


def _amount(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else getattr(row, name, None)


@register.filter
def as_bars(rows: Any) -> list[dict[str, Any]]:
    """Rows {label, value, before?, href?} with `width` and `before_width` in hundredths of the longest bar."""
    rows = list(rows or [])
    most = max([_amount(r, k) or 0 for r in rows for k in ("value", "before")], default=0) or 1
    return [{
        "label": _amount(r, "label"), "value": _amount(r, "value"), "before": _amount(r, "before"),
        "href": _amount(r, "href"), "width": round(100 * (_amount(r, "value") or 0) / most),
        "before_width": round(100 * (_amount(r, "before") or 0) / most),
    } for r in rows]


@register.filter
def as_columns(rows: Any) -> dict[str, Any]:
    """Rows {label, short, value, before?, href?} as columns 48 wide on a ground of 150, values above them."""
    rows = list(rows or [])
    most = max([_amount(r, k) or 0 for r in rows for k in ("value", "before")], default=0) or 1
    columns = []
    for n, r in enumerate(rows):
        value, before = _amount(r, "value"), _amount(r, "before")
        height, before_height = round(106 * (value or 0) / most), round(106 * (before or 0) / most)
        x = 6 + n * 52
        columns.append({
            "label": _amount(r, "label"), "short": _amount(r, "short") or _amount(r, "label"), "value": value,
            "before": before, "href": _amount(r, "href"), "x": x, "centre": x + 18,
            "x_now": x if before is None else x + 8, "width_now": 36 if before is None else 20,
            "height": height, "y": 128 - height, "before_height": before_height, "before_y": 128 - before_height,
            "label_y": 122 - max(height, before_height),
        })
    return {"columns": columns, "width": 4 + 52 * max(len(rows), 1)}


@register.filter
def cell(value: Any) -> Any:
    """A value in a table of records: moments and days in the reader's form, yes and no in words, nothing as a dash."""
    if value is None or value == "":
        return "–"
    if value is True:
        return _("yes")
    if value is False:
        return _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    return value


BREAKDOWNS = {
    "sex": gettext_lazy("sex"), "age_group": gettext_lazy("age group"), "how": gettext_lazy("how it was recorded"),
    "purpose": gettext_lazy("purpose"), "ict": gettext_lazy("computer and internet use"),
    "uses_ict": gettext_lazy("computer and internet use"), "disability": gettext_lazy("disability, if offered"),
    "format": gettext_lazy("format"), "acquisition": gettext_lazy("source"), "state": gettext_lazy("state"),
    "kind": gettext_lazy("kind"), "strategy": gettext_lazy("strategy"),
    "type": gettext_lazy("kind of member"), "language": gettext_lazy("language"),
}


@register.filter
def breakdown(name: str) -> Any:
    """A disaggregation's name in the reader's language; two at once are joined by "+"."""
    return " × ".join(str(BREAKDOWNS.get(part, part)) for part in name.split("+"))
