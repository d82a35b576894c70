"""Two at once: one wins, on both engines."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from simpul.accounts import throttle
from simpul.accounts.actions.devices import offer_device, pair_device
from simpul.accounts.browsers import Browser
from simpul.accounts.models import Account, Device, SignInFailures
from simpul.accounts.passwords import Secret
from simpul.core.actor import Actor, ActorKind, Role
from simpul.core.ids import new_id
from simpul.core.refusal import Refusal
from simpul.libraries.actions import staff, staff_roles
from simpul.libraries.models import StaffRole

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run the jobs at the same moment; "done", or the code of the refusal, of each."""
    start, told = Barrier(len(jobs)), ["?"] * len(jobs)

    def run(n):
        start.wait()
        try:
            jobs[n]()
            told[n] = "done"
        except Refusal as refusal:
            told[n] = refusal.code
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n,)) for n in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_two_people_accept_one_invitation(library, by_librarian, at):
    made = staff.invite(role=Role.VOLUNTEER, library=library, for_name="Wati", by=by_librarian, at=at, id=new_id())

    def join(phone):
        return lambda: staff.accept_as_new(
            invitation=made.invitation, name="Wati", phone=phone, password=Secret("empat kata yang saya ingat"),
            by=Actor(kind=ActorKind.LINK, id=made.invitation.pk), at=at, id=new_id())

    assert at_once(*[join(f"+62813999900{n:02}") for n in range(4)]) == ["done"] + ["link_gone"] * 3
    assert Account.objects.filter(name="Wati").count() == StaffRole.objects.filter(account__name="Wati").count() == 1


def test_one_person_taps_twice(library, by_librarian, at):
    made = staff.invite(role=Role.VOLUNTEER, library=library, for_name="Wati", by=by_librarian, at=at, id=new_id())
    id = new_id()

    def join():
        staff.accept_as_new(
            invitation=made.invitation, name="Wati", phone="+6281399990000", by=Actor(kind=ActorKind.LINK),
            password=Secret("empat kata yang saya ingat"), at=at, id=id)

    assert at_once(join, join) == ["done", "done"]
    assert Account.objects.filter(name="Wati").count() == 1


def test_two_coordinators_dismiss_each_other(make_account, city, at):
    roles = [make_account(name, Role.COORDINATOR).roles.get() for name in ("Siti", "Nur")]

    def dismiss(one, other):
        by = Actor(kind=ActorKind.ACCOUNT, id=one.account_id, is_coordinator=True)
        return lambda: staff_roles.end_role(role=StaffRole.objects.get(pk=other.pk), by=by, at=at, id=new_id())

    assert at_once(dismiss(*roles), dismiss(*reversed(roles))) == ["done", "last_one"]
    assert StaffRole.objects.filter(role="coordinator", ends_on=None).count() == 1


def test_two_tablets_type_one_code(library, by_librarian, at):
    offered = offer_device(library_id=library.pk, name="Pintu", kind="kiosk", by=by_librarian, at=at, id=new_id())
    pairs = [lambda: pair_device(code=offered.code, at=at + timedelta(minutes=1), id=new_id()) for _n in range(3)]
    assert at_once(*pairs) == ["done", "wrong_pairing_code", "wrong_pairing_code"]
    assert Device.objects.paired().count() == 1


def test_attempts_at_the_same_moment_are_all_counted(db, at):
    keys = throttle.keys_for("0812", None, Browser("x"))
    assert at_once(*[lambda: throttle.claim(keys, at) for _n in range(8)]) == ["done"] * 5 + ["locked"] * 3
    assert sorted(SignInFailures.objects.values_list("count", flat=True)) == [5, 5]
