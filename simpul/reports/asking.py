"""Which form, of where, for when: found for a reader, or refused in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.refusal import Refusal
from simpul.indicators import receipts
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.indicators.rollups.once import asked_once
from simpul.libraries.models import City
from simpul.reports.form import Filled, Form, PlaceKind, forms


class UnknownForm(Refusal):
    code = "unknown_report"


class UnknownPlace(Refusal):
    code = "unknown_place"


class WrongCombination(Refusal):
    """The form is not asked of such a place, or not for such a period."""

    code = "wrong_combination"


class NotInForce(Refusal):
    code = "not_in_force"


class NotBegun(Refusal):
    code = "not_begun"


@dataclass(frozen=True)
class Asked:
    form: Form
    place: Place
    period: Period
    today: date

    @property
    def is_over(self) -> bool:
        return self.period.last < self.today


def form_named(name: str) -> Form:
    """Raises UnknownForm, naming those that there are."""
    found = forms().get(name)
    if found is None:
        raise UnknownForm(_("There is no report “%(name)s”. There are: %(list)s.") % {
            "name": name, "list": ", ".join(sorted(forms()))}, field="form")
    return found


def kind_of(place: Place) -> PlaceKind:
    return PlaceKind.LIBRARY if place.library is not None else PlaceKind.REGION


def place_for(reader: Actor, code: str) -> Place:
    """A library's code, a region's code or "kota". The code of the node's own city means all its libraries, also those
    of its outskirts. Raises UnknownPlace."""
    city = City.objects.select_related("region").first()
    wanted = "kota" if city is not None and code == city.region.code else code
    place = receipts.place_of(reader, wanted)
    if place is None or (place.library is None and place.region is None):
        raise UnknownPlace(_("There is no place with the code “%(code)s” here.") % {"code": code}, field="place")
    return place


def period_for(form: Form, text: str, today: date) -> Period:
    """Raises WrongPeriod, WrongCombination, NotInForce, NotBegun."""
    period = Period.parse(text)
    if period.kind.value not in form.periods:
        says = {("year",): _("This form is asked for a year: write it like 2025."),
                ("month",): _("This form is asked for a month: write it like 2025-03.")}
        raise WrongCombination(says.get(form.periods, _("This form is asked for a year or a month: write 2025 or 2025-03.")),
                               field="period")
    if form.since and period.first < form.since:
        raise NotInForce(_("This form is in force since %(day)s; %(period)s has another one.") % {
            "day": date_format(form.since, "j F Y"), "period": period.label}, field="period")
    if form.until and period.last > form.until:
        raise NotInForce(_("This form was in force until %(day)s; %(period)s has another one.") % {
            "day": date_format(form.until, "j F Y"), "period": period.label}, field="period")
    if period.first > today:
        raise NotBegun(_("%(period)s has not begun yet.") % {"period": period.label}, field="period")
    return period


def ask(name: str, reader: Actor, *, place: str, period: str) -> Asked:
    """Everything that an address or a command names, checked. Raises Refusal."""
    form, today = form_named(name), clock.local_date(clock.now(), "Asia/Jakarta")
    there = place_for(reader, place)
    must_fit(form, there)
    return Asked(form, there, period_for(form, period, today), today)


def must_fit(form: Form, place: Place) -> None:
    """Raises WrongCombination."""
    if kind_of(place) not in form.places:
        says = _("This form is asked of a region: write --region CODE.") if place.library else _(
            "This form is asked of a single library: write --library CODE.")
        raise WrongCombination(says, field="place")


def fill(asked: Asked, reader: Actor) -> Filled:
    """The form with its numbers. Raises Refusal."""
    with asked_once():
        return asked.form.fill(asked.place, asked.period, reader)


def usual_period(form: Form, today: date) -> Period:
    """What somebody who opens the form means: this year so far, or the month that is over; the last one of a form that
    is in force no more."""
    if "year" in form.periods:
        year = min(today.year, form.until.year) if form.until else today.year
        return Period.of_year(max(year, form.since.year) if form.since else year)
    month = Period.of_month(date.fromordinal(today.replace(day=1).toordinal() - 1))
    return month if form.until is None or month.last <= form.until else Period.of_month(form.until)
