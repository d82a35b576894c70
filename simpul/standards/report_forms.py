"""SNP for kelurahan and city, accreditation, NPP: filled from facts, figures and the shelf of papers."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.indicators.figures import Figure
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.libraries.facts import FactKind
from simpul.libraries.models import Library
from simpul.libraries.queries import KnownFact
from simpul.reports.form import Filled, Form, Kind, Line, PlaceKind, Section, Table
from simpul.reports.linking import tell
from simpul.standards.queries.evidence import Evidence, evidence_of, self_assessment
from simpul.standards.queries.npp import contest, found_of, identity, missing, told
from simpul.standards.queries.standard import Answer, cheapest, kelurahan, kota, together
from simpul.standards.requirements import EFFORTS, NOT_READ

KINDS = {FactKind.NUMBER: Kind.COUNT, FactKind.RUPIAH: Kind.RUPIAH, FactKind.YES_NO: Kind.YES_NO}


def day_of(period: Period) -> date:
    """The last day of the period that is not in the future: on that day facts are read."""
    return min(period.last, clock.local_date(clock.now(), "Asia/Jakarta"))


def _line(number: str, one: Answer) -> Line:
    number_of = one.number if isinstance(one.number, int | Decimal) and not isinstance(one.number, bool) else None
    kind = Kind.TEXT
    value: Any = one.value or None
    if isinstance(one.number, bool):
        kind, value = Kind.YES_NO, one.number
    elif isinstance(number_of, int):
        kind, value = Kind.COUNT, number_of
    elif isinstance(one.number, date):
        kind, value = Kind.DAY, one.number
    return Line(number, one.requirement.label, value, kind, why=one.lacks if one.value == "" else "", source=one.source,
                opens=one.opens, tell_at=one.tell_at, is_met=one.is_met, asked=one.requirement.asked,
                remark=one.lacks if one.value else "")


def _sections(answers: Sequence[Answer]) -> tuple[Section, ...]:
    groups: dict[str, list[Answer]] = defaultdict(list)
    for one in answers:
        groups[str(one.requirement.group)].append(one)
    return tuple(Section(of_group[0].requirement.code, capfirst(title), tuple(
        _line(f"{n}.{m}", one) for m, one in enumerate(of_group, 1)))
                 for n, (title, of_group) in enumerate(groups.items(), 1))


def _summary(answers: Sequence[Answer]) -> dict[str, int]:
    return {"met": sum(one.is_met is True for one in answers), "missed": sum(one.is_met is False for one in answers),
            "unknown": sum(one.is_met is None for one in answers)}


def fill_kelurahan(place: Place, period: Period, reader: Actor) -> Filled:
    """Of one library; of a region the kelurahan libraries in it, requirement by requirement."""
    day = day_of(period)
    if place.library is not None:
        answers = kelurahan([place.library], day)[place.library.pk]
        notes = [] if place.library.kind == Library.Kind.VILLAGE else [
            _("The standard is about libraries of desa and kelurahan; for this library it is a help to look at itself.")]
        return Filled(place, period, _sections(answers), notes=tuple(notes), extra={"snp": _summary(answers)})
    libraries = [one for one in place.libraries if one.kind == Library.Kind.VILLAGE]
    found = kelurahan(libraries, day)
    rows = together(found)
    n = len(libraries)
    lines = tuple(Line(str(i), row.requirement.label, row.met, asked=row.requirement.asked, remark=_(
        "of %(n)s; %(missed)s miss it, of %(unknown)s it is unknown; %(effort)s") % {
        "n": n, "missed": row.missed, "unknown": row.unknown, "effort": EFFORTS[row.requirement.effort]},
        opens=reverse("standards:city") + f"?syarat={row.requirement.code}") for i, row in enumerate(rows, 1))
    table = Table("libraries", _("Library by library"), (
        _("Code"), _("Library"), _("Met"), _("Missed"), _("Unknown"), _("Easiest to meet next")),
        tuple(_row(one, found[one.pk]) for one in libraries),
        tuple(reverse("standards:standard", args=[one.code]) for one in libraries))
    full = sum(all(one.is_met for one in found[library.pk]) for library in libraries)
    return Filled(place, period, (Section("requirements", _("Libraries that meet each requirement"), lines),), (table,), (
        _("%(n)s of %(all)s kelurahan libraries meet everything that was checked.") % {"n": full, "all": n},),
        {"snp": {"libraries": n, "meet_all": full}})


def _row(library: Library, answers: Sequence[Answer]) -> tuple[Any, ...]:
    count, next_one = _summary(answers), cheapest(answers)
    return (library.code, library.name, count["met"], count["missed"], count["unknown"],
            str(next_one.requirement.label) if next_one else "")


def fill_kota(place: Place, period: Period, reader: Actor) -> Filled:
    """Of the city library; what was not read of the rule is shown and not judged."""
    one = place.library or next((each for each in place.libraries if each.kind == Library.Kind.CITY), None)
    unread = tuple(Line(str(n), label, None, Kind.TEXT, why=_("this part of the rule was not read: not checked"))
                   for n, (_group, label) in enumerate(NOT_READ, 1))
    if one is None:
        return Filled(place, period, (Section("not_read", _("Not checked"), unread),), notes=(
            _("There is no city library here."),))
    notes = [] if one.kind == Library.Kind.CITY else [_("The standard is about the library of a city or regency, not this one.")]
    answers = kota([one], day_of(period))[one.pk]
    return Filled(place, period, (*_sections(answers), Section("not_read", _("Not checked"), unread)), notes=tuple(notes),
                  extra={"snp": _summary(answers), "not_checked": len(unread)})


def fill_accreditation(place: Place, period: Period, reader: Actor) -> Filled:
    """Evidence component by component; the older instrument as a simulation."""
    library = place.library
    assert library is not None  # the form is asked of libraries only
    day = day_of(period)
    found = evidence_of(library, period, day)
    own = self_assessment(library, day)
    old = tuple(Line(str(n), line.component.label, line.fulfilled, why=_("not assessed yet"),
                     tell_at=reverse("standards:assess", args=[library.code]),
                     remark=_("of %(n)s indicators, weight %(weight)s") % {"n": line.indicators, "weight": line.weight})
                for n, line in enumerate(own.lines, 1))
    papers = Table("papers", _("Papers"), (_("Component"), _("Paper"), _("Number"), _("Its day"), _("Valid until")), tuple(
        (each.component.number, str(paper.get_kind_display()), paper.number, paper.dated_on, paper.valid_until)
        for each in found for paper in each.papers))
    return Filled(place, period, (*(_component(one, library) for one in found), Section(
        "self_assessment", _("Own assessment by the older instrument (simulation)"), old)), (papers,), (
        _("Nine components of SK 296/2022. The weights were seen for special and university libraries; for desa and "
          "kelurahan they are not confirmed."),
        _("The own assessment is a simulation by the older instrument for desa and kelurahan, not a result."),
    ), {"simulation": {"points": float(own.points), "grade": own.grade, "is_complete": own.is_complete}})


def _component(one: Evidence, library: Library) -> Section:
    lines = [_fact(f"{one.component.number}.{n}", each, library) for n, each in enumerate(one.facts, 1)]
    lines += [_figure(f"{one.component.number}.{n}", each) for n, each in enumerate(one.figures, len(lines) + 1)]
    shelf = reverse("standards:paper_new", args=[library.code])
    dated = {paper.kind: paper.dated_on for paper in reversed(one.papers)}
    for n, kind in enumerate(one.component.papers, len(lines) + 1):
        there = dated.get(kind) if kind not in one.missing else None
        lines.append(Line(f"{one.component.number}.{n}", kind.label, there, Kind.DAY, why=_("not on the shelf of papers"),
                          tell_at=f"{shelf}?jenis={kind.value}", source=_("shelf of papers")))
    remark = _("weight %(n)s, seen for other kinds of library") % {"n": one.component.weight}
    if not lines:
        lines.append(Line(f"{one.component.number}.1", one.component.label, None, Kind.TEXT,
                          why=_("comes from the index of the city, not from this library")))
    return Section(f"component_{one.component.number}", capfirst(one.component.label), tuple(lines), remark)


def _fact(number: str, one: KnownFact, library: Library) -> Line:
    kind = KINDS.get(one.fact.kind, Kind.TEXT)
    value = None if one.now is None else one.value if kind != Kind.TEXT else one.text
    return Line(number, one.fact.label, value, kind, one.fact.unit, why=_("nobody told it yet"), source=_("told by the library"),
                tell_at=tell(library, one.fact.name))


def _figure(number: str, one: Figure) -> Line:
    kind = Kind.COUNT if one.version.decimals == 0 else Kind.RATIO
    value = int(one.value) if one.value is not None and kind == Kind.COUNT else one.value
    return Line(number, one.version.name, value, kind, one.unit, why=one.says, opens=one.receipt, indicator=one.indicator.id,
                source=_("records"))


def fill_npp(place: Place, period: Period, reader: Actor) -> Filled:
    """What is missing stands first, then the fields in their order."""
    library = place.library
    assert library is not None  # the form is asked of libraries only
    found = found_of(library, day_of(period))
    sections = (Section("identity", _("Identity"), identity(found)), Section("profile", _("Profile"), told(found)),
                Section("contest", _("Asked by contests besides"), contest(found)))
    lacking = [(section.title, line) for section in sections for line in missing(section.lines)]
    table = Table("missing", _("What is missing"), (_("Part"), _("Field"), _("Why")), tuple(
        (str(title), str(line.label), str(line.why)) for title, line in lacking), tuple(line.tell_at for _title, line in lacking))
    return Filled(place, period, sections, (table,), (
        _("%(n)s fields are missing.") % {"n": len(lacking)} if lacking else _("Every field is filled."),))


LIBRARY = frozenset({PlaceKind.LIBRARY})
FORMS = (
    Form("snp-kelurahan", lazy("National standard, kelurahan library"), "Peraturan Perpusnas 6/2017", fill_kelurahan,
         lead=lazy("What the standard asks of libraries of desa and kelurahan, and what is missing.")),
    Form("snp-kota", lazy("National standard, city library"), "Peraturan Perpusnas 8/2017", fill_kota,
         lead=lazy("What was read of the standard for city libraries; the rest is shown as not checked.")),
    Form("akreditasi", lazy("Accreditation"), "SK Kepala Perpusnas 296/2022", fill_accreditation, places=LIBRARY,
         lead=lazy("The evidence for the nine components that is here already.")),
    Form("npp", lazy("NPP and yearly update"), "data.perpusnas.go.id", fill_npp, places=LIBRARY,
         lead=lazy("Fields of the registration and the yearly update, what is missing first."),
         where_to="https://data.perpusnas.go.id"),
)
