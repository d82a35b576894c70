"""What came of it: the result, pictures, and the report that writes itself."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.actions import add_photo, note_publicity, read_reply, remove_photo, write_result
from simpul.activities.forms import PhotoForm, PublicityForm, ResultForm
from simpul.activities.models import Activity, Photo
from simpul.activities.prints import report_pdf, square
from simpul.activities.queries import Report, public_photos, report_of
from simpul.activities.reports import caption, whatsapp_report
from simpul.activities.views.pages import activity_page, do, public_link
from simpul.advocacy.models import Publicity
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.phones import whatsapp_link
from simpul.core.say import say
from simpul.files.papers import pdf_response
from simpul.files.responses import file_response
from simpul.libraries.models import City, Library

FIELDS = ("result", "follow_up", "cost", "has_photo_notice")


def _report(library: Library, activity: Activity) -> Report:
    return report_of(activity, clock.local_date(clock.now(), library.time_zone))


def _page(request: HttpRequest, library: Library, activity: Activity, form: ResultForm, photo_form: PhotoForm,
          publicity_form: PublicityForm | None = None) -> HttpResponse:
    report, city = _report(library, activity), City.objects.first()
    link = public_link(request, activity, "activities:public_report" if activity.reported_at else "activities:public")
    text = whatsapp_report(report, link=link)
    photos = list(activity.photos.all())
    forms = (form, photo_form, publicity_form or PublicityForm(prefix="publicity", initial={"channel": "instagram"}))
    return render(request, "activities/result.html", {
        "library": library, "activity": activity, "form": form, "photo_form": photo_form, "publicity_form": forms[2],
        "report": report, "text": text, "whatsapp": whatsapp_link(None, text), "photos": photos, "link": link,
        "public": [one for one in photos if one.is_public], "no_photo": _no_photo(activity),
        "caption": caption(report, city=city.name if city else "", link=link),
        "publicity": list(Publicity.objects.about("activities.Activity", activity.pk).order_by("happened_at"))},
        status=422 if any(one.errors for one in forms) else 200)


def _no_photo(activity: Activity) -> list[str]:
    """Who does not want to be seen in a picture, for whoever chooses them."""
    return [one.name or one.code for one in activity.gathering.registrations.current().filter(wants_no_photo=True)[:20]]


@activity_page
def result(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    form = ResultForm(request.POST or None, initial={name: getattr(activity, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        link = public_link(request, activity, "activities:public_report")
        done = form.attempt(lambda: write_result(
            activity=activity, link=link if is_reachable(link) else "", by=request.actor, at=clock.now(),
            id=form.change_id, **{name: form.cleaned_data[name] for name in FIELDS}))
        if done is not None:
            say(request, _("Saved. The report is ready below."))
            return redirect("activities:result", library.code, activity.pk)
    return _page(request, library, activity, form, _photo_form(activity))


def is_reachable(link: str) -> bool:
    """An address that others can open: this machine's own name is none."""
    return link.startswith("https://") and "." in link.removeprefix("https://").partition("/")[0]


@require_safe
@activity_page
def picture(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    """The square to post; `foto` chooses one of the pictures that may be public, the first without it."""
    photos, wanted = list(public_photos(activity)[:50]), request.GET.get("foto", "")
    photo = next((one for one in photos if str(one.pk) == wanted), next(iter(photos), None))
    content = square(_report(library, activity), None if wanted == "tanpa" else photo)
    response = HttpResponse(content, content_type="image/png")
    response["Content-Disposition"] = f'{"attachment" if "simpan" in request.GET else "inline"}; filename="kegiatan.png"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@activity_page
def paper(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    day = formats.date_format(clock.local_date(clock.now(), library.time_zone), "j F Y")
    return pdf_response(report_pdf(_report(library, activity), day=day), "laporan-kegiatan")


@require_POST
@activity_page
def publicity(request: HttpRequest, library: Library, activity: Activity) -> HttpResponse:
    """Where it was shared, with the link of the post."""
    form = PublicityForm(request.POST, prefix="publicity")
    if form.is_valid():
        done = form.attempt(lambda: note_publicity(
            activity=activity, channel=form.cleaned_data["channel"], link=form.cleaned_data["link"], by=request.actor,
            at=clock.now(), id=form.change_id))
        if done is not None:
            say(request, _("Noted. It counts as publicity."))
            return redirect("activities:result", library.code, activity.pk)
    result_form = ResultForm(initial={name: getattr(activity, name) for name in FIELDS})
    return _page(request, library, activity, result_form, _photo_form(activity), form)


@require_POST
@activity_page
def reply_read(request: HttpRequest, library: Library, activity: Activity, reply: UUID) -> HttpResponse:
    row = activity.replies.select_related("activity__gathering").filter(pk=reply).first()
    if row is None:
        raise Http404
    return do(request, library, activity, lambda: read_reply(
        reply=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)), _("Read. They will see it."))


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
