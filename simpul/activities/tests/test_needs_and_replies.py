"""From a need to an activity and back to who voiced it; every report gets a human reply."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.test import Client

from simpul.activities.actions import (
    answer_report,
    cancel_activity,
    choose_needs,
    plan_activity,
    read_reply,
    withdraw_reply,
    write_result,
)
from simpul.activities.actions.planning import Details
from simpul.activities.actions.replies import NothingReported, ReplyMissing
from simpul.activities.models import Activity, Reply
from simpul.activities.next_steps import need_unplanned, reply_unread
from simpul.activities.queries import needs_behind, needs_to_choose, voices_to_tell
from simpul.core.actor import VISITOR, Actor, ActorKind, Role
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.gatherings.actions import SessionGiven
from simpul.libraries.models import Library
from simpul.surveys.actions import leave_voice
from simpul.surveys.models import Voice


@pytest.fixture
def heard(library: Library, at: Any) -> Any:
    """A voice that was read, `days` before the moment of tests."""

    def made(text: str = "Kelas menjahit", *, theme: str = "skills", state: str = "accepted", days: int = 3,
             **given: Any) -> Voice:
        voice = leave_voice(**({"library": library, "text": text, "theme": theme, "by": VISITOR,
                                "at": at - timedelta(days=days), "id": new_id()} | given))
        Voice.objects.filter(pk=voice.pk).update(state=state)
        voice.refresh_from_db()
        return voice

    return made


def state_of(voice: Voice) -> tuple[str, str]:
    voice.refresh_from_db()
    return voice.state, voice.answered_by


def test_a_plan_answers_needs_until_it_is_reported_and_they_are_done(
        plan: Any, heard: Any, library: Library, by_librarian: Actor, at: Any) -> None:
    first, second = heard("Kelas jahit", neighbourhood="RW 05"), heard("Jahit tas", neighbourhood="rw. 05")
    heard("Cek tensi", theme="health")
    heard("belum dibaca", state="new", neighbourhood="RW 05")
    choice = next(one for one in needs_to_choose(library.pk) if one.theme == "skills")
    assert (choice.people, choice.key, set(choice.voices)) == (2, "skills|rw 05", {first.pk, second.pk})
    activity = plan(voices=choice.voices)
    mine = f"activities.Activity:{activity.pk}"
    assert [state_of(first), state_of(second)] == [("planned", mine)] * 2
    assert [(one.theme, one.people, one.is_small) for one in needs_behind(activity)] == [("skills", 2, True)]
    write_result(activity=activity, result="Selesai", by=by_librarian, at=at, id=new_id())
    assert [state_of(first), state_of(second)] == [("answered", mine)] * 2


def test_another_library_s_unread_and_taken_voices_are_passed_over(
        plan: Any, heard: Any, other_library: Library, by_librarian: Actor, at: Any) -> None:
    there, unread, taken = heard("Di sana", library=other_library), heard("Rahasia", state="new"), heard("Dongeng")
    plan(voices=[taken.pk])
    activity = plan()
    assert choose_needs(activity=activity, voices=[there.pk, unread.pk, taken.pk, new_id()], by=by_librarian, at=at,
                        id=new_id()) == 0
    assert (state_of(there), state_of(unread)) == (("accepted", ""), ("new", ""))
    assert state_of(taken)[1] != f"activities.Activity:{activity.pk}"


def test_a_need_let_go_or_called_off_waits_again_and_hidden_words_stay_hidden(
        plan: Any, heard: Any, by_librarian: Actor, at: Any) -> None:
    shown, hidden = heard(), heard("Nama saya Ani")
    Voice.objects.filter(pk=hidden.pk).update(is_shown=False)
    activity = plan(voices=[shown.pk, hidden.pk])
    hidden.refresh_from_db()
    assert (hidden.state, hidden.is_shown) == ("planned", False)
    choose_needs(activity=activity, voices=[hidden.pk], by=by_librarian, at=at, id=new_id())
    assert (state_of(shown), state_of(hidden)[0]) == (("accepted", ""), "planned")
    cancel_activity(activity=activity, by=by_librarian, at=at, id=new_id())
    assert state_of(hidden) == ("accepted", "")
    assert activity.gathering.is_cancelled


def test_the_same_choice_twice_is_one_and_strangers_choose_nothing(
        plan: Any, heard: Any, by_librarian: Actor, by_stranger: Actor, by_mentor: Actor, at: Any) -> None:
    voice, activity, id = heard(), plan(), new_id()
    for _n in range(2):
        assert choose_needs(activity=activity, voices=[voice.pk], by=by_librarian, at=at, id=id) == 1
    for by in (by_stranger, by_mentor):
        with pytest.raises(NotAllowed):
            choose_needs(activity=activity, voices=[], by=by, at=at, id=new_id())
    assert state_of(voice)[0] == "planned"


@pytest.fixture
def desk(sign_in: Any, volunteer: Any) -> Client:
    return sign_in(volunteer)  # type: ignore[no-any-return]


def own(activity: Activity, *parts: str) -> str:
    return "/".join((f"/perpustakaan/L001/kegiatan/{activity.pk}", *parts, ""))


def test_from_the_need_s_link_to_the_message_to_who_asked(desk: Client, heard: Any, at: Any) -> None:
    for n in range(5):
        heard(f"Kelas jahit {n}", neighbourhood="RW 05", phone=f"08120000111{n}")
    heard("Gizi balita", theme="health")
    with time_machine.travel(at, tick=False):
        page = desk.get("/perpustakaan/L001/kegiatan/baru/?kebutuhan=skills&lingkungan=RW+05").content.decode()
        assert re.findall(r'name="needs" value="([^"]+)"[^>]*(checked)?', page)[0][0] == "skills|rw 05"
        assert page.count(" checked") == 2  # the need of the link, and that people register
        desk.post("/perpustakaan/L001/kegiatan/baru/", {
            "change": new_id(), "title": "Kelas menjahit", "kind": "skills", "day": "2026-03-12", "starts": "09:00",
            "ends": "11:00", "times": "1", "place": "", "place_kind": "rw_hall", "needs": ["skills|rw 05"]})
        activity = Activity.objects.get()
        assert (activity.place_kind, voices_to_tell(activity).count()) == ("rw_hall", 5)
        desk.post(own(activity, "terbit"), {"change": new_id()})
        page = desk.get(own(activity, "kebutuhan", "kabar")).content.decode()
        text = unquote(re.findall(r'https://wa\.me/62812[^"]+', page)[0])
        assert len(re.findall(r"“Kelas jahit \d”", text)) == 1
        assert "Kamis, 12 Maret 2026, 09.00–11.00" in text
        assert text.endswith(f"/kegiatan/{activity.gathering_id}/")
        voice = voices_to_tell(activity)[0]
        desk.post(own(activity, "kebutuhan", "kabar", str(voice.pk)), {"change": new_id()})
        voice.refresh_from_db()
        assert (voice.phone, voice.told_at) == ("", at)
    public = Client().get(f"/kegiatan/{activity.gathering_id}/").content.decode()
    assert re.findall(r"<p>(Diminta warga: [^<]+)</p>", public) == ["Diminta warga: Keterampilan (5 orang)"]


def test_needs_of_few_are_shown_to_outsiders_without_their_number(plan: Any, heard: Any) -> None:
    activity = plan(voices=[heard().pk])
    public = Client().get(f"/kegiatan/{activity.gathering_id}/").content.decode()
    assert re.findall(r"<p>(Diminta warga: [^<]+)</p>", public) == ["Diminta warga: Keterampilan"]


def test_the_next_step_plans_what_five_people_want(heard: Any, plan: Any, library: Library, at: Any) -> None:
    voices = [heard(f"Jahit {n}", neighbourhood="RW 05") for n in range(4)]
    assert need_unplanned(library, at.date()) is None
    voices.append(heard("Jahit 5", neighbourhood="RW 05"))
    step = need_unplanned(library, at.date())
    assert step is not None
    assert step.url == "/perpustakaan/L001/kegiatan/baru/?kebutuhan=skills&lingkungan=RW+05"
    plan(voices=[one.pk for one in voices])
    assert need_unplanned(library, at.date()) is None


@pytest.fixture
def reported(plan: Any, by_librarian: Actor, at: Any) -> Activity:
    activity = plan(after=(-24,))
    write_result(activity=activity, result="12 ibu membuat tas.", follow_up="Bazar", by=by_librarian, at=at, id=new_id())
    return activity  # type: ignore[no-any-return]


def test_mentor_coordinator_and_city_library_answer_nobody_her_own(
        reported: Activity, by_mentor: Actor, by_coordinator: Actor, by_librarian: Actor, by_stranger: Actor,
        make_library: Any, make_account: Any, at: Any) -> None:
    city_library = make_library(kind=Library.Kind.CITY)
    by_city = Actor(kind=ActorKind.ACCOUNT, id=make_account("Dewi").pk, librarian_of=frozenset({city_library.pk}))

    def say(by: Actor, text: str = "Terima kasih!") -> Reply:
        return answer_report(activity=reported, text=text, by=by, at=at, id=new_id())

    assert [say(by).said_as for by in (by_mentor, by_coordinator, by_city)] == ["mentor", "coordinator", "city"]
    both = Actor(kind=ActorKind.ACCOUNT, id=by_mentor.id, is_coordinator=True, volunteer_of=frozenset({reported.library_id}))
    for by in (by_librarian, by_stranger, both):
        with pytest.raises(NotAllowed):
            say(by)
    with pytest.raises(ReplyMissing):
        say(by_mentor, " \x00 ")
    assert reported.replies.count() == 3


def test_what_is_not_reported_is_not_answered(plan: Any, by_mentor: Actor, at: Any) -> None:
    with pytest.raises(NothingReported):
        answer_report(activity=plan(), text="Terima kasih", by=by_mentor, at=at, id=new_id())


def test_a_reply_is_read_once_and_taken_back_by_its_writer(
        reported: Activity, library: Library, by_mentor: Actor, by_coordinator: Actor, by_volunteer: Actor,
        by_stranger: Actor, at: Any) -> None:
    reply = answer_report(activity=reported, text="Hebat!", by=by_mentor, at=at, id=new_id())
    step = reply_unread(library, at.date())
    assert step is not None
    assert (step.why, step.url) == ("“Hebat!”", own(reported) + "#balasan")
    for refused in (lambda: read_reply(reply=reply, by=by_stranger, at=at, id=new_id()),
                    lambda: withdraw_reply(reply=reply, by=by_coordinator, at=at, id=new_id())):
        with pytest.raises(Refusal):
            refused()
    for hours in (1, 2):
        read_reply(reply=reply, by=by_volunteer, at=at + timedelta(hours=hours), id=new_id())
    assert (Reply.objects.get().read_at, reply_unread(library, at.date())) == (at + timedelta(hours=1), None)
    assert withdraw_reply(reply=reply, by=by_mentor, at=at, id=new_id()) == 1
    assert Reply.objects.count() == 0


CITY = "/kota/laporan-kegiatan/"


def test_the_city_s_list_one_tap_and_the_library_sees_it(
        reported: Activity, desk: Client, sign_in: Any, mentor: Any, coordinator: Any, stranger: Any, at: Any) -> None:
    with time_machine.travel(at + timedelta(days=1), tick=False):
        browser = sign_in(mentor)
        assert f'id="report-row-{reported.pk}"' in browser.get(CITY).content.decode()
        page = browser.get(f"{CITY}{reported.pk}/").content.decode()
        assert len(re.findall(r'name="siap" value="(\d)"', page)) == 2  # nobody came, no partner gave: two fit
        answer = browser.post(f"{CITY}{reported.pk}/", {"change": new_id(), "siap": "0"})
        assert answer["Location"] == CITY
        assert f'id="report-row-{reported.pk}"' not in browser.get(CITY).content.decode()
        assert f'id="report-row-{reported.pk}"' in browser.get(CITY + "?tampil=dijawab").content.decode()
        said = Reply.objects.get().text
        page = desk.get(own(reported)).content.decode()
        assert re.findall(r'<blockquote class="reply"><p>([^<]+)</p>', page) == [said]
        assert "sudah dibalas" in desk.get("/perpustakaan/L001/kegiatan/?tampil=lampau").content.decode()
        desk.post(own(reported, "balasan", str(Reply.objects.get().pk), "dibaca"), {"change": new_id()})
        assert "dibaca" in sign_in(coordinator).get(CITY + "?tampil=dijawab").content.decode()
        assert browser.post(f"{CITY}{reported.pk}/", {"change": new_id(), "siap": "99", "text": ""}).status_code == 422
        for account in (stranger,):
            assert sign_in(account).get(CITY).status_code == 404
        assert Client().get(CITY).status_code == 302


def test_the_city_s_list_asks_the_same_for_one_and_for_three(
        plan: Any, by_librarian: Actor, sign_in: Any, coordinator: Any, at: Any, django_assert_max_num_queries: Any) -> None:
    browser = sign_in(coordinator)

    def cost() -> int:
        with time_machine.travel(at, tick=False), django_assert_max_num_queries(40) as counted:
            assert browser.get(CITY).status_code == 200
        return len(counted)

    for n in range(3):
        activity = plan(after=(-24,))
        write_result(activity=activity, result="Selesai", by=by_librarian, at=at, id=new_id())
        if n == 0:
            cost()
            one = cost()
    assert cost() == one


def test_a_series_of_a_day_far_off_is_planned_with_needs_in_one_change(
        library: Library, heard: Any, by_librarian: Actor, at: Any) -> None:
    """The same plan again, from a double click, links once and stays one activity."""
    voice, id = heard(), new_id()
    made = {plan_activity(
        library=library, title="Kelas", details=Details(kind="skills"), voices=[voice.pk],
        sessions=[SessionGiven(at + timedelta(days=9), at + timedelta(days=9, hours=1))], by=by_librarian, at=at,
        id=id).pk for _n in range(2)}
    assert (len(made), Activity.objects.count(), state_of(voice)[0]) == (1, 1, "planned")


def test_a_need_leads_to_a_plan_and_the_plan_back_to_the_need(
        heard: Any, plan: Any, library: Library, volunteer: Any, sign_in: Any, at: Any) -> None:
    browser, needs = sign_in(volunteer), f"/perpustakaan/{library.code}/suara/?keadaan=semua"
    voice = heard("Kelas jahit", neighbourhood="RW 05 & 06")
    new = f"/perpustakaan/{library.code}/kegiatan/baru/?kebutuhan=skills&amp;lingkungan=RW%2005%20%26%2006"
    assert new in browser.get(needs).content.decode()
    form = browser.get(new.replace("&amp;", "&")).content.decode()
    assert re.search(r'<input[^>]*value="skills\|rw 05 &amp; 06"[^>]*checked', form) is not None
    activity = plan(voices=(voice.pk,))
    page = browser.get(needs).content.decode()
    assert (new in page, f"/perpustakaan/{library.code}/kegiatan/{activity.pk}/" in page) == (False, True)
    assert f"/perpustakaan/{library.code}/suara/?tema=skills" in browser.get(
        f"/perpustakaan/{library.code}/kegiatan/{activity.pk}/").content.decode()


def test_the_city_library_s_librarian_finds_the_reports_in_her_menu(
        make_library: Any, make_account: Any, library: Library, librarian: Any, sign_in: Any) -> None:
    city_library = make_library(kind=Library.Kind.CITY)
    hers = make_account("Dewi", Role.LIBRARIAN, city_library)
    assert 'href="/kota/laporan-kegiatan/"' in sign_in(hers).get(f"/perpustakaan/{city_library.code}/lainnya/").content.decode()
    assert 'href="/kota/laporan-kegiatan/"' not in sign_in(librarian).get(
        f"/perpustakaan/{library.code}/lainnya/").content.decode()
