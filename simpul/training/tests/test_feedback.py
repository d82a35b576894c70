"""How a lesson was: once each, and nobody can tell which answer is hers."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from simpul.core.actor import VISITOR
from simpul.core.ids import new_id
from simpul.core.models import JournalLine, JournalTouch
from simpul.core.refusal import NotAllowed
from simpul.surveys.actions.refusals import WrongAnswer
from simpul.surveys.models import Response
from simpul.training.actions import give_feedback
from simpul.training.actions.refusals import SheetClosed
from simpul.training.models import Lesson, Participant, Presence, Workshop
from simpul.training.permissions import own_link
from simpul.training.tests.conftest import LAST_HOUR
from simpul.training.tokens import participant_token

ANSWERS = {"useful": 4, "clear": 3, "part": 4}


@pytest.fixture
def first(workshop: Workshop) -> Lesson:
    return Lesson.objects.filter(workshop=workshop, jp__gt=0).select_related("workshop__gathering")[0]


def test_an_answer_is_given_once_and_belongs_to_nobody(come: Any, attend: Any, first: Lesson) -> None:
    sari, id = come(), new_id()
    attend(sari, 1)
    given = give_feedback(lesson=first, participant=sari, answers=ANSWERS, by=own_link(sari), at=LAST_HOUR, id=id)
    assert (given.about_id, given.invitation_id, given.answers) == (first.pk, None, ANSWERS)
    line = JournalLine.objects.get(pk=id)
    assert (line.verb, line.by_kind, line.by_id) == ("survey.answered", VISITOR.kind, VISITOR.id)
    assert not JournalTouch.objects.filter(line=line, row_id__in=[sari.pk, Presence.objects.get().pk]).exists()
    assert Presence.objects.get().has_answered
    with pytest.raises(SheetClosed):
        give_feedback(lesson=first, participant=sari, answers=ANSWERS, by=own_link(sari), at=LAST_HOUR, id=new_id())
    assert Response.objects.count() == 1


def test_an_answer_that_is_refused_leaves_no_mark(come: Any, attend: Any, first: Lesson) -> None:
    sari = come()
    attend(sari, 1)
    with pytest.raises(WrongAnswer):
        give_feedback(lesson=first, participant=sari, answers={"useful": 9}, by=own_link(sari), at=LAST_HOUR, id=new_id())
    assert not Presence.objects.get().has_answered


def test_only_who_was_there_and_only_herself(come: Any, attend: Any, first: Lesson) -> None:
    sari, budi = come(), come("Budi", "0812 3456 7891")
    attend(budi, 1)
    with pytest.raises(SheetClosed):
        give_feedback(lesson=first, participant=sari, answers=ANSWERS, by=own_link(sari), at=LAST_HOUR, id=new_id())
    with pytest.raises(NotAllowed):
        give_feedback(lesson=first, participant=budi, answers=ANSWERS, by=own_link(sari), at=LAST_HOUR, id=new_id())


def test_on_her_page_a_second_time_says_thank_you(come: Any, attend: Any, first: Lesson, client: Client) -> None:
    sari: Participant = come()
    attend(sari, 1)
    own = f"/bimtek/saya/{participant_token(sari.pk)}/"
    here = f"{own}kesan/{first.pk}/"
    filled = {f"q_{key}": value for key, value in ANSWERS.items()}
    with time_machine.travel(LAST_HOUR, tick=False):
        assert f'href="{here}"' in client.get(own).content.decode()
        assert client.get(here).status_code == 200
        assert client.post(here, {"change": str(new_id())} | filled).status_code == 302
        page = client.get(own).content.decode()
        assert f'href="{here}"' not in page
        assert "Sudah dijawab, terima kasih" in page
        again = client.post(here, {"change": str(new_id())} | filled)
    assert again.status_code == 422
    assert Response.objects.count() == 1
