"""The loans of a member and the history of a copy."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from simpul.catalogue.models import Copy
from simpul.circulation.models import Charge, Loan
from simpul.circulation.permissions import can_override
from simpul.circulation.queries import MemberAtDesk, at_desk, find_member, receipt_text
from simpul.core import clock
from simpul.core.phones import whatsapp_link
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, works_at
from simpul.people.queries import contact_for

PER_PAGE = 20


def _member(library: Library, id: UUID) -> MemberAtDesk:
    """A member of this library, or one who borrowed here; 404 for anybody else."""
    member = find_member(id)
    if member is None or (member.library_id != library.pk
                          and not Loan.objects.filter(member=member, library=library).exists()):
        raise Http404
    return at_desk(member, library, clock.local_date(clock.now(), library.time_zone))


@library_page(works_at)
def member(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """What she has, what she had, what she owes."""
    here = _member(library, id)
    past = Loan.objects.filter(member=here.member, library=library).exclude(
        pk__in=[loan.pk for loan in here.loans]).valid().select_related("copy__title").order_by("-lent_at")
    charges = Charge.objects.valid().filter(loan__member=here.member, library=library).select_related(
        "loan__copy__title").order_by("-happened_at")
    return render(request, "circulation/member.html", {
        "library": library, "at_desk": here, "charges": charges, "here": request.get_full_path(),
        "page": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
        "can_waive": can_override(request.actor, library.pk),
    })


@library_page(works_at)
def receipt(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """What she takes along, printed or by WhatsApp; a child's goes to the guardian and names no titles."""
    here = _member(library, id)
    is_child = here.who.is_child
    contact = contact_for(here.member.person, here.day)
    link = ""
    if here.loans and (contact.is_guardian or not is_child) and here.who.is_own:
        link = whatsapp_link(contact.phone, receipt_text(library, here.who.name, here.loans, is_child=is_child))
    return render(request, "circulation/receipt.html", {
        "library": library, "at_desk": here, "contact": contact, "link": link})


@library_page(works_at)
def copy(request: HttpRequest, library: Library, id: UUID) -> HttpResponse:
    """Where a copy has been; names only for as long as they are kept."""
    row = get_object_or_404(Copy.objects.select_related("title"), pk=id, library=library)
    loans = Loan.objects.filter(copy=row).select_related("member__person", "returned_to").order_by("-lent_at")
    return render(request, "circulation/copy.html", {
        "library": library, "copy": row, "page": Paginator(loans, PER_PAGE).get_page(request.GET.get("page"))})
