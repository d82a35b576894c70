"""The questionnaire of 2025 filled: of a library, of a region with what came from outside."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.indicators.coverage import STATES
from simpul.indicators.definitions import indicators
from simpul.indicators.periods import Period
from simpul.indicators.places import Place, of_city
from simpul.iplm.frame import Frame, Outside, counts_here, frame_of, outside_of
from simpul.iplm.lines import ITEMS, SECTIONS, Item
from simpul.iplm.models import Normalising
from simpul.iplm.own import Own, own_lines
from simpul.iplm.residents import residents_of
from simpul.iplm.simulation import Setting, simulate, simulate_city
from simpul.libraries.facts import SCHOOL
from simpul.libraries.models import Library
from simpul.reports.form import Filled, Line, Section, Table
from simpul.reports.linking import form_address, receipt, tell


def fill(place: Place, period: Period, reader: Actor) -> Filled:
    """The form IPLM 2025. About seventy questions for any number of libraries."""
    today = clock.local_date(clock.now(), "Asia/Jakarta")
    own = own_lines(place, period, today)
    if place.library is not None:
        return _of_library(place, place.library, period, own, reader)
    return _of_region(place, period, own, reader)


def _of_library(place: Place, library: Library, period: Period, own: Own, reader: Actor) -> Filled:
    lines = {item.key: _line_of_library(item, library, place, period, own, reader) for item in ITEMS}
    state = own.coverage.by_library[library.pk]
    simulation = _simulation_of_library(library, period, own, reader)
    return Filled(place, period, _sections(lines), notes=(*_notes(period), *_said(simulation)),
                  extra={"coverage": {"state": state.value, "says": str(STATES[state])}, "simulation": simulation})


def _line_of_library(item: Item, library: Library, place: Place, period: Period, own: Own, reader: Actor) -> Line:
    value, known = own.values[item.key].get(library.pk), {"kind": item.kind, "unit": item.unit, "counts": item.counts}
    if library.pk in own.not_asked[item.key]:
        return Line(item.number, item.label, 0, **known, is_applicable=False, source=_("the form: others write 0"))
    tell_at = tell(library, item.facts[-1]) if item.facts and reader.runs(library.pk) else ""
    if value is None:
        if item.facts:
            why = _("not known yet: nobody told it for this year") if item.is_yearly else _("not known yet: nobody told it")
            return Line(item.number, item.label, None, **known, tell_at=tell_at, why=why)
        said = STATES[own.coverage.by_library[library.pk]]
        return Line(item.number, item.label, None, **known, why=said, indicator=item.indicator)
    opens = receipt(item.indicator, place, period) if item.indicator and not item.facts else (
        reverse("libraries:profile", args=[library.code]) if reader.works_at(library.pk) or reader.runs(library.pk) else "")
    return Line(item.number, item.label, value, **known, source=item.source, opens=opens, tell_at=tell_at,
                between=own.between.get(item.key), indicator=item.indicator)


def _of_region(place: Place, period: Period, own: Own, reader: Actor) -> Filled:
    outside = outside_of(place, period.first.year)
    frame = frame_of(own, outside)
    counted = {one.pk for one in own.libraries if counts_here(one)}
    lines = {item.key: _line_of_region(item, place, period, own, outside, counted) for item in ITEMS}
    everybody = [own.of(pk) for pk in counted] + [dict(answers) for answers in outside.answers.values()]
    simulation = _simulation(period, place, {key: line.value for key, line in lines.items()}, everybody)
    notes = (_covered(frame), *_notes(period), *_said(simulation))
    return Filled(place, period, _sections(lines), tables=(_table_of_frame(frame), *_tables(own, outside, period)),
                  notes=notes, extra={"coverage": frame.facts(), "simulation": simulation})


def _line_of_region(item: Item, place: Place, period: Period, own: Own, outside: Outside, counted: set[Any]) -> Line:
    asked = counted - own.not_asked[item.key]
    told = {pk: n for pk, n in own.values[item.key].items() if pk in asked}
    beyond, answered = outside.sum(item.key)
    schools = sum(one.is_school for one in outside.institutions)
    whole = len(asked) + (schools if item.about == SCHOOL else 0 if item.about else len(outside.institutions))
    known = {"kind": item.kind, "unit": item.unit, "counts": item.counts}
    opens = form_address("iplm-2025", place, period) + "#rincian"
    if not whole:
        return Line(item.number, item.label, 0, **known, is_applicable=False, source=_("the form: others write 0"))
    if not told and not answered:
        return Line(item.number, item.label, None, **known, why=_("not known yet: no library told it"), opens=opens)
    remark = _("of %(n)d of %(all)d libraries") % {"n": len(told) + answered, "all": whole}
    if beyond:
        remark += "; " + _("%(n)s of it from outside") % {"n": beyond}
    between = own.between.get(item.key)
    between = (between[0], between[1] + beyond) if between else None
    adds_up = item.indicator and not item.facts and not beyond and all(
        version.over_place == "sum" for version, _part in indicators()[item.indicator].parts(period))
    return Line(item.number, item.label, sum(told.values()) + beyond, **known, source=item.source, remark=remark,
                opens=receipt(item.indicator, place, period) if adds_up else opens, between=between, indicator=item.indicator)


def _sections(lines: dict[str, Line]) -> tuple[Section, ...]:
    return tuple(Section(key, title, tuple(lines[item.key] for item in ITEMS if item.section == key))
                 for key, title in SECTIONS.items())


def _covered(frame: Frame) -> str:
    said = _("%(n)d of the %(all)d libraries on the city's list answered.") % {"n": frame.answered, "all": frame.asked}
    left = sum(n for _kind, n, _why in frame.excluded)
    if left:
        said += " " + ngettext("One is not counted here.", "%(n)d are not counted here.", left) % {"n": left}
    return said


def _notes(period: Period) -> list[str]:
    notes = [_("“Orang” is asked; given are visits and attendances, as they are recorded. How many different people that may "
               "be stands beside the number.")]
    if period.last >= clock.local_date(clock.now(), "Asia/Jakarta"):
        notes.append(_("The period is not over: these are the numbers so far."))
    return notes


def _said(simulation: dict[str, Any] | None) -> list[str]:
    if simulation is None or simulation["index"] is None:
        return []
    return [_("Simulation, not the official score: %(index)s, normalised %(how)s. The office has not published how it "
              "normalises.") % {"index": f"{simulation['index']:.2f}", "how": simulation["normaliser_says"]}]


def setting_for(year: int) -> Normalising:
    """What the city chose for the year, or min–max, which asks for no choice."""
    return Normalising.objects.filter(year=year, voided_at__isnull=True).first() or Normalising(
        year=year, way=Normalising.Way.MIN_MAX, targets={})


def _simulation(period: Period, place: Place, total: dict[str, Any], everybody: list[Any]) -> dict[str, Any]:
    chosen = setting_for(period.first.year)
    residents = residents_of(place.region, period.last)
    setting = Setting(chosen.targets, everybody, residents.value if residents else None)
    return simulate_city(chosen.way, total, setting).facts()


def _simulation_of_library(library: Library, period: Period, own: Own, reader: Actor) -> dict[str, Any] | None:
    """Against targets only: what other libraries answered is not this library's to see."""
    chosen = setting_for(period.first.year)
    everybody = []
    if chosen.way == Normalising.Way.MIN_MAX:
        if not (reader.is_coordinator or reader.is_administrator or reader.is_node):
            return None
        all_of_them = own_lines(of_city(), period, clock.local_date(clock.now(), "Asia/Jakarta"), with_people=False)
        everybody = [all_of_them.of(one.pk) for one in all_of_them.libraries if counts_here(one)]
    residents = residents_of(library.region, period.last)
    return simulate(chosen.way, own.of(library.pk), Setting(chosen.targets, everybody, residents.value if residents else None)
                    ).facts()


def _table_of_frame(frame: Frame) -> Table:
    rows = [(one.name, one.answered, one.asked, "") for one in frame.kinds]
    rows += [(kind, None, n, why) for kind, n, why in frame.excluded]
    return Table("coverage", _("Who answered"), (_("Kind"), _("Has answered"), _("On the list"), _("Not counted here because")),
                 tuple(rows))


def _tables(own: Own, outside: Outside, period: Period) -> tuple[Table, ...]:
    """Each library's 28 numbers: what the sums are made of."""
    head = (_("Code"), _("Library"), _("Kind"), *(item.key for item in ITEMS))
    rows, opens = [], []
    for library in own.libraries:
        if counts_here(library):
            rows.append((library.code, library.name, str(library.get_kind_display()), *own.of(library.pk).values()))
            opens.append(f"{reverse('reports:form', args=[library.code, 'iplm-2025'])}?periode={period.code}")
    for one in outside.institutions:
        answers = outside.answers.get(one.pk, {})
        rows.append((one.npsn, one.name, str(one.get_kind_display()), *(answers.get(item.key) for item in ITEMS)))
        opens.append(reverse("iplm:institution", args=[one.pk]))
    return (Table("libraries", _("Library by library"), head, tuple(rows), tuple(opens)),)
