"""The file `NAME-1.0.0.kit.zip`: read, checked, written and merged. Nothing here knows Django, a database or a network,
so that a kit can be inspected on any computer."""

from simpul.kits.package.manifest import Kit, Thing, newer, read
from simpul.kits.package.plain import BadKit, canonical, digest
from simpul.kits.package.writing import Draft, write

__all__ = ["BadKit", "Draft", "Kit", "Thing", "canonical", "digest", "newer", "read", "write"]
