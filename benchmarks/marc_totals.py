"""Read every MARC file of the reference data to its last record; totals and differences from INDEX.csv as JSON.

usage: python benchmarks/marc_totals.py [../shared/data/marc]

INDEX.csv counts `raw_records` (end-of-record bytes of an ISO 2709 file, `<record` elements of XML) and `pymarc_ok`
(records that pymarc parsed). Here each record is `readable` (it becomes a title) or refused with a reason; the two
add up to what the file holds. Differences are explained by their reasons, see docs/how-to.
"""

import csv
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

CODE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CODE))


def main(folder: Path) -> None:
    os.environ.setdefault("SIMPUL_DATA", tempfile.mkdtemp(prefix="simpul-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    import django

    django.setup()
    from simpul.catalogue.importing.drafts import Draft
    from simpul.catalogue.importing.marc.reader import MarcReader

    began = time.perf_counter()
    totals: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    differences = []
    listed = {row["file"]: row for row in csv.DictReader((folder / "INDEX.csv").open())}
    files = [(name, folder / "original" / name) for name in listed]
    files += [(path.name, path) for path in sorted(folder.glob("bulk_*"))]
    for name, path in files:
        found: Counter[str] = Counter()
        for record in MarcReader(path):
            found["read"] += 1
            if isinstance(record, Draft):
                found["readable"] += 1
            else:
                found[record.code] += 1
                reasons[record.code] += 1
        totals["files"] += 1
        totals["read"] += found["read"]
        totals["readable"] += found["readable"]
        row = listed.get(name)
        if row:
            totals["index_raw_records"] += int(row["raw_records"])
            totals["index_pymarc_ok"] += int(row["pymarc_ok"])
            if found["read"] != int(row["raw_records"]) or found["readable"] != int(row["pymarc_ok"]):
                differences.append({"file": name, "raw_records": int(row["raw_records"]),
                                    "pymarc_ok": int(row["pymarc_ok"]), **found})
    totals["refused"] = totals["read"] - totals["readable"]
    seconds = time.perf_counter() - began
    print(json.dumps({**totals, "reasons": reasons, "seconds": round(seconds, 1),
                      "records_a_second": round(totals["read"] / seconds), "differences": differences}, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CODE.parent / "shared" / "data" / "marc")
