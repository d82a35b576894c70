"""A library reads the installed kits and says which it works with."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.core.say import say
from simpul.files.papers import pdf_response
from simpul.kits.actions import adopt_kit, leave_kit
from simpul.kits.models import Adoption
from simpul.kits.permissions import can_adopt, can_read_kits
from simpul.kits.printing import guide
from simpul.kits.queries import kits_for
from simpul.kits.views.city import name_of
from simpul.kits.views.pages import item_of, item_page, kit_of, kit_page, who
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page


@library_page(can_read_kits)
@require_safe
def kits(request: HttpRequest, library: Library) -> HttpResponse:
    return render(request, "kits/library.html", {
        "library": library, "kits": kits_for(library), "can_adopt": can_adopt(request.actor, library.pk)})  # type: ignore[attr-defined]


@library_page(can_read_kits)
@require_safe
def kit(request: HttpRequest, library: Library, kit: UUID) -> HttpResponse:
    return kit_page(request, kit_of(kit), library=library)


@library_page(can_read_kits)
@require_safe
def item(request: HttpRequest, library: Library, kit: UUID, item: UUID) -> HttpResponse:
    return item_page(request, item_of(kit, item), library=library)


@library_page(can_read_kits)
@require_safe
def guide_paper(request: HttpRequest, library: Library, kit: UUID) -> HttpResponse:
    row = kit_of(kit)
    return pdf_response(guide(row), name_of(row.title, row.version))


@library_page(can_adopt)
@require_POST
def adopt(request: HttpRequest, library: Library, kit: UUID) -> HttpResponse:
    row = adopt_kit(library=library, kit=kit_of(kit), **who(request))
    say(request, _("Written down: you work with version %(version)s.") % {"version": row.version})
    return redirect("kits:library", library.code)


@library_page(can_adopt)
@require_POST
def leave(request: HttpRequest, library: Library, adoption: UUID) -> HttpResponse:
    row = Adoption.objects.select_related("kit", "library").filter(pk=adoption, library=library).first()
    if row is None:
        raise Http404
    leave_kit(adoption=row, **who(request))
    say(request, _("Written down: you no longer work with it."))
    return redirect("kits:library", library.code)
