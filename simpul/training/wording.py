"""Words for codes, and the messages that are sent."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

from simpul.training.models import Invitation, Participant, Workshop

if TYPE_CHECKING:
    from simpul.training.queries import Standing


def missing_words(standing: "Standing") -> str:
    """`hadir 3 dari 7 sesi (perlu 80%), post-test`"""
    workshop = standing.participant.workshop
    words = {
        "present": _("presence (%(n)s of %(all)s lessons, %(percent)s%% needed)") % {
            "n": standing.present, "all": standing.lessons, "percent": workshop.min_present},
        "post_test": _("the post-test"), "plan": _("the follow-up plan (RTL), handed in")}
    return ", ".join(words[code] for code in standing.missing)


def days_words(workshop: Workshop) -> str:
    """`20–21 Mei 2024`"""
    first, last = workshop.gathering.first_on, workshop.gathering.last_on
    if first is None or last is None:
        return ""
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y")


def invitation_text(invitation: Invitation, workshop: Workshop, address: str, baseline: str) -> str:
    """What a library is sent: who, when, where, how many, what to do."""
    text = _("Dear %(library)s, you are invited to “%(title)s”, %(days)s at %(venue)s. Please name %(n)s people here: "
             "%(address)s") % {
        "library": invitation.library.name, "title": workshop.gathering.title, "days": days_words(workshop),
        "venue": workshop.venue or workshop.library.name, "n": invitation.quota, "address": address}
    if baseline:
        text += "\n" + _("A week before, tell us in five minutes where your library stands: %(address)s") % {"address": baseline}
    return text


def participant_text(participant: Participant, workshop: Workshop, address: str) -> str:
    """What a participant is sent: her own link."""
    if participant.waits:
        return _("Hello %(name)s, “%(title)s” is full; you are on the waiting list. Your page: %(address)s") % {
            "name": participant.name, "title": workshop.gathering.title, "address": address}
    if participant.has_place:
        return _("Hello %(name)s, you have a place at “%(title)s”, %(days)s, %(venue)s. Programme, presence, test and "
                 "certificate are on your own page, please keep this link for yourself: %(address)s") % {
            "name": participant.name, "title": workshop.gathering.title, "days": days_words(workshop),
            "venue": workshop.venue or workshop.library.name, "address": address}
    return _("Hello %(name)s, %(library)s named you for “%(title)s”, %(days)s. Please tell here whether you come: "
             "%(address)s") % {
        "name": participant.name, "library": participant.library.name, "title": workshop.gathering.title,
        "days": days_words(workshop), "address": address}
