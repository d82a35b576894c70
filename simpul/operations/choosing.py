"""Finding what a user named on the command line; a wrong name is answered with near ones."""

from difflib import get_close_matches
from pathlib import Path

from django.utils.translation import gettext as _

from simpul.libraries.models import Library
from simpul.operations.console import Problem


def library_of(code: str) -> Library:
    """The library with this code, however its letters were typed."""
    found = Library.objects.filter(code__iexact=code.strip()).first()
    if found:
        return found
    codes = dict(Library.objects.order_by("code").values_list("code", "name"))
    if not codes:
        raise Problem(_("There is no library yet."), _("Begin with: bin/simpul setup --city 36.71"),
                      code="no_library")
    near = get_close_matches(code.upper(), codes, n=3, cutoff=0.5) or [
        c for c, name in codes.items() if code.lower() in name.lower()][:3]
    hint = _("“bin/simpul libraries” lists them.")
    if near:
        hint = _("Near it: %(list)s.") % {"list": ", ".join(f"{c} ({codes[c]})" for c in near)} + " " + hint
    raise Problem(_("There is no library with the code %(code)s.") % {"code": code}, hint, code="unknown_library")


def readable_file(name: str) -> Path:
    """The file, if it is there and may be read; its first byte is tried."""
    path = Path(name)
    with path.open("rb") as file:  # the errors become sentences in problems.py
        file.read(1)
    return path
