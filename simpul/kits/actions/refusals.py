"""Why a kit is not taken, in words for the coordinator."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed, Refusal
from simpul.kits.package import BadKit
from simpul.kits.permissions import can_keep_kits

WHOLE = _("Nothing of it was taken.")
REASONS: dict[str, Any] = {
    "size": _("The kit, or a part of it, is larger than a kit may be."),
    "zip": _("This is no whole kit file: it cannot be unpacked."),
    "count": _("It has no parts, or more than 600."),
    "unsafe_name": _("A part wants to be written outside the kit."),
    "name": _("A part has a name that kits do not use."),
    "twice": _("Two parts, or two objects, have the same name."),
    "link": _("A part is a link to something else."),
    "encrypted": _("A part is locked with a password."),
    "packing": _("A part is packed in a way that kits do not use."),
    "ratio": _("Unpacked it would be suspiciously large."),
    "type": _("A part is of a type that kits do not hold; another archive cannot be inside."),
    "manifest": _("kit.json is missing: this is no kit."),
    "json": _("A part cannot be read as kits are written."),
    "deep": _("A part is nested too deep."),
    "text": _("A text is too long, or holds invisible characters."),
    "field": _("Something is missing or is not as kits say it."),
    "kind": _("It holds an object of a kind that is not known here."),
    "licence": _("Its licence does not let others adapt it, or is not known here."),
    "missing": _("A part that the kit names is missing."),
    "extra": _("It holds a part that the kit does not name."),
    "hash": _("A part was changed after the kit was signed."),
    "unsigned": _("Nobody signed it."),
    "signature": _("The signature does not fit: something was altered."),
    "personal": _("A text looks like somebody's phone number, e-mail address or identity number. Kits hold nobody's."),
    "not_trusted": _("The signature is valid, but its key is not trusted here. Compare the fingerprint with the office that "
                     "made the kit, then trust the key."),
    "withdrawn_key": _("It was signed with a key that was withdrawn here."),
    "downgrade": _("A newer version is installed. An older one is not put over it."),
    "already": _("This version is installed already."),
    "other_contents": _("This version is installed with other contents. Ask its makers for a version with a new number."),
    "needs_simpul": _("It needs a newer version of Simpul."),
    "needs_kit": _("It needs another kit first."),
    "indicator": _("It names an indicator, or a version of one, that this node does not know."),
    "core_indicator": _("It redefines an indicator of the house. A kit may add indicators, not change them."),
    "not_installed": _("This kit is not installed here; install it first."),
}


class KitRefused(Refusal):
    """The file is refused whole; `code` is the reason."""


def refused(code: str, part: str = "", field: str | None = "file") -> KitRefused:
    where = f" ({part})" if part else ""
    return KitRefused(f"{REASONS[code]}{where} {WHOLE}", field=field, code=code, facts={"part": part})


def as_refusal(error: BadKit) -> KitRefused:
    return refused(error.code, error.part)


class WrongText(Refusal):
    """What was written does not fit the field."""

    code = "wrong_text"


def must_keep(by: Actor) -> None:
    if not can_keep_kits(by):
        raise NotAllowed(_("Only the coordinator of the city keeps its kits."))
