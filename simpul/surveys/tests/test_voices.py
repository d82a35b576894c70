"""A voice from the phone to the answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account, Device
from simpul.core.actor import VISITOR, Actor
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.core.secrets import fingerprint
from simpul.libraries.middleware import DEVICE_COOKIE
from simpul.libraries.models import Library
from simpul.surveys.actions import (
    MeetingNeed,
    answer_need,
    forget,
    leave_voice,
    mark_told,
    record_meeting,
)
from simpul.surveys.actions.refusals import EmptyVoice, NeedsAWord, TooManyVoices, UnknownTheme, WrongPhone
from simpul.surveys.actions.voices import AN_HOUR
from simpul.surveys.erasure import tells
from simpul.surveys.models import Meeting, Voice
from simpul.surveys.next_steps import voices_wait
from simpul.surveys.queries import needs_of, withheld_counts
from simpul.surveys.schedule import run
from simpul.surveys.tests.conftest import queries_of

Say = Callable[..., Voice]
HOSTILE = '<img src=x onerror=alert(1)> =HYPERLINK("http://x") {{ 7*7 }}'


def form(**given: Any) -> dict[str, Any]:
    return {"change": str(new_id()), "theme": "skills", "text": "Kelas menjahit untuk ibu-ibu", "neighbourhood": "RW 05",
            "phone": "", "website": ""} | given


def test_a_voice_needs_no_account_and_sending_twice_is_once(library: Library) -> None:
    sent = form(phone="0812 3456 7890")
    for _twice in range(2):
        answer = Client().post(f"/suara/{library.code}/", sent)
        assert answer.status_code == 302
    voice = Voice.objects.get()
    assert (voice.text, voice.theme, voice.neighbourhood, voice.phone, voice.state, voice.source) == (
        "Kelas menjahit untuk ibu-ibu", "skills", "RW 05", "+6281234567890", "new", "page")
    assert JournalLine.objects.filter(verb="voice.left").count() == 1


def test_the_same_words_again_within_an_hour_are_the_same_voice(say_voice: Say, at: datetime) -> None:
    first = say_voice()
    assert say_voice(at=at + timedelta(minutes=59)).pk == first.pk
    assert say_voice(at=at + timedelta(minutes=61)).pk != first.pk


def test_a_machine_that_fills_the_hidden_field_is_thanked_and_forgotten(library: Library) -> None:
    assert Client().post(f"/suara/{library.code}/", form(website="http://spam")).status_code == 302
    assert Voice.objects.count() == 0


def test_a_flood_is_stopped_before_it_buries_the_library(say_voice: Say, at: datetime) -> None:
    for n in range(AN_HOUR):
        say_voice(f"Suara ke {n}")
    with pytest.raises(TooManyVoices):
        say_voice("Satu lagi")
    assert say_voice("Dari kios", source=Voice.Source.KIOSK).state == "new"
    assert say_voice("Satu lagi", at=at + timedelta(hours=2)).state == "new"


@pytest.mark.parametrize(("given", "refusal"), [
    ({"text": " \x00 a"}, EmptyVoice), ({"theme": "nope"}, UnknownTheme), ({"phone": "abc"}, WrongPhone)])
def test_what_says_nothing_is_refused_beside_its_field(say_voice: Say, given: dict[str, str], refusal: type) -> None:
    with pytest.raises(refusal):
        say_voice(**given)


def test_the_page_keeps_what_was_typed_and_says_what_is_missing(library: Library) -> None:
    answer = Client().post(f"/suara/{library.code}/", form(theme="", phone="12"))
    assert answer.status_code == 422
    assert "Kelas menjahit untuk ibu-ibu" in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"theme"}


def test_nothing_is_shown_before_somebody_read_it(library: Library, say_voice: Say, by_librarian: Actor, at: datetime) -> None:
    voice = say_voice(HOSTILE, phone="081234567890")
    assert list(Client().get(f"/suara/{library.code}/").context["voices"]) == []
    answer_need(library=library, voices=[voice.pk], state="accepted", by=by_librarian, at=at, id=new_id())
    page = Client().get(f"/suara/{library.code}/")
    assert [v.pk for v in page.context["voices"]] == [voice.pk]
    text = page.content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert "<img src=x" not in text
    assert "1234567890" not in text


def test_voices_are_grouped_by_theme_and_neighbourhood(library: Library, say_voice: Say, by_librarian: Actor,
                                                       at: datetime) -> None:
    first = say_voice("Jahit", neighbourhood="RW 05")
    second = say_voice("Bordir", neighbourhood="rw. 05 ", at=at + timedelta(minutes=1))
    other = say_voice("Komputer", theme="digital")
    record_meeting(library=library, title="Rembug RW 05", held_on=at.date(), people=30,
                   needs=[MeetingNeed("Posyandu remaja", "health", 12, "RW 05")], by=by_librarian, at=at, id=new_id())
    found = [(g.theme, g.neighbourhood, g.people, g.voices) for g in needs_of(library.pk)]
    meeting = Voice.objects.get(source="meeting")
    assert found == [("health", "RW 05", 12, (meeting.pk,)), ("skills", "RW 05", 2, (first.pk, second.pk)),
                     ("digital", "", 1, (other.pk,))]
    assert sum(row["n"] for row in discover()["voices"].by(discover()["voices"].rows(), "theme")) == 15


def test_a_meeting_twice_is_once_and_more_behind_a_need_than_came_is_refused(
        library: Library, by_librarian: Actor, at: datetime) -> None:
    told: dict[str, Any] = {"library": library, "title": "Rembug RW 05", "held_on": at.date(), "people": 10, "by": by_librarian,
                            "at": at, "id": new_id()}
    needs = [MeetingNeed("Kelas jahit", "skills", 10)]
    assert record_meeting(needs=needs, **told).pk == record_meeting(needs=needs, **told).pk
    assert (Meeting.objects.count(), Voice.objects.count()) == (1, 1)
    with pytest.raises(EmptyVoice):
        record_meeting(needs=[MeetingNeed("Kelas jahit", "skills", 11)], **(told | {"id": new_id()}))


def test_no_needs_a_word_and_only_own_staff_answers(library: Library, say_voice: Say, by_librarian: Actor,
                                                    by_stranger: Actor, by_coordinator: Actor, at: datetime) -> None:
    voice = say_voice()
    told: dict[str, Any] = {"library": library, "voices": [voice.pk], "at": at}
    with pytest.raises(NeedsAWord):
        answer_need(state="declined", word=" ", by=by_librarian, id=new_id(), **told)
    for actor in (by_stranger, by_coordinator, VISITOR):
        with pytest.raises(NotAllowed):
            answer_need(state="accepted", by=actor, id=new_id(), **told)
    assert answer_need(state="answered", word="Tiap Sabtu", answered_by="activities.Activity:1", by=by_librarian,
                       id=new_id(), **told) == 1
    voice.refresh_from_db()
    assert (voice.state, voice.word, voice.answered_by) == ("answered", "Tiap Sabtu", "activities.Activity:1")


def test_voices_of_another_library_are_passed_over(other_library: Library, say_voice: Say, by_stranger: Actor,
                                                   at: datetime) -> None:
    voice = say_voice()
    assert answer_need(library=other_library, voices=[voice.pk], state="removed", by=by_stranger, at=at, id=new_id()) == 0
    voice.refresh_from_db()
    assert voice.state == "new"


def test_who_spoke_can_be_told_and_then_her_number_is_gone(
        library: Library, say_voice: Say, librarian: Account, sign_in: Callable[[Account], Client], by_librarian: Actor,
        at: datetime) -> None:
    voice = say_voice(phone="081234567890")
    answer_need(library=library, voices=[voice.pk], state="planned", word="Mulai April", by=by_librarian, at=at, id=new_id())
    browser = sign_in(librarian)
    page = browser.get(f"/perpustakaan/{library.code}/suara/")
    [(_voice, link, _activity)] = page.context["rows"]
    assert link.startswith("https://wa.me/6281234567890?text=")
    assert browser.post(f"/perpustakaan/{library.code}/suara/{voice.pk}/kabar/", {"change": str(new_id())}).status_code == 302
    voice.refresh_from_db()
    assert (voice.phone, voice.told_at is not None) == ("", True)


def test_numbers_go_after_six_months_and_removed_voices_after_one(say_voice: Say, library: Library, by_librarian: Actor,
                                                                  at: datetime) -> None:
    old = say_voice("Lama", phone="081234567890", at=at - timedelta(days=184))
    new = say_voice("Baru", phone="081234567891", at=at - timedelta(days=182))
    spam = say_voice("Iklan", at=at - timedelta(days=31))
    answer_need(library=library, voices=[spam.pk], state="removed", by=by_librarian, at=at, id=new_id())
    assert run(at) == 2
    assert list(Voice.objects.order_by("text").values_list("pk", "phone")) == [(new.pk, "+6281234567891"), (old.pk, "")]
    lines = JournalLine.objects.count()
    assert run(at) == 0
    assert JournalLine.objects.count() == lines
    with pytest.raises(NotAllowed):
        forget(by=by_librarian, at=at, id=new_id())


# --- pages -----------------------------------------------------------------------------------------------

def test_words_and_numbers_are_for_own_staff_counts_for_the_city(
        library: Library, say_voice: Say, mentor: Account, coordinator: Account, volunteer: Account,
        sign_in: Callable[[Account], Client]) -> None:
    for n in range(6):
        say_voice(f"Kelas rahasia {n}", phone=f"08123456780{n}")
    say_voice("Kelas rahasia digital", theme="digital")
    for account in (mentor, coordinator):
        page = sign_in(account).get(f"/perpustakaan/{library.code}/suara/")
        assert "rahasia" not in page.content.decode()
        assert [bar["value"] for bar in page.context["bars"]] == [None, None]
        assert sign_in(account).get(f"/perpustakaan/{library.code}/suara/poster/").status_code == 404
    assert "Kelas rahasia 1" in sign_in(volunteer).get(f"/perpustakaan/{library.code}/suara/").content.decode()


@pytest.mark.parametrize(("counts", "shown"), [
    ([10, 7], [10, 7]), ([10, 3], [None, None]), ([10, 8, 3], [10, None, None]), ([10, 2, 2], [None, None, None]),
    ([10, 3, 2], [10, None, None]), ([3, 1], [None, None]), ([10, 0, 3], [None, 0, None]), ([0, 0], [0, 0]), ([], [])])
def test_small_parts_are_withheld_and_do_not_follow_from_the_whole(counts: list[int], shown: list[int | None]) -> None:
    assert withheld_counts(counts) == shown


def test_the_lists_ask_as_much_for_three_rows_as_for_one(
        library: Library, say_voice: Say, librarian: Account, coordinator: Account, by_librarian: Actor,
        at: datetime, sign_in: Callable[[Account], Client]) -> None:
    def rows(*numbers: int) -> list[int]:
        for k in numbers:
            say_voice(f"Suara {k}", neighbourhood=f"RW {k}", phone="081234567890")
            record_meeting(library=library, title=f"Rembug {k}", held_on=at.date(), people=9,
                           needs=[MeetingNeed(f"Kebun {k}", "environment", 9)], by=by_librarian, at=at, id=new_id())
        answer_need(library=library, voices=Voice.objects.values_list("pk", flat=True), state="planned", by=by_librarian,
                    at=at, id=new_id())
        base = f"/perpustakaan/{library.code}/suara/"
        return [*queries_of(sign_in(librarian), f"{base}?keadaan=semua", f"{base}rembug/", f"/suara/{library.code}/"),
                *queries_of(sign_in(coordinator), "/kota/suara/")]

    assert rows(1) == rows(2, 3)


def test_staff_answer_several_at_once_and_one_can_be_undone(
        library: Library, say_voice: Say, librarian: Account, sign_in: Callable[[Account], Client]) -> None:
    browser, address = sign_in(librarian), f"/perpustakaan/{library.code}/suara/jawaban/"
    voices = [say_voice(f"Suara {n}") for n in range(3)]
    browser.post(address, {"change": str(new_id()), "voices": [str(v.pk) for v in voices[:2]], "state": "declined",
                           "word": "Belum ada ruang"})
    assert [v.state for v in Voice.objects.order_by("text")] == ["declined", "declined", "new"]
    browser.post(address, {"change": str(new_id()), "voices": ["nonsense"], "state": "accepted"})
    browser.post(f"/perpustakaan/{library.code}/suara/{voices[0].pk}/belum-dibaca/", {"change": str(new_id())})
    assert [v.state for v in Voice.objects.order_by("text")] == ["new", "declined", "new"]


def test_a_spoken_voice_and_a_meeting_are_entered_over_their_pages(
        library: Library, volunteer: Account, sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(volunteer)
    answer = browser.post(f"/perpustakaan/{library.code}/suara/catat/", {
        "change": str(new_id()), "theme": "place", "text": "Buka sampai malam"})
    assert answer.status_code == 302
    assert Voice.objects.get().state == "accepted"
    answer = browser.post(f"/perpustakaan/{library.code}/suara/rembug/", {
        "change": str(new_id()), "title": "Rembug RW 02", "held_on": "2026-03-01", "people": "25", "text_0": "Kelas jahit",
        "theme_0": "skills", "people_0": "14", "text_1": "Wifi", "theme_1": "digital", "people_1": ""})
    assert answer.status_code == 302
    assert list(Voice.objects.filter(source="meeting").order_by("-people").values_list("text", "people")) == [
        ("Kelas jahit", 14), ("Wifi", 1)]


def test_mark_told_is_for_own_staff(say_voice: Say, by_stranger: Actor, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        mark_told(voice=say_voice(), by=by_stranger, at=at, id=new_id())


def test_paper_is_entered_by_staff_only(library: Library, by_stranger: Actor, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        leave_voice(library=library, text="Kelas jahit", theme="skills", source="paper", by=by_stranger, at=at, id=new_id())


def test_the_home_of_a_library_says_that_voices_wait(library: Library, say_voice: Say, by_librarian: Actor,
                                                     at: datetime) -> None:
    assert voices_wait(library, at.date()) is None
    voice = say_voice()
    step = voices_wait(library, at.date())
    assert step is not None
    assert step.url == f"/perpustakaan/{library.code}/suara/"
    answer_need(library=library, voices=[voice.pk], state="accepted", by=by_librarian, at=at, id=new_id())
    assert voices_wait(library, at.date()) is None


def test_she_reads_what_is_kept_under_her_number(say_voice: Say, make_person: Callable[..., Any]) -> None:
    say_voice("Kelas jahit", phone="081234567890")
    say_voice("Bukan saya")
    told = list(tells(make_person(phone="+6281234567890")))
    assert [[row[1] for row in part.rows] for part in told] == [["Kelas jahit"], []]
    assert list(tells(make_person(phone=""))) == []


def test_at_the_tablet_there_is_no_way_out_but_back(library: Library, at: datetime) -> None:
    Device.objects.create(kind="kiosk", library_id=library.pk, name="Pintu", token_hash=fingerprint("rahasia"), paired_at=at)
    door = Client()
    door.cookies[DEVICE_COOKIE] = "rahasia"
    assert f'href="/suara/{library.code}/"' in door.get("/kios/").content.decode()
    page = door.get(f"/suara/{library.code}/")
    assert page["Refresh"] == "300; url=/kios/"
    assert "/masuk/" not in page.content.decode()
    answer = door.post(f"/suara/{library.code}/", form())
    assert Voice.objects.get().source == "kiosk"
    assert door.get(answer["Location"])["Refresh"] == "8; url=/kios/"
    assert "Refresh" not in Client().get(f"/suara/{library.code}/")
