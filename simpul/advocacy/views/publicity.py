"""Where others could read, see or hear of the library."""

from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.advocacy.actions import record_publicity, restore_publicity, void_publicity
from simpul.advocacy.forms import PublicityForm
from simpul.advocacy.models import Publicity
from simpul.advocacy.permissions import can_keep
from simpul.advocacy.views.pages import page_of, today, who
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page, works_at


@library_page(counts)
def publicity(request: HttpRequest, library: Library) -> HttpResponse:
    """A new one on top, the year by channel, then the list."""
    is_own, day = can_keep(request.actor, library.pk), today(library)  # type: ignore[attr-defined]
    if request.method == "POST" and not is_own:
        raise Http404
    form = PublicityForm(request.POST or None, initial={"on": day})
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        done = form.attempt(lambda: record_publicity(library=library, **told, **who(request, form.change_id)))
        if done:
            say(request, _("Noted."), undo=reverse("advocacy:publicity_void", args=[library.code, done.pk]))
            return redirect("advocacy:publicity", code=library.code)
    rows = Publicity.objects.counting().filter(library=library)
    year = rows.filter(local_date__year=day.year).order_by().values_list("channel").annotate(n=Count("pk"))
    names = dict(Publicity.Channel.choices)
    bars = [{"label": names[key], "value": n} for key, n in sorted(year, key=lambda pair: (-pair[1], pair[0]))]
    return render(request, "advocacy/publicity.html", {
        "library": library, "form": form, "is_own": is_own, "bars": bars, "year": day.year,
        "n": sum(bar["value"] for bar in bars), "page": page_of(request, rows.order_by("-local_date", "-pk"))},
        status=422 if form.errors else 200)


def _publicity(library: Library, id: UUID) -> Publicity:
    row = Publicity.objects.filter(library=library, pk=id).first()
    if row is None:
        raise Http404
    return row


@require_POST
@library_page(works_at)
def off(request: HttpRequest, library: Library, publicity: UUID) -> HttpResponse:
    row = void_publicity(publicity=_publicity(library, publicity), **who(request))
    say(request, _("Taken back."), undo=reverse("advocacy:publicity_restore", args=[library.code, row.pk]))
    return redirect("advocacy:publicity", code=library.code)


@require_POST
@library_page(works_at)
def on(request: HttpRequest, library: Library, publicity: UUID) -> HttpResponse:
    restore_publicity(publicity=_publicity(library, publicity), **who(request))
    say(request, _("Put back."))
    return redirect("advocacy:publicity", code=library.code)
