"""Who helps."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.phones import normalise
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.volunteers.actions.refusals import (
    AlreadyThere,
    ConsentMissing,
    NothingGiven,
    WrongDay,
    WrongNumber,
    need_day,
    need_keeper,
    need_manager,
)
from simpul.volunteers.models import Handover, Helper, Pattern, account_of

PHONE_KEPT = timedelta(days=90)    # after she stopped
NAME_KEPT = timedelta(days=730)    # a letter of service may still be asked for
NOTE_KEPT = timedelta(days=90)     # from one duty to the next


@dataclass(frozen=True)
class HelperGiven:
    """What is written of a helper. A phone needs `phone_agreed`; a child needs its guardian's name and consent."""

    name: str
    since_on: date
    phone: str = ""
    phone_agreed: bool = False
    likes: str = ""
    is_minor: bool = False
    guardian_name: str = ""
    guardian_agreed: bool = False


@change("helper.joined", says=_("{by} helps at {library} as a volunteer"))
def join(*, library: Library, by: Actor, at: datetime, id: UUID) -> Helper:
    """A member of the staff says: I help here. Again after stopping: she helps again. Raises NotAllowed."""
    need_keeper(by, library.pk)
    account = account_of(by)
    if account is None:
        raise NotAllowed(_("Sign in with your own account."))
    today = clock.local_date(at, library.time_zone)
    helper = Helper.objects.filter(library=library, account_id=account).first()
    if helper is None:
        return Helper.objects.create(id=derived_id(id, "helper"), library=library, account_id=account, since_on=today,
                                     name=Account.objects.get(pk=account).name, recorded_at=at)
    if helper.ended_on is not None:
        helper.ended_on = None
        helper.save(update_fields=["ended_on"])
    return helper


@change("helper.added", says=_("{by} added a volunteer at {library}"))
def add_helper(*, library: Library, given: HelperGiven, account: Account | None = None, by: Actor, at: datetime,
               id: UUID) -> Helper:
    """Raises NothingGiven, WrongNumber, ConsentMissing, WrongDay, AlreadyThere, NotAllowed."""
    need_manager(by, library.pk)
    values = _values(given, clock.local_date(at, library.time_zone), None)
    if account and Helper.objects.filter(library=library, account=account).exists():
        raise AlreadyThere(_("This account is a volunteer here already."), field="account")
    return Helper.objects.create(id=derived_id(id, "helper"), library=library, account=account, recorded_at=at, **values)


@change("helper.changed", says=_("{by} changed what is written of {helper}"))
def change_helper(*, helper: Helper, given: HelperGiven, by: Actor, at: datetime, id: UUID) -> Helper:
    """Consents keep the day on which they were given. Raises as `add_helper`."""
    need_manager(by, helper.library_id)
    values = _values(given, clock.local_date(at, helper.library.time_zone), helper)
    for name, value in values.items():
        setattr(helper, name, value)
    helper.save(update_fields=list(values))
    return helper


@change("helper.ended", says=_("{helper} no longer helps at {library}"))
def end_helper(*, helper: Helper, by: Actor, at: datetime, id: UUID) -> Helper:
    """Her turns of the roster end with it; hours and letters stay. Her phone is erased after 90 days, her name becomes
    initials after two years."""
    need_manager(by, helper.library_id)
    if helper.ended_on is None:
        helper.ended_on = max(clock.local_date(at, helper.library.time_zone), helper.since_on)
        helper.save(update_fields=["ended_on"])
        Pattern.objects.filter(helper=helper, until_on__isnull=True).update(until_on=helper.ended_on)
    return helper


@change("helper.restored", says=_("{helper} helps at {library} again"))
def restore_helper(*, helper: Helper, by: Actor, at: datetime, id: UUID) -> Helper:
    """Within the time her name is kept; turns that ended on the same day stand again."""
    need_manager(by, helper.library_id)
    if helper.forgotten_at is not None:
        raise NothingGiven(_("Her name is no longer kept. Write her down anew."))
    if helper.ended_on is not None:
        Pattern.objects.filter(helper=helper, until_on=helper.ended_on).update(until_on=None)
        helper.ended_on = None
        helper.save(update_fields=["ended_on"])
    return helper


def forgettable(at: datetime) -> tuple[QuerySet[Helper], QuerySet[Helper], QuerySet[Handover]]:
    """Helpers whose phone is due to go, those whose name is, and notes that are old."""
    phone_day, name_day = (at - PHONE_KEPT).date(), (at - NAME_KEPT).date()
    return (Helper.objects.filter(ended_on__lt=phone_day).exclude(phone=""),
            Helper.objects.filter(ended_on__lt=name_day, forgotten_at__isnull=True),
            Handover.objects.filter(happened_at__lt=at - NOTE_KEPT))


@change("helpers.forgotten", says=_("{by} erased what was kept of {n} former volunteers and old notes"))
def forget_helpers(*, by: Actor, at: datetime, id: UUID) -> int:
    """The schedule calls it; how many rows."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    phones, names, notes = forgettable(at)
    n = phones.update(phone="", phone_agreed_on=None) + notes.delete()[0]
    for helper in names:
        _forget(helper, at)
        n += 1
    note(n=n)
    return n


@change("helper.forgotten", says=_("{by} erased what was kept of a former volunteer of {library}"))
def forget_helper(*, helper: Helper, by: Actor, at: datetime, id: UUID) -> Helper:
    """At her own wish: name to initials, phone and everything else gone, hours stay as numbers. She stops with it."""
    need_manager(by, helper.library_id)
    if helper.ended_on is None:
        helper.ended_on = max(clock.local_date(at, helper.library.time_zone), helper.since_on)
        Pattern.objects.filter(helper=helper, until_on__isnull=True).update(until_on=helper.ended_on)
    _forget(helper, at)
    return helper


def _forget(helper: Helper, at: datetime) -> None:
    helper.name, helper.phone, helper.phone_agreed_on, helper.likes = helper.initials or "–", "", None, ""
    helper.guardian_name, helper.guardian_agreed_on, helper.account_id, helper.forgotten_at = "", None, None, at
    helper.save(update_fields=["name", "phone", "phone_agreed_on", "likes", "guardian_name", "guardian_agreed_on",
                               "account", "forgotten_at", "ended_on"])
    helper.thanks.all().delete()


def _values(given: HelperGiven, today: date, before: Helper | None) -> dict[str, str | bool | date | None]:
    name, phone = given.name.strip()[:120], ""
    if not name:
        raise NothingGiven(_("What is the name?"), field="name")
    need_day(given.since_on, "since_on")
    if given.since_on > today + timedelta(days=60):
        raise WrongDay(_("This day lies far ahead."), field="since_on")
    if given.phone.strip():
        phone = normalise(given.phone) or ""
        if not phone:
            raise WrongNumber(_("This is no phone number. For example: 0812-3456-7890."), field="phone")
        if not given.phone_agreed:
            raise ConsentMissing(_("Her number is kept only if she agrees."), field="phone_agreed")
    if given.is_minor and not (given.guardian_name.strip() and given.guardian_agreed):
        raise ConsentMissing(_("Somebody under 18 helps only if a parent or guardian agrees. Write down who."),
                             field="guardian_name" if not given.guardian_name.strip() else "guardian_agreed")
    agreed = before.phone_agreed_on if before and before.phone == phone else None
    guardian = before.guardian_agreed_on if before and before.guardian_name == given.guardian_name.strip() else None
    return {"name": name, "since_on": given.since_on, "phone": phone, "likes": given.likes.strip()[:300],
            "phone_agreed_on": (agreed or today) if phone else None, "is_minor": given.is_minor,
            "guardian_name": given.guardian_name.strip()[:120] if given.is_minor else "",
            "guardian_agreed_on": (guardian or today) if given.is_minor else None}


def erase_by_phone(library_id: UUID, phone: str) -> None:
    """Within the change that erases a person: rows with her number here forget it."""
    Helper.objects.filter(Q(library_id=library_id), phone=phone).exclude(phone="").update(phone="", phone_agreed_on=None)


def erase_by_name(library_id: UUID, name: str, at: datetime) -> None:
    """Within the change that erases a person, after `erase_by_phone`: a helper of this whole name without a number of her
    own is she. A single word would be anybody's, a namesake with another number stays."""
    for helper in Helper.objects.filter(library_id=library_id, name__iexact=name, phone="", forgotten_at__isnull=True):
        _forget(helper, at)
    for note_of_duty in Handover.objects.filter(library_id=library_id, text__icontains=name):
        note_of_duty.text = re.sub(re.escape(name), "…", note_of_duty.text, flags=re.IGNORECASE)
        note_of_duty.save(update_fields=["text"])
