"""The lending desk's questions."""

from collections.abc import Callable
from typing import Any

from simpul.catalogue.models import Contributor, Copy, Title
from simpul.catalogue.queries import find_copy, find_for_desk, find_titles_for_desk, shelves
from simpul.catalogue.search import index_titles
from simpul.libraries.models import Library

MakeCopy = Callable[..., Copy]


def test_a_label_means_the_own_copy_first(make_copy: MakeCopy, library: Library, other_library: Library) -> None:
    theirs = make_copy("Hujan", library=other_library, code="B1")
    assert find_copy("B1", library) == theirs
    own = make_copy("Pulang", library=library, code="B1")
    assert find_copy(" b1 ", library) == own
    assert find_copy("B2", library) is None
    assert find_copy("", library) is None
    assert find_copy("B\0", library) is None


def test_a_foreign_label_that_two_libraries_use_means_nobody(
        make_copy: MakeCopy, make_library: Callable[..., Library], library: Library) -> None:
    make_copy(library=make_library(), code="B1")
    make_copy(library=make_library(), code="B1")
    assert find_copy("B1", library) is None


def test_titles_by_unfinished_words_with_their_copies(
        make_copy: MakeCopy, make_title: Callable[..., Title], library: Library, other_library: Library) -> None:
    here = make_copy("Menulis Puisi", library=library)
    lent = make_copy(here.title, library=library, state=Copy.State.ON_LOAN)
    make_copy(here.title, library=other_library)
    make_copy("Menulis Cerita", library=other_library)
    index_titles([title.pk for title in Title.objects.all()])
    for typed in ("menu", "menulis", "tulis"):
        found = find_titles_for_desk(typed, library)
        assert [(desk.title.title, desk.available, desk.here, desk.elsewhere) for desk in found] == [
            ("Menulis Puisi", (here,), 2, 1), ("Menulis Cerita", (), 0, 1)], typed
    assert find_titles_for_desk("menulis", library, limit=1)[0].title == here.title
    assert [desk.title for desk in find_for_desk(lent.code, library)] == [here.title]
    assert find_titles_for_desk("men pui", library) == []
    assert find_titles_for_desk('"*', library) == []


def test_a_provisional_title_is_found_at_its_own_desk(
        make_copy: MakeCopy, library: Library, other_library: Library, make_title: Callable[..., Title]) -> None:
    copy = make_copy(make_title("Resep Ibu", is_provisional=True))
    index_titles([copy.title_id])
    assert [desk.title for desk in find_titles_for_desk("resep", library)] == [copy.title]
    assert find_titles_for_desk("resep", other_library) == []


def test_the_desk_asks_three_queries_for_any_number_of_titles(
        make_copy: MakeCopy, library: Library, django_assert_num_queries: Any) -> None:
    for n in range(3):
        index_titles([make_copy(f"Hujan {n}").title_id])
        with django_assert_num_queries(3):
            assert len(find_titles_for_desk("hujan", library)) == n + 1


def test_shelves_say_where_a_title_is_now(make_copy: MakeCopy, library: Library, other_library: Library) -> None:
    copy = make_copy("Hujan", library=library, state=Copy.State.ON_LOAN, call_number="813 TER h")
    make_copy(copy.title, library=library, state=Copy.State.WITHDRAWN)
    make_copy(copy.title, library=other_library, shelf="Rak 2")
    Contributor.objects.create(title=copy.title, name="Tere Liye", position=0)
    found = shelves([copy.title_id])[copy.title_id]
    assert [(s.code, s.available, s.lent, s.count, s.call_number, s.place) for s in found] == [
        ("L002", 1, 0, 1, "", "Rak 2"), ("L001", 0, 1, 1, "813 TER h", "")]
    assert [s.code for s in shelves([copy.title_id], first="L001")[copy.title_id]] == ["L001", "L002"]
