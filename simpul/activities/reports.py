"""What is written for people from the records: the report for the WhatsApp group, and messages to registrants."""

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.activities.models import Activity
from simpul.activities.queries import Report
from simpul.gatherings.models import Gathering, Registration, Session
from simpul.people.models import AgeGroup

LONGEST = 1500  # a wa.me address that phones still open


def day_in_words(session: Session) -> str:
    """`Selasa, 10 Maret 2026, 09.00–11.00`"""
    return f"{formats.date_format(session.local_date, 'l, j F Y')}, {session.hours}"


def whatsapp_report(report: Report, *, link: str) -> str:
    """Day, place, participants by sex, result and picture, ready to be sent."""
    activity, turnout = report.activity, report.turnout
    parts = [f"*{activity.gathering.title}*", activity.library.name, ""]
    parts += [_("Day: %(day)s") % {"day": day_in_words(one)} for one in report.sessions[:8]]
    places = list(dict.fromkeys(one.where for one in report.sessions))
    parts.append(_("Place: %(place)s") % {"place": ", ".join(places) or activity.library.name})
    parts.append(_("Participants: %(n)s (male %(male)s, female %(female)s)") % {
        "n": turnout.present, "male": turnout.male, "female": turnout.female})
    ages = [f"{AgeGroup(group).label}: {n}" for group, n in sorted(turnout.by_age.items()) if group]
    if ages:
        parts.append(_("By age: %(ages)s") % {"ages": ", ".join(ages)})
    speakers = ", ".join(" – ".join(filter(None, (one.name, one.institution))) for one in activity.speakers.all())
    partners = ", ".join(dict.fromkeys(one.partner for one in activity.contributions.all()))
    for text, value in ((_("Speaker: %(what)s"), speakers), (_("Partner: %(what)s"), partners),
                        (_("Result: %(what)s"), activity.result), (_("Next: %(what)s"), activity.follow_up)):
        if value:
            parts.append(text % {"what": value})
    photos = activity.photos.count()
    if photos:
        parts.append(ngettext("Photo: %(n)s", "Photos: %(n)s", photos) % {"n": photos})
    text = "\n".join(parts)[:LONGEST]
    return f"{text}\n{link}" if link else text


def message_to(registration: Registration, gathering: Gathering, sessions: list[Session], *, about: str,
               link: str) -> str:
    """What is sent to one registrant: `about` is "news", "reminder" or "thanks"."""
    opening = _("Hello %(name)s,") % {"name": registration.name}
    place = gathering.library.name
    if about == "thanks":
        return "\n".join((opening, _("thank you for coming to “%(title)s” at %(place)s. See you again!") % {
            "title": gathering.title, "place": place}))
    if gathering.is_cancelled:
        return "\n".join((opening, _("we are sorry: “%(title)s” at %(place)s was cancelled.") % {
            "title": gathering.title, "place": place}))
    days = [f"• {day_in_words(one)}, {one.where}" if one.cancelled_at is None else
            "• " + _("%(day)s was cancelled") % {"day": day_in_words(one)} for one in sessions]
    if registration.state == Registration.State.WAITING:
        says = _("there is news about “%(title)s”; you are still on the waiting list:")
    elif about == "reminder":
        says = _("this is a reminder of “%(title)s”. We look forward to seeing you:")
    elif registration.moved_up_at and not registration.told_at:
        says = _("a place has become free for you: “%(title)s”.")
    else:
        says = _("there is news about “%(title)s”:")
    return "\n".join((opening, says % {"title": gathering.title}, *days, _("Your ticket: %(link)s") % {"link": link}))


def activity_link_text(activity: Activity, session: Session | None, link: str) -> str:
    """What somebody sends to friends."""
    when = f"{day_in_words(session)}, {session.where}\n" if session else ""
    return f"{activity.gathering.title}\n{when}{link}"
