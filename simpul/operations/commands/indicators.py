"""Indicators: check the definitions, prove the roll-ups, build them anew."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.operations.console import Console, Problem

help = gettext_lazy("checks definitions, proves that roll-ups are recounts, rebuilds them")
example = "bin/simpul indicators verify"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["list", "check", "refresh", "rebuild", "verify"], help=_("what to do"))
    parser.add_argument("--library", metavar=_("CODE"), action="append", default=[], help=_("only this library"))
    parser.add_argument("--only", metavar=_("ID"), default="", help=_("only this indicator"))


def run(options: argparse.Namespace, console: Console) -> int:
    return {"list": _list, "check": _check, "refresh": _refresh, "rebuild": _refresh, "verify": _verify}[options.what](
        options, console)


def _list(options: argparse.Namespace, console: Console) -> int:
    from simpul.indicators.definitions import indicators

    chosen = [one for one in indicators().values() if not options.only or one.id == options.only]
    console.answer(
        {"indicators": [{"id": one.id, "version": one.now.number, "name": one.now.name, "unit": one.now.unit,
                         "over_time": one.now.over_time, "over_place": one.now.over_place, "by": list(one.now.by),
                         "is_defined": one.path is not None} for one in chosen]},
        *(f"{one.id:<24} {one.now.name}" for one in chosen))
    return 0


def _check(options: argparse.Namespace, console: Console) -> int:
    from simpul.indicators.checking import check
    from simpul.indicators.definitions import WrongDefinition, indicators

    try:
        known = indicators()
    except WrongDefinition as error:
        raise Problem(_("This definition cannot be read: %(why)s") % {"why": error}, code="wrong_definition") from error
    if options.only and options.only not in known:
        raise Problem(_("There is no indicator “%(id)s”.") % {"id": options.only}, code="unknown_indicator")
    with _scratch():
        found = list(check(options.only))
    wrong = [one for one in found if one.wrong]
    console.answer(
        {"scenarios": len(found), "wrong": [{"indicator": w.indicator, "says": w.says, "wrong": list(w.wrong)} for w in wrong]},
        *(f"{one.indicator}: {one.says}: {'; '.join(one.wrong)}" for one in wrong),
        _("%(n)d scenarios, %(wrong)d wrong.") % {"n": len(found), "wrong": len(wrong)})
    return 1 if wrong else 0


@contextmanager
def _scratch() -> Iterator[None]:
    """A database of its own beside the node's. On PostgreSQL the node's: every scenario is rolled back there, and
    nobody sees or waits for it."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql":
        yield
        return
    settings, real = connection.settings_dict, connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="simpul-check-") as folder:
        connection.close()
        settings["NAME"] = str(Path(folder) / "scratch.sqlite3")
        try:
            call_command("migrate", verbosity=0, skip_checks=True)
            yield
        finally:
            connection.close()
            settings["NAME"] = real


def _libraries(options: argparse.Namespace):  # type: ignore[no-untyped-def]
    from simpul.libraries.models import Library

    if not options.library:
        return None
    found = dict(Library.objects.filter(code__in=options.library).values_list("code", "pk"))
    for code in options.library:
        if code not in found:
            raise Problem(_("There is no library with the code “%(code)s”.") % {"code": code},
                          _("“bin/simpul libraries” lists them."), code="unknown_library")
    return list(found.values())


def _refresh(options: argparse.Namespace, console: Console) -> int:
    from simpul.core import clock
    from simpul.indicators.rollups.refreshing import rebuild, refresh

    work = rebuild if options.what == "rebuild" else refresh
    with console.progress() as progress:
        months = work(clock.now(), libraries=_libraries(options),
                      progress=lambda done, total: progress(done, total, _("counting the records")))
    console.answer({"library_months": months}, ngettext(
        "%(n)d month of a library was counted.", "%(n)d months of libraries were counted.", months) % {"n": months})
    return 0


def _verify(options: argparse.Namespace, console: Console) -> int:
    from simpul.indicators.rollups.verifying import verify
    from simpul.libraries.models import Library

    with console.progress() as progress:
        found = verify(libraries=_libraries(options),
                       progress=lambda done, total: progress(done, total, _("counting the records")))
    codes = dict(Library.objects.values_list("pk", "code"))
    told = [{"library": codes.get(d.library_id, str(d.library_id)), "measure": d.measure,
             "when": str(d.day or f"{d.month:%Y-%m}"), "by": d.by, "value": d.value, "rolled_up": d.rolled_up,
             "recounted": d.recounted} for d in found.differences]
    lines = [f"{d['library']} {d['when']} {d['measure']} {d['by']} {d['value']}: {d['rolled_up']} ≠ {d['recounted']}"
             for d in told[:50]]
    if not found.has_marks:
        lines.append(_("The database does not set its marks. “bin/simpul indicators refresh” puts them in place."))
    console.answer(
        {"library_months": found.compared, "marked": found.marked, "sealed": found.sealed, "has_marks": found.has_marks,
         "differences": told}, *lines,
        _("%(n)d months of libraries compared with their records, %(wrong)d differences; %(marked)d are counted from the "
          "records just now, %(sealed)d counts of people are sealed.") % {
              "n": found.compared, "wrong": len(told), "marked": found.marked, "sealed": found.sealed})
    return 0 if found.is_right else 1
