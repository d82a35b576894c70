"""What the system holds about the steps of each library's journey: a fixed number of questions for any number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.activities.models import Activity, Contribution
from simpul.advocacy.models import Agreement, Result, Support
from simpul.core.actor import Role
from simpul.libraries.models import Library, StaffRole
from simpul.months.models import Signature
from simpul.plans.models import Plan, Step
from simpul.replication.models import Confirmation, Contact, Document, Share
from simpul.replication.queries.silence import MONTHS, Quiet, Records, months_back, quiet_of, records_of
from simpul.replication.queries.standing import Proof
from simpul.replication.queries.workshops import Invited, Trained, certified_of, invited_of, trained_of
from simpul.stories.models import Story
from simpul.surveys.models import Response, Survey

A_YEAR = timedelta(days=365)
#: what measures where a library starts from
BEFORE = (Survey.Purpose.NEED, Survey.Purpose.READING, Survey.Purpose.OUTCOMES)


@dataclass(frozen=True)
class Handed:
    """A plan that was handed in, and how far it is; plain, since a city has a thousand."""

    pk: UUID
    title: str
    is_running: bool
    has_baseline: bool
    starts_on: date
    ends_on: date
    closed_on: date | None
    handed_in_on: date
    acknowledged_on: date | None
    acknowledged_office: str
    first_done_on: date | None = None
    done: int = 0
    going: int = 0
    rows: int = 0
    funded: int = 0


@dataclass
class Facts:
    """What the questions brought, by library."""

    documents: dict[UUID, list[Document]] = field(default_factory=lambda: defaultdict(list))
    by_hand: dict[UUID, list[Confirmation]] = field(default_factory=lambda: defaultdict(list))
    invited: Mapping[UUID, Invited] = field(default_factory=dict)
    trained: Mapping[UUID, list[Trained]] = field(default_factory=dict)
    certified: Mapping[UUID, tuple[int, date]] = field(default_factory=dict)
    plans: dict[UUID, list[Handed]] = field(default_factory=lambda: defaultdict(list))
    surveys: dict[UUID, tuple[UUID, str, int, date]] = field(default_factory=dict)
    reports: dict[UUID, tuple[int, date]] = field(default_factory=dict)
    shares: dict[UUID, list[Share]] = field(default_factory=lambda: defaultdict(list))
    supports: dict[UUID, list[Proof]] = field(default_factory=lambda: defaultdict(list))
    commitments: dict[UUID, Agreement] = field(default_factory=dict)
    stories: dict[UUID, tuple[int, date]] = field(default_factory=dict)
    mentoring: dict[UUID, tuple[int, date]] = field(default_factory=dict)
    mentors: dict[UUID, list[tuple[str, str, date]]] = field(default_factory=lambda: defaultdict(list))
    signed: dict[UUID, set[date]] = field(default_factory=lambda: defaultdict(set))  # months that somebody stood for
    records: Records = field(default_factory=Records)
    quiet: Mapping[UUID, Quiet] = field(default_factory=dict)


def facts_of(libraries: Sequence[Library], today: date) -> Facts:
    ids = [one.pk for one in libraries]
    facts = Facts(invited=invited_of(ids), trained=trained_of(ids), certified=certified_of(ids),
                  records=records_of(libraries, today))
    facts.quiet = quiet_of(libraries, today, facts.records)
    for document in Document.objects.standing().filter(library_id__in=ids).order_by("dated_on"):
        facts.documents[document.library_id].append(document)
    for row in Confirmation.objects.standing().filter(library_id__in=ids).order_by("said_on", "recorded_at"):
        facts.by_hand[row.library_id].append(row)
    for share in Share.objects.filter(library_id__in=ids, meeting__withdrawn_at__isnull=True, people__gt=0,
                                      meeting__held_on__lte=today).select_related("meeting").order_by("meeting__held_on"):
        facts.shares[share.library_id].append(share)
    plans_into(facts, ids)
    signed_into(facts, ids, today)
    _told(facts, ids, today)
    _supported(facts, ids, today)
    _mentors(facts, ids, today)
    return facts


def plans_into(facts: Facts, ids: list[UUID]) -> None:
    """Plans that were handed in and how far each is; two questions."""
    rows = Step.objects.standing().filter(library_id__in=ids).order_by().values_list("plan_id").annotate(
        first=Min("done_on"), done=Count("pk", filter=Q(state="done")), going=Count("pk", filter=Q(state="going")),
        all=Count("pk"), funded=Count("pk", filter=Q(budget__gt=0) & ~Q(funds__in=("", "none"))))
    begun: dict[UUID, Any] = {key: so_far for key, *so_far in rows}
    plans = Plan.objects.handed_in().filter(library_id__in=ids, handed_in_at__isnull=False).order_by("handed_in_at")
    told: Iterable[Any] = plans.values_list(
        "library_id", "pk", "title", "state", "baseline", "starts_on", "ends_on", "closed_on", "handed_in_at",
        "acknowledged_on", "acknowledged_office")
    for library, key, title, state, baseline, starts_on, ends_on, closed_on, at, acknowledged_on, office in told:
        facts.plans[library].append(Handed(
            key, title, state in Plan.RUNNING, bool(baseline), starts_on, ends_on, closed_on, at.date(), acknowledged_on,
            office, *begun.get(key, ())))


def signed_into(facts: Facts, ids: list[UUID], today: date) -> None:
    """Months that a library signed; one question."""
    rows = Signature.objects.filter(library_id__in=ids, version=1, month__gte=months_back(today, MONTHS - 1))
    for library, month in rows.order_by().values_list("library_id", "month"):
        facts.signed[library].add(month)


def _told(facts: Facts, ids: list[UUID], today: date) -> None:
    rows = Response.objects.filter(voided_at__isnull=True, library_id__in=ids, version__survey__purpose__in=BEFORE)
    told = rows.order_by().values_list("library_id", "version__survey_id", "version__survey__title").annotate(
        n=Count("pk"), first=Min("local_date"))
    for library, survey, title, n, first in told:
        if library not in facts.surveys or first < facts.surveys[library][3]:
            facts.surveys[library] = (survey, title, n, first)
    reports = Activity.objects.reported().filter(library_id__in=ids).order_by().values_list("library_id").annotate(
        n=Count("pk"), last=Max("reported_at"))
    facts.reports = {library: (n, last.date()) for library, n, last in reports}
    stories = Story.objects.filter(library_id__in=ids, state=Story.State.VERIFIED, verified_on__isnull=False)
    facts.stories = {library: (n, first) for library, n, first in stories.agreed(today).order_by().values_list(
        "library_id").annotate(n=Count("pk"), first=Min("verified_on"))}
    contacts = Contact.objects.done().filter(library_id__in=ids).order_by().values_list("library_id").annotate(
        n=Count("pk"), last=Max("done_on"))
    facts.mentoring = {library: (n, last) for library, n, last in contacts}


def _supported(facts: Facts, ids: list[UUID], today: date) -> None:
    """What partners and offices gave within a year, agreements that bind; three questions, one more for commitments."""
    codes = dict(Library.objects.filter(pk__in=ids).values_list("pk", "code"))
    since = today - A_YEAR
    for one in Agreement.objects.counting().filter(library_id__in=ids).order_by("from_on"):
        if one.library_id is None:
            continue
        url = reverse("advocacy:partners", args=[codes[one.library_id]])
        if one.kind == Agreement.Kind.COMMITMENT:
            facts.commitments.setdefault(one.library_id, one)
        elif one.from_on <= today and (one.until_on is None or one.until_on >= today):
            facts.supports[one.library_id].append(Proof(f"{one.get_kind_display()}: {one.title}", one.from_on, url))
    spans = ((Support.objects.counting(), _("support of partners"), "advocacy:partners"),
             (Result.objects.counting(), _("results of advocacy"), "advocacy:board"))
    for rows, label, name in spans:
        found = rows.filter(library_id__in=ids, local_date__gt=since, local_date__lte=today).order_by()
        for library, n, last in found.values_list("library_id").annotate(n=Count("pk"), last=Max("local_date")):
            facts.supports[library].append(Proof(f"{label}: {n}", last, reverse(name, args=[codes[library]])))
    gifts = Contribution.objects.filter(activity__library_id__in=ids, activity__gathering__first_on__gt=since,
                                        activity__gathering__first_on__lte=today).order_by()
    for library, n, last in gifts.values_list("activity__library_id").annotate(
            n=Count("pk"), last=Max("activity__gathering__first_on")):
        facts.supports[library].append(Proof(_("gifts to activities") + f": {n}", last,
                                             reverse("activities:list", args=[codes[library]]) + "?tampil=lampau"))


def _mentors(facts: Facts, ids: list[UUID], today: date) -> None:
    """Who serves at one of these libraries and is mentor of another: (name, code of the mentored, since); two questions."""
    serving = StaffRole.objects.on(today).filter(role__in=(Role.LIBRARIAN, Role.VOLUNTEER), library_id__in=ids)
    homes: dict[UUID, set[UUID]] = defaultdict(set)
    for account, library in serving.values_list("account_id", "library_id"):
        homes[account].add(library)
    rows = StaffRole.objects.on(today).filter(role=Role.MENTOR, account_id__in=serving.values("account_id"))
    for account, library, name, code, since in rows.values_list(
            "account_id", "library_id", "library__name", "library__code", "starts_on"):
        for home in homes.get(account, ()):
            if home != library:
                facts.mentors[home].append((name, code, since))
