"""Inviting, accepting, ending and helping back in: who may, what happens, and what a link gives away."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from simpul.accounts.models import Account, Invitation, Session
from simpul.accounts.passwords import Secret
from simpul.core import clock
from simpul.core.actor import COMMAND, Actor, ActorKind, Role
from simpul.core.models import JournalLine
from simpul.core.refusal import ChangeIdReused, NotAllowed
from simpul.libraries.actions import staff, staff_roles
from simpul.libraries.models import StaffRole
from simpul.libraries.staffing import can_give

PASSWORD = "empat kata yang saya ingat"
V, L, M, C, A = Role.VOLUNTEER, Role.LIBRARIAN, Role.MENTOR, Role.COORDINATOR, Role.ADMINISTRATOR


@pytest.fixture
def by_administrator(make_account):
    return Actor(kind=ActorKind.ACCOUNT, id=make_account("Eko Prasetyo", A).pk, is_administrator=True)


@pytest.fixture
def invite(library, by_librarian, at, change_id):
    def make(role=V, **given):
        told = {"role": role, "library": library, "for_name": "Wati", "by": by_librarian, "at": at,
                "id": change_id()} | given
        return staff.invite(**told)

    return make


@pytest.fixture
def accept(at, change_id):
    def do(invitation, **given):
        told = {"invitation": invitation, "name": "Wati Susanti", "phone": "+6281399990000",
                "password": Secret(PASSWORD), "by": Actor(kind=ActorKind.LINK, id=invitation.pk),
                "at": at, "id": change_id()} | given
        return staff.accept_as_new(**told)

    return do


# --- who gives which role --------------------------------------------------------------------------------


def test_nobody_grants_a_role_above_their_own(
        library, by_volunteer, by_librarian, by_mentor, by_coordinator, by_administrator):
    def gives(actor):
        return {role for role in Role if can_give(actor, role, None if role in (C, A) else library.pk)}

    actors = (by_volunteer, by_mentor, by_librarian, by_coordinator, by_administrator, COMMAND)
    assert [gives(actor) for actor in actors] == [set(), set(), {V, L}, {V, L, M, C}, set(Role), set(Role)]


def test_a_librarian_gives_roles_of_her_own_library_only(other_library, by_librarian):
    assert [role for role in Role if can_give(by_librarian, role, other_library.pk)] == []


def test_a_narrowed_actor_gives_nothing(library):
    kiosk = Actor(kind=ActorKind.DEVICE, librarian_of=frozenset({library.pk}), only=frozenset({"visits.record"}))
    assert [role for role in Role if can_give(kiosk, role, library.pk)] == []


def test_inviting_above_is_refused_and_nothing_is_made(invite, by_volunteer):
    for told in ({"role": C, "library": None}, {"role": M}, {"by": by_volunteer}):
        with pytest.raises(NotAllowed):
            invite(**told)
    assert (Invitation.objects.count(), JournalLine.objects.count()) == (0, 0)


def test_a_role_has_its_place(invite, by_coordinator):
    with pytest.raises(staff.WrongPlace):
        invite(role=C, by=by_coordinator)
    with pytest.raises(staff.WrongPlace):
        invite(role=V, library=None, by=by_coordinator)


# --- the link --------------------------------------------------------------------------------------------


def test_the_same_change_gives_the_same_link_and_the_journal_does_not_hold_it(invite, change_id):
    id = change_id()
    first, again = invite(id=id), invite(id=id)
    line = JournalLine.objects.get()
    assert (first.token == again.token, first.invitation == again.invitation, len(first.token)) == (True, True, 43)
    assert first.token not in str(line.__dict__)
    assert first.token not in str(first.invitation.__dict__)
    assert invite().token != first.token
    with pytest.raises(ChangeIdReused):
        invite(id=id, for_name="Orang lain")


def test_reading_the_link_does_not_spend_it_and_is_not_indexed(invite):
    made = invite()
    open_now(made.invitation)
    preview = Client(headers={"User-Agent": "WhatsApp/2.23"})
    for _n in range(3):
        answer = preview.get(f"/undangan/{made.token}/")
    assert (answer.status_code, answer["X-Robots-Tag"], answer["Referrer-Policy"],
            "no-store" in answer["Cache-Control"]) == (200, "noindex, nofollow, noarchive", "same-origin", True)
    assert preview.head(f"/undangan/{made.token}/").status_code == 200
    made.invitation.refresh_from_db()
    assert made.invitation.spent_at is None


def join(client, token, **given):
    told = {"name": "Wati Susanti", "phone": "0813 9999 0000", "password": PASSWORD, "change": uuid4()} | given
    return client.post(f"/undangan/{token}/", told)


def open_now(invitation):
    """Tests of pages live by the real clock."""
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=clock.now() + timedelta(hours=72))


def test_a_new_person_accepts_and_serves(invite, library):
    made = invite()
    open_now(made.invitation)
    client = Client()
    answer = join(client, made.token)
    account = Account.objects.get(phone="+6281399990000")
    role = account.roles.get()
    made.invitation.refresh_from_db()
    assert (answer.status_code, role.role, role.library, made.invitation.spent_by) == (302, V, library, account)
    assert client.get(f"/perpustakaan/{library.code}/pengelola/").status_code == 200
    assert join(Client(), made.token, phone="081388880000").status_code == 410


def test_a_double_tap_gives_the_first_answer_but_only_to_who_knows_the_password(invite):
    made = invite()
    open_now(made.invitation)
    change = uuid4()
    answers = [join(Client(), made.token, change=change).status_code for _n in range(2)]
    assert (answers, Account.objects.filter(name="Wati Susanti").count()) == ([302, 302], 1)
    thief = Client()
    assert join(thief, made.token, change=change, password="kata sandi si pencuri").status_code == 410
    assert "_auth_user_id" not in thief.session


def test_spent_revoked_out_of_date_and_unknown_links_get_one_answer(invite, accept, by_librarian, at, change_id):
    spent, revoked, late = invite(), invite(), invite()
    for made in (spent, revoked):
        open_now(made.invitation)
    accept(spent.invitation)
    staff.revoke_invitation(invitation=revoked.invitation, by=by_librarian, at=at, id=change_id())

    def told(token):
        answer = Client().get(f"/undangan/{token}/")
        return answer.status_code, answer.content

    answers = {told(token) for token in (spent.token, revoked.token, late.token, "x" * 43, "ä")}
    assert [status for status, _body in answers] == [410]


@pytest.mark.parametrize(("hours", "is_open"), [(71.99, True), (72, False), (100, False)])
def test_a_link_lasts_72_hours(invite, at, hours, is_open):
    made = invite()
    assert (staff.open_link(made.token, at + timedelta(hours=hours)) is not None) is is_open


def test_an_invitation_of_somebody_who_no_longer_serves_is_void(invite, accept, librarian, at):
    made = invite(role=L)
    librarian.roles.update(ends_on=staff.today(at))
    assert staff.open_link(made.token, at) is None
    with pytest.raises(staff.LinkGone):
        accept(made.invitation)
    made.invitation.refresh_from_db()
    assert made.invitation.spent_at is None


def test_an_existing_account_accepts_with_its_own_sign_in(invite, stranger, sign_in, library):
    made = invite()
    open_now(made.invitation)
    client = sign_in(stranger)
    assert client.get(f"/undangan/{made.token}/").status_code == 200
    answer = client.post(f"/undangan/{made.token}/", {"as": "1", "change": uuid4()})
    assert (answer.status_code, {(role.role, role.library.code) for role in stranger.roles.all()}) == (
        302, {(L, "L002"), (V, "L001")})


def test_who_serves_already_does_not_spend_the_link(invite, volunteer, sign_in):
    made = invite()
    open_now(made.invitation)
    answer = sign_in(volunteer).post(f"/undangan/{made.token}/", {"as": "1", "change": uuid4()})
    made.invitation.refresh_from_db()
    assert (answer.status_code, made.invitation.spent_at, volunteer.roles.count()) == (200, None, 1)


def test_a_number_that_has_an_account_is_told_so_and_the_link_stays_good(invite, volunteer):
    made = invite()
    open_now(made.invitation)
    answer = join(Client(), made.token, phone=volunteer.phone)
    made.invitation.refresh_from_db()
    assert (list(answer.context["form"].errors), made.invitation.spent_at) == (["phone"], None)


def test_an_invited_coordinator_is_led_to_the_second_step(invite, by_coordinator):
    made = invite(role=C, library=None, by=by_coordinator)
    open_now(made.invitation)
    client = Client()
    assert join(client, made.token)["Location"] == "/akun/langkah-kedua/"
    assert client.get("/kota/pengelola/").status_code == 404


# --- roles end and come back -------------------------------------------------------------------------------


@pytest.fixture
def change_of(at, change_id):
    return lambda by: {"by": by, "at": at, "id": change_id()}


def test_a_role_ends_at_once_and_its_end_can_be_taken_back_the_same_day(volunteer, by_librarian, at, change_of,
                                                                          change_id):
    role = volunteer.roles.get()
    staff_roles.end_role(role=role, **change_of(by_librarian))
    assert StaffRole.objects.on(staff.today(at)).filter(account=volunteer).count() == 0
    staff_roles.restore_role(role=role, **change_of(by_librarian))
    assert StaffRole.objects.on(staff.today(at)).filter(account=volunteer).count() == 1
    staff_roles.end_role(role=role, **change_of(by_librarian))
    with pytest.raises(staff_roles.CannotRestore):
        staff_roles.restore_role(role=role, by=by_librarian, at=at + timedelta(days=1), id=change_id())


def test_a_planned_last_day_survives_ending_and_taking_back(mentor, by_coordinator, at, change_of):
    role = mentor.roles.get()
    role.ends_on = staff.today(at) + timedelta(days=90)
    role.save()
    staff_roles.end_role(role=role, **change_of(by_coordinator))
    staff_roles.restore_role(role=role, **change_of(by_coordinator))
    role.refresh_from_db()
    assert role.ends_on == staff.today(at) + timedelta(days=90)


def test_a_role_given_anew_is_not_restored_twice(volunteer, library, by_librarian, at, change_of):
    role = volunteer.roles.get()
    staff_roles.end_role(role=role, **change_of(by_librarian))
    StaffRole.objects.create(account=volunteer, role=V, library=library, starts_on=staff.today(at))
    with pytest.raises(staff_roles.CannotRestore):
        staff_roles.restore_role(role=role, **change_of(by_librarian))


def test_the_last_coordinator_and_administrator_stay(coordinator, by_coordinator, by_administrator, make_account,
                                                     change_of):
    with pytest.raises(staff_roles.LastOne):
        staff_roles.end_role(role=coordinator.roles.get(), **change_of(by_coordinator))
    with pytest.raises(staff_roles.LastOne):
        staff_roles.end_role(role=StaffRole.objects.get(role=A), **change_of(by_administrator))
    make_account("Nur Aini", C)
    staff_roles.end_role(role=coordinator.roles.get(), **change_of(by_coordinator))
    assert StaffRole.objects.filter(role=C, ends_on=None).count() == 1


def test_an_inactive_account_does_not_count_as_the_other_coordinator(coordinator, by_coordinator, make_account,
                                                                     change_of):
    other = make_account("Nur Aini", C)
    Account.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(staff_roles.LastOne):
        staff_roles.end_role(role=coordinator.roles.get(), **change_of(by_coordinator))


def test_nobody_ends_a_role_above_or_elsewhere(
        volunteer, librarian, coordinator, make_account, by_volunteer, by_stranger, by_librarian, by_mentor, change_of):
    make_account("Nur Aini", C)
    for role, by in ((librarian.roles.get(), by_volunteer), (volunteer.roles.get(), by_stranger),
                     (coordinator.roles.get(), by_librarian), (volunteer.roles.get(), by_mentor)):
        with pytest.raises(NotAllowed):
            staff_roles.end_role(role=role, **change_of(by))


def test_a_mentor_gets_many_libraries_at_once(
        mentor, library, other_library, make_library, by_coordinator, by_librarian, at, change_of):
    day = staff.today(at)
    third = make_library()
    told = {"account": mentor, "libraries": [library, other_library, third], "starts_on": day,
            "ends_on": day + timedelta(days=30)}
    assert staff_roles.assign_mentor(**told, **change_of(by_coordinator)) == 2
    assert staff_roles.assign_mentor(**told, **change_of(by_coordinator)) == 0
    later = told | {"starts_on": day + timedelta(days=30), "ends_on": None}
    assert staff_roles.assign_mentor(**later, **change_of(by_coordinator)) == 2
    with pytest.raises(staff_roles.WrongDates):
        staff_roles.assign_mentor(**(told | {"ends_on": day}), **change_of(by_coordinator))
    with pytest.raises(NotAllowed):
        staff_roles.assign_mentor(**told, **change_of(by_librarian))


# --- helping back in -----------------------------------------------------------------------------------------


def may_reset(by, account, at, change_id):
    try:
        staff.reset_link(account=account, by=by, at=at, id=change_id())
        return True
    except NotAllowed:
        return False


def test_who_may_let_whom_choose_a_new_password(
        volunteer, librarian, mentor, coordinator, stranger, by_volunteer, by_librarian, by_mentor, by_stranger,
        by_coordinator, by_administrator, at, change_id):
    people = (volunteer, librarian, mentor, coordinator)
    table = [[may_reset(by, account, at, change_id) for account in people]
             for by in (by_volunteer, by_mentor, by_stranger, by_librarian, by_coordinator, by_administrator, COMMAND)]
    nobody, everybody = [False] * 4, [True] * 4
    assert table == [nobody, nobody, nobody, [True, False, False, False], [True, True, True, False], everybody,
                     everybody]


def test_a_librarian_cannot_become_somebody_of_another_library(volunteer, other_library, by_librarian, at, change_id):
    """Her volunteer is also a volunteer next door: a new password would open the neighbour's members."""
    StaffRole.objects.create(account=volunteer, role=V, library=other_library, starts_on=staff.today(at))
    assert may_reset(by_librarian, volunteer, at, change_id) is False


def test_a_role_that_begins_later_counts_too(volunteer, other_library, by_librarian, at, change_id):
    StaffRole.objects.create(account=volunteer, role=L, library=other_library,
                             starts_on=staff.today(at) + timedelta(days=5))
    assert may_reset(by_librarian, volunteer, at, change_id) is False


def test_a_reset_link_sets_a_password_once_and_ends_every_session(volunteer, by_librarian, at, change_id, sign_in):
    sign_in(volunteer)
    old = staff.reset_link(account=volunteer, by=by_librarian, at=at, id=change_id())
    made = staff.reset_link(account=volunteer, by=by_librarian, at=at, id=change_id())
    assert staff.open_link(old.token, at) is None
    open_now(made.invitation)
    assert Client().get(f"/undangan/{made.token}/").status_code == 200
    assert Session.objects.filter(account=volunteer).count() == 1
    client = Client()
    answer = client.post(f"/undangan/{made.token}/", {"password": PASSWORD, "change": uuid4()})
    volunteer.refresh_from_db()
    assert (answer.status_code, volunteer.check_password(PASSWORD)) == (302, True)
    assert Session.objects.filter(account=volunteer).count() == 1  # the browser that chose it
    assert Client().post(f"/undangan/{made.token}/", {"password": PASSWORD, "change": uuid4()}).status_code == 410


def test_a_reset_link_does_not_get_around_the_second_step(volunteer, by_librarian, at, change_id):
    TOTPDevice.objects.create(user=volunteer, name="app", confirmed=True)
    made = staff.reset_link(account=volunteer, by=by_librarian, at=at, id=change_id())
    open_now(made.invitation)
    client = Client()
    answer = client.post(f"/undangan/{made.token}/", {"password": PASSWORD, "change": uuid4()})
    assert (answer["Location"], "_auth_user_id" in client.session) == ("/masuk/kode/", False)


def test_a_lost_second_step_is_taken_away_by_who_stands_above(volunteer, by_stranger, by_coordinator, change_of):
    TOTPDevice.objects.create(user=volunteer, name="app", confirmed=True)
    with pytest.raises(NotAllowed):
        staff.take_second_factor_away(account=volunteer, **change_of(by_stranger))
    staff.take_second_factor_away(account=volunteer, **change_of(by_coordinator))
    assert TOTPDevice.objects.count() == 0
