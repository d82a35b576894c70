"""Parts in words: what is said of which number."""

import pytest
from django.utils import translation

from simpul.overview.proportions import in_words


@pytest.mark.parametrize(("part", "whole", "said"), [
    (0, 7, "none"), (7, 7, "all"), (3, 7, "3 of 7"), (5, 9, "5 of 9"),           # few: the numbers themselves
    (0, 100, "none"), (100, 100, "all"), (4, 100, "fewer than 1 in 20"), (96, 100, "almost all"),
    (5, 100, "about 1 of 10"), (12, 100, "1 of 10"), (15, 100, "about 2 of 10"), (40, 100, "4 of 10"),
    (43, 100, "4 of 10"), (44, 100, "about 4 of 10"), (449, 1000, "about 4 of 10"), (45, 100, "almost half"),
    (49, 100, "almost half"), (499, 1000, "half"), (50, 100, "half"), (505, 1000, "half"),
    (51, 100, "a little more than half"), (54, 100, "a little more than half"), (55, 100, "about 6 of 10"),
    (60, 100, "6 of 10"), (94, 100, "about 9 of 10"), (95, 100, "almost all")])
def test_a_part_in_words(part: int, whole: int, said: str) -> None:
    with translation.override("en"):
        assert in_words(part, whole) == said


@pytest.mark.parametrize(("part", "whole", "said"), [
    (40, 100, "4 dari 10"), (48, 100, "hampir setengah"), (3, 7, "3 dari 7"), (2, 100, "kurang dari 1 di antara 20")])
def test_a_part_in_indonesian(part: int, whole: int, said: str) -> None:
    with translation.override("id"):
        assert in_words(part, whole) == said


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (1, 0), (-1, 5), (6, 5)])
def test_of_nothing_no_part_is_told(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match=f"{part} of {whole}"):
        in_words(part, whole)
