"""Two libraries' desks at the same moment, in each other's chains: nothing hangs, nothing is lost, the chains hold."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from simpul.circulation.actions import lend_copy, return_copy
from simpul.circulation.models import Loan
from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.ids import new_id
from simpul.core.journal import faults
from simpul.libraries.models import Library

ROUNDS = 6


@pytest.mark.django_db(transaction=True)
def test_copies_come_back_at_the_other_library_while_both_lend(
        library: Library, other_library: Library, make_member: Any, make_copy: Any) -> None:
    both = (library, other_library)
    members = {place.pk: make_member(library=place) for place in both}
    by = {place.pk: Actor(kind=ActorKind.ACCOUNT, id=new_id(), librarian_of=frozenset({place.pk})) for place in both}
    out = {place.pk: [make_copy(library=place) for _n in range(ROUNDS)] for place in both}
    fresh = {place.pk: [make_copy(library=place) for _n in range(ROUNDS)] for place in both}
    for place in both:
        for copy in out[place.pk]:
            lend_copy(copy=copy, to=members[place.pk], by=by[place.pk], at=clock.now(), id=new_id(), because="uji")

    def desk(work: tuple[Library, Library]) -> int:
        here, there = work
        try:
            for come, go in zip(out[there.pk], fresh[here.pk], strict=True):
                return_copy(copy=come, received_at=here, by=by[here.pk], at=clock.now(), id=new_id())
                lend_copy(copy=go, to=members[here.pk], by=by[here.pk], at=clock.now(), id=new_id(), because="uji")
            return ROUNDS
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as desks:
        assert list(desks.map(desk, [both, both[::-1]])) == [ROUNDS, ROUNDS]
    assert (Loan.objects.open().count(), Loan.objects.count(), list(faults())) == (2 * ROUNDS, 4 * ROUNDS, [])
