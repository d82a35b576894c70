"""A year of partners and advocacy: who stands by the libraries, what binds them, an approach that reached Dana Kelurahan."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from simpul.advocacy.actions.partners import key_of
from simpul.advocacy.actions.proposals import draft
from simpul.advocacy.figures import usual
from simpul.advocacy.models import (
    Agreement,
    Approach,
    Figure,
    Partner,
    Proposal,
    Publicity,
    Result,
    RoadStep,
    Support,
    Talk,
)
from simpul.advocacy.needs import needs_told
from simpul.advocacy.queries.road import roads_of
from simpul.advocacy.road import current_year
from simpul.core.clock import JAKARTA
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.year import DAYS

OF_CITY = (("Bunda Literasi Kota Tangerang (demo)", "literacy_mother"), ("PT Cahaya Cisadane (demo)", "company"),
           ("Universitas Benteng Raya (demo)", "campus"), ("Duta Baca Kota (demo)", "reading_envoy"))
OF_LIBRARY = (("PKK", "pkk"), ("Karang Taruna", "youth"), ("Posyandu Mawar", "posyandu"), ("LPM", "lpm"),
              ("DKM Al-Ikhlas", "mosque"), ("Pengurus RW 03", "rt_rw"))
GIFTS = (("goods", "Dua rak buku", 1_500_000), ("goods", "40 buku anak", 2_000_000), ("people", "Relawan akhir pekan", None),
         ("place", "Aula RW untuk pertemuan", 300_000), ("money", "Iuran bulanan", 250_000))
#: aim, target, office
AIMS = (("Ruang baca tambahan di kantor kelurahan", "lurah", "Kelurahan"),
        ("SK tim pengelola perpustakaan", "lurah", "Kelurahan"),
        ("Usulan buku anak lewat reses", "council", "Komisi II DPRD Kota"),
        ("Komputer bekas layak pakai", "company", "PT Cahaya Cisadane (demo)"),
        ("Pelatihan UMKM bersama", "office", "Dinas Koperasi dan UMKM"))
SAID = ("Tertarik melihat angka kunjungan.", "Diminta melengkapi proposal dua halaman.", "Akan dibahas dalam rapat berikutnya.")


def record(libraries: Sequence[Library], today: date) -> None:
    """City partners, a register in two of three libraries, approaches in half of them, one whole road in the volunteer's."""
    chance = Chance(SEED + 6)
    rows: dict[type, list[Any]] = {model: [] for model in (
        Partner, Support, Agreement, Approach, Talk, Result, RoadStep, Publicity)}
    known = set(Partner.objects.values_list("library_id", "name_key"))
    cities = [_partner(chance, None, name, kind, today) for name, kind in OF_CITY]
    rows[Partner] += cities
    rows[Agreement] += [
        _agreement(chance, None, cities[1], "pks", "Buku dan sarana bagi perpustakaan kelurahan", today, 300, 430),
        _agreement(chance, None, cities[2], "mou", "KKN Tematik Literasi", today, 330, 40)]
    for library in libraries:
        if chance.random() < 0.66:
            _stand_by(chance, library, cities, rows, known, today)
        if chance.random() < 0.5:
            _approach(chance, library, rows, today)
    own = next(one for one in libraries if one.region.code == "36.71.01.1007")
    won = _won(chance, own, rows, today)
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=500)  # type: ignore[attr-defined]
    _proposal(chance, own, won, today)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), JAKARTA)


def _partner(chance: Chance, library: Library | None, name: str, kind: str, today: date) -> Partner:
    since = today - timedelta(days=chance.randint(40, 900))
    return Partner(
        id=chance.id_at(_at(since)), library=library, name=name, name_key=key_of(name), kind=kind, since_on=since,
        contact_name=chance.choice(("Ibu Lastri", "Pak Yusuf", "Ibu Ratna", "Pak Hendra")), recorded_at=_at(since),
        contact_phone=f"+62812000{chance.randint(10000, 99999)}",
        contacted_on=today - timedelta(days=chance.randint(1, 120)) if chance.random() < 0.7 else None)


def _agreement(chance: Chance, library: Library | None, partner: Partner | None, kind: str, title: str, today: date,
               ago: int, left: int, office: str = "") -> Agreement:
    begins = today - timedelta(days=ago)
    return Agreement(id=chance.id_at(_at(begins)), library=library, partner=partner, office=office, kind=kind, title=title,
                     number=f"{chance.randint(1, 90):03}/{kind.upper()}/{begins.year}", from_on=begins,
                     until_on=today + timedelta(days=left), recorded_at=_at(begins))


def _counted(chance: Chance, library: Library, on: date) -> dict[str, Any]:
    return {"id": chance.id_at(_at(on)), "library": library, "local_date": on, "happened_at": _at(on), "recorded_at": _at(on)}


def _stand_by(chance: Chance, library: Library, cities: Sequence[Partner], rows: dict[type, list[Any]],
              known: set[Any], today: date) -> None:
    theirs = []
    for name, kind in chance.sample(OF_LIBRARY, chance.randint(2, 4)):
        partner = _partner(chance, library, f"{name} {library.region.name}", kind, today)
        if (library.pk, partner.name_key) not in known:
            theirs.append(partner)
    rows[Partner] += theirs
    for partner in [*theirs, *chance.sample(cities, 1)]:
        for _n in range(chance.randint(0, 2)):
            kind, what, worth = chance.choice(GIFTS)
            rows[Support].append(Support(partner=partner, kind=kind, what=what, worth=worth, **_counted(
                chance, library, today - timedelta(days=chance.randint(3, DAYS - 3)))))
    if library.kind == Library.Kind.VILLAGE and chance.random() < 0.6:
        rows[Agreement].append(_agreement(
            chance, library, None, "sk", "SK pengelola perpustakaan", today, chance.randint(60, 300),
            chance.randint(30, 500), office=library.region.full_name))
    for _n in range(chance.randint(1, 9)):
        channel = chance.choice(("whatsapp", "whatsapp", "instagram", "facebook", "local", "website"))
        link = f"https://contoh.id/{chance.randint(1000, 9999)}" if channel != "whatsapp" else ""
        rows[Publicity].append(Publicity(channel=channel, title="Kabar kegiatan perpustakaan", link=link,
                                         reach=chance.randint(40, 900), **_counted(
                                             chance, library, today - timedelta(days=chance.randint(1, DAYS - 3)))))


def _approach(chance: Chance, library: Library, rows: dict[type, list[Any]], today: date) -> None:
    aim, target, office = chance.choice(AIMS)
    state = chance.choice(("planned", "contacted", "met", "met", "promised", "achieved", "not_now"))
    begun = today - timedelta(days=chance.randint(30, 250))
    name = f"{office} {library.region.name}" if target == "lurah" else office
    row = Approach(id=chance.id_at(_at(begun)), library=library, aim=aim, target=target, office=name, state=state,
                   message="Warga datang, anak-anak membaca; dengan ini kami bisa melayani lebih banyak.", recorded_at=_at(begun),
                   moved_at=_at(begun))
    if state in ("planned", "contacted", "met", "promised"):
        row.next_what, row.next_on = "Menghubungi lagi", today + timedelta(days=chance.randint(-3, 25))
    rows[Approach].append(row)
    if state not in ("planned", "not_now"):
        rows[Talk].append(Talk(approach=row, way="call" if state == "contacted" else "met", office=name,
                               said=chance.choice(SAID), **_counted(chance, library, begun + timedelta(days=10))))
    if state in ("promised", "achieved"):
        kind = "promise" if state == "promised" else {"lurah": "decree", "company": "goods"}.get(target, "budget")
        worth = None if kind == "decree" else 1_000_000 * chance.randint(2, 12)
        rows[Result].append(Result(approach=row, kind=kind, what=aim, worth=worth, **_counted(
            chance, library, begun + timedelta(days=25))))


def _won(chance: Chance, library: Library, rows: dict[type, list[Any]], today: date) -> Approach:
    """The road of this year, walked to its end: from the community meeting to Dana Kelurahan."""
    office, day = f"Kelurahan {library.region.name}", today - timedelta(days=290)
    won = Approach(id=chance.id_at(_at(day)), library=library, aim="Dana Kelurahan untuk rak, buku, dan kursi", target="lurah",
                   office=office, state="achieved", road_year=current_year(day), recorded_at=_at(day), moved_at=_at(today),
                   message="Perpustakaan ramai setiap sore. Rp18,5 juta membuat 40 anak lagi bisa duduk dan membaca.")
    due = Approach(id=chance.id_at(_at(today)), library=library, aim="Komputer untuk kelas digital", target="company",
                   office="PT Cahaya Cisadane (demo)", state="met", recorded_at=_at(today), moved_at=_at(today),
                   next_what="Kirim proposal dua halaman", next_on=today + timedelta(days=3))
    rows[Approach] += [won, due]
    told = {"approach": won, "office": office, "ours": "Pengelola dan ketua PKK"}
    rows[Talk] += [Talk(way="letter", said="Undangan rembug warga.", **told, **_counted(chance, library, day)),
                   Talk(way="met", said=SAID[1], **told, **_counted(chance, library, day + timedelta(days=30))),
                   Talk(way="met", said="Masuk daftar usulan, urutan kedua.", **told, **_counted(
                       chance, library, day + timedelta(days=60))),
                   Talk(way="met", approach=due, office=due.office, said=SAID[0], **_counted(
                       chance, library, today - timedelta(days=9)))]
    rows[Result] += [
        Result(approach=won, kind="promise", what="Masuk daftar usulan musrenbang kelurahan", **_counted(
            chance, library, day + timedelta(days=60))),
        Result(approach=won, kind="budget", what="Dana Kelurahan: rak, buku, kursi", worth=18_500_000, **_counted(
            chance, library, day + timedelta(days=200)))]
    rows[Agreement].append(_agreement(chance, library, None, "commitment", "Surat komitmen lurah", today, 340, 25, office=office))
    years = {today.year, current_year(today)}
    rows[RoadStep] += [
        RoadStep(id=chance.id_at(_at(today)), library=library, year=year, step=step.milestone.key, done_on=step.due_on)
        for year, steps in roads_of(library.pk, sorted(years), today).items() for step in steps if step.days_left < -5]
    return won


def _proposal(chance: Chance, library: Library, won: Approach, today: date) -> None:
    """The proposal of the coming road, with the figures as they are; the approach that was won told some too."""
    first, at = today - timedelta(days=364), _at(today)
    texts = draft(library, current_year(today))
    proposal = Proposal(
        id=chance.id_at(at), library=library, year=current_year(today), changed_at=at,
        **{**vars(texts), "signer": "Rina Wulandari"},
        budget=[{"what": "Rak buku anak", "n": 3, "unit": "buah", "price": 1_750_000},
                {"what": "Buku anak dan keterampilan", "n": 120, "unit": "eksemplar", "price": 65_000},
                {"what": "Kursi dan meja baca", "n": 10, "unit": "set", "price": 450_000}])
    proposal.need = "\n".join(needs_told(library, first, today))
    proposal.done = "Perpustakaan buka setiap hari kerja, dijalankan pengelola dan relawan, dengan kegiatan setiap bulan."
    proposal.save()
    Figure.objects.bulk_create([
        Figure(id=chance.id_at(at), library=library, measure=measure.name, from_on=first, until_on=today, value=value,
               computed_at=at, **about)
        for measure, value in usual(library, first, today) for about in ({"proposal": proposal}, {"approach": won})])
