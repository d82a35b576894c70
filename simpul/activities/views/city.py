"""The city reads what its libraries report and says a word to it; and the day it celebrates itself."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.actions import answer_report, set_city_day, withdraw_reply
from simpul.activities.forms import CityDayForm, ReplyForm
from simpul.activities.models import Reply
from simpul.activities.permissions import can_read_reports, can_reply, can_set_city_day
from simpul.activities.queries import needs_behind, report_lines, report_of, reports_for
from simpul.activities.reports import by_sex_for_everybody, ready_thanks
from simpul.activities.templates_of_year import city_day
from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.pages import city_page

BACK = timedelta(days=120)  # what waited longer is left in peace
View = Callable[..., HttpResponse]


def reader_page(view: View) -> View:
    """For mentors, the coordinator and the city library."""

    @wraps(view)
    def page(request: HttpRequest, **rest: Any) -> HttpResponse:
        actor = request.actor
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_read_reports(actor):
            raise Http404
        return view(request, **rest)

    return page


@reader_page
def reports(request: HttpRequest) -> HttpResponse:
    """Those that wait, the longest first; or those answered, the latest first."""
    rows, shown = reports_for(request.actor), request.GET.get("tampil", "")
    waiting = rows.filter(replies__isnull=True, reported_at__gte=clock.now() - BACK)
    is_answered = shown == "dijawab"
    asked = rows.filter(replies__isnull=False).distinct() if is_answered else waiting.order_by("reported_at", "pk")
    page = Paginator(asked, 20).get_page(request.GET.get("page"))
    return render(request, "activities/city_reports.html", {
        "page": page, "lines": report_lines(list(page.object_list)), "shown": "dijawab" if is_answered else "",
        "waiting": waiting.count(), "filters": [("", _("Waiting for a word")), ("dijawab", _("Answered"))]})


@reader_page
def report(request: HttpRequest, id: UUID) -> HttpResponse:
    """One report, ready thanks to be sent with one tap, or own words."""
    activity = reports_for(request.actor).filter(pk=id).first()
    if activity is None or not can_reply(request.actor, activity.library_id):
        raise Http404
    told = report_of(activity, clock.local_date(clock.now(), activity.library.time_zone))
    ready = ready_thanks(told)
    form = ReplyForm(request.POST or None)
    if request.method == "POST":
        chosen = request.POST.get("siap", "")
        if chosen.isascii() and chosen.isdigit() and int(chosen[:3]) < len(ready):
            form = ReplyForm({"change": request.POST.get("change"), "text": ready[int(chosen[:3])]})
        if form.is_valid():
            made = form.attempt(lambda: answer_report(
                activity=activity, text=form.cleaned_data["text"], by=request.actor, at=clock.now(), id=form.change_id))
            if made is not None:
                say(request, _("Sent. %(library)s sees it today.") % {"library": activity.library.name},
                    undo=reverse("activities:reply_withdraw", args=[made.pk]))
                return redirect("activities:city_reports")
    return render(request, "activities/city_report.html", {
        "activity": activity, "report": told, "line": report_lines([activity])[0], "form": form, "ready": ready,
        "sexes": by_sex_for_everybody(told.turnout), "needs": needs_behind(activity),
        "speakers": list(activity.speakers.all()),
        "gifts": list(activity.contributions.select_related("partner"))}, status=422 if form.errors else 200)


@require_POST
@reader_page
def reply_withdraw(request: HttpRequest, id: UUID) -> HttpResponse:
    reply = Reply.objects.select_related("activity__gathering").filter(pk=id, by_account=request.user.pk).first()
    if reply is None:
        raise Http404
    try:
        withdraw_reply(reply=reply, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
        say(request, _("Taken back."))
    except Refusal as refusal:
        say(request, str(refusal))
    return redirect("activities:city_report", reply.activity_id)


@city_page
def anniversary(request: HttpRequest) -> HttpResponse:
    """The day of the city, for the templates of the year."""
    if not can_set_city_day(request.actor):
        raise Http404
    own = city_day()
    form = CityDayForm(request.POST or None, initial={"month": own[0], "day": own[1]} if own else None)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: set_city_day(
            month=form.cleaned_data["month"], day=form.cleaned_data["day"], by=request.actor, at=clock.now(),
            id=form.change_id))
        if done is not None:
            say(request, _("Saved. Libraries find the day among the days of the year."))
            return redirect("activities:anniversary")
    return render(request, "activities/anniversary.html", {"form": form}, status=422 if form.errors else 200)
