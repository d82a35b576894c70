"""Workshops from the plan to the certificate, by their actions."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from conftest import NOON
from simpul.certificates.models import Certificate
from simpul.core.actor import SCHEDULE, VISITOR, Actor
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed, Refusal
from simpul.gatherings.models import Attendance, Registration
from simpul.libraries.models import Library
from simpul.plans.actions import StepGiven, add_step, hand_in_plan
from simpul.surveys.actions.answers import answer_survey
from simpul.surveys.models import Version
from simpul.training import tokens
from simpul.training.actions import (
    LessonGiven,
    WorkshopGiven,
    answer_test,
    be_present,
    begin_plan,
    cancel_workshop,
    confirm_participant,
    copy_workshop,
    decline_invitation,
    decline_participant,
    describe_workshop,
    enter_paper,
    forget_participants,
    go_home,
    invite_libraries,
    name_participant,
    need_earned,
    plan_workshop,
    remove_lesson,
    restore_lesson,
    set_test_key,
    settle,
    substitute_participant,
    tick_present,
    untick,
    waive,
    write_lesson,
)
from simpul.training.models import Lesson, Participant, Presence, Sheet, Workshop
from simpul.training.permissions import own_link
from simpul.training.queries import priorities, same_people, standings, trained, training_of_libraries
from simpul.training.results import feedback_of, gains_of, items_of
from simpul.training.tests.conftest import DAY_ONE, FIRST, LAST_HOUR

RIGHT = {"role": 2, "needs": 3, "indicator": 1, "community": 2, "advocacy": 1, "message": 3, "privacy": 2, "report": 1,
         "plan": 3, "reference": 2}


def refused(code: str, action: Any, **given: Any) -> None:
    with pytest.raises(Refusal) as caught:
        action(**given)
    assert caught.value.code == code


def state_of(row: Participant) -> tuple[str, str]:
    row = Participant.objects.select_related("registration").get(pk=row.pk)
    return row.state, row.registration.state if row.registration else ""


def lesson_of(workshop: Workshop, title: str) -> Lesson:
    return Lesson.objects.select_related("day__library", "workshop__gathering", "workshop__library").get(
        workshop=workshop, title__startswith=title)


# --- planning ----------------------------------------------------------------------------------------------

def test_the_template_is_a_whole_workshop_of_two_days(workshop: Workshop) -> None:
    lessons = list(workshop.lessons.select_related("day__library"))
    assert (len(lessons), sum(one.jp for one in lessons), workshop.gathering.first_on, workshop.gathering.last_on) == (
        13, 16, FIRST, FIRST + timedelta(days=1))
    assert [one.kind for one in lessons if one.kind not in ("topic", "break")] == [
        "opening", "pre_test", "plan", "post_test", "closing"]
    assert (lessons[0].hours, lessons[-1].hours, workshop.gathering.sessions.count()) == ("08.00–09.00", "15.30–16.15", 2)
    assert (workshop.test.ready, workshop.feedback.ready, workshop.baseline.ready) == (
        "bimtek-test", "bimtek-feedback", "bimtek-baseline")


def test_only_the_coordinator_plans(host: Library, by_librarian: Actor, who: Any) -> None:
    refused("not_allowed", plan_workshop, library=host, programme="replication", first_on=FIRST, **who(by=by_librarian))
    refused("wrong_workshop", plan_workshop, library=host, programme="../x", first_on=FIRST, **who())
    refused("wrong_times", plan_workshop, library=host, programme="replication", first_on=date(1000, 1, 1), **who())


def test_lessons_are_written_stretched_and_taken_out(workshop: Workshop, who: Any, come: Any) -> None:
    day_three = datetime(2026, 3, 19, 1, tzinfo=UTC)
    added = write_lesson(workshop=workshop, given=LessonGiven("Kunjungan", day_three, day_three + timedelta(hours=2), jp=2),
                         **who())
    workshop.gathering.refresh_from_db()
    assert (workshop.gathering.last_on, added.day.local_date) == (date(2026, 3, 19), date(2026, 3, 19))
    given = {"starts_at": day_three, "ends_at": day_three + timedelta(hours=4)}
    again = write_lesson(workshop=workshop, given=LessonGiven("Kunjungan TBM", jp=4, **given), lesson_id=added.pk, **who())
    again.day.refresh_from_db()
    assert (again.pk, again.jp, again.day.ends_at) == (added.pk, 4, given["ends_at"])
    remove_lesson(lesson=again, **who())
    restore_lesson(lesson=again, **who())
    tick_present(lesson=Lesson.objects.select_related("day__library", "workshop__gathering", "workshop__library").get(
        pk=again.pk), participant=come(), **who(day_three))
    refused("not_open", remove_lesson, lesson=again, **who())
    for wrong, code in ((LessonGiven(" ", **given), "wrong_workshop"), (LessonGiven("x", jp=99, **given), "wrong_workshop"),
                        (LessonGiven("x", day_three, day_three), "wrong_times"),
                        (LessonGiven("x", day_three, day_three + timedelta(days=2)), "wrong_times")):
        refused(code, write_lesson, workshop=workshop, given=wrong, **who())


def test_a_copy_has_the_programme_and_nobody_of_the_first(workshop: Workshop, who: Any, come: Any) -> None:
    come()
    made = copy_workshop(workshop=workshop, first_on=date(2026, 9, 1), **who())
    assert ([one.title for one in made.lessons.all()], made.gathering.first_on, made.gathering.state) == (
        [one.title for one in workshop.lessons.all()], date(2026, 9, 1), "draft")
    assert (made.participants.count(), made.test_key, made.copied_from, made.budget.count()) == (0, RIGHT, workshop, 4)


# --- who comes ---------------------------------------------------------------------------------------------

def test_libraries_never_trained_come_first(workshop: Workshop, make_library: Any, who: Any, library: Library, come: Any,
                                            attend: Any) -> None:
    new = make_library(code="L100")
    closed = make_library(code="L101", closed_on=date(2026, 1, 1))
    assert [(one.library.pk, one.reason) for one in priorities(workshop)] == [(new.pk, "never")]
    attend(come())
    workshop.needs_plan = workshop.needs_post_test = False
    workshop.save()
    settle(workshop=workshop, **who(LAST_HOUR))
    second = copy_workshop(workshop=workshop, first_on=date(2026, 9, 1), **who())
    assert [(one.library.code, one.reason) for one in priorities(second)] == [
        ("L002", "never"), ("L100", "never"), ("L001", "long_ago")]
    assert closed.pk not in [one.library.pk for one in priorities(second)]
    refused("not_open", invite_libraries, workshop=second, libraries=[new.pk], **who())  # a draft
    assert invite_libraries(workshop=workshop, libraries=[new.pk, library.pk], **who()) == 1


def test_a_library_names_within_its_quota(workshop: Workshop, library: Library, other_library: Library, by_librarian: Actor,
                                          by_stranger: Actor, make_library: Any, who: Any) -> None:
    given = {"workshop": workshop, "library": library, "phone": "081234567890"}
    first = name_participant(name="  Sari  Utami ", **given, **who(by=by_librarian))
    assert (first.name, first.phone, first.state) == ("Sari Utami", "+6281234567890", "named")
    refused("named_already", name_participant, name="sari utami", **given, **who(by=by_librarian))
    name_participant(name="Budi", **given, **who(by=by_librarian))
    refused("quota_full", name_participant, name="Cici", **given, **who(by=by_librarian))
    refused("not_allowed", name_participant, name="Cici", **given, **who(by=by_stranger))
    refused("not_allowed", name_participant, name="Cici", **given, **who(by=VISITOR))
    for name, phone in ((" ", "0812"), ("<b>x</b>", "081234567890"), ("Cici", "12")):
        with pytest.raises(Refusal):
            name_participant(workshop=workshop, library=other_library, name=name, phone=phone, **who(by=by_stranger))
    uninvited = make_library(code="L300")
    refused("not_open", name_participant, workshop=workshop, library=uninvited, name="X", phone="081234567890", **who(
        by=Actor(kind=by_librarian.kind, id=by_librarian.id, librarian_of=frozenset({uninvited.pk}))))
    refused("not_open", name_participant, name="Late", **(given | {"library": other_library}), **who(DAY_ONE, by_stranger))


def test_who_waits_moves_up_and_a_substitute_keeps_the_place(workshop: Workshop, come: Any, other_library: Library,
                                                             who: Any) -> None:
    one, two = come("Satu", "081200000001"), come("Dua", "081200000002")
    three = come("Tiga", "081200000003", of=other_library)
    four = come("Empat", "081200000004", of=other_library)
    assert [state_of(row) for row in (three, four)] == [("confirmed", "in"), ("confirmed", "waiting")]
    stand_in = substitute_participant(participant=one, name="Pengganti", phone="081200000009", **who())
    assert (state_of(stand_in), state_of(one)[0], state_of(four)) == (
        ("confirmed", "in"), "replaced", ("confirmed", "waiting"))
    assert Registration.objects.get(pk=one.registration_id).name == ""
    decline_participant(participant=two, **who())
    assert (state_of(two), state_of(four)) == (("declined", "left"), ("confirmed", "in"))
    refused("wrong_state", substitute_participant, participant=two, name="X", phone="081200000010", **who())
    refused("wrong_state", decline_invitation, workshop=workshop, library=other_library, **who())
    waits = substitute_participant(participant=four, name="Lima", phone="081200000005", **who())
    assert state_of(waits) == ("confirmed", "in")


def test_the_same_person_under_two_libraries_is_noticed_and_confirmed_once(come: Any, other_library: Library,
                                                                           who: Any) -> None:
    first, second = come(confirmed=False), come(of=other_library, confirmed=False)
    assert {key: [one.library.code for one in rows] for key, rows in same_people([first, second]).items()} == {
        first.pk: ["L002"], second.pk: ["L001"]}
    assert sorted(JournalLine.objects.filter(verb="participant.named").values_list("flags", flat=True)) == [
        [], ["two_libraries"]]
    confirm_participant(participant=first, **who())
    refused("named_already", confirm_participant, participant=second, **who())


def test_she_confirms_and_declines_by_her_own_link_only(come: Any, who: Any) -> None:
    row, other = come(confirmed=False), come("Budi", "081200000002", confirmed=False)
    refused("not_allowed", confirm_participant, participant=row, **who(by=own_link(other)))
    confirm_participant(participant=row, **who(by=own_link(row)))
    assert confirm_participant(participant=row, **who(by=own_link(row))).registration_id == Participant.objects.get(
        pk=row.pk).registration_id
    decline_participant(participant=row, **who(by=own_link(row)))
    assert state_of(row) == ("declined", "left")
    confirm_participant(participant=row, **who(by=own_link(row)))  # she can after all
    assert state_of(row) == ("confirmed", "in")


# --- presence ----------------------------------------------------------------------------------------------

def enter(lesson: Lesson, row: Participant, at: datetime, browser: str = "b1", seen: datetime | None = None) -> Presence:
    return be_present(lesson=lesson, participant=row, browser=browser, by=own_link(row), at=at, id=new_id(),
                      entrance=tokens.entrance(lesson.pk, row.pk, browser, seen or at))


def test_a_photographed_code_is_worthless_a_minute_later(workshop: Workshop) -> None:
    lesson = lesson_of(workshop, "Transformasi")
    code = tokens.screen_code(lesson.pk, DAY_ONE)
    assert [tokens.is_fresh(lesson.pk, code, DAY_ONE + timedelta(seconds=s)) for s in (0, 29, 59, 60, 300, -31)] == [
        True, True, True, False, False, False]
    assert tokens.is_fresh(lesson_of(workshop, "Advokasi").pk, code, DAY_ONE) is False
    assert tokens.is_fresh(lesson.pk, "", DAY_ONE) is False


def test_presence_by_code_is_hers_in_her_browser(workshop: Workshop, come: Any) -> None:
    lesson, row, other = lesson_of(workshop, "Transformasi"), come(), come("Budi", "081200000002")
    made = enter(lesson, row, DAY_ONE)
    assert (made.late, made.how, enter(lesson, row, DAY_ONE).pk) == (5, "code", made.pk)
    refused("stale_code", enter, lesson=lesson, row=other, at=DAY_ONE)  # the same phone
    refused("stale_code", enter, lesson=lesson, row=other, at=DAY_ONE, browser="b2", seen=DAY_ONE - timedelta(seconds=121))
    refused("stale_code", be_present, lesson=lesson, participant=other, browser="b2", by=own_link(other), at=DAY_ONE,
            id=new_id(), entrance=tokens.entrance(lesson.pk, row.pk, "b2", DAY_ONE))  # somebody else's pass
    refused("not_allowed", be_present, lesson=lesson, participant=other, browser="b2", by=own_link(row), at=DAY_ONE,
            id=new_id(), entrance=tokens.entrance(lesson.pk, other.pk, "b2", DAY_ONE))
    refused("stale_code", enter, lesson=lesson_of(workshop, "Advokasi"), row=row, at=DAY_ONE)  # tomorrow's lesson
    assert [(one.state, one.sex) for one in Attendance.objects.valid()] == [("present", "")]


def test_ticked_late_taken_back_and_gone_home(workshop: Workshop, come: Any, who: Any) -> None:
    lesson, row = lesson_of(workshop, "Transformasi"), come(confirmed=False)
    refused("not_open", tick_present, lesson=lesson, participant=row, **who(NOON))
    tick_present(lesson=lesson, participant=row, **who(DAY_ONE))
    assert state_of(row) == ("confirmed", "in")
    tick_present(lesson=lesson, participant=row, late=45, **who(DAY_ONE))
    assert list(Presence.objects.valid().values_list("late", flat=True)) == [45]
    assert standings(workshop, [row])[0].present == 0  # later than the limit of 30 minutes
    refused("wrong_state", decline_participant, participant=row, **who(DAY_ONE))
    assert untick(lesson=lesson, participant=row, **who(DAY_ONE)) == 1
    assert Attendance.objects.present().count() == 0
    go_home(participant=row, **who(DAY_ONE + timedelta(hours=8)))
    row.refresh_from_db()
    refused("wrong_state", tick_present, lesson=lesson_of(workshop, "Advokasi"), participant=row, **who(LAST_HOUR))


def test_the_signed_list_of_a_day_is_entered_afterwards(workshop: Workshop, come: Any, who: Any, by_librarian: Actor) -> None:
    row, early = come(), come("Budi", "081200000002")
    day = workshop.gathering.sessions.first()
    lessons = list(Lesson.objects.filter(day=day, jp__gt=0).select_related("workshop__gathering", "workshop__library", "day"))
    go_home(participant=early, **who(lessons[1].starts_at))
    given = {"day": day, "lessons": lessons, "participants": [row, early]}
    refused("not_allowed", enter_paper, **given, **who(LAST_HOUR, by_librarian))
    assert enter_paper(**given, **who(LAST_HOUR)) == 2
    assert enter_paper(**given, **who(LAST_HOUR)) == 2
    counts = [Presence.objects.valid().filter(participant=one).count() for one in (row, early)]
    assert (counts, Attendance.objects.present().count()) == ([4, 1], 2)


# --- tests -------------------------------------------------------------------------------------------------

def fill(row: Participant, moment: str, right: int, at: datetime, **given: Any) -> Sheet:
    answers = {key: place if n < right else place % 4 + 1 for n, (key, place) in enumerate(RIGHT.items())}
    who = {"by": own_link(row), "at": at, "id": new_id()}
    return answer_test(participant=row, moment=moment, answers=answers, **(who | given))


def test_before_and_after_with_gain_and_n(workshop: Workshop, come: Any, who: Any, by_coordinator: Actor) -> None:
    one, two = come(), come("Budi", "081200000002")
    refused("test_closed", fill, row=one, moment="after", right=5, at=DAY_ONE)
    refused("test_closed", fill, row=one, moment="before", right=5, at=NOON)
    fill(one, "before", 4, DAY_ONE)
    refused("test_closed", fill, row=one, moment="before", right=9, at=DAY_ONE)
    fill(two, "before", 10, LAST_HOUR, from_paper=True, by=by_coordinator)
    fill(one, "after", 7, LAST_HOUR)
    fill(two, "after", 10, LAST_HOUR)
    found = standings(workshop, [one, two])
    assert [round(row.gain, 2) if row.gain is not None else None for row in found] == [0.5, None]
    told = gains_of(found)
    assert (told.n, told.before, told.after, told.gain, told.n_gain, told.full) == (2, 70, 85, pytest.approx(0.5), 1, 1)
    items = items_of(workshop)
    assert [(items[n].before, items[n].before_n, items[n].after, items[n].after_n) for n in (0, 9)] == [
        (2, 2, 2, 2), (1, 2, 1, 2)]
    set_test_key(workshop=workshop, key={"role": 2, "needs": 3}, **who())
    assert list(Sheet.objects.values_list("points", "items")) == [(2, 2)] * 4
    refused("wrong_workshop", set_test_key, workshop=workshop, key={"role": 9}, **who())


def test_feedback_of_a_lesson_needs_five_sheets(workshop: Workshop) -> None:
    lesson = lesson_of(workshop, "Advokasi")
    version = Version.objects.get(survey=workshop.feedback)
    for n in range(5):
        assert feedback_of(workshop, [lesson])[0].means == (None, None, None)
        answer_survey(version=version, answers={"useful": 4, "clear": 3, "part": 2, "word": f"Kata {n}"}, channel="link",
                      about_id=lesson.pk, by=VISITOR, at=DAY_ONE, id=new_id())
    told = feedback_of(workshop, [lesson])[0]
    assert (told.n, told.means, len(told.words)) == (5, (4, 3, 2), 5)


# --- plan and certificate ----------------------------------------------------------------------------------

def hand_in(row: Participant, at: datetime = LAST_HOUR) -> None:
    plan = begin_plan(participant=row, by=own_link(row), at=at, id=new_id())
    add_step(plan=plan, given=StepGiven("Kelas menjahit", date(2026, 5, 1)), by=own_link(row), at=at, id=new_id())
    hand_in_plan(plan=plan, by=own_link(row), at=at, id=new_id())


def test_a_team_writes_one_plan_that_starts_from_the_baseline(workshop: Workshop, come: Any, library: Library) -> None:
    one, two = come(), come("Budi", "081200000002", role="Kader PKK")
    invitation = workshop.invitations.get(library=library)
    answer_survey(version=Version.objects.get(survey=workshop.baseline), answers={
        "visits": 120, "activities": 2, "team": 3, "internet": 1, "budget": 1}, channel="link", about_id=invitation.pk,
        by=VISITOR, at=NOON, id=new_id())
    plan = begin_plan(participant=one, by=own_link(one), at=LAST_HOUR, id=new_id())
    assert (plan.origin, plan.kind, plan.written_by, plan.baseline[0]) == (
        workshop.origin, "rtl", "Kader PKK, Pengelola", {"label": "Berapa kunjungan dalam sebulan?", "value": "120"})
    assert begin_plan(participant=two, by=own_link(two), at=LAST_HOUR, id=new_id()).pk == plan.pk
    with pytest.raises(NotAllowed):
        begin_plan(participant=one, by=own_link(two), at=LAST_HOUR, id=new_id())


def test_the_certificate_follows_the_rule_and_tells_what_is_missing(
        workshop: Workshop, come: Any, attend: Any, who: Any, other_library: Library) -> None:
    whole, part, absent = come(), come("Budi", "081200000002"), come("Cici", "081200000003", of=other_library)
    attend(whole)
    attend(part, 3)
    fill(whole, "after", 8, LAST_HOUR)
    hand_in(whole)
    found = standings(workshop, [whole, part, absent])
    assert [(one.outcome, one.missing) for one in found] == [
        ("certificate", ()), ("attendance", ("present", "post_test")), ("absent", ("present", "post_test", "plan"))]
    with pytest.raises(Refusal) as caught:
        need_earned(found[2])
    assert "0" in str(caught.value)
    refused("not_open", settle, workshop=workshop, **who(DAY_ONE))
    batch = settle(workshop=workshop, **who(LAST_HOUR))
    rows = {row.name: (row.kind, row.jp) for row in batch.certificates.all()}
    assert rows == {"Sari Utami": ("certificate", 16), "Budi": ("attendance", 6)}
    Workshop.objects.update(achievement="Pengelola inklusif", criteria="Menyerahkan RTL.")  # as a kit's badge says
    workshop.refresh_from_db()
    settle(workshop=workshop, **who(LAST_HOUR))
    assert {(row.kind, row.achievement, row.criteria[-16:]) for row in batch.certificates.all()} == {
        ("certificate", "Pengelola inklusif", "Menyerahkan RTL."), ("attendance", workshop.title, "sebagian bimtek.")}
    refused("reason_missing", waive, participant=part, reason=" ", **who(LAST_HOUR))
    refused("not_earned", waive, participant=absent, reason="Sakit", **who(LAST_HOUR))
    waive(participant=part, reason="Tugas kedinasan, materi disusulkan", **who(LAST_HOUR))
    assert settle(workshop=workshop, **who(LAST_HOUR)).pk == batch.pk
    assert sorted(Certificate.objects.values_list("name", "kind", "jp")) == [
        ("Budi", "certificate", 16), ("Sari Utami", "certificate", 16)]
    assert [(one.jp, one.completed_on) for one in trained()] == [(16, date(2026, 3, 18))] * 2
    assert {key: (one.people, one.jp) for key, one in training_of_libraries().items()} == {whole.library_id: (2, 32)}


def test_the_rule_is_a_setting_of_the_workshop(workshop: Workshop, come: Any, attend: Any, who: Any) -> None:
    row = come()
    attend(row, 3)
    given = {"title": workshop.title, "needs_plan": False, "needs_post_test": False}
    for percent, missing in ((43, ("present",)), (42, ())):
        describe_workshop(workshop=workshop, given=WorkshopGiven(min_present=percent, **given), **who())
        workshop.refresh_from_db()
        assert standings(workshop, [row])[0].missing == missing  # 3 of 7
    refused("wrong_workshop", describe_workshop, workshop=workshop, given=WorkshopGiven(min_present=101, **given), **who())


def test_a_cancelled_workshop_takes_nobody(workshop: Workshop, come: Any, library: Library, who: Any) -> None:
    row = come(confirmed=False)
    cancel_workshop(workshop=workshop, **who())
    row.workshop.gathering.refresh_from_db()
    refused("not_open", confirm_participant, participant=row, **who())
    workshop.gathering.refresh_from_db()
    refused("not_open", settle, workshop=workshop, **who(LAST_HOUR))


def test_names_are_forgotten_and_the_counts_stay(workshop: Workshop, come: Any, attend: Any, who: Any) -> None:
    row, gone = come(), come("Budi", "081200000002")
    decline_participant(participant=gone, **who())
    attend(row)
    workshop.needs_plan = workshop.needs_post_test = False
    workshop.save()
    settle(workshop=workshop, **who(LAST_HOUR))
    with pytest.raises(NotAllowed):
        forget_participants(**who())
    left = []
    for days in (80, 100, 5 * 366 + 2):
        forget_participants(**who(LAST_HOUR + timedelta(days=days), SCHEDULE))
        left.append(sorted(Participant.objects.values_list("name", flat=True)))
    assert (left, len(trained())) == ([["Budi", "Sari Utami"], ["", "Sari Utami"], ["", ""]], 1)
