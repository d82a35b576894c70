"""The desk in tests: lend and return in one word, and the rules of a library."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from simpul.catalogue.models import Copy
from simpul.catalogue.search.index import index_titles
from simpul.circulation.actions import lend_copy, return_copy
from simpul.circulation.models import Loan, LoanRule
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.people.models import Member


@pytest.fixture
def lend(by_librarian: Actor, at: datetime) -> Callable[..., Loan]:
    def do(copy: Copy, to: Member, **given: Any) -> Loan:
        return lend_copy(**({"copy": copy, "to": to, "by": by_librarian, "at": at, "id": new_id()} | given))

    return do


@pytest.fixture
def take_back(by_librarian: Actor, at: datetime) -> Callable[..., Loan]:
    def do(copy: Copy, **given: Any) -> Loan:
        values = {"copy": copy, "by": by_librarian, "at": at + timedelta(hours=2), "id": new_id()}
        return return_copy(**(values | given))

    return do


@pytest.fixture
def make_rule(at: datetime) -> Callable[..., LoanRule]:
    def make(**given: Any) -> LoanRule:
        return LoanRule.objects.create(**({"changed_at": at} | given))

    return make



@pytest.fixture
def findable(make_copy: Callable[..., Copy]) -> Callable[..., Copy]:
    """A copy whose title the search knows."""

    def make(*args: Any, **given: Any) -> Copy:
        copy = make_copy(*args, **given)
        index_titles([copy.title_id])
        return copy

    return make
