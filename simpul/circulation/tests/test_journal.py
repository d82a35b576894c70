"""The journal of a library tells of loans with their titles and readers without asking row by row."""

import pytest

from simpul.circulation.actions import lend_copy, return_copy
from simpul.core.ids import new_id
from simpul.core.journal import sentences
from simpul.core.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("n", [1, 3])
def test_lines_cost_the_same_for_one_and_three(n, library, make_copy, make_member, by_librarian, at,
                                               django_assert_num_queries):
    for _ in range(n):
        copy = make_copy()
        lend_copy(copy=copy, to=make_member(), by=by_librarian, at=at, id=new_id())
        return_copy(copy=copy, by=by_librarian, at=at, id=new_id())
    lines = list(JournalLine.objects.filter(verb__startswith="loan.").order_by("pk"))
    with django_assert_num_queries(5):  # copies, members, loans, accounts, the library
        told = sentences(lines, reader=by_librarian)
    assert len(told) == 2 * n
    assert copy.title.title in told[-1].text
