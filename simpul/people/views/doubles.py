"""The same person entered twice at one library: offered, looked at side by side, decided in one tap."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.forms import change_id_of
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.people.actions import join_double, tell_apart
from simpul.people.models import Member
from simpul.people.queries import decided_pairs, double_pairs, doubles_of
from simpul.people.views.pages import member_page, staff_page, today


@staff_page
def doubles(request: HttpRequest, library: Library) -> HttpResponse:
    """Pairs to be looked at; `tampil=selesai` shows those somebody has decided about."""
    shown = "selesai" if request.GET.get("tampil") == "selesai" else ""
    page = Paginator(decided_pairs(library) if shown else double_pairs(library), 20).get_page(request.GET.get("page"))
    rows = {row.pk: row for row in Member.objects.filter(
        library=library, pk__in={pk for pair in page for pk in pair}).select_related("person")}
    return render(request, "people/doubles.html", {
        "library": library, "page": page, "shown": shown,
        "pairs": [(rows[one], rows[other]) for one, other in page if one in rows and other in rows]})


@member_page
def double(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    """The two side by side. A POST says which number is kept, or with an empty `keep` that they are two."""
    if request.method == "POST":
        return _decide(request, library, member)
    other = _other(library, member, request.GET.get("dengan", ""))
    if other is None and (found := doubles_of(member, today(library))):
        other = _other(library, member, str(found[0].member_id))
    pair = [] if other is None else sorted((member, other), key=lambda row: (row.person.recorded_at, row.number))
    return render(request, "people/double.html", {
        "library": library, "member": member, "other": other, "pair": [_side(row, pair) for row in pair],
        "is_linked": other is not None and (other.same_as_id == member.pk or member.same_as_id == other.pk)})


def _side(row: Member, pair: list[Member]) -> dict[str, Any]:
    """One of the two; a number that stands for others already, else the older one, is proposed to be kept."""
    standing = [one for one in pair if one.doubles.exists()] or pair
    return {"member": row, "person": row.person, "is_proposed": row.pk == standing[0].pk,
            "other": next(one for one in pair if one.pk != row.pk),
            "guardians": row.person.guardians.filter(ended_at__isnull=True)}


def _other(library: Library, member: Member, id: str) -> Member | None:
    try:
        found = Member.objects.select_related("person", "type", "library").filter(
            library=library, pk=UUID(id), person__erased_at__isnull=True).exclude(pk=member.pk).first()
    except ValueError:
        return None
    return found


def _decide(request: HttpRequest, library: Library, member: Member) -> HttpResponse:
    other, keep = _other(library, member, request.POST.get("other", "")), request.POST.get("keep", "")
    if other is None or keep not in ("", str(member.pk), str(other.pk)):
        return redirect("people:doubles", library.code)
    way = {"by": request.actor, "at": clock.now(), "id": change_id_of(request.POST)}
    kept, twin = (other, member) if keep == str(other.pk) else (member, other)
    try:
        if keep:
            join_double(kept=kept, double=twin, **way)
            say(request, _("One person: number %(kept)s goes on, %(double)s opens it too.") % {
                "kept": kept.number, "double": twin.number},
                undo=reverse("people:not_same", args=[library.code, kept.pk, twin.person_id]))
        else:
            tell_apart(one=member, other=other, **way)
            say(request, _("Noted: two people. They are not offered again."))
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
    return redirect("people:doubles", library.code)
