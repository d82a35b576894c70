"""A year of voices and surveys: what the invented residents asked for, what became of it, what they answered."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from simpul.core.clock import JAKARTA
from simpul.core.secrets import READABLE
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.year import DAYS
from simpul.surveys.models import Meeting, Question, Response, Survey, Version, Voice
from simpul.surveys.readymade import ready_made

#: theme → what people say
WISHES: dict[str, tuple[str, ...]] = {
    "reading": ("Mendongeng tiap Sabtu pagi", "Lomba baca puisi untuk anak", "Pojok baca untuk balita"),
    "school": ("Bimbingan belajar matematika SD", "Tempat belajar kelompok sore hari"),
    "skills": ("Kelas menjahit untuk ibu-ibu", "Belajar bikin kue kering", "Kursus pangkas rambut"),
    "business": ("Cara jualan daring", "Belajar mencatat keuangan warung", "Info lowongan kerja"),
    "digital": ("Kelas komputer untuk lansia", "Cara bikin CV di ponsel", "Wifi yang lebih kencang"),
    "health": ("Kelas gizi balita", "Senam lansia", "Penyuluhan kesehatan remaja"),
    "culture": ("Latihan gambang kromong", "Kelas melukis anak"),
    "environment": ("Kebun sayur di halaman", "Belajar bikin kompos"),
    "place": ("Buka sampai malam", "Tambah buku agama anak", "Kursi untuk lansia"),
}
#: state, a word to those who asked, how often beside the others
FATES = ((Voice.State.ACCEPTED, "", 5), (Voice.State.PLANNED, "Kami rencanakan bulan depan.", 2),
         (Voice.State.ANSWERED, "Sudah berjalan, silakan datang.", 3), (Voice.State.DECLINED, "Belum ada ruangnya.", 1))
A_YEAR = {Library.Kind.CITY: 40.0, Library.Kind.VILLAGE: 9.0, Library.Kind.TBM: 6.0}
ASKED = ("feedback", "effects-2024", "reading-habits", "outcomes-baseline", "outcomes-after")
ASKING = 24  # libraries that ask with surveys
REMARKS = ("Narasumbernya sabar.", "Waktunya kurang lama.", "Ingin diulang.", "Anak saya senang sekali.")


def record(libraries: Sequence[Library], today: date) -> None:
    """Voices and meetings of every library, surveys of some; the unread ones are of this week."""
    chance = Chance(SEED + 5)
    voices: list[Voice] = []
    meetings: list[Meeting] = []
    for library in libraries:
        for _n in range(chance.poisson(A_YEAR.get(Library.Kind(library.kind), 5.0))):
            voices.append(_voice(chance, library, today - timedelta(days=chance.randint(8, DAYS - 1))))
        if library.kind == Library.Kind.VILLAGE and chance.random() < 0.5:
            meeting, needs = _meeting(chance, library, today)
            meetings.append(meeting)
            voices += needs
    own = next(one for one in libraries if one.region.code == "36.71.01.1007")
    voices += [_voice(chance, own, today - timedelta(days=n), state=Voice.State.NEW) for n in (0, 1, 3)]
    Meeting.objects.bulk_create(meetings)
    Voice.objects.bulk_create(voices, batch_size=1000)
    _ask(chance, [own, *chance.sample([one for one in libraries if one.pk != own.pk], ASKING)], today)


def _moment(chance: Chance, day: date) -> datetime:
    return datetime.combine(day, time(chance.randint(8, 16), chance.randint(0, 59)), JAKARTA)


def _voice(chance: Chance, library: Library, on: date, *, state: str = "", **given: Any) -> Voice:
    theme = chance.choice(list(WISHES))
    fate = chance.choices(FATES, [often for _state, _word, often in FATES])[0]
    at = _moment(chance, on)
    return Voice(**({
        "id": chance.id_at(at), "library": library, "text": chance.choice(WISHES[theme]), "theme": theme,
        "neighbourhood": f"RW {chance.randint(1, 9):02}" if chance.random() < 0.8 else "",
        "source": chance.choices((Voice.Source.PAGE, Voice.Source.KIOSK, Voice.Source.PAPER), (5, 3, 2))[0],
        "state": state or fate[0], "word": "" if state else fate[1], "happened_at": at, "local_date": on,
        "recorded_at": at} | given))


def _meeting(chance: Chance, library: Library, today: date) -> tuple[Meeting, list[Voice]]:
    on = today - timedelta(days=chance.randint(20, DAYS - 20))
    at, place, people = _moment(chance, on), f"RW {chance.randint(1, 9):02}", chance.randint(18, 55)
    meeting = Meeting(id=chance.id_at(at), library=library, title=f"Rembug warga {place} (demo)", held_on=on, people=people,
                      recorded_at=at)
    return meeting, [_voice(chance, library, on, meeting=meeting, people=chance.randint(3, people), neighbourhood=place,
                            source=Voice.Source.MEETING) for _n in range(chance.randint(2, 4))]


def _ask(chance: Chance, libraries: Sequence[Library], today: date) -> None:
    surveys: list[Survey] = []
    versions: list[Version] = []
    questions: list[Question] = []
    sheets: list[Response] = []
    for library in libraries:
        for key in ASKED if library is libraries[0] else chance.sample(ASKED, 2):
            made, on = ready_made()[key], today - timedelta(days=chance.randint(30, DAYS - 1))
            at = _moment(chance, on)
            asked = chance.randint(18, 60)
            surveys.append(Survey(
                id=chance.id_at(at), library=library, title=made.title, title_en=made.title_en, purpose=made.purpose, ready=key,
                code="".join(chance.choice(READABLE) for _n in range(6)), invited=asked, recorded_at=at))
            versions.append(Version(id=chance.id_at(at), survey=surveys[-1], number=1, intro=made.intro,
                                    intro_en=made.intro_en, published_at=at))
            rows = [Question(id=chance.id_at(at), version=versions[-1], position=n, **told)
                    for n, told in enumerate(made.questions, 1)]
            questions += rows
            sheets += [_sheet(chance, versions[-1], rows, library, on + timedelta(days=chance.randint(0, 20)))
                       for _n in range(round(asked * chance.uniform(0.3, 0.8)))]
    Survey.objects.bulk_create(surveys)
    Version.objects.bulk_create(versions)
    Question.objects.bulk_create(questions)
    Response.objects.bulk_create(sheets, batch_size=1000)


def _sheet(chance: Chance, version: Version, questions: Sequence[Question], library: Library, on: date) -> Response:
    at = _moment(chance, on)
    answers: dict[str, Any] = {}
    for question in questions:
        if question.kind == Question.Kind.TEXT:
            if chance.random() < 0.3:
                answers[question.key] = chance.choice(REMARKS)
            continue
        places = len(question.options)
        lean = 0.62 if version.survey.ready == "outcomes-baseline" else 0.35  # who starts agrees less than who has learned
        place = round(chance.triangular(1, places, places - (places - 1) * lean))
        answers[question.key] = (1 if chance.random() < 0.72 else 2) if question.kind == Question.Kind.YES_NO else place
    return Response(
        id=chance.id_at(at), library=library, version=version, answers=answers, happened_at=at, local_date=on, recorded_at=at,
        channel=chance.choices((Response.Channel.LINK, Response.Channel.PAPER, Response.Channel.KIOSK), (5, 4, 1))[0])
