"""The demonstration's workshop, tried on a city of few libraries."""

from collections.abc import Callable

from conftest import TODAY
from simpul.certificates.models import Certificate
from simpul.libraries.models import Library, Region
from simpul.operations.demonstration import training
from simpul.plans.models import Plan
from simpul.training.models import Participant, Workshop


def test_forty_people_of_twenty_libraries_as_in_may_2024(make_library: Callable[..., Library], settings: object,
                                                         tmp_path: object) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    host = make_library(kind=Library.Kind.CITY)
    libraries = [make_library(region=Region.objects.get(code="36.71.01.1007")), host, *(
        make_library(kind=Library.Kind.TBM, region=Region.objects.get(code="36.71.01.1002")) for _n in range(24))]
    training.record(libraries, {"P": [f"Ani {n}" for n in range(150)], "L": [f"Budi {n}" for n in range(150)]}, TODAY)
    first, second = Workshop.objects.select_related("gathering").order_by("gathering__first_on")
    assert (first.gathering.first_on.isoformat(), first.participants.count(), Plan.objects.from_origins(
        [first.origin]).count(), second.participants.count()) == ("2024-05-20", 40, 18, 4)
    earned = Participant.objects.trained().count()
    assert (earned > 20, Certificate.objects.given().filter(kind="certificate").count()) == (True, earned)
