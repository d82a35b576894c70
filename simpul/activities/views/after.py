"""What came of it: the result, pictures, and the report that writes itself."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.actions import add_photo, remove_photo, write_result
from simpul.activities.forms import PhotoForm, ResultForm
from simpul.activities.models import Activity, Photo
from simpul.activities.queries import report_of
from simpul.activities.reports import whatsapp_report
from simpul.activities.views.pages import activity_page, do
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.libraries.models import Library

FIELDS = ("result", "follow_up", "cost", "has_photo_notice")


def _page(request: HttpRequest, library: Library, activity: Activity, form: ResultForm,
          photo_form: PhotoForm) -> HttpResponse:
    report = report_of(activity, clock.local_date(clock.now(), library.time_zone))
    gathering = activity.gathering
    link = request.build_absolute_uri(f"/kegiatan/{gathering.pk}/") if gathering.is_public and not (
        gathering.is_draft) else ""
    text = whatsapp_report(report, link=link)
    return render(request, "activities/result.html", {
        "library": library, "activity": activity, "form": form, "photo_form": photo_form, "report": report,
        "text": text, "whatsapp": whatsapp_link(None, text), "photos": list(activity.photos.all())},
        status=422 if form.errors or photo_form.errors else 200)


@activity_page
def result(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    form = ResultForm(request.POST or None, initial={name: getattr(activity, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: write_result(
            activity=activity, by=request.actor, at=clock.now(), id=form.change_id,
            **{name: form.cleaned_data[name] for name in FIELDS}))
        if done is not None:
            say(request, _("Saved. The report is ready below."))
            return redirect("activities:result", library.code, activity.pk)
    return _page(request, library, activity, form, _photo_form(activity))


def _photo_form(activity: Activity) -> PhotoForm:
    return PhotoForm(prefix="photo", initial={"has_photo_notice": activity.has_photo_notice})


@require_POST
@activity_page
def photo_new(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES, prefix="photo")
    if form.is_valid():
        told = form.cleaned_data
        done = form.attempt(lambda: add_photo(
            activity=activity, picture=told["picture"], caption=told["caption"], shows_children=told["shows_children"],
            guardians_agreed=told["guardians_agreed"], is_public=told["is_public"],
            has_photo_notice=told["has_photo_notice"], by=request.actor, at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("The picture is added."))
            return redirect("activities:result", library.code, activity.pk)
    result_form = ResultForm(initial={name: getattr(activity, name) for name in FIELDS})
    return _page(request, library, activity, result_form, form)


def _photo(activity: Activity, id: UUID) -> Photo:
    found = activity.photos.select_related("file", "activity").filter(pk=id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@activity_page
def photo(request: HttpRequest, library: Library, activity: Activity, photo: UUID) -> HttpResponse:
    return file_response(_photo(activity, photo).file)  # type: ignore[return-value]


@require_POST
@activity_page
def photo_remove(request: HttpRequest, library: Library, activity: Activity, photo: UUID) -> HttpResponse:
    row = _photo(activity, photo)
    return do(request, library, activity, lambda: remove_photo(
        photo=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
        _("The picture is removed."), "activities:result")
