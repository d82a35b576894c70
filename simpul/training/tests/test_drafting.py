"""A workshop from a curriculum that a kit brings, and what participants get of it."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.training.actions import (
    Curriculum,
    CurriculumItem,
    Handout,
    announce_workshop,
    confirm_participant,
    copy_workshop,
    draft_from,
    invite_libraries,
    name_participant,
    write_lesson,
)
from simpul.training.actions.planning import LessonGiven
from simpul.training.actions.refusals import WrongTimes
from simpul.training.models import Workshop
from simpul.training.programmes import BudgetPlanned, LessonPlanned
from simpul.training.results import version_of
from simpul.training.tokens import participant_token

CURRICULUM = Curriculum(
    key="satu-hari 1.0.0", title="Bimtek satu hari", aims="Peserta pulang membawa RTL.", quota=3, capacity=None,
    lessons=(LessonPlanned(1, time(8), 30, "Pre-test", "pre_test"),
             LessonPlanned(1, time(9), 90, "Advokasi", jp=2, aim="Menyusun pesan.",
                           guide="Langkah\n1. Cerita <b>lima</b> menit."),
             LessonPlanned(2, time(9), 45, "RTL", "plan", jp=1)),
    test_title="Tes satu hari", test=(CurriculumItem("Siapa sasaran?", ("Warga", "Buku"), 1),
                                      CurriculumItem("Bagaimana pendapat Anda?", ("Baik", "Buruk"))),
    handouts=(Handout("Lembar kerja", text="Baris satu\nBaris dua", audience="Untuk dibawa pulang"),
              Handout("Panduan", link="https://contoh.go.id/panduan.pdf")),
    budget=(BudgetPlanned("Konsumsi", 10, "orang", 25_000),))
FIRST = date(2026, 3, 17)


@pytest.fixture
def drafted(host: Library, who: Any) -> Workshop:
    made = draft_from(programme=CURRICULUM, library=host, first_on=FIRST, venue="Aula", **who())
    return Workshop.objects.select_related("gathering", "library", "test").get(pk=made.pk)


def test_everything_of_the_curriculum_is_there(drafted: Workshop) -> None:
    assert [(one.title, one.hours, one.jp, one.day.local_date.day) for one in drafted.lessons.all()] == [
        ("Pre-test", "08.00–08.30", 0, 17), ("Advokasi", "09.00–10.30", 2, 17), ("RTL", "09.00–09.45", 1, 18)]
    assert drafted.gathering.capacity is None
    assert drafted.quota == 3
    assert drafted.template == "satu-hari 1.0.0"
    assert [one.total for one in drafted.budget.all()] == [250_000]
    version = version_of(drafted)
    assert version is not None
    first, second = version.questions.all()
    assert (first.text, list(first.choices)) == ("Siapa sasaran?", ["Warga", "Buku"])
    assert drafted.test_key == {first.key: 1}
    assert second.key not in drafted.test_key
    assert drafted.feedback is not None
    assert drafted.baseline is not None


def test_a_guide_stays_when_a_lesson_is_said_anew_and_goes_along_into_a_copy(drafted: Workshop, who: Any) -> None:
    lesson = drafted.lessons.get(title="Advokasi")
    write_lesson(workshop=drafted, lesson_id=lesson.pk, given=LessonGiven("Advokasi dan pesan", lesson.starts_at, lesson.ends_at,
                                                                          jp=2), **who())
    lesson.refresh_from_db()
    assert (lesson.title, lesson.guide) == ("Advokasi dan pesan", "Langkah\n1. Cerita <b>lima</b> menit.")
    copy = copy_workshop(workshop=drafted, first_on=date(2026, 5, 5), **who())
    assert copy.lessons.get(jp=2).guide == lesson.guide
    assert copy.handouts == drafted.handouts


def test_only_the_office_drafts_and_a_curriculum_has_lessons(host: Library, who: Any, by_librarian: Actor) -> None:
    with pytest.raises(NotAllowed):
        draft_from(programme=CURRICULUM, library=host, first_on=FIRST, **who(by=by_librarian))
    with pytest.raises(WrongTimes):
        draft_from(programme=Curriculum(key="kosong", title="Kosong", lessons=()), library=host, first_on=FIRST, **who())


def test_participants_read_the_handouts_and_the_office_the_guide(
        drafted: Workshop, library: Library, who: Any, client: Client, coordinator: Account, sign_in: Any) -> None:
    announce_workshop(workshop=drafted, **who())
    invite_libraries(workshop=drafted, libraries=[library.pk], **who())
    sari = confirm_participant(participant=name_participant(
        workshop=drafted, library=library, name="Sari", phone="0812 3456 7890", role="Pengelola", **who()), **who())
    page = client.get(f"/bimtek/saya/{participant_token(sari.pk)}/").content.decode()
    assert "<summary>Lembar kerja</summary>" in page
    assert 'href="https://contoh.go.id/panduan.pdf"' in page
    assert "Langkah" not in page
    office = sign_in(coordinator)
    lesson = drafted.lessons.get(title="Advokasi")
    page = office.get(f"/kota/bimtek/{drafted.pk}/sesi/{lesson.pk}/hadir/").content.decode()
    assert "1. Cerita &lt;b&gt;lima&lt;/b&gt; menit." in page
