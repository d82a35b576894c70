"""Pictures for the demonstration, drawn of flat shapes: no photo of anybody is in the repository."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

from simpul.operations.demonstration.ids import Chance

WIDE, HIGH, TWICE = 1000, 625, 2  # drawn at twice the size, so that edges are smooth
SKIN = ("#c98b63", "#b3744c", "#d9a27a")
Pen = ImageDraw.ImageDraw


def scene(name: str, chance: Chance) -> bytes:
    """A JPEG of one of SCENES."""
    wall, floor, draw_things = SCENES[name]
    picture = Image.new("RGB", (WIDE * TWICE, HIGH * TWICE), wall)
    pen = ImageDraw.Draw(picture)
    _window(pen)
    _box(pen, 0, 470, WIDE, HIGH, floor)
    draw_things(pen, chance)
    out = io.BytesIO()
    picture.resize((WIDE, HIGH), Image.Resampling.LANCZOS).save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()


def _at(*xy: float) -> list[float]:
    return [value * TWICE for value in xy]


def _box(pen: Pen, x: float, y: float, to_x: float, to_y: float, colour: str, round_: float = 0) -> None:
    pen.rounded_rectangle(_at(x, y, to_x, to_y), radius=round_ * TWICE, fill=colour)


def _window(pen: Pen) -> None:
    _box(pen, 640, 70, 900, 320, "#fffaf0", 14)
    _box(pen, 656, 86, 884, 304, "#cfe6ea", 8)
    pen.ellipse(_at(770, 110, 850, 190), fill="#f4c065")
    pen.pieslice(_at(600, 230, 800, 430), 200, 330, fill="#9dbb8b")
    pen.pieslice(_at(720, 240, 940, 440), 205, 330, fill="#84a877")
    _box(pen, 620, 304, 920, 336, "#fffaf0", 6)
    _box(pen, 766, 86, 774, 304, "#fffaf0")


def _person(pen: Pen, x: float, y: float, size: float, chance: Chance, cloth: str, veil: str = "") -> None:
    """A head and shoulders, `y` is the bottom; with a headscarf of colour `veil`, else hair."""
    skin, top = chance.choice(SKIN), y - size
    pen.pieslice(_at(x - size * .46, top + size * .42, x + size * .46, y + size * .58), 180, 360, fill=cloth)
    if veil:
        pen.ellipse(_at(x - size * .27, top - size * .06, x + size * .27, top + size * .62), fill=veil)
    else:
        pen.ellipse(_at(x - size * .23, top - size * .03, x + size * .23, top + size * .45), fill="#2f2622")
    pen.ellipse(_at(x - size * .18, top + size * .07, x + size * .18, top + size * .46), fill=skin)
    for side in (-1, 1):
        pen.ellipse(_at(x + side * size * .07 - size * .014, top + size * .24, x + side * size * .07 + size * .014,
                        top + size * .268), fill="#2f2622")
    pen.arc(_at(x - size * .07, top + size * .27, x + size * .07, top + size * .37), 20, 160, fill="#7a3b2a",
            width=int(size * .02 * TWICE))


def _books(pen: Pen, x: float, y: float, n: int) -> None:
    for i in range(n):
        colour = ("#1d6a4d", "#c2703d", "#35507a", "#e0a63f", "#8c3f4b")[i % 5]
        _box(pen, x + (i * 13) % 26, y - 24 * (i + 1), x + 150 + (i * 9) % 22, y - 24 * i - 3, colour, 4)


def _sewing(pen: Pen, chance: Chance) -> None:
    _person(pen, 360, 470, 300, chance, "#2f7a5c", "#e6b566")
    _box(pen, 120, 440, 900, 480, "#8a5a36", 8)
    _box(pen, 150, 480, 180, HIGH, "#6f4527")
    _box(pen, 840, 480, 870, HIGH, "#6f4527")
    _box(pen, 520, 410, 760, 440, "#2b2d33", 6)
    _box(pen, 700, 280, 752, 430, "#2b2d33", 10)
    _box(pen, 540, 276, 752, 322, "#2b2d33", 16)
    _box(pen, 548, 322, 572, 384, "#2b2d33", 4)
    pen.ellipse(_at(738, 300, 800, 362), fill="#b9483a")
    for i, colour in enumerate(("#e38f5f", "#f2d49b", "#5f8fa8")):
        _box(pen, 200 + 90 * i, 350 + 16 * i, 278 + 90 * i, 440, colour, 10)
        pen.arc(_at(215 + 90 * i, 310 + 16 * i, 263 + 90 * i, 390 + 16 * i), 180, 360, fill=colour, width=10 * TWICE)


def _reading(pen: Pen, chance: Chance) -> None:
    _box(pen, 60, 60, 340, 330, "#a9744a", 8)
    for row in range(3):
        _box(pen, 74, 74 + 84 * row, 326, 146 + 84 * row, "#7d5231")
        for i in range(9):
            colour = ("#1d6a4d", "#e0a63f", "#35507a", "#c2573d", "#efe3c8")[(i + row) % 5]
            _box(pen, 82 + 27 * i, 84 + 84 * row + (i * 7) % 14, 104 + 27 * i, 146 + 84 * row, colour, 3)
    pen.ellipse(_at(160, 480, 880, 620), fill="#d98f5f")
    _person(pen, 520, 540, 280, chance, "#35507a", "#f2e6cf")
    for x, cloth in ((280, "#c2573d"), (720, "#e0a63f"), (830, "#2f7a5c")):
        _person(pen, x, 590, 180, chance, cloth)
    pen.polygon(_at(430, 470, 520, 490, 610, 470, 610, 540, 520, 562, 430, 540), fill="#fffdf6")
    pen.line(_at(520, 490, 520, 562), fill="#c8b893", width=4 * TWICE)


def _computer(pen: Pen, chance: Chance) -> None:
    _person(pen, 330, 470, 300, chance, "#7a5a86")
    _person(pen, 560, 470, 240, chance, "#2f7a5c", "#8fb5a3")
    _box(pen, 80, 440, 920, 478, "#9b6b43", 8)
    _box(pen, 640, 250, 890, 410, "#2b2d33", 12)
    _box(pen, 654, 264, 876, 396, "#eaf2f4", 6)
    pen.ellipse(_at(700, 284, 790, 374), fill="#e6b08a")
    pen.arc(_at(722, 310, 768, 352), 20, 160, fill="#7a3b2a", width=5 * TWICE)
    _box(pen, 750, 410, 780, 440, "#2b2d33")
    _box(pen, 150, 420, 250, 440, "#fffdf6", 3)
    _books(pen, 110, 440, 4)


def _kitchen(pen: Pen, chance: Chance) -> None:
    _person(pen, 430, 470, 310, chance, "#c2573d", "#f0d9b0")
    _box(pen, 100, 440, 920, 480, "#b98a5c", 8)
    for i in range(4):
        x = 160 + 130 * i + (220 if i > 1 else 0)
        _box(pen, x, 360, x + 84, 440, "#f6ead2", 14)
        _box(pen, x - 4, 344, x + 88, 366, ("#1d6a4d", "#e0a63f", "#b9483a", "#35507a")[i], 8)
        for k in range(6):
            pen.ellipse(_at(x + 8 + 24 * (k % 3), 378 + 26 * (k // 3), x + 28 + 24 * (k % 3), 398 + 26 * (k // 3)),
                        fill="#d9a05b")


SCENES: dict[str, tuple[str, str, Callable[[Pen, Chance], None]]] = {
    "sewing": ("#f7e3bf", "#d9b98c", _sewing), "reading": ("#f3d9c4", "#c99a74", _reading),
    "computer": ("#dfe7ee", "#b7a98f", _computer), "kitchen": ("#fbe7cf", "#d4b48a", _kitchen),
}
