"""The shell, its manifest and its service worker."""

import gzip
import re
from pathlib import Path

from django.core.files.base import ContentFile
from django.test import Client

from simpul.pocket.lean import LeanStaticFilesStorage, lean
from simpul.pocket.views import FILES, LOOKS, MODULES

BUDGET = 150 * 1024  # bytes of the whole app on the wire, and even unpacked


def test_the_shell_asks_for_nobody_and_has_no_inline_script(db: None) -> None:
    answer = Client().get("/telepon/")
    scripts = re.findall(r"<script([^>]*)>", answer.content.decode())
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
    assert scripts == [' id="kata" type="application/json"', ' type="module" src="/static/pocket/app.js"']
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_service_worker_keeps_all_of_the_app_and_changes_with_its_language(db: None) -> None:
    browser = Client()
    worker = browser.get("/telepon/sw.js")
    assert worker["Content-Type"] == "text/javascript"
    kept = re.findall(r'"(/[^"]*)"', worker.content.decode().split("KEPT = ")[1].split("]")[0].replace("\\u002D", "-"))

    assert {path.removeprefix("/static/pocket/") for path in kept if path.endswith(".js")} == set(MODULES)
    browser.cookies["django_language"] = "en"
    assert browser.get("/telepon/sw.js").content != worker.content


def test_what_is_served_is_the_lean_module(tmp_path: Path) -> None:
    storage = LeanStaticFilesStorage(location=str(tmp_path), base_url="/static/")
    module = ContentFile(b"// why\nlet a;\n")
    module.read()
    storage._save("pocket/a.js", module)
    storage._save("web/a.js", ContentFile(b"// why\nlet a;\n"))
    assert [(tmp_path / name).read_text() for name in ("pocket/a.js", "web/a.js")] == ["let a;\n", "// why\nlet a;\n"]


def test_every_import_of_a_module_is_a_file(db: None) -> None:
    for module in MODULES:
        for target in re.findall(r'from "(\.[^"]+)"', (FILES / module).read_text()):
            assert ((FILES / module).parent / target).resolve().relative_to(FILES).as_posix() in MODULES, (module, target)


def test_every_word_that_a_module_asks_for_is_given(db: None) -> None:
    from simpul.pocket.words import words
    given = set(words())
    for module in MODULES:
        asked = set(re.findall(r'\bt\("(\w+)"', (FILES / module).read_text()))
        assert asked - given == set(), module


def test_a_module_stays_readable() -> None:
    for module in MODULES:
        assert len((FILES / module).read_text().splitlines()) <= 400, module


def test_a_module_is_served_without_comments_and_no_text_spans_lines() -> None:
    assert lean('// why\nif (a) {\n  b("//c"); // because\n}\n') == 'if (a) {\nb("//c"); // because\n}\n'
    for module in MODULES:
        for line in (FILES / module).read_text().splitlines():
            assert line.count("`") % 2 == 0, (module, line)


def test_the_manifest_keeps_to_its_own_scope(db: None) -> None:
    manifest = Client().get("/telepon/manifest.webmanifest").json()
    assert (manifest["scope"], manifest["start_url"], manifest["id"]) == ("/telepon/",) * 3
    assert [icon["sizes"] for icon in manifest["icons"]] == ["192x192", "512x512", "512x512"]


def test_the_app_is_light(db: None) -> None:
    browser = Client()
    house = FILES.parents[2] / "web" / "static"
    own = [lean((FILES / module).read_text()).encode() for module in MODULES]
    own += [(FILES.parent / look if look.startswith("pocket") else house / look).read_bytes() for look in LOOKS]
    own += [browser.get(path).content for path in ("/telepon/", "/telepon/sw.js", "/telepon/manifest.webmanifest")]
    wire = sum(len(gzip.compress(part, 6)) for part in own)
    assert wire < BUDGET / 2
    assert sum(len(part) for part in own) < BUDGET
