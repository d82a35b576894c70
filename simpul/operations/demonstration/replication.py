"""What grew from the workshop of May 2024: some libraries thrive, some fell silent, as in life. All of it invented."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from simpul.accounts.models import Account
from simpul.activities.models import Activity
from simpul.core.clock import JAKARTA
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.meetings import meet
from simpul.operations.demonstration.writing import insert
from simpul.plans.models import Evidence, Plan, Step
from simpul.replication.models import (
    Agreed,
    Confirmation,
    Contact,
    Document,
    Pause,
    Score,
    UnitCost,
)
from simpul.replication.queries.cascade import ACTIVITY
from simpul.training.models import Workshop

REASONS = {
    "profile": ("Buka sesekali, rak masih sedikit.", "Jam tetap, NPP sedang diurus.", "Jam tetap, internet, ruang kegiatan ada."),
    "commitment": ("Bersedia secara lisan.", "Surat komitmen lurah sudah ada.", "SK pengelola dan dana kelurahan ada."),
    "competence": ("Satu orang ikut bimtek.", "Dua orang terlatih, RTL ditulis.", "Kegiatan jalan tanpa didampingi."),
    "ecosystem": ("PKK membantu sesekali.", "PKK dan Karang Taruna rutin.", "Ada PKS dengan perusahaan tetangga."),
    "monitoring": ("Dicatat sesekali.", "Dicatat tiap bulan.", "Laporan dengan foto dan cerita."),
}
NOTES = ("Anak-anak ramai sore hari. Rak dekat pintu perlu dirapikan.", "Kelas menjahit jalan, peserta minta kelas lanjutan.",
         "Pengelola baru belum terbiasa mencatat; dicoba bersama di HP.", "Lurah mendukung, dana masuk perubahan anggaran.")
AGREED = ("Catat kunjungan tiap hari buka", "Pasang jadwal di papan RW", "Ajak kader posyandu ke kelas bulan depan",
          "Unggah foto dan hasil kegiatan")
COSTS = (("Bimtek dua hari, tiap utusan", "delegate", 750_000, 2, "SBU Kota (contoh rekaan), hal. 12"),
         ("Honor narasumber", "once", 900_000, 16, "SBU Kota (contoh rekaan), hal. 4"),
         ("Paket buku awal 100 judul", "library", 6_500_000, 1, "Penawaran penerbit (contoh rekaan)"),
         ("Kunjungan pendampingan", "library", 150_000, 4, "SBU Kota (contoh rekaan), hal. 20"))


def record(libraries: Sequence[Library], today: date) -> None:
    """Follows the workshop, plans and activities that are written already."""
    chance = Chance(SEED + 43)
    workshop = Workshop.objects.order_by("gathering__first_on").first()
    if workshop is None:
        return
    ids = list(workshop.participants.order_by("library__code").values_list("library_id", flat=True).distinct())
    trained = [one for one in libraries if one.pk in set(ids)]
    made: dict[type, list[Any]] = defaultdict(list)
    mentor = Account.objects.filter(is_demonstration=True, roles__role="mentor").first()
    _grow(chance, workshop, ids, today, made)
    for n, library in enumerate(trained):
        _papers(chance, library, n, made)
        _scores(chance, library, n, mentor, today, made)
    _mentored(chance, [one for one in libraries if mentor and mentor.roles.filter(library=one).exists()], mentor, today, made)
    meet(chance, trained, today, made)
    for what, unit, amount, times, source in COSTS:
        made[UnitCost].append(UnitCost(id=chance.id_at(_at(today)), what=what, unit=unit, amount=amount, times=times,
                                       source=source, from_on=date(today.year, 1, 5), recorded_at=_at(today)))
    for rows in made.values():
        insert(rows)


def _at(day: date) -> datetime:
    return datetime.combine(day - timedelta(days=1), time(10), JAKARTA)


def _grow(chance: Chance, workshop: Workshop, ids: list[UUID], today: date, made: dict[type, list[Any]]) -> None:
    """Activities become the proof of rows: of many at two libraries in three, of none at the rest."""
    Plan.objects.filter(library_id__in=ids, kind=Plan.Kind.FOLLOW_UP, origin="").update(origin=workshop.origin)
    held: dict[UUID, list[Activity]] = defaultdict(list)
    reported = Activity.objects.reported().filter(library_id__in=ids).select_related("gathering")
    for one in reported.order_by("gathering__first_on", "pk"):
        held[one.library_id].append(one)
    changed = []
    steps: dict[UUID, list[Step]] = defaultdict(list)
    rows = Step.objects.standing().filter(plan__origin=workshop.origin, plan__library_id__in=ids, kind=Step.Kind.ACTIVITY)
    for step in rows.exclude(plan__state="draft").order_by("-plan__starts_on", "number"):
        steps[step.library_id].append(step)
    for n, library in enumerate(ids):
        if n % 3 == 2:
            continue
        for step, activity in zip(steps[library], held[library][-4:], strict=False):
            day = activity.gathering.first_on
            step.activity = activity.gathering.title
            step.state, step.done_on, step.reason = Step.State.DONE, min(day, today) if day else today, ""
            changed.append(step)
            made[Evidence].append(Evidence(id=chance.id_at(_at(today)), step=step, reference=f"{ACTIVITY}{activity.pk}",
                                           added_at=_at(step.done_on + timedelta(days=1))))
    Step.objects.bulk_update(changed, ["activity", "state", "done_on", "reason"], batch_size=500)


def _papers(chance: Chance, library: Library, n: int, made: dict[type, list[Any]]) -> None:
    day = date(2024, 4, 22)
    kinds = ["sk_location", *(["commitment"] if n % 4 else []), *(["sk_staff"] if n % 2 else []), *(["sim"] if n % 3 else []),
             *(["budget"] if n % 5 == 1 else [])]
    for kind in kinds:
        made[Document].append(Document(
            id=chance.id_at(_at(day)), library=library, kind=kind, dated_on=day + timedelta(days=chance.randint(0, 60)),
            number="SK/041/DPAD/2024 (demo)" if kind == "sk_location" else "", recorded_at=_at(day)))


def _scores(chance: Chance, library: Library, n: int, mentor: Account | None, today: date, made: dict[type, list[Any]]) -> None:
    if n % 5 == 4:
        return
    for ago, more in ((300, 0), (40, 1 if n % 3 else 0)):
        for axis, reasons in REASONS.items():
            level = min(2, (n * 7 + len(axis)) % 2 + more)
            day = today - timedelta(days=ago)
            made[Score].append(Score(
                id=chance.id_at(_at(day)), library=library, axis=axis, points=level + 1, reason=reasons[level], scored_on=day,
                account=mentor, recorded_at=_at(day)))


def _mentored(chance: Chance, libraries: Sequence[Library], mentor: Account | None, today: date,
              made: dict[type, list[Any]]) -> None:
    for n, library in enumerate(libraries):
        for ago in (150, 75, 20)[:chance.randint(0, 3)]:
            day = today - timedelta(days=ago + n)
            contact = Contact(id=chance.id_at(_at(day)), library=library, account=mentor, how=chance.choice(Contact.How.values),
                              done_on=day, word=chance.choice(NOTES), outcome="goes_on" if ago < 100 else "",
                              read_at=_at(day + timedelta(days=3)) if ago > 30 else None, recorded_at=_at(day))
            made[Contact].append(contact)
            made[Agreed].append(Agreed(id=chance.id_at(_at(day)), contact=contact, what=chance.choice(AGREED),
                                       due_on=day + timedelta(days=21)))
        if n in (0, 3):
            made[Contact].append(Contact(
                id=chance.id_at(_at(today)), library=library, account=mentor, how="visit", recorded_at=_at(today),
                planned_on=today + timedelta(days=2 * n), word="Melihat kelas dan membantu laporan."))
    if len(libraries) > 5:
        made[Confirmation].append(Confirmation(
            id=chance.id_at(_at(today)), library=libraries[5], stage="trained", said_on=today - timedelta(days=200),
            reason="Pengelola dilatih di bimtek provinsi tahun lalu; sertifikatnya sudah dilihat.", account=mentor,
            recorded_at=_at(today)))
        made[Pause].append(Pause(id=chance.id_at(_at(today)), library=libraries[-1], until_on=today + timedelta(days=25),
                                 reason="Kantor kelurahan direnovasi.", account=mentor, recorded_at=_at(today)))
