"""The link of a school: the questionnaire on a phone, without an account."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache

from simpul.core import clock
from simpul.iplm.actions import answer_by_link
from simpul.iplm.forms import LinesForm
from simpul.iplm.lines import SECTIONS
from simpul.iplm.models import Return, link_of

OPENINGS = 60  # that one address may make in a minute: a school's room behind one connection, no guessing


@never_cache
def fill(request: HttpRequest, token: str) -> HttpResponse:
    """What was told may be changed until the day; then it can be read no more."""
    if import_string(settings.REQUEST_COUNTER)(request, "iplm", OPENINGS):
        return HttpResponse(status=429)
    link = link_of(token.replace("\x00", ""))
    if link is None:
        raise Http404
    if not link.is_open(clock.local_date(clock.now(), "Asia/Jakarta")):
        return render(request, "iplm/fill_over.html", {"link": link}, status=410)
    now = Return.objects.filter(institution=link.institution, year=link.year, voided_at__isnull=True).first()
    form = LinesForm(request.POST or None, initial=now.answers if now else None, is_school=link.institution.is_school)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: answer_by_link(link=link, answers=form.answers, by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                                   id=form.change_id))
        if done:
            return redirect(f"{request.path}?terima=kasih")
    return render(request, "iplm/fill.html", {
        "link": link, "institution": link.institution, "form": form, "now": now,
        "is_thanked": request.GET.get("terima") == "kasih",
        "sections": [(key, title, form.of_section(key)) for key, title in SECTIONS.items()],
    }, status=422 if form.errors else 200)
