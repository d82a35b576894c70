"""What became of activities: the needs they answered, the city's word to their reports, pictures, publicity."""

import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from PIL import Image, ImageDraw

from simpul.accounts.models import Account
from simpul.activities.models import Activity, Photo, Reply
from simpul.activities.templates_of_year import CITY_DAY
from simpul.advocacy.models import Publicity
from simpul.core.actor import Role
from simpul.core.clock import JAKARTA
from simpul.core.models import NodeSetting, reference
from simpul.files.actions import store_picture
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.surveys.models import Voice

#: the theme of needs that a kind of activity answers
THEMES = {"reading_aloud": "reading", "storytelling": "reading", "contest": "reading", "book_talk": "reading",
          "school_visit": "school", "skills": "skills", "economy": "business", "health": "health", "ict": "digital",
          "culture": "culture", "environment": "environment"}
WORDS = ("Terima kasih, Bu Pengelola. Anak-anak pasti menunggu yang berikutnya.",
         "Hebat! Ceritakan cara mengajak warganya di pertemuan fasilitator bulan depan, ya.",
         "Terima kasih atas laporannya. Salam untuk para mitra yang membantu.",
         "Senang membacanya. Tindak lanjutnya tolong dikabarkan, kami bantu carikan narasumber.")
FOLLOW_UP = ("Kelas lanjutan bulan depan, peserta membawa satu teman.", "Pertemuan rutin tiap dua pekan.", "")
PICTURES = 6          # libraries whose latest activities have drawn pictures
SITE = "https://simpul.example"
COLOURS = ("#c9573c", "#e0a84e", "#2f7d5b", "#3b6ea5", "#8a5a83", "#d98a6a", "#5f8f3e")


def record(libraries: Sequence[Library], today: date) -> None:
    """Everything follows from the activities and voices that are written already."""
    chance = Chance(SEED + 7)
    NodeSetting.objects.update_or_create(name=CITY_DAY, defaults={"value": "02-28"})
    rows = Activity.objects.select_related("gathering", "library").order_by("gathering__first_on", "pk")
    own = next(one for one in libraries if one.region.code == "36.71.01.1007")
    _ask_for(chance, own, rows, today)
    _answer_needs(chance, rows, today)
    reported = list(rows.filter(reported_at__isnull=False))
    for one in reported:
        one.follow_up = chance.choice(FOLLOW_UP)
    shown = _draw(chance, own, reported)
    Activity.objects.bulk_update(reported, ["follow_up", "has_photo_notice"], batch_size=500)
    _reply(chance, own, reported, today)
    _publish(chance, reported, {one.pk for one in shown}, today)


def _ask_for(chance: Chance, own: Library, rows: QuerySet[Activity], today: date) -> None:
    """What the cast's library did last and does today was asked for by neighbours; two of them left a number."""
    here = rows.filter(library=own)
    last = here.filter(reported_at__isnull=False).last()
    coming = here.filter(gathering__first_on=today).last()
    voices = []
    for one in filter(None, (last, coming)):
        for n in range(chance.randint(6, 9)):
            at = datetime.combine(one.gathering.first_on, datetime.min.time(), JAKARTA) - timedelta(  # type: ignore[arg-type]
                days=chance.randint(20, 60), hours=-chance.randint(8, 16))
            voices.append(Voice(
                id=chance.id_at(at), library=own, theme=THEMES[one.kind], text=f"{one.gathering.title}, sore hari",
                neighbourhood=chance.choice(("RW 03", "RW 05")), source=Voice.Source.PAPER, happened_at=at,
                phone=f"+628120009{n:04}" if n < 2 and one == coming else "", local_date=at.date(), recorded_at=at,
                answered_by=reference(one),
                state=Voice.State.ANSWERED if one.reported_at else Voice.State.PLANNED))
    Voice.objects.bulk_create(voices)


def _answer_needs(chance: Chance, rows: QuerySet[Activity], today: date) -> None:
    """Of two activities that fit a need of their neighbourhood one answers it; what is to come is planned."""
    waiting: dict[tuple[UUID, str], list[Voice]] = defaultdict(list)
    for voice in Voice.objects.filter(state__in=(Voice.State.ACCEPTED, Voice.State.PLANNED, Voice.State.ANSWERED)):
        waiting[voice.library_id, voice.theme].append(voice)
    changed = []
    for one in rows:
        first_on = one.gathering.first_on
        fitting = [voice for voice in waiting[one.library_id, THEMES.get(one.kind, "")]
                   if not voice.answered_by and first_on and voice.local_date < min(first_on, today)]
        if not fitting or chance.random() < 0.5:
            continue
        for voice in fitting[:6]:
            voice.answered_by = reference(one)
            voice.state = Voice.State.ANSWERED if one.reported_at else Voice.State.PLANNED
            voice.word = "Sudah berjalan, silakan datang." if one.reported_at else "Kami rencanakan, lihat jadwalnya."
            changed.append(voice)
    Voice.objects.bulk_update(changed, ["answered_by", "state", "word"], batch_size=500)


def _reply(chance: Chance, own: Library, reported: Sequence[Activity], today: date) -> None:
    """Nine of ten reports got a word within days; the youngest of the cast's library is still unread."""
    mentor = Account.objects.filter(roles__role=Role.MENTOR).first()
    coordinator = Account.objects.filter(roles__role=Role.COORDINATOR).first()
    replies = []
    for one in reported:
        said_at = one.reported_at + timedelta(days=chance.randint(1, 3), hours=2)  # type: ignore[operator]
        if said_at.date() >= today or chance.random() < 0.1:
            continue
        is_mentor = one.library.region.code.startswith("36.71.01") and one.library.kind != Library.Kind.CITY
        replies.append(Reply(
            id=chance.id_at(said_at), activity=one, text=chance.choice(WORDS), said_at=said_at,
            by_account=mentor if is_mentor else coordinator,
            said_as=Reply.As.MENTOR if is_mentor else Reply.As.COORDINATOR,
            read_at=said_at + timedelta(days=1)))
    latest = next((reply for reply in reversed(replies) if reply.activity.library_id == own.pk), None)
    if latest is not None:
        latest.read_at = None
    Reply.objects.bulk_create(replies, batch_size=1000)


def _publish(chance: Chance, reported: Sequence[Activity], shown: set[UUID], today: date) -> None:
    rows = []
    for one in reported:
        at: datetime = one.reported_at  # type: ignore[assignment]
        common: dict[str, Any] = {"library": one.library, "about": reference(one), "title": one.gathering.title,
                                  "happened_at": at, "local_date": min(at.date(), today), "recorded_at": at}
        rows.append(Publicity(id=chance.id_at(at), channel=Publicity.Channel.WEBSITE,
                              link=f"{SITE}/kegiatan/{one.gathering_id}/laporan/", **common))
        if one.pk in shown or chance.random() < 0.15:
            rows.append(Publicity(id=chance.id_at(at), channel=Publicity.Channel.INSTAGRAM,
                                  link=f"{SITE}/instagram/{one.pk.hex[-8:]}", reach=chance.randint(60, 900), **common))
    Publicity.objects.bulk_create(rows, batch_size=1000)


def _draw(chance: Chance, own: Library, reported: Sequence[Activity]) -> list[Activity]:
    """Drawn pictures, since invented people have no photos: the latest activity of some libraries, three of the
    cast's own."""
    latest = {one.library_id: one for one in reported}
    chosen = [one for one in reported if one.library_id == own.pk][-3:]
    chosen += [one for key, one in latest.items() if key != own.pk][:PICTURES - 1]
    for one in chosen:
        at: datetime = one.reported_at  # type: ignore[assignment]
        for caption in ("Suasana kegiatan (gambar demo)", "Peserta bersama narasumber (gambar demo)")[:chance.randint(1, 2)]:
            file = store_picture(upload=_scene(chance), library_id=one.library_id, at=at, id=chance.id_at(at))
            Photo.objects.create(id=chance.id_at(at), activity=one, file=file, caption=caption, is_public=True, added_at=at)
        one.has_photo_notice = True
    return chosen


def _scene(chance: Chance) -> io.BytesIO:
    """A reading room with a shelf and people, in flat colours, as a JPEG of 1200 × 800."""
    picture = Image.new("RGB", (1200, 800), "#f4ead6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 560, 1200, 800), fill="#e2cfae")
    for shelf in (90, 250, 410):
        x = 60
        while x < 1120:
            width, height = chance.randint(22, 52), chance.randint(90, 132)
            draw.rectangle((x, shelf + 140 - height, x + width, shelf + 140), fill=chance.choice(COLOURS))
            x += width + chance.choice((4, 4, 4, 46))
        draw.rectangle((40, shelf + 140, 1160, shelf + 152), fill="#8b6b45")
    for n in range(chance.randint(4, 6)):
        x, y = 120 + n * 180 + chance.randint(-25, 25), chance.randint(470, 540)
        draw.rounded_rectangle((x - 62, y + 78, x + 62, 810), radius=56, fill=chance.choice(COLOURS))
        draw.ellipse((x - 48, y - 20, x + 48, y + 84), fill=chance.choice(("#8d5b3f", "#b07a54", "#c99069")))
        draw.pieslice((x - 52, y - 30, x + 52, y + 70), 180, 360, fill=chance.choice(("#2b211b", "#46352a", "#2f7d5b")))
    out = io.BytesIO()
    out.name = "gambar-demo.jpg"
    picture.save(out, "JPEG", quality=82)
    out.seek(0)
    return out
