"""What can be counted about activities: by kind and strategy, and what the index asks of reading and literacy."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import LITERACY_KINDS
from simpul.activities.models import Activity, Contribution
from simpul.core import clock
from simpul.core.measure import Measure
from simpul.core.models import parse_reference
from simpul.gatherings.models import Attendance, Gathering
from simpul.surveys.models import Voice

DISAGGREGATIONS = {"kind": "kind", "strategy": "strategy"}
COLUMNS = ((_("Day"), "gathering.first_on"), (_("Library"), "library.name"), (_("What"), "gathering.title"),
           (_("Kind"), "kind"), (_("Strategy"), "strategy"))

#: what decides whether an activity began, and when
PLANNED = ("gathering", "gathering__sessions")
OF_ACTIVITY = ("activity", "activity__gathering", "activity__gathering__sessions")


def held() -> QuerySet[Activity]:
    """Announced, not cancelled, and begun; a series counts once, on its first day."""
    return Activity.objects.filter(
        gathering__state=Gathering.State.PUBLISHED, gathering__sessions__cancelled_at__isnull=True,
        gathering__first_on__lte=clock.local_date(clock.now(), "Asia/Jakarta"),
    ).distinct().select_related("gathering", "library")


def begun() -> QuerySet[Activity]:
    """As `held`, without a join that would count a series more than once."""
    return Activity.objects.filter(pk__in=held().order_by().values("pk")).select_related("gathering", "library")


def attendance() -> QuerySet[Attendance]:
    """Who was present at an activity; workshops have their own count."""
    return Attendance.objects.present().filter(
        session__gathering__activity__isnull=False).select_related("library", "session__gathering")


def literacy_attendance() -> QuerySet[Attendance]:
    return attendance().filter(session__gathering__activity__kind__in=LITERACY_KINDS)


def asked_for() -> list[UUID]:
    """Activities that a voice names as its answer."""
    label = f"{Activity._meta.label}:"
    named = Voice.objects.counting().filter(answered_by__startswith=label).order_by().values_list(
        "answered_by", flat=True).distinct()
    return [parse_reference(one)[1] for one in named]


def gifts() -> QuerySet[Contribution]:
    """What partners gave to activities that were held."""
    return Contribution.objects.filter(activity__in=held().order_by().values("pk")).select_related(
        "activity__gathering", "activity__library", "partner")


OF_PEOPLE = {"sex": "sex", "age_group": "age_group", "how": "how",
             "kind": "session__gathering__activity__kind", "strategy": "session__gathering__activity__strategy"}
PEOPLE_COLUMNS = ((_("Day"), "local_date"), (_("Library"), "library.name"), (_("What"), "session.gathering.title"),
                  (_("How"), "how"), (_("Sex"), "sex"), (_("Age"), "age_group"), (_("People"), "count"))
GIFT_COLUMNS = ((_("Day"), "activity.gathering.first_on"), (_("Library"), "activity.library.name"),
                (_("Partner"), "partner.name"), (_("Gives"), "kind"), (_("What exactly"), "what"),
                (_("Worth (rupiah)"), "worth"), (_("What"), "activity.gathering.title"))

MEASURES = (
    Measure(name="activities", label=_("activities"), unit=_("activities"), rows=begun,
            date="gathering__first_on", disaggregations=DISAGGREGATIONS, columns=COLUMNS, follows=PLANNED),
    Measure(name="literacy_activities", label=_("reading and literacy activities"), unit=_("activities"),
            rows=lambda: begun().filter(kind__in=LITERACY_KINDS), date="gathering__first_on",
            disaggregations=DISAGGREGATIONS, columns=COLUMNS, follows=PLANNED, part_of="activities"),
    Measure(name="cooperations", label=_("activities with a partner"), unit=_("activities"),
            rows=lambda: begun().filter(pk__in=Activity.objects.filter(contributions__isnull=False).values("pk")),
            date="gathering__first_on", disaggregations=DISAGGREGATIONS, columns=COLUMNS,
            follows=(*PLANNED, "contributions"), part_of="activities"),
    Measure(name="literacy_participants", label=_("participants of reading and literacy activities"),
            unit=_("people"), amount="count", rows=literacy_attendance, disaggregations=OF_PEOPLE,
            columns=PEOPLE_COLUMNS, follows=("session__gathering__activity",), person="person_id", part_of="participants"),
    Measure(name="activity_participants", label=_("participants of activities"), unit=_("people"), amount="count",
            rows=attendance, disaggregations=OF_PEOPLE, columns=PEOPLE_COLUMNS,
            follows=("session__gathering__activity",), person="person_id", part_of="participants"),
    Measure(name="activities_asked_for", label=_("activities that answer a need"), unit=_("activities"),
            rows=lambda: begun().filter(pk__in=asked_for()), date="gathering__first_on",
            disaggregations=DISAGGREGATIONS, columns=COLUMNS,
            is_live=True),  # a voice names its answer by a reference, which no question of the database follows
    Measure(name="partner_gifts", label=_("contributions of partners to activities"), unit=_("contributions"),
            rows=gifts, date="activity__gathering__first_on", library="activity__library_id",
            disaggregations={"gives": "kind"}, columns=GIFT_COLUMNS, follows=OF_ACTIVITY),
    Measure(name="partner_gifts_worth", label=_("worth of what partners gave to activities"), unit=_("rupiah"),
            rows=gifts, amount="worth", date="activity__gathering__first_on", library="activity__library_id",
            disaggregations={"gives": "kind"}, columns=GIFT_COLUMNS, follows=OF_ACTIVITY),
)
