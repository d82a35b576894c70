"""The reference collection of real MARC files: each is read to its last record or refused with a reason."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from simpul.catalogue.importing.drafts import Draft
from simpul.catalogue.importing.marc.reader import MarcReader

MARC = Path(__file__).resolve().parents[4] / "shared" / "data" / "marc"
pytestmark = [pytest.mark.shared_data,
              pytest.mark.skipif(not MARC.is_dir(), reason="the shared reference data is not beside the repository")]

#: refusals that say that a record was read well, but is none of a title
NO_TITLES = {"no_title", "no_fields", "authority_record", "holdings_record"}

#: file → (records here, why their number is not INDEX.csv's `raw_records`). INDEX counts end-of-record bytes, or every
#: `<record` element: in answers of search protocols each record lies in a wrapper of the same name.
EXPLAINED = {
    "internetarchive__openlibrary/openlibrary__catalog__marc__tests__test_data__xml_input__39002054008678_yale_edu_marc.xml":
        (1, "XML behind a byte order mark"),
    "solrmarc__solrmarc/test__data__records__specTestRecs_withBOM.xml": (76, "XML behind a byte order mark"),
    "solrmarc__solrmarc/src__org__solrmarc__index__indexer__FullScanner.lex": (1, "a programme, not MARC: refused as one"),
    "indexdata__yaz/test__marc-files__marc4.marc": (2, "five digits of a length before the record: refused as garbage"),
}
WRAPPED = "rero__rero-ils/tests__data__xml__"


def found_in(path: Path) -> tuple[int, int, Counter[str]]:
    """Records, readable ones, and reasons of the others."""
    reasons: Counter[str] = Counter()
    read = good = 0
    for record in MarcReader(path):
        read += 1
        if isinstance(record, Draft):
            good += 1
        else:
            reasons[record.code] += 1
    return read, good, reasons


def test_every_file_is_read_to_its_last_record() -> None:
    wrong = []
    rows = list(csv.DictReader((MARC / "INDEX.csv").read_text().splitlines()))
    for row in rows:
        read, good, reasons = found_in(MARC / "original" / row["file"])
        expected = EXPLAINED.get(row["file"], (int(row["raw_records"]),))[0]
        if row["file"].startswith(WRAPPED):
            expected //= 2
        is_less = good + sum(reasons[code] for code in NO_TITLES) < int(row["pymarc_ok"])
        if read != expected or is_less:
            wrong.append((row["file"], read, good, dict(reasons)))
    assert len(rows) == 377
    assert wrong == []


def test_the_large_clean_file() -> None:
    read, good, reasons = found_in(MARC / "bulk_shared_utf8.mrc")
    assert (read, read - good, dict(reasons)) == (3260, 5, {"no_title": 5})


def test_records_larger_than_their_format() -> None:
    assert found_in(MARC / "bulk_shared_oversize.xml")[:2] == (4, 4)
