"""Numbers in words."""

from django.utils.translation import ngettext


def hours_in_words(minutes: int) -> str:
    """`41 jam 30 menit` of minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}] if hours else []
    if rest or not hours:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return " ".join(parts)
