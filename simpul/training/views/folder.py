"""The folder for the account (SPJ): one PDF, what it needs, pictures."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.files.papers import pdf_response
from simpul.files.responses import file_response
from simpul.training.actions import add_photo, remove_photo, write_story
from simpul.training.folder import folder_pdf
from simpul.training.forms import PhotoForm, StoryForm
from simpul.training.models import Workshop
from simpul.training.views.pages import at, do, helper_page


@helper_page
def folder(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """What is in the folder, what is missing; minutes and report are written here."""
    form = StoryForm(request.POST or None, initial={"minutes": workshop.minutes, "report": workshop.report})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: write_story(
            workshop=workshop, minutes=form.cleaned_data["minutes"], report=form.cleaned_data["report"],
            by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if done is not None:
            say(request, _("Saved."))
            return redirect(at(workshop, "folder"))
    missing = [word for word, is_there in (
        (_("background"), workshop.background), (_("budget with prices"), workshop.budget.filter(price__gt=0).exists()),
        (_("number of the invitation letter"), workshop.letter_number), (_("speakers"), workshop.speakers.exists()),
        (_("minutes"), workshop.minutes), (_("report"), workshop.report), (_("pictures"), workshop.photos.exists()))
        if not is_there]
    return render(request, "training/folder.html", {
        "workshop": workshop, "form": form, "missing": missing, "photos": list(workshop.photos.all()),
        "photo_form": PhotoForm()}, status=422 if form.errors else 200)


@require_safe
@helper_page
def bundle(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return pdf_response(folder_pdf(workshop), f"spj-bimtek-{workshop.gathering.first_on}")


@require_POST
@helper_page
def photo_new(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid() and form.attempt(lambda: add_photo(
            workshop=workshop, picture=form.cleaned_data["picture"], caption=form.cleaned_data["caption"],
            by=request.actor, at=clock.now(), id=form.change_id)):  # type: ignore[attr-defined]
        say(request, _("The picture is in the folder."))
    else:
        say(request, "; ".join(str(one) for rows in form.errors.values() for one in rows), level=40)
    return redirect(at(workshop, "folder"))


@require_safe
@helper_page
def photo(request: HttpRequest, workshop: Workshop, photo: UUID) -> HttpResponse:
    row = workshop.photos.select_related("file").filter(pk=photo).first()
    if row is None:
        raise Http404
    return file_response(row.file)  # type: ignore[return-value]


@require_POST
@helper_page
def photo_remove(request: HttpRequest, workshop: Workshop, photo: UUID) -> HttpResponse:
    return do(request, lambda: remove_photo(
        workshop=workshop, photo_id=photo, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),  # type: ignore[attr-defined]
        _("Taken out."), at(workshop, "folder"))
