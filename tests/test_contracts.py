"""The import contracts know the whole house, and every app keeps the small promises that others discover."""

import tomllib
from pathlib import Path

from django.apps import apps
from django.core.management import call_command

from simpul.core import measure, schedule

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
OURS = {app.name.removeprefix("simpul.") for app in apps.get_app_configs() if app.name.startswith("simpul.")}


def test_every_app_has_its_floor() -> None:
    floors = {name.strip(" ()") for layer in CONTRACTS[0]["layers"] for name in layer.split("|")}
    assert sorted(OURS - floors) == []


def test_every_app_with_tables_and_pages_has_its_rooms_watched() -> None:
    watched = {name.removeprefix("simpul.") for name in CONTRACTS[1]["containers"]}
    assert sorted(OURS - watched - {"core", "web", "operations"}) == []


def test_measures_are_countable(db: None) -> None:
    """Each can be asked by every field that it names; a wrong name is a FieldError."""
    for found in measure.discover().values():
        assert found.total(found.rows()) == 0
        for field in (found.date, found.library, *found.disaggregations.values()):
            assert found.by(found.rows(), field) == [], found.name


def test_what_falls_due_has_a_name_of_its_app_and_time_to_breathe() -> None:
    due = schedule.discover()
    assert [name for name in due if name.split(".")[0] not in OURS] == []
    assert [name for name, item in due.items() if item.every.total_seconds() < 60] == []


def test_django_finds_nothing_to_complain_about(db: None) -> None:
    call_command("check", fail_level="WARNING")
