"""Partners: added, corrected, contacted, thanked, ended."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.advocacy.actions import checks
from simpul.advocacy.actions.refusals import AlreadyThere, WrongDay
from simpul.advocacy.models import Gives, Partner, Support
from simpul.advocacy.permissions import can_keep, can_see_contact
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


@change("partner.edited", says=_("{by} corrected the partner {partner}"))
def edit_partner(*, partner: Partner, name: str, kind: str, contact_name: str = "", contact_phone: str = "",
                 notes: str = "", since_on: date | None = None, by: Actor, at: datetime, id: UUID) -> Partner:
    """Raises what `add_partner` raises."""
    _allowed(by, partner.library)
    said = checks.named(name, 120, "name", NAME_MISSING)
    same = Partner.objects.filter(library=partner.library, name_key=key_of(said)).exclude(pk=partner.pk)
    if same.exists():
        raise AlreadyThere(_("A partner of this name is in the register already."), field="name")
    partner.name, partner.name_key, partner.kind = said, key_of(said), checks.choice(kind, Partner.Kind, "kind")
    partner.contact_name = checks.one_line(contact_name, 120)
    partner.contact_phone = checks.phone(contact_phone, "contact_phone")
    partner.notes = checks.told(notes, 1000)
    partner.since_on = checks.past_day(since_on, at, partner.library, "since_on") if since_on else None
    if partner.since_on and partner.ended_on and partner.since_on > partner.ended_on:
        raise WrongDay(_("The partnership cannot end before it begins."), field="since_on")
    partner.save()
    note(library=partner.library_id)
    return partner


@change("partner.contacted", says=_("{by} was in touch with the partner {partner}"))
def mark_contacted(*, partner: Partner, by: Actor, at: datetime, id: UUID) -> Partner:
    """They were spoken or written to today. The staff of a library may say so of the city's partners too."""
    _may_name(by, partner)
    partner.contacted_on = _today(at, partner.library)
    partner.save(update_fields=["contacted_on"])
    note(library=partner.library_id)
    return partner


@change("partner.thanked", says=_("{by} thanked the partner {partner}"))
def mark_thanked(*, partner: Partner, by: Actor, at: datetime, id: UUID) -> Partner:
    """Thanks were sent today; that is a contact too."""
    _may_name(by, partner)
    partner.thanked_on = partner.contacted_on = _today(at, partner.library)
    partner.save(update_fields=["thanked_on", "contacted_on"])
    note(library=partner.library_id)
    return partner


@change("partner.ended", says=_("{by} ended the partnership with {partner}"))
def end_partner(*, partner: Partner, by: Actor, at: datetime, id: UUID) -> Partner:
    """It is a partner no longer from today on; its history stays. Whom to call is erased a year later."""
    _allowed(by, partner.library)
    partner.ended_on = max(_today(at, partner.library), partner.since_on or date.min)
    partner.save(update_fields=["ended_on"])
    note(library=partner.library_id)
    return partner


@change("partner.resumed", says=_("{by} took up the partnership with {partner} again"))
def resume_partner(*, partner: Partner, by: Actor, at: datetime, id: UUID) -> Partner:
    """Undo of ending it, or a new beginning."""
    _allowed(by, partner.library)
    partner.ended_on = None
    partner.save(update_fields=["ended_on"])
    note(library=partner.library_id)
    return partner


@change("support.recorded", says=_("{by} wrote down what {partner} gave: {result}"))
def record_support(*, partner: Partner, library: Library, kind: str, what: str = "", worth: int | None = None, on: date,
                   by: Actor, at: datetime, id: UUID) -> Support:
    """Money, goods, people or a place that a partner gave to this library outside an activity, worth so many rupiah.
    Raises NotAllowed, WrongChoice, WrongAmount, WrongDay."""
    if not can_keep(by, library.pk) or partner.library_id not in (None, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    return Support.objects.create(
        id=derived_id(id, "support"), library=library, partner=partner, kind=checks.choice(kind, Gives, "kind"),
        what=checks.one_line(what, 160), worth=checks.rupiah(worth, "worth"), happened_at=at,
        local_date=checks.past_day(on, at, library, "on"))


@change("support.voided", says=_("{by} took back what was written about a gift of {partner}"))
def void_support(*, support: Support, by: Actor, at: datetime, id: UUID) -> Support:
    """It was entered by mistake: it counts no longer."""
    return _set_void(support, at, by)


@change("support.restored", says=_("{by} put back what was written about a gift of {partner}"))
def restore_support(*, support: Support, by: Actor, at: datetime, id: UUID) -> Support:
    """Undo of taking it back."""
    return _set_void(support, None, by)


def _set_void(support: Support, voided_at: datetime | None, by: Actor) -> Support:
    if not can_keep(by, support.library_id):
        raise NotAllowed(_("You do not work at this library."))
    support.voided_at = voided_at
    support.save(update_fields=["voided_at"])
    note(library=support.library_id, partner=support.partner)
    return support


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


def _may_name(by: Actor, partner: Partner) -> None:
    if not can_see_contact(by, partner):
        raise NotAllowed(_("You do not keep the partners of this library."))


def _allowed(by: Actor, library: Library | None) -> None:
    if not can_keep(by, library.pk if library else None):
        raise NotAllowed(_("You do not keep the partners of this library."))


def key_of(name: str) -> str:
    """By what a partner is found: without accents, capitals and punctuation."""
    return fold_name(name)[:120] or name.casefold()[:120]
