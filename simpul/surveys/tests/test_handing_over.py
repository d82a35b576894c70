"""Words that disclose harm leave the answers; the emergency numbers are the city's own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.surveys.actions import name_safeguarding, pass_answer_on, set_hotlines
from simpul.surveys.actions.refusals import EmptyVoice
from simpul.surveys.models import Disclosure, Response
from simpul.surveys.queries import Hotline, hotlines
from simpul.surveys.readymade import ready_made
from simpul.surveys.results import results_of

HARM = "Anak tetangga saya dipukul <b>=1+1"


@pytest.fixture
def told(open_survey: Any, answer: Any) -> Response:
    version = open_survey("feedback").versions.get()
    questions = list(version.questions.all())
    text = next(q for q in questions if q.kind == "text")
    return answer(version, {q.key: 1 for q in questions if q.options and q.kind != "several"} | {text.key: HARM})


def key_of(row: Response) -> str:
    return next(key for key, value in row.answers.items() if value == HARM)


def test_these_words_leave_and_the_other_answers_stay_counted(
        told: Response, by_volunteer: Actor, by_stranger: Actor, at: datetime) -> None:
    key, others = key_of(told), len(told.answers) - 1
    with pytest.raises(NotAllowed):
        pass_answer_on(response_id=told.pk, key=key, by=by_stranger, at=at, id=new_id())
    change = new_id()
    for _click in range(2):
        pass_answer_on(response_id=told.pk, key=key, by=by_volunteer, at=at, id=change)
    told.refresh_from_db()
    assert (len(told.answers), HARM in str(told.answers)) == (others, False)
    assert list(Disclosure.objects.values_list("text", "library", "handled_at")) == [(HARM, told.library_id, None)]
    for wrong in (key, next(iter(told.answers)), "x"):
        with pytest.raises(EmptyVoice):
            pass_answer_on(response_id=told.pk, key=wrong, by=by_volunteer, at=at, id=new_id())
    assert results_of(told.version, is_outsider=False).n == 1


def test_one_tap_on_the_results_hands_it_over_and_only_the_named_person_reads_it(
        told: Response, library: Library, librarian: Account, mentor: Account, make_account: Any, by_coordinator: Actor,
        sign_in: Callable[[Account], Client], at: datetime) -> None:
    named = make_account("Maya Kusuma")
    name_safeguarding(account=named, by=by_coordinator, at=at, id=new_id())
    address = f"/perpustakaan/{library.code}/survei/{told.version.survey_id}/"
    handing, desk = f"{address}lembar/{told.pk}/perlindungan/", sign_in(librarian)
    assert handing in desk.get(address).content.decode()
    assert handing not in sign_in(mentor).get(address).content.decode()
    assert sign_in(mentor).post(handing, {"change": new_id(), "key": key_of(told)}).status_code == 404
    assert desk.post(handing, {"change": new_id(), "key": key_of(told)}).status_code == 302
    assert HARM.split("<")[0] not in desk.get(address).content.decode()
    reads = sign_in(named)
    assert "dipukul &lt;b&gt;" in reads.get("/kota/perlindungan/").content.decode()
    assert desk.post(handing, {"change": new_id(), "key": "x" * 99}).status_code == 302


def test_the_menu_leads_the_named_person_there_and_nobody_else(
        librarian: Account, volunteer: Account, coordinator: Account, library: Library, by_coordinator: Actor,
        sign_in: Callable[[Account], Client], at: datetime) -> None:
    from simpul.web.menu import city_menu, library_menu

    name_safeguarding(account=librarian, by=by_coordinator, at=at, id=new_id())

    def urls(groups: Any) -> list[str]:
        return [entry.url for group in groups for entry in group.entries if "perlindungan" in entry.url]

    def actor(account: Account, **more: Any) -> Actor:
        return Actor(kind=by_coordinator.kind, id=account.pk, **more)

    assert urls(library_menu(actor(librarian, librarian_of=frozenset({library.pk})), library)) == ["/kota/perlindungan/"]
    assert urls(library_menu(actor(volunteer, volunteer_of=frozenset({library.pk})), library)) == []
    assert urls(city_menu(by_coordinator)) == ["/kota/suara/petugas-perlindungan/"]
    assert urls(city_menu(actor(volunteer, is_administrator=True))) == []


def test_emergency_numbers_are_marked_until_the_city_says_where_it_has_them_from(
        coordinator: Account, librarian: Account, library: Library, by_coordinator: Actor, by_librarian: Actor,
        sign_in: Callable[[Account], Client], at: datetime) -> None:
    assert [(one.number, one.is_checked) for one in hotlines()] == [("112", False), ("129", False)]
    city = sign_in(coordinator)
    assert "perlu diperiksa kota" in city.get("/kota/suara/").content.decode()
    assert sign_in(librarian).get("/kota/suara/nomor-darurat/").status_code == 404
    form = {"change": new_id(), "name_0": "Darurat <i>", "number_0": "112", "source_0": "Dinas, ditelepon 3 Maret", "name_1": "",
            "number_1": "129"}
    assert city.post("/kota/suara/nomor-darurat/", form).status_code == 302
    assert hotlines() == [Hotline("Darurat <i>", "112", "Dinas, ditelepon 3 Maret")]
    assert "perlu diperiksa kota" not in city.get("/kota/suara/").content.decode()
    page = Client().get(f"/suara/{library.code}/").content.decode()
    assert ("Darurat &lt;i&gt;" in page, "129" in page) == (True, False)
    assert city.post("/kota/suara/nomor-darurat/", {"change": new_id()}).status_code == 422
    with pytest.raises(NotAllowed):
        set_hotlines(hotlines=[Hotline("a", "1")], by=by_librarian, at=at, id=new_id())


def test_the_six_effects_carry_the_national_figures_of_2024(open_survey: Any, answer: Any) -> None:
    percents = {"school": 86.0, "ict": 89.7, "work": 72.8, "health": 85.86, "community": 85.6, "distance": 75.0}
    assert (ready_made()["effects-2024"].percents, ready_made()["effects-2024"].compare.year) == (percents, 2024)
    version = open_survey("effects-2024").versions.get()
    answer(version, dict.fromkeys(percents, 1))
    shown = {result.question.key: result.percent for result in results_of(version, is_outsider=False).questions}
    assert {key: shown[key] for key in percents} == percents


@pytest.mark.parametrize("ready", list(ready_made()))
def test_every_ready_made_survey_is_printed_and_entered_from_paper(
        ready: str, open_survey: Any, library: Library, librarian: Account, sign_in: Callable[[Account], Client]) -> None:
    survey, desk = open_survey(ready), sign_in(librarian)
    address = f"/perpustakaan/{library.code}/survei/{survey.pk}/"
    page = desk.get(address + "kertas/").content.decode()
    assert all(question.text.split("(")[0].strip()[:20] in page.replace("&#x27;", "'").replace("&quot;", '"')
               for question in survey.versions.get().questions.all())
    first = next(q for q in survey.versions.get().questions.all() if q.options or q.kind == "number")
    assert desk.post(address + "lembar/", {"change": new_id(), f"q_{first.key}": "1"}).status_code == 302
    assert Response.objects.get().channel == "paper"
    assert desk.get(address).status_code == 200
