"""The city's kits: which there are, what is in them, who uses them, giving them out."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.core import clock
from simpul.core.refusal import Refusal
from simpul.core.say import say
from simpul.files.papers import pdf_response
from simpul.kits.actions import as_it_came, fork_uri, next_version, propose_to_origin, publish_own, use_curriculum
from simpul.kits.forms import PublishForm, WorkshopForm
from simpul.kits.models import Edition, Kit, Parcel
from simpul.kits.permissions import can_keep_kits
from simpul.kits.printing import guide
from simpul.kits.queries import is_changed_here, users_of
from simpul.kits.shipped import shipped, title_of
from simpul.kits.views.pages import item_of, item_page, keeper_page, kit_of, kit_page, who
from simpul.libraries.models import Library
from simpul.libraries.pages import city_page


@require_safe
@city_page
def kits(request: HttpRequest) -> HttpResponse:
    """Installed ones, files that wait, those of the house that are not installed."""
    rows = list(Kit.objects.with_counts().order_by("title", "pk")[:100])
    titles = {title_of(key): key for key in shipped()}
    there = {one.title for one in rows}
    return render(request, "kits/city.html", {
        "kits": rows, "waiting": Parcel.objects.filter(settled_at__isnull=True).order_by("-brought_at")[:20],
        "house": [(key, title) for title, key in titles.items() if title not in there],
        "can_keep": can_keep_kits(request.actor)})  # type: ignore[attr-defined]


@require_safe
@city_page
def kit(request: HttpRequest, kit: UUID) -> HttpResponse:
    """Its contents and who uses it."""
    return _kit_page(request, kit_of(kit))


def _kit_page(request: HttpRequest, row: Kit, form: WorkshopForm | None = None, status: int = 200) -> HttpResponse:
    can_keep = can_keep_kits(request.actor)  # type: ignore[attr-defined]
    return kit_page(request, row, users=users_of(row), is_changed=is_changed_here(row), editions=row.editions.all()[:10],
                    can_keep=can_keep, workshop_form=form or (workshop_form(request) if can_keep else None), status=status)


@require_safe
@city_page
def item(request: HttpRequest, kit: UUID, item: UUID) -> HttpResponse:
    return item_page(request, item_of(kit, item), can_keep=can_keep_kits(request.actor))  # type: ignore[attr-defined]


@require_safe
@city_page
def guide_paper(request: HttpRequest, kit: UUID) -> HttpResponse:
    """The facilitator's guide."""
    row = kit_of(kit)
    return pdf_response(guide(row), name_of(row.title, row.version))


@require_safe
@city_page
def file(request: HttpRequest, kit: UUID) -> HttpResponse:
    """As it came, byte for byte, with its makers' signature."""
    row = kit_of(kit)
    return zip_response(bytes(as_it_came(row).archive), name_of(row.title, row.version))


def _hosts() -> list[Library]:
    """The city's library first: it hosts most workshops."""
    return sorted(Library.objects.order_by("name"), key=lambda one: one.kind != Library.Kind.CITY)


def workshop_form(request: HttpRequest) -> WorkshopForm:
    """Six weeks ahead, so that invitations can go out."""
    first_on = clock.local_date(clock.now(), "Asia/Jakarta") + timedelta(weeks=6)
    return WorkshopForm(request.POST or None, hosts=_hosts(), initial={"first_on": first_on})


@require_POST
@keeper_page
def as_workshop(request: HttpRequest, kit: UUID) -> HttpResponse:
    """The curriculum becomes the draft of a workshop."""
    row, form = kit_of(kit), workshop_form(request)
    if form.is_valid():
        made = form.attempt(lambda: use_curriculum(
            kit=row, library=form.chosen, first_on=form.cleaned_data["first_on"], by=request.actor, at=clock.now(),  # type: ignore[attr-defined]
            id=form.change_id))
        if made is not None:
            say(request, _("A draft with the sessions of the kit. Change what you like, then invite."))
            return redirect("training:workshop", made.pk)
    return _kit_page(request, row, form, status=422)


@require_POST
@keeper_page
def propose(request: HttpRequest, kit: UUID) -> HttpResponse:
    """The signed file for the origin."""
    row = kit_of(kit)
    try:
        made = propose_to_origin(kit=row, **who(request))
    except Refusal as refusal:
        say(request, str(refusal), level=messages.ERROR)
        return redirect("kits:kit", row.pk)
    say(request, _("The proposal is ready, signed by your key. Download it below and send it to the makers."))
    return redirect(reverse("kits:kit", args=[made.kit_id]) + "#teruskan")


@require_http_methods(["GET", "POST"])
@keeper_page
def publish(request: HttpRequest, kit: UUID) -> HttpResponse:
    """Our own version, with all that reads differently here."""
    row = kit_of(kit)
    uri = fork_uri(row)
    form = PublishForm(request.POST or None, initial={"title": row.title, "uri": uri, "version": next_version(uri)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = form.attempt(lambda: publish_own(
            kit=row, uri=told["uri"], version=told["version"], title=told["title"], changes=told["changes"],
            by=request.actor, at=clock.now(), id=form.change_id))  # type: ignore[attr-defined]
        if made is not None:
            say(request, _("Your version is ready. Give the file on, and tell the fingerprint by another way."))
            return redirect("kits:kit", row.pk)
    return render(request, "kits/publish.html", {"kit": row, "form": form, "is_changed": is_changed_here(row)},
                  status=422 if form.errors else 200)


@require_safe
@city_page
def edition_file(request: HttpRequest, edition: UUID) -> HttpResponse:
    row = Edition.objects.filter(pk=edition).first()
    if row is None:
        raise Http404
    return zip_response(bytes(row.archive), name_of(row.title, row.version))


def name_of(title: str, version: str) -> str:
    return f"{slugify(title)[:60] or 'kit'}-{version}"


def zip_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.kit.zip"'
    return response
