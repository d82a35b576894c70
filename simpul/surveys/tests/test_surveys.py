"""Surveys from the builder to the answer."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.actor import SCHEDULE, VISITOR, Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.surveys.actions import (
    answer_survey,
    close_survey,
    drop_invitation,
    forget,
    invite,
    make_survey,
    new_draft,
    open_ready_survey,
    publish,
    set_survey,
    void_response,
    write_question,
)
from simpul.surveys.actions.refusals import (
    AlreadyAnswered,
    CannotChange,
    SurveyClosed,
    WrongAnswer,
    WrongPhone,
    WrongQuestion,
)
from simpul.surveys.models import Invitation, Question, Response, Survey, Version
from simpul.surveys.readymade import ready_made
from simpul.surveys.results import results_of
from simpul.surveys.tests.conftest import queries_of

Open = Callable[..., Survey]
Answer = Callable[..., Response]
ALL_YES = {"school": 1, "ict": 1, "work": 1, "health": 1, "community": 1, "distance": 1}


def version_of(survey: Survey) -> Version:
    return Version.objects.select_related("survey__library").filter(survey=survey, published_at__isnull=False).latest("number")


def sheet(survey: Survey, answers: dict[str, Any], **given: Any) -> dict[str, Any]:
    return {"change": str(new_id()), "version": str(version_of(survey).number),
            **{f"q_{key}": value for key, value in answers.items()}} | given


# --- ready-made ------------------------------------------------------------------------------------------

def test_every_ready_made_survey_is_whole_and_in_two_languages() -> None:
    for made in ready_made().values():
        assert made.purpose in Survey.Purpose.values
        assert len({q["key"] for q in made.questions}) == len(made.questions)
        for q in made.questions:
            assert q["kind"] in Question.Kind.values
            assert q["text"]
            assert q["text_en"]
            assert (q["kind"] in ("one", "several")) == bool(q.get("choices"))
            assert len(q.get("choices", [])) == len(q.get("choices_en", []))


def test_outcomes_ask_the_same_four_before_after_and_later() -> None:
    four = {"knowledge", "confidence", "application", "awareness"}
    for key in ("outcomes-baseline", "outcomes-after", "outcomes-followup"):
        assert four <= {q["key"] for q in ready_made()[key].questions}


def test_the_six_effects_carry_the_published_percentages_and_their_source() -> None:
    made = ready_made()["effects-2024"]
    assert made.percents == {"school": 86.0, "ict": 89.7, "work": 72.8, "health": 85.86, "community": 85.6, "distance": 75.0}
    assert made.compare is not None
    assert made.compare.year == 2024


def test_the_reading_index_has_the_published_weights() -> None:
    index = ready_made()["reading-habits"].index
    assert index is not None
    assert index.weights == {"fm": 0.30, "dm": 0.30, "jb": 0.30, "fai": 0.05, "dai": 0.05}
    assert sum(index.weights.values()) == pytest.approx(1)


# --- builder ---------------------------------------------------------------------------------------------

def test_a_survey_is_built_published_and_never_changes_again(library: Library, by_librarian: Actor, at: datetime) -> None:
    told: dict[str, Any] = {"by": by_librarian, "at": at}
    survey = make_survey(library=library, title="Jam buka", purpose="need", id=new_id(), **told)
    with pytest.raises(WrongQuestion):
        publish(survey=survey, id=new_id(), **told)
    with pytest.raises(WrongQuestion):
        write_question(survey=survey, kind="one", text="Kapan?", choices=["Pagi"], id=new_id(), **told)
    question = write_question(survey=survey, kind="one", text="Kapan?", choices=["Pagi", "Sore"], id=new_id(), **told)
    first = publish(survey=survey, id=new_id(), **told)
    for change in (
            lambda: write_question(survey=survey, kind="text", text="Lagi?", id=new_id(), **told),
            lambda: write_question(survey=survey, kind="text", text="X", question_id=question.pk, id=new_id(), **told),
            lambda: publish(survey=survey, id=new_id(), **told)):
        with pytest.raises(CannotChange):
            change()
    assert list(first.questions.values_list("text", flat=True)) == ["Kapan?"]


def test_answers_to_an_old_version_stay_readable(library: Library, by_librarian: Actor, at: datetime, answer: Answer) -> None:
    told: dict[str, Any] = {"by": by_librarian, "at": at}
    survey = make_survey(library=library, title="Jam buka", purpose="need", id=new_id(), **told)
    write_question(survey=survey, kind="one", text="Kapan?", choices=["Pagi", "Sore"], id=new_id(), **told)
    publish(survey=survey, id=new_id(), **told)
    old = version_of(survey)
    key = old.questions.get().key
    answer(old, {key: 2})
    draft = new_draft(survey=survey, id=new_id(), **told)
    same = draft.questions.get()
    assert same.key == key
    write_question(survey=survey, kind="one", text="Kapan?", choices=["Malam", "Pagi", "Sore"], question_id=same.pk,
                   id=new_id(), **told)
    publish(survey=survey, id=new_id(), **told)
    new = version_of(survey)
    assert (new.number, new.questions.get().key == key) == (2, False)
    answer(new, {new.questions.get().key: 2})
    [before], [after] = (results_of(v, is_outsider=False).questions for v in (old, new))
    assert [(o.label, o.share.k if o.share else None) for o in before.options] == [("Pagi", 0), ("Sore", 1)]
    assert [(o.label, o.share.k if o.share else None) for o in after.options] == [("Malam", 0), ("Pagi", 1), ("Sore", 0)]


def test_the_builder_works_over_its_pages(library: Library, librarian: Account, sign_in: Callable[[Account], Client]) -> None:
    browser, base = sign_in(librarian), f"/perpustakaan/{library.code}/survei/"
    browser.post(f"{base}baru/", {"change": str(new_id()), "title": "Jam buka", "purpose": "need"})
    one = f"{base}{Survey.objects.get().pk}/"
    assert browser.get(one).status_code == 302
    for text in ("Kapan?", "Mengapa?"):
        assert browser.post(f"{one}susun/", {"change": str(new_id()), "text": text, "kind": "text"}).status_code == 302
    second = Question.objects.get(text="Mengapa?")
    browser.post(f"{one}pertanyaan/{second.pk}/naik/", {"change": str(new_id())})
    assert list(Question.objects.values_list("text", flat=True)) == ["Mengapa?", "Kapan?"]
    assert browser.post(f"{one}pertanyaan/{second.pk}/", {
        "change": str(new_id()), "text": "Mengapa sekarang?", "kind": "text"}).status_code == 302
    browser.post(f"{one}pertanyaan/{second.pk}/hapus/", {"change": str(new_id())})
    assert browser.get(f"{one}susun/").status_code == 200
    assert browser.post(f"{one}pengaturan/", {"change": str(new_id()), "title": "Jam buka kita", "invited": "40",
                                              "is_listed": "on"}).status_code == 302
    browser.post(f"{one}terbitan/", {"change": str(new_id())})
    survey = Survey.objects.get()
    assert (survey.title, survey.invited, survey.is_listed) == ("Jam buka kita", 40, True)
    for page in ("", "kertas/", "poster/", "lembar/", "unduhan/", "pengaturan/"):
        assert browser.get(one + page).status_code == 200, page
    assert survey.title in Client().get(f"/suara/{library.code}/").content.decode()
    browser.post(f"{one}versi-baru/", {"change": str(new_id())})
    assert browser.get(f"{one}susun/").status_code == 200
    browser.post(f"{one}tutup/", {"change": str(new_id())})
    assert Survey.objects.get().closed_at is not None
    browser.post(f"{one}buka/", {"change": str(new_id())})
    assert Survey.objects.get().closed_at is None


def test_a_ready_made_one_is_taken_with_one_tap_by_the_librarian_only(
        library: Library, librarian: Account, volunteer: Account, sign_in: Callable[[Account], Client]) -> None:
    told = {"change": str(new_id()), "ready": "reading-habits"}
    assert sign_in(volunteer).post(f"/perpustakaan/{library.code}/survei/baru/", told).status_code == 404
    assert sign_in(librarian).post(f"/perpustakaan/{library.code}/survei/baru/", told).status_code == 302
    assert Survey.objects.get().versions.get().questions.count() == 5


# --- answering -------------------------------------------------------------------------------------------

def test_anybody_answers_by_link_and_twice_is_once(open_survey: Open) -> None:
    survey = open_survey()
    sent = sheet(survey, {**ALL_YES, "work": 2})
    for _twice in range(2):
        assert Client().post(f"/survei/{survey.code}/", sent).status_code == 302
    row = Response.objects.get()
    assert (row.answers, row.channel) == ({**ALL_YES, "work": 2}, "link")


def test_what_is_missing_is_said_beside_its_question(open_survey: Open) -> None:
    survey = open_survey()
    page = Client().post(f"/survei/{survey.code}/", sheet(survey, {"school": 1}))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {f"q_{key}" for key in ALL_YES if key != "school"}
    assert Response.objects.count() == 0


def test_a_closed_survey_takes_no_answer_but_paper_filled_in_time_is_entered(
        open_survey: Open, by_librarian: Actor, answer: Answer, at: datetime) -> None:
    survey = open_survey()
    set_survey(survey=survey, title="Dampak", intro="", closes_on=date(2026, 3, 10), is_by_invitation=False, is_listed=False,
               invited=None, by=by_librarian, at=at, id=new_id())
    version = version_of(survey)
    answer(version, ALL_YES)
    tomorrow = at + timedelta(days=1)
    with pytest.raises(SurveyClosed):
        answer(version, ALL_YES, at=tomorrow)
    answer(version, {"school": 1}, at=tomorrow, channel="paper", by=by_librarian)
    close_survey(survey=survey, by=by_librarian, at=at, id=new_id())
    with pytest.raises(SurveyClosed):
        answer(version_of(survey), ALL_YES)
    assert "closed" not in Client().get(f"/survei/{survey.code}/").context["survey"].title
    assert Client().get(f"/survei/{survey.code}/").templates[0].name == "surveys/fill_closed.html"


@pytest.mark.parametrize("answers", [
    {**ALL_YES, "school": 3}, {**ALL_YES, "school": 0}, {**ALL_YES, "school": "1"}, {**ALL_YES, "school": True}, {}])
def test_what_is_none_of_the_answers_is_refused(open_survey: Open, answer: Answer, answers: dict[str, Any]) -> None:
    with pytest.raises(WrongAnswer):
        answer(version_of(open_survey()), answers)


def test_unknown_keys_are_not_kept(open_survey: Open, answer: Answer) -> None:
    assert answer(version_of(open_survey()), {**ALL_YES, "__proto__": "x"}).answers == ALL_YES


def test_paper_is_typed_in_numbers_by_own_staff_and_can_be_undone(
        library: Library, open_survey: Open, volunteer: Account, sign_in: Callable[[Account], Client]) -> None:
    survey, browser = open_survey("needs"), sign_in(volunteer)
    base = f"/perpustakaan/{library.code}/survei/{survey.pk}/lembar/"
    assert browser.post(base, sheet(survey, {"themes": "1 9", "when": "2"})).status_code == 422
    assert browser.post(base, sheet(survey, {"themes": "3, 1 3", "when": "", "missing": "Lampu jalan"})).status_code == 302
    row = Response.objects.get()
    assert (row.answers, row.channel) == ({"themes": [1, 3], "missing": "Lampu jalan"}, "paper")
    assert browser.post(base, sheet(survey, {"themes": "", "when": "", "missing": ""})).status_code == 422
    browser.post(f"{base}{row.pk}/batal/", {"change": str(new_id())})
    assert results_of(version_of(survey), is_outsider=False).n == 0


def test_entering_and_voiding_are_for_own_staff(open_survey: Open, answer: Answer, by_stranger: Actor, by_coordinator: Actor,
                                                at: datetime) -> None:
    version = version_of(open_survey())
    row = answer(version, ALL_YES)
    for actor in (by_stranger, by_coordinator, VISITOR):
        with pytest.raises(NotAllowed):
            answer(version, ALL_YES, channel="paper", by=actor)
        with pytest.raises(NotAllowed):
            void_response(response=row, by=actor, at=at, id=new_id())


# --- asked again -----------------------------------------------------------------------------------------

@pytest.fixture
def invitation(library: Library, by_volunteer: Actor, at: datetime) -> Invitation:
    survey = open_ready_survey(library=library, ready="outcomes-followup", by=by_volunteer, at=at, id=new_id())
    return invite(survey=survey, label="Bu Tini", phone="0812 3456 7890", about="Kelas jahit", due_on=date(2026, 4, 21),
                  channel="whatsapp", by=by_volunteer, at=at, id=new_id())


FOUR = {"knowledge": 4, "confidence": 4, "application": 5, "awareness": 3, "did_something": 1}


def test_a_personal_link_answers_once(invitation: Invitation) -> None:
    address = f"/survei/undangan/{invitation.token}/"
    assert Client().get(address).status_code == 200
    assert Client().post(address, sheet(invitation.survey, FOUR)).status_code == 302
    again = Client().post(address, sheet(invitation.survey, FOUR))
    assert again.status_code == 422
    assert Response.objects.count() == 1
    assert Client().get(address).templates[0].name == "surveys/fill_closed.html"


def test_a_survey_by_invitation_takes_nothing_over_its_open_address(invitation: Invitation, answer: Answer) -> None:
    with pytest.raises(SurveyClosed):
        answer(version_of(invitation.survey), FOUR)
    for broken in (f"{invitation.pk.hex}.falsch", invitation.pk.hex, "x"):
        assert Client().get(f"/survei/undangan/{broken}/").status_code == 404


def test_the_due_list_has_a_link_and_a_script_and_forgets(
        library: Library, invitation: Invitation, volunteer: Account, sign_in: Callable[[Account], Client],
        by_volunteer: Actor, at: datetime) -> None:
    browser, base = sign_in(volunteer), f"/perpustakaan/{library.code}/survei/tindak-lanjut/"
    [(row, link, _is_due)] = browser.get(base).context["rows"]
    assert row.label == "Bu Tini"
    assert link.startswith("https://wa.me/6281234567890?text=")
    browser.post(f"{base}{row.pk}/terkirim/", {"change": str(new_id())})
    assert "Bu Tini" in browser.get(f"{base}{row.pk}/telepon/").content.decode()
    assert browser.post(f"{base}{row.pk}/telepon/", sheet(row.survey, {"knowledge": "4"})).status_code == 302
    assert Response.objects.get().channel == "phone"
    assert forget(by=SCHEDULE, at=at, id=new_id()) == 1
    invitation.refresh_from_db()
    assert (invitation.label, invitation.phone) == ("", "")
    assert results_of(version_of(invitation.survey), is_outsider=False).rate is not None


def test_who_does_not_want_is_taken_off_and_erased(invitation: Invitation, by_volunteer: Actor, at: datetime) -> None:
    drop_invitation(invitation=invitation, by=by_volunteer, at=at, id=new_id())
    assert (invitation.label, invitation.phone) == ("", "")
    with pytest.raises(AlreadyAnswered):
        answer_survey(version=version_of(invitation.survey), answers=FOUR, channel="link", invitation=invitation, by=VISITOR,
                      at=at, id=new_id())


def test_the_ready_survey_of_a_library_is_opened_once(library: Library, invitation: Invitation, by_volunteer: Actor,
                                                      by_stranger: Actor, at: datetime) -> None:
    again = open_ready_survey(library=library, ready="outcomes-followup", by=by_volunteer, at=at, id=new_id())
    assert again.pk == invitation.survey_id
    with pytest.raises(NotAllowed):
        open_ready_survey(library=library, ready="feedback", by=by_stranger, at=at, id=new_id())
    with pytest.raises(WrongPhone):
        invite(survey=again, label="X", phone="12", due_on=at.date(), channel="phone", by=by_volunteer, at=at, id=new_id())


def test_somebody_is_put_on_the_list_over_the_page(library: Library, volunteer: Account,
                                                   sign_in: Callable[[Account], Client]) -> None:
    browser, address = sign_in(volunteer), f"/perpustakaan/{library.code}/survei/tindak-lanjut/baru/"
    told = {"change": str(new_id()), "label": "Bu Tini", "phone": "081234567890", "due_on": "2026-04-21", "channel": "phone"}
    assert browser.post(address, told).status_code == 422
    assert browser.post(address, told | {"agreed": "on"}).status_code == 302
    assert Invitation.objects.get().label == "Bu Tini"


def test_pages_ask_as_much_for_three_rows_as_for_one(
        library: Library, librarian: Account, open_survey: Open, answer: Answer, by_volunteer: Actor, at: datetime,
        sign_in: Callable[[Account], Client]) -> None:
    survey = open_survey(title="Survei 1")
    follow = open_ready_survey(library=library, ready="outcomes-followup", by=by_volunteer, at=at, id=new_id())

    def rows(*numbers: int) -> list[int]:
        for k in numbers:
            invite(survey=follow, label=f"Bu {k}", phone="081234567890", due_on=at.date(), channel="whatsapp",
                   by=by_volunteer, at=at, id=new_id())
            answer(version_of(survey), ALL_YES)
        base = f"/perpustakaan/{library.code}/survei/"
        return queries_of(sign_in(librarian), base, f"{base}tindak-lanjut/", f"{base}{survey.pk}/")

    before = rows(1)
    open_survey(title="Survei 2")
    assert rows(2, 3) == before


def test_surveys_of_another_library_are_not_there(open_survey: Open, other_library: Library, stranger: Account,
                                                  sign_in: Callable[[Account], Client]) -> None:
    survey, browser = open_survey(), sign_in(stranger)
    for page in ("", "unduhan/", "kertas/", "poster/", "lembar/", "susun/", "pengaturan/"):
        assert browser.get(f"/perpustakaan/{other_library.code}/survei/{survey.pk}/{page}").status_code == 404, page
    assert Client().get("/survei/NOPE/").status_code == 404
    assert Client().get("/survei/%00/").status_code == 404
