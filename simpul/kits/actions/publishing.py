"""A kit goes out: as it came, or as this city's own, with its origin and credits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from simpul.certificates.actions.keys import current_signer
from simpul.certificates.queries import city, service_name
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.kits.actions.refusals import WrongText, as_refusal, must_keep
from simpul.kits.models import Edition, Item, Kit, Release
from simpul.kits.package import BadKit, Draft, digest, newer, read
from simpul.kits.package.manifest import URI, VERSION
from simpul.kits.package.merging import apply
from simpul.kits.package.writing import Head, sign_with, write
from simpul.kits.queries import difference, is_changed_here


def fork_uri(kit: Kit) -> str:
    """The address proposed for this city's own version."""
    return f"urn:simpul:kit:{city().region.code}:{slugify(kit.title)[:60]}"


def next_version(uri: str) -> str:
    """The version proposed for the next edition under this address."""
    known = [one.version for one in Edition.objects.filter(uri=uri)]
    if not known:
        return "1.0.0"
    major, minor, _patch = max(known, key=lambda one: [int(n) for n in one.split(".")]).split(".")
    return f"{major}.{int(minor) + 1}.0"


def as_it_came(kit: Kit) -> Release:
    """The installed release, whose file can be given on byte for byte with its makers' signature."""
    return kit.releases.get(version=kit.version)


@change("kit.published", says=_("{by} gave out {result}, made from {kit}"))
def publish_own(*, kit: Kit, uri: str, version: str, title: str, changes: str = "", by: Actor, at: datetime,
                id: UUID) -> Edition:
    """A kit of our own with all that reads differently here: `derivedFrom` names the origin, the credits grow, the
    licence stays, this node signs. Raises NotAllowed, WrongText, KitRefused("personal")."""
    must_keep(by)
    _check(kit, uri, version, title)
    signer = current_signer(at, id)
    release = as_it_came(kit)
    office = service_name()
    log = [{"version": version, "date": clock.local_date(at, "Asia/Jakarta").isoformat(),
            "text": changes.strip()[:600] or f"{kit.title} {kit.version}"}, *kit.told["changelog"]]
    head = Head(
        id=uri, version=version, title=title, licence=kit.licence, summary=kit.summary, languages=kit.told["languages"],
        jurisdiction=f"ID-{city().region.code}", simpul=kit.told["requires"]["simpul"], kits=kit.told["requires"]["kits"],
        credits=_credits(kit, office), changelog=log[:40],
        derived_from={"id": kit.uri, "version": kit.version, "hash": release.hash})
    drafts = [_draft(item, uri, version) for item in kit.items.shown()]
    try:
        content = write(head, drafts, signer=office, x=signer.row.x, sign=sign_with(signer.key))
    except BadKit as error:
        raise as_refusal(error) from None
    note(version=version)
    return Edition.objects.create(id=derived_id(id, "edition"), kit=kit, uri=uri, title=title, version=version,
                                  hash=read(content).hash, archive=content, made_at=at)


@change("kit.proposed", says=_("{by} made a proposal for the origin of {kit}: {result}"))
def propose_to_origin(*, kit: Kit, by: Actor, at: datetime, id: UUID) -> Edition:
    """A signed file of all that reads differently here, for the origin to open and see as a difference. Raises as
    `publish_own`; WrongText where nothing is different."""
    if not is_changed_here(kit):
        raise WrongText(_("Everything reads as its makers wrote it; there is nothing to propose yet."))
    uri = fork_uri(kit)
    return publish_own(kit=kit, uri=uri, version=next_version(uri), title=kit.title, changes=str(_(
        "A proposal of %(office)s")) % {"office": service_name()}, by=by, at=at, id=derived_id(id, "edition"))


def _check(kit: Kit, uri: str, version: str, title: str) -> None:
    if not URI.fullmatch(uri) or uri == kit.uri:
        raise WrongText(_("Give it an address of its own: https://… of your service, or urn:simpul:kit:…"), field="uri")
    if not VERSION.fullmatch(version):
        raise WrongText(_("Write the version as three numbers: 1.0.0"), field="version")
    if not title.strip():
        raise WrongText(_("Give it a title."), field="title")
    for one in Edition.objects.filter(uri=uri):
        if not newer(version, one.version):
            raise WrongText(_("Version %(version)s went out already; take a higher number.") % {"version": one.version},
                            field="version", code="version_used")


def _credits(kit: Kit, office: str) -> list[Mapping[str, str]]:
    """All who stood there, and this office for adapting; nobody is dropped."""
    own = {"name": office, "role": "adapted", "kit": kit.uri}
    before: list[Mapping[str, str]] = [dict(one) | {"kit": one["kit"] or kit.uri} for one in kit.credits]
    return before if own in before else [*before, own]


def _draft(item: Item, uri: str, version: str) -> Draft:
    """Untouched objects keep their origin; one that reads differently is of this kit and version."""
    ours = difference(item)
    content: dict[str, Any] = apply(item.content, ours)
    is_same = not ours and not item.is_own
    name = item.path.rpartition("/")[2].removesuffix(".json")
    return Draft(str(item.object_id), item.kind, name, content, item.origin if is_same else {
        "kit": uri, "version": version, "hash": digest(content)})
