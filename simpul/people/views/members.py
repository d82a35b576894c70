"""The list of members, a new one, her page, and what is done there."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.journal import sentences
from simpul.core.models import JournalLine
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.people.actions import (
    add_guardian,
    block_member,
    correct_person,
    end_guardianship,
    end_membership,
    enrol_member,
    replace_card,
    resume_membership,
    unblock_member,
)
from simpul.people.forms import BlockForm, CorrectionForm, GuardianForm, NewMemberForm
from simpul.people.models import CONSENT_DAYS, Consent, Member
from simpul.people.permissions import can_erase, can_import, may_borrow
from simpul.people.queries import find_members, history_of, linked_persons, listed_members, printable, similar_members
from simpul.people.views.pages import member_page, qr, staff_page, today

SHOWN = ("", "tanpa-persetujuan", "diblokir", "berakhir")


@vary_on_headers("HX-Request")
@staff_page
def members(request: HttpRequest, library: Library) -> HttpResponse:
    text, shown = printable(request.GET.get("q", ""))[:80], request.GET.get("tampil", "")
    shown = shown if shown in SHOWN else ""
    rows = listed_members(library, text, shown, today(library))
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    if text and page.paginator.count != 1:  # a scanned card goes straight to its member
        hits = find_members(text, library, day=today(library))
        if len(hits) == 1 and hits[0].is_own and not page.paginator.count:
            return redirect("people:member", library.code, hits[0].member_id)
    template = "people/list.html#members" if request.htmx else "people/list.html"
    return render(request, template, {
        "library": library, "page": page, "q": text, "shown": shown, "day": today(library),
        "can_import": can_import(request.actor, library.pk),
        "chooses": shown == "tanpa-persetujuan" or "pilih" in request.GET,
        "filters": [("", _("Members")), ("tanpa-persetujuan", _("Children without consent")),
                    ("diblokir", _("Blocked")), ("berakhir", _("Ended"))]})


@staff_page
def new(request: HttpRequest, library: Library) -> HttpResponse:
    form = NewMemberForm(request.POST or None, initial={"name": request.GET.get("nama", "")[:120]})
    similar = []
    if request.method == "POST" and form.is_valid():
        is_again = JournalLine.objects.filter(pk=form.change_id).exists()  # a double click is no double member
        if not form.cleaned_data["is_somebody_else"] and not is_again:
            similar = similar_members(library, form.cleaned_data["name"], form.cleaned_data["birth_year"],
                                      today(library))
        if not similar:
            member = form.attempt(lambda: enrol_member(
                library=library, guardian=form.guardian, may_contact=form.cleaned_data["may_contact"],
                **form.known, by=request.actor, at=clock.now(), id=form.change_id))
            if member is not None:
                say(request, _("{name} is a member now, number {number}.").format(
                    name=member.person.name, number=member.number))
                return redirect("people:member", library.code, member.pk)
    return render(request, "people/new.html", {"library": library, "form": form, "similar": similar})


@member_page
def member(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    day, person = today(library), member.person
    consents = list(person.consents.select_related("guardianship").order_by("-given_at"))
    card = member.cards.filter(ended_at__isnull=True).first()
    why_not = may_borrow(member, day)
    lines = JournalLine.objects.filter(pk__in=history_of(member)).order_by("-recorded_at")[:20]
    return render(request, "people/member.html", {
        "library": library, "member": member, "person": person, "day": day, "card": card,
        "code": card and qr(card.printed), "is_child": person.is_child(day), "why_not": why_not,
        "needs_consent": why_not is not None and why_not.code == "no_consent", "consents": consents,
        "guardians": person.guardians.filter(ended_at__isnull=True), "erased_on": _erased_on(member, consents),
        "history": sentences(lines, reader=request.actor), "loans_url": _loans_url(library, member),
        "desk_url": _desk_url(library, member),
        "linked": linked_persons(person), "can_erase": can_erase(request.actor, library.pk)})


def _erased_on(member: Member, consents: list[Consent]) -> date:
    """The day on which an unconsented child's name is erased."""
    begun = max([member.person.recorded_at, *(row.withdrawn_at for row in consents if row.withdrawn_at
                                              and row.purpose == row.Purpose.CHILD_MEMBERSHIP)])
    return clock.local_date(begun + timedelta(days=CONSENT_DAYS), member.library.time_zone)


def _loans_url(library: Library, member: Member) -> str:
    try:
        return reverse("circulation:member", args=[library.code, member.pk])
    except NoReverseMatch:
        return ""


def _desk_url(library: Library, member: Member) -> str:
    try:
        return reverse("circulation:desk", args=[library.code]) + f"?member={member.pk}"
    except NoReverseMatch:
        return ""


@member_page
def correct(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    form = CorrectionForm(member.person, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: correct_person(
            person=member.person, known=form.known, by=request.actor, at=clock.now(), id=form.change_id)):
        say(request, _("Corrected."))
        return redirect("people:member", library.code, member.pk)
    return render(request, "people/form.html", {
        "library": library, "member": member, "form": form, "heading": _("Correct the data"), "button": _("Save"),
        "lead": member.person.name})


@member_page
def block(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: block_member(
            member=member, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now(), id=form.change_id)):
        say(request, _("Nothing is lent to {name} for now.").format(name=member.person.name),
            undo=reverse("people:unblock", args=[library.code, member.pk]))
        return redirect("people:member", library.code, member.pk)
    return render(request, "people/form.html", {
        "library": library, "member": member, "form": form, "heading": _("Stop lending for now"),
        "button": _("Stop lending"), "lead": member.person.name})


@member_page
def guardian(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    form = GuardianForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.attempt(lambda: add_guardian(
            child=member.person, guardian=form.guardian, by=request.actor, at=clock.now(), id=form.change_id)):
        say(request, _("The guardian is written down."))
        return redirect("people:member", library.code, member.pk)
    return render(request, "people/form.html", {
        "library": library, "member": member, "form": form, "heading": _("Add a guardian"), "button": _("Save"),
        "lead": member.person.name})


@require_POST
@member_page
def guardian_off(request: HttpRequest, library: Library, member: Member, guardian: UUID) -> HttpResponse:
    row = member.person.guardians.filter(pk=guardian, ended_at__isnull=True).first()
    if row is not None:
        end_guardianship(guardianship=row, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
        say(request, _("Taken off."))
    return redirect("people:member", library.code, member.pk)


def _one_tap(action: Callable[..., Any], told: Callable[[], str], undo: str = "") -> Callable[..., HttpResponse]:
    """A page for a button: POST does the action and goes back to the member."""

    @require_POST
    @member_page
    def page(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
        try:
            action(member=member, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
            say(request, told(), undo=reverse(undo, args=[library.code, member.pk]) if undo else "")
        except Refusal as refusal:
            say(request, str(refusal), level=messages.ERROR)
        return redirect("people:member", library.code, member.pk)

    return page


new_card = _one_tap(replace_card, lambda: _("A new card is ready to print. The old one opens nothing."))
end = _one_tap(end_membership, lambda: _("The membership has ended."), undo="people:resume")
resume = _one_tap(resume_membership, lambda: _("The membership goes on."))
unblock = _one_tap(unblock_member, lambda: _("Lending goes on."))
