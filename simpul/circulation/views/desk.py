"""The desk: one box, one answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from simpul.circulation.queries import at_desk, what_was_done
from simpul.circulation.views.scanning import Desk, desk_of, pick, scan
from simpul.core import clock
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.people.queries import printable


@library_page(works_at)
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, library: Library) -> HttpResponse:
    """Scan, and it is done: lent to the open member, taken back, opened, or asked about."""
    sent = request.POST if request.method == "POST" else request.GET
    state = desk_of(sent, library, request.actor, clock.now())
    if request.method == "POST":
        if sent.get("pick"):
            pick(state, sent["pick"], because=printable(" ".join(sent.get("because", "").split())))
        else:
            scan(state, sent.get("text", ""))
        if not request.htmx and state.is_settled:
            return redirect(f"{request.path}?{state.query}")
    return show(request, state)


def show(request: HttpRequest, state: Desk) -> HttpResponse:
    """The desk as a page, or its answer alone for htmx."""
    address = reverse("circulation:desk", args=[state.library.code])
    here = f"{address}?{state.query}" if state.query else address
    member = at_desk(state.member, state.library, state.day) if state.member else None
    lines = what_was_done(state.done, state.library, state.at, member.loans if member else ())
    # what was done last is the answer itself, unless there is something else to say
    newest = lines[0] if lines and not (state.said or state.waiting) else None
    context = {
        "desk": state, "library": state.library, "here": here, "change": new_id(), "lines": lines,
        "newest": newest, "earlier": [line for line in lines if line is not newest],
        "at_desk": member,
        "done": ",".join(f"{letter}{id}" for letter, id in state.done),
        "picks": ",".join(choice.pick for choice in state.choices),
    }
    if not request.htmx:
        return render(request, "circulation/desk.html", context)
    response = render(request, "circulation/desk.html#answer", context)
    response["HX-Replace-Url"] = here
    response["Vary"] = "HX-Request"
    return response
