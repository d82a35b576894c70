"""Reading the journal's references."""

from simpul.core.actor import Actor
from simpul.core.journal import pointers
from simpul.libraries.models import Library


def test_pointers_name_what_is_there_and_pass_over_the_rest(library: Library, by_librarian: Actor) -> None:
    ref = f"libraries.Library:{library.pk}"

    told = pointers([ref, "libraries.Library:kosong", "nowhere.Nothing:" + str(library.pk), "",
                     "libraries.Library:00000000-0000-7000-8000-000000000000"], reader=by_librarian)

    assert {key: (one.label, one.url) for key, one in told.items()} == {ref: (library.name, "")}
