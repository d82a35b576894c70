"""The kit of the two-day bimtek a year ago, adapted, upgraded with one question left; a kit of another city that waits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc.jwk import OKPKey

from simpul.core.actor import COMMAND
from simpul.core.clock import JAKARTA
from simpul.core.ids import derived_id
from simpul.core.models import reference
from simpul.kits.actions import adapt_item, add_item, adopt_kit, bring_kit, install_kit, install_shipped, trust_key
from simpul.kits.models import Kit, PartDone
from simpul.kits.package import Draft, write
from simpul.kits.package.writing import sign_with
from simpul.kits.queries import CARRIED_OUT
from simpul.kits.shipped import FOLDER, folder, object_id
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.writing import insert
from simpul.training.models import Workshop

KEY, MAKERS, NEIGHBOURS = "bimtek-tpbis", "Tim Kit Replikasi (demo)", "Dinas Perpustakaan Kota Contoh (demo)"
ROOT = UUID(int=SEED + 71)
NOTES = """Undang juga sekretaris kelurahan: di kota kami dialah yang menyusun usulan.

Minta setiap tim membawa satu angka dari simpulnya sendiri, bukan dari ingatan.

Ingatkan tanggal musyawarah kelurahan tahun ini sebelum bermain peran."""


def record(libraries: Sequence[Library], today: date) -> None:
    """Three versions of one story; everything by the actions themselves."""
    first = today - timedelta(days=330)
    head, drafts = folder(FOLDER / KEY)
    trust_key(x=_x(1), name=MAKERS, **_who("trust", first))
    kit = install_kit(content=_older(head, drafts), **_who("old", first)).kit
    _adapt(kit, head.id, first + timedelta(days=10))
    used = _adopt(kit, libraries, first + timedelta(days=20))
    release = install_shipped(key=KEY, **_who("new", today - timedelta(days=60)))
    for n, library in enumerate(used[: len(used) * 2 // 3]):
        adopt_kit(library=library, kit=release.kit, **_who(f"follow {n}", today - timedelta(days=40 - n % 30)))
    _carry_out(release.kit, used, today)
    bring_kit(content=_neighbours(head, drafts), **_who("parcel", today - timedelta(days=1)))


def _who(role: str, day: date) -> dict[str, Any]:
    return {"by": COMMAND, "at": datetime.combine(day, time(10), JAKARTA), "id": derived_id(ROOT, role)}


def _key(n: int) -> OKPKey:
    """The same key on every machine; it signs what is invented."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([SEED % 251, n]) * 16)
    key: OKPKey = OKPKey.import_key(private)
    return key


def _x(n: int) -> str:
    return str(_key(n).as_dict(private=False)["x"])


def _older(head: Any, drafts: list[Draft]) -> bytes:
    """As it was a year ago: a role play for three teams, no class for the old."""
    log = [{"version": "0.9.0", "date": "2025-06-01", "text": "Uji coba di dua kota."}]
    old = [replace(one, content=_with_step(one.content, "main", "Tiga tim mencoba di depan kelas.")) if (
        one.name == "session-07-advokasi") else one for one in drafts if one.name != "activity-kelas-lansia"]
    gone = object_id(head.id, "activity", "kelas-lansia")
    old = [replace(one, content={**one.content, "texts": [t for t in one.content["texts"] if t["object"] != gone]})
           if one.kind == "texts" else one for one in old]
    return write(replace(head, version="0.9.0", changelog=log), old, signer=MAKERS, x=_x(1), sign=sign_with(_key(1)))


def _with_step(content: Any, key: str, how: str) -> dict[str, Any]:
    return {**content, "steps": [{**step, "how": how} if step["key"] == key else step for step in content["steps"]]}


def _adapt(kit: Kit, uri: str, day: date) -> None:
    items = {str(one.object_id): one for one in kit.items.all()}
    advocacy = items[object_id(uri, "session", "07-advokasi")]
    adapt_item(item=advocacy, texts={
        "notes": NOTES, "steps/main/how": "Sekretaris kelurahan menjadi Lurah yang sibuk; enam tim mencoba, satu menit."},
        **_who("advocacy", day))
    venue = items[object_id(uri, "task", "t-28-tempat")]
    adapt_item(item=venue, texts={"how": "Gedung Perpustakaan Umum Daerah, lantai 2: delapan meja, lift, ruang laktasi. Coba "
                                         "internet di ruang itu sendiri."}, **_who("venue", day))
    add_item(kit=kit, kind="task", content={
        "title": "Kirim daftar peserta ke BKPSDM", "day": "T-10", "who": "Panitia", "set": "optional",
        "how": "Untuk peserta ASN, supaya JP tercatat."}, **_who("own", day))


def _adopt(kit: Kit, libraries: Sequence[Library], day: date) -> list[Library]:
    """Those whose people were at the workshop, else every fifth of the city."""
    workshop = Workshop.objects.order_by("gathering__first_on", "pk").first()
    ids = set(workshop.invitations.values_list("library_id", flat=True)) if workshop else set()
    used = [one for one in libraries if one.pk in ids] or list(libraries)[::5]
    for n, library in enumerate(used[:24]):
        adopt_kit(library=library, kit=kit, used_by=reference(workshop) if workshop else "", **_who(f"adopt {n}", day))
    return used[:24]


def _carry_out(kit: Kit, used: Sequence[Library], today: date) -> None:
    """Most parts of the minimum at some libraries, a few at the others, now and then something of their own."""
    chance = Chance(SEED + 72)
    parts = list(kit.items.shown().filter(kind__in=CARRIED_OUT))
    rows = []
    for n, library in enumerate(used):
        for item in parts:
            often = 0.85 if item.content.get("set") == "minimum" else 0.3
            if chance.random() < often * (1 - n % 3 * 0.3):
                day = today - timedelta(days=chance.randint(5, 300))
                at = datetime.combine(day, time(15), JAKARTA)
                rows.append(PartDone(id=chance.id_at(at), library=library, item=item, done_on=day, recorded_at=at))
    insert(rows)


def _neighbours(head: Any, drafts: list[Draft]) -> bytes:
    """Another city's version, signed by a key that nobody here knows."""
    uri = "urn:simpul:kit:contoh-bimtek-pesisir"
    mine = [replace(one, content={**one.content, "title": "Kelas foto produk olahan ikan"}, origin=None) if (
        one.name == "activity-foto-produk") else one for one in drafts]
    told = replace(
        head, id=uri, version="1.0.0", title="Bimtek pesisir: replikasi bagi kampung nelayan",
        summary="Bimtek dua hari yang disesuaikan dengan jam melaut dan musim angin.",
        credits=[*[{**one, "kit": head.id} for one in head.credits], {"name": NEIGHBOURS, "role": "adapted", "kit": head.id}],
        changelog=[{"version": "1.0.0", "date": "2026-08-01", "text": "Disesuaikan bagi kampung nelayan."}])
    return write(told, mine, signer=NEIGHBOURS, x=_x(2), sign=sign_with(_key(2)))
