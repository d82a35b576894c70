"""Approaches: the board, one of them, and what is done about it with one tap."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.advocacy.actions import (
    drop_evidence,
    edit_approach,
    move_approach,
    plan_approach,
    record_result,
    record_talk,
    set_next,
    take_evidence,
    void_result,
    void_talk,
)
from simpul.advocacy.figures import receipt
from simpul.advocacy.forms import ApproachForm, EvidenceForm, NewApproachForm, NextForm, ResultForm, TalkForm
from simpul.advocacy.models import Approach, Figure, Partner, Result, Talk
from simpul.advocacy.permissions import can_keep
from simpul.advocacy.road import current_year
from simpul.advocacy.views.pages import approach_of, form_page, page_of, today, who
from simpul.core.say import say
from simpul.files.responses import file_response
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page, works_at

STATES = {"rencana": Approach.State.PLANNED, "dihubungi": Approach.State.CONTACTED, "bertemu": Approach.State.MET,
          "janji": Approach.State.PROMISED, "berhasil": Approach.State.ACHIEVED, "ditunda": Approach.State.NOT_NOW}


@require_safe
@library_page(counts)
def board(request: HttpRequest, library: Library) -> HttpResponse:
    """What is wanted of whom, and how far it is: the open ones, or one column, those due first."""
    rows = Approach.objects.filter(library=library)
    numbers = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    asked = request.GET.get("keadaan", "")
    chosen = rows.filter(state=STATES[asked]) if asked in STATES else rows.open()
    year = Result.objects.filter(library=library, voided_at__isnull=True, local_date__year=today(library).year)
    given = year.exclude(kind=Result.Kind.PROMISE)
    return render(request, "advocacy/board.html", {
        "library": library, "is_own": can_keep(request.actor, library.pk), "asked": asked, "day": today(library),  # type: ignore[attr-defined]
        "columns": [(key, state.label, numbers.get(state.value, 0)) for key, state in STATES.items()],
        "page": page_of(request, chosen.order_by(F("next_on").asc(nulls_last=True), "-moved_at", "-pk")),
        "worth": sum(n or 0 for n in given.values_list("worth", flat=True)), "results": given.count(),
        "road": current_year(today(library)), "any": bool(numbers)})


@library_page(works_at)
def new(request: HttpRequest, library: Library) -> HttpResponse:
    asked = request.GET.get("jalan", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    form = NewApproachForm(request.POST or None, partners=Partner.objects.of(library.pk))
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        done = form.attempt(lambda: plan_approach(library=library, road_year=year, **told, **who(request, form.change_id)))
        if done:
            say(request, _("Planned. Now take the figures that speak for it."))
            return redirect("advocacy:approach", code=library.code, approach=done.pk)
    return form_page(request, form, title=_("New approach"), library=library, button=_("Plan"),
                     lead=_("One thing wanted of one office or company."), back=reverse("advocacy:board", args=[library.code]))


@require_safe
@library_page(counts)
def approach(request: HttpRequest, library: Library, approach: UUID) -> HttpResponse:
    """One approach: next step, evidence, talks, results. Words of talks and documents for the own staff only."""
    row, is_own = approach_of(library, approach), can_keep(request.actor, library.pk)  # type: ignore[attr-defined]
    day = today(library)
    told = [(one, receipt(library, one.measure, one.from_on, one.until_on)) for one in row.evidence.all()]
    results = list(row.results.filter(voided_at__isnull=True).select_related("document").order_by("-local_date", "-pk"))
    return render(request, "advocacy/approach.html", {
        "library": library, "approach": row, "is_own": is_own, "day": day, "evidence": told, "results": results,
        "talks": row.talks.filter(voided_at__isnull=True).order_by("-local_date", "-pk")[:50],
        "is_due": row.next_on is not None and row.next_on <= day, "columns": STATES.values(),
        "worth": sum(one.worth or 0 for one in results if one.is_given),
        "next_form": NextForm(initial={"next_what": row.next_what, "next_on": row.next_on}),
        "evidence_form": EvidenceForm(initial={"measure": "visits", "first": day - timedelta(days=364), "last": day})})


@library_page(works_at)
def edit(request: HttpRequest, library: Library, approach: UUID) -> HttpResponse:
    row = approach_of(library, approach)
    form = ApproachForm(request.POST or None, partners=Partner.objects.of(library.pk), initial={
        name: getattr(row, name) for name in ("aim", "target", "office", "message", "partner")})
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        if form.attempt(lambda: edit_approach(approach=row, **told, **who(request, form.change_id))):
            say(request, _("Kept."))
            return redirect("advocacy:approach", code=library.code, approach=row.pk)
    return form_page(request, form, title=_("Rewrite the approach"), library=library, button=_("Keep"),
                     lead=_("Aim, office and message."), back=reverse("advocacy:approach", args=[library.code, row.pk]))


@require_POST
@library_page(works_at)
def met(request: HttpRequest, library: Library, approach: UUID) -> HttpResponse:
    """One tap: we met today. What was said may be written down later."""
    row = approach_of(library, approach)
    talk = record_talk(approach=row, on=today(library), keeps_next=True, **who(request))
    say(request, _("Noted: you met today. What comes next?"), undo=reverse("advocacy:talk_void", args=[library.code, talk.pk]))
    return redirect(f"{reverse('advocacy:approach', args=[library.code, row.pk])}#langkah")


@require_POST
@library_page(works_at)
def next_one(request: HttpRequest, library: Library, approach: UUID) -> HttpResponse:
    """The next step: by a button in one or two weeks, or by the form."""
    row = approach_of(library, approach)
    form = NextForm(request.POST)
    days = {"7": 7, "14": 14, "30": 30}.get(request.POST.get("hari", ""))
    if days:
        set_next(approach=row, what=row.next_what, on=today(library) + timedelta(days=days), **who(request))
    elif form.is_valid():
        form.attempt(lambda: set_next(approach=row, what=form.cleaned_data["next_what"], on=form.cleaned_data["next_on"],
                                      **who(request, form.change_id)))
    if form.errors and not days:
        return form_page(request, form, title=_("Next step"), library=library, button=_("Keep"), lead=row.aim,
                         back=reverse("advocacy:approach", args=[library.code, row.pk]))
    say(request, _("The next step is set."))
    return redirect("advocacy:approach", code=library.code, approach=row.pk)


@require_POST
@library_page(works_at)
def move(request: HttpRequest, library: Library, approach: UUID) -> HttpResponse:
    row = move_approach(approach=approach_of(library, approach), state=request.POST.get("state", ""), **who(request))
    say(request, _("Now: %(state)s.") % {"state": row.get_state_display()})
    return redirect("advocacy:approach", code=library.code, approach=row.pk)


def _entry(request: HttpRequest, library: Library, row: Approach, form: Any, act: Callable[[dict[str, Any]], Any],
           undo: str, **page: Any) -> HttpResponse:
    """A form about an approach: keep, tell with the way to undo it, back to the approach."""
    back = reverse("advocacy:approach", args=[library.code, row.pk])
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        done = form.attempt(lambda: act(told | who(request, form.change_id)))
        if done:
            say(request, _("Written down."), undo=reverse(undo, args=[library.code, done.pk]))
            return redirect(back)
    return form_page(request, form, library=library, button=_("Write down"), back=back, **page)


@library_page(works_at)
def talk(request: HttpRequest, library: Library, approach: UUID) -> HttpResponse:
    row = approach_of(library, approach)
    form = TalkForm(request.POST or None, initial={"on": today(library), "office": row.office})
    return _entry(request, library, row, form, lambda told: record_talk(approach=row, **told), "advocacy:talk_void",
                  title=_("A meeting, call or letter"), lead=row.aim)


@library_page(works_at)
def result(request: HttpRequest, library: Library, approach: UUID) -> HttpResponse:
    row = approach_of(library, approach)
    form = ResultForm(request.POST or None, request.FILES or None, initial={"on": today(library)})
    return _entry(request, library, row, form, lambda told: record_result(approach=row, **told), "advocacy:result_void",
                  title=_("The result"), lead=row.aim, has_files=True)


@library_page(works_at)
def evidence(request: HttpRequest, library: Library, approach: UUID) -> HttpResponse:
    row, day = approach_of(library, approach), today(library)
    form = EvidenceForm(request.POST or None, initial={"first": day - timedelta(days=364), "last": day})
    return _entry(request, library, row, form, lambda told: take_evidence(approach=row, **told), "advocacy:evidence_drop",
                  title=_("A figure as evidence"), lead=_("Counted now from your own records, and kept as it is today."))


def _row(model: Any, library: Library, id: UUID, *related: str) -> Any:
    row = model.objects.filter(Q(library=library), pk=id).select_related(*related).first()
    if row is None:
        raise Http404
    return row


@require_POST
@library_page(works_at)
def talk_off(request: HttpRequest, library: Library, talk: UUID) -> HttpResponse:
    row = void_talk(talk=_row(Talk, library, talk, "approach"), **who(request))
    say(request, _("Taken back."))
    return redirect("advocacy:approach", code=library.code, approach=row.approach_id)


@require_POST
@library_page(works_at)
def result_off(request: HttpRequest, library: Library, result: UUID) -> HttpResponse:
    row = void_result(result=_row(Result, library, result, "approach"), **who(request))
    say(request, _("Taken back."))
    return redirect("advocacy:approach", code=library.code, approach=row.approach_id)


@require_safe
@library_page(works_at)
def result_document(request: HttpRequest, library: Library, result: UUID) -> HttpResponse:
    row = _row(Result, library, result, "document")
    if row.document is None:
        raise Http404
    return file_response(row.document)  # type: ignore[return-value]


@require_POST
@library_page(works_at)
def evidence_off(request: HttpRequest, library: Library, figure: UUID) -> HttpResponse:
    """Take a figure away, from an approach or from a proposal."""
    row = _row(Figure, library, figure, "proposal")
    approach_id, proposal = row.approach_id, row.proposal
    drop_evidence(evidence=row, **who(request))
    say(request, _("Taken away."))
    if proposal is not None:
        return redirect("advocacy:proposal", code=library.code, year=proposal.year)
    return redirect("advocacy:approach", code=library.code, approach=approach_id)
