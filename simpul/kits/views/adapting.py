"""What reads differently here: adapting, deciding conflicts, adding something of our own."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from simpul.core import clock
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.kits.actions import (
    adapt_item,
    add_item,
    decide,
    remove_item,
    restore_item,
    restore_origin,
    resume_adaptation,
)
from simpul.kits.forms import AdaptForm, AddForm
from simpul.kits.models import Adaptation, Conflict
from simpul.kits.package.merging import apply
from simpul.kits.queries import difference, open_conflicts
from simpul.kits.views.pages import item_of, keeper_page, kit_of, who
from simpul.kits.words import as_text, label_of


@require_http_methods(["GET", "POST"])
@keeper_page
def adapt(request: HttpRequest, kit: UUID, item: UUID) -> HttpResponse:
    """Every text of an object in one form; what is left alone stays the origin's."""
    row = item_of(kit, item)
    form = AdaptForm(request.POST or None, kind=row.kind, words=apply(row.content, difference(row)))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(lambda: adapt_item(item=row, texts=form.texts(), by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
                                               id=form.change_id))
        if done is not None:
            say(request, _("Saved. The origin's words are kept beside yours."))
            return redirect("kits:item", kit, row.pk)
    return render(request, "kits/adapt.html", {"kit": row.kit, "item": row, "form": form},
                  status=422 if form.errors else 200)


def _adaptation(kit: UUID, id: UUID) -> Adaptation:
    row = Adaptation.objects.select_related("item__kit").filter(pk=id, item__kit_id=kit).first()
    if row is None:
        raise Http404
    return row


@require_POST
@keeper_page
def to_origin(request: HttpRequest, kit: UUID, adaptation: UUID) -> HttpResponse:
    row = restore_origin(adaptation=_adaptation(kit, adaptation), **who(request))
    say(request, _("The origin's words stand again."), undo=reverse("kits:adaptation_resume", args=[kit, row.pk]))
    return redirect("kits:item", kit, row.item_id) if not row.item.gone_in else redirect("kits:kit", kit)


@require_POST
@keeper_page
def ours_again(request: HttpRequest, kit: UUID, adaptation: UUID) -> HttpResponse:
    row = resume_adaptation(adaptation=_adaptation(kit, adaptation), **who(request))
    say(request, _("Your words stand again."), undo=reverse("kits:adaptation_end", args=[kit, row.pk]))
    return redirect("kits:item", kit, row.item_id)


@require_http_methods(["GET", "HEAD"])
@keeper_page
def conflicts(request: HttpRequest, kit: UUID) -> HttpResponse:
    """Fields that the new version and this city both changed."""
    row = kit_of(kit)
    clashes = [(one, label_of(one.row.field, one.row.item.content), [
        as_text(getattr(one.row, side)) for side in ("base", "theirs", "ours")]) for one in open_conflicts(row)]
    return render(request, "kits/conflicts.html", {"kit": row, "clashes": clashes, "release": row.releases.first()})


@require_POST
@keeper_page
def decide_one(request: HttpRequest, kit: UUID, conflict: UUID) -> HttpResponse:
    row = Conflict.objects.filter(pk=conflict, item__kit_id=kit).first()
    if row is None:
        raise Http404
    try:
        done = decide(conflict=row, decision=request.POST.get("decision", "")[:10], **who(request))
    except Refusal as refusal:
        say(request, str(refusal), level=40)
        return redirect("kits:conflicts", kit)
    if done.decision == Conflict.Decision.THEIRS:
        say(request, _("The new version's words stand now."), undo=reverse("kits:adaptation_resume", args=[
            kit, done.adaptation_id]))
    else:
        say(request, _("Your words stay."))
    return redirect("kits:conflicts", kit) if kit_of(kit).n_conflicts else redirect("kits:kit", kit)


@require_http_methods(["GET", "POST"])
@keeper_page
def add(request: HttpRequest, kit: UUID) -> HttpResponse:
    """Something of our own that no upgrade touches."""
    row = kit_of(kit)
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: add_item(kit=row, kind=form.cleaned_data["kind"], content=form.content(),
                                             by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if made is not None:
            say(request, _("Added. No upgrade touches it."), undo=reverse("kits:item_remove", args=[kit, made.pk]))
            return redirect("kits:item", kit, made.pk)
    return render(request, "kits/add.html", {"kit": row, "form": form}, status=422 if form.errors else 200)


@require_POST
@keeper_page
def remove(request: HttpRequest, kit: UUID, item: UUID) -> HttpResponse:
    try:
        row = remove_item(item=item_of(kit, item), **who(request))
    except Refusal as refusal:
        say(request, str(refusal), level=40)
        return redirect("kits:item", kit, item)
    say(request, _("Taken out of the kit."), undo=reverse("kits:item_restore", args=[kit, row.pk]))
    return redirect("kits:kit", kit)


@require_POST
@keeper_page
def put_back(request: HttpRequest, kit: UUID, item: UUID) -> HttpResponse:
    row = restore_item(item=item_of(kit, item), **who(request))
    say(request, _("It is there again."))
    return redirect("kits:item", kit, row.pk) if not row.gone_in else redirect("kits:kit", kit)
