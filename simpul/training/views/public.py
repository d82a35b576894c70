"""A workshop that is announced to everybody: programme and place, nobody's name but the speakers'."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from simpul.gatherings.models import Gathering
from simpul.training.models import Workshop
from simpul.training.queries import lessons_of
from simpul.training.wording import days_words


@require_safe
def public(request: HttpRequest, id: UUID) -> HttpResponse:
    row = Workshop.objects.select_related("gathering", "library").filter(
        pk=id, gathering__is_public=True).exclude(gathering__state=Gathering.State.DRAFT).first()
    if row is None:
        raise Http404
    days: dict[object, list[object]] = {}
    for one in lessons_of(row):
        days.setdefault(one.day.local_date, []).append(one)
    return render(request, "training/public.html", {
        "workshop": row, "gathering": row.gathering, "dates": days_words(row), "days": days.items()})
