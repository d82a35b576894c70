"""The inputs of the index until 2024 (UPLM 1–7), with their denominator and the year's formula where it is published."""

from decimal import Decimal

from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.indicators.definitions import Term
from simpul.indicators.numerators import sums
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.iplm.formulas import ELEMENTS, NoFormula, index_of, ratios_of
from simpul.iplm.frame import counts_here
from simpul.iplm.lppd import ACCREDITED
from simpul.iplm.own import own_lines
from simpul.iplm.residents import residents_of
from simpul.libraries.models import Library
from simpul.libraries.queries.facts import facts_on
from simpul.reports.form import Counts, Filled, Kind, Line, Section
from simpul.reports.linking import receipt


def fill(place: Place, period: Period, _reader: Actor) -> Filled:
    """Inputs, ratios, and the index where the year's formula needs nobody else's numbers."""
    today, year = clock.local_date(clock.now(), "Asia/Jakarta"), period.first.year
    own = own_lines(place, period, today, with_people=False)
    ids = {one.pk for one in own.libraries if counts_here(one)}
    inputs = _inputs(place, period, ids, {key: [n for pk, n in own.values[key].items() if pk in ids] for key in own.values})
    if not own.coverage.received:  # no data is no zero
        inputs |= {"4": None, "6": None}
    whose, people, source = _denominator(place, period)
    ratios = ratios_of(inputs, people)
    notes = [_("This index ended with 2024. Its figures are not comparable with those of 2025 and cannot be converted.")]
    index = None
    if all(ratio is not None for ratio in ratios.values()):
        try:
            index = index_of(year, [ratio for ratio in ratios.values() if ratio is not None])
        except NoFormula:
            notes.append(_("For 2023 and 2024 every ratio was first brought between the lowest and the highest of all who were "
                           "compared; those are not published, so no index is computed here."))
    opens = {"4": "visits", "6": "activity_participants", "7": "members_ever"}
    lines = tuple(
        Line(key, label, inputs[key], unit="", counts=Counts.VISITS if key in ("4", "6") else Counts.NOTHING,
             why="" if inputs[key] is not None else _("not known yet: nobody told it"), source=_("the records of the node"),
             opens=receipt(opens[key], place, period) if key in opens else "") for key, label in ELEMENTS.items())
    shares = tuple(Line(key, label, None if ratios[key] is None else round(ratios[key] or Decimal(0), 6), Kind.RATIO,
                        why="" if ratios[key] is not None else _("cannot be computed yet"), source=source)
                   for key, label in ELEMENTS.items())
    whole = Line("AM", _("Compared with: %(whose)s") % {"whose": whose}, None if people is None else int(people),
                 source=source, why="" if people is not None else _("nobody told it yet"))
    found = Line("IPLM", _("Index by the formula of %(year)s, over the records of this node only") % {"year": year}, index,
                 Kind.RATIO,
                 why="" if index is not None else _("cannot be computed"), source=_("simulation, not the official score"))
    return Filled(place, period, (Section("uplm", "UPLM", (*lines, whole)), Section("rasio", _("Ratios"), shares),
                                  Section("indeks", _("Index"), (found,))), notes=tuple(notes))


def _inputs(place: Place, period: Period, ids: set[object], values: dict[str, list[int]]) -> dict[str, int | None]:
    def total(*keys: str) -> int | None:
        known = [n for key in keys for n in values[key]]
        return sum(known) if known else None

    grades = [known.get("accreditation") for known in facts_on(period.last, ["accreditation"], ids).values()]  # type: ignore[arg-type]
    visits = sum(sums(Term(measure="visits"), period, place).values())
    days = (period.last - period.first).days + 1
    attended = sum(sums(Term(measure="activity_participants"), period, place).values())
    members = sum(sums(Term(measure="new_members", is_stock=True), period, place).values())
    return {"1": len(ids), "2": total("koleksi.2", "koleksi.4"), "3": total("tenaga.1", "tenaga.2"), "4": round(visits / days),
            "5": sum(grade in ACCREDITED for grade in grades) if grades else None, "6": attended, "7": members}


def _denominator(place: Place, period: Period) -> tuple[object, Decimal | None, str]:
    """(whose number, how many, source): a school's are its people, everybody else's the residents."""
    library = place.library
    if library is not None and library.kind == Library.Kind.SCHOOL:
        known = facts_on(period.last, ["pupils", "teachers"], [library.pk]).get(library.pk, {})
        people = Decimal(known["pupils"] + known["teachers"]) if {"pupils", "teachers"} <= known.keys() else None
        return _("pupils, teachers and staff of the school"), people, _("the library's profile")
    residents = residents_of(place.region or (library.region if library else None), period.last)
    return _("residents"), residents.value if residents else None, residents.source if residents else ""
