"""The workshop of 20–21 May 2024 replayed: its days, hall and topics are public, every person and figure is invented.
And the next one, three weeks from now, which libraries are naming people for."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from simpul.certificates.actions import issue_batch
from simpul.core.actor import COMMAND
from simpul.core.clock import JAKARTA
from simpul.core.secrets import fingerprint
from simpul.gatherings.models import Attendance, Registration
from simpul.gatherings.tokens import registration_token
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.writing import insert
from simpul.people.queries import fold_name
from simpul.plans.models import Evidence, FollowUp, Plan, Step
from simpul.surveys.models import Response, Version
from simpul.training.actions import (
    announce_workshop,
    confirm_participant,
    copy_workshop,
    invite_libraries,
    name_participant,
    plan_workshop,
    settle,
    write_speaker,
    write_story,
)
from simpul.training.models import Invitation, Lesson, Participant, Presence, Sheet, Workshop
from simpul.training.tokens import participant_token

FIRST = date(2024, 5, 20)
LIBRARIES, PEOPLE = 20, 40
ROLES = ("Pengelola", "Relawan baca", "Kader PKK", "Karang Taruna", "Ketua TBM")
SPEAKERS = (("Narasumber TPBIS (demo)", "Dinas Perpustakaan dan Arsip Daerah", False),
            ("Pustakawan Ahli (demo)", "Perpustakaan Umum Daerah", False),
            ("Fasilitator TIK (demo)", "Relawan TIK Tangerang", True))
STEPS = (("Kelas literasi digital untuk ibu", "15 ibu membuat surel dan toko daring"),
         ("Membaca nyaring tiap Sabtu", "20 anak hadir tiap pekan"), ("Rembug warga tentang jam buka", "Jam sore disepakati"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def record(libraries: Sequence[Library], names: dict[str, list[str]], today: date) -> None:
    """About half a second: what happened is inserted, what must hold (settling, issuing) goes the usual way."""
    chance = Chance(SEED + 41)
    host = next(one for one in libraries if one.kind == Library.Kind.CITY)
    workshop = _planned(chance, host)
    own = next(one for one in libraries if one.region.code == "36.71.01.1007" and one.kind == Library.Kind.VILLAGE)
    others = [one for one in libraries if one.kind in (Library.Kind.VILLAGE, Library.Kind.TBM) and one.pk != own.pk]
    chosen = [own, *chance.sample(others, LIBRARIES - 1)]
    people = _people(chance, workshop, chosen, names)
    _took_part(chance, workshop, people)
    _plans(chance, workshop, chosen)
    _settled(chance, workshop)
    _next(chance, workshop, chosen, others, today)


def _who(chance: Chance, on: date, hour: int = 9) -> dict[str, Any]:
    at = datetime.combine(on, time(hour), JAKARTA)
    return {"by": COMMAND, "at": at, "id": chance.id_at(at)}


def _planned(chance: Chance, host: Library) -> Workshop:
    workshop = plan_workshop(
        library=host, programme="replication", first_on=FIRST, venue="Gedung Perpustakaan Umum Daerah",
        title="Bimtek Replikasi Mandiri Program TPBIS Kota Tangerang 2024 (demo)", **_who(chance, FIRST - timedelta(days=40)))
    announce_workshop(workshop=workshop, **_who(chance, FIRST - timedelta(days=35)))
    topics = list(workshop.lessons.filter(jp__gt=0))
    for n, (name, office, helps) in enumerate(SPEAKERS):
        speaker = write_speaker(workshop=workshop, name=name, office=office, is_facilitator=helps,
                                biography="Tokoh rekaan untuk kota demonstrasi.", **_who(chance, FIRST - timedelta(days=30)))
        workshop.lessons.filter(pk__in=[one.pk for one in topics[n::3]]).update(speaker=speaker)
    for line, price in zip(workshop.budget.all(), (45_000, 900_000, 100_000, 60_000), strict=False):
        line.price = price
        line.save(update_fields=["price"])
    return workshop


def _people(chance: Chance, workshop: Workshop, chosen: Sequence[Library], names: dict[str, list[str]]) -> list[Participant]:
    at = datetime.combine(FIRST - timedelta(days=20), time(9), JAKARTA)
    pool = chance.sample(names["P"][:150], 24) + chance.sample(names["L"][:150], PEOPLE - 24)
    registrations, people = [], []
    for n, name in enumerate(pool):
        pk, place = chance.id_at(at), chance.id_at(at)
        sex = "P" if n < 24 else "L"
        registrations.append(Registration(
            id=place, gathering=workshop.gathering, number=n + 1, sex=sex, age_group="18-59", state=Registration.State.IN,
            code=f"BT24{LETTERS[n // 26]}{LETTERS[n % 26]}".upper(), token_hash=fingerprint(registration_token(place)),
            registered_at=at, forgotten_at=at + timedelta(days=60)))
        people.append(Participant(
            id=pk, workshop=workshop, library=chosen[n % len(chosen)], name=name, name_key=fold_name(name), sex=sex,
            phone=f"+62812000{40_000 + n}", role=ROLES[(n + n // len(chosen)) % len(ROLES)], state=Participant.State.CONFIRMED,
            registration_id=place, token_hash=fingerprint(participant_token(pk)), named_at=at, answered_at=at, told_at=at))
    workshop.gathering.last_number = PEOPLE
    workshop.gathering.save(update_fields=["last_number"])
    insert(registrations)
    insert(people)
    insert([Invitation(id=chance.id_at(at), workshop=workshop, library=one, quota=2, reason=Invitation.Reason.NEVER,
                       invited_at=at, told_at=at) for one in chosen])
    return people


def _took_part(chance: Chance, workshop: Workshop, people: Sequence[Participant]) -> None:
    """Two left after day one, one came on day two only; most filled both sheets."""
    lessons = list(workshop.lessons.exclude(kind="break").select_related("day"))
    presence, attendance, answers, sheets = [], [], [], []
    version = Version.objects.get(survey=workshop.test)
    questions = list(version.questions.all())
    for n, one in enumerate(people):
        days = set()
        for lesson in lessons:
            is_there = not (n < 2 and lesson.day.local_date > FIRST) and not (n == 2 and lesson.day.local_date == FIRST)
            if is_there and chance.random() < 0.98:
                late = chance.choice((0, 0, 0, 0, 5, 12, 35)) if lesson.jp else 0
                presence.append(Presence(
                    id=chance.id_at(lesson.starts_at), lesson=lesson, participant=one, library_id=one.library_id,
                    how=Presence.How.CODE if n % 4 else Presence.How.TICK, late=late, happened_at=lesson.starts_at,
                    local_date=lesson.day.local_date, recorded_at=lesson.starts_at))
                days.add(lesson.day_id)
        attendance += [Attendance(
            id=chance.id_at(day.starts_at), session=day, library_id=workshop.library_id, registration_id=one.registration_id,
            how=Attendance.How.REGISTERED, sex=one.sex, age_group="18-59", happened_at=day.starts_at,
            local_date=day.local_date, recorded_at=day.starts_at) for day in {
                one.day_id: one.day for one in lessons}.values() if day.pk in days]
        for moment, share, day in (("before", 0.5, FIRST), ("after", 0.82, FIRST + timedelta(days=1))):
            if (n < 2 and moment == "after") or n == 3:
                continue
            at = datetime.combine(day, time(15, 10) if moment == "after" else time(9, 10), JAKARTA)
            told = {q.key: workshop.test_key[q.key] if chance.random() < share else workshop.test_key[q.key] % 4 + 1
                    for q in questions}
            row = Response(
                id=chance.id_at(at), library_id=workshop.library_id, version=version, about_id=workshop.gathering_id,
                answers=told, channel=Response.Channel.LINK, happened_at=at, local_date=day, recorded_at=at)
            answers.append(row)
            sheets.append(Sheet(
                id=chance.id_at(at), participant=one, library_id=one.library_id, moment=moment, response=row,
                items=len(questions), points=sum(told[q.key] == workshop.test_key[q.key] for q in questions), answered_at=at))
    answers += _said(chance, workshop, lessons)
    for rows in (presence, attendance, answers, sheets):
        insert(rows)


def _said(chance: Chance, workshop: Workshop, lessons: Sequence[Lesson]) -> list[Response]:
    """What twenty-two people said of each lesson."""
    version = Version.objects.get(survey=workshop.feedback)
    return [Response(
        id=chance.id_at(one.ends_at), library_id=workshop.library_id, version=version, about_id=one.pk, channel="link",
        answers={"useful": chance.choice((3, 4, 4)), "clear": chance.choice((3, 3, 4)), "part": chance.choice((2, 3, 4))},
        happened_at=one.ends_at, local_date=one.day.local_date, recorded_at=one.ends_at)
        for one in lessons if one.jp for _n in range(22)]


def _plans(chance: Chance, workshop: Workshop, chosen: Sequence[Library]) -> None:
    """Eighteen of twenty handed their plan in; what became of it is known."""
    on = FIRST + timedelta(days=1)
    at = datetime.combine(on, time(14), JAKARTA)
    plans, steps, proofs, checks = [], [], [], []
    for library in chosen[:18]:
        plan = Plan(
            id=chance.id_at(at), library=library, kind=Plan.Kind.FOLLOW_UP, title="RTL bimtek Mei 2024 (demo)", starts_on=on,
            ends_on=date(2024, 11, 21), aim="Warga belajar di perpustakaannya sendiri.", origin=workshop.origin,
            written_by="Tim perpustakaan", state=Plan.State.CLOSED, handed_in_at=at, recorded_at=at, closed_on=date(2024, 12, 2),
            closing_word="Berjalan dengan tenaga sendiri; dilanjutkan tahun berikutnya.")
        plans.append(plan)
        for n, (what, seen) in enumerate(STEPS, 1):
            due = on + timedelta(days=40 * n)
            is_done = chance.random() < 0.72
            step = Step(id=chance.id_at(at), plan=plan, library=library, number=n, activity=what, indicator=seen, due_on=due,
                        responsible="Tim baca", state=Step.State.DONE if is_done else Step.State.NOT_DONE,
                        done_on=due if is_done else None, reason="" if is_done else "Narasumber berhalangan", recorded_at=at)
            steps.append(step)
            if is_done and chance.random() < 0.6:
                proofs.append(Evidence(id=chance.id_at(at), step=step, word="Terlaksana bersama warga.", added_at=at))
        done = sum(one.state == Step.State.DONE for one in steps[-3:])
        checks += [FollowUp(id=chance.id_at(at), plan=plan, library=library, months=months, due_on=due, done_on=due,
                            word="Berjalan.", steps_done=min(done, months), steps_all=3) for months, due in (
            (1, date(2024, 6, 21)), (3, date(2024, 8, 21)), (6, date(2024, 11, 21)))]
    for rows in (plans, steps, checks, proofs):
        insert(rows)


def _settled(chance: Chance, workshop: Workshop) -> None:
    last = FIRST + timedelta(days=1)
    write_story(workshop=workshop, minutes="Pembukaan, enam materi, diskusi kelompok, penulisan RTL (demo).",
                report="Delapan belas perpustakaan pulang membawa RTL (demo).", **_who(chance, last, 16))
    batch = settle(workshop=workshop, **_who(chance, last, 15))
    issue_batch(batch=batch, pattern="421.9/{n:03}-DPAD/2024", starts_at=1, **_who(chance, last, 16))


def _next(chance: Chance, workshop: Workshop, chosen: Sequence[Library], others: Sequence[Library], today: date) -> None:
    """The next one: twenty libraries asked, the cast's own among them with nobody named yet."""
    made = copy_workshop(workshop=workshop, first_on=today + timedelta(days=21), **_who(chance, today - timedelta(days=6)))
    gathering = made.gathering
    gathering.title = f"Bimtek Replikasi Mandiri {(today + timedelta(days=21)).year} (demo)"
    gathering.is_public = True
    gathering.save(update_fields=["title", "is_public"])
    announce_workshop(workshop=made, **_who(chance, today - timedelta(days=5)))
    asked = [chosen[0], *[one for one in others if one not in chosen][:19]]
    invite_libraries(workshop=made, libraries=[one.pk for one in asked], **_who(chance, today - timedelta(days=5)))
    for n, library in enumerate(asked[1:5]):
        person = name_participant(workshop=made, library=library, name=f"Peserta {'ABCD'[n]} (demo)", phone=f"08120004999{n}",
                                  role=ROLES[n], **_who(chance, today - timedelta(days=4)))
        if n % 2 == 0:
            confirm_participant(participant=person, **_who(chance, today - timedelta(days=3)))
