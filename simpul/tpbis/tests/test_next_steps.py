"""What has waited for SIM for more than a month stands on the library's home, once nothing urgent does."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from conftest import TODAY
from simpul.activities.models import Activity
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.models import reference
from simpul.libraries.models import Library
from simpul.tpbis.actions import mark_entered
from simpul.tpbis.models import SimAccount
from simpul.tpbis.next_steps import items_wait_long
from simpul.tpbis.tests.conftest import noon

Make = Callable[..., Activity]
LONG_AGO = TODAY - timedelta(days=40)


@pytest.fixture
def account(library: Library) -> SimAccount:
    return SimAccount.objects.create(library=library, state="yes", told_on=TODAY - timedelta(days=90), together=new_id())


def test_what_waited_a_month_is_asked_for_until_it_is_entered(
        library: Library, account: SimAccount, make_activity: Make, by_librarian: Actor) -> None:
    make_activity()  # of this week: no hurry
    assert items_wait_long(library, TODAY) is None
    old, older = make_activity(LONG_AGO), make_activity(TODAY - timedelta(days=50))
    step = items_wait_long(library, TODAY)
    assert step is not None
    assert (step.heading, step.minutes) == ("2 kegiatan menunggu diinput ke SIM", 6)
    assert step.url == f"/perpustakaan/L001/sim/?periode={older.gathering.first_on.year}"
    mark_entered(library=library, references=[reference(old), reference(older)], by=by_librarian, at=noon(TODAY), id=new_id())
    assert items_wait_long(library, TODAY) is None


def test_without_an_account_nobody_is_asked(library: Library, make_activity: Make) -> None:
    make_activity(LONG_AGO)
    assert items_wait_long(library, TODAY) is None
    SimAccount.objects.create(library=library, state="asked", told_on=TODAY, together=new_id())
    assert items_wait_long(library, TODAY) is None


def test_three_questions_whatever_there_is(library: Library, account: SimAccount, make_activity: Make,
                                           django_assert_num_queries: Callable[..., object]) -> None:
    for n in range(3):
        make_activity(LONG_AGO - timedelta(days=n))
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        assert items_wait_long(library, TODAY) is not None
