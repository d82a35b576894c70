"""What the official forms ask and no day's record tells: facts of each library, schools outside, published indices."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from simpul.core.clock import JAKARTA
from simpul.core.ids import derived_id
from simpul.iplm.lines import ITEMS
from simpul.iplm.models import Institution, Link, Published, Return
from simpul.libraries.facts import POLICY_DOCUMENTS, SERVICE_KINDS
from simpul.libraries.models import City, DatedFact, Library, Region
from simpul.operations.demonstration.ids import SEED, Chance

ROOT = UUID(int=SEED + 25)
SOURCE = "contoh: angka karangan"
SCHOOLS = (("sd", "SD Negeri Contoh", 26), ("smp", "SMP Negeri Contoh", 10), ("sma", "SMA Negeri Contoh", 3),
           ("smk", "SMK Contoh", 2))
OF_A_YEAR = frozenset({"staff_trained", "budget_collection", "budget_training", "budget_services"})
TRUST = {"sd": 0.8, "smp": 0.9}  # how many of a kind answer


def record(libraries: list[Library], today: date) -> None:
    """Facts since the year before, schools with their returns, what was published."""
    chance = Chance(SEED + 25)
    years = (today.year - 1, today.year)
    rows = list(DatedFact.objects.values_list("library_id", "name", "from_on"))
    told = {(library, name) for library, name, _on in rows} | {(library, name, on.year) for library, name, on in rows}
    facts = [fact for library in libraries for fact in _facts(chance, library, years)
             if not told & {(fact.library_id, fact.name, fact.from_on.year) if fact.name in OF_A_YEAR else
                            (fact.library_id, fact.name)}]
    DatedFact.objects.bulk_create(facts, batch_size=1000)
    _schools(chance, libraries, years, today)
    region = City.objects.get().region
    Published.objects.bulk_create([
        Published(id=derived_id(ROOT, f"{name}{year}"), region=region, name=name, year=year, value=value, source=SOURCE,
                  recorded_at=datetime.combine(date(year + 1, 1, 20), time(9), JAKARTA))
        for year in years[:1] for name, value in (("tgm", "64.20"), ("iplm", "71.35"))])


def _facts(chance: Chance, library: Library, years: tuple[int, int]) -> list[DatedFact]:
    """What a library of its kind has; one of twelve told nothing yet."""
    is_city = library.kind == Library.Kind.CITY
    if not is_city and library.code != "L008" and chance.random() < 0.08:
        return []
    size = 12 if is_city else 1
    services = sorted(chance.sample(sorted(SERVICE_KINDS), 11 if is_city else chance.randint(3, 7)))
    papers = sorted(chance.sample(sorted(POLICY_DOCUMENTS), 9 if is_city else chance.randint(1, 5)))
    standing: dict[str, Any] = {
        "staff_qualified": 9 if is_city else int(chance.random() < 0.15), "staff_unqualified": size * chance.randint(1, 3),
        "service_kinds": services, "policy_documents": papers,
        "accreditation": "a" if is_city else chance.choices(("none", "none", "none", "c", "b"))[0]}
    if is_city:
        standing["regional_regulations"] = 1
    found = [_fact(library, name, value, years[0]) for name, value in standing.items()]
    for year in years:
        of_year = {"staff_trained": size * chance.randint(0, 2), "budget_collection": size * chance.randint(2, 12) * 1_000_000,
                   "budget_training": size * chance.randint(0, 3) * 500_000,
                   "budget_services": size * chance.randint(3, 15) * 1_000_000}
        found += [_fact(library, name, value, year) for name, value in of_year.items()]
    return found


def _fact(library: Library, name: str, value: Any, year: int) -> DatedFact:
    on = date(year, 1, 2)
    return DatedFact(id=derived_id(library.pk, f"{name}{year}"), library=library, name=name, value=value, from_on=on,
                     source=SOURCE,
                     recorded_at=datetime.combine(on, time(9), JAKARTA))


def _schools(chance: Chance, libraries: list[Library], years: tuple[int, int], today: date) -> None:
    regions = [one for one in {library.region_id: library.region for library in libraries}.values()
               if one.level == Region.Level.VILLAGE]
    at = datetime.combine(date(years[0], 1, 10), time(9), JAKARTA)
    schools, returns = [], []
    for kind, name, n in SCHOOLS:
        for number in range(1, n + 1):
            id = derived_id(ROOT, f"{kind}{number}")
            schools.append(Institution(id=id, name=f"{name} {number}", kind=kind, npsn=f"X{len(schools):07}", recorded_at=at,
                                       region=chance.choices(regions)[0]))
            for year in years:
                if chance.random() < TRUST.get(kind, 0) - (0.3 if year == today.year else 0):
                    how = chance.choices((Return.How.SHEET, Return.How.LINK))[0]
                    at_year = datetime.combine(min(today, date(year, 11, 3)), time(9), JAKARTA)
                    returns.append(Return(id=derived_id(id, str(year)), institution_id=id, year=year, answers=_answers(chance),
                                          how=how, recorded_at=at_year))
    Institution.objects.bulk_create(schools)
    Return.objects.bulk_create(returns)
    answered = {row.institution_id for row in returns if row.year == today.year}
    waiting = next((one for one in schools if one.kind == "sd" and one.pk not in answered), schools[0])
    Link.objects.create(id=derived_id(ROOT, "link"), institution=waiting, year=today.year,
                        open_until=date.fromordinal(today.toordinal() + 21), made_at=datetime.combine(today, time(8), JAKARTA))


def _answers(chance: Chance) -> dict[str, int]:
    """A school's 28 numbers, of one piece."""
    titles = chance.randint(300, 2400)
    bos, other = chance.randint(2, 20) * 1_000_000, chance.randint(0, 3) * 1_000_000
    new = chance.randint(10, 120)
    found = {"koleksi.1": titles, "koleksi.2": titles * chance.randint(2, 4), "koleksi.3": chance.randint(0, 40),
             "koleksi.5": new,
             "koleksi.6": new * 2, "koleksi.7": 0, "koleksi.9": bos, "koleksi.10": other, "koleksi.11": bos + other,
             "tenaga.1": int(chance.random() < 0.2), "tenaga.2": chance.randint(1, 2), "tenaga.3": chance.randint(0, 1),
             "tenaga.4": chance.randint(0, 2) * 500_000, "pelayanan.1": chance.randint(60, 600),
             "pelayanan.2": chance.randint(900, 9000), "pelayanan.3": chance.randint(0, 500),
             "pelayanan.4": chance.randint(80, 280), "pelayanan.5": chance.randint(300, 5000),
             "pelayanan.6": chance.randint(0, 10),
             "pelayanan.7": chance.randint(0, 10), "penyelenggaraan.1": chance.randint(2, 14),
             "penyelenggaraan.2": chance.randint(0, 5),
             "penyelenggaraan.3": chance.randint(2, 6), "penyelenggaraan.4": chance.randint(1, 6), "penyelenggaraan.5": 0,
             "penyelenggaraan.6": chance.randint(0, 8) * 1_000_000}
    found["koleksi.4"] = found["koleksi.3"]
    found["koleksi.8"] = found["koleksi.7"]
    return {item.key: found[item.key] for item in ITEMS}
