"""Search over 3,255 real records, and the stemmer against its project's own list of roots."""

import csv
from pathlib import Path
from typing import Any

import pytest

from simpul.catalogue.importing import import_file
from simpul.catalogue.models import Identifier, Title
from simpul.catalogue.search import Query, search
from simpul.catalogue.search.analyser import analyse, analyse_query
from simpul.catalogue.search.documents import title_key
from simpul.core.ids import new_id

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = [pytest.mark.shared_data,
              pytest.mark.skipif(not DATA.is_dir(), reason="the shared reference data is not beside the repository")]


def test_every_word_of_the_reference_list_has_its_root() -> None:
    rows = list(csv.DictReader((DATA / "ref" / "stemmer_gold_sastrawi.csv").read_text().splitlines()))
    wrong = [(row["kata"], stems) for row in rows if (stems := "-".join(analyse(row["kata"]).stems)) != row["stem"]]
    assert (len(rows), wrong) == (87, [])


def test_real_titles_are_found_by_their_own_words_and_by_isbn(library: Any, by_librarian: Any, at: Any) -> None:
    import_file(kind="marc", paths=[DATA / "marc" / "bulk_shared_utf8.mrc"], library=library, by=by_librarian, at=at,
                id=new_id())
    titles = list(Title.objects.order_by("pk"))
    assert len(titles) > 3000
    late = []
    for title in titles[::25]:
        words = title.title[:200]
        if analyse_query(words).is_empty:
            continue
        hits = search(Query(words, page_size=20), correct=False)
        # others may have the very same title; it then stands among them
        same = Title.objects.filter(pk__in=hits.title_ids)
        if title.pk not in hits.title_ids and title_key(title.title) not in {title_key(t.title) for t in same}:
            late.append((title.title, hits.count))
    assert late == []
    numbers = list(Identifier.objects.filter(kind="isbn", is_valid=True).order_by("pk")[::40])
    assert len(numbers) > 20
    for number in numbers:
        typed = f"{number.value[:3]}-{number.value[3:4]}-{number.value[4:]}"
        assert number.title_id in search(Query(typed), correct=False).title_ids, typed
