"""What it brought: before, right after, six weeks later, with the screen that asks."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.gatherings.actions import ask_outcomes
from simpul.gatherings.actions.outcomes import AFTER
from simpul.gatherings.letters import feedback_path
from simpul.gatherings.permissions import can_plan
from simpul.gatherings.queries import asked_of
from simpul.gatherings.views.pages import gathering_of
from simpul.gatherings.views.ticket import qr
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page, works_at
from simpul.surveys.queries import open_ready_code
from simpul.surveys.results import outcomes_about


@require_safe
@library_page(counts)
def outcomes(request: HttpRequest, library: Library, gathering: UUID) -> HttpResponse:
    """n, response rate and interval at each of the three moments; no group under five for outsiders."""
    row, is_own = gathering_of(library, gathering), can_plan(request.actor, library.pk)
    return render(request, "gatherings/outcomes.html", {
        "library": library, "gathering": row, "is_own": is_own,
        "results": outcomes_about(row.pk, asked=asked_of(row), is_outsider=not is_own),
        "code": open_ready_code(library.pk, AFTER) if row.asks_outcomes else ""})


@require_POST
@library_page(works_at)
def asks(request: HttpRequest, library: Library, gathering: UUID) -> HttpResponse:
    """Ask what it brings, or no longer: one button."""
    is_wanted = request.POST.get("wanted") == "1"
    try:
        ask_outcomes(gathering=gathering_of(library, gathering), is_wanted=is_wanted, by=request.actor, at=clock.now(),
                     id=change_id_of(request.POST))
        say(request, _("Whoever registers is asked before, right after and six weeks later.") if is_wanted else
            _("Nobody further is asked. What was answered stays."))
    except Refusal as refusal:
        say(request, str(refusal))
    return redirect("gatherings:outcomes", library.code, gathering)


@require_safe
@library_page(works_at)
def screen(request: HttpRequest, library: Library, gathering: UUID) -> HttpResponse:
    """For the projector or the wall: one QR code that opens the questions."""
    row, code = gathering_of(library, gathering), open_ready_code(library.pk, AFTER)
    if not row.asks_outcomes or not code:
        raise Http404
    link = request.build_absolute_uri(feedback_path(row, code))
    return render(request, "gatherings/screen.html", {"library": library, "gathering": row, "qr": qr(link), "link": link})
