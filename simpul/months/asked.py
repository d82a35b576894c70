"""The few facts about a month that nobody could record. Each may be left open, or answered "I do not know"."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Question:
    """`is_number`: a whole number of at most `most`; else a text of at most `most` letters."""

    name: str
    label: Any
    is_number: bool
    most: int
    help: Any = ""
    unit: Any = ""


ASKED: tuple[Question, ...] = (
    Question("wifi_outside", _("How many people used the Wi-Fi outside the library?"), True, 100_000,
             _("About, on all days together. They came, but not in."), _("people")),
    Question("own_money", _("What was bought with your own money?"), True, 1_000_000_000,
             _("Books, snacks, data: in rupiah. The city does not see it otherwise."), "Rp"),
    Question("hindered", _("What hindered?"), False, 300),
    Question("sentence", _("One sentence about this month"), False, 300, _("It stands at the top of the report.")),
    Question("needed", _("What do you need from the city?"), False, 300),
)
BY_NAME = {one.name: one for one in ASKED}
