"""Import the benchmark city (100,000 titles, 200,000 copies as SLiMS exports) into an empty data folder; JSON on stdout.

usage: python benchmarks/import_city.py FOLDER_WITH_biblio.csv_AND_item.csv [TITLES]

Prints titles a second (search documents included), the longest time the write lock was held, and peak memory.
"""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

CODE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CODE))


def main(folder: Path, titles: int = 0) -> None:
    os.environ.setdefault("SIMPUL_DATA", tempfile.mkdtemp(prefix="simpul-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from simpul.catalogue.importing import import_file
    from simpul.core import clock
    from simpul.core.actor import COMMAND
    from simpul.core.ids import new_id
    from simpul.libraries.models import Library, Region

    call_command("migrate", verbosity=0, skip_checks=True)
    region = Region.objects.get_or_create(id=Region.id_for("36"), code="36", name="Banten", level=1)[0]
    library = Library.objects.get_or_create(code="BENCH", defaults={"name": "Benchmark", "kind": "city", "region": region})[0]
    biblio = folder / "biblio.csv"
    if titles:
        biblio = Path(os.environ["SIMPUL_DATA"]) / "biblio.csv"
        with (folder / "biblio.csv").open() as whole, biblio.open("w") as part:
            for _, line in zip(range(titles + 1), whole, strict=False):
                part.write(line)
    told = []
    for run in ("first", "again"):
        began, worked = time.perf_counter(), time.process_time()
        summary = import_file(kind="slims", paths=[biblio, folder / "item.csv"], library=library, by=COMMAND,
                              at=clock.now(), id=new_id())
        seconds = time.perf_counter() - began
        told.append({"run": run, **summary.as_dict(), "seconds": round(seconds, 1),
                     "cpu_seconds": round(time.process_time() - worked, 1),
                     "titles_a_second": round(summary.read / seconds),
                     "longest_lock_ms": round(summary.longest_lock * 1000)})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"runs": told, "peak_memory_mb": round(peak)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
