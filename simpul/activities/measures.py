"""What can be counted about activities: by kind and strategy, and what the index asks of reading and literacy."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import LITERACY_KINDS
from simpul.activities.models import Activity
from simpul.core import clock
from simpul.core.measure import Measure
from simpul.gatherings.models import Attendance, Gathering

DISAGGREGATIONS = {"kind": "kind", "strategy": "strategy"}
COLUMNS = ((_("Day"), "gathering.first_on"), (_("Library"), "library.name"), (_("What"), "gathering.title"),
           (_("Kind"), "kind"), (_("Strategy"), "strategy"))

#: what decides whether an activity began, and when
PLANNED = ("gathering", "gathering__sessions")


def held() -> QuerySet[Activity]:
    """Announced, not cancelled, and begun; a series counts once, on its first day."""
    return Activity.objects.filter(
        gathering__state=Gathering.State.PUBLISHED, gathering__sessions__cancelled_at__isnull=True,
        gathering__first_on__lte=clock.local_date(clock.now(), "Asia/Jakarta"),
    ).distinct().select_related("gathering", "library")


def begun() -> QuerySet[Activity]:
    """As `held`, without a join that would count a series more than once."""
    return Activity.objects.filter(pk__in=held().order_by().values("pk")).select_related("gathering", "library")


def literacy_attendance() -> QuerySet[Attendance]:
    return Attendance.objects.present().filter(
        session__gathering__activity__kind__in=LITERACY_KINDS).select_related("library", "session__gathering")


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
            unit=_("people"), amount="count", rows=literacy_attendance,
            follows=("session__gathering__activity",), part_of="participants", person="person_id",
            disaggregations={"sex": "sex", "age_group": "age_group", "how": "how"},
            columns=((_("Day"), "local_date"), (_("Library"), "library.name"), (_("What"), "session.gathering.title"),
                     (_("How"), "how"), (_("Sex"), "sex"), (_("Age"), "age_group"), (_("People"), "count"))),
)
