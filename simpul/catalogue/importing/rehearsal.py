"""The other process of a dry run: imports into the copy of the database that SIMPUL_DATA names, and tells on stdout."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from simpul.catalogue.importing.dry_run import run_unseen
from simpul.libraries.models import Library


def main() -> None:
    """Lines of JSON: {"progress": [done, total, counts]} again and again, {"summary": {…}} at the end. The task is
    the last argument."""
    task = json.loads(sys.argv[-1])

    def told(done: int, total: int, counts: dict[str, int]) -> None:
        print(json.dumps({"progress": [done, total, counts]}), flush=True)

    library = Library.objects.get(pk=task["library"])
    summary = run_unseen(task["kind"], [Path(p) for p in task["paths"]], library, datetime.fromisoformat(task["at"]), told)
    print(json.dumps({"summary": asdict(summary)}), flush=True)
