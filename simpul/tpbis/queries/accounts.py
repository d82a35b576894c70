"""Accounts and colours in SIM: where each library stands, how it was before, the city together."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from simpul.libraries.models import Library
from simpul.replication.models import Document
from simpul.replication.queries.silence import months_back
from simpul.replication.steps import Paper
from simpul.tpbis.models import SimAccount, SimColour
from simpul.tpbis.parts import Colour

MONTHS = 12
OLD = timedelta(days=100)  # a colour that nobody looked at for so long says little


@dataclass(frozen=True)
class Standing:
    """One library on a day. `state` is a SimAccount.State or "" where nobody told; `colour` the last one read, `before`
    the one read before it."""

    library: Library
    state: str = ""
    since_on: date | None = None
    told_by: str = ""
    colour: str = ""
    read_on: date | None = None
    read_by: str = ""
    before: str = ""

    @property
    def has_account(self) -> bool:
        return self.state == SimAccount.State.YES

    @property
    def state_label(self) -> str:
        return str(SimAccount.State(self.state).label) if self.state else ""

    @property
    def colour_label(self) -> str:
        return str(Colour(self.colour).label) if self.colour else ""

    @property
    def before_label(self) -> str:
        return str(Colour(self.before).label) if self.before else ""

    @property
    def turned_red(self) -> bool:
        return self.colour == Colour.RED and self.before not in ("", Colour.RED)

    def is_old(self, day: date) -> bool:
        return self.read_on is not None and day - self.read_on > OLD


def standings(libraries: Sequence[Library], day: date) -> dict[UUID, Standing]:
    """Of each of these libraries; three questions. A paper of the account counts where nobody told otherwise."""
    ids = [one.pk for one in libraries]
    accounts: dict[UUID, SimAccount] = {}
    for row in SimAccount.objects.standing().filter(library_id__in=ids, told_on__lte=day).select_related("account"):
        accounts.setdefault(row.library_id, row)
    colours: dict[UUID, list[SimColour]] = defaultdict(list)
    for read in SimColour.objects.standing().filter(library_id__in=ids, told_on__lte=day).select_related("account"):
        colours[read.library_id].append(read)
    papers = dict(Document.objects.standing().filter(library_id__in=ids, kind=Paper.SIM, dated_on__lte=day).order_by(
        "-dated_on").values_list("library_id", "dated_on"))
    return {one.pk: _standing(one, accounts.get(one.pk), colours.get(one.pk, []), papers.get(one.pk)) for one in libraries}


def _standing(library: Library, account: SimAccount | None, read: Sequence[SimColour], paper: date | None) -> Standing:
    state, since, teller = "", None, ""
    if account is not None:
        state, since, teller = account.state, account.told_on, account.account.name if account.account else ""
    elif paper is not None:
        state, since = SimAccount.State.YES.value, paper
    now = read[0] if read else None
    return Standing(library, state, since, teller, now.colour if now else "", now.told_on if now else None,
                    now.account.name if now and now.account else "", read[1].colour if len(read) > 1 else "")


@dataclass(frozen=True)
class Month:
    """How many libraries had which colour at the end of a month, as last read by then."""

    first_on: date
    green: int
    yellow: int
    red: int
    accounts: int


@dataclass(frozen=True)
class City:
    """The libraries together: counts, whom to help, the last twelve months."""

    lines: tuple[Standing, ...]
    months: tuple[Month, ...]

    def _of(self, colour: str) -> int:
        return sum(one.colour == colour and one.has_account for one in self.lines)

    @property
    def accounts(self) -> int:
        return sum(one.has_account for one in self.lines)

    @property
    def asked(self) -> int:
        return sum(one.state == SimAccount.State.ASKED for one in self.lines)

    @property
    def unknown(self) -> int:
        return sum(not one.state for one in self.lines)

    @property
    def without(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.lines if not one.has_account)

    @property
    def green(self) -> int:
        return self._of(Colour.GREEN)

    @property
    def yellow(self) -> int:
        return self._of(Colour.YELLOW)

    @property
    def red(self) -> int:
        return self._of(Colour.RED)

    @property
    def unread(self) -> int:
        return sum(one.has_account and not one.colour for one in self.lines)

    @property
    def turned_red(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.lines if one.turned_red)


def city_of(libraries: Sequence[Library], day: date) -> City:
    """Five questions, whatever the number of libraries."""
    found = standings(libraries, day)
    return City(tuple(found[one.pk] for one in libraries), _months([one.pk for one in libraries], day))


def _months(ids: Sequence[UUID], day: date) -> tuple[Month, ...]:
    colours = list(SimColour.objects.standing().filter(library_id__in=ids, told_on__lte=day).order_by(
        "told_on", "recorded_at").values_list("told_on", "library_id", "colour"))
    accounts = list(SimAccount.objects.standing().filter(library_id__in=ids, told_on__lte=day).order_by(
        "told_on", "recorded_at").values_list("told_on", "library_id", "state"))
    made = []
    for n in range(MONTHS - 1, -1, -1):
        first, after = months_back(day, n), months_back(day, n - 1)
        now = {library: colour for on, library, colour in colours if on < after}
        has = {library: state for on, library, state in accounts if on < after}
        count = Counter(now.values())
        made.append(Month(first, count["green"], count["yellow"], count["red"],
                          sum(state == SimAccount.State.YES for state in has.values())))
    return tuple(made)
