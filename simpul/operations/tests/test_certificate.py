"""`certificate`: what a stranger's computer answers, and what the node does with its keys."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from simpul.certificates.actions import Award, Event, issue_batch, prepare_batch, revoke
from simpul.certificates.models import Certificate, SigningKey
from simpul.certificates.printing import badge, single_pdf
from simpul.core.actor import COMMAND
from simpul.core.ids import new_id
from simpul.libraries.models import City
from simpul.operations.command_line import main

AT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def certificate(city: City, settings: Any, tmp_path: Path) -> Certificate:
    settings.DATA = tmp_path / "data"
    event = Event(title="Bimtek", first_on=date(2024, 5, 20), last_on=date(2024, 5, 21), issuer_name="Dinas")
    batch = prepare_batch(event=event, awards=[Award("Rina", "one", "Pengelola", "Hadir", jp=16)], by=COMMAND, at=AT,
                          id=new_id())
    issue_batch(batch=batch, by=COMMAND, at=AT, id=new_id())
    return Certificate.objects.select_related("batch").get()


@pytest.fixture
def command(capsys: Any, monkeypatch: Any) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Run it in this process; exit code and the JSON it answered."""
    monkeypatch.setenv("SIMPUL_LANGUAGE", "en")

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = main(["certificate", *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


Run = Callable[..., tuple[int, dict[str, Any]]]


def test_three_kinds_of_file_are_verified(certificate: Certificate, command: Run, tmp_path: Path) -> None:
    keys = str(tmp_path / "keys.json")
    code, told = command("keys", "--export", keys)
    assert (code, told["keys"], told["revoked"]) == (0, 1, 0)
    for name, content in (("a.jwt", certificate.credential.encode() + b"\n"), ("a.png", badge(certificate)),
                          ("a.pdf", single_pdf(certificate, "https://contoh.go.id/"))):
        (tmp_path / name).write_bytes(content)
        code, told = command("verify", str(tmp_path / name), "--keys", keys, "--name", "Rina")
        assert (code, told["state"], told["certificate"]["jp"], told["name_is_right"]) == (0, "valid", 16, True)


def test_each_answer_has_its_exit_code_and_its_list_a_date(certificate: Certificate, command: Run, tmp_path: Path) -> None:
    keys, old = str(tmp_path / "keys.json"), str(tmp_path / "old.json")
    command("keys", "--export", old)
    revoke(certificate=certificate, reason="unearned", by=COMMAND, at=AT, id=new_id())
    command("keys", "--export", keys)
    good, head, body, signature = certificate.credential, *certificate.credential.split(".")
    (tmp_path / "good").write_text(good)
    (tmp_path / "bad").write_text(f"{head}.{body[:-4]}AAAA.{signature}")
    (tmp_path / "none").write_text("halo")
    found = {}
    for name, known in (("good", keys), ("good", old), ("bad", keys), ("none", keys)):
        code, told = command("verify", str(tmp_path / name), "--keys", known)
        assert datetime.fromisoformat(told["list_dated"]).tzinfo is not None
        found[name, Path(known).stem] = (code, told["state"])
    assert found == {("good", "keys"): (3, "revoked"), ("good", "old"): (0, "valid"), ("bad", "keys"): (5, "tampered"),
                     ("none", "keys"): (6, "unknown")}
    code, told = command("verify", str(tmp_path / "good"), "--keys", keys)
    assert (told["revocation"], told["since"]) == ("unearned", "2026-03-10T03:00:00Z")


def test_another_nodes_certificate_is_not_trusted(certificate: Certificate, command: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jwt").write_text(certificate.credential)
    SigningKey.objects.update(thumbprint="x" * 43)
    command("keys", "--export", str(tmp_path / "keys.json"))
    code, told = command("verify", str(tmp_path / "a.jwt"), "--keys", str(tmp_path / "keys.json"))
    assert (code, told["state"], told["reason"]) == (4, "not_trusted", "unknown_key")


def test_what_is_missing_or_broken_is_said(certificate: Certificate, command: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jwt").write_text(certificate.credential)
    (tmp_path / "keys.json").write_text("{}")
    file = str(tmp_path / "a.jwt")
    for words, code, error in (
            (("verify", file), 2, "file_missing"), (("verify", file, "--keys", "/nicht/da"), 2, "unreadable"),
            (("verify", file, "--keys", str(tmp_path / "keys.json")), 1, "bad_keys_format"),
            (("keys", "--withdraw", "abcdefgh"), 1, "unknown_key"),
            (("keys", "--withdraw", SigningKey.objects.get().thumbprint), 2, "because_missing"),
            (("keys", "--withdraw", SigningKey.objects.get().thumbprint, "--because", "x", "--from", "morgen"), 2, "wrong_time"),
            (("keys", "--export", str(tmp_path / "nicht" / "da")), 1, "unwritable")):
        told = command(*words)
        assert (told[0], told[1]["error"]["code"]) == (code, error)


def test_keys_are_changed_withdrawn_and_listed(certificate: Certificate, command: Run, tmp_path: Path) -> None:
    first = SigningKey.objects.get()
    assert command("keys", "--rotate")[0] == 0
    code, told = command("keys", "--withdraw", first.thumbprint[:8], "--from", "2026-03-11T00:00+07:00", "--because", "dicuri")
    assert (code, told["withdrawn"]) == (0, first.kid)
    listed = command("keys")[1]["keys"]
    assert [bool(key["withdrawn_from"]) for key in listed] == [True, False]
    (tmp_path / "a.jwt").write_text(certificate.credential)
    command("keys", "--export", str(tmp_path / "keys.json"))
    assert command("verify", str(tmp_path / "a.jwt"), "--keys", str(tmp_path / "keys.json"))[0] == 0


def test_verifying_needs_no_node(certificate: Certificate, command: Run, tmp_path: Path) -> None:
    """A process of its own with an impossible database and a data folder that cannot be made."""
    (tmp_path / "a.jwt").write_text(certificate.credential)
    command("keys", "--export", str(tmp_path / "keys.json"))
    done = subprocess.run(
        [sys.executable, "-m", "simpul", "certificate", "verify", str(tmp_path / "a.jwt"), "--keys",
         str(tmp_path / "keys.json")], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "SIMPUL_DATA": "/proc/nowhere", "DATABASE_URL": "mysql://x", "SIMPUL_LANGUAGE": "id"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("SAH: ditandai kunci yang dikenal")
    assert "bukan tanda tangan elektronik tersertifikasi" in done.stdout
