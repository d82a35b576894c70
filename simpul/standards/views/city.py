"""The city: how many libraries meet each requirement, what is easiest next; where grades begin."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page
from simpul.replication.views.pages import do, today
from simpul.standards.actions import restore_grades, set_grades, withdraw_grades
from simpul.standards.forms import GradesForm
from simpul.standards.models import Grades
from simpul.standards.permissions import can_set_grades
from simpul.standards.queries.evidence import scale_on
from simpul.standards.queries.standard import cheapest, kelurahan, together
from simpul.standards.requirements import BY_CODE, EFFORTS

SHOWN = ("", "belum", "tidak-tahu", "sudah")


@require_safe
@city_page
def city(request: HttpRequest) -> HttpResponse:
    """Kelurahan libraries by requirement; `syarat` and `tampil` narrow the list below."""
    libraries = list(Library.objects.with_place().counted_by(request.actor).filter(
        kind=Library.Kind.VILLAGE, closed_on__isnull=True).order_by("name"))
    answers = kelurahan(libraries, today())
    code = request.GET.get("syarat", "")
    code = code if code in BY_CODE else ""
    shown = request.GET.get("tampil", "")
    shown = shown if shown in SHOWN else ""
    rows = []
    for one in libraries:
        of_one = answers[one.pk]
        chosen = next((each for each in of_one if each.requirement.code == code), None)
        state = {True: "sudah", False: "belum", None: "tidak-tahu"}[chosen.is_met] if chosen else ""
        if shown and chosen and state != shown:
            continue
        rows.append((one, sum(each.is_met is True for each in of_one), sum(each.is_met is False for each in of_one),
                     sum(each.is_met is None for each in of_one), cheapest(of_one), chosen))
    return render(request, "standards/city.html", {
        "lines": [(one, EFFORTS[one.requirement.effort]) for one in together(answers)], "count": len(libraries),
        "full": sum(all(each.is_met for each in of_one) for of_one in answers.values()),
        "page": Paginator(rows, 20).get_page(request.GET.get("page")), "requirement": BY_CODE.get(code), "shown": shown,
        "filters": [("", _("All")), ("belum", _("Missed")), ("tidak-tahu", _("Unknown")), ("sudah", _("Met"))]})


@city_page
def grades(request: HttpRequest) -> HttpResponse:
    scale = scale_on(today())
    form = GradesForm(request.POST or None, scale=scale, initial={"from_on": today()})
    if request.method == "POST":
        if not can_set_grades(request.actor):
            raise Http404
        if form.is_valid():
            told = form.cleaned_data
            made = form.attempt(lambda: set_grades(
                from_on=told["from_on"], a_from=told["a_from"], b_from=told["b_from"], c_from=told["c_from"],
                source=told["source"], by=request.actor, at=clock.now(), id=form.change_id))
            if made is not None:
                say(request, _("The grades hold from that day."), undo=reverse("standards:grades_out", args=[made.pk]))
                return redirect("standards:grades")
    return render(request, "standards/grades.html", {
        "form": form, "scale": scale, "can_set": can_set_grades(request.actor),
        "rows": Grades.objects.standing().select_related("account")[:20]}, status=422 if form.errors else 200)


def _row(id: UUID) -> Grades:
    row = Grades.objects.filter(pk=id).first()
    if row is None:
        raise Http404
    return row


@require_POST
@city_page
def grades_out(request: HttpRequest, id: UUID) -> HttpResponse:
    row = _row(id)
    return do(request, lambda: withdraw_grades(grades=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("The grades are taken back."), reverse("standards:grades"), undo=reverse("standards:grades_back", args=[id]))


@require_POST
@city_page
def grades_back(request: HttpRequest, id: UUID) -> HttpResponse:
    row = _row(id)
    return do(request, lambda: restore_grades(grades=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST)),
              _("The grades hold again."), reverse("standards:grades"))
