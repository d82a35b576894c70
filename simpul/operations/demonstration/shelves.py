"""Invented titles and their copies on the libraries' shelves."""

from datetime import date, datetime, timedelta
from uuid import UUID

from simpul.catalogue.models import Contributor, Copy, Format, Subject, Title
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import Chance
from simpul.operations.demonstration.words import PLACES, PUBLISHERS, SHELVES
from simpul.operations.demonstration.writing import insert

TITLES = 1200
COPIES = {Library.Kind.CITY: 1600, Library.Kind.VILLAGE: 80, Library.Kind.TBM: 110}
SOURCES = ((Copy.Acquisition.PERPUSNAS, 0.4), (Copy.Acquisition.APBD, 0.25), (Copy.Acquisition.GRANT, 0.25),
           (Copy.Acquisition.SELF, 0.1))


def make_titles(chance: Chance, names: list[str], at: datetime) -> list[Title]:
    """Titles with contributors and subjects, indexed for search; about one in twenty for readers who see or hear
    instead of reading print."""
    titles: list[Title] = []
    contributors: list[Contributor] = []
    subjects: list[Subject] = []
    seen: set[str] = set()
    while len(titles) < TITLES:
        ddc = chance.choice(list(SHELVES))
        patterns, terms, things = SHELVES[ddc]
        name = chance.choice(patterns).format(a=chance.choice(things), p=chance.choice(PLACES),
                                              n=chance.randint(1, 6))
        if name in seen:
            name = f"{name} {chance.choice(('Jilid', 'Seri'))} {chance.randint(2, 9)}"
        if name in seen:
            continue
        seen.add(name)
        author = chance.choice(names)
        title = Title(
            id=chance.id_at(at), title=name, contributors_line=author, responsibility=author,
            publisher=chance.choice(PUBLISHERS), place="Tangerang", year=chance.randint(2005, 2025),
            extent=f"{chance.randint(24, 320)} hlm.", language="ind", ddc=ddc,
            format=chance.choices((Format.BOOK, Format.BRAILLE, Format.LARGE_PRINT, Format.AUDIO),
                                  (95, 1.5, 2, 1.5))[0],
            is_easy_reading=ddc in ("398", "741"), recorded_at=at)
        titles.append(title)
        contributors.append(Contributor(title=title, name=author, role="penulis", position=1))
        subjects += [Subject(title=title, term=term, position=n) for n, term in enumerate(terms, 1)]
    Title.objects.bulk_create(titles, batch_size=500)
    Contributor.objects.bulk_create(contributors, batch_size=1000)
    Subject.objects.bulk_create(subjects, batch_size=1000)
    return titles


def make_copies(chance: Chance, libraries: list[Library], titles: list[Title], at: datetime,
                today: date) -> dict[UUID, list[Copy]]:
    """Copies by library; one in eight has no known date of receipt, as on real shelves."""
    by_library: dict[UUID, list[Copy]] = {}
    weights = [1 / (n + 10) ** 0.6 for n in range(len(titles))]
    for library in libraries:
        amount = COPIES.get(Library.Kind(library.kind), 40)
        amount = round(amount * chance.uniform(0.6, 1.4))
        copies = []
        for n, title in enumerate(chance.choices(titles, weights, k=amount), 1):
            source = chance.choices([s for s, _w in SOURCES], [w for _s, w in SOURCES])[0]
            received = None if chance.random() < 0.125 else today - timedelta(days=chance.randint(20, 2400))
            copies.append(Copy(
                id=chance.id_at(at), library=library, title=title, code=f"{library.code}-{n:05}",
                inventory_number=f"{n:05}/{library.code}", acquisition=source, received_on=received,
                call_number=f"{title.ddc} {title.contributors_line[:3].upper()} {title.title[:1].lower()}",
                state=Copy.State.REFERENCE if chance.random() < 0.02 else Copy.State.AVAILABLE, recorded_at=at))
        by_library[library.pk] = copies
    insert(copy for copies in by_library.values() for copy in copies)
    return by_library
