"""The nine steps of a journey, the working checklist, the five axes of readiness with their anchors.

No national checklist of independent replication is published; these lists are our own reading of published cases and
say so on the page. The five axes are those that the national study of 2024 looked at.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """In the order of the journey."""

    CHOSEN = "chosen", _("chosen")
    COMMITTED = "committed", _("committed")
    TRAINED = "trained", _("trained")
    BASELINE = "baseline", _("baseline measured")
    PLAN = "plan", _("plan running")
    REPORTING = "reporting", _("reporting by itself")
    SHARING = "sharing", _("sharing at a peer learning meeting")
    INDEPENDENT = "independent", _("independent")
    MENTOR = "mentor", _("mentor of another library")


ORDER: tuple[Stage, ...] = tuple(Stage)
PLACE = {stage: n for n, stage in enumerate(ORDER)}

#: how each step is reached, in one sentence
HOW: dict[Stage, Any] = {
    Stage.CHOSEN: _("A decree or letter names the library, or it was invited to a workshop."),
    Stage.COMMITTED: _("The lurah or the head of the TBM signed a letter of commitment."),
    Stage.TRAINED: _("Somebody who serves here took part in a workshop."),
    Stage.BASELINE: _("Where it starts from is written in the plan or measured by a survey."),
    Stage.PLAN: _("A plan was handed in and at least one row is going on or done."),
    Stage.REPORTING: _("Something was recorded, or the month signed, in each of three months in a row, closed months left out."),
    Stage.SHARING: _("It brought something to a peer learning meeting."),
    Stage.INDEPENDENT: _("Six months of records in a row, a running plan, and support of its own within a year."),
    Stage.MENTOR: _("Somebody who serves here is mentor of another library."),
}


class Paper(models.TextChoices):
    """Documents that a library brings."""

    SK_LOCATION = "sk_location", _("decree that names the replication libraries")
    COMMITMENT = "commitment", _("letter of commitment of the lurah or head of the TBM")
    SK_STAFF = "sk_staff", _("decree of the staff, or structure of the TBM")
    NPP = "npp", _("library number (NPP)")
    PLACE = "place", _("proof of place and internet")
    BUDGET = "budget", _("line of the budget or source of the money")
    SIM = "sim", _("account at the national reporting system (SIM)")
    LAND = "land", _("proof of the land or of its use")
    ACCREDITATION = "accreditation", _("certificate of accreditation")
    SERVICE = "service", _("service policy")
    LENDING = "lending", _("lending procedure")
    PROCESSING = "processing", _("procedure for processing books")
    MEMBERSHIP = "membership", _("membership procedure")
    CODE_OF_CONDUCT = "code_of_conduct", _("rules for visitors")
    LENDING_RULES = "lending_rules", _("lending rules")
    SERVICE_STANDARD = "service_standard", _("service standard or notice")
    COLLECTION = "collection", _("collection policy")
    DISASTER = "disaster", _("preparing for fire and flood")
    WORK_PLAN = "work_plan", _("yearly work plan")
    REPORT = "report", _("yearly report")
    OTHER = "other", _("another document")


#: papers that are written policies and procedures → the code of the fact `policy_documents` that they prove
POLICIES: dict[Paper, str] = {paper: paper.value for paper in (
    Paper.SERVICE, Paper.LENDING, Paper.PROCESSING, Paper.MEMBERSHIP, Paper.CODE_OF_CONDUCT, Paper.LENDING_RULES,
    Paper.SERVICE_STANDARD, Paper.COLLECTION, Paper.DISASTER, Paper.WORK_PLAN)} | {Paper.SK_STAFF: "organisation"}


@dataclass(frozen=True)
class Item:
    """A line of the checklist: `papers` that fulfil it; what else does is decided by `queries.checklist`."""

    code: str
    label: Any
    paper: str = ""


CHECKLIST = (
    Item("sk_location", Paper.SK_LOCATION.label, Paper.SK_LOCATION),
    Item("commitment", Paper.COMMITMENT.label, Paper.COMMITMENT),
    Item("sk_staff", Paper.SK_STAFF.label, Paper.SK_STAFF),
    Item("npp", Paper.NPP.label, Paper.NPP),
    Item("place", Paper.PLACE.label, Paper.PLACE),
    Item("budget", Paper.BUDGET.label, Paper.BUDGET),
    Item("baseline", _("baseline figures")),
    Item("delegates", _("delegates at a workshop")),
    Item("plan_signed", _("follow-up plan, acknowledged")),
    Item("sim", Paper.SIM.label, Paper.SIM),
    Item("mentoring", _("mentoring with notes")),
    Item("plm", _("peer learning meeting")),
    Item("story", _("monitoring and a verified story")),
)


class Axis(models.TextChoices):
    PROFILE = "profile", _("profile")
    COMMITMENT = "commitment", _("commitment")
    COMPETENCE = "competence", _("competence")
    ECOSYSTEM = "ecosystem", _("ecosystem")
    MONITORING = "monitoring", _("monitoring")


MOST = 4
#: what 0, 1, 2, 3 and 4 mean, in words
ANCHORS: dict[Axis, tuple[Any, ...]] = {
    Axis.PROFILE: (
        _("No place of its own, no hours told."), _("A place, open now and then."),
        _("Fixed hours, a number (NPP) or its request, a list of books."),
        _("Fixed hours kept, internet, a room for activities."),
        _("Open as people need it, everybody can enter, its profile is complete and current.")),
    Axis.COMMITMENT: (
        _("Nobody has agreed to anything."), _("Agreed by word of mouth."),
        _("A letter of commitment is signed."), _("A decree of the staff and a line in the budget."),
        _("Several sources of money, and the office defends the library by itself.")),
    Axis.COMPETENCE: (
        _("Nobody was trained."), _("One person was at a workshop."),
        _("At least two were trained and a plan is written."), _("They carry out activities and record them without help."),
        _("They teach others.")),
    Axis.ECOSYSTEM: (
        _("The library is alone."), _("One partner or group helps now and then."),
        _("Two or more partners, volunteers at work."), _("Agreements in writing, residents say what they need."),
        _("Partners and residents plan and carry activities together.")),
    Axis.MONITORING: (
        _("Nothing is recorded."), _("Recorded now and then."), _("Recorded every month."),
        _("Plan and activities are reported with proof, stories are checked."),
        _("It uses its own figures to decide and to convince.")),
}
