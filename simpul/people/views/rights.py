"""What a person may ask for: to see what is kept, to be erased, to be known as one at two libraries. And counts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.core import clock
from simpul.core.erasure import reasons_to_keep, told_of
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page
from simpul.people.actions import erase_person, link_same_person, unlink_same_person
from simpul.people.forms import SameForm
from simpul.people.models import AgeGroup, Card, Member, Sex
from simpul.people.permissions import can_erase
from simpul.people.queries import card_codes, linked_persons, member_counts
from simpul.people.views.pages import member_page, today


@member_page
def kept(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    """All that is kept about her, to read or to print for her."""
    return render(request, "people/kept.html", {
        "library": library, "member": member, "parts": told_of(member.person), "day": today(library)})


@member_page
def kept_json(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    parts = [{"heading": part.heading, "rows": [dict(zip(part.columns, row, strict=True)) for row in part.rows]}
             for part in told_of(member.person)]
    response = JsonResponse({"library": library.name, "number": member.number, "kept": parts},
                            json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{member.number}.json"'
    return response


@member_page
def erase(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    """It cannot be undone, so this page says first what goes and what stays."""
    if not can_erase(request.actor, library.pk):
        say(request, _("Only the librarian erases a person. Ask her to open this page."))
        return redirect("people:member", library.code, member.pk)
    refused = ""
    if request.method == "POST":
        try:
            erase_person(person=member.person, by=request.actor, at=clock.now(), id=change_id_of(request.POST))
            say(request, _("What was known of this person is erased."))
            return redirect("people:list", library.code)
        except Refusal as refusal:
            refused = str(refusal)
    return render(request, "people/erase.html", {
        "library": library, "member": member, "reasons": reasons_to_keep(member.person), "refused": refused})


@member_page
def same(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    form = SameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = _member_of_card(form.cleaned_data["card"], library)
        if other is None:
            form.add_error("card", _("No card of another library has this code."))
        elif form.attempt(lambda: link_same_person(
                one=member.person, other=other.person, card=form.cleaned_data["card"], by=request.actor,
                at=clock.now(), id=form.change_id)):
            say(request, _("Noted: one person at two libraries."),
                undo=reverse("people:not_same", args=[library.code, member.pk, other.person_id]))
            return redirect("people:member", library.code, member.pk)
    return render(request, "people/form.html", {
        "library": library, "member": member, "form": form, "heading": _("Also a member elsewhere"),
        "button": _("Link"), "lead": member.person.name, "linked": linked_persons(member.person)})


def _member_of_card(text: str, library: Library) -> Member | None:
    codes: list[str] = card_codes(text, library)
    card = Card.objects.open().filter(code__in=codes).exclude(member__library=library).select_related(
        "member__person__library").first()
    return card.member if card else None


@require_POST
@member_page
def not_same(request: HttpRequest, library: Library, member: Member, person: UUID) -> HttpResponse:
    for other in linked_persons(member.person):
        if other.pk == person:
            unlink_same_person(person=member.person, other=other, by=request.actor, at=clock.now(),
                               id=change_id_of(request.POST))
            say(request, _("They are two again."))
    return redirect("people:member", library.code, member.pk)


@city_page
def counts(request: HttpRequest) -> HttpResponse:
    """Members of the libraries whose counts the reader may see, by age group and sex. No names."""
    libraries = list(Library.objects.counted_by(request.actor))
    day = clock.local_date(clock.now(), libraries[0].time_zone) if libraries else clock.now().date()
    told = member_counts(libraries, day)
    cells: dict[tuple[Any, Any], int | None] = {(row.age_group, row.sex): row.count for row in told}
    groups = [group for group in AgeGroup if any(key[0] == group for key in cells)]
    return render(request, "people/counts.html", {
        "day": day, "n_libraries": len(libraries), "sexes": [sex for sex in Sex if any(k[1] == sex for k in cells)],
        "total": sum(row.count for row in told if row.count) or None, "hides": any(row.count is None for row in told),
        "rows": [(group, [("few" if cells[group, sex] is None else cells[group, sex]) if (group, sex) in cells else 0
                          for sex in Sex if any(k[1] == sex for k in cells)]) for group in groups],
        "bars": [{"label": group.label, "value": sum(cells.get((group, sex)) or 0 for sex in Sex)} for group in groups
                 if None not in (cells.get((group, sex), 0) for sex in Sex)]})
