"""What can be counted about gatherings."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.measure import Measure
from simpul.gatherings.models import Attendance, Session


def held() -> QuerySet[Session]:
    """Sessions that took place: announced, not cancelled, and their day has come."""
    return Session.objects.standing().filter(
        local_date__lte=clock.local_date(clock.now(), "Asia/Jakarta")).select_related("library", "gathering")


MEASURES = (
    Measure(name="sessions", label=_("days with an activity"), unit=_("days"), rows=held, follows=("gathering",),
            columns=((_("Day"), "local_date"), (_("Library"), "library.name"), (_("What"), "gathering.title"),
                     (_("Place"), "where"))),
    Measure(name="participants", label=_("participants"), unit=_("people"), amount="count", person="person_id",
            rows=lambda: Attendance.objects.present().select_related("library", "session__gathering"),
            disaggregations={"sex": "sex", "age_group": "age_group", "how": "how", "disability": "has_disability"},
            columns=((_("Day"), "local_date"), (_("Library"), "library.name"), (_("What"), "session.gathering.title"),
                     (_("How"), "how"), (_("Sex"), "sex"), (_("Age"), "age_group"), (_("People"), "count"))),
)
