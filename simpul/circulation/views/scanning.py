"""What a scanned or typed text means at the desk, and doing it.

One box takes a member card, a copy's label, a name or a title in any order. The state of the desk is small and
lives in the page: the open member, a copy that waits for a borrower, and what was done last.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.catalogue.models import Copy
from simpul.catalogue.queries import DeskTitle, find_copy, find_titles_for_desk
from simpul.circulation.actions import CopyIsLent, NotLent, lend_copy, return_copy
from simpul.circulation.actions.refusals import NEVER_OVERRIDDEN, spoken
from simpul.circulation.models import Loan
from simpul.circulation.permissions import can_override
from simpul.circulation.queries import find_member
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.ids import derived_id, new_id
from simpul.core.refusal import Refusal
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.people.queries import DeskMember, find_members

#: lines of what was done that the page remembers
REMEMBERED = 8
#: a label that the scanner read twice is not a return
READ_TWICE = timedelta(seconds=60)
#: typed to close the open member without a mouse
CLOSING = frozenset({".", "selesai"})


@dataclass(frozen=True)
class Choice:
    """One of up to eight answers, taken by its number or by a tap; `pick` is what the page sends back."""

    number: int
    pick: str
    verb: str
    text: str
    note: str


@dataclass
class Desk:
    """The desk as it is now; `scan` and `pick` change it."""

    library: Library
    actor: Actor
    at: datetime
    change: UUID
    member: Member | None = None
    waiting: Copy | None = None
    done: list[tuple[str, UUID]] = field(default_factory=list)
    picks: list[str] = field(default_factory=list)
    said: str = ""
    tone: str = "good"  # good, ask, attention, stop
    choices: list[Choice] = field(default_factory=list)
    unknown: str = ""
    refused: Copy | None = None
    can_insist: bool = False
    can_swap: bool = False

    @property
    def day(self) -> date:
        return clock.local_date(self.at, self.library.time_zone)

    @property
    def is_settled(self) -> bool:
        """Can the address alone show this desk again?"""
        return not (self.choices or self.unknown or self.refused) and self.tone == "good"

    @property
    def query(self) -> str:
        """The desk as an address's query."""
        state = {"member": self.member.pk if self.member else "", "copy": self.waiting.pk if self.waiting else "",
                 "done": ",".join(f"{letter}{id}" for letter, id in self.done)}
        return urlencode({name: value for name, value in state.items() if value})

    def say(self, text: str, tone: str = "good") -> None:
        self.said, self.tone = text, tone

    def remember(self, letter: str, id: UUID) -> None:
        self.done = [(letter, id), *(line for line in self.done if line != (letter, id))][:REMEMBERED]


def desk_of(sent: Mapping[str, Any], library: Library, actor: Actor, at: datetime) -> Desk:
    """The desk that a page's query or form describes; what cannot be read is left out."""
    desk = Desk(library, actor, at, _uuid(sent.get("change")) or new_id())
    member_id, copy_id = _uuid(sent.get("member")), _uuid(sent.get("copy"))
    desk.member = find_member(member_id) if member_id else None
    if copy_id:
        desk.waiting = Copy.objects.select_related("title", "library").filter(pk=copy_id, library=library).first()
    for part in str(sent.get("done") or "").split(",")[:REMEMBERED]:
        id = _uuid(part[1:])
        if id:
            desk.done.append((part[0], id))
    desk.picks = str(sent.get("picks") or "").split(",")[:REMEMBERED]
    return desk


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def scan(desk: Desk, text: str) -> None:
    """Do what this text means."""
    text = " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())[:200]
    if not text:
        return
    if text.lower() in CLOSING:
        desk.member, desk.waiting, desk.done = None, None, []
        return
    if len(text) == 1 and text.isdecimal() and desk.picks != [""]:
        if 0 < int(text) <= len(desk.picks):
            pick(desk, desk.picks[int(text) - 1])
        else:
            desk.say(_("Choose a number from the list, or scan on."), "attention")
        return
    copy = find_copy(text, desk.library)
    if copy is not None:
        _meet_copy(desk, copy)
    else:
        _search(desk, text)


def pick(desk: Desk, picked: str, because: str = "") -> None:
    """Do what was chosen: m member, c copy, r take it back, s take it back and lend it to the open member."""
    kind, id = picked[:1], _uuid(picked[1:])
    if id is None:
        return
    if kind == "m":
        member = find_member(id)
        if member is not None and member.library_id == desk.library.pk:
            meet_member(desk, member)
        return
    copy = Copy.objects.select_related("title", "library").filter(pk=id).first()
    if copy is None:
        return
    if kind == "r":
        _take_back(desk, copy)
    elif kind == "s" and desk.member is not None:
        _swap(desk, copy)
    elif kind == "c" and desk.member is not None:
        lend(desk, copy, because)
    elif kind == "c":
        _meet_copy(desk, copy)


def meet_member(desk: Desk, member: Member) -> None:
    """Open a member; a copy that waits is lent to her."""
    if desk.member is None or desk.member.pk != member.pk:
        desk.done = []
    desk.member = member
    if desk.waiting is not None:
        lend(desk, desk.waiting)


def lend(desk: Desk, copy: Copy, because: str = "") -> None:
    """Lend a copy to the open member, or say why not and what can be done."""
    assert desk.member is not None
    desk.waiting = None
    try:
        loan = lend_copy(copy=copy, to=desk.member, by=desk.actor, at=desk.at, id=desk.change, because=because)
    except CopyIsLent as refusal:
        _meet_lent_copy(desk, copy, refusal)
    except Refusal as refusal:
        desk.say(str(refusal), "stop")
        desk.refused = copy
        desk.can_insist = (refusal.is_policy and refusal.code not in NEVER_OVERRIDDEN
                           and can_override(desk.actor, copy.library_id))
    else:
        desk.remember("L", loan.pk)


def _meet_lent_copy(desk: Desk, copy: Copy, refusal: CopyIsLent) -> None:
    """Of the open member: she brings it back, unless the scanner read its label twice. Of somebody else: it lies
    before us, so its loan is over if the desk says so."""
    assert desk.member is not None
    loan = Loan.objects.open().filter(copy=copy).select_related("member__person").first()
    if loan is None:  # another desk took it back this moment
        desk.say(str(refusal), "attention")
    elif loan.member_id != desk.member.pk:
        name = loan.member.person.name if loan.member else ""
        desk.say(_("{title} is lent to {name} until {day}.").format(
            title=copy.title.title, name=name, day=spoken(loan.due_on)), "stop")
        desk.refused, desk.can_swap = copy, True
    elif desk.at - loan.recorded_at < READ_TWICE:
        desk.say(_("{title} has just been lent to this member.").format(title=copy.title.title))
    else:
        _take_back(desk, copy)


def _take_back(desk: Desk, copy: Copy) -> bool:
    """Was it out? What stands in the way is said."""
    try:
        loan = return_copy(copy=copy, by=desk.actor, at=desk.at, id=desk.change, received_at=desk.library)
    except Refusal as refusal:
        desk.say(str(refusal), "attention")
        return False
    desk.waiting = None
    desk.remember("R", loan.pk)
    return True


def _swap(desk: Desk, copy: Copy) -> None:
    """It lies before us: the loan that says otherwise is over."""
    with suppress(NotLent):  # another desk was faster
        loan = return_copy(copy=copy, by=desk.actor, at=desk.at, id=derived_id(desk.change, "return"),
                           received_at=desk.library)
        desk.remember("R", loan.pk)
    lend(desk, copy)


def _meet_copy(desk: Desk, copy: Copy) -> None:
    """With an open member it is lent; without, it comes back, or waits for a borrower."""
    is_ours = copy.library_id == desk.library.pk
    if desk.member is not None and is_ours:
        lend(desk, copy)
    elif not _take_back(desk, copy):
        desk.said = ""
        if is_ours:
            desk.waiting = copy
        else:
            desk.say(_("This copy belongs to {library} and is not lent. Please bring it home.").format(
                library=copy.library.name), "attention")


def _search(desk: Desk, text: str) -> None:
    members = find_members(text, desk.library, REMEMBERED)
    is_code = len(members) == 1 and (any(ch.isdigit() for ch in text) or not members[0].is_own)
    titles = [] if is_code else find_titles_for_desk(text, desk.library, REMEMBERED)
    if len(members) == 1 and not titles:
        member = find_member(members[0].member_id)
        if member is not None:
            meet_member(desk, member)
            return
    _offer(desk, members, titles)
    desk.unknown = text
    if not desk.choices:
        desk.say(_("Nothing is known here as “{text}”.").format(text=text), "attention")


def _offer(desk: Desk, members: list[DeskMember], titles: list[DeskTitle]) -> None:
    """Up to eight choices: with an open member books come first, otherwise people."""
    people = [(f"m{m.member_id}", _("Open"), m.name, _line(m.number, m.birth_year, m.address)) for m in members]
    verb = _("Lend this") if desk.member else _("Choose")
    books = [(f"c{t.available[0].pk}", verb, t.title.title,
              _line(t.title.contributors_line, _("{n} on the shelf").format(n=len(t.available))))
             for t in titles if t.available]
    back = _to_take_back(desk, titles)
    rows = [*books, *back, *people] if desk.member else [*people, *books, *back]
    desk.choices = [Choice(n, *row) for n, row in enumerate(rows[:REMEMBERED], start=1)]
    if desk.choices:
        n = len(desk.choices)
        desk.say(_("Type a number from 1 to {n}, or tap.").format(n=n) if n > 1 else _("Type 1, or tap."), "ask")
    elsewhere = sum(t.elsewhere for t in titles)
    if elsewhere and not books and not back:
        desk.say(_("Not on our shelf now; {n} copies stand at other libraries.").format(n=elsewhere), "attention")


def _to_take_back(desk: Desk, titles: list[DeskTitle]) -> list[tuple[str, str, str, str]]:
    """Open loans of these titles: a book without a label comes back by its title."""
    here = [t.title for t in titles if t.here]
    if not here:
        return []
    loans = Loan.objects.open().filter(library=desk.library, copy__title__in=here).select_related(
        "copy__title", "member__person").order_by("due_on")[:REMEMBERED]
    return [(f"r{loan.copy_id}", _("Take back"), loan.copy.title.title, _("lent to {name} until {day}").format(
        name=loan.member.person.name if loan.member else "–", day=spoken(loan.due_on))) for loan in loans]


def _line(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
