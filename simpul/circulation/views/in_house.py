"""Books read in place: scanned one by one, or counted at closing."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from simpul.catalogue.queries import find_copy
from simpul.circulation.actions import record_in_house_use, tally_in_house_use
from simpul.circulation.forms import TallyForm
from simpul.circulation.models import InHouseUse
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at


@library_page(works_at)
def in_house(request: HttpRequest, library: Library) -> HttpResponse:
    form, fault = TallyForm(), ""
    if request.method == "POST" and "count" in request.POST:
        form = TallyForm(request.POST)
        if form.is_valid() and _tally(request, library, form):
            return redirect(request.path)
    elif request.method == "POST":
        fault = _scan(request, library, request.POST.get("text", ""))
        if not fault:
            return redirect(request.path)
    day = clock.local_date(clock.now(), library.time_zone)
    today = InHouseUse.objects.valid().filter(library=library, local_date=day)
    return render(request, "circulation/in_house.html", {
        "library": library, "form": form, "fault": fault, "day": day,
        "total": today.aggregate(n=Sum("count"))["n"] or 0,
        "latest": today.select_related("copy__title").order_by("-recorded_at")[:8],
    })


def _tally(request: HttpRequest, library: Library, form: TallyForm) -> bool:
    use = form.attempt(lambda: tally_in_house_use(
        library=library, count=form.cleaned_data["count"], by=request.actor, at=clock.now(), id=form.change_id))
    if use is not None:
        say(request, _("{n} books read in place are written down.").format(n=use.count))
    return use is not None


def _scan(request: HttpRequest, library: Library, text: str) -> str:
    """Record the scanned copy; what stood in the way comes back as words, else nothing."""
    text = "".join(ch for ch in text if ch.isprintable()).strip()[:200]
    copy = find_copy(text, library) if text else None
    if copy is None:
        return _("No copy has the label “{text}”. Put it on the pile and count it at closing.").format(text=text)
    try:
        record_in_house_use(copy=copy, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
    except Refusal as refusal:
        return str(refusal)
    say(request, _("Read in place: {title}").format(title=copy.title.title))
    return ""
