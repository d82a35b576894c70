"""Finding titles: the same on both engines."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.catalogue.models import Contributor, Copy, Identifier, Subject, Title
from simpul.catalogue.search import Query, copies_changed, index_titles, rebuild, remove_titles, search
from simpul.catalogue.search.models import SearchDoc, SearchFacet, SearchWord

Shelve = Callable[..., Title]


@pytest.fixture
def shelve(make_title: Callable[..., Title]) -> Shelve:
    """A title with contributors, subjects and ISBN, indexed."""

    def make(title: str, *, by: tuple[str, ...] = (), about: tuple[str, ...] = (), isbn: str = "",
             **given: Any) -> Title:
        row = make_title(title, **given)
        Contributor.objects.bulk_create([Contributor(title=row, name=n, position=i) for i, n in enumerate(by)])
        Subject.objects.bulk_create([Subject(title=row, term=t, position=i) for i, t in enumerate(about)])
        if isbn:
            Identifier.objects.create(title=row, kind=Identifier.Kind.ISBN, value=isbn)
        index_titles([row.pk])
        return row

    return make


def found(text: str, **narrowed: Any) -> list[str]:
    hits = search(Query(text, **narrowed), correct=False)
    titles = Title.objects.in_bulk(hits.title_ids)
    return [titles[pk].title for pk in hits.title_ids]


def test_all_words_must_match_in_any_field_and_form(shelve: Shelve) -> None:
    shelve("Menulis Cerita Anak", by=("Murti Bunanta",), about=("Kepengarangan",))
    shelve("Cerita Rakyat")
    assert found("penulisan cerita") == ["Menulis Cerita Anak"]
    assert found("tulis bunanta pengarang") == ["Menulis Cerita Anak"]
    assert found("cerita bunanta rakyat") == []


def test_accents_case_apostrophes_and_doubled_words_do_not_matter(shelve: Shelve) -> None:
    shelve("Tafsir al-Qurʾān untuk Anak-anak", by=("Béla Bartók",))
    for text in ("QUR'AN", "quran", "anak", "anak-anak", "bartok", "al-quran"):
        assert found(text) == ["Tafsir al-Qurʾān untuk Anak-anak"], text


def test_exact_titles_come_first_then_beginnings_then_weights(shelve: Shelve) -> None:
    shelve("Pengantar Hukum Bumi", about=("Sejarah",))
    shelve("Kumpulan esai", summary="Bumi dan manusia, bumi dan laut.")
    shelve("Bumi Manusia dan Lautnya")
    shelve("Geografi", about=("Bumi", "Manusia"))
    shelve("Bumi Manusia", summary="Minke " * 150)
    assert found("bumi manusia") == [
        "Bumi Manusia", "Bumi Manusia dan Lautnya", "Geografi", "Kumpulan esai"]


def test_equal_hits_keep_their_order_and_pages_do_not_overlap(shelve: Shelve) -> None:
    made = [shelve("Laut", year=1990 + n).pk for n in range(7)]
    pages = [search(Query("laut", page=n, page_size=3)).title_ids for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [pk for page in pages for pk in page] == made


def test_quoted_words_must_stand_together(shelve: Shelve) -> None:
    shelve("Bumi Manusia")
    shelve("Manusia di Bumi")
    assert found('"bumi manusia"') == ["Bumi Manusia"]
    assert found("“manusia di bumi”") == ["Manusia di Bumi"]
    assert found("bumi manusia") == ["Bumi Manusia", "Manusia di Bumi"]


def test_a_phrase_does_not_run_from_title_into_author(shelve: Shelve) -> None:
    shelve("Bumi", by=("Manusia Utama",))
    assert found('"bumi manusia"') == []


@pytest.mark.parametrize("typed", ["9786020332956", "978-602-03-3295-6", "978 602 03 3295 6", "6020332950",
                                   "602-03-3295-0"])
def test_isbn_with_and_without_hyphens_in_ten_or_thirteen_digits(shelve: Shelve, typed: str) -> None:
    shelve("Hujan", isbn="9786020332956")
    shelve("Pulang", isbn="9786020822129")
    assert found(typed) == ["Hujan"]


def test_a_mistyped_word_is_corrected_when_nothing_matches(shelve: Shelve) -> None:
    shelve("Laskar Pelangi", by=("Andrea Hirata",))
    shelve("Pelayaran")
    hits = search(Query("laskar pelagni"))
    assert (hits.corrected, hits.count) == ("laskar pelangi", 1)
    assert search(Query("ladkar hirta")).corrected == "laskar hirata"
    assert search(Query("qaskar")).corrected == "laskar"  # the first letter may be the wrong one
    assert search(Query("pelangi zzqxnotfound")).corrected == ""
    assert search(Query("laskar pelayaran")).corrected == ""  # both are known, no title has both


@pytest.mark.parametrize("text", [
    "*", '"', '""', "'", "AND", "OR NOT", "NEAR(a b)", "title_stems : x", "{a b}: c", "a" * 10_000, "a " * 5_000, "\0",
    "laut\0", "😀", "😀 laut 😀", "--", "-laut", "+laut", "^laut", "laut*", "(laut", 'laut"', "%", "_", "\\", "'; --",
    "laut' OR 1=1", "&", "|", "!", "<->", ":*", "\ud800", "\u202e", "ﷺ", "İ", "1" * 200, "978" * 50, "a-" * 200,
])
def test_no_text_is_an_error(shelve: Shelve, text: str) -> None:
    shelve("Laut Bercerita")
    hits = search(Query(text))
    assert hits.count in (0, 1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_no_text_anybody_thinks_of_is_an_error(db: None, text: str) -> None:
    assert search(Query(text)).count == 0


def test_facets_count_and_narrow(shelve: Shelve, make_copy: Callable[..., Copy], library: Any,
                                 other_library: Any) -> None:
    a = shelve("Laut Bercerita", ddc="813", year=2017, language="ind")
    b = shelve("Laut dan Langit", ddc="551.46", year=1998, language="eng", format="braille", is_easy_reading=True)
    make_copy(a, library=library, state=Copy.State.ON_LOAN)
    make_copy(a, library=other_library)
    make_copy(b, library=library)
    make_copy(b, library=library, state=Copy.State.WITHDRAWN)
    index_titles([a.pk, b.pk])
    facets = search(Query("laut"), with_facets=True).facets
    assert facets is not None
    assert facets.library == [("L001", 2), ("L002", 1)]
    assert facets.language == [("ind", 1), ("eng", 1)] or facets.language == [("eng", 1), ("ind", 1)]
    assert facets.main_class == [("5", 1), ("8", 1)]
    assert facets.decade == [(2010, 1), (1990, 1)]
    assert dict(facets.format) == {"book": 1, "braille": 1}
    assert (facets.easy, facets.available) == (1, 2)
    assert found("laut", library="L002") == ["Laut Bercerita"]
    assert found("laut", library="L001", is_available=True) == ["Laut dan Langit"]
    assert found("", format="braille") == ["Laut dan Langit"]
    assert found("laut", decade=1990, main_class="5", language="eng", is_easy=True) == ["Laut dan Langit"]
    assert found("laut", library="L00_") == []
    own = search(Query("", library="L001"), with_facets=True).facets
    assert own is not None
    assert (own.available, own.library) == (1, [("L001", 2), ("L002", 1)])


def test_a_loan_changes_what_is_available_now(shelve: Shelve, make_copy: Callable[..., Copy]) -> None:
    title = shelve("Hujan")
    copy = make_copy(title)
    copies_changed([title.pk])
    assert found("hujan", is_available=True) == ["Hujan"]
    copy.state = Copy.State.ON_LOAN
    copy.save()
    copies_changed([title.pk])
    assert found("hujan", is_available=True) == []


def test_hits_are_capped_and_say_so(shelve: Shelve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simpul.catalogue.search.query.MOST_HITS", 2)
    for n in range(3):
        shelve(f"Laut {n}")
    shelve("Pantai", summary="laut")
    hits = search(Query("laut"), with_facets=True)
    assert (hits.count, hits.is_capped) == (2, True)
    assert hits.facets is not None
    assert hits.facets.format == [("book", 2)]
    assert found("laut") == ["Laut 2", "Laut 1"]  # titles that begin with it, then the newest


def test_provisional_and_withdrawn_titles_are_not_for_the_public(shelve: Shelve, at: Any) -> None:
    shelve("Laut Sementara", is_provisional=True)
    shelve("Laut Lama", withdrawn_at=at)
    assert found("laut") == []
    assert found("") == []


def test_indexing_again_renews_and_removing_forgets(shelve: Shelve) -> None:
    title = shelve("Hujan di Bogor")
    Title.objects.filter(pk=title.pk).update(title="Panas di Depok")
    index_titles([title.pk, title.pk])
    assert (found("hujan"), found("depok")) == ([], ["Panas di Depok"])
    assert set(SearchWord.objects.filter(titles__gt=0).values_list("word", flat=True)) == {"panas", "depok"}
    remove_titles([title.pk])
    assert found("depok") == []
    assert (SearchDoc.objects.count(), SearchFacet.objects.count()) == (0, 0)
    assert not SearchWord.objects.filter(titles__gt=0).exists()


def test_rebuild_finds_what_nobody_indexed(make_title: Callable[..., Title], shelve: Shelve) -> None:
    shelve("Hujan")
    make_title("Pulang")
    told: list[tuple[int, int]] = []
    assert rebuild(lambda done, total: told.append((done, total))) == 2
    assert told == [(2, 2)]
    assert (found("pulang"), found("hujan")) == (["Pulang"], ["Hujan"])


def test_without_words_the_newest_titles_come_first(shelve: Shelve) -> None:
    for title in ("Satu", "Dua", "Tiga"):
        shelve(title)
    assert found("") == ["Tiga", "Dua", "Satu"]
    assert search(Query("  ", page=2, page_size=2)).count == 3


def test_search_asks_the_same_number_of_queries_for_many_hits(
        shelve: Shelve, django_assert_num_queries: Any) -> None:
    shelve("Laut 1")
    with django_assert_num_queries(4):
        search(Query("laut"))
    shelve("Laut 2")
    shelve("Laut 3")
    with django_assert_num_queries(4):
        search(Query("laut"))
