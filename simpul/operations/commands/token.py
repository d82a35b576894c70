"""Keys for other systems."""

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core import clock
from simpul.core.actor import COMMAND
from simpul.core.ids import new_id
from simpul.operations.choosing import library_of
from simpul.operations.console import Console, Problem

help = gettext_lazy("makes, lists and revokes API tokens: another system's key to one library's desk")
example = 'bin/simpul token create --library L001 --name "Gerbang RFID"'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["create", "list", "revoke"], help=_("create, list or revoke"))
    parser.add_argument("--library", required=True, metavar="CODE", help=_("code of the library"))
    parser.add_argument("--name", help=_("what it is for; as it stands in the list"))


def run(options: argparse.Namespace, console: Console) -> int:
    from simpul.accounts.actions.tokens import make_token, revoke_token
    from simpul.accounts.models import ApiToken

    library = library_of(options.library)
    open_ones = ApiToken.objects.filter(library_id=library.pk, revoked_at__isnull=True).order_by("made_at")
    if options.what == "list":
        console.answer({"tokens": [{"id": str(t.pk), "name": t.name, "made_at": t.made_at} for t in open_ones]},
                       *([f"{t.made_at:%Y-%m-%d}  {t.name}" for t in open_ones] or [_("No token is open.")]))
        return 0
    if not options.name:
        raise Problem(_("Say --name: what the token is for."), code="name_missing", exit_code=2)
    if options.what == "create":
        made = make_token(name=options.name, library_id=library.pk, by=COMMAND, at=clock.now(), id=new_id())
        console.answer({"token": made.secret, "id": str(made.token.pk), "library": library.code,
                        "name": made.token.name}, made.secret,
                       _("It is shown this once. Send it as: Authorization: Bearer …"))
        return 0
    token = open_ones.filter(name=options.name).first()
    if token is None:
        names = ", ".join(open_ones.values_list("name", flat=True)) or "–"
        raise Problem(_("%(library)s has no open token “%(name)s”.") % {"library": library.name, "name": options.name},
                      _("Open ones: %(list)s.") % {"list": names}, code="unknown_token")
    revoke_token(token=token, by=COMMAND, at=clock.now(), id=new_id())
    console.answer({"revoked": str(token.pk), "name": token.name}, _("“%(name)s” opens nothing any more.")
                   % {"name": token.name})
    return 0
