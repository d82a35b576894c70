"""A kit is installed or upgraded, whole or not at all; the preview is the same thing rolled back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.certificates.actions.keys import current_signer
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id, new_id
from simpul.kits import shipped
from simpul.kits.actions.keys import trust_key
from simpul.kits.actions.refusals import as_refusal, must_keep, refused
from simpul.kits.models import Adaptation, Conflict, Item, Kit, Parcel, Release
from simpul.kits.package import BadKit, Thing, newer, read
from simpul.kits.package import Kit as KitFile
from simpul.kits.package.manifest import numbers
from simpul.kits.package.merging import changed, flatten, merge
from simpul.kits.package.writing import sign_with
from simpul.kits.queries import difference, indicator_missing, is_core_indicator, is_trusted, is_withdrawn

SIMPUL = "0.1.0"  # what kits may ask for
EMPTY: dict[str, list[Any]] = {"added": [], "changed": [], "kept": [], "conflicts": [], "taken_over": [], "gone": []}


@change("kit.installed", says=_("{by} installed the kit {result}"))
def install_kit(*, content: bytes, parcel: Parcel | None = None, by: Actor, at: datetime, id: UUID) -> Release:
    """Install the file, or upgrade to it. Raises NotAllowed; KitRefused with the reason as its code."""
    must_keep(by)
    release = _install(opened(content), content, at, id)
    if parcel is not None:
        parcel.settled_at, parcel.archive = at, b""
        parcel.save(update_fields=["settled_at", "archive"])
    return release


@change("kit.shipped", says=_("{by} installed the kit {result} that comes with Simpul"))
def install_shipped(*, key: str, by: Actor, at: datetime, id: UUID) -> Release:
    """A kit that comes with the house, signed by this node's own key."""
    must_keep(by)
    signer = current_signer(at, id)
    content = shipped.archive(key, signer=shipped.HOUSE, x=signer.row.x, sign=sign_with(signer.key))
    return _install(opened(content), content, at, id)


@dataclass(frozen=True)
class Preview:
    """What installing would do. refusal: the reason why it would not, else None."""

    file: KitFile
    is_trusted: bool
    report: dict[str, Any]
    installed: str = ""   # the version here now
    refusal: str = ""
    code: str = ""


class _Undo(Exception):
    pass


def preview_kit(*, content: bytes, by: Actor, at: datetime) -> Preview:
    """The real installation, rolled back; an unknown key is trusted in it for as long as it lasts. Raises KitRefused
    where the file itself is not right."""
    from simpul.core.refusal import Refusal

    must_keep(by)
    file = opened(content)
    known, row = is_trusted(file.key), Kit.objects.filter(uri=file.id).first()
    told: dict[str, Any] = {}
    refusal, code = "", ""
    try:
        with transaction.atomic():
            if not known and not is_withdrawn(file.key):
                trust_key(x=file.key, name=file.signer, by=by, at=at, id=new_id())
            told = install_kit(content=content, by=by, at=at, id=new_id()).report
            raise _Undo
    except _Undo:
        pass
    except Refusal as error:
        refusal, code = str(error), error.code
    return Preview(file, known, told or dict(EMPTY), row.version if row else "", refusal, code)


def opened(content: bytes) -> KitFile:
    """The file, checked to its last part. Raises KitRefused."""
    try:
        return read(content)
    except BadKit as error:
        raise as_refusal(error) from None


def _install(file: KitFile, content: bytes, at: datetime, id: UUID) -> Release:
    kit = Kit.objects.select_for_update().filter(uri=file.id).first()
    _check(file, kit)
    before = kit.version if kit else ""
    kit = kit or Kit(id=derived_id(id, "kit"), uri=file.id)
    told = file.told
    kit.title, kit.summary, kit.version, kit.licence = told["title"], told["summary"], file.version, told["licence"]
    kit.told, kit.installed_at = dict(told), at
    kit.save(force_insert=not before)
    release = Release(id=derived_id(id, "release"), kit=kit, version=file.version, hash=file.hash, x=file.key,
                      signer=file.signer, archive=content, report={}, installed_at=at)
    release.save(force_insert=True)
    release.report = _items(kit, file, release, at, id) | {"from": before}
    release.save(update_fields=["report"])
    note(kit=kit, version=file.version, before=before)
    return release


def _check(file: KitFile, kit: Kit | None) -> None:
    """All that this node has to say to a file that is right in itself."""
    if is_withdrawn(file.key):
        raise refused("withdrawn_key")
    if not is_trusted(file.key):
        raise refused("not_trusted", file.fingerprint)
    if kit is not None and kit.version == file.version:
        known = kit.releases.filter(version=file.version, hash=file.hash).exists()
        raise refused("already" if known else "other_contents", file.version)
    if kit is not None and not newer(file.version, kit.version):
        raise refused("downgrade", f"{kit.version} > {file.version}")
    requires = file.told["requires"]
    if newer(requires["simpul"], SIMPUL):
        raise refused("needs_simpul", requires["simpul"])
    for one in requires["kits"]:
        other = Kit.objects.filter(uri=one["id"]).first()
        if other is None or numbers(other.version) < numbers(one["version"]):
            raise refused("needs_kit", f"{one['id']} {one['version']}")
    for thing in file.things:
        if thing.kind == "indicator" and indicator_missing(thing.content):
            raise refused("indicator", f"{thing.content['indicator']} v{thing.content['version']}")
        if thing.kind == "own_indicator" and is_core_indicator(thing.content["code"]):
            raise refused("core_indicator", thing.content["code"])


def _items(kit: Kit, file: KitFile, release: Release, at: datetime, id: UUID) -> dict[str, list[Any]]:
    """Write every object; gives what happened to each, by title."""
    report: dict[str, list[Any]] = {name: [] for name in EMPTY}
    there = {str(one.object_id): one for one in kit.items.select_for_update()}
    for position, thing in enumerate(file.things):
        item = there.pop(thing.id, None)
        if item is None:
            Item.objects.create(
                id=derived_id(id, f"item {thing.id}"), kit=kit, object_id=UUID(thing.id), kind=thing.kind, path=thing.path,
                position=position, content=dict(thing.content), hash=thing.hash, origin=dict(thing.origin))
            report["added"].append(_line(thing.kind, thing.content))
        else:
            _renew(item, thing, position, release, report, at, id)
    for item in there.values():
        if not item.is_own and not item.gone_in:
            item.gone_in = file.version
            item.save(update_fields=["gone_in"])
            kept = difference(item)
            report["kept" if kept else "gone"].append(_line(item.kind, item.content, sorted(kept)))
    return report


def _renew(item: Item, thing: Thing, position: int, release: Release, report: dict[str, list[Any]], at: datetime,
           id: UUID) -> None:
    """Base = installed, theirs = the new one, ours = the difference: nothing written here is lost."""
    ours = difference(item)
    merged = merge(item.content, thing.content, ours)
    if item.hash != thing.hash:
        report["changed"].append(_line(thing.kind, thing.content, changed(item.content, thing.content)))
    rows = {one.field: one for one in item.adaptations.standing()}
    for path in merged.taken_over:
        _end(rows.pop(path), at)
    for path in sorted(set(merged.kept) - set(ours)):  # the rest of an entry that went
        rows[path] = _adapt(item, path, merged.kept[path], at, derived_id(id, f"{item.pk} {path}"))
    for clash in merged.clashes:
        _clash(item, rows[clash.path], release, clash, at, id)
    untouched = sorted(set(ours) - {one.path for one in merged.clashes} - set(merged.taken_over))
    for name, paths in (("kept", untouched), ("conflicts", [one.path for one in merged.clashes]),
                        ("taken_over", merged.taken_over)):
        if paths:
            report[name].append(_line(thing.kind, thing.content, paths))
    item.content, item.hash, item.origin = dict(thing.content), thing.hash, dict(thing.origin)
    item.kind, item.path, item.position, item.gone_in = thing.kind, thing.path, position, ""
    item.save()


def _clash(item: Item, row: Adaptation, release: Release, clash: Any, at: datetime, id: UUID) -> None:
    """One open question a field: an older one is answered by the newer."""
    for old in item.conflicts.filter(field=clash.path, decided_at__isnull=True):
        old.decided_at, old.decision = at, Conflict.Decision.OURS
        old.save(update_fields=["decided_at", "decision"])
    Conflict.objects.create(id=derived_id(id, f"clash {item.pk} {clash.path}"), item=item, adaptation=row, release=release,
                            field=clash.path, base=clash.base, theirs=clash.theirs, ours=clash.ours)


def _end(row: Adaptation, at: datetime) -> None:
    row.ended_at = at
    row.save(update_fields=["ended_at"])


def _adapt(item: Item, path: str, value: Any, at: datetime, id: UUID) -> Adaptation:
    return Adaptation.objects.create(id=id, item=item, field=path, value=value, was=flatten(item.content).get(path),
                                     written_at=at)


def _line(kind: str, content: Mapping[str, Any], paths: list[str] | None = None) -> dict[str, Any]:
    return {"kind": kind, "title": content["title"], "fields": paths or []}
