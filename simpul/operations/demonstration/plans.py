"""A year of plans: follow-up plans after a workshop, work plans of the year, how far they came. All of it invented."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from simpul.core.clock import JAKARTA
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.writing import insert
from simpul.plans.actions import months_after
from simpul.plans.models import Evidence, FollowUp, Plan, Revision, Step

#: activity, who answers for it, how one sees that it worked, rupiah, funds
ROWS = (
    ("Membaca nyaring tiap Sabtu", "Tim baca", "20 anak hadir tiap pekan", 0, "none"),
    ("Pendataan ulang koleksi", "Pengelola", "Semua buku berlabel", 250_000, "own"),
    ("Kelas menjahit dasar", "PKK RW 05", "15 ibu menyelesaikan kelas", 2_500_000, "kelurahan"),
    ("Kelas komputer untuk UMKM", "Relawan TIK", "10 usaha punya toko daring", 1_200_000, "csr"),
    ("Pojok gizi bersama posyandu", "Kader posyandu", "30 balita ditimbang", 400_000, "community"),
    ("Lomba bercerita kelurahan", "Karang Taruna", "8 RW mengirim peserta", 1_000_000, "kelurahan"),
    ("Kebun sayur di halaman", "RT 02", "Panen pertama dibagikan", 350_000, "own"),
)
ADVOCACY = (
    ("Audiensi ruang baca yang lebih luas", "Lurah", "Kunjungan naik, ruangnya tetap"),
    ("Usulan masuk musrenbang kelurahan", "Ketua LPM", "Warga meminta kelas keterampilan"),
    ("Ajakan CSR untuk rak dan laptop", "Perusahaan tetangga", "Satu laptop melayani sepuluh usaha warga"),
)
REASONS = ("Narasumber berhalangan", "Dana belum cair", "Digeser ke tahun depan")
PROOFS = ("Berjalan baik, peserta ingin diulang.", "Terlaksana dengan bantuan RW.", "Sesuai rencana.")
PLANS = 46  # libraries with a follow-up plan


def record(libraries: Sequence[Library], today: date) -> None:
    """The librarian's own library has both kinds; a part of the others a follow-up plan, some a work plan too."""
    chance = Chance(SEED + 21)
    own = next(one for one in libraries if one.region.code == "36.71.01.1007" and one.kind == Library.Kind.VILLAGE)
    chosen = [own, *chance.sample([one for one in libraries if one.pk != own.pk], min(PLANS, len(libraries) - 1))]
    made: dict[type, list] = {Plan: [], Step: [], FollowUp: [], Evidence: [], Revision: []}
    for n, library in enumerate(chosen):
        _plan(chance, library, Plan.Kind.FOLLOW_UP, today - timedelta(days=chance.choice((40, 100, 190, 300))), today, made)
        if n < 12:
            _plan(chance, library, Plan.Kind.YEARLY, date(today.year, 1, 1), today, made)
    for rows in made.values():
        insert(rows)


def _plan(chance: Chance, library: Library, kind: str, first: date, today: date, made: dict[type, list]) -> None:
    at = datetime.combine(min(first, today - timedelta(days=2)), time(chance.randint(9, 15)), JAKARTA)
    is_yearly = kind == Plan.Kind.YEARLY
    is_signed = chance.random() < 0.7
    office = f"Lurah {library.region.name}" if library.kind == Library.Kind.VILLAGE else "Ketua TBM"
    plan = Plan(
        id=chance.id_at(at), library=library, kind=kind, starts_on=first, recorded_at=at, handed_in_at=at,
        ends_on=date(first.year, 12, 31) if is_yearly else months_after(first, 7),
        title=f"Rencana kerja {first.year} (demo)" if is_yearly else "RTL bimtek replikasi mandiri (demo)",
        aim="Perpustakaan menjadi tempat warga belajar keterampilan.", needs="Warga meminta kelas keterampilan dan jam sore.",
        baseline=[{"label": "Kunjungan sebulan", "value": str(chance.randint(40, 260))},
                  {"label": "Kegiatan sebulan", "value": str(chance.randint(0, 3))}],
        written_by="Tim pengelola dan PKK", state=Plan.State.ACKNOWLEDGED if is_signed else Plan.State.HANDED_IN,
        acknowledged_on=min(at.date() + timedelta(days=5), today) if is_signed else None,
        acknowledged_office=office if is_signed else "", acknowledged_revision=0 if is_signed else None)
    made[Plan].append(plan)
    rows = chance.sample(ROWS, chance.randint(4, 6))
    steps = [_step(chance, plan, n, today, activity=what, responsible=who, indicator=seen, budget=rupiah, funds=funds)
             for n, (what, who, seen, rupiah, funds) in enumerate(rows, 1)]
    what, target, says = chance.choice(ADVOCACY)
    steps.append(_step(chance, plan, len(steps) + 1, today, kind=Step.Kind.ADVOCACY, activity=what, target_office=target,
                       message=says, responsible="Pengelola"))
    made[Step] += steps
    made[Evidence] += [Evidence(id=chance.id_at(at), step=step, word=chance.choice(PROOFS), added_at=at)
                       for step in steps if step.state == Step.State.DONE and chance.random() < 0.6]
    if chance.random() < 0.3:
        _revise(chance, plan, steps[0], today, made)
    if not is_yearly:
        made[FollowUp] += _follow_ups(chance, plan, steps, today)


def _step(chance: Chance, plan: Plan, number: int, today: date, **given: object) -> Step:
    due = plan.starts_on + timedelta(days=15 + 28 * number + chance.randint(0, 10))
    state = Step.State.PLANNED
    if due <= today + timedelta(days=20):
        state = chance.choices((Step.State.DONE, Step.State.NOT_DONE, Step.State.GOING, Step.State.PLANNED), (66, 8, 12, 14))[0]
    done = min(due - timedelta(days=chance.randint(0, 9)), today - timedelta(days=1)) if state == Step.State.DONE else None
    return Step(id=chance.id_at(plan.recorded_at), plan=plan, library_id=plan.library_id, number=number, due_on=due, state=state,
                done_on=done, reason=chance.choice(REASONS) if state == Step.State.NOT_DONE else "",
                recorded_at=plan.recorded_at, **given)


def _revise(chance: Chance, plan: Plan, step: Step, today: date, made: dict[type, list]) -> None:
    plan.revision = 1
    at = min(plan.recorded_at + timedelta(days=20), datetime.combine(today - timedelta(days=1), time(9), JAKARTA))
    made[Revision].append(Revision(id=chance.id_at(at), plan=plan, number=1, at=at, differences=[{
        "step": step.number, "what": "changed", "field": "due_on", "after": step.due_on.isoformat(),
        "before": (step.due_on - timedelta(days=14)).isoformat()}]))


def _follow_ups(chance: Chance, plan: Plan, steps: list[Step], today: date) -> list[FollowUp]:
    found = []
    for months in (1, 3, 6):
        due = months_after(plan.recorded_at.date(), months)
        done = due + timedelta(days=chance.randint(0, 12))
        is_done = done < today and chance.random() < 0.75
        found.append(FollowUp(
            id=chance.id_at(plan.recorded_at), plan=plan, library_id=plan.library_id, months=months, due_on=due,
            done_on=done if is_done else None, word="Berjalan; perlu narasumber." if is_done else "",
            steps_done=sum(bool(one.done_on and one.done_on <= done) for one in steps) if is_done else None,
            steps_all=len(steps) if is_done else None))
    return found
