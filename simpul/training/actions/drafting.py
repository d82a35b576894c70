"""A workshop from a curriculum that somebody else brought: a kit, a file of another city."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.libraries.models import Library
from simpul.surveys.actions import make_survey, publish, write_question
from simpul.surveys.actions.surveys import open_ready_survey
from simpul.surveys.models import Question, Survey
from simpul.training.actions.planning import make, need_day, placed
from simpul.training.actions.refusals import WrongTimes, WrongWorkshop, need_office
from simpul.training.models import BudgetLine, Workshop
from simpul.training.permissions import as_host
from simpul.training.programmes import BudgetPlanned, LessonPlanned

MOST_LESSONS, MOST_ITEMS, MOST_HANDOUTS = 80, 40, 60


@dataclass(frozen=True)
class CurriculumItem:
    """One item, the same before and after; `right` is the place of the right answer, from 1, 0 where none counts."""

    text: str
    choices: tuple[str, ...]
    right: int = 0


@dataclass(frozen=True)
class Handout:
    """Something to read and take along: its text, or a link."""

    title: str
    text: str = ""
    link: str = ""
    audience: str = ""


@dataclass(frozen=True)
class Curriculum:
    """What a workshop is made of. `key` says where it came from ("bimtek-tpbis 1.0.0"), at most 40 letters; lessons on
    days counted from 1; `feedback` and `baseline` name ready-made surveys, "" for none."""

    key: str
    title: str
    lessons: tuple[LessonPlanned, ...]
    aims: str = ""
    background: str = ""
    organiser: str = ""
    quota: int = 2
    capacity: int | None = 40
    test_title: str = ""
    test: tuple[CurriculumItem, ...] = ()
    handouts: tuple[Handout, ...] = ()
    feedback: str = "bimtek-feedback"
    baseline: str = "bimtek-baseline"
    budget: tuple[BudgetPlanned, ...] = ()
    achievement: str = ""   # what its certificate says was achieved, and for what
    criteria: str = ""


@change("workshop.drafted", says=_("{by} drafted the workshop “{result}” from a curriculum"))
def draft_from(*, programme: Curriculum, library: Library, first_on: date, title: str = "", venue: str = "", by: Actor,
               at: datetime, id: UUID) -> Workshop:
    """A draft hosted by `library`, with the curriculum's lessons from `first_on` on, the facilitators' guides, its test
    with the right answers, what is handed out, budget lines; all of it may be changed. Raises NotAllowed,
    WrongWorkshop, WrongTimes, WrongQuestion."""
    need_office(by)
    need_day(first_on)
    if not programme.lessons:
        raise WrongTimes(_("This curriculum has no lesson."))
    if len(programme.lessons) > MOST_LESSONS or len(programme.test) > MOST_ITEMS:
        raise WrongWorkshop(_("This curriculum is too long for a workshop."))
    zone = ZoneInfo(library.time_zone)
    workshop = make(library, [placed(one, first_on, zone) for one in programme.lessons], Workshop(
        library=library, template=programme.key[:40], aims=programme.aims.strip()[:2000], venue=venue.strip()[:160],
        background=programme.background.strip()[:4000], organiser=programme.organiser[:160], quota=programme.quota,
        handouts=[asdict(one) for one in programme.handouts[:MOST_HANDOUTS]],
        achievement=programme.achievement.strip()[:200], criteria=programme.criteria.strip()[:800]),
        title.strip() or programme.title, programme.capacity, by, at, id)
    _ask(workshop, programme, as_host(by, workshop), at, id)
    BudgetLine.objects.bulk_create([
        BudgetLine(id=derived_id(id, f"budget {n}"), workshop=workshop, label=one.label, quantity=one.quantity,
                   unit=one.unit, price=one.price) for n, one in enumerate(programme.budget)])
    note(workshop=workshop)
    return workshop


def _ask(workshop: Workshop, programme: Curriculum, host: Actor, at: datetime, id: UUID) -> None:
    for name in ("feedback", "baseline"):
        ready = getattr(programme, name)
        if ready:
            setattr(workshop, name, open_ready_survey(
                library=workshop.library, ready=ready, by=host, at=at, id=derived_id(id, name)))
    if programme.test:
        workshop.test = make_survey(
            library=workshop.library, title=(programme.test_title or programme.title)[:120], purpose=Survey.Purpose.TEST,
            by=host, at=at, id=derived_id(id, "test"))
        for n, one in enumerate(programme.test):
            asked = write_question(survey=workshop.test, kind=Question.Kind.ONE, text=one.text, choices=one.choices,
                                   by=host, at=at, id=derived_id(id, f"item {n}"))
            if 1 <= one.right <= len(one.choices):
                workshop.test_key[asked.key] = one.right
        publish(survey=workshop.test, by=host, at=at, id=derived_id(id, "test published"))
    workshop.save(update_fields=["test", "test_key", "feedback", "baseline"])
