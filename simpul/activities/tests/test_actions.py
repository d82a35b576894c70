"""Planning, copying, parts, the result, pictures, and what is counted."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from PIL import Image

from simpul.activities.actions import (
    Details,
    add_book,
    add_contribution,
    add_photo,
    add_speaker,
    copy_activity,
    describe_activity,
    remove_part,
    remove_photo,
    tick_checklist,
    write_result,
)
from simpul.activities.actions.after import GuardiansMissing, NoticeMissing, ResultMissing
from simpul.activities.actions.keeping import NothingGiven, TooMuch, UnknownKind
from simpul.activities.calendars import as_calendar
from simpul.activities.kinds import KINDS, STRATEGIES
from simpul.activities.models import Activity, Photo
from simpul.activities.next_steps import attendance_missing, report_missing
from simpul.activities.queries import announced, lines, listed, near_me, report_of
from simpul.activities.reports import whatsapp_report
from simpul.activities.templates_of_year import TEMPLATES, upcoming
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.core.next_step import finders
from simpul.core.refusal import NotAllowed, Refusal
from simpul.files.pictures import UploadRefused
from simpul.gatherings.actions import count_heads, record_walk_in
from simpul.gatherings.actions.presence import HeadCell
from simpul.gatherings.actions.refusals import NoSession, TitleMissing


def test_every_kind_has_a_group_a_strategy_and_a_checklist() -> None:
    assert [kind.code for kind in KINDS.values() if kind.sim not in dict(STRATEGIES) or not kind.needs] == []
    assert {kind.code for kind in KINDS.values() if kind.iplm} == {
        "reading_aloud", "storytelling", "book_talk", "contest", "school_visit"}


def test_a_plan_has_the_checklist_and_the_strategy_of_its_kind(plan: Any) -> None:
    activity = plan(kind="ict", is_draft=True)
    assert (activity.strategy, activity.gathering.state) == ("information", "draft")
    assert [line["done"] for line in activity.checklist] == [False] * len(KINDS["ict"].needs)


@pytest.mark.parametrize(("given", "refusal"), [
    ({"title": " "}, TitleMissing), ({"sessions": []}, NoSession), ({"details": Details(kind="dance")}, UnknownKind),
    ({"details": Details(kind="skills", cost=-1)}, TooMuch),
    ({"details": Details(kind="skills", funds="loterij")}, UnknownKind)])
def test_a_plan_that_cannot_be_is_refused(given: dict[str, Any], refusal: type[Refusal], plan: Any) -> None:
    with pytest.raises(refusal):
        plan(**given)
    assert Activity.objects.count() == 0


def test_strangers_and_mentors_plan_nothing(plan: Any, by_stranger: Any, by_mentor: Any) -> None:
    for by in (by_stranger, by_mentor):
        with pytest.raises(NotAllowed):
            plan(by=by)


def test_copied_in_one_tap_it_is_a_draft_on_the_same_weekday_of_the_next_month(
        plan: Any, by_volunteer: Any, make_title: Any, at: datetime) -> None:
    old = plan(after=(0, 168), capacity=12)
    add_speaker(activity=old, name="Bu Sri", institution="PKK", by=by_volunteer, at=at, id=new_id())
    add_contribution(activity=old, partner="PKK", kind="goods", what="kain", worth=500_000, by=by_volunteer, at=at,
                     id=new_id())
    add_book(activity=old, title=make_title("Menjahit Tas"), by=by_volunteer, at=at, id=new_id())
    tick_checklist(activity=old, done=[0, 1], by=by_volunteer, at=at, id=new_id())
    write_result(activity=old, result="Selesai", cost=100, by=by_volunteer, at=at, id=new_id())
    made = copy_activity(activity=old, by=by_volunteer, at=at + timedelta(days=8), id=new_id())
    days = [str(one.local_date) for one in made.gathering.sessions.all()]
    assert days == ["2026-04-14", "2026-04-21"]  # the second Tuesday again
    assert (made.gathering.state, made.gathering.capacity, made.result, made.cost) == ("draft", 12, "", None)
    assert (made.speakers.count(), made.contributions.get().worth, made.books.count()) == (1, 500_000, 1)
    assert {line["done"] for line in made.checklist} == {False}
    again = copy_activity(activity=old, by=by_volunteer, at=at + timedelta(days=200), id=new_id())
    assert again.gathering.first_on > (at + timedelta(days=199)).date()


def test_parts_are_added_once_and_taken_out(plan: Any, by_volunteer: Any, make_title: Any, at: datetime) -> None:
    activity, title = plan(), make_title()
    book = add_book(activity=activity, title=title, by=by_volunteer, at=at, id=new_id())
    assert add_book(activity=activity, title=title, by=by_volunteer, at=at, id=new_id()) == book
    assert remove_part(activity=activity, part=book.pk, by=by_volunteer, at=at, id=new_id()) == 1
    assert remove_part(activity=plan(), part=book.pk, by=by_volunteer, at=at, id=new_id()) == 0
    with pytest.raises(NothingGiven):
        add_speaker(activity=activity, name=" ", by=by_volunteer, at=at, id=new_id())
    with pytest.raises(UnknownKind):
        add_contribution(activity=activity, partner="PKK", kind="love", by=by_volunteer, at=at, id=new_id())


def test_described_anew_it_keeps_what_is_ticked(plan: Any, by_volunteer: Any, at: datetime) -> None:
    activity = plan()
    tick_checklist(activity=activity, done=[0], by=by_volunteer, at=at, id=new_id())
    first = activity.checklist[0]["text"]
    describe_activity(
        activity=activity, title="Kelas tas", summary="Ayo!", details=Details(kind="economy", strategy="advocacy"),
        capacity=None, takes_registrations=False, is_public=True, checklist=["beli kain", first], by=by_volunteer,
        at=at, id=new_id())
    activity.refresh_from_db()
    assert activity.checklist == [{"text": "beli kain", "done": False}, {"text": first, "done": True}]
    assert (activity.gathering.title, activity.strategy, activity.kind) == ("Kelas tas", "advocacy", "economy")


def photo(kind: str = "JPEG") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, kind)
    file.seek(0)
    file.name = "foto.jpg"
    return file


def test_a_picture_is_public_only_with_the_notice_and_of_children_only_with_consent(
        plan: Any, by_volunteer: Any, at: datetime, settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    activity = plan()

    def add(**given: Any) -> Photo:
        return add_photo(**({"activity": activity, "picture": photo(), "by": by_volunteer, "at": at, "id": new_id()} | given))

    assert add().is_public is False
    with pytest.raises(NoticeMissing):
        add(is_public=True)
    with pytest.raises(GuardiansMissing):
        add(is_public=True, has_photo_notice=True, shows_children=True)
    shown = add(is_public=True, has_photo_notice=True, shows_children=True, guardians_agreed=True)
    assert (shown.is_public, activity.photos.count()) == (True, 2)
    write_result(activity=activity, result="Selesai", has_photo_notice=False, by=by_volunteer, at=at, id=new_id())
    assert activity.photos.filter(is_public=True).count() == 0
    assert remove_photo(photo=shown, by=by_volunteer, at=at, id=new_id()) == 1
    svg = io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    svg.name = "foto.svg"
    with pytest.raises(UploadRefused):
        add(picture=svg)
    with pytest.raises(ResultMissing):
        write_result(activity=activity, result=" ", by=by_volunteer, at=at, id=new_id())


def test_the_report_says_day_place_participants_and_result(plan: Any, by_volunteer: Any, at: datetime) -> None:
    activity = plan(after=(-1,), title="=HYPERLINK(\"http://x\")")
    session = activity.gathering.sessions.get()
    count_heads(session=session, cells=[HeadCell("P", "18-59", False, 15), HeadCell("L", "60+", False, 10)],
                by=by_volunteer, at=at, id=new_id())
    add_speaker(activity=activity, name="Bu Sri", by=by_volunteer, at=at, id=new_id())
    write_result(activity=activity, result="12 ibu membuat tas.", follow_up="Bazar", by=by_volunteer, at=at, id=new_id())
    text = whatsapp_report(report_of(activity, at.date()), link="https://simpul.example/kegiatan/1/")
    assert text.splitlines() == [
        "*=HYPERLINK(\"http://x\")*", "Perpustakaan Kelurahan Sukasari", "",
        "Hari: Selasa, 10 Maret 2026, 09.00–11.00", "Tempat: Perpustakaan Kelurahan Sukasari",
        "Peserta: 25 orang (L 10, P 15)", "Umur: 18–59: 15, 60+: 10", "Narasumber: Bu Sri", "Hasil: 12 ibu membuat tas.",
        "Tindak lanjut: Bazar", "https://simpul.example/kegiatan/1/"]


def test_what_is_counted(plan: Any, by_volunteer: Any, at: datetime) -> None:
    """A series counts once; drafts, cancelled ones and those to come do not."""
    reading, skills = plan(kind="reading_aloud", after=(-48, -24)), plan(after=(-24,))
    plan(kind="reading_aloud", is_draft=True, after=(-24,))
    for activity in (reading, skills):
        record_walk_in(session=activity.gathering.sessions.first(), sex="P", by=by_volunteer, at=at, id=new_id())
    add_contribution(activity=skills, partner="PKK", kind="people", by=by_volunteer, at=at, id=new_id())
    found = {name: discover()[name].total(discover()[name].rows()) for name in (
        "activities", "literacy_activities", "cooperations", "participants", "literacy_participants", "sessions")}
    assert found == {"activities": 2, "literacy_activities": 1, "cooperations": 1, "participants": 2,
                     "literacy_participants": 1, "sessions": 3}
    kinds = discover()["activities"].by(discover()["activities"].rows(), "kind")
    assert kinds == [{"kind": "reading_aloud", "n": 1}, {"kind": "skills", "n": 1}]


def test_lists_cost_the_same_for_one_and_for_three(
        plan: Any, library: Any, at: datetime, django_assert_num_queries: Any) -> None:
    for _n in range(3):
        plan()
        day = at.date()
        with django_assert_num_queries(4):
            assert lines(list(listed(library, "", day)), day)[0].present == 0
        with django_assert_num_queries(4):
            lines(list(near_me(first=day)), day)


def test_near_me_by_place_kind_and_day(plan: Any, other_library: Any, by_stranger: Any, at: datetime) -> None:
    here = plan(kind="health", after=(24, 240))
    there = plan(library=other_library, by=by_stranger, after=(48,))
    plan(is_draft=True)
    plan(is_public=False)
    day = at.date()
    assert list(near_me(first=day)) == [here, there]
    assert list(near_me(first=day, region="36.71.01.1002")) == [there]
    assert list(near_me(first=day, region="36.71.01")) == [here, there]
    assert list(near_me(first=day, kinds=["health"])) == [here]
    assert list(near_me(first=day + timedelta(days=5))) == [here]  # its second day lies ahead
    assert list(near_me(first=day + timedelta(days=30))) == []


def test_the_calendar_is_valid_and_a_moved_day_keeps_its_uid(plan: Any, at: datetime) -> None:
    activity = announced(plan(title="Bedah buku; \"Laut\", <b>\nBEGIN:VALARM").gathering_id)
    raw = as_calendar([activity], name="Kegiatan", at=at, link=lambda one: "https://simpul.example/")
    events = Calendar.from_ical(raw).walk("VEVENT")
    session = activity.gathering.sessions.get()
    assert [str(event["uid"]) for event in events] == [f"{session.pk}@simpul"]
    assert events[0].decoded("dtstart") == session.starts_at
    assert str(events[0]["summary"]).startswith("Bedah buku; \"Laut\", <b>")
    assert (str(events[0]["status"]), raw.count(b"\r\nBEGIN:VALARM")) == ("CONFIRMED", 0)


def test_the_next_step_asks_for_attendance_then_for_the_report(
        plan: Any, library: Any, by_volunteer: Any, at: datetime) -> None:
    activity = plan(after=(-24,))
    day = at.date()

    def step() -> str:
        found = attendance_missing(library, day) or report_missing(library, day)
        return found.url if found else ""

    session = activity.gathering.sessions.get()
    base = f"/perpustakaan/L001/kegiatan/{activity.pk}/"
    assert step() == f"{base}sesi/{session.pk}/"
    record_walk_in(session=session, by=by_volunteer, at=at, id=new_id())
    assert step() == f"{base}hasil/"
    write_result(activity=activity, result="Selesai", by=by_volunteer, at=at, id=new_id())
    assert step() == ""
    assert {attendance_missing, report_missing} <= set(finders())


def test_the_days_of_the_year_come_soonest_first(at: datetime, db: None) -> None:
    days = upcoming(at.date())
    assert [str(day) for _one, day in days] == sorted(str(day) for _one, day in days)
    assert {(one.month, one.day) for one in TEMPLATES} >= {(5, 17), (9, 14)}
    assert {one.kind for one in TEMPLATES} <= set(KINDS)


def test_the_same_plan_twice_is_one(library: Any, by_librarian: Any, plan: Any, at: datetime) -> None:
    id = new_id()
    made = [plan(id=id, is_draft=True) for _n in range(2)]
    assert made[0] == made[1]
    assert Activity.objects.count() == 1
