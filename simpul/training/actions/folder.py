"""What the folder needs: speakers, budget, pictures, minutes and report."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.files.actions import store_picture
from simpul.training.actions.refusals import WrongPerson, WrongWorkshop, need_helper, need_office
from simpul.training.models import BudgetLine, Photo, Speaker, Workshop

MOST_PHOTOS = 24
MOST_MONEY = 1_000_000_000_000


@change("speaker.written", says=_("{by} wrote down a speaker of “{workshop}”"))
def write_speaker(*, workshop: Workshop, name: str, office: str = "", biography: str = "", is_facilitator: bool = False,
                  speaker_id: UUID | None = None, by: Actor, at: datetime, id: UUID) -> Speaker:
    """A narasumber or facilitator, new or said anew. Raises NotAllowed, WrongPerson."""
    need_office(by)
    if not name.strip():
        raise WrongPerson(_("Who speaks? Write the name as it is printed."), field="name")
    row = workshop.speakers.filter(pk=speaker_id).first() if speaker_id else None
    row = row or Speaker(id=derived_id(id, "speaker"), workshop=workshop)
    row.name, row.office, row.biography = name.strip()[:120], office.strip()[:160], biography.strip()[:1500]
    row.is_facilitator = is_facilitator
    row.save()
    return row


@change("speaker.removed", says=_("{by} took a speaker out of “{workshop}”"))
def remove_speaker(*, workshop: Workshop, speaker_id: UUID, by: Actor, at: datetime, id: UUID) -> None:
    need_office(by)
    workshop.speakers.filter(pk=speaker_id).delete()


@change("workshop.budgeted", says=_("{by} wrote a budget line of “{workshop}”"))
def write_budget_line(*, workshop: Workshop, label: str, quantity: int, unit: str = "", price: int = 0,
                      line_id: UUID | None = None, by: Actor, at: datetime, id: UUID) -> BudgetLine:
    """A line, new or said anew; whole rupiah. Raises NotAllowed, WrongWorkshop."""
    need_office(by)
    if not label.strip() or not 0 < quantity <= 100_000 or not 0 <= price * quantity <= MOST_MONEY:
        raise WrongWorkshop(_("Write what it is, how many, and whole rupiah."), field="label")
    row = workshop.budget.filter(pk=line_id).first() if line_id else None
    row = row or BudgetLine(id=derived_id(id, "line"), workshop=workshop)
    row.label, row.quantity, row.unit, row.price = label.strip()[:160], quantity, unit.strip()[:30], price
    row.save()
    return row


@change("workshop.unbudgeted", says=_("{by} took a budget line out of “{workshop}”"))
def remove_budget_line(*, workshop: Workshop, line_id: UUID, by: Actor, at: datetime, id: UUID) -> None:
    need_office(by)
    workshop.budget.filter(pk=line_id).delete()


@change("workshop.pictured", says=_("{by} added a picture to the folder of “{workshop}”"))
def add_photo(*, workshop: Workshop, picture: Any, caption: str = "", by: Actor, at: datetime, id: UUID) -> Photo:
    """`picture` as `files` prepared it. Raises NotAllowed, WrongWorkshop (too many), UploadRefused."""
    need_helper(by, workshop)
    if workshop.photos.count() >= MOST_PHOTOS:
        raise WrongWorkshop(_("%(n)s pictures are enough for a folder.") % {"n": MOST_PHOTOS})
    stored = store_picture(upload=picture, library_id=workshop.library_id, at=at, id=derived_id(id, "file"))
    note(library=workshop.library_id)
    return Photo.objects.create(id=derived_id(id, "photo"), workshop=workshop, file=stored, caption=caption.strip()[:160])


@change("workshop.unpictured", says=_("{by} took a picture out of the folder of “{workshop}”"))
def remove_photo(*, workshop: Workshop, photo_id: UUID, by: Actor, at: datetime, id: UUID) -> None:
    need_helper(by, workshop)
    workshop.photos.filter(pk=photo_id).delete()


@change("workshop.told", says=_("{by} wrote minutes and report of “{workshop}”"))
def write_story(*, workshop: Workshop, minutes: str, report: str, by: Actor, at: datetime, id: UUID) -> Workshop:
    """Notulen and laporan, as plain text. Raises NotAllowed."""
    need_helper(by, workshop)
    workshop.minutes, workshop.report = minutes.strip()[:8000], report.strip()[:8000]
    workshop.save(update_fields=["minutes", "report"])
    return workshop
