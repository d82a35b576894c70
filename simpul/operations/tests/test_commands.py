"""The command line as a person and as a machine use it."""

import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simpul.accounts.models import Account
from simpul.operations.commands import COMMANDS, load
from simpul.operations.tests.conftest import CODE, Node, Said, environment_of

Run = Callable[..., Said]


def test_the_libraries_are_listed_for_machines(simpul: Run, library: Any, other_library: Any) -> None:
    said = simpul("libraries", "--json")
    assert said.code == 0
    assert [(row["code"], row["name"], row["kind"], row["region"]) for row in said.json["libraries"]] == [
        ("L001", "Perpustakaan Kelurahan Sukasari", "village", "36.71.01.1007"),
        ("L002", "TBM Melati", "tbm", "36.71.01.1002")]
    assert [row["code"] for row in simpul("libraries", "--kind", "tbm", "--json").json["libraries"]] == ["L002"]


def test_set_up_again_changes_nothing_and_another_city_is_refused(simpul: Run, city: Any, library: Any) -> None:
    assert simpul("setup", "--city", "36.71", "--yes", "--json").json == {
        "city": {"code": "36.71", "name": "Kota Tangerang"}, "libraries": 1, "is_new": False}
    other = simpul("setup", "--city", "31.71", "--yes", "--json")
    assert (other.code, other.json["error"]["code"]) == (1, "city_is_set_up")


def test_an_unknown_city_is_answered_with_its_neighbours(simpul: Run) -> None:
    said = simpul("setup", "--city", "36.79", "--yes")
    assert said.code == 2
    assert "36.71 Kota Tangerang" in said.err


@pytest.mark.parametrize(("arguments", "exit_code", "says"), [
    (["librarie"], 2, "Do you mean “libraries”?"),
    (["libraries", "--colour"], 2, "unrecognized arguments: --colour"),
    (["setup", "--city", "36.71"], 2, "Nobody is here to answer."),
    (["import", "marc", "/nowhere.mrc", "--library", "L001"], 1, "There is no file /nowhere.mrc."),
    (["import", "marc", "/", "--library", "L001"], 1, "/ is a folder, not a file."),
    (["import", "marc", __file__, "--library", "L0999"], 1, "There is no library with the code L0999."),
    (["import", "sheet", __file__, __file__, "--library", "L001"], 2, "One file at a time"),
    (["import", "loans"], 2, "Say which file"),
    (["import", "marc", "--template"], 2, "There is a template of visits, loans, activities and attendance"),
    (["export", "csv", "--library", "Sukasari"], 1, "Near it: L001 (Perpustakaan Kelurahan Sukasari)."),
    (["export", "csv", "--library", "L001", "--json"], 2, ""),
    (["account", "create"], 2, "Say --role"),
    (["account", "create", "--role", "librarian"], 2, "say --library CODE"),
    (["account", "create", "--role", "coordinator", "--library", "L001"], 2, "leave --library out"),
    (["account", "reset"], 2, "Say --phone"),
    (["account", "reset", "--phone", "0812000"], 1, "There is no account with 0812000."),
    (["token", "create", "--library", "L001"], 2, "Say --name"),
    (["token", "revoke", "--library", "L001", "--name", "x"], 1, "has no open token “x”"),
    (["schedule", "run", "--only", "nothing"], 2, "Nothing of the name nothing falls due."),
    (["serve", "--port", "99999"], 2, "PORT must be a number"),
    (["restore", __file__], 1, "is no backup of Simpul"),
])
def test_a_mistake_gets_a_sentence_and_never_a_traceback(
        simpul: Run, library: Any, arguments: list[str], exit_code: int, says: str,
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    said = simpul(*arguments)
    assert said.code == exit_code, said.err
    assert says in said.err


def test_a_mistake_is_one_json_object_for_machines(simpul: Run, library: Any) -> None:
    said = simpul("token", "list", "--library", "L009", "--json")
    assert said.code == 1
    assert said.err == ""
    assert said.json["error"]["code"] == "unknown_library"
    assert said.json["error"]["hint"].startswith("Near it: L001")


def test_an_invitation_is_a_link(simpul: Run, library: Any) -> None:
    said = simpul("account", "create", "--role", "librarian", "--library", "l001", "--json",
                  "--address", "https://perpus.example.id/")
    assert said.code == 0, said.err
    assert said.json["link"].startswith("https://perpus.example.id/undangan/")
    assert (said.json["role"], said.json["library"]) == ("librarian", "L001")


def test_a_forgotten_password_gets_a_link_however_the_number_is_written(simpul: Run, librarian: Account) -> None:
    assert librarian.phone
    said = simpul("account", "reset", "--phone", librarian.phone.replace("+62", "0"), "--json")
    assert said.code == 0, said.err
    assert "/undangan/" in said.json["link"]


def test_a_token_is_shown_once_and_can_be_revoked(simpul: Run, library: Any) -> None:
    made = simpul("token", "create", "--library", "L001", "--name", "Gate", "--json").json
    assert len(made["token"]) > 30
    listed = simpul("token", "list", "--library", "L001", "--json").json["tokens"]
    assert [(token["id"], token["name"]) for token in listed] == [(made["id"], "Gate")]
    assert simpul("token", "revoke", "--library", "L001", "--name", "Gate").code == 0
    assert simpul("token", "list", "--library", "L001", "--json").json == {"tokens": []}


def test_the_journal_is_verified(simpul: Run, library: Any) -> None:
    simpul("token", "create", "--library", "L001", "--name", "Gate")
    assert simpul("journal", "verify", "--json").json == {"lines": 1, "holds": True, "faults": []}
    from simpul.core.models import JournalLine

    JournalLine.objects.update(verb="loan.lent")
    said = simpul("journal", "verify", "--json")
    assert (said.code, said.json["holds"], len(said.json["faults"])) == (1, False, 1)


def test_indonesian_is_spoken_unless_english_is_asked_for(simpul: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert simpul("journal", "verify").out == "0 lines, the chain holds.\n"
    monkeypatch.setenv("SIMPUL_LANGUAGE", "id")
    assert simpul("journal", "verify").out != "0 lines, the chain holds.\n"


@pytest.mark.parametrize("kind", ["visits", "loans", "activities", "attendance"])
def test_a_template_of_the_past_comes_in_as_it_was_printed(
        simpul: Run, library: Any, tmp_path: Path, settings: Any, kind: str) -> None:
    settings.DATA = tmp_path
    table = tmp_path / "tabel.csv"
    table.write_text(simpul("import", kind, "--template").out)
    told = simpul("import", kind, str(table), "--library", "L001", "--json").json
    assert {name: told[name] for name in ("read", "added", "refused")} == {"read": 0, "added": 0, "refused": 0}


def test_the_schedule_is_listed(simpul: Run) -> None:
    assert "operations.imports" in [due["name"] for due in simpul("schedule", "list", "--json").json["due"]]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(simpul: Run, name: str) -> None:
    said = simpul(name, "--help")
    assert said.code == 0
    assert load(name).example in said.out
    assert "--json" in said.out


def test_the_overview_names_every_command(simpul: Run) -> None:
    told = simpul("--help").out
    assert [name for name in COMMANDS if f"\n  {name} " not in told] == []


def test_a_data_folder_without_a_node_says_what_to_do_and_stays_empty(tmp_path: Path) -> None:
    said = Node(tmp_path / "data", environment_of(tmp_path / "data", None)).simpul("libraries")
    assert said.returncode == 1
    assert "bin/simpul setup" in said.stderr
    assert not (tmp_path / "data" / "simpul.sqlite3").exists()


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    node = Node(tmp_path / "data", environment_of(tmp_path / "data", None))
    said = node.simpul("libraries", SIMPUL_HTTPS="yes")
    assert (said.returncode, said.stderr) == (1, "SIMPUL_HTTPS must be 0 or 1, not 'yes'\n")


def test_the_entrance_works_from_any_folder_and_adds_little(tmp_path: Path) -> None:
    """What bin/simpul does before Simpul itself starts: compare the lock with the stamp."""
    if not (CODE / ".venv" / "simpul-locks.json").exists():
        pytest.skip("this checkout's .venv was not made by bin/simpul")
    sys.path.insert(0, str(CODE / "bin"))
    try:
        import _house  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    began = time.perf_counter()
    assert _house.environment("requirements.lock").exists()
    assert time.perf_counter() - began < 0.1


def test_bin_files_can_be_read_by_an_old_python_so_that_it_can_say_so() -> None:
    """Syntax of 3.8; what is not there fails only where it is used."""
    import ast

    for name in ("_house.py", "demo", "simpul", "test"):
        ast.parse((CODE / "bin" / name).read_text(), feature_version=(3, 8))


def test_bin_demo_and_bin_simpul_need_nothing_installed(tmp_path: Path) -> None:
    """They import the standard library only: an isolated interpreter can load them."""
    code = f"import sys; sys.path.insert(0, {str(CODE / 'bin')!r}); import _house; print(len(sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
