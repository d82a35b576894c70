"""Three ways meet field by field, and nothing that was written here is lost."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.kits.package.merging import Clash, apply, build, changed, flatten, merge
from simpul.kits.tests.making import SESSION

BASE = {"title": "A", "aims": ["x"], "steps": [{"key": "one", "how": "1"}, {"key": "two", "how": "2"}]}


def test_an_object_is_flattened_and_built_again() -> None:
    assert flatten(BASE) == {"title": "A", "aims": ["x"], "steps/#": ["one", "two"], "steps/one/how": "1", "steps/two/how": "2"}
    assert build(flatten(SESSION)) == SESSION


def test_different_fields_merge_silently_and_the_same_words_are_taken_over() -> None:
    theirs = BASE | {"title": "B", "aims": ["y"]}
    merged = merge(BASE, theirs, {"steps/two/how": "ours", "aims": ["y"]})
    assert (merged.kept, merged.clashes, merged.taken_over) == ({"steps/two/how": "ours"}, [], ["aims"])
    assert apply(theirs, merged.kept) == {"title": "B", "aims": ["y"], "steps": [
        {"key": "one", "how": "1"}, {"key": "two", "how": "ours"}]}


def test_the_same_field_is_for_a_person_to_decide() -> None:
    merged = merge(BASE, BASE | {"title": "B"}, {"title": "C"})
    assert (merged.kept, merged.clashes) == ({"title": "C"}, [Clash("title", "A", "B", "C")])


def test_an_entry_that_moved_is_the_same_entry() -> None:
    theirs = BASE | {"steps": [BASE["steps"][1], {"key": "new", "how": "3"}, BASE["steps"][0]]}
    merged = merge(BASE, theirs, {"steps/one/how": "ours"})
    assert apply(theirs, merged.kept)["steps"] == [
        {"key": "two", "how": "2"}, {"key": "new", "how": "3"}, {"key": "one", "how": "ours"}]


def test_an_entry_that_went_comes_back_whole_where_it_was_adapted() -> None:
    base = BASE | {"steps": [{"key": "one", "how": "1", "title": "T"}]}
    theirs = BASE | {"steps": []}
    merged = merge(base, theirs, {"steps/one/how": "ours"})
    assert merged.clashes == [Clash("steps/one/how", "1", None, "ours")]
    assert apply(theirs, merged.kept)["steps"] == [{"key": "one", "how": "ours", "title": "T"}]


def test_what_changed_is_named() -> None:
    assert changed(BASE, BASE | {"title": "B", "steps": BASE["steps"][:1]}) == ["steps/#", "steps/two/how", "title"]


flat = st.dictionaries(st.sampled_from("abcd"), st.text("xyz", max_size=2), max_size=4)


@given(flat, flat, flat)
@settings(max_examples=60, deadline=None)
def test_nothing_of_ours_is_ever_lost_and_all_of_theirs_stands_elsewhere(base: Any, theirs: Any, ours: Any) -> None:
    result = apply(theirs, merge(base, theirs, ours).kept)
    assert {path: result[path] for path in ours} == ours
    assert {path: value for path, value in result.items() if path not in ours} == {
        path: value for path, value in theirs.items() if path not in ours}
