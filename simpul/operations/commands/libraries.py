"""The libraries of this node."""

import argparse
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.operations.console import Console

help = gettext_lazy("lists the libraries of this node with their codes")
example = "bin/simpul libraries --json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", help=_("only this kind: city, village, tbm, …"))


def run(options: argparse.Namespace, console: Console) -> int:
    from simpul.libraries.models import Library

    rows = Library.objects.select_related("region").order_by("code")
    if options.kind:
        rows = rows.filter(kind=options.kind)
    libraries = list(rows)
    lines = [f"{row.code:<8} {row.name:<48} {row.get_kind_display()}" for row in libraries]
    console.answer({"libraries": [_facts(row) for row in libraries]},
                   *(lines or [_("There is no library yet. Begin with: bin/simpul setup --city 36.71")]))
    return 0


def _facts(row: Any) -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "kind": row.kind, "region": row.region.code,
            "region_name": row.region.name, "time_zone": row.time_zone, "npp": row.npp, "id": str(row.pk),
            "opened_on": row.opened_on, "closed_on": row.closed_on, "is_demonstration": row.is_demonstration}
