"""Ten workshops and 104 libraries: lists stay quick; messages go to who knows them."""

from datetime import timedelta
from time import process_time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOON
from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.erasure import Told
from simpul.core.measure import discover
from simpul.core.phones import normalise
from simpul.libraries.models import Library
from simpul.people.models import Person
from simpul.training.actions import copy_workshop, settle
from simpul.training.erasure import empties, tells
from simpul.training.models import Invitation, Participant, Presence, Workshop
from simpul.training.queries import trained
from simpul.training.schedule import run
from simpul.training.tests.conftest import FIRST, LAST_HOUR


def test_ten_workshops_of_104_libraries_are_listed_in_time(workshop: Workshop, who: Any, make_library: Any, sign_in: Any,
                                                           coordinator: Account, city: Any) -> None:
    libraries = [make_library(code=f"B{n:03}") for n in range(104)]
    made = [copy_workshop(workshop=workshop, first_on=FIRST + timedelta(days=30 * n), **who()) for n in range(1, 10)]
    for one in made:
        Invitation.objects.bulk_create([Invitation(workshop=one, library=library, invited_at=NOON) for library in libraries])
        Participant.objects.bulk_create([Participant(
            workshop=one, library=library, name=f"Peserta {n}", name_key=f"peserta {n}", phone=f"+62812{n:07}",
            state="confirmed", named_at=NOON, token_hash=f"{one.pk.hex}{n:032}") for n, library in enumerate(libraries)])
        lessons = list(one.lessons.filter(jp__gt=0))
        people = list(one.participants.all())
        Presence.objects.bulk_create([Presence(
            lesson=lesson, participant=person, library_id=person.library_id, how="tick", happened_at=NOON,
            local_date=FIRST) for lesson in lessons for person in people])
    office = sign_in(coordinator)
    slow = {}
    for path in ("", f"{made[0].pk}/", f"{made[0].pk}/peserta/", f"{made[0].pk}/undangan/", f"{made[0].pk}/sertifikat/",
                 f"{made[0].pk}/tes/"):
        office.get(f"/kota/bimtek/{path}")
        with CaptureQueriesContext(connection) as asked:
            begun = process_time()
            assert office.get(f"/kota/bimtek/{path}").status_code == 200
            took = process_time() - begun
        assert len(asked) < 40, path
        if took > 0.8:  # the promise is 200 ms on a quiet machine; shared ones are given room
            slow[path] = took
    assert slow == {}


def test_who_was_trained_is_a_measure_of_her_library(workshop: Workshop, come: Any, attend: Any, who: Any,
                                                     library: Library) -> None:
    attend(come(sex="P"))
    workshop.needs_plan = workshop.needs_post_test = False
    workshop.save()
    settle(workshop=workshop, **who(LAST_HOUR))
    people, hours = discover()["people_trained"], discover()["training_jp"]
    rows = people.between(people.rows(), FIRST, FIRST + timedelta(days=1))
    assert (people.total(rows), hours.total(hours.rows()), people.by(rows, "sex"), people.by(rows, "library_id")) == (
        1, 16, [{"sex": "P", "n": 1}], [{"library_id": library.pk, "n": 1}])
    assert (len(trained(libraries=[library.pk], first=FIRST)), trained(last=FIRST)) == (1, [])


def test_she_reads_what_is_kept_and_is_forgotten(come: Any, make_person: Any) -> None:
    come("Siti Aminah", "081234567890")
    person: Person = make_person("Siti Aminah", phone=normalise("081234567890"), name_key="siti aminah")
    other: Person = make_person("Budi")
    (told,) = list(tells(person))
    assert isinstance(told, Told)
    assert (len(told.rows), len(next(iter(tells(other))).rows)) == (1, 0)
    empties(other)
    empties(person)
    assert list(Participant.objects.values_list("name", "phone", "role")) == [("", "", "")]


def test_the_schedule_forgets_and_then_rests(come: Any) -> None:
    come(confirmed=False)
    assert (run(LAST_HOUR), run(LAST_HOUR + timedelta(days=100)), run(LAST_HOUR + timedelta(days=100))) == (0, 1, 0)


@pytest.mark.parametrize("of", ["", "own", "office"])
def test_a_name_in_the_journal_is_for_who_works_there(of: str, come: Any, by_stranger: Actor, by_librarian: Actor,
                                                      by_coordinator: Actor) -> None:
    row = come()
    reader = {"": by_stranger, "own": by_librarian, "office": by_coordinator}[of]
    assert row.journal_label(reader) == ("Sari Utami" if of else "seorang peserta")
