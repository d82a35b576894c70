"""What phones told, as sentences for the staff of the library."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.accounts.models import Account
from simpul.catalogue.models import Copy
from simpul.core.actor import Actor
from simpul.core.journal import Pointer, pointers
from simpul.gatherings.models import Registration, Session
from simpul.libraries.models import Library
from simpul.people.models import AgeGroup, Card, Member, Sex
from simpul.people.queries import card_codes
from simpul.sync.kinds import KINDS
from simpul.sync.models import Event, EventQuerySet, Phone
from simpul.sync.payloads import payload_of
from simpul.sync.saying import said_of

State = Event.State


@dataclass(frozen=True)
class Shown:
    """One event on the page of decisions: what it tells, why it waits, and what can be done about it."""

    event: Event
    sentence: str
    says: str
    carrier: str
    record: Pointer | None

    @property
    def can_take(self) -> bool:
        """Is there anything that could be recorded?"""
        return not self.event.is_recorded and (self.event.kind, self.event.schema) in KINDS and self.event.text != "" and (
            self.event.reason not in ("broken", "erased", "undone"))

    @property
    def double_of(self) -> str:
        """The new member who may be here already: her page of comparison. "" for every other event."""
        return self.event.record.partition(":")[2] if "maybe_same" in self.event.flags and self.event.is_recorded else ""

    @property
    def moment(self) -> datetime | None:
        return self.event.at or self.event.occurred_at


def waiting(library: Library) -> EventQuerySet:
    """What waits for a person here, the oldest first."""
    return Event.objects.filter(library=library).to_decide().select_related("phone", "library").order_by("received_at", "seq")


def decided(library: Library) -> EventQuerySet:
    return Event.objects.filter(library=library, decided_at__isnull=False).select_related("phone", "library").order_by(
        "-decided_at")


def count_waiting(library_id: UUID) -> int:
    return Event.objects.filter(library_id=library_id).to_decide().count()


def counts_by_state(library: Library) -> dict[str, int]:
    """How many wait in each state: {"held": 2, …}."""
    rows = Event.objects.filter(library=library).to_decide().order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def shown(events: Sequence[Event], library: Library, *, reader: Actor) -> list[Shown]:
    """The events as sentences; a few questions however many they are."""
    payloads = {event.pk: payload_of(event) for event in events}
    words = _Words.of(payloads.values(), library)
    carriers = dict(Account.objects.filter(
        pk__in={event.carrier_id for event in events if event.carrier_id}).values_list("pk", "name"))
    rows = pointers([event.record for event in events if event.record], reader=reader)
    return [Shown(event, _sentence(event, payloads[event.pk], words), said_of(event),
                  carriers.get(event.carrier_id, "") if event.carrier_id else "", rows.get(event.record))
            for event in events]


@dataclass(frozen=True)
class _Words:
    """Names behind the numbers of several payloads."""

    titles: dict[str, str]
    cards: dict[str, str]
    sessions: dict[str, str]
    registrants: dict[str, str]

    @classmethod
    def of(cls, payloads: Any, library: Library) -> "_Words":
        told = list(payloads)
        copies = {text for one in told if isinstance(text := one.get("copy"), str)}
        typed = {text for one in told if isinstance(text := one.get("card"), str) and text}
        ids = {name: {text for one in told if (text := _uuid(one.get(name)))} for name in ("session", "registration")}
        titles = Copy.objects.filter(library=library, code__in={code for text in copies for code in (text, text.upper())})
        codes = {code: text for text in typed for code in card_codes(text, library)}
        cards = {codes[code]: name for code, name in Card.objects.open().filter(code__in=codes).values_list(
            "code", "member__person__name")}
        numbers = Member.objects.filter(library=library, number__in=typed).values_list("number", "person__name")
        return cls(
            titles={code: title for code, title in titles.values_list("code", "title__title")},
            cards={**dict(numbers), **cards},
            sessions={str(pk): title for pk, title in Session.objects.filter(
                library=library, pk__in=ids["session"]).values_list("pk", "gathering__title")},
            registrants={str(pk): name for pk, name in Registration.objects.filter(
                gathering__library=library, pk__in=ids["registration"]).values_list("pk", "name")})


def _uuid(text: Any) -> str:
    try:
        return str(UUID(text))
    except (ValueError, TypeError, AttributeError):
        return ""


def _text(payload: dict[str, Any], name: str) -> str:
    value = payload.get(name)
    return "".join(ch for ch in value if ch.isprintable())[:120] if isinstance(value, str) else ""


def _cell(payload: dict[str, Any]) -> str:
    sex, age = _text(payload, "sex"), _text(payload, "age_group")
    parts = [str(Sex(sex).label) if sex in Sex.values and sex else "",
             _("%(years)s years") % {"years": AgeGroup(age).label} if age in AgeGroup.values and age else ""]
    return ", ".join(part for part in parts if part)


def _total(payload: dict[str, Any]) -> int:
    cells = payload.get("cells")
    return sum(cell["n"] for cell in cells if isinstance(cell, dict) and isinstance(cell.get("n"), int)) if isinstance(
        cells, list) else 0


def _sentence(event: Event, payload: dict[str, Any], words: _Words) -> str:
    """What it tells, in one sentence; what is not known by name is said by its number."""
    card, copy = _text(payload, "card"), _text(payload, "copy")
    who = words.cards.get(card) or (_("card %(number)s") % {"number": card} if card else "")
    book = f"“{title}” ({copy})" if (title := words.titles.get(copy) or words.titles.get(copy.upper())) else (
        _("book %(number)s") % {"number": copy})
    session = words.sessions.get(_uuid(payload.get("session")), "") or _text(payload, "title") or _("an activity")
    n = _total(payload)
    people = ngettext("%(n)s person", "%(n)s people", n) % {"n": n}
    name = _text(payload, "name") or words.registrants.get(_uuid(payload.get("registration")), "") or _cell(payload)
    if event.text == "":
        return _("The text of this record was emptied.")
    told = {
        "visit.recorded": _("Visit: %(who)s") % {"who": who or _cell(payload) or _("somebody who came in")},
        "visit.tallied": _("Visits: %(people)s counted") % {"people": people},
        "loan.lent": _("%(book)s lent to %(who)s") % {"book": book, "who": who},
        "loan.returned": _("%(book)s came back") % {"book": book},
        "member.enrolled": _("New member: %(name)s") % {"name": _text(payload, "name")},
        "attendance.marked": _("Attendance at “%(session)s”: %(name)s") % {"session": session, "name": name},
        "attendance.scanned": _("Attendance at “%(session)s”: %(name)s") % {
            "session": session, "name": _("scanned %(text)s") % {"text": _text(payload, "text")[:40]}},
        "attendance.walked_in": _("Attendance at “%(session)s”: %(name)s") % {
            "session": session, "name": name or _("somebody who walked in")},
        "attendance.counted": _("“%(session)s”: %(people)s counted") % {"session": session, "people": people},
        "activity.reported": _("Report of “%(session)s”: %(summary)s") % {
            "session": session, "summary": _text(payload, "summary")},
        "event.undone": _("Something told earlier was taken back"),
    }
    return told.get(event.kind) or _("A record of the kind %(kind)s") % {"kind": event.kind or "?"}


@dataclass(frozen=True)
class LibraryCount:
    """A library's phones in figures, without names: for the city."""

    library: Library
    phones: int
    silent: int   # in use and not heard of for a week
    waiting: int  # events that wait for a person


def city_counts(libraries: Sequence[Library], silent_since: datetime) -> list[LibraryCount]:
    """Those of these libraries that have phones or waiting events; three questions."""
    ids = [library.pk for library in libraries]
    phones: dict[Any, Any] = {row["library"]: row for row in Phone.objects.in_use().filter(
        library__in=ids).order_by().values(
        "library").annotate(n=Count("pk"), silent=Count("pk", filter=Q(last_contact_at__lt=silent_since)))}
    events = {row["library"]: row["n"] for row in Event.objects.filter(library__in=ids).to_decide().order_by().values(
        "library").annotate(n=Count("pk"))}
    return [LibraryCount(library, phones.get(library.pk, {}).get("n", 0), phones.get(library.pk, {}).get("silent", 0),
                         events.get(library.pk, 0))
            for library in libraries if library.pk in phones or library.pk in events]
