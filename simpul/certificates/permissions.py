"""Who may make and read certificates."""

from simpul.core.actor import Actor


def can_issue(actor: Actor) -> bool:
    """Prepare, issue, correct, revoke, read names: the coordinator and the node."""
    return actor.may("certificates.issue") and (actor.is_node or actor.is_coordinator)


def can_keep_keys(actor: Actor) -> bool:
    """Rotate and withdraw signing keys: the node itself and its administrator."""
    return actor.may("node") and (actor.is_node or actor.is_administrator)
