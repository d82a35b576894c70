"""A tree drawn on the server: columns by depth, leaves below each other, a line from each box to its parent.

Numbers only lay out; what a box says and where it leads is given. All lengths are units of the view box.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT, ACROSS, DOWN = 150, 46, 186, 58
LETTERS = 17


@dataclass
class Node:
    """A box: what it is and how many; `rest` says that it stands for several that are not drawn."""

    label: str
    value: str = ""
    url: str = ""
    children: list["Node"] = field(default_factory=list)
    is_rest: bool = False

    @property
    def name(self) -> str:
        """For a screen reader and the tooltip."""
        return f"{self.label}: {self.value}" if self.value else self.label


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    node: Node
    depth: int

    @property
    def text_x(self) -> int:
        return self.x + 10

    @property
    def label_y(self) -> int:
        return self.y + (18 if self.node.value else 27)

    @property
    def value_y(self) -> int:
        return self.y + 36

    @property
    def short(self) -> str:
        label = self.node.label
        return label if len(label) <= LETTERS else label[:LETTERS - 1].rstrip() + "…"


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[str]  # path data


def draw(root: Node) -> Picture:
    """Place every box; a parent stands beside its first child, so that a small screen begins with the root."""
    boxes: list[Box] = []
    lines: list[str] = []
    below = [0]

    def place(node: Node, depth: int) -> int:
        middles = [place(child, depth + 1) for child in node.children]
        if middles:
            y = middles[0]
        else:
            y = below[0] * DOWN + HEIGHT // 2
            below[0] += 1
        x = depth * ACROSS
        boxes.append(Box(x, y - HEIGHT // 2, node, depth))
        for to in middles:
            end, bend = x + ACROSS, (ACROSS - WIDTH) // 2
            lines.append(f"M{x + WIDTH} {y}h{bend}V{to}H{end}")
        return y

    place(root, 0)
    deepest = max(box.depth for box in boxes)
    ordered = sorted(boxes, key=lambda box: (box.y, box.x))
    return Picture(deepest * ACROSS + WIDTH, below[0] * DOWN - (DOWN - HEIGHT), ordered, lines)


def chain(nodes: Iterable[Node]) -> list[Node]:
    """Each the only child of the one before; as the children of a parent: [] or the first."""
    first: list[Node] = []
    last = first
    for node in nodes:
        last.append(node)
        last = node.children
    return first
