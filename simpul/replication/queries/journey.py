"""Where each library stands on its journey, from what the system holds: a fixed number of questions for any number.

Every step carries its evidence with a day and an address. A step holds, was lost again, or is open; the stage of a
library is the furthest step that holds. Rules are ours (`steps.HOW`), not an official standard.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.libraries.models import Library
from simpul.replication.models import Confirmation
from simpul.replication.queries.facts import Facts, Handed, facts_of
from simpul.replication.queries.rhythm import Rhythm, was_open
from simpul.replication.queries.silence import months_back
from simpul.replication.queries.standing import Journey, Proof, Standing
from simpul.replication.steps import CHECKLIST, ORDER, Item, Paper, Stage

#: a step that lives from records is lost after so many days of silence
LOST_AFTER = 90
RUN, LONG_RUN = 3, 6  # months in a row


def journeys(libraries: Sequence[Library], today: date) -> dict[UUID, Journey]:
    """The journey of each of these libraries; fetch them `with_hours()`."""
    facts = facts_of(libraries, today)
    return {one.pk: journey_from(one, facts, today) for one in libraries}


def journey_of(library: Library, today: date) -> Journey:
    """One library's."""
    fetched = Library.objects.with_hours().select_related("region__parent").get(pk=library.pk)
    return journeys([fetched], today)[library.pk]


def journey_from(library: Library, facts: Facts, today: date) -> Journey:
    """By the rules of `steps.HOW`; asks nothing."""
    signed = facts.signed.get(library.pk, set())
    run = _run_of_months(library, facts.records.months.get(library.pk, set()) | signed, today)
    proofs: dict[Stage, list[Proof]] = {
        Stage.CHOSEN: list(_chosen(library, facts)), Stage.COMMITTED: list(_committed(library, facts)),
        Stage.TRAINED: list(_trained(library, facts)), Stage.BASELINE: list(_baseline(library, facts)),
        Stage.PLAN: list(_planned(library, facts)), Stage.REPORTING: list(_reporting(library, run, signed)),
        Stage.SHARING: [Proof(share.meeting.title, share.meeting.held_on,
                              reverse("replication:meeting", args=[share.meeting_id]))
                        for share in facts.shares.get(library.pk, []) if share.brings],
        Stage.INDEPENDENT: [],
        Stage.MENTOR: [Proof(_("Mentor of %(library)s") % {"library": name}, since, reverse("libraries:detail", args=[code]))
                       for name, code, since in facts.mentors.get(library.pk, [])]}
    quiet = facts.quiet[library.pk]
    supports = tuple(facts.supports.get(library.pk, []))
    steps = {stage: Standing(stage, tuple(proofs[stage])) for stage in ORDER}
    steps[Stage.PLAN] = _still_running(steps[Stage.PLAN], facts.plans.get(library.pk, []), today)
    steps[Stage.REPORTING] = _still_recording(steps[Stage.REPORTING], run, quiet.rhythm)
    steps[Stage.INDEPENDENT] = _independent(library, steps, run, supports)
    for row in facts.by_hand.get(library.pk, []):
        steps[Stage(row.stage)] = _by_hand(steps[Stage(row.stage)], row)
    made = Journey(library, tuple(steps[stage] for stage in ORDER), quiet, supports=supports, months=run.current)
    return replace(made, checklist=tuple(_checklist(made, facts)))


def _papers(library: Library, facts: Facts, *kinds: str) -> Iterable[Proof]:
    for one in facts.documents.get(library.pk, []):
        if one.kind in kinds:
            label = str(Paper(one.kind).label) + (f" {one.number}" if one.number else "")
            url = reverse("replication:document_file", args=[library.code, one.pk]) if one.file_id else (
                reverse("replication:journey", args=[library.code]) + "#berkas")
            yield Proof(label, one.dated_on, url)


def _chosen(library: Library, facts: Facts) -> Iterable[Proof]:
    yield from _papers(library, facts, Paper.SK_LOCATION)
    invited = facts.invited.get(library.pk)
    if invited:
        yield Proof(_("Invited to “%(workshop)s”") % {"workshop": invited.title}, invited.day,
                    reverse("replication:cascade_library", args=[library.code]))
    for one in facts.trained.get(library.pk, [])[:1]:
        if not invited:
            yield Proof(_("Took part in “%(workshop)s”") % {"workshop": one.title}, one.day,
                        reverse("replication:cascade_library", args=[library.code]))


def _committed(library: Library, facts: Facts) -> Iterable[Proof]:
    yield from _papers(library, facts, Paper.COMMITMENT)
    agreement = facts.commitments.get(library.pk)
    if agreement:
        yield Proof(agreement.title, agreement.from_on, reverse("advocacy:partners", args=[library.code]))


def _trained(library: Library, facts: Facts) -> Iterable[Proof]:
    url = reverse("replication:cascade_library", args=[library.code])
    for one in facts.trained.get(library.pk, []):
        people = ngettext("%(n)s person", "%(n)s people", one.people) % {"n": one.people}
        yield Proof(f"{one.title} ({people})", one.day, url)
    if library.pk in facts.certified and not facts.trained.get(library.pk):
        n, day = facts.certified[library.pk]
        yield Proof(ngettext("%(n)s certificate", "%(n)s certificates", n) % {"n": n}, day, url)


def _baseline(library: Library, facts: Facts) -> Iterable[Proof]:
    for plan in facts.plans.get(library.pk, []):
        if plan.has_baseline:
            yield Proof(_("Starting figures in “%(plan)s”") % {"plan": plan.title}, plan.handed_in_on,
                        reverse("plans:plan", args=[library.code, plan.pk]))
            break
    if library.pk in facts.surveys:
        survey, title, n, first = facts.surveys[library.pk]
        answers = ngettext("%(n)s answer", "%(n)s answers", n) % {"n": n}
        yield Proof(f"{title} ({answers})", first, reverse("surveys:survey", args=[library.code, survey]))


def _planned(library: Library, facts: Facts) -> Iterable[Proof]:
    for plan in facts.plans.get(library.pk, []):
        if plan.done or plan.going:
            label = _("%(plan)s: %(done)s of %(all)s rows done") % {
                "plan": plan.title, "done": plan.done, "all": plan.rows}
            yield Proof(label, plan.first_done_on or plan.handed_in_on, reverse("plans:plan", args=[library.code, plan.pk]))


@dataclass(frozen=True)
class Run:
    """Months with records: how many in a row up to the last full one, the longest ever of the last twelve, when three
    and six in a row were full for the first time, the first month without after the last with."""

    current: int = 0
    longest: int = 0
    three_on: date | None = None
    six_on: date | None = None
    recorded: int = 0
    ended_on: date | None = None


def _run_of_months(library: Library, months: set[date], today: date) -> Run:
    """A month in which the library was closed all the time neither counts nor breaks the row."""
    run = longest = 0
    three = six = ended = None
    for n in range(12, 0, -1):
        month, following = months_back(today, n), months_back(today, n - 1)
        if month in months:
            run += 1
            ended = None
        elif not was_open(library, month, following - timedelta(days=1)):
            continue
        else:
            ended = ended or (month if run else None)
            run = 0
        longest = max(longest, run)
        three = three or (following if run >= RUN else None)
        six = six or (following if run >= LONG_RUN else None)
    return Run(run, longest, three, six, len(months), ended)


def _reporting(library: Library, run: Run, signed: set[date]) -> Iterable[Proof]:
    if not run.three_on:
        return
    if signed:
        label = ngettext("%(n)s month signed", "%(n)s months signed", len(signed)) % {"n": len(signed)}
        yield Proof(label, run.three_on, reverse("months:list", args=[library.code]))
    label = ngettext("%(n)s month of records in a row", "%(n)s months of records in a row", run.longest) % {"n": run.longest}
    yield Proof(label, run.three_on, reverse("web:figure", args=["visits"]) + f"?library={library.code}")


def _still_running(standing: Standing, plans: list[Handed], today: date) -> Standing:
    """A plan that is over counts half a year longer; then the step is lost until the next plan."""
    if not standing.is_reached:
        return standing
    ends = [plan.ends_on if plan.is_running else min(plan.closed_on or plan.ends_on, plan.ends_on) for plan in plans]
    last = max(ends, default=today) + timedelta(days=183)
    return standing if last >= today else replace(
        standing, lost_on=last, lost_why=_("The last plan is over and no new one was handed in."))


def _still_recording(standing: Standing, run: Run, rhythm: Rhythm) -> Standing:
    if not standing.is_reached:
        return standing
    if rhythm.wants_greeting and rhythm.days >= LOST_AFTER and rhythm.last_on:
        return replace(standing, lost_on=rhythm.last_on + timedelta(days=LOST_AFTER),
                       lost_why=rhythm.reason[:1].upper() + rhythm.reason[1:] + ".")
    if run.ended_on and run.current == 0:
        return replace(standing, lost_on=run.ended_on, lost_why=_("The last full month has no record."))
    return standing


def _independent(library: Library, steps: Mapping[Stage, Standing], run: Run, supports: tuple[Proof, ...]) -> Standing:
    """Six months in a row, a plan, support of its own; lost with any of what it stands on."""
    if run.six_on is None or not supports or not steps[Stage.PLAN].is_reached:
        return Standing(Stage.INDEPENDENT)
    six = Proof(ngettext("%(n)s month of records in a row", "%(n)s months of records in a row", run.longest) % {
        "n": run.longest}, run.six_on, reverse("web:figure", args=["visits"]) + f"?library={library.code}")
    made = Standing(Stage.INDEPENDENT, (six, *steps[Stage.PLAN].proofs[:1], *supports[:2]))
    broken = next((one for one in (steps[Stage.REPORTING], steps[Stage.PLAN]) if one.is_lost), None)
    return replace(made, lost_on=broken.lost_on, lost_why=broken.lost_why) if broken else made


def _by_hand(standing: Standing, row: Confirmation) -> Standing:
    """The word of a mentor: reached (also again), or lost since."""
    if row.is_lost:
        newer = any(proof.on and proof.on > row.said_on for proof in standing.proofs)
        proofs = standing.proofs or (Proof(str(_("Said by hand")), row.said_on, is_by_hand=True),)
        return replace(standing, proofs=proofs) if newer else replace(
            standing, proofs=proofs, lost_on=row.said_on, lost_why=row.reason)
    proof = Proof(row.reason, row.said_on, is_by_hand=True)
    is_again = standing.lost_on is not None and row.said_on >= standing.lost_on
    made = replace(standing, proofs=(*standing.proofs, proof))
    return replace(made, lost_on=None, lost_why="") if is_again else made


def _checklist(journey: Journey, facts: Facts) -> Iterable[tuple[Item, Proof | None]]:
    for item in CHECKLIST:
        yield item, next(iter(_fulfils(item, journey, facts)), None)


def _fulfils(item: Item, journey: Journey, facts: Facts) -> Iterable[Proof]:
    library = journey.library
    if item.paper:
        yield from _papers(library, facts, item.paper)
    plans = facts.plans.get(library.pk, [])
    if item.code == "commitment":
        yield from journey.at(Stage.COMMITTED).proofs
    elif item.code == "npp" and library.npp:
        yield Proof(f"NPP {library.npp}", None, reverse("libraries:detail", args=[library.code]))
    elif item.code == "budget":
        yield from (Proof(_("Funded rows in “%(plan)s”") % {"plan": plan.title}, plan.starts_on, reverse(
            "plans:plan", args=[library.code, plan.pk])) for plan in plans if plan.funded)
    elif item.code == "baseline":
        yield from journey.at(Stage.BASELINE).proofs
    elif item.code == "delegates":
        yield from journey.at(Stage.TRAINED).proofs
    elif item.code == "plan_signed":
        yield from (Proof(plan.acknowledged_office, plan.acknowledged_on, reverse(
            "plans:plan", args=[library.code, plan.pk])) for plan in plans if plan.acknowledged_on)
    elif item.code == "mentoring" and library.pk in facts.mentoring:
        n, last = facts.mentoring[library.pk]
        yield Proof(ngettext("%(n)s contact", "%(n)s contacts", n) % {"n": n}, last,
                    reverse("replication:journey", args=[library.code]) + "#pendampingan")
    elif item.code == "plm":
        yield from journey.at(Stage.SHARING).proofs
    elif item.code == "story" and library.pk in facts.stories:
        n, first = facts.stories[library.pk]
        yield Proof(ngettext("%(n)s verified story", "%(n)s verified stories", n) % {"n": n}, first,
                    reverse("stories:public_list"))
