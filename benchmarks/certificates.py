"""500 certificates: issued with credentials, as one PDF and as a ZIP of single ones; how long verifying and
the public page take.

    python benchmarks/certificates.py        in a data folder of its own; prints JSON
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
N, MOST_SECONDS, MOST_MS = 500, 5.0, 50.0
BASE = "https://perpustakaan.contoh.go.id/"
sys.path[0] = str(ROOT)  # not this folder: its files are called what modules are called


def scene() -> tuple[object, object]:
    """An empty city with one batch of N drafts."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from datetime import date

    from simpul.certificates.actions import Award, Event, Material, prepare_batch
    from simpul.core import clock
    from simpul.core.actor import COMMAND
    from simpul.core.ids import new_id
    from simpul.libraries.models import City, Region

    region = Region.objects.create(id=Region.id_for("36.71"), code="36.71", name="Kota Tangerang", level=2)
    City.objects.create(region=region, name="Kota Tangerang")
    topics = ("Kebijakan dan replikasi mandiri", "Program inklusi sosial", "Layanan informasi", "Pelibatan masyarakat",
              "Manajemen perpustakaan berbasis masyarakat", "Advokasi", "TI dan pelaporan", "Rencana tindak lanjut")
    materials = tuple(Material(title, 2) for title in topics)
    event = Event(title="Bimbingan Teknis Replikasi Mandiri TPBIS", place="Gedung Perpustakaan Umum Daerah",
                  first_on=date(2024, 5, 20), last_on=date(2024, 5, 21), issuer_name="Dinas Perpustakaan dan Arsip Daerah",
                  pattern="421.9/{n:03}-DPAD/2024", signed_in="Tangerang", signer_role="Kepala Dinas")
    awards = [Award(name=f"Peserta Bimtek Nomor {n}, S.Pd.", key=f"p{n}", achievement="Pengelola Perpustakaan Inklusif",
                    criteria="Hadir pada seluruh sesi dan menyerahkan rencana tindak lanjut.", jp=16,
                    materials=materials) for n in range(N)]
    now = clock.now()
    return prepare_batch(event=event, awards=awards, by=COMMAND, at=now, id=new_id()), now


def made(batch: object, now: object) -> tuple[dict[str, float], float, dict[str, int], list[object]]:
    """Seconds by the clock of each piece, seconds of the processor of all, bytes, the certificates."""
    from django.urls import reverse

    from simpul.certificates.actions import issue_batch
    from simpul.certificates.models import Batch
    from simpul.certificates.printing import batch_pdf, batch_zip
    from simpul.core.actor import COMMAND
    from simpul.core.ids import new_id

    reverse("certificates:table")  # a server that answers has read its addresses long ago
    seconds: dict[str, float] = {}
    used = time.process_time()

    def timed(name: str, do: object) -> object:
        started = time.perf_counter()
        result = do()  # type: ignore[operator]
        seconds[name] = round(time.perf_counter() - started, 2)
        return result

    timed("issue_and_sign", lambda: issue_batch(batch=batch, by=COMMAND, at=now, id=new_id()))  # type: ignore[arg-type]
    row = Batch.objects.get(pk=batch.pk)  # type: ignore[attr-defined]
    rows = list(row.certificates.order_by("ordinal"))
    one = timed("one_pdf", lambda: batch_pdf(row, rows, BASE))
    many = timed("zip_of_pdfs", lambda: batch_zip(row, rows, BASE))
    return seconds, time.process_time() - used, {"pdf": len(one), "zip": len(many)}, list(rows)  # type: ignore[arg-type]


def median_ms(do: object, times: int = 20) -> float:
    took = []
    for _n in range(times):
        started = time.perf_counter()
        do()  # type: ignore[operator]
        took.append((time.perf_counter() - started) * 1000)
    return round(sorted(took)[times // 2], 1)


def verified(folder: Path, row: object, now: object) -> dict[str, float]:
    """A badge against a key file: in the process, as a command of its own, and the public page of a code."""
    from django.test import Client

    from simpul.certificates.actions.keys import export_keys
    from simpul.certificates.badges import keyfile
    from simpul.certificates.badges.verifying import verify
    from simpul.certificates.printing import badge
    from simpul.core.actor import COMMAND

    keys, png = export_keys(by=COMMAND, at=now).encode(), badge(row)  # type: ignore[arg-type]
    name, token = row.name, row.check_token  # type: ignore[attr-defined]
    browser = Client(headers={"host": "localhost"})

    def check() -> None:
        assert verify(png, keyfile.read(keys), now=now, name=name).state == "valid"  # type: ignore[arg-type]

    def page() -> None:
        assert browser.get(f"/sertifikat/{token}/").status_code == 200

    page()
    (folder / "keys.json").write_bytes(keys)
    (folder / "one.png").write_bytes(png)
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "simpul", "certificate", "verify", str(folder / "one.png"), "--keys",
                    str(folder / "keys.json"), "--json"], cwd=ROOT, check=True, capture_output=True)
    return {"verify_process_seconds": round(time.perf_counter() - started, 2), "verify_ms": median_ms(check),
            "public_page_ms": median_ms(page)}


def measure(folder: Path) -> dict[str, object]:
    batch, now = scene()
    seconds, used, size, rows = made(batch, now)
    told = verified(folder, rows[0], now)
    total = round(sum(seconds.values()), 2)
    return {"certificates": N, "seconds": seconds, "total_seconds": total, "processor_seconds": round(used, 2),
            "bytes": size, **told, "load_before": round(os.getloadavg()[0], 1),
            "holds": total < MOST_SECONDS and max(told["verify_ms"], told["public_page_ms"]) < MOST_MS}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="certificates-") as name:
        os.environ |= {"SIMPUL_DATA": name, "DJANGO_SETTINGS_MODULE": "simpul.config.settings"}
        print(json.dumps(measure(Path(name)), indent=2))
