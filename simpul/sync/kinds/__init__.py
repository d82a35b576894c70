"""What a phone may tell: one module a subject, each kind with what it holds and the action that it becomes."""

from simpul.sync.kinds import activities, attendance, lending, members, undoing, visits
from simpul.sync.kinds.base import Kind, Outcome, Told

#: (kind, schema) → how it is read and replayed. An old schema stays here for two years beside the newer one
KINDS: dict[tuple[str, int], Kind] = {
    (kind.name, kind.schema): kind
    for module in (visits, lending, members, attendance, activities, undoing) for kind in module.KINDS
}
NAMES = frozenset(name for name, _schema in KINDS)

__all__ = ["KINDS", "NAMES", "Kind", "Outcome", "Told"]
