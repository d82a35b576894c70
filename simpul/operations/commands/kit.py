"""Replication kits: looked into, installed, adapted, upgraded, given out; built and signed from a folder.

`inspect`, `keygen` and `build` need no database and no network.
"""

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.operations.console import Console, Problem

help = gettext_lazy("looks into, installs, upgrades, adapts, exports and builds replication kits")
example = "bin/simpul kit preview BIMTEK.kit.zip"
needs_tables = False
ALONE = ("inspect", "keygen", "build")
ACTIONS = (*ALONE, "list", "show", "preview", "install", "upgrade", "trust", "adapt", "conflicts", "decide", "export")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=ACTIONS, help=_(
        "inspect, preview, install, upgrade FILE; list; show, conflicts KIT; trust FILE; adapt KIT OBJECT; decide KIT; "
        "export KIT FILE; keygen FILE; build FOLDER FILE"))
    parser.add_argument("words", nargs="*", metavar=_("WORD"), help=_("a file, a folder, a kit's address or an object's id"))
    parser.add_argument("--shipped", metavar=_("NAME"), help=_("install the kit of this name that comes with Simpul"))
    parser.add_argument("--fingerprint", help=_("as the makers told it, to trust their key"))
    parser.add_argument("--field", help=_("the field of an object, for example aim or steps/opening/how"))
    parser.add_argument("--text", help=_("what it says here"))
    parser.add_argument("--keep", choices=["ours", "theirs"], help=_("how the conflicts of a kit are decided"))
    parser.add_argument("--as", dest="uri", metavar=_("ADDRESS"), help=_("export as a kit of your own with this address"))
    parser.add_argument("--version", help=_("of your own kit, for example 1.0.0"))
    parser.add_argument("--title", help=_("of your own kit"))
    parser.add_argument("--key", metavar=_("FILE"), help=_("the private key that signs, as keygen wrote it"))
    parser.add_argument("--by", metavar=_("NAME"), help=_("who signs: an office, no person"))


def run(options: argparse.Namespace, console: Console) -> int:
    from simpul.operations.problems import not_set_up
    from simpul.operations.readiness import has_tables

    if options.what not in ALONE and not has_tables():
        raise not_set_up()
    does: Callable[[argparse.Namespace, Console], int] = globals()[f"_{options.what}"]
    return does(options, console)


# --- anywhere ----------------------------------------------------------------------------------------------

def _inspect(options: argparse.Namespace, console: Console) -> int:
    """What a file says of itself, once it holds together."""
    from simpul.kits.actions import opened

    file = opened(_read(_word(options, 0, _("which file"))))
    told = file.told
    counts: dict[str, int] = {}
    for thing in file.things:
        counts[thing.kind] = counts.get(thing.kind, 0) + 1
    console.answer(
        {"id": file.id, "version": file.version, "title": file.title, "licence": told["licence"], "hash": file.hash,
         "objects": counts, "derivedFrom": told["derivedFrom"], "credits": told["credits"], "signer": file.signer,
         "fingerprint": file.fingerprint},
        f"{file.title} {file.version}", file.id, _("Licence: %(licence)s") % {"licence": told["licence"]},
        _("By: %(names)s") % {"names": ", ".join(one["name"] for one in told["credits"])},
        ", ".join(f"{n} {kind}" for kind, n in counts.items()),
        _("Signed by %(name)s, fingerprint %(fingerprint)s. The signature is valid; whether the key is that office's is "
          "for you to compare.") % {"name": file.signer, "fingerprint": file.fingerprint})
    return 0


def _keygen(options: argparse.Namespace, console: Console) -> int:
    """A private key for makers of kits without a node."""
    from joserfc.jwk import OKPKey

    from simpul.kits.package.manifest import fingerprint

    path = Path(_word(options, 0, _("which file")))
    key = OKPKey.generate_key("Ed25519")
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(json.dumps(key.as_dict(private=True)))
    except FileExistsError:
        raise Problem(_("%(file)s is there already; a key is never written over.") % {"file": path}, code="exists") from None
    told = fingerprint(str(key.as_dict(private=False)["x"]))
    console.answer({"file": str(path), "fingerprint": told}, _("The private key stands in %(file)s. Give it to nobody.") % {
        "file": path}, _("Fingerprint, to be told by another way than the kit: %(fingerprint)s") % {"fingerprint": told})
    return 0


def _build(options: argparse.Namespace, console: Console) -> int:
    """A folder of texts as a signed file."""
    from joserfc.errors import JoseError
    from joserfc.jwk import OKPKey

    from simpul.kits.actions.refusals import as_refusal
    from simpul.kits.package import BadKit, write
    from simpul.kits.package.writing import sign_with
    from simpul.kits.shipped import folder

    source, target = Path(_word(options, 0, _("which folder"))), Path(_word(options, 1, _("which file")))
    if not options.key or not options.by:
        raise Problem(_("Say --key with the private key and --by who signs."), code="key_missing", exit_code=2)
    try:
        key = OKPKey.import_key(json.loads(_read(options.key)))
        if not key.is_private or key.as_dict(private=False).get("crv") != "Ed25519":
            raise ValueError("no private Ed25519 key")
    except (ValueError, JoseError, TypeError, KeyError):
        raise Problem(_("%(file)s holds no private key.") % {"file": options.key}, code="bad_key") from None
    try:
        head, drafts = folder(source)
        content = write(head, drafts, signer=options.by, x=str(key.as_dict(private=False)["x"]), sign=sign_with(key))
    except BadKit as error:
        raise as_refusal(error) from None
    return _written(content, target, console, {"id": head.id, "version": head.version, "objects": len(drafts)})


# --- at the node -------------------------------------------------------------------------------------------

def _list(options: argparse.Namespace, console: Console) -> int:
    from simpul.kits.models import Kit

    kits = list(Kit.objects.with_counts().order_by("title", "pk"))
    console.answer({"kits": [{"id": one.uri, "title": one.title, "version": one.version, "libraries": one.n_libraries,
                              "conflicts": one.n_conflicts} for one in kits]},
                   *([f"{one.title} {one.version}  {one.uri}" for one in kits] or [_("No kit is installed.")]))
    return 0


def _show(options: argparse.Namespace, console: Console) -> int:
    from simpul.kits.queries import shown

    kit = _kit(options)
    rows = shown(kit)
    console.answer({"id": kit.uri, "version": kit.version, "credits": kit.credits, "objects": [
        {"id": str(one.item.object_id), "kind": one.item.kind, "content": one.words, "adapted": sorted(one.adapted),
         "origin": one.item.origin, "is_own": one.item.is_own} for one in rows]},
        f"{kit.title} {kit.version}", *[f"{one.item.object_id}  {one.item.kind}  {one.title}" for one in rows])
    return 0


def _preview(options: argparse.Namespace, console: Console) -> int:
    from simpul.kits.actions import preview_kit

    who = _who()
    seen = preview_kit(content=_read(_word(options, 0, _("which file"))), by=who["by"], at=who["at"])
    facts = {"id": seen.file.id, "version": seen.file.version, "installed": seen.installed or None,
             "is_trusted": seen.is_trusted, "fingerprint": seen.file.fingerprint, "refused": seen.code or None,
             "report": seen.report}
    trust = [] if seen.is_trusted else [_("Its key is not trusted: %(fingerprint)s (%(name)s)") % {
        "fingerprint": seen.file.fingerprint, "name": seen.file.signer}]
    console.answer(facts, *([seen.refusal] if seen.refusal else []), *trust, *_report(seen.report),
                   _("Nothing was changed."))
    return 1 if seen.refusal else 0


def _install(options: argparse.Namespace, console: Console) -> int:
    from simpul.kits.actions import install_kit, install_shipped
    from simpul.kits.shipped import shipped

    if options.shipped:
        if options.shipped not in shipped():
            raise Problem(_("No kit of this name comes with Simpul."), ", ".join(shipped()), code="unknown_kit")
        release = install_shipped(key=options.shipped, **_who())
    else:
        release = install_kit(content=_read(_word(options, 0, _("which file"))), **_who())
    console.answer({"id": release.kit.uri, "version": release.version, "report": release.report},
                   _("%(title)s %(version)s is installed.") % {"title": release.kit.title, "version": release.version},
                   *_report(release.report))
    return 0


def _upgrade(options: argparse.Namespace, console: Console) -> int:
    from simpul.kits.actions import opened
    from simpul.kits.actions.refusals import refused
    from simpul.kits.queries import kit_of

    if kit_of(opened(_read(_word(options, 0, _("which file")))).id) is None:
        raise refused("not_installed", field=None)
    return _install(options, console)


def _trust(options: argparse.Namespace, console: Console) -> int:
    from simpul.kits.actions import opened, trust_key

    file = opened(_read(_word(options, 0, _("which file"))))
    given = "".join((options.fingerprint or "").split()).lower()
    if given != file.fingerprint.replace(" ", ""):
        raise Problem(_("The key of this file is %(fingerprint)s (%(name)s).") % {
            "fingerprint": file.fingerprint, "name": file.signer},
            _("Ask its makers by another way; if they say the same, repeat with --fingerprint."), code="not_the_key")
    trust_key(x=file.key, name=file.signer, **_who())
    console.answer({"trusted": file.fingerprint, "name": file.signer},
                   _("Kits of %(name)s are taken from now on.") % {"name": file.signer})
    return 0


def _adapt(options: argparse.Namespace, console: Console) -> int:
    from simpul.kits.actions import adapt_item
    from simpul.kits.queries import find_item

    kit = _kit(options)
    try:
        item = find_item(kit, UUID(_word(options, 1, _("which object"))))
    except ValueError:
        item = None
    if item is None:
        raise Problem(_("There is no such object in this kit."), _("“bin/simpul kit show KIT” lists them."),
                      code="unknown_object")
    if not options.field or options.text is None:
        raise Problem(_("Say --field and --text."), code="field_missing", exit_code=2)
    adapt_item(item=item, texts={options.field: options.text}, **_who())
    console.answer({"adapted": options.field}, _("Saved. The origin's words are kept beside yours."))
    return 0


def _conflicts(options: argparse.Namespace, console: Console) -> int:
    from simpul.kits.queries import open_conflicts

    found = open_conflicts(_kit(options))
    console.answer({"conflicts": [{"object": str(one.row.item.object_id), "title": one.title, "field": one.row.field,
                                   "base": one.row.base, "theirs": one.row.theirs, "ours": one.row.ours} for one in found]},
                   *([f"{one.title}: {one.row.field}" for one in found] or [_("Nothing to decide.")]))
    return 0


def _decide(options: argparse.Namespace, console: Console) -> int:
    """All conflicts of a kit, or those of one --field."""
    from simpul.kits.actions import decide
    from simpul.kits.queries import open_conflicts

    kit = _kit(options)
    if not options.keep:
        raise Problem(_("Say --keep ours or --keep theirs."), code="keep_missing", exit_code=2)
    found = [one.row for one in open_conflicts(kit) if not options.field or one.row.field == options.field]
    for row in found:
        decide(conflict=row, decision=options.keep, **_who())
    console.answer({"decided": len(found)}, _("%(n)d decided.") % {"n": len(found)})
    return 0


def _export(options: argparse.Namespace, console: Console) -> int:
    from simpul.kits.actions import as_it_came, next_version, publish_own
    from simpul.kits.queries import is_changed_here

    kit, target = _kit(options), Path(_word(options, 1, _("which file")))
    if options.uri:
        made = publish_own(kit=kit, uri=options.uri, version=options.version or next_version(options.uri),
                           title=options.title or kit.title, **_who())
        return _written(bytes(made.archive), target, console, {"id": made.uri, "version": made.version})
    code = _written(bytes(as_it_came(kit).archive), target, console, {"id": kit.uri, "version": kit.version})
    if is_changed_here(kit):
        console.warn(_("What reads differently here is not in it; for that, give your own version an address with --as."))
    return code


def _written(content: bytes, target: Path, console: Console, facts: dict[str, Any]) -> int:
    half = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        half.write_bytes(content)
        os.replace(half, target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Problem(_("%(file)s cannot be written: %(why)s.") % {"file": target, "why": error.strerror},
                      code="unwritable") from None
    console.answer({"file": str(target), "bytes": len(content), **facts}, _("%(file)s is written.") % {"file": target})
    return 0


def _report(report: dict[str, Any]) -> list[str]:
    names = {"added": _("added"), "changed": _("changed"), "kept": _("adapted, kept"), "taken_over": _("now as here"),
             "conflicts": _("to decide"), "gone": _("no longer in it")}
    return [f"{label}: {len(report[name])}" for name, label in names.items() if report.get(name)]


def _kit(options: argparse.Namespace) -> Any:
    from simpul.kits.queries import kit_of

    kit = kit_of(_word(options, 0, _("which kit")))
    if kit is None:
        raise Problem(_("There is no kit with this address here."), _("“bin/simpul kit list” shows them."), code="unknown_kit")
    return kit


def _who() -> dict[str, Any]:
    from simpul.core.actor import COMMAND
    from simpul.core.clock import now
    from simpul.core.ids import new_id

    return {"by": COMMAND, "at": now(), "id": new_id()}


def _word(options: argparse.Namespace, n: int, what: str) -> str:
    if len(options.words) <= n:
        raise Problem(_("Say %(what)s.") % {"what": what}, code="word_missing", exit_code=2)
    return str(options.words[n])


def _read(name: str) -> bytes:
    from simpul.kits.package.reading import MOST_BYTES

    try:
        with open(name, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Problem(_("%(file)s cannot be read: %(why)s.") % {"file": name, "why": error.strerror}, code="unreadable",
                      exit_code=2) from None
