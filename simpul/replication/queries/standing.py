"""Where a library stands: a step with its evidence, and the nine of them together."""

from dataclasses import dataclass
from datetime import date

from simpul.libraries.models import Library
from simpul.replication.queries.rhythm import Rhythm
from simpul.replication.queries.silence import Quiet
from simpul.replication.steps import PLACE, Item, Stage


@dataclass(frozen=True)
class Proof:
    """What reaches a step: words, the day it became true, where it can be opened ("" where nothing can be)."""

    label: str
    on: date | None
    url: str = ""
    is_by_hand: bool = False


@dataclass(frozen=True)
class Standing:
    """One step of one library. lost_on: since when it is lost again, and why in words."""

    stage: Stage
    proofs: tuple[Proof, ...] = ()
    lost_on: date | None = None
    lost_why: str = ""

    @property
    def is_reached(self) -> bool:
        return bool(self.proofs)

    @property
    def holds(self) -> bool:
        return self.is_reached and self.lost_on is None

    @property
    def is_lost(self) -> bool:
        return self.is_reached and self.lost_on is not None

    @property
    def reached_on(self) -> date | None:
        return min((proof.on for proof in self.proofs if proof.on), default=None)


@dataclass(frozen=True)
class Journey:
    library: Library
    steps: tuple[Standing, ...]
    quiet: Quiet
    checklist: tuple[tuple[Item, Proof | None], ...] = ()
    supports: tuple[Proof, ...] = ()
    months: int = 0  # months in a row with records, up to the last full one

    @property
    def stage(self) -> Stage | None:
        """The furthest step that holds; None: it takes no part in the programme yet, whatever it records."""
        if not self.is_in:
            return None
        return next((one.stage for one in reversed(self.steps) if one.holds), None)

    @property
    def is_in(self) -> bool:
        """Does it take part in the programme?"""
        return any(one.is_reached for one in self.steps[:PLACE[Stage.BASELINE]])

    @property
    def lost(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.steps if one.is_lost)

    @property
    def next(self) -> Standing | None:
        """The first step that does not hold: what to do next."""
        return next((one for one in self.steps if not one.holds), None)

    @property
    def rhythm(self) -> Rhythm:
        return self.quiet.rhythm

    @property
    def fulfilled(self) -> int:
        return sum(proof is not None for _item, proof in self.checklist)

    def at(self, stage: Stage) -> Standing:
        return self.steps[PLACE[stage]]
