"""Cards to print: one, or a sheet of ten."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from simpul.core import clock
from simpul.libraries.models import Library
from simpul.people.models import Card
from simpul.people.views.consent import _uuid
from simpul.people.views.pages import qr, staff_page

MOST = 100  # ten pages
NEW_DAYS = 7


@staff_page
def cards(request: HttpRequest, library: Library) -> HttpResponse:
    """The cards of the members in the address (`?id=`), or those issued within a week."""
    ids = [pk for pk in map(_uuid, request.GET.getlist("id")) if pk]
    rows = Card.objects.open().filter(member__library=library, member__ended_on__isnull=True)
    week_ago = clock.now() - timedelta(days=NEW_DAYS)
    rows = rows.filter(member__in=ids) if ids else rows.filter(issued_at__gte=week_ago)
    found = list(rows.select_related("member__person").order_by("member__person__name_key")[:MOST])
    pages = [found[start:start + 10] for start in range(0, len(found), 10)]
    return render(request, "people/cards.html", {
        "library": library, "is_chosen": bool(ids), "n": len(found),
        "pages": [[(card, qr(card.printed), grouped(card.printed)) for card in page] for page in pages]})


def grouped(code: str) -> str:
    """`ABCD2345` → `ABCD 2345`; codes of other lengths as they are."""
    return f"{code[:4]} {code[4:]}" if len(code) == 8 else code
