"""Who speaks, what partners give, which books: each added in one line."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.actions import add_book, add_contribution, add_speaker, remove_part
from simpul.activities.forms import BookForm, GiftForm, SpeakerForm
from simpul.activities.models import Activity
from simpul.activities.views.pages import activity_page, do
from simpul.advocacy.models import Partner
from simpul.catalogue.models import Title
from simpul.catalogue.queries import find_titles_for_desk
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.libraries.models import Library

FORMS: dict[str, Any] = {"speaker_form": SpeakerForm, "gift_form": GiftForm, "book_form": BookForm}


def _page(request: HttpRequest, library: Library, activity: Activity, **more: Any) -> HttpResponse:
    is_wrong = any(form.errors for name, form in more.items() if name in FORMS)
    forms = {name: form(prefix=name[:-5]) for name, form in FORMS.items()}
    return render(request, "activities/parts.html", {
        "library": library, "activity": activity, "speakers": list(activity.speakers.all()),
        "gifts": list(activity.contributions.select_related("partner")),
        "partners": Partner.objects.of(library.pk).order_by("name")[:200], "books": list(activity.books.select_related("title")),
        **forms, **more}, status=422 if is_wrong else 200)


@activity_page
def parts(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    return _page(request, library, activity)


def _added(request: HttpRequest, library: Library, activity: Activity, name: str,
           action: Callable[[Any], Any]) -> HttpResponse:
    form = FORMS[name](request.POST, prefix=name[:-5])
    if form.is_valid() and form.attempt(lambda: action(form)) is not None:
        say(request, _("Added."))
        return redirect("activities:parts", library.code, activity.pk)
    return _page(request, library, activity, **{name: form})


@require_POST
@activity_page
def speaker(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    return _added(request, library, activity, "speaker_form", lambda form: add_speaker(
        activity=activity, name=form.cleaned_data["name"], institution=form.cleaned_data["institution"],
        by=request.actor, at=clock.now(), id=form.change_id))


@require_POST
@activity_page
def gift(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    return _added(request, library, activity, "gift_form", lambda form: add_contribution(
        activity=activity, partner=form.cleaned_data["partner"], kind=form.cleaned_data["gift"],
        what=form.cleaned_data["what"], worth=form.cleaned_data["worth"], by=request.actor, at=clock.now(),
        id=form.change_id))


@require_POST
@activity_page
def book(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    """Words, an ISBN or a label; several hits are shown to choose from, a chosen one comes back as its id."""
    chosen = request.POST.get("title", "")
    if chosen:
        title = Title.objects.filter(pk=_uuid(chosen)).first()
        if title is not None:
            return do(request, library, activity, lambda: add_book(
                activity=activity, title=title, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
                _("Added."), "activities:parts")
    form = BookForm(request.POST, prefix="book")
    if not form.is_valid():
        return _page(request, library, activity, book_form=form)
    hits = find_titles_for_desk(form.cleaned_data["text"], library)
    if not hits:
        form.add_error("text", _("No book of the city fits. Try fewer words."))
    return _page(request, library, activity, book_form=form, hits=hits)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@activity_page
def remove(request: HttpRequest, library: Library, activity: Activity, part: UUID) -> HttpResponse:
    return do(request, library, activity, lambda: remove_part(
        activity=activity, part=part, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("It is taken out."), "activities:parts")
