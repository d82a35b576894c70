"""What this city says differently, and what it adds. Ended, never deleted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.certificates.queries import city
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.kits.actions.refusals import WrongText, must_keep
from simpul.kits.models import Adaptation, Conflict, Item, Kit
from simpul.kits.package import BadKit, digest, kinds, personal
from simpul.kits.package.merging import apply, flatten
from simpul.kits.queries import difference, is_core_indicator

LOCKED = {"indicator": {"indicator", "version"}, "own_indicator": {"code"}, "texts": {"language"}}
ADDED_KINDS = ("task", "material", "activity")


@change("kit.adapted", says=_("{by} adapted {item} of {kit}"))
def adapt_item(*, item: Item, texts: Mapping[str, Any], by: Actor, at: datetime, id: UUID) -> Item:
    """Say fields differently here (path → text, number or list of texts). A text like the origin's ends the adaptation.
    Raises NotAllowed, WrongText (field = the path)."""
    must_keep(by)
    item = Item.objects.select_for_update().select_related("kit").get(pk=item.pk)
    base, standing = flatten(item.content), {one.field: one for one in item.adaptations.standing()}
    for path in texts:
        if path.split("/")[0] in LOCKED.get(item.kind, ()) or path.endswith("/#"):
            raise WrongText(_("This is locked: it keeps figures comparable."), field=path, code="locked")
        if path not in base and path not in standing:
            raise WrongText(_("There is no such field."), field=path)
    wanted = {path: value for path, value in texts.items()
              if value != (standing[path].value if path in standing else base.get(path))}
    _check(item, difference(item) | wanted, list(wanted))
    for path, value in sorted(wanted.items()):
        if path in standing:
            standing[path].ended_at = at
            standing[path].save(update_fields=["ended_at"])
        if value != base.get(path):
            row = Adaptation.objects.create(id=derived_id(id, f"{item.pk} {path}"), item=item, field=path, value=value,
                                            was=base.get(path), written_at=at)
            item.conflicts.filter(field=path, decided_at__isnull=True).update(adaptation=row, ours=value)
        else:
            _settle(item, path, Conflict.Decision.THEIRS, at)
    note(kit=item.kit, n=len(wanted))
    return item


@change("kit.origin_restored", says=_("{by} took back a change to {item} of {kit}"))
def restore_origin(*, adaptation: Adaptation, by: Actor, at: datetime, id: UUID) -> Adaptation:
    """The origin's words stand again; ours are kept and can come back."""
    must_keep(by)
    adaptation.ended_at = adaptation.ended_at or at
    adaptation.save(update_fields=["ended_at"])
    _settle(adaptation.item, adaptation.field, Conflict.Decision.THEIRS, at)
    note(item=adaptation.item, kit=adaptation.item.kit)
    return adaptation


@change("kit.adaptation_resumed", says=_("{by} brought a change to {item} of {kit} back"))
def resume_adaptation(*, adaptation: Adaptation, by: Actor, at: datetime, id: UUID) -> Adaptation:
    """Ours stands again, in place of whatever stands in its field."""
    must_keep(by)
    adaptation.item.adaptations.standing().filter(field=adaptation.field).exclude(pk=adaptation.pk).update(ended_at=at)
    adaptation.ended_at = None
    adaptation.save(update_fields=["ended_at"])
    note(item=adaptation.item, kit=adaptation.item.kit)
    return adaptation


@change("kit.conflict_decided", says=_("{by} decided about {item} of {kit}: {decision}"))
def decide(*, conflict: Conflict, decision: str, by: Actor, at: datetime, id: UUID) -> Conflict:
    """"ours" keeps what was written here, "theirs" takes the new version's words. Raises WrongText."""
    must_keep(by)
    conflict = Conflict.objects.select_for_update().select_related("item__kit", "adaptation").get(pk=conflict.pk)
    if decision not in Conflict.Decision.values:
        raise WrongText(_("Choose one of the two."), field="decision")
    conflict.decision, conflict.decided_at = decision, conflict.decided_at or at
    conflict.save(update_fields=["decision", "decided_at"])
    row = conflict.adaptation
    if decision == Conflict.Decision.THEIRS:
        row.ended_at = row.ended_at or at
    elif not conflict.item.adaptations.standing().filter(field=row.field).exists():
        row.ended_at = None
    row.save(update_fields=["ended_at"])
    note(item=conflict.item, kit=conflict.item.kit, decision=decision)
    return conflict


@change("kit.item_added", says=_("{by} added {result} to {kit}"))
def add_item(*, kit: Kit, kind: str, content: Mapping[str, Any], by: Actor, at: datetime, id: UUID) -> Item:
    """An object of our own: a task, a material, an activity template. No upgrade touches it. Raises WrongText."""
    must_keep(by)
    if kind not in ADDED_KINDS or (kind == "own_indicator" and is_core_indicator(str(content.get("code")))):
        raise WrongText(_("This kind cannot be added here."), field="kind")
    _fits(kind, content, None)
    object_id = derived_id(id, "object")
    hash = digest(content)
    return Item.objects.create(
        id=derived_id(id, "item"), kit=kit, object_id=object_id, kind=kind, content=dict(content), hash=hash, is_own=True,
        path=f"{kinds.FOLDERS[kind]}/{kind}-{object_id.hex[:12]}.json", position=10_000,
        origin={"kit": own_uri(), "version": "1.0.0", "hash": hash})


@change("kit.item_removed", says=_("{by} took {item} out of {kit}"))
def remove_item(*, item: Item, by: Actor, at: datetime, id: UUID) -> Item:
    """Only what was added here; it can come back."""
    must_keep(by)
    if not item.is_own:
        raise WrongText(_("This comes with the kit; it can be adapted, not taken out."))
    item.gone_in = item.kit.version
    item.save(update_fields=["gone_in"])
    note(kit=item.kit)
    return item


@change("kit.item_restored", says=_("{by} put {item} back into {kit}"))
def restore_item(*, item: Item, by: Actor, at: datetime, id: UUID) -> Item:
    must_keep(by)
    if item.is_own:
        item.gone_in = ""
        item.save(update_fields=["gone_in"])
    note(kit=item.kit)
    return item


def own_uri() -> str:
    """What this node calls itself as the origin of an object."""
    return f"urn:simpul:node:{city().region.code}"


def _settle(item: Item, path: str, decision: str, at: datetime) -> None:
    item.conflicts.filter(field=path, decided_at__isnull=True).update(decided_at=at, decision=decision)


def _check(item: Item, ours: Mapping[str, Any], paths: list[str]) -> None:
    _fits(item.kind, apply(item.content, ours), paths[0] if paths else None)


def _fits(kind: str, content: Mapping[str, Any], field: str | None) -> None:
    try:
        kinds.check(kind, content, kind)
        personal.check(content, kind)
    except BadKit as error:
        if error.code == "personal":
            raise WrongText(_("This looks like somebody's phone number, e-mail address or identity number. Leave it out: the "
                              "kit goes to others."), field=field, code="personal") from None
        raise WrongText(_("This does not fit here: too long, empty, or not of the right form."), field=field) from None
