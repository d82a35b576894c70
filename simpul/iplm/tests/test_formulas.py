"""The index and the ratios by their published examples."""

from decimal import Decimal

import pytest

from simpul.iplm.formulas import NoFormula, band_of, brought_between, denominator_of, index_of, ratios_of
from simpul.iplm.lppd import ratio
from simpul.iplm.models import Normalising
from simpul.iplm.reading import tgm_band, tgm_of, tgm_score
from simpul.iplm.simulation import Setting, simulate, simulate_city

SEVEN = [Decimal(n) / 10_000 for n in (62, 87, 11, 104, 3, 245, 392)]  # together 0.0904


def test_2021_is_a_hundred_times_the_sum_as_for_banten() -> None:
    assert index_of(2021, SEVEN) == Decimal("9.04")


def test_2022_is_a_hundred_times_the_mean_as_for_sukoharjo() -> None:
    ratios = [Decimal("0.71849")] * 7
    assert (index_of(2022, ratios, decimals=3), index_of(2022, ratios)) == (Decimal("71.849"), Decimal("71.85"))


def test_2023_brings_every_ratio_between_the_lowest_and_the_highest() -> None:
    lowest, highest = [Decimal(0)] * 7, [Decimal("0.1")] * 7
    assert brought_between([Decimal("0.05")], [Decimal(0)], [Decimal("0.1")]) == [Decimal("0.5")]
    assert index_of(2023, SEVEN, lowest=lowest, highest=highest) == Decimal("12.91")
    assert brought_between([Decimal(1)], [Decimal(1)], [Decimal(1)]) == [Decimal(0)]


@pytest.mark.parametrize("year", [2020, 2023, 2024, 2025])
def test_no_formula_is_invented(year: int) -> None:
    with pytest.raises(NoFormula):
        index_of(year, SEVEN)


def test_the_elements_are_seven() -> None:
    with pytest.raises(ValueError, match="seven"):
        index_of(2022, SEVEN[:6])


def test_bands_and_denominators_are_those_of_the_guide() -> None:
    assert [str(band_of(Decimal(n))) for n in ("0", "29.9", "30", "49.9", "50", "79.9", "80", "89.9", "90", "100")] == [
        str(band_of(Decimal(n))) for n in ("1", "1", "31", "31", "51", "51", "81", "81", "91", "91")]
    assert len({str(band_of(Decimal(n))) for n in (1, 31, 51, 81, 91)}) == 5
    assert len({str(denominator_of(kind)) for kind in ("public", "school", "university", "special")}) == 4


def test_a_ratio_without_a_denominator_is_unknown_and_never_zero() -> None:
    assert ratios_of({"1": 3}, None)["1"] is None
    assert ratios_of({"1": 3}, Decimal(0))["1"] is None
    assert (ratio(3, None), ratio(3, 0), ratio(None, 3)) == (None, None, None)


@pytest.mark.parametrize(("part", "whole", "decimals", "expected"), [
    (21_840, 298_567, 2, "7.31"), (1_043, 298_567, 2, "0.35"), (2, 232, 2, "0.86"), (1_043, 298_567, 4, "0.3493")])
def test_the_ratios_of_the_guide_to_the_lppd(part: int, whole: int, decimals: int, expected: str) -> None:
    assert ratio(part, whole, decimals=decimals) == Decimal(expected)


def test_tgm_weighs_its_components_as_published() -> None:
    parts = {"fm": 60, "dm": 50, "jb": 40, "fai": 80, "dai": 90}
    assert tgm_of({key: Decimal(n) for key, n in parts.items()}) == Decimal("53.50")
    best, worst = dict.fromkeys(("fm", "dm", "jb", "fai", "dai"), 5), dict.fromkeys(("fm", "dm", "jb", "fai", "dai"), 1)
    assert tgm_score([best, worst]) == (Decimal("50.00"), 2)
    assert tgm_score([{"fm": 5}]) is None  # only whole sheets count


def test_tgm_bands_hold_their_upper_end() -> None:
    names = [str(tgm_band(Decimal(n))) for n in ("20", "20.1", "40", "40.1", "60", "60.1", "80", "80.1", "100")]
    assert len(set(names)) == 5
    assert (names[1], names[3], names[5], names[7]) == (names[2], names[4], names[6], names[8])


def answers(n: int) -> dict[str, int | None]:
    return {"koleksi.1": n, "tenaga.1": n, "pelayanan.2": n, "penyelenggaraan.1": n}


def test_the_simulation_is_thirty_and_seventy_of_what_the_normaliser_gives() -> None:
    setting = Setting({"koleksi.1": 10, "tenaga.1": 20, "pelayanan.2": 40, "penyelenggaraan.1": 80}, [], None)
    made = simulate(Normalising.Way.TARGET, answers(10), setting)
    assert (made.compliance, made.performance, made.used) == (75.0, 18.75, 4)
    assert made.facts()["index"] == 35.63
    assert made.facts()["is_official"] is False


def test_min_max_compares_the_citys_libraries_and_the_city_is_their_mean() -> None:
    setting = Setting({}, [answers(0), answers(5), answers(10)], None)
    assert simulate(Normalising.Way.MIN_MAX, answers(5), setting).facts()["index"] == 50.0
    assert simulate_city(Normalising.Way.MIN_MAX, answers(15), setting).facts()["index"] == 50.0


def test_where_nothing_can_be_compared_there_is_no_index() -> None:
    alike = Setting({}, [answers(5), answers(5)], None)
    assert simulate(Normalising.Way.MIN_MAX, answers(5), alike).facts()["index"] is None
    assert simulate(Normalising.Way.PER_CAPITA, answers(5), Setting({"koleksi.1": 10}, [], None)).facts()["index"] is None


def test_per_capita_compares_each_thousand_residents() -> None:
    targets = dict.fromkeys(answers(1), 10)
    assert simulate(Normalising.Way.PER_CAPITA, answers(10), Setting(targets, [], Decimal(2000))).facts()["index"] == 50.0
