"""The folder for the account (SPJ) as one PDF. What is printed is Indonesian, whoever prints it; numbers of identity,
tax and bank accounts are lines to write on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import formats, translation

from simpul.files import storage
from simpul.files.papers import pdf
from simpul.training.models import Lesson, Participant, Workshop
from simpul.training.queries import lessons_of, standings
from simpul.training.results import gains_of
from simpul.training.wording import days_words

PAPER = Path(__file__).parent / "papers" / "folder.typ"
PHOTOS = 12


def folder_pdf(workshop: Workshop) -> bytes:
    """Everything in one bundle; eight queries for any number of people."""
    with translation.override("id"):
        values = _values(workshop)
    pictures = {}
    for n, photo in enumerate(workshop.photos.select_related("file")[:PHOTOS], 1):
        suffix = {"image/png": "png", "image/webp": "webp"}.get(photo.file.media_type, "jpg")
        name = f"foto-{n}.{suffix}"
        with storage.read(photo.file_id) as content:
            pictures[name] = content.read()
        values["photos"].append([name, photo.caption])
    return pdf(PAPER, values, pictures=pictures)


def _values(workshop: Workshop) -> dict[str, Any]:
    gathering, lessons = workshop.gathering, lessons_of(workshop)
    people = list(workshop.participants.with_place().select_related("library").order_by("library__name", "name_key"))
    for one in people:
        one.workshop = workshop
    budget = list(workshop.budget.all())
    speakers = list(workshop.speakers.all())
    found = standings(workshop, people)
    days: dict[Any, list[Lesson]] = {}
    for lesson in lessons:
        days.setdefault(lesson.day.local_date, []).append(lesson)
    return {
        "title": gathering.title, "organiser": workshop.organiser or workshop.library.name, "address": workshop.library.address,
        "days": days_words(workshop), "venue": workshop.venue or workshop.library.name, "letter": workshop.letter_number,
        "aims": workshop.aims, "background": workshop.background, "funds": workshop.funds,
        "jp": sum(one.jp for one in lessons), "people_count": len(people),
        "libraries_count": len({one.library_id for one in people}),
        "budget": [[str(n), one.label, f"{one.quantity} {one.unit}".strip(), _rupiah(one.price), _rupiah(one.total)]
                   for n, one in enumerate(budget, 1)],
        "total": _rupiah(sum(one.total for one in budget)),
        "libraries": sorted({one.library.name for one in people}),
        "schedule": [{"day": formats.date_format(day, "l, j F Y"), "rows": [
            [one.hours, one.title, str(one.jp) if one.jp else "–", one.speaker.name if one.speaker else ""] for one in rows]}
            for day, rows in days.items()],
        "people": [[str(n), one.name, one.library.name, one.role] for n, one in enumerate(people, 1)],
        "speakers": [{"name": one.name, "office": one.office, "biography": one.biography, "jp": sum(
            lesson.jp for lesson in lessons if lesson.speaker_id == one.pk), "lessons": [
            lesson.title for lesson in lessons if lesson.speaker_id == one.pk]} for one in speakers],
        "materials": [[one.title, "; ".join(title.title for title in one.materials.all())] for one in lessons if one.counts],
        "minutes": workshop.minutes, "report": workshop.report, "results": _results(workshop, people, found), "photos": []}


def _results(workshop: Workshop, people: Sequence[Participant], found: Sequence[Any]) -> list[list[str]]:
    gains = gains_of(found)
    rows = [["Peserta yang hadir", f"{sum(one.present > 0 for one in found)} dari {len(people)}"],
            ["Memenuhi syarat sertifikat", str(sum(one.outcome == "certificate" for one in found))],
            ["Perpustakaan yang menyerahkan RTL", str(len({one.participant.library_id for one in found if one.has_plan}))]]
    if gains.n and gains.before is not None and gains.after is not None:
        rows.append(["Rata-rata pre-test dan post-test", f"{gains.before:.0f} dan {gains.after:.0f} (n = {gains.n})"])
    if gains.gain is not None:
        rows.append(["Gain ternormalisasi", f"{100 * gains.gain:.0f}% (n = {gains.n_gain})"])
    return rows


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")
