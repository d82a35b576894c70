"""The annual report with pictures: sentences by chapter, charts, photos where consent stands, figures that open."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from simpul.files.papers import code_picture, pdf
from simpul.indicators.definitions import indicators
from simpul.indicators.figures import Figure, value
from simpul.overview.charts import Interval
from simpul.overview.models import Preface
from simpul.overview.pictures import NARROW, alternative, effect_rows, on_paper, trends
from simpul.overview.printing.meeting import Meeting, meeting_of
from simpul.overview.printing.shared import PAPERS, Subject, day, language, number, read_files, rupiah
from simpul.overview.queries.brought import Effects
from simpul.overview.queries.programme import PUBLIC, pictures_of, stories_of
from simpul.overview.queries.reached import District, Who, who_came
from simpul.overview.sentences import texts, told

FIGURES = ("visits", "visitors", "loans", "borrowers", "activities", "participants", "new_members", "members_ever",
           "copies_held", "children_share", "visits_per_resident", "staff")


def annual_pdf(subject: Subject, districts: list[District]) -> bytes:
    """`districts`: kelurahan by kecamatan for the city's report; empty for a library's."""
    values, pictures = values_of(subject, districts)
    return pdf(PAPERS / "annual.typ", values, pictures=pictures, made_at=subject.ground.now)


def values_of(subject: Subject, districts: list[District]) -> tuple[dict[str, Any], dict[str, bytes]]:
    ground, year = subject.ground, subject.period.first.year
    meeting = meeting_of(subject)
    lines = [line for line in trends(ground, subject.opens, width=NARROW) if not line.is_empty]
    preface = Preface.objects.filter(library=subject.library, year=year).first()
    shown, pictures = _pictures(subject)
    figures, codes = figures_of(subject)
    pictures |= codes | {f"{line.name.replace('_', '-')}.svg": on_paper("line", line) for line in lines}
    intervals = [row for row in effect_rows(meeting.effects) if row.percent is not None]
    pictures |= {f"e-{n}.svg": on_paper("interval", row) for n, row in enumerate(intervals)}
    sentences = told(ground, is_outsider=True, opens=subject.opens)
    return {
        "language": language(), "name": subject.name, "lines": subject.lines, "year": str(year),
        "kicker": _("Annual report"), "day": day(subject.today),
        "so_far": _("so far, up to %(day)s") % {"day": day(subject.today)} if ground.is_running else "",
        "cover": shown["cover"], "preface": _paragraphs(preface.text) if preface else [],
        "signer": [preface.signer, preface.signs_as] if preface else ["", ""],
        "heads": [_("Foreword"), _("The year in sentences"), _("How the year went"), _("Who came"), _("What has been done"),
                  _("Stories"), _("What it has brought"), _("Who helped"), _("Where people were reached"), _("The figures"),
                  _("What residents wished for")],
        "sentences": texts([one for one in sentences if one.tone != "quiet"]),
        "quiet": texts([one for one in sentences if one.tone == "quiet"]),
        "charts": [[f"{line.name.replace('_', '-')}.svg", line.title, alternative(line)] for line in lines],
        "who": [_who(who) for who in _groups(subject)],
        "who_note": _("Out of 100 visits; grey: out of 100 residents, where that is known."),
        "strategies": [[row.label, number(row.n)] for row in meeting.strategies],
        "held": [[day(row.day), row.title, row.library if subject.library is None else "", number(row.people)]
                 for row in meeting.held],
        "held_head": [_("Day"), _("Activity"), _("Library") if subject.library is None else "", _("Came")],
        "photos": shown["photos"], "stories": shown["stories"],
        "needs": [[row.label, row.people, number(row.people)] for row in meeting.needs.rows[:8]],
        "needs_said": texts(meeting.needs_said),
        **_effects(meeting.effects, intervals),
        **_means(meeting),
        **_districts(districts),
        "figures": figures, "figures_head": [_("Figure"), _("Value"), _("What it says"), _("Opens")],
        "figures_note": _("Each code opens its figure: definition, period, what it was counted from, what changed since."),
        "foot": f"{subject.name} · {year}", "none": _("Nothing is recorded about this."),
    }, pictures


def _effects(effects: Effects, intervals: list[Interval]) -> dict[str, Any]:
    return {
        "effects": [[row.label, f"{row.percent} %", f"{row.low}–{row.high} %", number(row.n), f"e-{n}.svg",
                     f"{row.mark_label} %" if row.mark is not None else "–"] for n, row in enumerate(intervals)],
        "effects_head": [_("What changed"), "", _("percent, from–to"), "n", _("national, 2024")],
        "effects_note": _effects_note(effects)}


def _districts(districts: list[District]) -> dict[str, Any]:
    return {
        "districts": [_district(one) for one in districts],
        "districts_head": [_("Kecamatan"), _("Kelurahan reached"), _("Visits"), _("Residents"), _("Visits per 100 residents")]}


def _means(meeting: Meeting) -> dict[str, Any]:
    return {
        "means_said": texts(meeting.means_said),
        "helpers_head": [_("Partner"), _("Kind"), _("Gifts"), _("Worth")],
        "helpers": [[one.name, one.kind, number(one.gifts), rupiah(one.worth) if one.worth else "–"]
                    for one in meeting.means.helpers]}


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _effects_note(effects: Any) -> str:
    from simpul.overview.printing.meeting import _effects_note as note

    source = f" {_('National')}: {effects.source.label}." if effects.source and not effects.is_empty else ""
    return note(effects) + source


def _groups(subject: Subject) -> list[Who]:
    found = [who_came(subject.place, _told_period(subject), by, subject.today, is_outsider=True) for by in ("sex", "age_group")]
    return [who for who in found if who is not None and who.groups]


def _told_period(subject: Subject) -> Any:
    """The months that are over: of a running month outsiders are told no groups."""
    from simpul.indicators.periods import Period, end_of_month

    months = [month for month in subject.period.months() if end_of_month(month) < subject.today]
    return Period.between(months[0], end_of_month(months[-1])) if months else subject.period


def _who(who: Who) -> dict[str, Any]:
    return {"title": _("By sex") if who.by == "sex" else _("By age"), "source": who.source, "rows": [
        [group.label, group.percent, group.residents] for group in who.groups if group.percent is not None],
        "withheld": _("Withheld or in small groups: %(n)s visits.") % {"n": number(who.withheld)} if who.withheld else ""}


def _pictures(subject: Subject) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Cover, photos of activities that may be public, stories told to everybody with their picture."""
    year = subject.period.first.year
    photos = pictures_of(subject.libraries, date(year, 1, 1), date(year, 12, 31), most=7)
    stories = stories_of(subject.libraries, PUBLIC, subject.today, most=3)
    files = [(str(photo.pk), photo.file) for photo in photos]
    files += [(str(story.pk), story.shown_pictures[0].file) for story in stories if story.shown_pictures]
    contents, names = read_files(files)
    kept = [photo for photo in photos if str(photo.pk) in names]
    return {
        "cover": names[str(kept[0].pk)] if kept else "",
        "photos": [[names[str(one.pk)], one.caption or one.activity.gathering.title] for one in kept[1:]],
        "stories": [{"headline": story.headline, "name": story.shown_name, "quote": story.quote, "before": story.before,
                     "after": story.after, "library": story.library.name, "picture": names.get(str(story.pk), "")}
                    for story in stories]}, contents


def _district(one: District) -> list[str]:
    reached = sum(1 for row in one.rows if row.received)
    return [one.name, f"{reached} / {len(one.rows)}", number(one.visits), number(one.residents),
            number(one.per_hundred)]


def figures_of(subject: Subject) -> tuple[list[list[str]], dict[str, bytes]]:
    """Name, value, what it says, and the picture of the code that opens it."""
    rows, codes = [], {}
    for name in FIGURES:
        if name not in indicators():
            continue
        figure = value(indicators()[name], subject.period, subject.place, is_outsider=True, now=subject.ground.now)
        code = f"k-{name.replace('_', '-')}.svg"
        codes[code] = code_picture(f"{subject.base}/k/{figure.code}/")
        rows.append([figure.version.name, shown(figure), figure.version.meaning, code])
    return rows, codes


def shown(figure: Figure) -> str:
    """The value with its unit, a range of people, or why there is none."""
    if figure.value is None:
        return figure.says
    if figure.people is not None and not figure.people.is_exact:
        return f"{number(figure.people.least)} – {number(figure.people.most)} {figure.unit}"
    return f"{number(figure.value)} {figure.unit}"


