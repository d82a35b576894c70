"""Setting a template with values."""

import io
import json
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, cast

import segno
import typst
from django.core.serializers.json import DjangoJSONEncoder

HOUSE = Path(__file__).parent / "house.typ"
PLAIN_NAME = re.compile(r"[a-z0-9-]+\.(svg|jpg|png|webp)")


def pdf(template: Path, values: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None,
        made_at: datetime | None = None, is_tagged: bool = True) -> bytes:
    """A tagged PDF as bytes (untagged only for a pile that goes to the printer: a fifth of the time). `values` are
    whatever JSON can hold (dates and lazy texts too); the template reads them by `json(bytes(sys.inputs.values))`.
    `pictures` are names ("qr.svg", "foto-1.jpg") and contents for `image()`.
    The same values and `made_at` give the same bytes. Raises ValueError for a picture's name that is a path,
    typst.TypstError for a mistake of the template."""
    return _set(template, values, pictures or {}, made_at, "pdf", is_tagged=is_tagged)[0]


def page_picture(template: Path, values: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None,
                 dots_per_inch: int = 144) -> bytes:
    """The first page of a template as PNG: a square to post, a poster to send on."""
    return _set(template, values, pictures or {}, None, "png", dots_per_inch)[0]


def code_picture(address: str) -> bytes:
    """The QR code of an address as SVG, for `pictures`."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue()


def _set(template: Path, values: Mapping[str, Any], pictures: Mapping[str, bytes], made_at: datetime | None,
         form: Literal["pdf", "png"], dots_per_inch: float = 144, is_tagged: bool = True) -> list[bytes]:
    told = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False)
    with TemporaryDirectory(prefix="paper-") as folder:
        root = Path(folder)
        shutil.copyfile(HOUSE, root / "house.typ")
        shutil.copyfile(template, root / "paper.typ")
        for name, content in pictures.items():
            if not PLAIN_NAME.fullmatch(name):
                raise ValueError(f"{name!r} is no plain name of a picture")
            (root / name).write_bytes(content)
        moment = (made_at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        # system fonts differ from machine to machine, the embedded ones do not
        made = typst.compile(root / "paper.typ", root=root, format=form, ppi=dots_per_inch, ignore_system_fonts=True,
                             sys_inputs={"values": told}, timestamp=moment, pdf_tags=is_tagged)
    return cast(list[bytes], made if isinstance(made, list) else [made])
