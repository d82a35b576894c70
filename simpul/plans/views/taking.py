"""What people take along: the plan as PDF and XLSX; and the city's view of all plans."""

from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.core import clock
from simpul.files.papers import pdf, pdf_response
from simpul.libraries.models import City, Library
from simpul.libraries.pages import city_page
from simpul.plans.models import Plan, Step
from simpul.plans.permissions import can_read
from simpul.plans.queries import NOTHING, Progress, follow_ups_due, progress_of, steps_of
from simpul.plans.views.pages import plan_page
from simpul.plans.wording import office_of, rupiah
from simpul.transfers.sheets import sheet_response, workbook

PAPER = Path(__file__).parents[1] / "papers" / "plan.typ"
FILTERS = ("", "terlambat", "belum")


def _on(day: Any) -> str:
    return formats.date_format(day, "j F Y") if day else ""


def _row(step: Step) -> list[str]:
    budget = rupiah(step.budget) if step.budget is not None else ""
    funds = step.get_funds_display() if step.funds else ""
    return [str(step.number), step.activity, step.aim, _on(step.due_on), step.who, step.indicator,
            " – ".join(filter(None, (budget, str(funds)))), str(step.get_state_display())]


@require_safe
@plan_page(can_read)
def paper(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    """For the wall and for the signature: revision n stands on every page."""
    steps = steps_of(plan)
    city = City.objects.first()
    revision = _("Draft") if plan.is_draft else _("Revision %(n)s") % {"n": plan.revision}
    place = city.name.removeprefix("Kota ") if city else library.region.name
    facts = [[_("Kind"), plan.get_kind_display()], [_("Period"), f"{_on(plan.starts_on)} – {_on(plan.ends_on)}"],
             [_("Aim"), plan.aim], [_("Needs"), plan.needs],
             [_("Baseline"), "; ".join(f"{one['label']}: {one['value']}".rstrip(": ") for one in plan.baseline)],
             [_("Budget in all"), rupiah(sum(step.budget or 0 for step in steps))],
             [_("Acknowledged"), f"{plan.acknowledged_office}, {_on(plan.acknowledged_on)}" + (
                 " " + _("(changed since)") if plan.changed_since_acknowledged else "") if plan.acknowledged_on else ""]]
    made = pdf(PAPER, {
        "title": plan.title, "library": library.name, "address": library.address, "foot": f"{plan.title} · {revision}",
        "revision": revision, "facts": [[label, value] for label, value in facts if value],
        "head": [_("No."), _("Activity"), _("Aim"), _("When"), _("Who"), _("Indicator"), _("Budget"), _("State")],
        "rows": [_row(step) for step in steps if not step.is_advocacy], "advocacy": _("Advocacy"),
        "advocacy_head": [_("No."), _("Activity"), _("Whom"), _("Message"), _("When"), _("Who"), _("State")],
        "advocacy_rows": [[str(step.number), step.activity, step.target_office, step.message, _on(step.due_on), step.who,
                           str(step.get_state_display())] for step in steps if step.is_advocacy],
        "place": f"{place}, {'.' * 24}", "team": _("Written by"), "team_name": plan.written_by,
        "seen": _("Acknowledged by"), "office": plan.acknowledged_office or office_of(library)})
    return pdf_response(made, f"rencana-{library.code}-{plan.starts_on:%Y-%m}")


@require_safe
@plan_page(can_read)
def sheet(request: HttpRequest, library: Library, plan: Plan) -> HttpResponse:
    heading = [_("No."), _("Kind"), _("Activity"), _("Aim"), _("When"), _("Who"), _("Indicator"), _("Budget (rupiah)"),
               _("Where the money comes from"), _("Whom"), _("Message"), _("State"), _("Done on"), _("Reason"), _("Proof")]
    rows = [[step.number, step.get_kind_display(), step.activity, step.aim, step.due_on, step.who, step.indicator,
             step.budget, step.get_funds_display() if step.funds else "", step.target_office, step.message,
             step.get_state_display(), step.done_on, step.reason,
             sum(one.voided_at is None for one in step.evidence.all())] for step in steps_of(plan)]  # type: ignore[attr-defined]
    return sheet_response(workbook(plan.title, [str(name) for name in heading], rows, widths=[5, 12, 40, 30, 12, 24, 30]),
                          f"rencana-{library.code}-{plan.starts_on:%Y-%m}")


@require_safe
@city_page
def city(request: HttpRequest) -> HttpResponse:
    """Library by library, the most overdue first; `tampil=terlambat` or `tampil=belum` (without a plan)."""
    day = clock.local_date(clock.now(), "Asia/Jakarta")
    libraries = list(Library.objects.counted_by(request.actor).order_by("name"))
    found = progress_of([one.pk for one in libraries], day)
    shown = request.GET.get("tampil", "")
    shown = shown if shown in FILTERS else ""
    lines = [(one, found.get(one.pk, NOTHING)) for one in libraries]
    keep = {"": lambda p: p.plans > 0, "terlambat": lambda p: p.overdue > 0, "belum": lambda p: p.plans == 0}[shown]
    kept = sorted((line for line in lines if keep(line[1])), key=lambda line: (-line[1].overdue, line[0].name))
    total = _sum(list(found.values()))
    due = follow_ups_due(day, libraries=[one.pk for one in libraries])
    page = Paginator(kept, 20).get_page(request.GET.get("page"))
    return render(request, "plans/city.html", {
        "page": page, "shown": shown, "total": total, "with_plan": len(found), "libraries": len(libraries),
        "follow_ups": due[:10], "more": max(0, len(due) - 10),
        "filters": [("", _("With a plan")), ("terlambat", _("Overdue")), ("belum", _("Without a plan"))],
        "bars": [{"label": Step.State(name).label, "value": getattr(total, name)} for name in (
            "done", "going", "planned", "not_done")]})


def _sum(parts: list[Progress]) -> Progress:
    return Progress(**{name: sum(getattr(one, name) for one in parts) for name in (
        "plans", "planned", "going", "done", "not_done", "overdue")})

