"""Before, right after, six weeks later: asked by itself, shown with n, response rate and interval."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as mailbox
from django.test import Client

from simpul.core.actor import VISITOR
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.gatherings.actions import ask_outcomes, invite_participants, mark_attendance
from simpul.gatherings.queries import asked_of
from simpul.gatherings.schedule import follow_up
from simpul.messages.sending import send_due
from simpul.surveys.actions import answer_survey
from simpul.surveys.models import Invitation, Response, Survey
from simpul.surveys.results import outcomes_about
from simpul.surveys.schedule import by_mail

AGREES = {"knowledge": 4, "confidence": 5, "application": 2, "awareness": 3, "agrees_to_follow_up": 1}


@pytest.fixture
def asking(make: Any, by_librarian: Any, at: datetime) -> Any:
    return ask_outcomes(gathering=make(), is_wanted=True, by=by_librarian, at=at, id=new_id())


def answer(gathering: Any, ready: str, at: datetime, **more: int) -> Response:
    version = Survey.objects.get(library=gathering.library_id, ready=ready).versions.get()
    keys = set(version.questions.values_list("key", flat=True))
    return answer_survey(version=version, answers={k: v for k, v in (AGREES | more).items() if k in keys}, channel="link",
                         about_id=gathering.pk, by=VISITOR, at=at, id=new_id())


def test_the_three_surveys_are_opened_once_for_the_library(
        asking: Any, make: Any, by_librarian: Any, by_stranger: Any, at: datetime) -> None:
    ask_outcomes(gathering=make(), is_wanted=True, by=by_librarian, at=at, id=new_id())
    assert sorted(Survey.objects.values_list("ready", flat=True)) == [
        "outcomes-after", "outcomes-baseline", "outcomes-followup"]
    with pytest.raises(NotAllowed):
        ask_outcomes(gathering=asking, is_wanted=False, by=by_stranger, at=at, id=new_id())
    assert ask_outcomes(gathering=asking, is_wanted=False, by=by_librarian, at=at, id=new_id()).asks_outcomes is False


def test_the_ticket_asks_before_and_after_and_the_answer_belongs_to_this_gathering(
        asking: Any, sign_up: Any, real_now: Any, at: datetime) -> None:
    row, browser = sign_up(asking, "Ani"), Client()
    codes = dict(Survey.objects.values_list("ready", "code"))
    before, after = (f"/survei/{codes[ready]}/?tentang={asking.pk}" for ready in ("outcomes-baseline", "outcomes-after"))
    page = browser.get(row.get_absolute_url()).content.decode()
    assert (before in page, after in page) == (True, False)
    form = {"change": new_id()} | {f"q_{key}": "4" for key in ("knowledge", "confidence", "application", "awareness")}
    for _click in range(2):
        assert browser.post(before, form).status_code == 302
    assert list(Response.objects.values_list("about_id", flat=True)) == [asking.pk]
    real_now(at + timedelta(hours=27))
    page = browser.get(row.get_absolute_url()).content.decode()
    assert (before in page, after in page) == (False, True)
    assert browser.post(f"/survei/{codes['outcomes-baseline']}/?tentang=bukan-id", form | {"change": new_id()}).status_code == 302
    assert Response.objects.filter(about_id=None).count() == 1


def test_who_came_and_agreed_stands_on_the_list_for_six_weeks_later_once(
        mail: Any, asking: Any, sign_up: Any, by_librarian: Any, at: datetime) -> None:
    rows = {name: sign_up(asking, name, contact, may_follow_up=agrees) for name, contact, agrees in (
        ("Ani", "0812 1111 2222", True), ("Budi", "budi@contoh.id", True), ("Citra", "0812 1111 3333", False),
        ("Dedi", "0812 1111 4444", True))}
    for name in ("Ani", "Budi", "Citra"):
        mark_attendance(session=asking.sessions.get(), registration=rows[name], by=by_librarian,
                        at=at + timedelta(hours=24), id=new_id())
    assert follow_up(at + timedelta(hours=30)) == 0  # the day is not over
    assert (follow_up(at + timedelta(days=2)), follow_up(at + timedelta(days=3))) == (2, 0)
    assert list(Invitation.objects.order_by("label").values_list("label", "channel", "about", "due_on", "about_id")) == [
        ("Ani", "whatsapp", "Kelas menjahit", date(2026, 4, 22), asking.pk),
        ("Budi", "mail", "Kelas menjahit", date(2026, 4, 22), asking.pk)]
    with pytest.raises(NotAllowed):
        invite_participants(by=by_librarian, at=at, id=new_id())
    mailbox.outbox.clear()
    due = datetime.fromisoformat("2026-04-22T02:00:00+00:00")
    assert (by_mail(due - timedelta(days=1)), by_mail(due), by_mail(due)) == (0, 1, 0)
    send_due(due)
    letter = mailbox.outbox[-1]
    assert letter.to == ["budi@contoh.id"]
    link = next(word for word in letter.body.split() if "/survei/undangan/" in word)
    fields = {f"q_{key}": "4" for key in ("knowledge", "confidence", "application", "awareness")} | {"q_did_something": "1"}
    assert Client().post(link.removeprefix("https://perpus.test"), {"change": new_id()} | fields, secure=True).status_code == 302
    assert Response.objects.get(invitation__label="Budi").about_id == asking.pk


def test_a_long_past_gathering_asks_nobody(asking: Any, sign_up: Any, by_librarian: Any, at: datetime) -> None:
    row = sign_up(asking, "Ani", may_follow_up=True)
    mark_attendance(session=asking.sessions.get(), registration=row, by=by_librarian, at=at + timedelta(hours=24), id=new_id())
    assert follow_up(at + timedelta(days=60)) == 0


def test_results_tell_n_rate_and_interval_and_withhold_small_groups(
        asking: Any, sign_up: Any, at: datetime, library: Any, librarian: Any, mentor: Any, sign_in: Any) -> None:
    for n in range(8):
        sign_up(asking, f"Warga {n}", f"08120000{n:04}")
    for n in range(6):
        answer(asking, "outcomes-baseline", at, confidence=2 if n else 5)
    for _n in range(3):
        answer(asking, "outcomes-after", at)
    answer(asking, "outcomes-after", at).delete()
    own = outcomes_about(asking.pk, asked=asked_of(asking), is_outsider=False)
    assert [(moment.n, moment.rate.percent if moment.rate else None) for moment in own.moments] == [
        (6, 75), (3, None), (0, None)]
    knowledge, confidence = own.outcomes[:2]
    shares = [wave.share for wave in knowledge.waves]
    assert [(one.k, one.n, one.percent, one.low, one.high) if one else None for one in shares] == [
        (6, 6, 100, 61, 100), (3, 3, 100, 44, 100), None]
    assert confidence.waves[0].share is not None
    assert confidence.waves[0].share.k == 1
    outside = outcomes_about(asking.pk, asked=asked_of(asking), is_outsider=True)
    assert [(moment.n, moment.rate) for moment in outside.moments] == [(6, None), (None, None), (0, None)]
    assert [[wave.share is not None for wave in outcome.waves] for outcome in outside.outcomes] == [
        [True, False, False], [False, False, False], [True, False, False], [True, False, False]]
    address = f"/perpustakaan/{library.code}/dampak/{asking.pk}/"
    for account in (librarian, mentor):
        assert sign_in(account).get(address).status_code == 200
    assert sign_in(librarian).get(address + "layar/").status_code == 200
    assert sign_in(mentor).get(address + "layar/").status_code == 404


def test_one_button_asks_and_asks_no_longer(make: Any, library: Any, librarian: Any, sign_in: Any) -> None:
    gathering, browser = make(), sign_in(librarian)
    address = f"/perpustakaan/{library.code}/dampak/{gathering.pk}/"
    for wanted in ("1", "0"):
        assert browser.post(address + "tanya/", {"change": new_id(), "wanted": wanted}).status_code == 302
        gathering.refresh_from_db()
        assert gathering.asks_outcomes == (wanted == "1")
    assert browser.get(address + "layar/").status_code == 404
    assert browser.get(f"/perpustakaan/{library.code}/dampak/{new_id()}/").status_code == 404
