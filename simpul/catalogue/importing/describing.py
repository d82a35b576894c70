"""Derive a title's description again from what a library brought."""

import json

from simpul.catalogue.importing.drafts import Description, Maker, Number
from simpul.catalogue.importing.marc import describe, iso2709, marcxml
from simpul.catalogue.importing.marc.record import Broken
from simpul.catalogue.models import SourceRecord


def describe_again(source: SourceRecord) -> Description | None:
    """What this source record says; None where it can no longer be read."""
    content = bytes(source.content)
    try:
        if source.form == SourceRecord.Form.MARC21:
            return describe.describe(iso2709.parse(content))
        if source.form == SourceRecord.Form.MARCXML:
            return describe.describe(marcxml.parse(content, "utf-8"))
        if source.form == SourceRecord.Form.DESK:
            return from_json(content)
        return _from_columns(source.form, json.loads(content))
    except (Broken, ValueError, KeyError, TypeError):
        return None


def _from_columns(form: str, columns: dict[str, str]) -> Description | None:
    from simpul.catalogue.importing.sheet import columns as sheet
    from simpul.catalogue.importing.slims import describe as slims

    return slims.describe(columns) if form == SourceRecord.Form.SLIMS else sheet.describe(columns)


def to_json(description: Description) -> bytes:
    """A description entered at the desk, as it is kept."""
    said = {name: getattr(description, name) for name in description.__dataclass_fields__
            if name not in ("makers", "subjects", "numbers", "links")}
    said |= {"makers": [[m.name, m.role, m.is_body] for m in description.makers], "subjects": description.subjects,
             "numbers": [[n.kind, n.value, n.is_valid] for n in description.numbers]}
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def from_json(content: bytes) -> Description:
    said = json.loads(content)
    makers = [Maker(*m) for m in said.pop("makers")]
    numbers = [Number(*n) for n in said.pop("numbers")]
    return Description(**said, makers=makers, numbers=numbers)
