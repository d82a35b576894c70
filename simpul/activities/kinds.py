"""The kinds of activity, as data: the group each belongs to and the official counts it enters.

`iplm` is the item of the questionnaire of 2025 (reading and literacy: participants and number of activities; every
activity with a partner counts as cooperation besides). `sim` is the strategy under which the programme's reporting
counts it where nobody chose another one. `needs` opens the checklist.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LITERACY = "literacy"
STRATEGIES = (
    ("involvement", _("community involvement")),
    ("information", _("better information services")),
    ("advocacy", _("advocacy and publicity")),
)
#: the group's name for people, in the order of the form
GROUPS = {
    LITERACY: _("Reading and literacy"), "skills": _("Skills"), "health": _("Health"), "economy": _("Economy"),
    "ict": _("Computer and internet"), "culture": _("Culture"), "environment": _("Environment"), "other": _("Other"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of activity; `iplm` is "literacy" or empty."""

    code: str
    label: Any
    group: str
    iplm: str = ""
    sim: str = "involvement"
    needs: tuple[Any, ...] = ()


_ALWAYS = (_("place and chairs"), _("tell the neighbourhood"), _("attendance list"), _("somebody takes pictures"))

KINDS = {kind.code: kind for kind in (
    Kind("reading_aloud", _("reading aloud"), LITERACY, "literacy", needs=(_("choose the books"), *_ALWAYS)),
    Kind("storytelling", _("storytelling"), LITERACY, "literacy", needs=(_("who tells the story"), *_ALWAYS)),
    Kind("book_talk", _("book discussion"), LITERACY, "literacy", needs=(_("copies of the book"), *_ALWAYS)),
    Kind("contest", _("contest"), LITERACY, "literacy", needs=(_("jury"), _("prizes"), *_ALWAYS)),
    Kind("school_visit", _("school visit"), LITERACY, "literacy", needs=(_("agree with the school"), *_ALWAYS)),
    Kind("skills", _("skills class"), "skills", needs=(_("tools and material"), *_ALWAYS)),
    Kind("health", _("health"), "health", needs=(_("midwife or cadre"), *_ALWAYS)),
    Kind("economy", _("small business"), "economy", needs=(_("tools and material"), *_ALWAYS)),
    Kind("ict", _("computer and internet class"), "ict", sim="information",
         needs=(_("computers and internet"), *_ALWAYS)),
    Kind("culture", _("arts and culture"), "culture", needs=_ALWAYS),
    Kind("environment", _("environment"), "environment", needs=_ALWAYS),
    Kind("meeting", _("meeting with officials or partners"), "other", sim="advocacy", needs=_ALWAYS),
    Kind("other", _("other"), "other", needs=_ALWAYS),
)}
CHOICES = [(code, kind.label) for code, kind in KINDS.items()]
LITERACY_KINDS = tuple(code for code, kind in KINDS.items() if kind.iplm == "literacy")
#: for the form: (group, [(code, label)])
GROUPED = [(label, [(code, kind.label) for code, kind in KINDS.items() if kind.group == group])
           for group, label in GROUPS.items()]
