"""Writes a page for each indicator that has a definition file, into docs/indicators/.

usage: python tools/indicator_pages.py            (a test fails where a page is not what this writes)
"""

import os
import sys
from pathlib import Path
from typing import Any

CODE = Path(__file__).resolve().parents[1]
FOLDER = CODE / "docs" / "indicators"


def pages() -> dict[str, str]:
    """File name → text: one page an indicator, and the list of them."""
    from simpul.indicators.definitions import indicators

    defined = [one for one in indicators().values() if one.path]
    made = {f"{one.id}.md": _page(one) for one in defined}
    rows = "\n".join(f"| [{one.id}]({one.id}.md) | {one.now.names['id']} | {one.now.names['en']} | {one.now.units['en']} |"
                     for one in defined)
    made["README.md"] = ("# Indicators\n\nWritten from `simpul/indicators/definitions/` by `tools/indicator_pages.py`. Every "
                         "measure without a definition of its own is an indicator too: its sum.\n\n"
                         f"| Id | Nama | Name | Unit |\n| --- | --- | --- | --- |\n{rows}\n")
    return made


def _page(indicator: Any) -> str:
    parts = [f"# {indicator.now.names['en']} ({indicator.now.names['id']})\n"]
    for version in indicator.versions:
        valid = f", from {version.valid_from}" if version.valid_from else ""
        until = f" until {version.valid_until}" if version.valid_until else ""
        parts += [f"## Version {version.number}{valid}{until}\n", f"{version.meanings['en']}\n", f"{version.meanings['id']}\n",
                  "| | |\n| --- | --- |", f"| Unit | {version.units['en']} ({version.units['id']}) |",
                  f"| Counted | {' + '.join(_term(term) for term in version.numerator)} |",
                  f"| Of how many | {_below(version)} |", f"| Multiplied by | {version.multiplier} |",
                  f"| Over time | {version.over_time} |", f"| Over place | {version.over_place} |",
                  f"| Broken down by | {', '.join(version.by) or '–'} |",
                  f"| ISO 2789 | {version.standards['iso_2789']} |",
                  *(f"| {form.upper().replace('_', '-')} {name} | {told} |"
                    for form in ("ms_keg", "ms_var", "ms_ind") for name, told in version.standards[form].items()), ""]
    parts.append("## Scenarios\n")
    parts += [f"- {one['says']}." for one in indicator.scenarios]
    return "\n".join(parts) + "\n"


def _term(term: Any) -> str:
    name = f"fact `{term.fact}`" if term.fact else f"`{term.measure}`"
    where = " and ".join(f"{key} in {', '.join(values)}" for key, values in term.where.items())
    words = ["different people in" if term.is_people else "", name, f"where {where}" if where else "",
             "of all time until the period's end" if term.is_stock else "", f"× {term.times}" if term.times != 1 else ""]
    return " ".join(word for word in words if word)


def _below(version: Any) -> str:
    if version.denominator is None:
        return "–"
    return f"{version.denominator.kind}: " + (" + ".join(_term(term) for term in version.denominator.terms)
                                              or version.denominator.name or "all")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
    sys.path.insert(0, str(CODE))
    import django

    django.setup()
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
