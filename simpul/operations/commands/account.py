"""Bringing people in, and helping them back in, from the terminal."""

import argparse

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core import clock
from simpul.core.actor import COMMAND, Role
from simpul.core.ids import new_id
from simpul.operations.choosing import library_of
from simpul.operations.console import Console, Problem

help = gettext_lazy("makes an invitation link for a role, or a link to choose a new password")
example = "bin/simpul account create --role librarian --library L001"
CITY_WIDE = (Role.COORDINATOR, Role.ADMINISTRATOR)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["create", "reset"],
                        help=_("create: an invitation; reset: a new password for an account"))
    parser.add_argument("--role", choices=[role.value for role in Role], help=_("what the person will be"))
    parser.add_argument("--library", metavar="CODE", help=_("where, for volunteer, librarian and mentor"))
    parser.add_argument("--name", default="", help=_("for whom, as the list of invitations shows it"))
    parser.add_argument("--phone", metavar=_("NUMBER"), help=_("whose password to reset: phone number or e-mail"))
    parser.add_argument("--address", metavar="URL",
                        help=_("address people reach this node at, e.g. https://perpustakaan.example.id"))


def run(options: argparse.Namespace, console: Console) -> int:
    return _create(options, console) if options.what == "create" else _reset(options, console)


def _create(options: argparse.Namespace, console: Console) -> int:
    from simpul.libraries.actions.staff import LINK_LASTS, invite

    if not options.role:
        raise Problem(_("Say --role: %(list)s.") % {"list": ", ".join(Role)}, code="role_missing", exit_code=2)
    role = Role(options.role)
    if (role in CITY_WIDE) == bool(options.library):
        raise Problem(
            _("A %(role)s serves the whole city: leave --library out.") % {"role": role} if options.library
            else _("A %(role)s serves a library: say --library CODE.") % {"role": role},
            _("“bin/simpul libraries” lists them."), code="library_wrong", exit_code=2)
    library = library_of(options.library) if options.library else None
    made = invite(role=role, library=library, for_name=options.name, by=COMMAND, at=clock.now(), id=new_id())
    link = _link(options.address, made.token)
    console.answer(
        {"link": link, "role": role, "library": library and library.code, "expires_at": made.invitation.expires_at},
        link, _("Send it by WhatsApp; it works once, within %(n)d hours.")
        % {"n": LINK_LASTS.total_seconds() // 3600})
    return 0


def _reset(options: argparse.Namespace, console: Console) -> int:
    from simpul.accounts.models import Account
    from simpul.libraries.actions.staff import LINK_LASTS, reset_link

    if not options.phone:
        raise Problem(_("Say --phone: the phone number or e-mail of the account."), code="phone_missing", exit_code=2)
    account = Account.objects.identified_by(options.phone)
    if account is None:
        raise Problem(_("There is no account with %(phone)s.") % {"phone": options.phone},
                      _("Invite the person anew: bin/simpul account create --role ROLE"), code="unknown_account")
    made = reset_link(account=account, by=COMMAND, at=clock.now(), id=new_id())
    link = _link(options.address, made.token)
    console.answer({"link": link, "expires_at": made.invitation.expires_at}, link,
                   _("Send it by WhatsApp; it works once, within %(n)d hours.")
                   % {"n": LINK_LASTS.total_seconds() // 3600})
    return 0


def _link(address: str | None, token: str) -> str:
    """The full address: of --address, of SIMPUL_HOST, else of this machine."""
    from simpul.operations.serving import wanted_port

    if not address:
        address = f"https://{settings.HOST}" if settings.HOST else f"http://127.0.0.1:{wanted_port(None)}"
    return address.rstrip("/") + reverse("libraries:invitation", args=[token])
