"""Two nodes exchange, adapt and upgrade a kit: two data folders, the command line, files in between."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from simpul.kits.shipped import FOLDER, object_id
from simpul.libraries.models import City

ROOT = Path(__file__).resolve().parents[3]
RUN = ("import json, sys\nfrom simpul.operations.command_line import main\n"
       "for words in json.loads(sys.argv[1]):\n    code = main(['kit', *words, '--json'])\n    print('code', code)")
URI, FORK = "urn:simpul:kit:bimtek-tpbis", "urn:simpul:kit:serang"


class Node:
    """A data folder with a city; each turn is one process that runs a few commands."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir()
        self.folder = folder
        copy, tables = sqlite3.connect(folder / "simpul.sqlite3"), sqlite3.connect(connection.settings_dict["NAME"])
        tables.backup(copy)  # what is committed: the tables; a backup waits for ever for a transaction under way
        for table in ("libraries_region", "libraries_city"):
            with connection.cursor() as cursor:
                rows = cursor.execute(f"SELECT * FROM {table}").fetchall()
                copy.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        copy.execute("UPDATE libraries_city SET name = ?", [name])
        copy.commit()
        copy.close()
        tables.close()

    def kit(self, *turn: tuple[str, ...]) -> list[tuple[int, dict[str, Any]]]:
        environment = {key: value for key, value in os.environ.items() if key not in (
            "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SIMPUL_TEST_DATA")}
        done = subprocess.run([sys.executable, "-c", RUN, json.dumps(turn)], cwd=ROOT, capture_output=True, text=True,
                              env=environment | {"SIMPUL_DATA": str(self.folder), "SIMPUL_LANGUAGE": "id"})
        lines = done.stdout.splitlines()
        assert len(lines) == 2 * len(turn), done.stderr
        return [(int(code.split()[1]), json.loads(told)) for told, code in zip(lines[::2], lines[1::2], strict=True)]


def newer_folder(folder: Path) -> Path:
    """The shipped kit as its makers wrote it a year later: a session's notes and one step's words changed."""
    folder.mkdir()
    for path in (FOLDER / "bimtek-tpbis").glob("*.toml"):
        text = path.read_text("utf-8")
        if path.name == "kit.toml":
            text = text.replace('version = "1.0.0"\ntitle', 'version = "1.1.0"\ntitle')
        text = text.replace('speaker = "Pustakawan dinas"', 'speaker = "Pustakawan dan seorang warga"')
        text = text.replace("Lima tim mencoba, masing-masing satu menit", "Empat tim mencoba, masing-masing dua menit")
        (folder / path.name).write_text(text, "utf-8")
    return folder


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the nodes are SQLite folders; once is enough")
def test_two_nodes_exchange_adapt_and_upgrade_a_kit(city: City, tmp_path: Path) -> None:
    tangerang, serang = Node(tmp_path / "tangerang", "Kota Tangerang"), Node(tmp_path / "serang", "Kota Serang")
    first, own, second, key = (str(tmp_path / name) for name in ("a.kit.zip", "b.kit.zip", "c.kit.zip", "key.jwk"))

    advocacy = object_id(URI, "session", "07-advokasi")

    (code, _made), (_code, _done) = tangerang.kit(("install", "--shipped", "bimtek-tpbis"), ("export", URI, first))
    assert code == 0

    told = serang.kit(
        ("inspect", first), ("preview", first), ("install", first), ("trust", first, "--fingerprint", "0000"),
        ("trust", first, "--fingerprint", _fingerprint(first)), ("install", first), ("show", URI),
        ("adapt", URI, advocacy, "--field", "notes", "--text", "Undang Camat, bukan Lurah."),
        ("adapt", URI, advocacy, "--field", "steps/main/how", "--text", "Camat menjawab."),
        ("export", URI, own, "--as", FORK, "--title", "Bimtek Serang"))
    assert [code for code, _told in told] == [0, 0, 1, 1, 0, 0, 0, 0, 0, 0]
    inspected, preview, refused = (facts for _code, facts in told[:3])
    assert (inspected["id"], inspected["objects"]["session"], preview["is_trusted"]) == (URI, 11, False)
    assert (len(preview["report"]["added"]), refused["error"]["code"]) == (62, "not_trusted")
    session = next(one for one in told[6][1]["objects"] if one["id"] == advocacy)
    assert (session["content"]["title"], session["origin"]["kit"]) == ("Advokasi", URI)

    told = tangerang.kit(
        ("inspect", own), ("keygen", key), ("build", str(newer_folder(tmp_path / "new")), second, "--key", key, "--by", "Simpul"),
        ("trust", own, "--fingerprint", _fingerprint(own)), ("install", own), ("list",))
    assert [code for code, _told in told] == [0] * 6
    fork = told[0][1]
    assert (fork["derivedFrom"]["id"], [one["name"] for one in fork["credits"]]) == (
        URI, ["Simpul", "Dinas Perpustakaan dan Arsip Daerah Kota Serang"])
    assert (told[2][1]["version"], sorted(one["id"] for one in told[5][1]["kits"])) == ("1.1.0", [URI, FORK])

    _upgrade(serang, first, second, advocacy)


def _upgrade(serang: Node, first: str, second: str, advocacy: str) -> None:
    """The newer version meets what was adapted; the older one is refused."""
    told = serang.kit(("trust", second, "--fingerprint", _fingerprint(second)), ("preview", second),
                      ("upgrade", second), ("conflicts", URI), ("decide", URI, "--keep", "theirs"), ("show", URI),
                      ("upgrade", first))
    (_t, _trusted), (_p, preview), (_u, upgrade), (_c, conflicts), (_d, decided), (_s, shown), (down, downgrade) = told
    assert (preview["installed"], preview["report"]) == ("1.0.0", upgrade["report"])
    assert [(one["title"], one["fields"]) for one in upgrade["report"]["kept"]] == [("Advokasi", ["notes"])]
    assert [(one["field"], one["ours"]) for one in conflicts["conflicts"]] == [("steps/main/how", "Camat menjawab.")]
    content = next(one["content"] for one in shown["objects"] if one["id"] == advocacy)
    main = next(step["how"] for step in content["steps"] if step["key"] == "main")
    assert (decided["decided"], content["notes"], "Empat tim mencoba" in main) == (1, "Undang Camat, bukan Lurah.", True)
    assert (down, downgrade["error"]["code"]) == (1, "downgrade")


def _fingerprint(path: str) -> str:
    from simpul.kits.package import read

    return read(Path(path).read_bytes()).fingerprint
