"""Who helps, on which turns, and for how long."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.accounts.models import Account
from simpul.core.actor import SCHEDULE, Actor
from simpul.core.erasure import empty_everywhere, told_of
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.next_step import Step
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Closure, Library
from simpul.volunteers import schedule
from simpul.volunteers.actions import (
    HelperGiven,
    add_duty,
    add_helper,
    begin_service,
    change_helper,
    correct_service,
    drop_duty,
    end_helper,
    end_pattern,
    end_service,
    forget_helper,
    forget_helpers,
    give_back,
    issue_letter,
    join,
    leave_note,
    mark_note_read,
    record_service,
    report_absent,
    restore_duty,
    restore_helper,
    restore_letter,
    restore_pattern,
    restore_service,
    set_pattern,
    take_back_thanks,
    take_duty,
    thank,
    void_service,
    withdraw_letter,
)
from simpul.volunteers.measures import MEASURES
from simpul.volunteers.models import Duty, Handover, Helper, Pattern, Service, Thanks
from simpul.volunteers.next_steps import gap_in_roster, note_waits
from simpul.volunteers.queries import (
    Help,
    gaps_of,
    help_of,
    letter_by_token,
    minutes_by_work,
    thanks_for,
    turns_between,
    unread_notes,
)
from simpul.volunteers.tokens import letter_token

TODAY = date(2026, 3, 10)
MakeHelper = Callable[..., Helper]
MakePattern = Callable[..., Pattern]


def roster(library: Library, first: date, last: date) -> list[tuple[int, str, str]]:
    return [(turn.day.day, turn.hours, turn.helper.name if turn.helper else "") for turn in turns_between(
        library, first, last)]


@pytest.mark.parametrize(("given", "field", "code"), [
    ({"name": " "}, "name", "nothing_given"),
    ({"phone": "12", "phone_agreed": True}, "phone", "wrong_number"),
    ({"phone": "0812-1111-2222"}, "phone_agreed", "consent_missing"),
    ({"is_minor": True}, "guardian_name", "consent_missing"),
    ({"is_minor": True, "guardian_name": "Ibu Ani"}, "guardian_agreed", "consent_missing"),
    ({"since_on": date(1900, 1, 1)}, "since_on", "wrong_day"),
    ({"since_on": date(2027, 1, 1)}, "since_on", "wrong_day"),
])
def test_a_helper_needs_what_she_needs(library: Library, who: Any, given: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        add_helper(library=library, given=HelperGiven(**({"name": "Siti", "since_on": TODAY} | given)), **who())
    assert (refused.value.field, refused.value.code, Helper.objects.count()) == (field, code, 0)


def test_consents_keep_their_day(make_helper: MakeHelper, who: Any, at: datetime) -> None:
    child = {"is_minor": True, "guardian_name": "Ibu Ani", "guardian_agreed": True}
    helper = make_helper(phone="0812-1111-2222", phone_agreed=True, **child)
    assert (helper.phone, helper.phone_agreed_on, helper.guardian_agreed_on) == ("+6281211112222", TODAY, TODAY)
    later = who(at=at + timedelta(days=9))
    change_helper(helper=helper, given=HelperGiven("Siti A", TODAY, "+6281211112222", True, **child), **later)
    assert (helper.name, helper.phone_agreed_on, helper.guardian_agreed_on) == ("Siti A", TODAY, TODAY)
    change_helper(helper=helper, given=HelperGiven("Siti A", TODAY), **who())
    assert (helper.phone, helper.phone_agreed_on, helper.is_minor, helper.guardian_name) == ("", None, False, "")


def test_a_volunteer_says_herself_that_she_helps(library: Library, by_volunteer: Actor, volunteer: Account, who: Any) -> None:
    me = join(library=library, **who(by=by_volunteer))
    again = join(library=library, **who(by=by_volunteer))
    assert (me.pk, me.name, me.account, Helper.objects.count()) == (again.pk, "Budi Santoso", volunteer, 1)
    end_helper(helper=me, **who())
    assert join(library=library, **who(by=by_volunteer)).ended_on is None


def test_the_roster_follows_patterns_and_closures(library: Library, make_helper: MakeHelper, make_pattern: MakePattern) -> None:
    siti, budi = make_helper(), make_helper("Budi")
    make_pattern(siti)
    make_pattern(budi, weekday=2, starts=time(9), ends=time(12), from_on=date(2026, 3, 18))
    Closure.objects.create(library=library, first_on=date(2026, 3, 17), last_on=date(2026, 3, 17), reason="Nyepi")
    assert roster(library, TODAY, date(2026, 3, 25)) == [
        (10, "13.00–16.00", "Siti Aminah"), (18, "09.00–12.00", "Budi"), (24, "13.00–16.00", "Siti Aminah"),
        (25, "09.00–12.00", "Budi")]


def test_a_month_costs_the_same_queries_however_many_help(library: Library, make_helper: MakeHelper,
                                                          make_pattern: MakePattern) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            turns_between(library, TODAY, date(2026, 4, 10))
        return len(queries)

    make_pattern(make_helper())
    asked()  # hours and closures are fetched once
    one = asked()
    for n in range(2):
        make_pattern(make_helper(f"N {n}"), weekday=n + 2)
    assert asked() == one


def test_a_pattern_ends_today_and_comes_back(library: Library, make_helper: MakeHelper, make_pattern: MakePattern,
                                             who: Any) -> None:
    pattern = make_pattern(make_helper())
    end_pattern(pattern=pattern, **who())
    assert roster(library, date(2026, 3, 3), date(2026, 3, 31)) == [(3, "13.00–16.00", "Siti Aminah")]
    restore_pattern(pattern=pattern, **who())
    assert len(roster(library, date(2026, 3, 3), date(2026, 3, 31))) == 5


@pytest.mark.parametrize(("given", "field"), [
    ({"ends": time(12)}, "ends"), ({"weekday": 7}, "weekday"), ({"from_on": date(1, 1, 1)}, "from_on")])
def test_wrong_turns_are_refused(make_helper: MakeHelper, make_pattern: MakePattern, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        make_pattern(make_helper(), **given)
    assert refused.value.field == field


def test_nobody_serves_twice_at_a_time(make_helper: MakeHelper, make_pattern: MakePattern) -> None:
    siti = make_helper()
    make_pattern(siti)
    make_pattern(siti, starts=time(16), ends=time(17))
    with pytest.raises(Refusal) as refused:
        make_pattern(siti, starts=time(15), ends=time(18))
    assert refused.value.code == "already_there"


def test_who_cannot_come_leaves_a_gap_that_somebody_takes(library: Library, make_helper: MakeHelper,
                                                          make_pattern: MakePattern, who: Any) -> None:
    siti, budi, ani = make_helper(), make_helper("Budi"), make_helper("Ani")
    pattern = make_pattern(siti)
    gap = report_absent(library=library, pattern=pattern, day=TODAY, **who())
    assert report_absent(library=library, pattern=pattern, day=TODAY, **who()).pk == gap.pk
    assert (roster(library, TODAY, TODAY), gaps_of(library, TODAY, TODAY)) == ([(10, "13.00–16.00", "")], [gap])
    first, second = Duty.objects.get(), Duty.objects.get()
    take_duty(duty=first, helper=budi, **who())
    with pytest.raises(Refusal) as refused:
        take_duty(duty=second, helper=ani, **who())
    assert refused.value.code == "taken"
    turn = turns_between(library, TODAY, TODAY)[0]
    assert (turn.helper, turn.absent) == (budi, siti)
    report_absent(library=library, duty=Duty.objects.get(), day=TODAY, **who())
    assert roster(library, TODAY, TODAY) == [(10, "13.00–16.00", "")]
    give_back(duty=Duty.objects.get(), **who())
    assert roster(library, TODAY, TODAY) == [(10, "13.00–16.00", "Siti Aminah")]


def test_no_turn_no_absence(library: Library, other_library: Library, make_helper: MakeHelper, make_pattern: MakePattern,
                            who: Any) -> None:
    pattern = make_pattern(make_helper())
    for day in (date(2026, 3, 11), date(2026, 3, 3), date(2028, 3, 14)):
        with pytest.raises(Refusal) as refused:
            report_absent(library=library, pattern=pattern, day=day, **who())
        assert refused.value.code == "wrong_day"
    assert Duty.objects.count() == 0


def test_a_single_turn_may_be_open_and_fall_out(library: Library, make_helper: MakeHelper, who: Any) -> None:
    duty = add_duty(library=library, day=date(2026, 3, 14), starts=time(8), ends=time(12), **who())
    assert gaps_of(library, TODAY, date(2026, 3, 20)) == [duty]
    take_duty(duty=duty, helper=make_helper(), **who())
    drop_duty(duty=duty, **who())
    assert roster(library, TODAY, date(2026, 3, 20)) == []
    restore_duty(duty=duty, **who())
    assert roster(library, TODAY, date(2026, 3, 20)) == [(14, "08.00–12.00", "Siti Aminah")]


def test_hours_in_two_taps(make_helper: MakeHelper, who: Any, at: datetime) -> None:
    siti = make_helper()
    begun = begin_service(helper=siti, **who())
    with pytest.raises(Refusal) as refused:
        begin_service(helper=siti, **who())
    assert refused.value.code == "already_there"
    done = end_service(service=begun, **who(at=at + timedelta(minutes=95)))
    assert (done.minutes, done.local_date, done.happened_at) == (95, TODAY, at)
    with pytest.raises(Refusal):
        end_service(service=done, **who())


def test_a_forgotten_tap_asks_for_the_hours(make_helper: MakeHelper, who: Any, at: datetime) -> None:
    begun = begin_service(helper=make_helper(), **who())
    with pytest.raises(Refusal) as refused:
        end_service(service=begun, **who(at=at + timedelta(hours=20)))
    assert (refused.value.code, refused.value.field) == ("too_long", "hours")
    assert end_service(service=begun, minutes=120, **who(at=at + timedelta(hours=20))).minutes == 120


@pytest.mark.parametrize(("given", "code"), [
    ({"minutes": 0}, "wrong_hours"), ({"minutes": 961}, "wrong_hours"), ({"minutes": -5}, "wrong_hours"),
    ({"work": "war"}, "wrong_hours"), ({"ago": -2}, "wrong_day"), ({"ago": 400}, "wrong_day")])
def test_hours_that_cannot_be_are_refused(make_helper: MakeHelper, who: Any, at: datetime, given: dict[str, Any],
                                          code: str) -> None:
    ago = given.pop("ago", 0)
    with pytest.raises(Refusal) as refused:
        record_service(helper=make_helper(), happened_at=at - timedelta(days=ago), **({"minutes": 60} | given), **who())
    assert (refused.value.code, Service.objects.count()) == (code, 0)


def test_a_correction_voids_and_replaces(library: Library, make_helper: MakeHelper, who: Any, at: datetime) -> None:
    siti = make_helper()
    wrong = record_service(helper=siti, minutes=600, **who())
    right = correct_service(service=wrong, minutes=60, work="books", **who(at=at + timedelta(minutes=1)))
    assert (Service.objects.get(pk=wrong.pk).minutes, right.replaces, right.happened_at) == (600, wrong, at)
    assert minutes_by_work(siti, TODAY, TODAY) == {"books": 60}
    for again in (lambda: correct_service(service=wrong, minutes=5, work="desk", **who()),
                  lambda: restore_service(service=wrong, **who())):
        with pytest.raises(Refusal):
            again()
    void_service(service=right, **who())
    assert help_of([library.pk], TODAY, TODAY) == {}
    restore_service(service=right, **who())
    assert help_of(None, TODAY, TODAY) == {library.pk: Help(active=1, minutes=60)}


def test_the_same_tap_twice_is_one(make_helper: MakeHelper, who: Any) -> None:
    siti, once = make_helper(), who()
    assert record_service(helper=siti, minutes=60, **once).pk == record_service(helper=siti, minutes=60, **once).pk
    assert Service.objects.count() == 1


def test_measures_and_counts(library: Library, make_helper: MakeHelper, who: Any) -> None:
    for name, minutes in (("Siti", 90), ("Budi", 30), ("Ani", 60)):
        record_service(helper=make_helper(name), minutes=minutes, **who())
    void_service(service=Service.objects.get(minutes=60), **who())
    begin_service(helper=Helper.objects.get(name="Ani"), **who())
    assert {one.name: one.total(one.rows()) for one in MEASURES} == {"volunteer_minutes": 120, "new_volunteers": 3}
    with CaptureQueriesContext(connection) as asked:
        assert help_of([library.pk], TODAY, TODAY) == {library.pk: Help(active=2, minutes=120)}
    assert len(asked) == 1


def test_a_letter_tells_the_hours_and_holds_until_withdrawn(make_helper: MakeHelper, who: Any, at: datetime) -> None:
    siti = make_helper()
    record_service(helper=siti, minutes=90, work="reading", happened_at=at - timedelta(days=9), **who())
    record_service(helper=siti, minutes=30, **who())
    given = {"helper": siti, "first_on": date(2026, 1, 1), "last_on": TODAY, "signer": "Kepala TBM"}
    letter = issue_letter(**given, **who())
    assert (letter.number, letter.minutes, letter.total, letter.initials) == (
        "001/SKR/L001/III/2026", {"reading": 90, "desk": 30}, 120, "S. A.")
    assert issue_letter(**given, **who()).number == "002/SKR/L001/III/2026"
    assert letter_by_token(letter_token(letter.pk)) == letter
    assert letter_by_token(letter.token_hash) is None
    assert withdraw_letter(letter=letter, reason="Salah nama", **who()).withdrawn_at == at
    assert restore_letter(letter=letter, **who()).withdrawn_at is None


@pytest.mark.parametrize(("given", "code"), [
    ({"last_on": TODAY + timedelta(days=1)}, "wrong_day"), ({"first_on": TODAY, "last_on": date(2026, 1, 1)}, "wrong_day"),
    ({"signer": " "}, "nothing_given"), ({"first_on": date(2025, 2, 1), "last_on": date(2025, 3, 1)}, "no_hours")])
def test_a_letter_without_hours_or_signer_is_none(make_helper: MakeHelper, who: Any, given: dict[str, Any], code: str) -> None:
    siti = make_helper()
    record_service(helper=siti, minutes=30, **who())
    with pytest.raises(Refusal) as refused:
        issue_letter(**({"helper": siti, "first_on": date(2026, 1, 1), "last_on": TODAY, "signer": "Kepala"} | given), **who())
    assert refused.value.code == code


def test_who_stops_is_forgotten_in_time(make_helper: MakeHelper, make_pattern: MakePattern, who: Any, at: datetime) -> None:
    siti = make_helper(phone="0812-1111-2222", phone_agreed=True, likes="Mendongeng")
    pattern = make_pattern(siti)
    record_service(helper=siti, minutes=30, **who())
    end_helper(helper=siti, **who())
    assert Pattern.objects.get().until_on == TODAY
    restore_helper(helper=siti, **who())
    assert Pattern.objects.get().until_on is None
    end_helper(helper=siti, **who())
    with pytest.raises(Refusal):
        begin_service(helper=siti, **who())
    with pytest.raises(Refusal):
        set_pattern(helper=siti, weekday=3, starts=time(8), ends=time(9), from_on=TODAY, **who())
    with pytest.raises(Refusal):
        restore_pattern(pattern=Pattern.objects.select_related("helper").get(pk=pattern.pk), **who())
    assert (schedule.run(at), schedule.run(at + timedelta(days=92))) == (0, 1)
    kept = Helper.objects.get()
    assert (kept.phone, kept.name) == ("", "Siti Aminah")
    assert (schedule.run(at + timedelta(days=732)), schedule.run(at + timedelta(days=732))) == (1, 0)
    kept = Helper.objects.get()
    assert (kept.name, kept.likes, Service.objects.counting().count()) == ("S. A.", "", 1)
    with pytest.raises(Refusal):
        restore_helper(helper=kept, **who())


def test_she_is_forgotten_at_once_if_she_asks(library: Library, make_helper: MakeHelper, who: Any) -> None:
    siti = make_helper(is_minor=True, guardian_name="Ibu Ani", guardian_agreed=True)
    thank(library=library, helper=siti, text="Terima kasih, Siti", **who())
    forget_helper(helper=siti, **who())
    kept = Helper.objects.get()
    assert (kept.name, kept.guardian_name, kept.guardian_agreed_on, kept.ended_on, Thanks.objects.count()) == (
        "S. A.", "", None, TODAY, 0)


def test_a_person_reads_and_takes_back_her_number(make_helper: MakeHelper, make_person: Any) -> None:
    make_helper(phone="0812-1111-2222", phone_agreed=True)
    person = make_person(phone="+6281211112222")
    assert [(part.rows) for part in told_of(person) if "Siti Aminah" in str(part.rows)] != []
    empty_everywhere(person)
    assert Helper.objects.get().phone == ""


def test_a_note_goes_to_the_next_duty(library: Library, who: Any, at: datetime) -> None:
    assert note_waits(library, TODAY) is None
    note = leave_note(library=library, text="Kunci di Pak RT", **who())
    step = note_waits(library, TODAY)
    assert isinstance(step, Step)
    assert step.why == "“Kunci di Pak RT”"
    mark_note_read(note=note, **who())
    assert (unread_notes(library, TODAY), note_waits(library, TODAY)) == ([], None)
    assert schedule.run(at + timedelta(days=91)) == 1
    assert Handover.objects.count() == 0


def test_a_library_without_helpers_is_asked_for_nothing(library: Library) -> None:
    assert (gap_in_roster(library, TODAY), note_waits(library, TODAY)) == (None, None)


def test_a_gap_is_the_next_step(library: Library, make_helper: MakeHelper, make_pattern: MakePattern, who: Any) -> None:
    report_absent(library=library, pattern=make_pattern(make_helper()), day=TODAY, **who())
    step = gap_in_roster(library, TODAY)
    assert isinstance(step, Step)
    assert (step.urgency, step.url) == (2, "/perpustakaan/L001/relawan/")


def test_thanks_are_read_by_her_and_by_all(library: Library, make_helper: MakeHelper, who: Any, by_mentor: Actor) -> None:
    siti, budi = make_helper(), make_helper("Budi")
    one = thank(library=library, helper=siti, text="Dongengnya bagus", **who())
    everybody = thank(library=library, text="Terima kasih semua", **who(by=by_mentor))
    assert (set(thanks_for(siti, TODAY)), thanks_for(budi, TODAY)) == ({one, everybody}, [everybody])
    take_back_thanks(thanks=one, **who())
    assert thanks_for(siti, TODAY) == [everybody]
    with pytest.raises(Refusal):
        thank(library=library, text="  ", **who())
    with pytest.raises(NotAllowed):
        thank(library=library, helper=siti, text="Siapa ini?", **who(by=by_mentor))


def test_strangers_change_nothing(library: Library, make_helper: MakeHelper, make_pattern: MakePattern, who: Any,
                                  by_stranger: Actor, by_mentor: Actor, by_coordinator: Actor, by_volunteer: Actor) -> None:
    siti = make_helper()
    pattern = make_pattern(siti)
    before = JournalLine.objects.count()
    given = HelperGiven("X", TODAY)
    for by in (by_stranger, by_mentor, by_coordinator):
        for change in (
                lambda by=by: add_helper(library=library, given=given, **who(by=by)),
                lambda by=by: record_service(helper=siti, minutes=5, **who(by=by)),
                lambda by=by: report_absent(library=library, pattern=pattern, day=TODAY, **who(by=by)),
                lambda by=by: leave_note(library=library, text="x", **who(by=by)),
                lambda by=by: end_helper(helper=siti, **who(by=by))):
            with pytest.raises(NotAllowed):
                change()
    with pytest.raises(NotAllowed):
        add_helper(library=library, given=given, **who(by=by_volunteer))
    with pytest.raises(NotAllowed):
        thank(library=library, text="x", **who(by=by_stranger))
    with pytest.raises(NotAllowed):
        forget_helpers(**who())
    assert (JournalLine.objects.count(), forget_helpers(by=SCHEDULE, at=who()["at"], id=new_id())) == (before, 0)


def test_the_journal_names_nobody(make_helper: MakeHelper, by_coordinator: Actor, by_librarian: Actor) -> None:
    siti = make_helper("Zubaidah Rahma")
    for line in JournalLine.objects.all():
        assert "Zubaidah" not in str((line.facts, line.refs, line.result))
    assert (siti.journal_label(by_coordinator), siti.journal_label(by_librarian)) == ("Z. R.", "Zubaidah Rahma")
