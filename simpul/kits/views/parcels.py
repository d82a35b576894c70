"""A kit file is brought, looked at and installed; whose files are taken."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.core import clock
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.kits import shipped as house
from simpul.kits.actions import (
    adapt_item,
    bring_kit,
    distrust_key,
    install_kit,
    install_shipped,
    lay_aside,
    opened,
    preview_kit,
    trust_key,
)
from simpul.kits.forms import BringForm
from simpul.kits.models import Parcel, TrustedKey
from simpul.kits.queries import own_fingerprint, proposed_for
from simpul.kits.views.pages import keeper_page, who
from simpul.kits.words import as_text, label_of


@require_http_methods(["GET", "POST"])
@keeper_page
def bring(request: HttpRequest) -> HttpResponse:
    """A file from a stick, a message, another city."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = form.attempt(lambda: bring_kit(
            content=form.cleaned_data["file"], by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if row is not None:
            return redirect("kits:parcel", row.pk)
    return render(request, "kits/bring.html", {"form": form}, status=422 if form.errors else 200)


def _parcel(id: UUID) -> Parcel:
    row = Parcel.objects.filter(pk=id, settled_at__isnull=True).first()
    if row is None:
        raise Http404
    return row


@require_safe
@keeper_page
def parcel(request: HttpRequest, parcel: UUID) -> HttpResponse:
    """What installing it would do; nothing is done yet."""
    row = _parcel(parcel)
    seen = preview_kit(content=bytes(row.archive), by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    proposed = proposed_for(seen.file)
    lines = [(one, label_of(one.path, one.item.content) if one.item else "", as_text(one.ours), as_text(one.theirs))
             for one in (proposed[1] if proposed else ())]
    return render(request, "kits/parcel.html", {
        "parcel": row, "seen": seen, "proposed_to": proposed[0] if proposed else None, "lines": lines})


@require_POST
@keeper_page
def take(request: HttpRequest, parcel: UUID) -> HttpResponse:
    """One text of a proposal reads so here from now on."""
    row = _parcel(parcel)
    file = opened(bytes(row.archive))
    wanted = (request.POST.get("objek", ""), request.POST.get("bagian", ""))
    found = proposed_for(file)
    one = next((one for one in (found[1] if found else ()) if one.item and (one.object_id, one.path) == wanted), None)
    if one is None or one.item is None:
        raise Http404
    try:
        adapt_item(item=one.item, texts={one.path: one.theirs}, **who(request))
        say(request, _("Taken over. The credits name them when you give your version out."))
    except Refusal as refusal:
        say(request, str(refusal), level=40)
    return redirect("kits:parcel", row.pk)


@require_POST
@keeper_page
def trust(request: HttpRequest, parcel: UUID) -> HttpResponse:
    """The key that signed this file, after its fingerprint was compared."""
    row = _parcel(parcel)
    file = opened(bytes(row.archive))
    try:
        trust_key(x=file.key, name=file.signer, **who(request))
        say(request, _("Kits of %(name)s are taken from now on.") % {"name": file.signer})
    except Refusal as refusal:
        say(request, str(refusal), level=40)
    return redirect("kits:parcel", row.pk)


@require_POST
@keeper_page
def install(request: HttpRequest, parcel: UUID) -> HttpResponse:
    row = _parcel(parcel)
    try:
        release = install_kit(content=bytes(row.archive), parcel=row, **who(request))
    except Refusal as refusal:
        say(request, str(refusal), level=40)
        return redirect("kits:parcel", row.pk)
    say(request, _("%(title)s %(version)s is installed.") % {"title": release.kit.title, "version": release.version})
    return redirect("kits:conflicts" if release.report["conflicts"] else "kits:kit", release.kit_id)


@require_POST
@keeper_page
def aside(request: HttpRequest, parcel: UUID) -> HttpResponse:
    lay_aside(parcel=_parcel(parcel), **who(request))
    say(request, _("The file is laid aside. Nothing of it was taken."))
    return redirect("kits:city")


@require_POST
@keeper_page
def install_house_kit(request: HttpRequest, shipped: str) -> HttpResponse:
    """A kit that comes with the house."""
    if shipped not in house.shipped():
        raise Http404
    try:
        release = install_shipped(key=shipped, **who(request))
    except Refusal as refusal:
        say(request, str(refusal), level=40)
        return redirect("kits:city")
    say(request, _("%(title)s %(version)s is installed.") % {"title": release.kit.title, "version": release.version})
    return redirect("kits:kit", release.kit_id)


@require_safe
@keeper_page
def keys(request: HttpRequest) -> HttpResponse:
    """Whose kits are taken, and this node's own fingerprint."""
    return render(request, "kits/keys.html", {
        "own": own_fingerprint(), "trusted": TrustedKey.objects.order_by("ended_at", "name", "pk")[:100]})


def _key(id: UUID) -> TrustedKey:
    row = TrustedKey.objects.filter(pk=id).first()
    if row is None:
        raise Http404
    return row


@require_POST
@keeper_page
def distrust(request: HttpRequest, trusted: UUID) -> HttpResponse:
    row = distrust_key(key=_key(trusted), **who(request))
    say(request, _("Kits of %(name)s are no longer taken.") % {"name": row.name}, undo=reverse("kits:key_trust", args=[row.pk]))
    return redirect("kits:keys")


@require_POST
@keeper_page
def trust_again(request: HttpRequest, trusted: UUID) -> HttpResponse:
    row = _key(trusted)
    trust_key(x=row.x, name=row.name, **who(request))
    say(request, _("Kits of %(name)s are taken from now on.") % {"name": row.name},
        undo=reverse("kits:key_distrust", args=[row.pk]))
    return redirect("kits:keys")
