"""Two desks at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from simpul.core.ids import new_id
from simpul.people.actions import LinkClosed, answer_by_link, ask_consent_by_link, enrol_member, link_actor
from simpul.people.models import Card, ConsentRequest, Member
from simpul.people.tests.conftest import GUARDIAN


def at_once(jobs):
    def run(job):
        try:
            return job()
        finally:
            connection.close()
    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.django_db(transaction=True)
def test_desks_enrolling_at_once_never_give_one_number_twice(library, by_librarian, at):
    def enrol(n):
        return lambda: enrol_member(library=library, name=f"Siti {n}", birth_year=1990, guardian=None, by=by_librarian,
                                    at=at, id=new_id())
    at_once([enrol(n) for n in range(6)])
    assert sorted(Member.objects.values_list("number", flat=True)) == [f"2026-000{n}" for n in range(1, 7)]
    assert Card.objects.open().count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_doubled_request_enrols_once(library, by_librarian, at):
    id = new_id()
    members = at_once([lambda: enrol_member(library=library, name="Siti", birth_year=1990, guardian=None,
                                            by=by_librarian, at=at, id=id)] * 4)
    assert ({m.pk for m in members}, Member.objects.count()) == ({members[0].pk}, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts(library, by_librarian, at):
    child = enrol_member(library=library, name="Rafi", birth_year=2017, guardian=GUARDIAN, by=by_librarian, at=at,
                         id=new_id())
    link = ask_consent_by_link(person=child.person, by=by_librarian, at=at, id=new_id())

    def answer(agrees):
        def do():
            try:
                row = ConsentRequest.objects.select_related("person").get(pk=link.pk)
                return answer_by_link(request=row, agrees=agrees, guardian=GUARDIAN, by=link_actor(link), at=at,
                                      id=new_id()).is_agreed
            except LinkClosed:
                return "closed"
        return do
    told = at_once([answer(True), answer(False)])
    assert told.count("closed") == 1
    assert [ConsentRequest.objects.get().is_agreed] == [answer for answer in told if answer != "closed"]
