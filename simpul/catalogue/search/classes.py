"""The ten main classes of the Dewey Decimal Classification, as plain facts in our own words."""

from django.utils.translation import gettext_lazy as _

MAIN_CLASSES = {
    "0": _("General works, computers"),
    "1": _("Philosophy and psychology"),
    "2": _("Religion"),
    "3": _("Social sciences"),
    "4": _("Language"),
    "5": _("Science and mathematics"),
    "6": _("Technology, health, cooking"),
    "7": _("Arts and sports"),
    "8": _("Literature"),
    "9": _("History and geography"),
}


def main_class(ddc: str) -> str:
    """The first digit of a DDC number (`813.6` → `8`); `[E]`, `Fic` and nothing give the empty string."""
    text = ddc.strip().lstrip("[(")
    return text[0] if len(text) >= 3 and text[:3].isdigit() and text[:3].isascii() else ""
