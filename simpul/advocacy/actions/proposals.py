"""The two-page proposal of a year's road."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from simpul.advocacy.actions import checks
from simpul.advocacy.actions.evidence import take_usual
from simpul.advocacy.actions.refusals import WrongAmount, WrongChoice
from simpul.advocacy.models import Proposal
from simpul.advocacy.needs import needs_told
from simpul.advocacy.permissions import can_keep
from simpul.advocacy.road import FIRST, LAST
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library, Region

MOST_LINES = 10


@dataclass(frozen=True)
class BudgetLine:
    """`n` units at `price` rupiah each."""

    what: str
    n: int
    unit: str
    price: int


@dataclass(frozen=True)
class Texts:
    """What stands in the proposal besides figures and budget."""

    title: str
    addressed_to: str
    need: str = ""
    done: str = ""
    asked: str = ""
    expected: str = ""
    place: str = ""
    signs_as: str = ""
    signer: str = ""
    known_as: str = ""
    known_by: str = ""


@change("proposal.begun", says=_("{by} began the proposal {result}"))
def begin_proposal(*, library: Library, year: int, by: Actor, at: datetime, id: UUID) -> Proposal:
    """A first draft from the library's records of the twelve months before: what residents asked for, the usual
    figures. One a year; again: the one that is there. Raises NotAllowed, WrongChoice."""
    if not can_keep(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    if not FIRST <= year <= LAST:
        raise WrongChoice(_("Choose one of the list."), field="year")
    last = clock.local_date(at, library.time_zone)
    first = last - timedelta(days=364)
    known = Proposal.objects.filter(library=library, year=year).first()
    if known is not None:
        return known
    proposal = Proposal.objects.create(
        id=derived_id(id, "proposal"), library=library, year=year, changed_at=at, **asdict(draft(library, year)),
        )
    told = needs_told(library, first, last)
    if told:
        proposal.need = "\n".join(told)[:900]
        proposal.save(update_fields=["need"])
    take_usual(proposal, first, last, at, id)
    return proposal


def draft(library: Library, year: int) -> Texts:
    """The words that a proposal begins with, in the writer's language."""
    is_ward = library.region.level == Region.Level.VILLAGE
    place = library.region.full_name
    return Texts(
        title=_now("Proposal to develop %(library)s, %(year)s") % {"library": library.name[:90], "year": year},
        addressed_to=(_now("Lurah %(name)s") % {"name": library.region.name})[:120] if is_ward else place[:120],
        asked=_now("So that the library can go on and reach more residents, we ask for support as follows."),
        expected=_now("More residents come, read and learn a skill; each quarter we report the figures to the kelurahan."),
        place=library.region.name[:60], signs_as=_now("Head of the library"), signer="",
        known_as=(_now("Lurah %(name)s") % {"name": library.region.name})[:60] if is_ward else "")


@change("proposal.written", says=_("{by} wrote the proposal {proposal}"))
def write_proposal(*, proposal: Proposal, texts: Texts, budget: Sequence[BudgetLine], by: Actor, at: datetime,
                   id: UUID) -> Proposal:
    """Texts and budget as they shall stand. Raises NotAllowed, NameMissing, WrongAmount."""
    if not can_keep(by, proposal.library_id):
        raise NotAllowed(_("You do not work at this library."))
    for one in fields(Texts):
        most = getattr(Proposal._meta.get_field(one.name), "max_length", None) or 900
        given = getattr(texts, one.name)
        setattr(proposal, one.name, checks.told(given, most) if one.name in LONG else checks.one_line(given, most))
    checks.named(texts.title, 140, "title", _("Write a title."))
    checks.named(texts.addressed_to, 120, "addressed_to", _("Write to whom it goes."))
    proposal.budget = [asdict(_line(one, n)) for n, one in enumerate(budget)][:MOST_LINES]
    proposal.changed_at = at
    proposal.save()
    note(library=proposal.library_id)
    return proposal


LONG = {"need", "done", "asked", "expected"}


def _line(line: BudgetLine, n: int) -> BudgetLine:
    said = checks.named(line.what, 80, f"what_{n}", _("Write what it is for."))
    if not 1 <= line.n <= 100_000:
        raise WrongAmount(_("Check this number."), field=f"n_{n}")
    checks.rupiah(line.price, f"price_{n}")
    return BudgetLine(said, line.n, checks.one_line(line.unit, 20), line.price)
