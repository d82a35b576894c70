"""The recap for SIM TPBIS: three strategies, publicity, stories, account and what was entered."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from simpul.advocacy.models import Publicity, Result
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.reports.form import Counts, Filled, Form, Kind, Line, Section, Table, Value
from simpul.reports.linking import receipt
from simpul.stories.queries import Success, kisah_sukses
from simpul.tpbis.models import SimAccount
from simpul.tpbis.parts import Part
from simpul.tpbis.queries.accounts import standings
from simpul.tpbis.queries.items import Item, Items, items_of
from simpul.tpbis.queries.recap import Recap, recap
from simpul.tpbis.queries.score import items_and_entered


def _opens(place: Place, period: Period, part: str) -> str:
    """The items behind a number: of a library its list, of a region the receipt of activities."""
    if place.library is not None:
        return f"{reverse('tpbis:items', args=[place.library.code])}?periode={period.code}&bagian={part}&tampil=semua"
    return receipt("activities", place, period) if part in (Part.INVOLVEMENT, Part.INFORMATION) else ""


def fill(place: Place, period: Period, reader: Actor) -> Filled:
    """Of a library with its items row by row; of a region library by library."""
    today = clock.local_date(clock.now(), place.library.time_zone if place.library else "Asia/Jakarta")
    counted = recap(place, period)
    stories = kisah_sukses([one.pk for one in place.libraries], period.first, period.last, today)
    sections = [
        _information(counted, place, period), _involvement(counted, place, period), _advocacy(counted, place, period),
        _publicity(counted, place, period), _stories(stories, place, period), _account(place, period)]
    tables = _of_library(place, period, reader) if place.library else (_of_region(place, counted),)
    return Filled(place, period, tuple(sections), tables, (
        _("The screens of SIM are not published: this is a safe superset of what is asked there."),
        _("Participants are participations: who comes twice counts twice; different people stand beside them."),
    ), {"stories": [_as_facts(one) for one in stories]})


def _activities(counted: Recap, place: Place, period: Period, part: str) -> list[Line]:
    opens = _opens(place, period, part)
    return [
        Line("1", _("Activities"), counted.n("activities", part), opens=opens, source=_("activities that were held")),
        Line("2", _("Participants"), counted.n("participants", part), opens=opens, counts=Counts.VISITS,
             source=_("attendance lists"))]


def _information(counted: Recap, place: Place, period: Period) -> Section:
    part = Part.INFORMATION
    return Section(part, capfirst(part.label), (
        *_activities(counted, place, period, part),
        Line("3", _("Printed copies received"), counted.n("copies"), source=_("catalogue"))))


def _involvement(counted: Recap, place: Place, period: Period) -> Section:
    part, who = Part.INVOLVEMENT, counted.people
    return Section(part, capfirst(part.label), (
        *_activities(counted, place, period, part),
        Line("3", _("Different people at activities of all strategies"), who.most if who.most or not who.records else None,
             why=who.says, counts=Counts.PEOPLE,
             between=None if who.is_exact else (who.least, who.most), source=who.says,
             opens=_opens(place, period, part),
             remark=_("%(n)s records know no name") % {"n": who.unlinked} if who.unlinked else ""),
        Line("4", _("Skills trainings"), counted.taught, opens=_opens(place, period, part),
             source=_("classes of skills, computers and small business")),
        Line("5", _("Participants of skills trainings"), counted.learners, counts=Counts.VISITS,
             source=_("attendance lists")),
        Line("6", _("Kinds of skill"), ", ".join(counted.skills) or None, Kind.TEXT,
             why=_("no skill was taught in this period")),
        Line("7", _("Worth of what partners gave"), counted.n("gifts"), Kind.RUPIAH, source=_("support of activities"))))


def _advocacy(counted: Recap, place: Place, period: Period) -> Section:
    part, opens = Part.ADVOCACY, _opens(place, period, Part.ADVOCACY)
    kinds = [Line(f"5.{n}", label, counted.n("results", value), opens=opens)
             for n, (value, label) in enumerate(Result.Kind.choices, 1)]
    return Section(part, capfirst(part.label), (
        *_activities(counted, place, period, part),
        Line("3", _("Talks with offices and companies"), counted.n("talks"), opens=opens, source=_("approaches")),
        Line("4", _("Worth of what advocacy brought"), counted.n("worth"), Kind.RUPIAH, opens=opens,
             source=_("results that are more than a promise")),
        Line("5", _("Results"), counted.n("results"), opens=opens), *kinds))


def _publicity(counted: Recap, place: Place, period: Period) -> Section:
    part, opens = Part.PUBLICITY, _opens(place, period, Part.PUBLICITY)
    channels = [Line(f"1.{n}", label, counted.n("publicity", value), opens=opens)
                for n, (value, label) in enumerate(Publicity.Channel.choices, 1) if counted.n("publicity", value)]
    return Section(part, capfirst(part.label), (Line("1", _("Publicity"), counted.n("publicity"), opens=opens), *channels))


def _stories(stories: Sequence[Success], place: Place, period: Period) -> Section:
    testimonies = sum(one.is_testimony for one in stories)
    opens = _opens(place, period, Part.STORY)
    return Section(Part.STORY, capfirst(Part.STORY.label), (
        Line("1", _("Success stories ready"), len(stories) - testimonies, opens=opens,
             source=_("verified, with a consent for the national report in force today")),
        Line("2", _("Testimonies ready"), testimonies, opens=opens),
        Line("3", _("Photos to attach"), sum(len(one.photos) for one in stories), opens=opens)))


def _account(place: Place, period: Period) -> Section:
    day = min(period.last, clock.local_date(clock.now(), "Asia/Jakarta"))
    libraries = place.libraries
    known = standings(libraries, day)
    items, entered = items_and_entered(libraries, period, day)
    waiting = Line("3", _("Items entered in SIM"), sum(entered.values()), remark=_("of %(n)s") % {"n": sum(items.values())},
                   opens=_opens(place, period, ""))
    if place.library is None:
        states = [one.state for one in known.values()]
        return Section("account", _("Account in SIM"), (
            Line("1", _("Libraries with an account"), states.count("yes"), remark=_("of %(n)s") % {"n": len(states)},
                 opens=reverse("tpbis:city")),
            Line("2", _("Libraries that nobody told of"), states.count(""), opens=reverse("tpbis:city")), waiting))
    one = known[place.library.pk]
    tell = reverse("tpbis:account", args=[place.library.code])
    return Section("account", _("Account in SIM"), (
        Line("1", _("Account"), one.state == SimAccount.State.YES if one.state else None, Kind.YES_NO,
             why=_("nobody told it yet"), tell_at=tell, remark=one.state_label),
        Line("2", _("Colour as read in SIM"), one.colour_label or None, Kind.TEXT, why=_("nobody read it yet"), tell_at=tell,
             remark=one.read_on.strftime("%d-%m-%Y") if one.read_on else ""), waiting))


def _of_library(place: Place, period: Period, reader: Actor) -> tuple[Table, ...]:
    library = place.library
    assert library is not None  # asked by fill
    found = items_of(library, period.first, period.last, clock.local_date(clock.now(), library.time_zone),
                     is_own=reader.works_at(library.pk))
    return tuple(_table(part, found) for part in Part if found.of(part))


def _table(part: Part, found: Items) -> Table:
    return Table(f"items_{part}", capfirst(part.label), (_("Day"), _("Title"), _("Ready to copy"), _("Entered in SIM")),
                 tuple((one.day, one.title, one.text, _entered(one)) for one in found.of(part)),
                 tuple(one.url for one in found.of(part)))


def _entered(item: Item) -> str:
    if item.entered is None:
        return _("not yet")
    day = clock.local_date(item.entered.entered_at, "Asia/Jakarta").strftime("%d-%m-%Y")
    return _("on %(day)s, changed since") % {"day": day} if item.has_changed else day


def _of_region(place: Place, counted: Recap) -> Table:
    rows: tuple[tuple[Value, ...], ...] = tuple((one.code, one.name, *(counted.n("activities", part, one.pk) for part in (
        Part.INFORMATION, Part.INVOLVEMENT, Part.ADVOCACY)), counted.n("participants", None, one.pk),
        counted.n("talks", None, one.pk), counted.n("results", None, one.pk), counted.n("publicity", None, one.pk))
        for one in place.libraries)
    return Table("libraries", _("Library by library"), (
        _("Code"), _("Library"), Part.INFORMATION.label, Part.INVOLVEMENT.label, Part.ADVOCACY.label, _("Participants"),
        _("Talks"), _("Results"), _("Publicity")), rows,
        tuple(reverse("tpbis:items", args=[one.code]) for one in place.libraries))


def _as_facts(one: Success) -> dict[str, object]:
    """A story in JSON: only what its consent allows."""
    return {"code": one.code, "library": one.library, "kind": one.kind, "who": one.who, "title": one.title,
            "before": one.before, "helped": one.helped, "after": one.after, "quote": one.quote, "change": one.change,
            "verified_on": one.verified_on.isoformat() if one.verified_on else None, "photos": len(one.photos)}


FORMS = (
    Form("sim-tpbis", lazy("SIM TPBIS recap"), "SIM TPBIS (Perpusnas)", fill, periods=("month", "year"),
         lead=lazy("What the programme asks for every month, by strategy, with texts ready to copy.")),
)
