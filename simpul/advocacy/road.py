"""The yearly road from the community meeting to a budget, as data. Kelurahan have no budget of their own (APBDes):
money comes by musrenbang from the city's budget, from Dana Kelurahan, from an office or from companies."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

FIRST, LAST = 2015, 2100  # years that have a road


@dataclass(frozen=True)
class Milestone:
    """A step with its usual day: `month` and `day` of the musrenbang's year plus `later` years (-1: the year before)."""

    key: str
    label: Any
    why: Any
    month: int
    day: int
    later: int = 0


STEPS: tuple[Milestone, ...] = (
    Milestone("meeting", _("Hold the community meeting"),
              _("Ask in RT and RW what is needed, and write the list down under Voices."), 11, 15, -1),
    Milestone("proposal", _("Write the two-page proposal"),
              _("Two pages are read: need, what was done, what is asked."), 12, 10, -1),
    Milestone("lurah", _("Bring it to lurah and LPM"),
              _("Before the meeting they must know it; ask for a place on the list."), 1, 5),
    Milestone("musrenbang", _("Speak at the kelurahan musrenbang"),
              _("One person speaks for two minutes, with one figure and one story."), 1, 20),
    Milestone("list", _("Check the list of proposals"),
              _("Is yours in the minutes, with its place and amount? Ask for a copy."), 1, 31),
    Milestone("district", _("Follow it to the kecamatan musrenbang"),
              _("There kelurahan compete; ask the camat what is missing."), 2, 15),
    Milestone("office", _("Meet the office or a council member"),
              _("What the kelurahan cannot pay may be in an office's plan, or come by a council member (reses)."), 3, 15),
    Milestone("company", _("Write to companies"), _("What no budget takes may be a company's contribution (CSR)."), 4, 15),
    Milestone("budget", _("See what the budget says"),
              _("City budget and Dana Kelurahan are decided: write the amount down as a result."), 11, 30),
    Milestone("thanks", _("Tell what became of it and thank"),
              _("Who gave hears first what it brought; the next road begins well."), 12, 15),
)
BY_KEY = {step.key: step for step in STEPS}


def current_year(day: date) -> int:
    """The road that one works on: from August on that of the coming January."""
    return day.year + 1 if day.month >= 8 else day.year


def day_of(step: Milestone, year: int, dates: dict[str, list[int]]) -> date:
    """When a step falls due in a year's road; `dates` are the city's own (key → [month, day])."""
    month, day = dates.get(step.key, [step.month, step.day])
    return date(year + step.later, month, min(day, 28) if month == 2 else day)
