"""The last two days through the desk's own actions, so that journal, Today and receipts read as they will."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from simpul.accounts.models import Account
from simpul.catalogue.models import Copy
from simpul.circulation.actions import lend_copy, return_copy
from simpul.circulation.models import Loan
from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.refusal import Refusal
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import Chance
from simpul.people.models import Member
from simpul.visits.actions import record_visit

VISITS_A_DAY = 9


def record(chance: Chance, libraries: list[Library], people: dict[UUID, list[Member]],
           copies: dict[UUID, list[Copy]], today: date) -> None:
    """Yesterday and this morning at the two libraries whose librarians may sign in."""
    now = clock.now()
    for account in Account.objects.filter(is_demonstration=True, roles__role="librarian").distinct():
        library = next(one for one in libraries if one.pk == account.roles.first().library_id)  # type: ignore[union-attr]
        by = Actor(kind=ActorKind.ACCOUNT, id=account.pk, librarian_of=frozenset({library.pk}))
        for day in (today - timedelta(days=1), today):
            opens = datetime.combine(day, time(8, 10), clock.JAKARTA)
            moments = [at for n in range(VISITS_A_DAY) if (at := opens + timedelta(minutes=23 * n)) <= now]
            for at in moments:
                sex, age = chance.choice((("P", "6-12"), ("L", "6-12"), ("P", "18-59"), ("P", "13-17"), ("L", "18-59")))
                record_visit(library=library, sex=sex, age_group=age, by=by, at=at, id=chance.id_at(at))
            _desk(chance, library, people[library.pk], copies[library.pk], moments[::3], by)


def _desk(chance: Chance, library: Library, members: list[Member], shelf: list[Copy], moments: list[datetime],
          by: Actor) -> None:
    """A few books go out and come back. A member at her limit is simply not lent to: the rules hold here too."""
    out = list(Loan.objects.open().filter(library=library).select_related("copy", "copy__library")[:len(moments)])
    on_shelf = [copy for copy in shelf if copy.state == Copy.State.AVAILABLE]
    for n, at in enumerate(moments):
        try:
            lend_copy(copy=on_shelf[n], to=chance.choice(members), by=by, at=at, id=chance.id_at(at))
            if n < len(out):
                return_copy(copy=out[n].copy, by=by, at=at, id=chance.id_at(at))
        except Refusal:
            continue
