"""Official reports, filled by themselves."""

import argparse
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.operations.console import Console, Problem

help = gettext_lazy("fills an official form (IPLM, LPPD, SIM …) from the records")
example = "bin/simpul report iplm-2025 --library L001 --period 2025 --json"
#: refusals that are a wrong question, not a failure
WRONGLY_ASKED = ("unknown_report", "unknown_place", "wrong_combination", "wrong_period")
FILES = ("csv", "xlsx", "pdf", "satu_data")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", default="", metavar=_("NAME"), help=_("which form; --list shows them"))
    parser.add_argument("--list", action="store_true", help=_("which forms there are"))
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--library", metavar=_("CODE"), default="", help=_("of which library"))
    place.add_argument("--region", metavar=_("CODE"), default="", help=_("of which kelurahan, kecamatan or city"))
    parser.add_argument("--period", metavar="2025|2025-03", default="", help=_("for which year or month"))
    for name in FILES:
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="FILE", default="", help=_("write it there"))


def run(options: argparse.Namespace, console: Console) -> int:
    from simpul.core.refusal import Refusal

    if options.list:
        return _list(console)
    if not options.name:
        raise Problem(_("Say which form."), _("“bin/simpul report --list” shows them."), code="report_missing", exit_code=2)
    try:
        return _fill(options, console)
    except Refusal as refusal:
        hint = _("“bin/simpul report --list” shows them.") if refusal.code == "unknown_report" else ""
        raise Problem(refusal.message, hint, code=refusal.code, exit_code=2 if refusal.code in WRONGLY_ASKED else 1) from refusal


def _list(console: Console) -> int:
    from simpul.reports.form import forms

    found = sorted(forms().values(), key=lambda form: form.name)
    console.answer(
        {"reports": [{"name": form.name, "title": str(form.title), "official": form.official, "says": str(form.lead),
                      "places": sorted(kind.value for kind in form.places), "periods": list(form.periods),
                      "since": form.since, "until": form.until} for form in found]},
        *(f"{form.name:<22} {form.title}" for form in found))
    return 0


def _fill(options: argparse.Namespace, console: Console) -> int:
    from simpul.core.actor import COMMAND
    from simpul.reports import asking
    from simpul.reports.outputs import as_facts, in_words, progress

    form = asking.form_named(options.name)
    if not (options.library or options.region):
        raise Problem(_("Say of where: --library CODE or --region CODE."), code="place_missing", exit_code=2)
    if not options.period:
        raise Problem(_("Say for when: --period 2025 or --period 2025-03."), code="period_missing", exit_code=2)
    asked = asking.ask(form.name, COMMAND, place=_place(options), period=options.period)
    filled = asking.fill(asked, COMMAND)
    written = _write(options, asked, filled)
    done, whole = progress(filled)
    lines = [f"{form.title} · {filled.place.name} · {filled.period.label}"]
    for section in filled.sections:
        lines += ["", str(section.title)]
        lines += [f"{line.number:>4}  {line.label}: {in_words(line) or '–'} {line.unit if line.value is not None else line.why}"
                  for line in section.lines]
    lines += ["", *(f"* {note}" for note in filled.notes), _("%(n)d of %(all)d lines filled from the records") % {
        "n": done, "all": whole}, *(_("written to %(file)s") % {"file": name} for name in written)]
    console.answer({**as_facts(asked, filled), **({"files": written} if written else {})}, *lines)
    return 0


def _place(options: argparse.Namespace) -> str:
    """Its code as it stands in the tables, however its letters were typed."""
    from simpul.libraries.models import City, Region
    from simpul.operations.choosing import library_of

    if options.library:
        return library_of(options.library).code
    code = options.region.strip()
    if code == "kota" and City.objects.exists():
        return "kota"
    if not Region.objects.current().filter(code=code).exists():
        raise Problem(_("There is no region with the code “%(code)s”.") % {"code": code},
                      _("A region's code is like 36.71 or 36.71.07.1003."), code="unknown_region", exit_code=2)
    return code


def _write(options: argparse.Namespace, asked, filled) -> list[str]:  # type: ignore[no-untyped-def]
    from simpul.core import clock
    from simpul.reports.linking import form_address, node_address
    from simpul.reports.outputs import as_csv, as_pdf, as_xlsx
    from simpul.reports.satu_data import as_satu_data

    makers = {
        "csv": lambda: as_csv(filled).encode(), "xlsx": lambda: as_xlsx(asked, filled),
        "pdf": lambda: as_pdf(asked, filled, base=node_address() or "http://localhost:8000/",
                              address=form_address(asked.form.name, filled.place, filled.period), now=clock.now()),
        "satu_data": lambda: as_satu_data(asked, filled)}
    written = []
    for name, make in makers.items():
        target = getattr(options, name)
        if target:
            Path(target).write_bytes(make())
            written.append(target)
    return written
