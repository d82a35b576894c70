"""Invented numbers of residents, by sex and age group, so that reach can be shown: two half-yearly counts of every
kelurahan. Their sums are the city's known total; how they are spread over the kelurahan is invented, as the source says."""

from datetime import date, datetime, time
from itertools import pairwise
from uuid import UUID

from simpul.core.clock import JAKARTA
from simpul.core.ids import derived_id
from simpul.indicators.models import RegionFact
from simpul.libraries.models import Region
from simpul.operations.demonstration.ids import SEED, Chance

CITY = "36.71"
TOTAL = 1_957_349
SOURCE = "contoh: angka karangan"
WOMEN = 0.4976
#: age group → share of the residents, about as in a young city
AGES = {"0-5": 0.094, "6-12": 0.117, "13-17": 0.083, "18-59": 0.612, "60+": 0.094}
Fact = RegionFact.Name


def record(today: date) -> None:
    """What was known at the begin of the invented year and half a year later; the number grows a little."""
    chance = Chance(SEED + 11)
    villages = list(Region.objects.filter(level=Region.Level.VILLAGE, code__startswith=f"{CITY}.").order_by("code"))
    weights = [chance.uniform(0.45, 1.75) for _one in villages]
    rows: list[RegionFact] = []
    for on, total in ((date(today.year - 2, 12, 31), round(TOTAL * 0.988)), (date(today.year - 1, 6, 30), TOTAL)):
        spread = shares(total, weights)
        for region, people in zip(villages, spread, strict=True):
            rows += _of_region(chance, region.pk, people, on)
    RegionFact.objects.bulk_create(rows, batch_size=1000)


def _of_region(chance: Chance, region: UUID, people: int, on: date) -> list[RegionFact]:
    women = round(people * (WOMEN + chance.uniform(-0.006, 0.006)))
    ages = shares(people, [share * chance.uniform(0.9, 1.1) for share in AGES.values()])
    told = {Fact.POPULATION: people, Fact.FEMALE: women, Fact.MALE: people - women,
            **{Fact(f"population_age_{age}"): n for age, n in zip(AGES, ages, strict=True)}}
    at = datetime.combine(on, time(9), JAKARTA)
    return [RegionFact(id=derived_id(region, f"{name.value}:{on}"), region_id=region, name=name, value=n, from_on=on,
                       source=SOURCE, recorded_at=at) for name, n in told.items()]


def shares(total: int, weights: list[float]) -> list[int]:
    """Whole numbers in the proportion of the weights that add up to the total."""
    below, edges = 0.0, [0]
    for weight in weights:
        below += weight
        edges.append(round(total * below / sum(weights)))
    return [upper - lower for lower, upper in pairwise(edges)]
