"""Doctor names what is wrong, and nothing where nothing is."""

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from simpul.accounts.models import Account
from simpul.core.ids import new_id
from simpul.core.models import JournalLine, NodeSetting
from simpul.files.models import StoredFile
from simpul.files.storage import path_of
from simpul.operations import findings
from simpul.operations.findings import Level
from simpul.operations.tests.conftest import Said


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA, settings.FILES_ROOT, settings.BACKUPS_ROOT = tmp_path, tmp_path / "files", tmp_path / "backups"
    return tmp_path


def test_a_healthy_node_is_well(simpul: Callable[..., Said], data: Path) -> None:
    said = simpul("doctor", "--json")
    assert (said.code, said.json["is_well"]) == (0, True), said.out
    levels = {finding["name"]: finding["level"] for finding in said.json["findings"]}
    assert len(levels) == len(findings.CHECKS) + 1  # and what the app of the phones looks at itself
    assert levels["phones"] == "good"
    assert sorted(name for name, level in levels.items() if level != "good" and name != "disk") == ["backup", "server"]
    assert simpul("doctor", "--strict").code == 1


def test_every_bad_finding_says_what_to_do(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> findings.Finding:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(findings, "CHECKS", (broken,))
    found = [finding for finding in findings.findings() if finding.name != "phones"]
    assert [(f.name, f.level, f.text) for f in found] == [("broken", Level.BAD, "RuntimeError: the disk is gone")]
    assert found[0].advice


@pytest.mark.parametrize(("free", "level"), [(49, Level.BAD), (51, Level.WARNING), (501, Level.GOOD)])
def test_a_disk_that_fills_up(free: int, level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings.shutil, "disk_usage",
                        lambda path: SimpleNamespace(free=free * findings.MB, total=1000 * findings.MB))
    assert findings.disk().level == level


def test_an_altered_journal(simpul: Callable[..., Said], library: Any) -> None:
    simpul("token", "create", "--library", "L001", "--name", "Gate")
    assert findings.journal_chain().level == Level.GOOD
    JournalLine.objects.update(facts={"n": 2})
    assert findings.journal_chain().level == Level.BAD


def test_titles_that_cannot_be_found(make_title: Callable[..., Any]) -> None:
    assert findings.search_index().level == Level.GOOD
    make_title()  # written past the catalogue's action, so not indexed
    assert findings.search_index().level == Level.WARNING


def test_stored_files_that_are_missing_or_altered(library: Any, at: datetime) -> None:
    rows = [StoredFile.objects.create(id=new_id(), library_id=library.pk, kind="picture", media_type="image/jpeg",
                                      given_name="a.jpg", sha256=hashlib.sha256(b"a").hexdigest(), size=1, stored_at=at)
            for _n in range(3)]
    for row, content in zip(rows, (b"a", b"b"), strict=False):
        path_of(row.pk).parent.mkdir(parents=True, exist_ok=True)
        path_of(row.pk).write_bytes(content)
    with translation.override("en"):
        found = findings.files()
    assert (found.level, found.text) == (Level.BAD, "of 3 files looked at 1 are missing and 1 altered")


def test_a_clock_behind_the_journal(db: None, at: datetime) -> None:
    assert findings.clock_().level == Level.GOOD
    line = JournalLine.objects.create(id=new_id(), verb="x.y", by_kind="command", happened_at=at, fingerprint="0")
    JournalLine.objects.filter(pk=line.pk).update(recorded_at=datetime.now(UTC) + timedelta(hours=1))
    assert findings.clock_().level == Level.BAD


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_secret_key_that_others_can_read(data: Path) -> None:
    (data / "secret_key").write_text("x")
    (data / "secret_key").chmod(0o644)
    assert (findings.secret_key().level, findings.secret_key().advice) == (
        Level.BAD, f"chmod 600 {data / 'secret_key'}")
    (data / "secret_key").chmod(0o600)
    assert findings.secret_key().level == Level.GOOD


def test_demonstration_accounts_are_a_danger_on_a_public_node(librarian: Account, settings: Any) -> None:
    assert findings.demonstration().level == Level.GOOD
    Account.objects.update(is_demonstration=True)
    assert findings.demonstration().level == Level.WARNING
    settings.HOST = "perpus.example.id"
    assert findings.demonstration().level == Level.BAD


def test_a_task_that_failed(db: None) -> None:
    NodeSetting.objects.create(name="schedule.people.x", value={"began_at": "2026-03-10T03:00:00+00:00", "error": "no"})
    assert findings.schedule_().level == Level.WARNING


def test_an_old_backup(data: Path) -> None:
    assert findings.backup_age().level == Level.WARNING
    (data / "backups").mkdir()
    saved = data / "backups" / "simpul.zip"
    saved.touch()
    assert findings.backup_age().level == Level.GOOD
    old = (datetime.now(UTC) - timedelta(days=8)).timestamp()
    os.utime(saved, (old, old))
    assert findings.backup_age().level == Level.WARNING
