"""From the session to the people reached: nothing is counted twice, every branch adds up to the trunk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import NOON, TODAY
from simpul.accounts.models import Account
from simpul.activities.actions import Details, plan_activity
from simpul.activities.models import Activity
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.gatherings.actions import (
    HeadCell,
    SessionGiven,
    ask_outcomes,
    count_heads,
    mark_attendance,
    publish_gathering,
    register,
)
from simpul.libraries.models import Library
from simpul.plans.actions import Proof, add_evidence
from simpul.plans.models import Evidence
from simpul.replication.queries.cascade import cascade, city_cascade
from simpul.replication.queries.picture import Node, chain, draw
from simpul.surveys.actions import answer_survey
from simpul.surveys.models import Survey
from simpul.surveys.results import Share
from simpul.training.models import Participant, Speaker


@pytest.fixture
def make_activity(library: Library, by_librarian: Actor) -> Callable[..., Activity]:
    """Held yesterday with so many people."""
    def make(people: int, title: str = "Kelas menjahit") -> Activity:
        starts = NOON - timedelta(days=1)
        who = {"by": by_librarian, "at": starts}
        made = plan_activity(library=library, title=title, details=Details(kind="skills"), id=new_id(), **who,
                             sessions=[SessionGiven(starts, starts + timedelta(hours=1))])
        publish_gathering(gathering=made.gathering, id=new_id(), **who)
        count_heads(session=made.gathering.sessions.get(), cells=[HeadCell("P", "18-59", count=people)], id=new_id(), **who)
        return made

    return make


def test_it_adds_up(library: Library, other_library: Library, make_workshop: Any, make_plan: Any, by_librarian: Actor,
                    make_activity: Any) -> None:
    first = make_workshop((library, "Sari"), (library, "Ani"), (other_library, "Dewi"))
    second = make_workshop((library, "Sari"), title="Bimtek kedua")
    plans = [make_plan(origin=first.origin), make_plan(origin=second.origin)]
    shared = make_activity(12)
    alone = make_activity(5, "Kelas TI")
    for step, activity in ((plans[0].steps.first(), shared), (plans[0].steps.last(), shared), (plans[1].steps.first(), shared),
                           (plans[1].steps.last(), alone)):
        add_evidence(step=step, proof=Proof(reference=f"activities.Activity:{activity.pk}"), by=by_librarian, at=NOON,
                     id=new_id())
    found = cascade(day=TODAY)
    whole = found.sums()
    assert (whole.libraries, whole.participants, whole.plans, whole.steps, whole.activities, whole.people) == (2, 4, 2, 4, 2, 17)
    lines, together = city_cascade(None, TODAY)
    assert (lines, together) == (found.by_workshop(), whole)
    assert city_cascade([other_library.pk], TODAY)[1] == cascade(libraries=[other_library.pk], day=TODAY).sums()
    assert {one.title: sums.people for one, sums in found.by_workshop()} == {"Bimtek": 12, "Bimtek kedua": 17}
    assert [(one.pk, sums.people) for one, sums in found.by_library()] == [(library.pk, 17), (other_library.pk, 0)]
    assert cascade(libraries=[other_library.pk], day=TODAY).sums().participants == 1
    assert len(cascade(libraries=[other_library.pk], day=TODAY).workshops) == 1


def answered(activity: Activity, by: Actor, *values: int) -> None:
    """Asked what it brings, and so answered right after."""
    ask_outcomes(gathering=activity.gathering, is_wanted=True, by=by, at=NOON, id=new_id())
    version = Survey.objects.get(library=activity.library_id, ready="outcomes-after").versions.get()
    for value in values:
        answer_survey(version=version, channel="link", about_id=activity.gathering_id, by=by, at=NOON, id=new_id(),
                      answers=dict.fromkeys(("knowledge", "confidence", "application", "awareness"), value) | {
                          "agrees_to_follow_up": 1})


def test_outcomes_are_told_with_n_rate_and_interval_and_small_groups_withheld(
        library: Library, make_workshop: Any, make_plan: Any, make_activity: Any, by_librarian: Actor,
        coordinator: Account, sign_in: Callable[[Account], Client]) -> None:
    workshop = make_workshop((library, "Sari"))
    plan = make_plan(origin=workshop.origin)
    large, small = make_activity(12), make_activity(5, "Kelas TI")
    for step, activity in zip(plan.steps.all(), (large, small), strict=True):
        add_evidence(step=step, proof=Proof(reference=f"activities.Activity:{activity.pk}"), by=by_librarian, at=NOON,
                     id=new_id())
    rows = [register(gathering=large.gathering, name=f"Warga {n}", phone=f"08120000{n:04}", by=by_librarian,
                     at=NOON - timedelta(days=2), id=new_id()) for n in range(8)]
    for row in rows:
        mark_attendance(session=large.gathering.sessions.get(), registration=row, by=by_librarian, at=NOON, id=new_id())
    answered(large, by_librarian, 5, 5, 4, 4, 4, 2)
    answered(small, by_librarian, 1, 1, 5)
    own, outside = (cascade(own=ids, day=TODAY) for ids in ([library.pk], ()))
    told = [(found.sums().brought.n, found.sums().brought.share, found.sums().brought.rate) for found in (own, outside)]
    # in the small one more answered than were there
    assert told == [(9, Share(6, 9), Share(6, 8)), (6, Share(5, 6), Share(6, 8))]
    assert outside.sums().brought.short == "83% (44–97), n = 6"
    assert city_cascade(None, TODAY)[1] == outside.sums()
    assert city_cascade(None, TODAY, [library.pk])[1] == own.sums()
    for address in (f"/kota/kaskade/bimtek/{workshop.pk}/", "/kota/kaskade/", f"/perpustakaan/{library.code}/kaskade/"):
        page = sign_in(coordinator).get(address).content.decode()
        assert ("83%" in page, "tanggapan 75%" in page, "67%" in page) == (True, True, False), address


def test_a_broken_reference_and_a_voided_proof_count_nothing(library: Library, make_workshop: Any, make_plan: Any,
                                                             by_librarian: Actor, make_activity: Any) -> None:
    plan = make_plan(origin=make_workshop((library, "Sari")).origin)
    for key in ("nonsense", new_id(), make_activity(9).pk):
        add_evidence(step=plan.steps.first(), proof=Proof(reference=f"activities.Activity:{key}"), by=by_librarian,
                     at=NOON, id=new_id())
    assert cascade(day=TODAY).sums().people == 9
    Evidence.objects.update(voided_at=NOON)
    assert cascade(day=TODAY).sums().people == 0


def test_a_larger_scope_asks_no_more_questions(library: Library, make_workshop: Any, make_plan: Any, by_librarian: Actor,
                                               make_activity: Any) -> None:
    counted = []
    for n in (1, 2):
        for _n in range(n):
            plan = make_plan(origin=make_workshop((library, "Sari")).origin)
            add_evidence(step=plan.steps.first(), by=by_librarian, at=NOON, id=new_id(),
                         proof=Proof(reference=f"activities.Activity:{make_activity(4).pk}"))
        with CaptureQueriesContext(connection) as seen:
            cascade(day=TODAY).by_library()
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 12


def test_a_tree_is_laid_out_without_overlap() -> None:
    root = Node("Kota", "2", "/", [Node("A", "", "/a", chain([Node("x", "1", "/x"), Node("y", "2", "/y")])), Node("B", "", "/b")])
    made = draw(root)
    assert len({(box.x, box.y) for box in made.boxes}) == len(made.boxes) == 5
    assert (made.width, made.height, len(made.lines)) == (3 * 186 + 150, 104, 4)
    assert next(box for box in made.boxes if box.node is root).y == 0


@pytest.fixture
def grown(library: Library, make_workshop: Any, make_plan: Any, by_librarian: Actor, make_activity: Any) -> Any:
    """A workshop with a plan and an activity that proves a row."""
    workshop = make_workshop((library, "Sari Utami"))
    plan = make_plan(origin=workshop.origin)
    add_evidence(step=plan.steps.first(), by=by_librarian, at=NOON, id=new_id(),
                 proof=Proof(reference=f"activities.Activity:{make_activity(8).pk}"))
    return workshop


def test_every_scope_draws_a_tree_with_working_links(grown: Any, library: Library, coordinator: Account,
                                                     sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(coordinator)
    speaker, participant = Speaker.objects.get(), Participant.objects.get()
    for address in ("/kota/kaskade/", f"/kota/kaskade/bimtek/{grown.pk}/", f"/kota/kaskade/narasumber/{speaker.pk}/",
                    f"/kota/kaskade/peserta/{participant.pk}/", f"/perpustakaan/{library.code}/kaskade/"):
        page = browser.get(address)
        assert page.status_code == 200, address
        text = page.content.decode()
        start = text.index('<svg viewBox="0 0 ', text.index('class="tree"'))
        svg = ElementTree.fromstring(text[start:text.index("</svg>", start) + 6])
        assert all(size.isdigit() for size in (svg.get("width", ""), svg.get("height", "")))  # no separators in lengths
        links = [one.get("href") for one in svg.iter("a")]
        assert len(links) >= 5
        assert all(links)
        for link in {str(one).partition("#")[0] for one in links}:
            assert browser.get(link).status_code == 200, link


def test_a_mentor_sees_numbers_and_no_names(grown: Any, library: Library, mentor: Account, coordinator: Account,
                                            sign_in: Callable[[Account], Client]) -> None:
    participant = Participant.objects.get()
    for address in (f"/kota/kaskade/bimtek/{grown.pk}/", f"/kota/kaskade/peserta/{participant.pk}/",
                    f"/perpustakaan/{library.code}/kaskade/"):
        assert "Sari Utami" in sign_in(coordinator).get(address).content.decode()
        page = sign_in(mentor).get(address)
        assert (page.status_code, "Sari Utami" in page.content.decode()) == (200, False)


def test_an_activity_becomes_part_of_the_plan_by_one_tap(library: Library, make_plan: Any, make_activity: Any,
                                                         librarian: Account, stranger: Account,
                                                         sign_in: Callable[[Account], Client]) -> None:
    plan, activity = make_plan(), make_activity(3)
    step = plan.steps.first()
    address = f"/perpustakaan/{library.code}/kegiatan/{activity.pk}/rencana/"
    browser = sign_in(librarian)
    assert browser.get(address).status_code == 200
    for _twice in range(2):
        assert browser.post(address, {"langkah": str(step.pk)}).status_code == 302
    assert list(step.evidence.values_list("reference", flat=True)) == [f"activities.Activity:{activity.pk}"]
    assert browser.post(address, {"langkah": "x"}).status_code == 404
    assert sign_in(stranger).post(address, {"langkah": str(step.pk)}).status_code == 404
