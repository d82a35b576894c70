"""The partner register of a library."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.advocacy.actions import (
    add_partner,
    edit_partner,
    end_partner,
    mark_contacted,
    mark_thanked,
    record_support,
    restore_support,
    resume_partner,
    void_support,
)
from simpul.advocacy.forms import PartnerForm, SupportForm
from simpul.advocacy.models import Agreement, Approach, Partner, Support
from simpul.advocacy.permissions import can_keep, can_see_contact
from simpul.advocacy.queries.partners import found_by, gifts_of, listed
from simpul.advocacy.views.pages import form_page, page_of, partner_of, today, who
from simpul.core import phones
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import counts, library_page, works_at
from simpul.transfers.sheets import sheet_response, workbook


def _asked(request: HttpRequest, library: Library) -> tuple[list[Partner], dict[str, Any]]:
    """The partners that the address asks for, and what it asked."""
    text, kind = request.GET.get("cari", "")[:80], request.GET.get("jenis", "")
    ended = request.GET.get("tampil", "") == "berakhir"
    rows = found_by(text, kind, library_id=library.pk, day=today(library), ended=ended)
    return rows, {"text": text, "kind": kind, "ended": ended}


@require_safe
@library_page(counts)
def partners(request: HttpRequest, library: Library) -> HttpResponse:
    """Who stands by this library, with what each gave; contacts are on the partner's own page."""
    rows, asked = _asked(request, library)
    page = page_of(request, rows)
    return render(request, "advocacy/partners.html", {
        "library": library, "page": page, "rows": listed(list(page), library.pk), "kinds": Partner.Kind.choices,
        "is_own": can_keep(request.actor, library.pk), **asked})  # type: ignore[attr-defined]


@require_safe
@library_page(works_at)
def export(request: HttpRequest, library: Library) -> HttpResponse:
    """The register as a sheet, with contacts: for the library's own staff."""
    rows, _told = _asked(request, library)
    content = workbook(
        str(_("Partners")),
        [_("Name"), _("Kind"), _("City"), _("Contact person"), _("WhatsApp"), _("Since"), _("Ended"), _("Last contact"),
         _("Gifts"), _("Worth in rupiah"), _("Last gift"), _("Notes")],
        [[one.partner.name, one.partner.get_kind_display(), _("yes") if one.partner.is_of_the_city else "",
          one.partner.contact_name, phones.for_reading(one.partner.contact_phone) if one.partner.contact_phone else "",
          one.partner.since_on, one.partner.ended_on, one.partner.contacted_on, one.gifts, one.worth, one.last_on,
          one.partner.notes] for one in listed(rows, library.pk)], widths=(34, 18, 8, 24, 18, 12, 12, 12, 8, 16, 12, 40))
    return sheet_response(content, f"mitra-{library.code}")


@library_page(works_at)
def new(request: HttpRequest, library: Library) -> HttpResponse:
    form = PartnerForm(request.POST or None, initial={"since_on": today(library)})
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        done = form.attempt(lambda: add_partner(library=library, **told, **who(request, form.change_id)))
        if done:
            say(request, _("%(name)s is in the register.") % {"name": done.name})
            return redirect("advocacy:partner", code=library.code, partner=done.pk)
    return form_page(request, form, title=_("New partner"), library=library, button=_("Add"),
                     lead=_("Name and kind are enough; the rest may come later."),
                     back=reverse("advocacy:partners", args=[library.code]))


@require_safe
@library_page(works_at)
def partner(request: HttpRequest, library: Library, partner: UUID) -> HttpResponse:
    """One partner: whom to call, what it gave, what binds it, what is wanted of it."""
    row, actor = partner_of(library, partner), request.actor  # type: ignore[attr-defined]
    gifts = [gift for _where, gift in gifts_of([row.pk], [library.pk]).get(row.pk, [])]
    page = page_of(request, gifts)
    return render(request, "advocacy/partner.html", {
        "library": library, "partner": row, "sees_contact": can_see_contact(actor, row),
        "is_own": can_keep(actor, row.library_id), "thanks": _thanks(row, library, gifts), "page": page,
        "worth": sum(gift.worth or 0 for gift in gifts), "gifts": len(gifts),
        "agreements": Agreement.objects.of(library.pk).filter(partner=row).order_by("-from_on"),
        "approaches": Approach.objects.filter(library=library, partner=row).order_by("-moved_at")[:20]})


def _thanks(partner: Partner, library: Library, gifts: list[Any]) -> str:
    """A WhatsApp message of thanks, ready to be sent; "" without a number."""
    if not partner.contact_phone:
        return ""
    text = _("Hello %(name)s, this is %(library)s. Thank you for what %(partner)s gave us") % {
        "name": partner.contact_name or partner.name, "library": library.name, "partner": partner.name}
    what = next((gift.what or gift.about for gift in gifts if gift.what or gift.about), "")
    return phones.whatsapp_link(partner.contact_phone, f"{text}{f' ({what})' if what else ''}. " + _(
        "Because of you more residents can read and learn here."))


@library_page(works_at)
def edit(request: HttpRequest, library: Library, partner: UUID) -> HttpResponse:
    row = partner_of(library, partner)
    if not can_keep(request.actor, row.library_id):  # type: ignore[attr-defined]
        raise Http404
    form = PartnerForm(request.POST or None, initial={
        "name": row.name, "kind": row.kind, "contact_name": row.contact_name, "notes": row.notes,
        "contact_phone": phones.for_reading(row.contact_phone) if row.contact_phone else "", "since_on": row.since_on})
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        if form.attempt(lambda: edit_partner(partner=row, **told, **who(request, form.change_id))):
            say(request, _("Kept."))
            return redirect("advocacy:partner", code=library.code, partner=row.pk)
    return form_page(request, form, title=row.name if not form.errors else _("Correct a partner"), library=library,
                     button=_("Keep"), lead=_("What stands in the register about this partner."),
                     back=reverse("advocacy:partner", args=[library.code, row.pk]))


@require_POST
@library_page(works_at)
def contacted(request: HttpRequest, library: Library, partner: UUID) -> HttpResponse:
    """One tap: we were in touch today."""
    mark_contacted(partner=partner_of(library, partner), **who(request))
    say(request, _("Noted: you were in touch today."))
    return redirect("advocacy:partner", code=library.code, partner=partner)


@require_POST
@library_page(works_at)
def thanked(request: HttpRequest, library: Library, partner: UUID) -> HttpResponse:
    mark_thanked(partner=partner_of(library, partner), **who(request))
    say(request, _("Noted: thanked today."))
    return redirect("advocacy:partner", code=library.code, partner=partner)


@require_POST
@library_page(works_at)
def end(request: HttpRequest, library: Library, partner: UUID) -> HttpResponse:
    row = end_partner(partner=partner_of(library, partner), **who(request))
    say(request, _("The partnership has ended; its history stays."),
        undo=reverse("advocacy:partner_resume", args=[library.code, row.pk]))
    return redirect("advocacy:partner", code=library.code, partner=partner)


@require_POST
@library_page(works_at)
def resume(request: HttpRequest, library: Library, partner: UUID) -> HttpResponse:
    resume_partner(partner=partner_of(library, partner), **who(request))
    say(request, _("A partner again."))
    return redirect("advocacy:partner", code=library.code, partner=partner)


@library_page(works_at)
def support(request: HttpRequest, library: Library, partner: UUID) -> HttpResponse:
    """Write down what it gave outside an activity."""
    row = partner_of(library, partner)
    form = SupportForm(request.POST or None, initial={"on": today(library)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = form.attempt(lambda: record_support(
            partner=row, library=library, kind=told["kind"], what=told["what"], worth=told["worth"], on=told["on"],
            **who(request, form.change_id)))
        if done:
            say(request, _("Written down. Say thank you?"),
                undo=reverse("advocacy:support_void", args=[library.code, done.pk]))
            return redirect("advocacy:partner", code=library.code, partner=row.pk)
    return form_page(request, form, title=_("What %(name)s gave") % {"name": row.name}, library=library, button=_("Write down"),
                     lead=_("Gifts to an activity are written there; here stands everything else."),
                     back=reverse("advocacy:partner", args=[library.code, row.pk]))


def _support(library: Library, id: UUID) -> Support:
    row = Support.objects.filter(library=library, pk=id).select_related("partner").first()
    if row is None:
        raise Http404
    return row


@require_POST
@library_page(works_at)
def support_off(request: HttpRequest, library: Library, support: UUID) -> HttpResponse:
    row = void_support(support=_support(library, support), **who(request))
    say(request, _("Taken back."), undo=reverse("advocacy:support_restore", args=[library.code, row.pk]))
    return redirect("advocacy:partner", code=library.code, partner=row.partner_id)


@require_POST
@library_page(works_at)
def support_on(request: HttpRequest, library: Library, support: UUID) -> HttpResponse:
    row = restore_support(support=_support(library, support), **who(request))
    say(request, _("Put back."))
    return redirect("advocacy:partner", code=library.code, partner=row.partner_id)
