"""What can be counted about members."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.measure import Measure, Stock
from simpul.people.models import AgeGroup, Member

COLUMNS = ((_("Since"), "since_on"), (_("Library"), "library.name"), (_("Sex"), "person.sex"), (_("Age"), "age_group"))
PERSONAL_COLUMNS = ((_("Name"), "person.name"), (_("Number"), "number"))
DISAGGREGATIONS = {"sex": "person__sex", "age_group": "age_group"}


def _with_age_group(rows: QuerySet[Member], year: Any) -> QuerySet[Member]:
    """Adds `age_group` by the age reached in `year`, as AgeGroup.of does."""
    born = F("person__birth_year")
    groups = [When(person__birth_year__isnull=True, then=Value(AgeGroup.UNKNOWN.value))]
    for limit, group in ((5, AgeGroup.TODDLER), (12, AgeGroup.CHILD), (17, AgeGroup.TEEN), (59, AgeGroup.ADULT)):
        groups.append(When(age__lte=limit, then=Value(group.value)))
    return rows.annotate(age=Case(When(person__birth_year__isnull=True, then=None), default=year - born,
                                  output_field=IntegerField())).annotate(
        age_group=Case(*groups, default=Value(AgeGroup.ELDER.value), output_field=CharField()))


def current_members() -> QuerySet[Member]:
    """Members now, erased and ended ones left out; the age is today's."""
    day = clock.now().date()
    rows = Member.objects.current(day).filter(person__erased_at__isnull=True).select_related("library", "person")
    return _with_age_group(rows, Value(day.year))


def new_members() -> QuerySet[Member]:
    """Everybody who ever became a member, once, whatever came after; the age is that of the year of joining."""
    return _with_age_group(Member.objects.counted().select_related("library", "person"), ExtractYear("since_on"))


def member_on(day: date) -> Q:
    """A member at the end of the day, whatever came after it."""
    return Q(since_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day)) & (
        Q(until_on__isnull=True) | Q(until_on__gte=day))


MEASURES = (
    Measure(name="members", label=_("members"), unit=_("people"), rows=current_members, date="since_on", is_live=True,
            part_of="new_members", person="person_id", stock=Stock(new_members, member_on),
            disaggregations=DISAGGREGATIONS, columns=COLUMNS, personal_columns=PERSONAL_COLUMNS),
    Measure(name="new_members", label=_("new members"), unit=_("people"), rows=new_members, date="since_on", follows=("person",),
            person="person_id",
            disaggregations=DISAGGREGATIONS, columns=COLUMNS, personal_columns=PERSONAL_COLUMNS),
)
