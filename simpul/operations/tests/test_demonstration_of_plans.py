"""The invented year of plans and volunteers keeps the rules of the tables."""

from datetime import date
from typing import Any

from simpul.libraries.models import Library
from simpul.operations.demonstration import plans, volunteers
from simpul.plans.models import Plan
from simpul.plans.queries import progress_of
from simpul.volunteers.models import Helper, Letter, Service

TODAY = date(2026, 3, 10)


def test_plans_and_volunteers_are_invented_for_their_libraries(library: Library, make_library: Any) -> None:
    libraries = [library, *(make_library(kind=Library.Kind.TBM) for _n in range(5))]
    plans.record(libraries, TODAY)
    volunteers.record(libraries, {"L": ["Agus Salim"], "P": ["Siti Aminah", "Dewi Sartika"]}, TODAY)
    assert (Plan.objects.values("library").distinct().count(), len(progress_of(None, TODAY))) == (6, 6)
    assert Helper.objects.values("library").distinct().count() == 6
    assert Service.objects.counting().filter(local_date__gte=TODAY).count() == 0
    assert all(letter.total > 0 for letter in Letter.objects.all())
