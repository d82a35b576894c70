"""Tests before and after, with the same items."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.surveys.actions.answers import answer_survey
from simpul.surveys.models import Response
from simpul.training.actions.refusals import SheetClosed, WrongWorkshop, need_her, need_office, need_running
from simpul.training.models import Lesson, Participant, Sheet, Workshop
from simpul.training.permissions import as_host, can_help
from simpul.training.results import points_of, version_of

SOON, LATER = timedelta(minutes=15), timedelta(days=1)
Moment = Sheet.Moment


@change("test.keyed", says=_("{by} set the right answers of the test of “{workshop}”"))
def set_test_key(*, workshop: Workshop, key: dict[str, int], by: Actor, at: datetime, id: UUID) -> Workshop:
    """Which answer of each item is right, by the question's key; items without one do not count. Sheets that were
    filled already are marked anew. Raises NotAllowed, WrongWorkshop."""
    need_office(by)
    version = version_of(workshop)
    if version is None:
        raise WrongWorkshop(_("This workshop has no test."))
    questions = list(version.questions.all())
    known = {one.key: dict(one.options) for one in questions}
    if not key or any(place not in known.get(name, {}) for name, place in key.items()):
        raise WrongWorkshop(_("Choose the right answer of at least one item."))
    workshop.test_key = key
    workshop.save(update_fields=["test_key"])
    sheets = list(Sheet.objects.filter(participant__workshop=workshop).select_related("response"))
    for sheet in sheets:
        sheet.points, sheet.items = points_of(key, questions, sheet.response.answers)
    Sheet.objects.bulk_update(sheets, ["points", "items"])
    return workshop


@change("test.answered", says=_("{participant} filled a test of {workshop}"))
def answer_test(*, participant: Participant, moment: str, answers: dict[str, Any], from_paper: bool = False, by: Actor,
                at: datetime, id: UUID) -> Sheet:
    """Her sheet before or after; from paper by those who run the workshop, at any time after. Once each. Raises
    NotAllowed, SheetClosed, WrongAnswer."""
    need_her(by, participant)
    workshop = participant.workshop
    note(library=participant.library_id, workshop=workshop)
    need_running(workshop)
    version = version_of(workshop)
    if version is None or moment not in Moment.values:
        raise SheetClosed(_("This workshop has no test."))
    is_paper = from_paper and can_help(by, workshop.library_id)
    if not is_paper and not is_test_open(workshop, moment, at):
        raise SheetClosed(_("This test is not open now. It opens with its lesson; ask those who run the workshop."))
    if not participant.is_current:
        raise SheetClosed(_("Only participants take the test."))
    if Sheet.objects.filter(participant=participant, moment=moment, voided_at__isnull=True).exists():
        raise SheetClosed(_("This test was filled already."))
    response = answer_survey(
        version=version, answers=answers, about_id=workshop.gathering_id, by=as_host(by, workshop), at=at,
        channel=Response.Channel.PAPER if is_paper else Response.Channel.LINK, id=derived_id(id, "answer"))
    points, items = points_of(workshop.test_key, list(version.questions.all()), response.answers)
    return Sheet.objects.create(
        id=derived_id(id, "sheet"), participant=participant, library_id=participant.library_id, moment=moment,
        response=response, points=points, items=items, answered_at=at)


@change("test.voided", says=_("{by} took a test sheet of {participant} out"))
def void_sheet(*, participant: Participant, moment: str, by: Actor, at: datetime, id: UUID) -> int:
    """A sheet entered for the wrong person; its answers no longer count. Raises NotAllowed."""
    need_office(by)
    note(library=participant.library_id)
    rows = Sheet.objects.filter(participant=participant, moment=moment, voided_at__isnull=True)
    Response.objects.filter(pk__in=rows.values("response")).update(voided_at=at)
    n: int = rows.update(voided_at=at)
    return n


def is_test_open(workshop: Workshop, moment: str, at: datetime) -> bool:
    """Before: from the first day until the first topic is over. After: from its lesson (or the last day) until a day
    after the end."""
    lessons = list(workshop.lessons.filter(removed_at__isnull=True).order_by("starts_at"))
    if not lessons:
        return False
    today = clock.local_date(at, workshop.library.time_zone)
    first, last = lessons[0], lessons[-1]
    if moment == Moment.BEFORE:
        topics = [one for one in lessons if one.kind == Lesson.Kind.TOPIC]
        return today >= clock.local_date(first.starts_at, workshop.library.time_zone) and at <= (topics or lessons)[0].ends_at
    its = [one for one in lessons if one.kind == Lesson.Kind.POST_TEST]
    opens = its[0].starts_at - SOON if its else last.starts_at
    return opens <= at <= last.ends_at + LATER
