"""Documentation that tests keep true."""

import re
from pathlib import Path

from django.apps import apps

from simpul.core.actor import Role
from simpul.operations.commands import COMMANDS, load

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def test_every_model_has_its_word_in_the_glossary() -> None:
    rows = [line.split("|") for line in (DOCS / "glossary.md").read_text().splitlines() if line.startswith("| ")]
    told = {cell.strip().strip("`") for row in rows for cell in row}
    models = {model._meta.label for app in apps.get_app_configs() if app.name.startswith("simpul.")
              for model in app.get_models()}
    assert sorted(models - told) == [], "a row of docs/glossary.md names each model as `app.Model`"
    assert sorted(word for word in told if re.fullmatch(r"[a-z]+\.[A-Z]\w+", word) and word not in models) == []


def test_every_glossary_row_has_four_cells_and_says_something() -> None:
    rows = [line for line in (DOCS / "glossary.md").read_text().splitlines() if line.startswith("| ")]
    assert len(rows) > 40
    assert [row for row in rows if row.count("|") != 5] == []
    assert [row for row in rows if not row.split("|")[4].strip()] == []


def test_every_command_is_documented_with_its_example_and_options() -> None:
    text = (DOCS / "commands.md").read_text()
    parts = {match[1]: match[0] for match in re.finditer(r"^## `(\w+)`$.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)}
    assert sorted(parts) == sorted(COMMANDS)
    missing = []
    for name in COMMANDS:
        command = load(name)
        if command.example not in parts[name]:
            missing.append(f"{name}: {command.example}")
        missing += [f"{name}: {option}" for option in options_of(command) if f"`{option}" not in parts[name]]
    assert missing == []


def options_of(command: object) -> list[str]:
    """Its options for people, in their order."""
    import argparse

    parser = argparse.ArgumentParser(add_help=False)
    command.add_arguments(parser)  # type: ignore[attr-defined]
    return [action.option_strings[0] for action in parser._actions
            if action.option_strings and action.help != argparse.SUPPRESS]


def settings_read() -> set[str]:
    """Names of environment variables that the house reads."""
    pattern = re.compile(r"""(?:environ\.get\(|environ\[|_flag\(|_number\()\s*["']([A-Z][A-Z_]+)["']""")
    sources = [*(ROOT / "simpul").rglob("*.py"), ROOT / "bin" / "_house.py"]
    found = {name for path in sources if "tests" not in path.parts for name in pattern.findall(path.read_text())}
    return {name for name in found if name.startswith("SIMPUL_") or name in ("PORT", "DATABASE_URL")}


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (DOCS / "settings.md").read_text(), re.MULTILINE))
    internal = {"SIMPUL_ATTENDS", "SIMPUL_TEST_DATA"}
    assert sorted(settings_read() - internal - documented) == []
    assert sorted(documented - settings_read()) == []


def test_every_role_is_explained() -> None:
    text = (DOCS / "glossary.md").read_text()
    assert [role.value for role in Role if f"| {role.value} " not in text] == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text()):
            if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert broken == []


def test_decisions_are_short_and_have_a_status() -> None:
    bad = []
    for path in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        text = path.read_text()
        if "Status" not in text or len(text.split()) > 400:
            bad.append(f"{path.name}: {len(text.split())} words")
    assert bad == []


def test_every_indicator_has_its_page_as_its_definition_says() -> None:
    from tools.indicator_pages import pages

    folder = DOCS / "indicators"
    wrong = [name for name, text in pages().items() if not (folder / name).exists() or (folder / name).read_text() != text]
    extra = sorted({path.name for path in folder.glob("*.md")} - set(pages()))
    assert (wrong, extra) == ([], []), "run python tools/indicator_pages.py"
