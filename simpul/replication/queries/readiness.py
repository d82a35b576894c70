"""How ready a library is: the latest score of each axis with its history, and what the system suggests as evidence."""

from dataclasses import dataclass

from simpul.libraries.models import Library
from simpul.replication.models import Score
from simpul.replication.queries.standing import Journey, Proof
from simpul.replication.steps import ANCHORS, Axis, Stage


@dataclass(frozen=True)
class AxisLine:
    """One axis: the score in force (None: not scored), earlier ones, evidence that the system knows."""

    axis: Axis
    score: Score | None
    history: tuple[Score, ...]
    evidence: tuple[Proof, ...]

    @property
    def anchors(self) -> list[tuple[int, str]]:
        return [(n, str(text)) for n, text in enumerate(ANCHORS[self.axis])]

    @property
    def moved(self) -> int:
        """Points more (or fewer) than the time before."""
        return self.score.points - self.history[0].points if self.score and self.history else 0


#: which items of the checklist and which steps speak for an axis
ITEMS = {Axis.PROFILE: ("npp", "place", "baseline"), Axis.COMMITMENT: ("sk_location", "commitment", "sk_staff", "budget"),
         Axis.COMPETENCE: ("delegates", "plan_signed"), Axis.ECOSYSTEM: ("mentoring", "plm"),
         Axis.MONITORING: ("sim", "story")}
STEPS = {Axis.COMPETENCE: (Stage.PLAN, Stage.MENTOR), Axis.MONITORING: (Stage.REPORTING,)}


def readiness(library: Library, journey: Journey) -> list[AxisLine]:
    """Five lines; one question."""
    rows: dict[str, list[Score]] = {}
    for row in Score.objects.standing().filter(library=library).select_related("account"):
        rows.setdefault(row.axis, []).append(row)
    return [AxisLine(axis, *_latest(rows.get(axis, [])), _evidence(axis, journey)) for axis in Axis]


def _latest(rows: list[Score]) -> tuple[Score | None, tuple[Score, ...]]:
    return (rows[0], tuple(rows[1:])) if rows else (None, ())


def _evidence(axis: Axis, journey: Journey) -> tuple[Proof, ...]:
    found = [proof for item, proof in journey.checklist if proof and item.code in ITEMS[axis]]
    found += [proof for stage in STEPS.get(axis, ()) for proof in journey.at(stage).proofs[:1]]
    if axis == Axis.ECOSYSTEM:
        found += journey.supports[:3]
    return tuple(dict.fromkeys(found))
