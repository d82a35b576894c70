"""The poster for the notice board, and the square to send on."""

from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.files.papers import code_picture, page_picture, pdf
from simpul.overview.pictures import alternative, on_paper, trends
from simpul.overview.printing.shared import PAPERS, Subject, day, language, number
from simpul.overview.queries.programme import coming_in
from simpul.overview.sentences import texts, told, visits_beside

Size = Literal["a4", "a3"]


def _words() -> tuple[tuple[str, Any], ...]:
    """Indicator → the noun for n."""
    return (("loans", lambda n: ngettext("book taken home", "books taken home", n)),
            ("participants", lambda n: ngettext("participant of activities", "participants of activities", n)),
            ("new_members", lambda n: ngettext("new member", "new members", n)))


def values_of(subject: Subject) -> dict[str, Any]:
    """Numbers as words, sentences, what comes next; for everybody, so small groups are protected."""
    ground = subject.ground
    visits = ground.of("visits", ground.period)
    sentences = told(ground, is_outsider=True, opens=subject.opens)
    beside = visits_beside(ground, is_outsider=True)
    few = []
    for name, noun in _words():
        n = ground.of(name, ground.period)
        if n:
            few.append([number(n), noun(n)])
    return {
        "language": language(), "name": subject.name, "title": ground.period.label, "visits": number(visits) if visits else "",
        "visits_word": ngettext("visit", "visits", visits), "few": few,
        "sentences": list(filter(None, [beside])) if visits else texts([one for one in sentences if one.tone != "quiet"])[:3],
        "thanks": _("Thank you for coming, reading, teaching and helping."),
        "come": _("Everybody is welcome, free of charge."),
        "coming_title": _("Come along"), "coming": coming(subject),
        "foot": _("Counted from the library's own records. Groups under five are not shown."),
        "scan": _("More about us")}


def coming(subject: Subject) -> list[list[str]]:
    ids = subject.libraries or [one.pk for one in subject.place.libraries]
    return [[day(on), title] for on, _hours, title in coming_in(ids, subject.today, most=3)]


def address(subject: Subject) -> str:
    """Where the code of the poster leads: a page for everybody."""
    from django.urls import reverse

    return subject.base + (subject.library.get_absolute_url() if subject.library else reverse("overview:public"))


def pictures_of(subject: Subject) -> tuple[dict[str, bytes], dict[str, str]]:
    (line,) = trends(subject.ground, subject.opens, ("visits",))
    found = {"qr.svg": code_picture(address(subject))}
    if line.is_empty:
        return found, {}
    return {**found, "garis.svg": on_paper("line", line)}, {"chart": "garis.svg", "chart_title": line.title,
                                                            "chart_says": alternative(line)}


def poster(subject: Subject, size: Size = "a4") -> bytes:
    pictures, named = pictures_of(subject)
    return pdf(PAPERS / "poster.typ", {"chart": "", "chart_title": "", "chart_says": "", **values_of(subject), **named,
                                       "size": size}, pictures=pictures, made_at=subject.ground.now)


def square(subject: Subject) -> bytes:
    """A PNG of 1080 × 1080."""
    pictures, named = pictures_of(subject)
    return page_picture(PAPERS / "square.typ", {"chart": "", "chart_title": "", **values_of(subject), **named},
                        pictures=pictures)
