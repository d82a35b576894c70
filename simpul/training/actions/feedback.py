"""How a lesson was: without a name, and once each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import VISITOR, Actor
from simpul.core.refusal import NotAllowed
from simpul.surveys.actions.answers import answer_survey
from simpul.surveys.models import Response
from simpul.training.actions.refusals import SheetClosed
from simpul.training.models import Lesson, Participant, Presence
from simpul.training.permissions import is_herself
from simpul.training.results import newest


def give_feedback(*, lesson: Lesson, participant: Participant, answers: dict[str, Any], by: Actor, at: datetime,
                  id: UUID) -> Response:
    """The answer of somebody who was there. That she answered is marked at her presence, without a moment; the answer
    arrives as a stranger's, and no journal line names both: nobody can tell which is hers. `id` must not be made from
    anything of hers. Raises NotAllowed, SheetClosed (not there, or answered already), SurveyClosed, WrongAnswer."""
    if not is_herself(by, participant):
        raise NotAllowed(_("Open your own link first."))
    version = newest(lesson.workshop.feedback_id)
    if version is None or lesson.workshop_id != participant.workshop_id:
        raise SheetClosed(_("Nothing is asked about this lesson."))
    with transaction.atomic():
        hers = Presence.objects.filter(lesson=lesson, participant=participant)
        if hers.filter(has_answered=True).exists() or not hers.valid().filter(has_answered=False).update(has_answered=True):
            raise SheetClosed(_("You answered already, or you were not marked present. Thank you."))
        return answer_survey(version=version, answers=answers, about_id=lesson.pk, by=VISITOR, at=at,
                             channel=Response.Channel.LINK, id=id)
