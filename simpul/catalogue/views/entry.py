"""A book in the hand becomes a title: by its ISBN if the city knows it, else by the form."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from simpul.catalogue.actions import correct_title, enter_title, merge_title
from simpul.catalogue.forms import BookForm, IsbnForm, TitleForm
from simpul.catalogue.importing.drafts import Number
from simpul.catalogue.models import Identifier, Title
from simpul.catalogue.permissions import can_correct_title
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at


@library_page(works_at)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, library: Library) -> HttpResponse:
    """ISBN first: a title that the city knows costs one touch. Else the form, the ISBN already in it."""
    ask = IsbnForm(request.GET if "isbn" in request.GET else None)
    number = ask.number() if ask.is_bound else None
    known = titles_with(number) if number else []
    shows_form = request.method == "POST" or (ask.is_bound and not known) or "tanpa" in request.GET
    form = BookForm(request.POST or None, initial={"isbn": number.value if number else ""})
    if request.method == "POST" and form.is_valid():
        title = form.attempt(lambda: enter_title(
            description=form.description(), library=library, count=form.cleaned_data["count"], copy=form.draft(),
            by=request.actor, at=clock.now(), id=form.change_id))
        if title:
            say(request, _("“%(title)s” is in the catalogue.") % {"title": title.title})
            return redirect("catalogue:copies", library.code, title.pk)
    hasty = Title.objects.filter(is_provisional=True, withdrawn_at=None, copies__library=library).distinct().order_by("pk")
    return render(request, "catalogue/new.html", {
        "library": library, "ask": ask, "number": number, "known": known, "form": form if shows_form else None,
        "hasty": Paginator(hasty, 20).get_page(request.GET.get("page"))})


def titles_with(number: Number) -> list[Title]:
    """Titles of the city with this ISBN, at most five."""
    ids = Identifier.objects.filter(kind=Identifier.Kind.ISBN, value=number.value).values("title_id")
    return list(Title.objects.filter(pk__in=ids, withdrawn_at=None, is_provisional=False).order_by("pk")[:5])


@library_page(works_at)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, library: Library, title_id: UUID) -> HttpResponse:
    """Describe a title anew, with the book in hand."""
    title = get_object_or_404(Title, pk=title_id, withdrawn_at=None)
    if not can_correct_title(request.actor, title, library.pk):
        return redirect("catalogue:copies", library.code, title.pk)
    form = TitleForm(request.POST or None, initial=TitleForm.initial_of(title))
    if request.method == "POST" and form.is_valid():
        others = [Number(i.kind, i.value, i.is_valid) for i in title.identifiers.exclude(kind=Identifier.Kind.ISBN)]
        done = form.attempt(lambda: correct_title(
            title=title, description=form.description(others), library=library, by=request.actor, at=clock.now(),
            id=form.change_id))
        if done:
            say(request, _("“%(title)s” corrected.") % {"title": done.title})
            return redirect("catalogue:copies", library.code, done.pk)
    alike = Title.objects.filter(title__iexact=title.title, is_provisional=False, withdrawn_at=None).exclude(
        pk=title.pk).order_by("pk")[:5] if title.is_provisional else []
    return render(request, "catalogue/edit.html", {"library": library, "title": title, "form": form, "alike": alike})


@library_page(works_at)
@require_POST
def merge(request: HttpRequest, library: Library, title_id: UUID) -> HttpResponse:
    """The title entered in haste is the one in the field `into`."""
    title = get_object_or_404(Title, pk=title_id)
    try:
        into = get_object_or_404(Title, pk=UUID(request.POST.get("into", "")), withdrawn_at=None)
    except ValueError:
        raise Http404 from None
    try:
        merge_title(title=title, into=into, library=library, by=request.actor, at=clock.now(),
                    id=change_id_of(request.POST))
    except Refusal as refusal:
        say(request, str(refusal), level=30)
        return redirect("catalogue:edit", library.code, title.pk)
    say(request, _("Its copies are with “%(title)s” now.") % {"title": into.title})
    return redirect("catalogue:copies", library.code, into.pk)
