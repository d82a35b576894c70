"""What is written to a registrant, by e-mail or as a ready WhatsApp message: always Indonesian, as the notices of the
library are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import formats, translation
from django.utils.translation import gettext as _

from simpul.gatherings.models import Gathering, Registration, Session
from simpul.messages.addresses import site

ABOUT = ("ticket", "news", "reminder", "thanks")


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str


def day_in_words(session: Session) -> str:
    """`Selasa, 10 Maret 2026, 09.00–11.00`"""
    return f"{formats.date_format(session.local_date, 'l, j F Y')}, {session.hours}"


def letter_about(registration: Registration, sessions: Sequence[Session], *, about: str, address: str = "",
                 feedback: str = "") -> Letter:
    """`about` is one of ABOUT; `address` is where the reader's page begins ("https://…"), of the node's setting where it
    is empty; `feedback` the path of two minutes' questions, for thanks."""
    address = address or site()
    with translation.override("id"):
        gathering = registration.gathering
        opening = _("Hello %(name)s,") % {"name": registration.name}
        names = {"title": gathering.title, "place": gathering.library.name}
        if about == "thanks":
            lines = [_("thank you for coming to “%(title)s” at %(place)s. See you again!") % names]
            if feedback:
                lines.append(_("Two minutes for us: what do you take home? %(link)s") % {"link": address + feedback})
            return Letter(_("Thank you for coming: %(title)s") % names, "\n".join((opening, *lines)))
        if gathering.is_cancelled:
            return Letter(_("Cancelled: %(title)s") % names, "\n".join((
                opening, _("we are sorry: “%(title)s” at %(place)s was cancelled.") % names)))
        subject, says = _says(registration, about)
        days = [f"• {day_in_words(one)}, {one.where}" if one.cancelled_at is None else
                "• " + _("%(day)s was cancelled") % {"day": day_in_words(one)} for one in sessions]
        ticket = _("Your ticket, and how to give the place back: %(link)s") % {
            "link": address + registration.get_absolute_url()}
        return Letter(subject % names, "\n".join((opening, says % names, *days, ticket)))


def _says(registration: Registration, about: str) -> tuple[str, str]:
    waits = registration.state == Registration.State.WAITING
    if about == "ticket":
        return ((_("On the waiting list: %(title)s"), _("all places of “%(title)s” at %(place)s are taken. You are on the "
                 "waiting list; we tell you when a place becomes free:")) if waits else
                (_("Your place: %(title)s"), _("you have a place at “%(title)s” at %(place)s:")))
    if waits:
        return _("News: %(title)s"), _("there is news about “%(title)s”; you are still on the waiting list:")
    if about == "reminder":
        return _("Reminder: %(title)s"), _("this is a reminder of “%(title)s”. We look forward to seeing you:")
    if registration.moved_up_at and not registration.told_at:
        return _("A place is free for you: %(title)s"), _("a place has become free for you: “%(title)s”.")
    return _("News: %(title)s"), _("there is news about “%(title)s”:")


def feedback_path(gathering: Gathering, code: str) -> str:
    """The path of a survey about this gathering."""
    from django.urls import reverse
    return f"{reverse('surveys:fill', args=[code])}?tentang={gathering.pk}"
