"""The books that the start page shows."""

from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString

from simpul.catalogue.covers import cover
from simpul.catalogue.models import Copy, Title


def newest_books(n: int) -> list[tuple[Title, SafeString]]:
    """The titles that came in last and stand on a shelf, each with its drawn cover. One query."""
    rows = Title.objects.filter(
        Exists(Copy.objects.held().filter(title=OuterRef("pk"))), is_provisional=False,
        withdrawn_at__isnull=True).only("title", "contributors_line", "ddc").order_by("-pk")[:n]
    return [(row, cover(row.title, row.contributors_line, row.ddc)) for row in rows]
