"""Which step of the journey comes next at one library, in a few questions: for the card on its home.

The same rules as on the journey's page decide, over stand-ins: one question tells of each evidence its day only, since the
card names no proof.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, Q, Subquery
from django.db.models.functions import Cast

from simpul.activities.models import Contribution
from simpul.advocacy.models import Agreement, Result, Support
from simpul.certificates.models import Certificate
from simpul.core.actor import Role
from simpul.libraries.models import Library, StaffRole
from simpul.libraries.queries.hours import fetch_hours
from simpul.replication.models import Confirmation, Document, Pause, PeerMeeting, Share
from simpul.replication.queries.facts import A_YEAR, BEFORE, Facts, plans_into, signed_into
from simpul.replication.queries.journey import journey_from
from simpul.replication.queries.rhythm import Rhythm
from simpul.replication.queries.silence import Quiet, records_of, rhythms_of
from simpul.replication.queries.standing import Proof, Standing
from simpul.replication.queries.workshops import Invited, Trained, took_part
from simpul.replication.steps import Paper
from simpul.surveys.models import Response
from simpul.training.models import Invitation, Participant

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Ahead:
    """What the card tells: the silence that comes before everything, or the first step that does not hold."""

    rhythm: Rhythm
    is_missed: bool = False
    standing: Standing | None = None


def ahead_of(library: Library, today: date) -> Ahead:
    """Three to seven questions for records and plans, one for all the rest."""
    fetch_hours(library)
    records = records_of([library], today)
    rhythm = rhythms_of([library], today, records)[library.pk]
    if rhythm.wants_greeting and rhythm.last_on and not Pause.objects.standing().filter(
            library=library, until_on__gte=today).exists():
        return Ahead(rhythm, is_missed=True)
    facts = Facts(records=records, quiet={library.pk: Quiet(rhythm)})
    for row in Confirmation.objects.standing().filter(library=library).order_by("said_on", "recorded_at"):
        facts.by_hand[library.pk].append(row)
    plans_into(facts, [library.pk])
    signed_into(facts, [library.pk], today)
    _stand_in(facts, library, today)
    return Ahead(rhythm, standing=journey_from(library, facts, today).next)


def _stand_in(facts: Facts, library: Library, today: date) -> None:
    key = library.pk
    dates, supports = _dates(key, today), _supports(key, today)
    told: Mapping[str, Any] = Library.objects.filter(pk=key).annotate(**dates, **supports).values(*dates, *supports).get()
    for name, kind in (("decree", Paper.SK_LOCATION), ("letter", Paper.COMMITMENT)):
        if told[name]:
            facts.documents[key].append(Document(kind=kind, dated_on=told[name], library=library))
    if told["invited"]:
        facts.invited = {key: Invited(NOBODY, "", told["invited"])}
    if told["trained"]:
        facts.trained = {key: [Trained(NOBODY, "", told["trained"], 1, 1)]}
    if told["certified"]:
        facts.certified = {key: (1, told["certified"])}
    if told["agreed"]:
        facts.commitments[key] = Agreement(from_on=told["agreed"])
    if told["asked"]:
        facts.surveys[key] = (NOBODY, "", 1, told["asked"])
    if told["shared"]:
        facts.shares[key].append(Share(meeting=PeerMeeting(held_on=told["shared"]), tip="-", people=1))
    if told["mentors"]:
        facts.mentors[key].append(("", library.code, told["mentors"]))
    if any(told[name] for name in supports):
        facts.supports[key].append(Proof("", today))


def _day(rows: Any, name: str, *, latest: bool = True) -> Any:
    """The latest (or first) day of these rows of the library."""
    return Subquery(rows.order_by(f"-{name}" if latest else name).values(name)[:1])


def _dates(key: UUID, today: date) -> dict[str, Any]:
    """Of each evidence the day that counts, by the rules of the journey."""
    here: dict[str, Any] = {"library_id": key}
    papers = Document.objects.standing().filter(**here)
    people = Participant.objects.filter(took_part(), state="confirmed", workshop__gathering__last_on__isnull=False, **here)
    brought = Q(achievement="") & Q(tip="") & Q(challenge="") & Q(product="")
    met = Share.objects.filter(meeting__withdrawn_at__isnull=True, people__gt=0, meeting__held_on__lte=today, **here)
    serving = StaffRole.objects.on(today).filter(role__in=(Role.LIBRARIAN, Role.VOLUNTEER), **here)
    mentors = StaffRole.objects.on(today).filter(role=Role.MENTOR, account_id__in=serving.values("account_id"))
    invited = Invitation.objects.filter(**here).annotate(day=Cast("invited_at", DateField()))
    return {
        "decree": _day(papers.filter(kind=Paper.SK_LOCATION), "dated_on"),
        "letter": _day(papers.filter(kind=Paper.COMMITMENT), "dated_on"),
        "invited": _day(invited, "day", latest=False),
        "trained": _day(people, "workshop__gathering__last_on"),
        "certified": _day(Certificate.objects.given().filter(local_date__isnull=False, kind__in=("certificate", "attendance"),
                                                             **here), "local_date", latest=False),
        "agreed": _day(Agreement.objects.counting().filter(kind=Agreement.Kind.COMMITMENT, **here), "from_on", latest=False),
        "asked": _day(Response.objects.filter(voided_at__isnull=True, version__survey__purpose__in=BEFORE, **here),
                      "local_date", latest=False),
        "shared": _day(met.exclude(brought), "meeting__held_on"),
        "mentors": _day(mentors.exclude(library_id=key), "starts_on")}


def _supports(key: UUID, today: date) -> dict[str, Any]:
    """Is there any support of its own within a year?"""
    since = today - A_YEAR
    here: dict[str, Any] = {"library_id": key}
    lately: dict[str, Any] = {"local_date__gt": since, "local_date__lte": today}
    binding = Agreement.objects.counting().exclude(kind=Agreement.Kind.COMMITMENT).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today), from_on__lte=today, **here)
    gifts = Contribution.objects.filter(activity__library_id=key, activity__gathering__first_on__gt=since,
                                        activity__gathering__first_on__lte=today)
    return {"has_agreement": Exists(binding), "has_support": Exists(Support.objects.counting().filter(**here, **lately)),
            "has_result": Exists(Result.objects.counting().filter(**here, **lately)), "has_gift": Exists(gifts)}
