"""The other process of a dry run: imports into the copy of the database that SIMPUL_DATA names, and tells on stdout."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path


def main(task: dict[str, object]) -> None:
    """Lines of JSON: {"progress": [done, total, counts]} again and again, {"summary": {…}} at the end."""
    import django

    django.setup()
    from simpul.catalogue.importing.dry_run import run_unseen
    from simpul.libraries.models import Library

    def told(done: int, total: int, counts: dict[str, int]) -> None:
        print(json.dumps({"progress": [done, total, counts]}), flush=True)

    paths = [Path(str(p)) for p in task["paths"]]  # type: ignore[attr-defined]
    library = Library.objects.get(pk=task["library"])
    summary = run_unseen(str(task["kind"]), paths, library, datetime.fromisoformat(str(task["at"])), told)
    print(json.dumps({"summary": asdict(summary)}), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
