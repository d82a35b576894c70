"""An activity on paper and as a picture: the report of one page, the square to post."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.activities.models import Photo
from simpul.activities.queries import Report, needs_behind, public_photos
from simpul.activities.reports import (
    ages_for_everybody,
    by_sex_for_everybody,
    day_in_words,
    needs_in_words,
    places_in_words,
)
from simpul.files import storage
from simpul.files.papers import page_picture, pdf
from simpul.libraries.models import Library

PAPERS = Path(__file__).parent / "papers"
ENDINGS = {"image/jpeg": "jpg", "image/webp": "webp"}
MOST = 4  # pictures on the page; two where the words are long
LONG = 900  # letters from which a smaller type keeps it on one page


def read_pictures(photos: Sequence[Photo]) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """Contents by plain name, and (name, caption) in their order; one whose file is gone is left out."""
    contents: dict[str, bytes] = {}
    shown = []
    for n, photo in enumerate(photos, 1):
        name = f"foto-{n}.{ENDINGS.get(photo.file.media_type, 'jpg')}"
        try:
            with storage.read(photo.file_id) as file:
                contents[name] = file.read()
        except FileNotFoundError:
            continue
        shown.append((name, photo.caption))
    return contents, shown


def rupiah(amount: int) -> str:
    return "Rp" + f"{amount:,}".replace(",", ".")


def report_values(report: Report, *, day: str) -> dict[str, Any]:
    """What the page of a report says; `day` is the day it is printed, in words."""
    activity = report.activity
    sexes = by_sex_for_everybody(report.turnout)
    people = str(report.participants) if sexes is None else _("%(n)s (male %(male)s, female %(female)s)") % {
        "n": report.participants, "male": sexes[0], "female": sexes[1]}
    ages = ", ".join(f"{label}: {n}" for label, n in ages_for_everybody(report.turnout))
    speakers = ", ".join(" – ".join(filter(None, (one.name, one.institution))) for one in activity.speakers.all())
    partners = "; ".join(_gift(one) for one in activity.contributions.select_related("partner"))
    cost = rupiah(activity.cost) if activity.cost is not None else ""
    facts = (
        (_("Day"), "; ".join(day_in_words(one) for one in report.sessions)), (_("Place"), places_in_words(report)),
        (_("Kind"), f"{activity.get_kind_display()} · {activity.get_strategy_display()}"),
        (_("For whom"), activity.target_group), (_("Participants"), people), (_("By age"), ages),
        (_("Answers what residents asked for"), needs_in_words(needs_behind(activity))), (_("Speaker"), speakers),
        (_("Partners"), partners), (_("Books used"), ", ".join(
            one.title.title for one in activity.books.select_related("title"))),
        (_("Cost"), " · ".join(filter(None, (cost, str(activity.get_funds_display()) if activity.funds else "")))))
    parts = ((_("What is it to achieve?"), activity.objective), (_("Result"), activity.result),
             (_("What comes next"), activity.follow_up))
    return {
        "language": get_language() or "id", "title": activity.gathering.title, "library": activity.library.name,
        "address": [activity.library.address] if activity.library.address else [], "heading": _("Activity report"),
        "facts": [[str(label), value] for label, value in facts if value],
        "parts": [[str(label), text] for label, text in parts if text],
        "foot": f"{activity.library.name} · Simpul", "place_and_day": f"{activity.library.region.name}, {day}",
        "is_long": sum(len(text) for _label, text in parts) > LONG,
        "roles": [{"role": _("Head of the kelurahan") if activity.library.kind == Library.Kind.VILLAGE else _("Seen by"),
                   "name": ""}, {"role": _("Who runs the library"), "name": ""}]}


def _gift(one: Any) -> str:
    worth = f" ({rupiah(one.worth)})" if one.worth else ""
    return f"{one.partner.name}: {one.what or one.get_kind_display()}{worth}"


def report_pdf(report: Report, *, day: str) -> bytes:
    """One page with up to four pictures, only those that may be public: paper goes further than the library."""
    values = report_values(report, day=day)
    contents, shown = read_pictures(list(public_photos(report.activity)[:2 if values["is_long"] else MOST]))
    return pdf(PAPERS / "report.typ", values | {
        "pictures": [list(one) for one in shown]}, pictures=contents)


def square_values(report: Report) -> dict[str, Any]:
    activity = report.activity
    first = next(iter(report.sessions), None)
    return {
        "language": get_language() or "id", "title": activity.gathering.title, "library": activity.library.name,
        "day": formats.date_format(first.local_date, "l, j F Y") if first else "", "place": places_in_words(report),
        "people": report.participants, "people_word": ngettext("person", "people", report.participants)}


def square(report: Report, photo: Photo | None) -> bytes:
    """A PNG of 1080 × 1080 to post: a picture that may be public, or the words alone."""
    contents, shown = read_pictures([photo] if photo is not None and photo.is_public else [])
    return page_picture(PAPERS / "square.typ", square_values(report) | {
        "picture": shown[0][0] if shown else ""}, pictures=contents)
