"""Papers set what was typed, letter by letter."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from simpul.files.papers import code_picture, page_picture, pdf

TEMPLATE = """#import "house.typ": *
#let v = json(bytes(sys.inputs.values))
#show: paper.with(title: v.title)
#letterhead(v.title)
#facts((("Nama", v.name),))
#image("qr.svg", width: 2cm)
#sheet((1fr, 1fr), ("A", "B"), ((v.name, "2"),))
#signatures("Tangerang, 1 Mei 2024", ((role: "Lurah", name: ""),))
"""
HOSTILE = "=HYPERLINK(1) #panic() <img onerror=x> $x$ *b* @a \\u{0}"
AT = datetime(2024, 5, 20, 3, tzinfo=UTC)


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "paper.typ"
    path.write_text(TEMPLATE)
    return path


def test_a_hostile_text_is_only_a_text(template):
    values = {"title": HOSTILE, "name": HOSTILE}

    made = pdf(template, values, pictures={"qr.svg": code_picture("https://simpul.example/x")}, made_at=AT)

    assert made[:5] == b"%PDF-"
    assert made == pdf(template, values, pictures={"qr.svg": code_picture("https://simpul.example/x")}, made_at=AT)


def test_the_first_page_is_a_picture(template):
    made = page_picture(template, {"title": "Poster", "name": "x"}, pictures={"qr.svg": code_picture("https://a.b/c")},
                        dots_per_inch=36)

    assert Image.open(BytesIO(made)).size == (298, 421)


@pytest.mark.parametrize("name", ["../x.svg", "/etc/passwd", "house.typ", "a/b.jpg", ""])
def test_a_picture_has_a_plain_name(template, name):
    with pytest.raises(ValueError, match="plain name"):
        pdf(template, {}, pictures={name: b""})
