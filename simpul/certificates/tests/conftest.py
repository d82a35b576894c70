"""What the tests of this room share."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine

from conftest import NOON
from simpul.certificates.actions import Award, Event, Material, issue_batch, prepare_batch
from simpul.certificates.models import Batch, Certificate
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import City

NAMES = ("Zubaidah", "Ani Lestari, S.Pd.", "Budi")
EVENT = Event(title="Bimtek Replikasi Mandiri", place="Gedung Perpustakaan", first_on=date(2024, 5, 20),
              last_on=date(2024, 5, 21), issuer_name="Dinas Perpustakaan Kota Tangerang", pattern="421.9/{n:03}-DPAD/2024",
              signed_in="Tangerang", signer_role="Kepala Dinas", signer_name="Nama Kepala", signer_number="19700101")
MATERIALS = (Material("Layanan informasi", 4), Material("Advokasi", 3))


@pytest.fixture(autouse=True)
def tuesday_morning(settings: Any, tmp_path: Any) -> Iterator[time_machine.Traveller]:
    """It is Tuesday, 10 March 2026, 10.00 in Tangerang; keys and files lie in a folder of the test's own."""
    settings.DATA, settings.FILES_ROOT = tmp_path, tmp_path / "files"
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def award(name: str, /, **given: Any) -> Award:
    return Award(**({"name": name, "key": f"training.Participant:{name}", "achievement": "Pengelola Perpustakaan Inklusif",
                     "criteria": "Hadir pada semua sesi.", "jp": 7, "materials": MATERIALS,
                     "evidence": {"sessions": 8}} | given))


@pytest.fixture
def prepare(city: City, by_coordinator: Actor, at: datetime) -> Callable[..., Batch]:
    def make(*names: str, **given: Any) -> Batch:
        return prepare_batch(**({"event": EVENT, "awards": [award(name) for name in names or NAMES], "source": "",
                                 "by": by_coordinator, "at": at, "id": new_id()} | given))

    return make


@pytest.fixture
def issued(prepare: Callable[..., Batch], by_coordinator: Actor, at: datetime) -> Callable[..., list[Certificate]]:
    """The certificates of an issued batch, in the order of their numbers."""
    def make(*names: str, **given: Any) -> list[Certificate]:
        batch = prepare(*names, **given)
        issue_batch(batch=batch, by=by_coordinator, at=at, id=new_id())
        return list(Certificate.objects.filter(batch=batch).select_related("batch", "key").order_by("ordinal"))

    return make
