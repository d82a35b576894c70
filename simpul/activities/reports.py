"""What is written for people from the records: the report for the WhatsApp group, and messages to registrants."""

from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.activities.models import Activity
from simpul.activities.queries import NeedBehind, Report, needs_behind
from simpul.gatherings.models import Gathering, Registration, Session
from simpul.gatherings.queries import Turnout
from simpul.people.models import AgeGroup
from simpul.surveys.models import Voice
from simpul.surveys.queries import withheld_counts

LONGEST = 1500  # a wa.me address that phones still open


def day_in_words(session: Session) -> str:
    """`Selasa, 10 Maret 2026, 09.00–11.00`"""
    return f"{formats.date_format(session.local_date, 'l, j F Y')}, {session.hours}"


def by_sex_for_everybody(turnout: Turnout) -> tuple[int, int] | None:
    """Male and female, as outsiders may read them: None where one of the groups is so small that it names somebody."""
    male, female, unknown = withheld_counts(
        [turnout.male, turnout.female, turnout.present - turnout.male - turnout.female])
    return None if male is None or female is None or unknown is None else (male, female)


def ages_for_everybody(turnout: Turnout) -> list[tuple[str, int]]:
    """Age groups that outsiders may read, with their label, in order; small ones are left out."""
    groups = [group for group in AgeGroup.values if turnout.by_age.get(group)]
    shown = withheld_counts([turnout.by_age[group] for group in groups])
    return [(str(AgeGroup(group).label), n) for group, n in zip(groups, shown, strict=True) if group and n]


def participants_in_words(turnout: Turnout) -> str:
    sexes = by_sex_for_everybody(turnout)
    if sexes is None:
        return _("Participants: %(n)s") % {"n": turnout.present}
    return _("Participants: %(n)s (male %(male)s, female %(female)s)") % {
        "n": turnout.present, "male": sexes[0], "female": sexes[1]}


def places_in_words(report: Report) -> str:
    return ", ".join(dict.fromkeys(one.where for one in report.sessions)) or report.activity.library.name


def needs_in_words(needs: Sequence[NeedBehind]) -> str:
    """`Keterampilan (12 orang), Kesehatan`; small groups without their number."""
    return ", ".join(one.label if one.is_small else _("%(need)s (%(n)s people)") % {
        "need": one.label, "n": one.people} for one in needs)


def whatsapp_report(report: Report, *, link: str) -> str:
    """Day, place, participants by sex, result and picture, ready to be sent."""
    activity, turnout = report.activity, report.turnout
    parts = [f"*{activity.gathering.title}*", activity.library.name, ""]
    parts += [_("Day: %(day)s") % {"day": day_in_words(one)} for one in report.sessions[:8]]
    parts.append(_("Place: %(place)s") % {"place": places_in_words(report)})
    parts.append(participants_in_words(turnout))
    ages = ages_for_everybody(turnout)
    if ages:
        parts.append(_("By age: %(ages)s") % {"ages": ", ".join(f"{label}: {n}" for label, n in ages)})
    speakers = ", ".join(" – ".join(filter(None, (one.name, one.institution))) for one in activity.speakers.all())
    partners = ", ".join(dict.fromkeys(one.partner.name for one in activity.contributions.select_related("partner")))
    needs = needs_in_words(needs_behind(activity))
    for text, value in ((_("Answers what residents asked for: %(what)s"), needs), (_("Speaker: %(what)s"), speakers),
                        (_("Partner: %(what)s"), partners),
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


def message_to_voice(voice: Voice, activity: Activity, sessions: Sequence[Session], *, link: str) -> str:
    """What is sent to somebody who said what she needs: it is planned, or it took place."""
    said = _("Hello, this is %(library)s. You told us what you would like: “%(text)s”.") % {
        "library": activity.library.name, "text": voice.text}
    days = [f"• {day_in_words(one)}, {one.where}" for one in sessions[:8]]
    if activity.reported_at:
        return "\n".join(filter(None, (said, _("“%(title)s” took place. Result: %(result)s") % {
            "title": activity.gathering.title, "result": activity.result}, link)))
    return "\n".join(filter(None, (said, _("We are planning “%(title)s”. Please come:") % {
        "title": activity.gathering.title}, *days, link)))


#: words that people search by, for each group of kinds
HASHTAGS = {"literacy": "GemarMembaca", "skills": "BelajarBersama", "health": "KeluargaSehat", "economy": "UsahaWarga",
            "ict": "MelekDigital", "culture": "BudayaKita", "environment": "LingkunganHijau", "other": "PerpustakaanKita"}


def hashtag(text: str) -> str:
    """`#PerpustakaanKelurahanSukasari`: letters and numbers only, so that nothing breaks it."""
    words = "".join(ch if ch.isalnum() else " " for ch in text.partition("(")[0]).split()
    return "#" + "".join(word[:1].upper() + word[1:] for word in words)


def caption(report: Report, *, city: str, link: str) -> str:
    """What stands below the picture: title, result, day, place, numbers, and words to be found by."""
    activity = report.activity
    parts = [activity.gathering.title, activity.result, ""]
    parts += [day_in_words(one) for one in report.sessions[:3]]
    parts += [places_in_words(report), participants_in_words(report.turnout)]
    needs = needs_in_words(needs_behind(activity))
    if needs:
        parts.append(_("Answers what residents asked for: %(what)s") % {"what": needs})
    tags = [activity.library.name, city, HASHTAGS[activity.what_kind.group], "TPBIS"]
    return "\n".join([*parts, *([link] if link else []), "", " ".join(dict.fromkeys(
        hashtag(tag) for tag in tags if tag))])


def ready_thanks(report: Report) -> list[str]:
    """Sentences that a busy coordinator sends with one tap; only those that fit."""
    return list(filter(None, (
        _("Thank you for carrying this! %(n)s people were there because of you.") % {"n": report.participants}
        if report.participants else "",
        _("Thank you for the clear report. Tell the others about it at the next meeting."),
        _("Thank you. We look forward to what comes next: please let us know.") if report.activity.follow_up else "",
        _("Thank you, and our thanks to the partners who helped.") if report.given else "")))
