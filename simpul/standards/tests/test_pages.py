"""Pages for each role; what is missing goes into the plan in one tap."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from conftest import NOON, TODAY
from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.plans.actions import PlanGiven, write_plan
from simpul.plans.models import Plan, Step
from simpul.replication.models import Document
from simpul.standards.models import Assessment, Grades

CHANGE = "019cd5b0-0000-7000-8000-00000000000"
Browser = Callable[[Account], Client]


@pytest.fixture
def plan(library: Library, by_librarian: Actor) -> Plan:
    return write_plan(library=library, kind="yearly", given=PlanGiven("Rencana 2026", TODAY, TODAY.replace(month=4)),
                      by=by_librarian, at=NOON, id=new_id())


def test_everybody_finds_her_pages(library: Library, librarian: Account, mentor: Account, coordinator: Account,
                                   stranger: Account, sign_in: Browser, tell: Any) -> None:
    tell(seats=12)
    here = f"/perpustakaan/{library.code}/"
    pages = ("standar/", "berkas/", "berkas/baru/?jenis=service", "akreditasi/", "akreditasi/penilaian/", "akreditasi/daftar/")
    assert [sign_in(who).get(here + page).status_code for who in (librarian, mentor, coordinator) for page in pages] == [200] * 18
    assert [sign_in(stranger).get(here + page).status_code for page in pages] == [404] * 6
    folder = here + "akreditasi/map.zip"
    assert [sign_in(who).get(folder).status_code for who in (librarian, mentor, coordinator)] == [200, 404, 404]
    city = ("/kota/standar/", "/kota/standar/?syarat=area&tampil=tidak-tahu&page=x", "/kota/akreditasi/nilai/")
    assert [sign_in(who).get(page).status_code for who in (mentor, coordinator) for page in city] == [200] * 6
    assert [sign_in(librarian).get(page).status_code for page in city] == [404] * 3


def test_what_is_missing_goes_into_the_plan_once(library: Library, librarian: Account, mentor: Account, sign_in: Browser,
                                                plan: Plan, tell: Any) -> None:
    tell(building_area_m2=20)
    here, browser = f"/perpustakaan/{library.code}/standar/", sign_in(librarian)
    told = {"syarat": "area", "change": CHANGE + "1"}
    assert [browser.post(here + "rencana/", told).status_code for _twice in range(2)] == [302, 302]
    step = Step.objects.get()
    assert (step.plan, step.due_on, "56" in step.activity) == (plan, plan.ends_on, True)
    assert f"/perpustakaan/{library.code}/rencana/{plan.pk}/" in browser.get(here).content.decode()
    assert browser.post(here + "rencana/", {"syarat": "x"}).status_code == 404
    assert sign_in(mentor).post(here + "rencana/", told).status_code == 404


def test_without_a_plan_the_way_leads_to_one(library: Library, librarian: Account, sign_in: Browser) -> None:
    answer = sign_in(librarian).post(f"/perpustakaan/{library.code}/standar/rencana/", {"syarat": "area"})
    assert answer.headers["Location"] == f"/perpustakaan/{library.code}/rencana/baru/"


def test_a_paper_is_brought_once(library: Library, librarian: Account, sign_in: Browser) -> None:
    here, browser = f"/perpustakaan/{library.code}/berkas/", sign_in(librarian)
    told = {"kind": "service", "dated_on": "2026-01-05", "valid_until": "2025-01-01", "number": "SOP <b>", "change": CHANGE + "2"}
    assert browser.post(here + "baru/", told).status_code == 422
    assert browser.post(here + "baru/", told | {"valid_until": "2028-01-01"}).status_code == 302
    row = Document.objects.get()
    page = browser.get(here).content
    assert (b"SOP <b>" in page, b"SOP &lt;b&gt;" in page) == (False, True)
    browser.post(f"{here}{row.pk}/keluarkan/")
    assert Document.objects.standing().count() == 0
    browser.post(f"{here}{row.pk}/masukkan/")
    assert Document.objects.standing().count() == 1


def test_assessment_and_grades_are_told_and_taken_back(library: Library, librarian: Account, coordinator: Account,
                                                       mentor: Account, sign_in: Browser) -> None:
    here, browser = f"/perpustakaan/{library.code}/akreditasi/penilaian/", sign_in(librarian)
    assert browser.post(here, {"staff": "7", "change": CHANGE + "3"}).status_code == 422
    assert browser.post(here, {"change": CHANGE + "3"}).status_code == 422
    assert browser.post(here, {"staff": "4", "change": CHANGE + "3"}).status_code == 302
    assert Assessment.objects.get().fulfilled == 4
    browser.post(f"{here}{CHANGE}3/urung/")
    assert Assessment.objects.standing().count() == 0
    city = "/kota/akreditasi/nilai/"
    told = {"from_on": "2026-01-01", "a_from": "80", "b_from": "70", "c_from": "60", "source": "Surat", "change": CHANGE + "4"}
    assert sign_in(mentor).post(city, told).status_code == 404
    assert sign_in(coordinator).post(city, told | {"b_from": "90"}).status_code == 422
    assert sign_in(coordinator).post(city, told).status_code == 302
    row = Grades.objects.get()
    sign_in(coordinator).post(f"{city}{row.pk}/cabut/")
    assert Grades.objects.standing().count() == 0
    sign_in(coordinator).post(f"{city}{row.pk}/pulih/")
    assert Grades.objects.standing().count() == 1
