"""An empty city: its regions, one library for each kelurahan or village and the city's own."""

import argparse
import sys

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core import clock
from simpul.core.actor import COMMAND
from simpul.core.ids import new_id
from simpul.operations.console import Console, Problem

help = gettext_lazy("sets up an empty city with one library for each kelurahan or village and the city's own")
example = "bin/simpul setup --city 36.71 --yes"
needs_tables = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--city", required=True, metavar="PP.KK",
                        help=_("official code of the city or regency, e.g. 36.71 for Kota Tangerang"))
    parser.add_argument("--without-libraries", action="store_true", help=_("the city alone, without libraries"))
    parser.add_argument("--near-regions-only", action="store_true",
                        help=_("load the regions of this city only, not of all Indonesia"))
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))


def run(options: argparse.Namespace, console: Console) -> int:
    from simpul.libraries.actions import load_regions, set_up_city
    from simpul.libraries.models import City, Library, Region
    from simpul.operations.building import migrate

    name = _official_name(options.city)
    if not options.yes:
        _ask(console, name)
    with console.progress() as progress:
        progress(0, 0, _("preparing the database"))
        migrate()
        there = City.objects.select_related("region").first()
        if there is None:
            load_regions(by=COMMAND, at=clock.now(), id=new_id(),
                         within=options.city if options.near_regions_only else "",
                         progress=lambda done, total: progress(done, total, _("loading regions")))
            region = Region.objects.get(code=options.city, valid_until__isnull=True)
            progress(0, 0, _("making libraries"))
            there = set_up_city(region=region, with_libraries=not options.without_libraries,
                                by=COMMAND, at=clock.now(), id=new_id())
            is_new = True
        else:
            is_new = False
    if there.region.code != options.city:
        raise Problem(
            _("This node already serves %(city)s.") % {"city": there.name},
            _("A node serves one city. Choose another data folder for %(other)s with SIMPUL_DATA.") % {"other": name},
            code="city_is_set_up")
    count = Library.objects.count()
    text = _("%(city)s is set up with %(n)d libraries.")
    if not is_new:
        text = _("%(city)s was set up before; it has %(n)d libraries.")
    console.answer({"city": {"code": options.city, "name": there.name}, "libraries": count, "is_new": is_new},
                   text % {"city": there.name, "n": count},
                   _("Next: bin/simpul account create --role coordinator, then bin/simpul serve"))
    return 0


def _official_name(code: str) -> str:
    """The region's name; a code that is no city's is refused with near ones."""
    from simpul.libraries.actions import official_regions

    regions = official_regions()
    if code.count(".") == 1 and code in regions:
        return regions[code]
    near = [f"{c} {n}" for c, n in regions.items() if c.count(".") == 1 and c[:2] == code[:2]]
    by_name = [f"{c} {n}" for c, n in regions.items() if c.count(".") == 1 and code.lower() in n.lower()]
    shown = (by_name or near)[:12]
    hint = _("Cities and regencies near it: %(list)s") % {"list": ", ".join(shown)} if shown else _(
        "Codes look like 36.71 (Kota Tangerang).")
    raise Problem(_("There is no city or regency with the code %(code)s.") % {"code": code}, hint,
                  code="unknown_city", exit_code=2)


def _ask(console: Console, name: str) -> None:
    if not sys.stdin.isatty():
        raise Problem(_("Nobody is here to answer."), _("Say --yes to set up %(city)s without being asked.")
                      % {"city": name}, code="needs_yes", exit_code=2)
    console.err.write(_("Set up %(city)s on this node? [y/N] ") % {"city": name})
    console.err.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "ya", "yes"):
        raise Problem(_("Nothing was done."), code="declined")
