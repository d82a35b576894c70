"""Agreements: signed, corrected, renewed, taken back."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.advocacy.actions import checks
from simpul.advocacy.actions.refusals import AlreadyThere, NameMissing, WrongDay
from simpul.advocacy.models import Agreement, Partner
from simpul.advocacy.permissions import can_keep
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.files.actions import store_document, store_picture
from simpul.files.models import StoredFile
from simpul.files.pictures import Prepared
from simpul.libraries.models import City, Library


@change("agreement.kept", says=_("{by} kept the agreement {result}"))
def keep_agreement(*, library: Library | None, kind: str, title: str, partner: Partner | None = None, office: str = "",
                   number: str = "", from_on: date, until_on: date | None = None, document: Prepared | None = None,
                   renews: Agreement | None = None, by: Actor, at: datetime, id: UUID) -> Agreement:
    """An agreement with a partner or an office, of a library or of the city; with `renews` it takes the place of an
    older one. Raises NotAllowed, NameMissing, WrongChoice, WrongDay, AlreadyThere (it was renewed already)."""
    _allowed(by, library.pk if library else None)
    if renews is not None:
        if renews.library_id != (library.pk if library else None):
            raise NotAllowed(_("You do not keep the agreements of this library."))
        if Agreement.objects.counting().filter(renews=renews).exists():
            raise AlreadyThere(_("This agreement has been renewed already."))
    told = _checked(library, kind, title, partner, office, number, from_on, until_on, at)
    return Agreement.objects.create(id=derived_id(id, "agreement"), library=library, renews=renews, recorded_at=at,
                                    document=store(document, library, at, id), **told)


@change("agreement.edited", says=_("{by} corrected the agreement {agreement}"))
def edit_agreement(*, agreement: Agreement, kind: str, title: str, partner: Partner | None = None, office: str = "",
                   number: str = "", from_on: date, until_on: date | None = None, document: Prepared | None = None,
                   by: Actor, at: datetime, id: UUID) -> Agreement:
    """Without a new document the old one stays. Raises what `keep_agreement` raises."""
    _allowed(by, agreement.library_id)
    told = _checked(agreement.library, kind, title, partner, office, number, from_on, until_on, at)
    for name, value in told.items():
        setattr(agreement, name, value)
    if document is not None:
        agreement.document = store(document, agreement.library, at, id)
    agreement.save()
    note(library=agreement.library_id)
    return agreement


@change("agreement.voided", says=_("{by} took back the agreement {agreement}"))
def void_agreement(*, agreement: Agreement, by: Actor, at: datetime, id: UUID) -> Agreement:
    """It was entered by mistake."""
    return _set_void(agreement, at, by)


@change("agreement.restored", says=_("{by} put back the agreement {agreement}"))
def restore_agreement(*, agreement: Agreement, by: Actor, at: datetime, id: UUID) -> Agreement:
    """Undo of taking it back. Raises AlreadyThere where another took the place of the one it renewed."""
    if agreement.renews_id and Agreement.objects.counting().filter(renews=agreement.renews_id).exclude(
            pk=agreement.pk).exists():
        raise AlreadyThere(_("This agreement has been renewed already."))
    return _set_void(agreement, None, by)


def _set_void(agreement: Agreement, voided_at: datetime | None, by: Actor) -> Agreement:
    _allowed(by, agreement.library_id)
    agreement.voided_at = voided_at
    agreement.save(update_fields=["voided_at"])
    note(library=agreement.library_id)
    return agreement


def store(document: Prepared | None, library: Library | None, at: datetime, id: UUID) -> StoredFile | None:
    """A step of a change: the paper it is about, a PDF or a picture. The city's files are kept under its own id."""
    if document is None:
        return None
    keep = store_picture if document.kind == StoredFile.Kind.PICTURE else store_document
    return keep(upload=document, library_id=library.pk if library else City.objects.get().pk, at=at,
                id=derived_id(id, "document"))


def _checked(library: Library | None, kind: str, title: str, partner: Partner | None, office: str, number: str,
             from_on: date, until_on: date | None, at: datetime) -> dict[str, Any]:
    if partner is not None and partner.library_id not in (None, library.pk if library else None):
        raise NotAllowed(_("This partner belongs to another library."))
    said = checks.one_line(office, 120) if partner is None else ""
    if partner is None and len(said) < 2:
        raise NameMissing(_("Choose a partner, or write the name of the office."), field="office")
    checks.coming_day(from_on, at, "from_on")
    if until_on is not None and until_on < from_on:
        raise WrongDay(_("The last day lies before the first."), field="until_on")
    if until_on is not None and until_on.year > from_on.year + 50:
        raise WrongDay(_("Check the year."), field="until_on")
    return {"kind": checks.choice(kind, Agreement.Kind, "kind"), "partner": partner, "office": said,
            "title": checks.named(title, 160, "title", _("Write what was agreed.")),
            "number": checks.one_line(number, 60), "from_on": from_on, "until_on": until_on}


def _allowed(by: Actor, library_id: UUID | None) -> None:
    if not can_keep(by, library_id):
        raise NotAllowed(_("You do not keep the agreements of this library."))
