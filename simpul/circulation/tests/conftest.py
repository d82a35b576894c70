"""The desk in tests: lend and return in one word, and the rules of a library."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from simpul.catalogue.models import Copy
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


@pytest.fixture(autouse=True)
def _catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    from simpul.catalogue import queries as cq

    def find_copy(code: str, library: Any) -> Copy | None:
        return Copy.objects.select_related("title", "library").filter(code__iexact=code).first()

    def find_titles(text: str, library: Any, limit: int = 8) -> Any:
        from simpul.catalogue.models import Title
        return [cq.DeskTitle(t, tuple(t.copies.filter(library=library, state="available")),
                             t.copies.filter(library=library).count(), 0)
                for t in Title.objects.filter(title__icontains=text)[:limit]]

    for module in ("simpul.circulation.views.scanning", "simpul.circulation.views.in_house",
                   "simpul.circulation.api"):
        monkeypatch.setattr(f"{module}.find_copy", find_copy)
    monkeypatch.setattr("simpul.circulation.views.scanning.find_titles_for_desk", find_titles)
