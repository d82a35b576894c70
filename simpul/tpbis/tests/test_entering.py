"""Items ready to copy, marked as entered, changed since, gone since."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from conftest import TODAY
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.gatherings.models import Attendance
from simpul.libraries.models import Library
from simpul.stories.models import StoryConsent
from simpul.tpbis.actions import mark_entered, take_marks_back, unmark
from simpul.tpbis.actions.refusals import NothingChosen, NotToReport
from simpul.tpbis.models import Entered
from simpul.tpbis.queries.items import Items, items_of

FIRST = date(2026, 1, 1)


def found(library: Library, **given: Any) -> Items:
    return items_of(library, FIRST, TODAY, TODAY, **given)


@pytest.fixture
def mark(library: Library, by_librarian: Actor, at: Any) -> Callable[..., int]:
    return lambda *references, **given: mark_entered(
        **({"library": library, "references": references, "by": by_librarian, "at": at, "id": new_id()} | given))


def test_each_kind_of_record_is_an_item_the_oldest_first(library: Library, everything: list[str]) -> None:
    items = found(library).items
    assert {one.reference for one in items} == set(everything)
    assert [one.day for one in items] == sorted(one.day for one in items)
    assert [(one.part.value, one.title) for one in items if one.part != "advocacy"] == [
        ("involvement", "Kelas menjahit"), ("publicity", "Kelas menjahit ramai"), ("story", "Tas dari kain sisa")]
    blocks = {block.name: block.text for block in items[0].blocks}
    assert (blocks["participants"], blocks["skill"], blocks["title"]) == ("12", "Menjahit", "Kelas menjahit")


def test_a_page_is_marked_at_once_and_taken_back_at_once(library: Library, everything: list[str], mark: Any,
                                                         by_librarian: Actor, at: Any) -> None:
    id = new_id()
    assert mark(*everything, id=id) == 5
    assert mark(*everything, id=id) == 5  # the same change again
    assert Entered.objects.standing().count() == 5
    assert found(library).waiting == []
    assert mark(*everything) == 0  # nothing new
    assert take_marks_back(library=library, together=id, by=by_librarian, at=at, id=new_id()) == 5
    assert len(found(library).waiting) == 5


def test_what_changed_after_it_was_entered_is_told(library: Library, everything: list[str], mark: Any, by_librarian: Actor,
                                                   at: Any) -> None:
    mark(*everything)
    Attendance.objects.update(count=15)
    changed = found(library).changed
    assert [[(one.before, one.now) for one in item.differences if one.before] for item in changed] == [[("12", "15")]]
    again = new_id()
    assert mark(changed[0].reference, id=again) == 1
    assert found(library).changed == []
    take_marks_back(library=library, together=again, by=by_librarian, at=at, id=new_id())
    assert len(found(library).changed) == 1  # the first entry stands again


def test_a_withdrawn_story_is_to_be_taken_out_and_leaves_no_word(library: Library, make_story: Any, mark: Any) -> None:
    story = make_story()
    mark(found(library).items[0].reference)
    kept = str(Entered.objects.get().told)
    assert [word in kept for word in ("Wati", "Tas", "pesanan", "penjahit")] == [False] * 4
    StoryConsent.objects.filter(story=story).update(ended_at=timezone.now(), ended="withdrawn")
    now = found(library)
    assert (now.items, [one.entered.part for one in now.gone]) == ((), ["story"])


def test_a_voided_post_is_gone(library: Library, post: Any, mark: Any, by_librarian: Actor, at: Any) -> None:
    mark(found(library).items[0].reference)
    post.voided_at = at
    post.save()
    row = found(library).gone[0].entered
    unmark(entered=row, by=by_librarian, at=at, id=new_id())
    assert found(library) == Items(())


def test_what_is_not_to_be_reported_is_refused(other_library: Library, library: Library, make_activity: Any, mark: Any,
                                               by_stranger: Actor) -> None:
    foreign = f"activities.Activity:{make_activity(of=other_library).pk}"
    with pytest.raises(NothingChosen):
        mark()
    for wrong in (foreign, "activities.Activity:nonsense", "auth.User:1", "x"):
        with pytest.raises(NotToReport):
            mark(wrong)
    with pytest.raises(NotAllowed):
        mark(foreign, by=by_stranger)
    assert Entered.objects.count() == 0


def test_small_groups_are_withheld_from_outsiders(library: Library, make_activity: Any, make_advocacy: Any) -> None:
    make_activity(people=3)
    make_advocacy()
    own, outside = found(library), found(library, is_own=False)
    names = [[{block.name for block in one.blocks} & {"sex", "ages", "said"} for one in kind.items] for kind in (own, outside)]
    assert [sorted(set().union(*of)) for of in names] == [["ages", "said", "sex"], []]
    assert outside.changed == []


@pytest.mark.parametrize("n", [1, 3])
def test_many_items_ask_no_more(library: Library, make_activity: Any, make_advocacy: Any, make_story: Any, n: int,
                                django_assert_num_queries: Any) -> None:
    for ago in range(n):
        make_activity(TODAY - timedelta(days=ago + 1))
        make_advocacy()
        make_story()
    with django_assert_num_queries(16):
        assert len(found(library).items) == 4 * n
