"""Partners: added, corrected, contacted, thanked, ended."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.advocacy.actions import checks
from simpul.advocacy.actions.refusals import AlreadyThere
from simpul.advocacy.models import Partner
from simpul.advocacy.permissions import can_keep
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.people.queries import fold_name

NAME_MISSING = _("Write the name of the partner.")


@change("partner.added", says=_("{by} added the partner {result}"))
def add_partner(*, library: Library | None, name: str, kind: str = Partner.Kind.OTHER, contact_name: str = "",
                contact_phone: str = "", notes: str = "", since_on: date | None = None,
                by: Actor, at: datetime, id: UUID) -> Partner:
    """A partner of a library, or of the city (`library` None, by the coordinator). Raises NotAllowed, NameMissing,
    WrongChoice, WrongPhone, WrongDay; AlreadyThere where one of this name is known."""
    _allowed(by, library)
    said = checks.named(name, 120, "name", NAME_MISSING)
    since = checks.past_day(since_on, at, library, "since_on") if since_on else _today(at, library)
    partner, is_new = Partner.objects.get_or_create(
        library=library, name_key=key_of(said), defaults={
            "id": derived_id(id, "partner"), "name": said, "kind": checks.choice(kind, Partner.Kind, "kind"),
            "contact_name": checks.one_line(contact_name, 120),
            "contact_phone": checks.phone(contact_phone, "contact_phone"), "notes": checks.told(notes, 1000),
            "since_on": since, "recorded_at": at})
    if not is_new:
        raise AlreadyThere(_("A partner of this name is in the register already."), field="name")
    note(library=partner.library_id)
    return partner


def partner_named(*, library: Library, name: str, kind: str = Partner.Kind.OTHER, at: datetime, id: UUID) -> Partner:
    """The partner of this name, the library's own before the city's, however it is written; a new one of the library
    where nobody is called so. An ended partnership begins again. No change of its own: a step of the change that
    names the partner (whose actor must work at the library). Raises NameMissing."""
    said = checks.named(name, 120, "partner", NAME_MISSING)
    key = key_of(said)
    known = Partner.objects.of(library.pk).filter(name_key=key).order_by("library_id").first()
    own = Partner.objects.filter(library=library, name_key=key).first()
    found = own or known
    if found is None:
        found, _new = Partner.objects.get_or_create(library=library, name_key=key, defaults={
            "id": derived_id(id, f"partner {key}"), "name": said, "kind": checks.choice(kind, Partner.Kind, "kind"),
            "since_on": _today(at, library), "recorded_at": at})
    if found.ended_on is not None and found.library_id is not None:
        found.ended_on = None
        found.save(update_fields=["ended_on"])
    return found


def _today(at: datetime, library: Library | None) -> date:
    return clock.local_date(at, library.time_zone if library else "Asia/Jakarta")


def _allowed(by: Actor, library: Library | None) -> None:
    if not can_keep(by, library.pk if library else None):
        raise NotAllowed(_("You do not keep the partners of this library."))


def key_of(name: str) -> str:
    """By what a partner is found: without accents, capitals and punctuation."""
    return fold_name(name)[:120] or name.casefold()[:120]
