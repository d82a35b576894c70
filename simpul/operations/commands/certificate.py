"""Certificates: verified anywhere, their keys exported, changed and withdrawn at the node.

`verify` runs without the node: no settings, no data folder, no database, no network (see command_line.ALONE). Whatever
else this module needs is imported where it is used.
"""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.operations.console import Console, Problem

help = gettext_lazy("verifies a certificate without internet; exports, changes and withdraws the keys")
example = "bin/simpul certificate verify RINA.png --keys KEYS.json"
needs_tables = False
MOST_BYTES = 60_000_000
EXIT = {"valid": 0, "revoked": 3, "not_trusted": 4, "tampered": 5, "unknown": 6}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["verify", "keys"], help=_("verify a file, or look after the keys"))
    parser.add_argument("file", nargs="?", metavar=_("FILE"), help=_("a .jwt, a badge (PNG) or a PDF"))
    parser.add_argument("--keys", metavar=_("FILE"), help=_("public keys and revocations, as “keys --export” wrote them"))
    parser.add_argument("--name", help=_("the name on the paper, to be compared with the certificate's"))
    parser.add_argument("--export", metavar=_("FILE"), help=_("write public keys and revocations, signed and dated"))
    parser.add_argument("--rotate", action="store_true", help=_("sign with a new key from now on"))
    parser.add_argument("--withdraw", metavar=_("KEY"), help=_("trust this key no more; the beginning of its name"))
    parser.add_argument("--from", dest="since", metavar=_("TIME"), help=_("since when, for example 2026-03-10T14:00+07:00"))
    parser.add_argument("--because", help=_("why, for the journal of this node"))


def run(options: argparse.Namespace, console: Console) -> int:
    return _verify(options, console) if options.what == "verify" else _keys(options, console)


# --- anywhere ----------------------------------------------------------------------------------------------

def _verify(options: argparse.Namespace, console: Console) -> int:
    from simpul.certificates.badges import keyfile
    from simpul.certificates.badges.verifying import verify

    if not options.file or not options.keys:
        raise Problem(_("Say which file, and --keys with the keys of who issued it."), code="file_missing", exit_code=2)
    content = _read(options.file)
    try:
        keys = keyfile.read(_read(options.keys))
    except keyfile.BadKeyFile as error:
        raise Problem(_("%(file)s is no key file that can be trusted.") % {"file": options.keys}, _key_hint(error.code),
                      code=f"bad_keys_{error.code}") from None
    now = datetime.now(UTC)
    verdict = verify(content, keys, now=now, name=options.name or "")
    age = max((now - keys.dated).days, 0)
    facts = {
        "state": verdict.state.value, "reason": verdict.reason, "since": verdict.at, "revocation": verdict.revocation or None,
        "certificate": verdict.facts or None, "name_is_right": verdict.is_name_right, "list_dated": keys.dated,
        "list_days_old": age, "list_older_than_certificate": verdict.is_list_older, "keys_of": keys.name,
        "keys_fingerprint": keys.fingerprint}
    console.answer(facts, *_told(verdict, keys, age))
    return EXIT[verdict.state.value]


def _read(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Problem(_("%(file)s cannot be read: %(why)s.") % {"file": name, "why": error.strerror}, code="unreadable",
                      exit_code=2) from None
    if len(content) > MOST_BYTES:
        raise Problem(_("%(file)s is larger than any certificate.") % {"file": name}, code="too_large")
    return content


def _key_hint(code: str) -> str:
    return {
        "format": _("It was not written by “bin/simpul certificate keys --export”, or is not whole. Get it again."),
        "signature": _("It was altered after it was signed. Get it again from the library service."),
        "key": _("The key that signed it was withdrawn. Get a newer one from the library service."),
    }[code]


def _told(verdict: Any, keys: Any, age: int) -> list[str]:
    from django.utils.formats import date_format

    lines = [f"{_state(verdict.state.value)}: {_reason(verdict)}"]
    told = verdict.facts
    if told:
        lines += ["", f"  {told['title']}", f"  {told['about']}", f"  {told['number']} · {told['jp']} JP · "
                  + _("issued %(day)s by %(issuer)s") % {"day": told["issued"][:10], "issuer": told["issuer"]}]
        lines.append("  " + {True: _("The name is right."), False: _("The name is another one."),
                             None: _("The name is not readable in it: compare it with --name “…”.")}[verdict.is_name_right])
    lines += ["", _("Keys of %(name)s, fingerprint %(fingerprint)s.") % {"name": keys.name, "fingerprint": keys.fingerprint},
              _("Revocations as of %(day)s (%(n)d days ago).") % {"day": date_format(keys.dated, "j F Y H.i"), "n": age}]
    if verdict.is_list_older:
        lines.append(_("The certificate is younger than this list: get a newer key file to be sure it was not revoked."))
    lines.append(_("This proves data. It is not a certified electronic signature."))
    return lines


def _state(code: str) -> str:
    return {"valid": _("VALID"), "revoked": _("REVOKED"), "not_trusted": _("NOT TRUSTED"), "tampered": _("TAMPERED"),
            "unknown": _("UNKNOWN")}[code]


def _reason(verdict: Any) -> str:
    from django.utils.formats import date_format

    day = date_format(verdict.at, "j F Y H.i") if verdict.at else ""
    why = {"error": _("made by mistake"), "unearned": _("not earned after all"), "request": _("at the holder's wish"),
           "replaced": _("replaced by a corrected one"), "other": _("another reason")}
    return {
        "valid": _("signed by a known key, unaltered, not revoked"),
        "revoked": _("revoked on %(day)s: %(why)s") % {"day": day, "why": why.get(verdict.revocation, verdict.revocation)},
        "unknown_key": _("the key that signed it is not in the key file"),
        "other_issuer": _("it names another issuer than the key's"),
        "withdrawn_key": _("its key was withdrawn from %(day)s, and it is not among those known from before") % {"day": day},
        "retired_key": _("it is dated after its key went out of use on %(day)s") % {"day": day},
        "future": _("it is only valid from %(day)s; is this computer's clock right?") % {"day": day},
        "expired": _("it was valid until %(day)s") % {"day": day},
        "other_name": _("it was not made for the name you gave"),
        "signature": _("the signature does not fit: something was altered"),
        "algorithm": _("it claims a way of signing that is never used (only EdDSA is)"),
        "type": _("its header is not that of a certificate"),
        "several": _("there are several different credentials in it"),
        "no_credential": _("there is no credential in this file"),
        "other_form": _("it is signed, but is no certificate"),
    }[verdict.reason]


# --- at the node -------------------------------------------------------------------------------------------

def _keys(options: argparse.Namespace, console: Console) -> int:
    from simpul.core.actor import COMMAND
    from simpul.core.clock import now
    from simpul.core.ids import new_id
    from simpul.operations.problems import not_set_up
    from simpul.operations.readiness import has_tables

    if not has_tables():
        raise not_set_up()
    who: dict[str, Any] = {"by": COMMAND, "at": now(), "id": new_id()}
    if options.withdraw:
        return _withdraw(options, console, who)
    if options.rotate:
        from simpul.certificates.actions import rotate_key

        key = rotate_key(**who)
        console.answer({"key": key.kid, "made_at": key.made_at}, _("New certificates are signed with key %(key)s.")
                       % {"key": key.thumbprint[:8]}, _("The old one stays good for what it signed. Give out a new key file."))
        return 0
    if options.export:
        return _export(Path(options.export), console, who)
    return _list(console)


def _list(console: Console) -> int:
    from simpul.certificates.models import SigningKey

    keys = list(SigningKey.objects.order_by("made_at"))
    lines = [f"{key.thumbprint[:8]}  {key.made_at:%Y-%m-%d}  " + (
        _("withdrawn from %(day)s") % {"day": f"{key.withdrawn_from:%Y-%m-%d %H:%M}"} if key.withdrawn_from
        else _("signed until %(day)s") % {"day": f"{key.retired_at:%Y-%m-%d}"} if key.retired_at else _("signs now"))
        for key in keys]
    console.answer({"keys": [{"kid": key.kid, "made_at": key.made_at, "retired_at": key.retired_at,
                              "withdrawn_from": key.withdrawn_from} for key in keys]},
                   *(lines or [_("No key yet: the first certificate makes one.")]))
    return 0


def _export(path: Path, console: Console, who: dict[str, Any]) -> int:
    from simpul.certificates.actions import export_keys
    from simpul.certificates.badges import keyfile

    text = export_keys(by=who["by"], at=who["at"])
    told = keyfile.read(text.encode())
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(text, encoding="utf-8")
        os.replace(half, path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Problem(_("%(file)s cannot be written: %(why)s.") % {"file": path, "why": error.strerror},
                      code="unwritable") from None
    console.answer({"file": str(path), "keys": len(told.keys), "revoked": len(told.revoked), "dated": told.dated,
                    "fingerprint": told.fingerprint},
                   _("%(keys)d keys and %(revoked)d revocations stand in %(file)s.") % {
                       "keys": len(told.keys), "revoked": len(told.revoked), "file": path},
                   _("Fingerprint, to be told by another way than the file: %(fingerprint)s") % {
                       "fingerprint": told.fingerprint})
    return 0


def _withdraw(options: argparse.Namespace, console: Console, who: dict[str, Any]) -> int:
    from simpul.certificates.actions import withdraw_key
    from simpul.certificates.actions.keys import known_key

    key = known_key(options.withdraw)
    if key is None:
        raise Problem(_("No key begins with %(key)s.") % {"key": options.withdraw},
                      _("“bin/simpul certificate keys” lists them; give at least six characters."), code="unknown_key")
    if not options.because:
        raise Problem(_("Say --because: why the key is withdrawn."), code="because_missing", exit_code=2)
    new = withdraw_key(key=key, since=_moment(options.since, who["at"]), because=options.because, **who)
    console.answer({"withdrawn": key.kid, "from": key.withdrawn_from, "key": new.kid},
                   _("Key %(old)s is withdrawn; %(new)s signs from now on.") % {
                       "old": key.thumbprint[:8], "new": new.thumbprint[:8]},
                   _("Give out a new key file at once: bin/simpul certificate keys --export FILE"))
    return 0


def _moment(text: str | None, now: datetime) -> datetime:
    """`text` with its zone, or in the city's; now where nothing was said."""
    from simpul.core.clock import JAKARTA

    if not text:
        return now
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Problem(_("Write the time as 2026-03-10T14:00+07:00."), code="wrong_time", exit_code=2) from None
    return at if at.tzinfo else at.replace(tzinfo=JAKARTA)
