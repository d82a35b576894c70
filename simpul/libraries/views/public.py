"""What everybody sees: the list of libraries and each library's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.phones import whatsapp_link
from simpul.libraries.forms.fields import WEEKDAYS
from simpul.libraries.models import City, Library
from simpul.libraries.permissions import can_edit_profile, can_manage_libraries
from simpul.libraries.queries.listing import districts, filtered, list_page, public_profile


def library_list(request: HttpRequest) -> HttpResponse:
    """Twenty libraries a page; the filters live in the address."""
    now = clock.now()
    city = City.objects.select_related("region").first()
    if city is None:
        return render(request, "libraries/no_city.html", {"is_list": True})
    day = clock.local_date(now, "Asia/Jakarta")
    asked = request.GET
    chosen = {"q": asked.get("q", "").strip()[:80], "kecamatan": asked.get("kecamatan", "")[:8],
              "jenis": asked.get("jenis", "") if asked.get("jenis") in Library.Kind.values else "",
              "buka": asked.get("buka") == "1", "tutup": asked.get("tutup") == "1"}
    manages = can_manage_libraries(request.actor)
    rows = filtered(text=chosen["q"], district=chosen["kecamatan"], kind=chosen["jenis"], day=day,
                    closed=chosen["tutup"] and manages)
    page = list_page(rows, asked.get("page", 1), now, open_now=chosen["buka"])
    return render(request, "libraries/list.html", {
        "city": city, "page": page, "chosen": chosen, "manages": manages, "kinds": Library.Kind.choices,
        "districts": districts(city.region, day), "is_filtered": any(chosen.values())})


def library_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A library as its neighbours need it; names of people do not stand here."""
    library = get_object_or_404(Library.objects.with_place().with_hours(), code=code)
    profile = public_profile(library, clock.now())
    greeting = _("Hello, I have a question for %(name)s.") % {"name": library.name}
    actor = request.actor
    return render(request, "libraries/detail.html", {
        "library": library, "it": profile, "can_edit": can_edit_profile(actor, library),
        "weekdays": dict(enumerate(WEEKDAYS)), "works_here": actor.works_at(library.pk),
        "whatsapp": whatsapp_link(library.phone, greeting) if library.phone else ""})
