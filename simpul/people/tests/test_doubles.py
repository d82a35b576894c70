"""The same person entered twice at one library: offered, joined, counted once, separated again."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from simpul.catalogue.models import Copy
from simpul.circulation.actions import lend_copy
from simpul.circulation.models import Loan
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.core.refusal import NotAllowed
from simpul.indicators.people import people
from simpul.indicators.periods import Period
from simpul.indicators.places import of_libraries
from simpul.libraries.models import Library
from simpul.people.actions import erase_person, join_double, tell_apart, unlink_same_person
from simpul.people.actions.refusals import BadChoice, NothingToDo
from simpul.people.models import Member, Person, SamePerson
from simpul.people.queries import double_pairs, find_members, member_by_card
from simpul.visits.actions import record_visit
from simpul.visits.models import Visit


@pytest.fixture
def does(by_librarian: Actor, at: Any) -> Any:
    def do(action: Any, **given: Any) -> Any:
        return action(**({"by": by_librarian, "at": at, "id": new_id()} | given))
    return do


@pytest.fixture
def twins(enrol: Any) -> tuple[Member, Member]:
    """She was entered at the desk, and again on a phone."""
    return enrol("Nurul Hidayah", card="DESK0001"), enrol("Nurul Hidayat", card="PHON0002")


@pytest.fixture
def desk(sign_in: Any, librarian: Any) -> Client:
    browser: Client = sign_in(librarian)
    return browser


def unique(name: str, library: Library, at: Any) -> int:
    return people(discover()[name], of_libraries([library]), Period.of_year(at.year)).most


def test_number_and_card_of_the_double_open_the_kept_one(
        does: Any, library: Library, twins: tuple[Member, Member]) -> None:
    kept, double = twins
    does(join_double, kept=kept, double=double)
    assert member_by_card("PHON0002", library) == kept
    assert [row.member_id for row in find_members("PHON0002", library)] == [kept.pk]
    assert [row.member_id for row in find_members(double.number, library)] == [kept.pk]
    assert [row.member_id for row in find_members("nurul", library)] == [kept.pk]
    assert does(record_visit, library=library, card=double.number).person_id == kept.person_id


def test_loans_visits_and_counts_follow_and_come_back(
        does: Any, library: Library, twins: tuple[Member, Member], make_copy: Any, at: Any) -> None:
    kept, double = twins
    copy: Copy = make_copy()
    does(lend_copy, copy=copy, to=double)
    does(record_visit, library=library, card="DESK0001")
    does(record_visit, library=library, card="PHON0002", is_sure=True)
    before = [unique(name, library, at) for name in ("visits", "new_members")]
    does(join_double, kept=kept, double=double)
    after = [unique(name, library, at) for name in ("visits", "new_members")]
    assert (before, after) == ([2, 2], [1, 1])
    assert Loan.objects.get().member == kept
    assert Visit.objects.filter(person=kept.person_id).count() == 2
    does(unlink_same_person, person=kept.person, other=double.person)
    assert [unique(name, library, at) for name in ("visits", "new_members")] == before
    assert Loan.objects.get().member == double
    assert member_by_card("PHON0002", library) == double
    assert list(Visit.objects.order_by("pk").values_list("person", flat=True)) == [kept.person_id, double.person_id]


def test_what_retention_unlinked_stays_unlinked(
        does: Any, twins: tuple[Member, Member], library: Library) -> None:
    kept, double = twins
    does(record_visit, library=library, card="PHON0002")
    does(join_double, kept=kept, double=double)
    Visit.objects.update(person=None)
    does(unlink_same_person, person=kept.person, other=double.person)
    assert Visit.objects.get().person is None


def test_pairs_are_offered_until_somebody_decides(does: Any, library: Library, enrol: Any, twins: tuple[Member, Member],
                                                  django_assert_num_queries: Any) -> None:
    kept, double = twins
    enrol("Nurul Hidayah", birth_year=1971)
    enrol("Slamet Widodo")
    with django_assert_num_queries(2):
        assert double_pairs(library) == [(kept.pk, double.pk)]
    does(tell_apart, one=double, other=kept)
    assert double_pairs(library) == []
    does(join_double, kept=kept, double=double)  # they were one after all
    does(unlink_same_person, person=double.person, other=kept.person)
    assert double_pairs(library) == []


def test_chains_and_strangers_are_refused(
        does: Any, enrol: Any, make_member: Any, other_library: Library, twins: tuple[Member, Member],
        by_stranger: Actor, by_mentor: Actor) -> None:
    kept, double = twins
    third = enrol("Nurul Hidaya")
    for by in (by_stranger, by_mentor):
        for action, given in ((join_double, {"kept": kept, "double": double}), (tell_apart, {"one": kept, "other": double})):
            with pytest.raises(NotAllowed):
                does(action, by=by, **given)
    does(join_double, kept=kept, double=double)
    for wrong in ((third, kept), (double, third), (third, double), (kept, make_member(library=other_library)), (kept, kept)):
        with pytest.raises(BadChoice):
            does(join_double, kept=wrong[0], double=wrong[1])
    for again in ((kept, double), (double, kept)):
        with pytest.raises(NothingToDo):
            does(join_double, kept=again[0], double=again[1])
    with pytest.raises(BadChoice):
        does(tell_apart, one=kept, other=double)
    does(join_double, kept=kept, double=third)


def test_erasing_her_erases_both_records(does: Any, twins: tuple[Member, Member]) -> None:
    kept, double = twins
    does(join_double, kept=kept, double=double)
    does(erase_person, person=kept.person)
    assert list(Person.objects.values_list("name", flat=True)) == ["", ""]


def test_the_librarian_decides_in_one_tap(desk: Client, library: Library, twins: tuple[Member, Member]) -> None:
    kept, double = twins
    assert desk.get(reverse("people:doubles", args=[library.code])).context["pairs"] == [(kept, double)]
    url = reverse("people:double", args=[library.code, double.pk])
    told = desk.get(url).context
    assert [(side["member"], side["is_proposed"]) for side in told["pair"]] == [(kept, True), (double, False)]
    desk.post(url, {"change": str(new_id()), "other": str(kept.pk), "keep": str(kept.pk)})
    double.refresh_from_db()
    assert double.same_as == kept
    assert desk.get(url + f"?dengan={kept.pk}").context["is_linked"]
    desk.post(reverse("people:not_same", args=[library.code, kept.pk, double.person_id]), {"change": str(new_id())})
    desk.post(url, {"change": str(new_id()), "other": str(kept.pk)})
    assert [row.unlinked_at is None for row in SamePerson.objects.all()] == [False, False]
    shown = desk.get(reverse("people:doubles", args=[library.code]) + "?tampil=selesai")
    assert [{one.pk, other.pk} for one, other in shown.context["pairs"]] == [{kept.pk, double.pk}]


@pytest.mark.parametrize("other", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_other_changes_nothing(desk: Client, library: Library, twins: tuple[Member, Member], other: str) -> None:
    url = reverse("people:double", args=[library.code, twins[0].pk])
    assert desk.post(url, {"change": str(new_id()), "other": other, "keep": other}).status_code == 302
    assert desk.get(url, {"dengan": other}).status_code == 200
    assert SamePerson.objects.count() == 0
