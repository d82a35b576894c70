"""Her right to her story: consent, its end, and that nothing of it is left anywhere."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from conftest import TODAY
from simpul.accounts.models import Account
from simpul.core.actor import SCHEDULE, VISITOR, Actor, ActorKind
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed, Refusal
from simpul.files.models import StoredFile
from simpul.libraries.models import Library
from simpul.people.actions import erase_person
from simpul.stories import schedule
from simpul.stories.actions import (
    add_story_photo,
    choose,
    expire,
    give_consent,
    hide,
    open_round,
    send_back,
    show,
    submit,
    take_back,
    verify,
    withdraw,
    write_story,
)
from simpul.stories.actions.refusals import ConsentMissing, GuardianMissing, NoPhotoAllowed, NotToldYet, ProofMissing
from simpul.stories.measures import MEASURES
from simpul.stories.models import Audience, Choice, Round, Story, StoryConsent
from simpul.stories.queries import (
    candidates,
    choices_of,
    income_change,
    kisah_sukses,
    newest_public,
    public_story,
    regions_with_stories,
)
from simpul.stories.tests.conftest import ALL, TOLD, UNTIL
from tests.a_day import picture

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
MARK = "Saya tidak malu lagi"
#: what may be left of a story nowhere
WORDS = ("tidak malu", "kain sisa", "pesanan tas", "wati", "ibu penjahit", "pak rt", "1500000", "tas pertama")


def text_of(answer: Any) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(raw.decode("utf-8", "replace"))


def in_sheet(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("xl/sharedStrings.xml").decode()


def picture_is_there(answer: Any) -> bool:
    """A JPEG to the last byte; the file behind it is closed."""
    found = answer.status_code == 200 and b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    for close in answer._resource_closers:
        close()
    return found


def everything() -> str:
    """All rows of all tables."""
    return "\n".join(str(value) for model in apps.get_models() for row in model._base_manager.values()
                     for value in row.values()).lower()


def places(story: Story, library: Library, round_: Round, sign_in: Any, coordinator: Account,
           librarian: Account) -> dict[str, bool]:
    """Every place where a story may be read, and whether this one is there."""
    nobody, city, desk = Client(), sign_in(coordinator), sign_in(librarian)
    photo = story.photos.first()
    pictured = f"/cerita/{story.code}/foto/{photo.pk if photo else story.pk}/"
    compare = f"/kota/cerita/putaran/{round_.pk}/pilihan/?tema=economy"
    success = kisah_sukses([library.pk], *YEAR, TODAY)
    return {
        "page": nobody.get(f"/cerita/{story.code}/").status_code == 200,
        "list": MARK in text_of(nobody.get("/cerita/")),
        "by theme": MARK in text_of(nobody.get("/cerita/?tema=economy")),
        "search": MARK in text_of(nobody.get("/cerita/?q=malu")),
        "print": nobody.get(f"/cerita/{story.code}/cetak/").status_code == 200,
        "picture": picture_is_there(nobody.get(pictured)),
        "start page": "Tas dari kain sisa" in text_of(nobody.get("/")),
        "city": "Tas dari kain sisa" in text_of(city.get("/kota/cerita/")),
        "xlsx": MARK in in_sheet(city.get("/kota/cerita/lembar/").content),
        "round": "Tas dari kain sisa" in text_of(city.get(f"/kota/cerita/putaran/{round_.pk}/")),
        "side by side": MARK in text_of(city.get(compare)),
        "a kecamatan's": MARK in text_of(city.get(compare + "&wilayah=36.71.01")),
        "library's rounds": "Tas dari kain sisa" in text_of(desk.get("/perpustakaan/L001/cerita/pilihan/")),
        "library's list": "Tas dari kain sisa" in text_of(desk.get("/perpustakaan/L001/cerita/")),
        "library's page": desk.get(f"/perpustakaan/L001/cerita/{story.pk}/").status_code == 200,
        "SIM": [one.quote for one in success] == [TOLD["quote"]] and len(success[0].photos) == 1,
        "candidates": story in candidates(round_, Choice.Level.CITY, "economy", TODAY),
        "chosen": [one.story_id for one in choices_of(round_, TODAY)] == [story.pk],
        "measures": [one.total(one.rows()) for one in MEASURES] == [1, 1],
        "figure": "1" in text_of(city.get("/angka/stories_verified/?format=csv")).split("\n", 1)[1],
    }


@pytest.fixture
def chosen(told: Callable[..., Story], library: Library, by_coordinator: Actor, at: datetime) -> tuple[Story, Round]:
    """A story that stands everywhere: public, with picture, chosen in a round."""
    story = told()
    round_ = open_round(title="Cerita 2026", first_on=YEAR[0], last_on=YEAR[1], by=by_coordinator, at=at, id=new_id())
    choose(round=round_, level="city", theme="economy", story=story, reason="Penghasilannya naik dan ia berani.", day=TODAY,
           by=by_coordinator, at=at, id=new_id())
    return story, round_


@pytest.mark.parametrize("road", ["her link", "desk", "expiry", "erasure"])
def test_a_story_that_was_everywhere_is_nowhere(
        road: str, chosen: tuple[Story, Round], library: Library, sign_in: Any, coordinator: Account, librarian: Account,
        by_librarian: Actor, make_person: Any, at: datetime, tuesday_morning: Any,
        django_capture_on_commit_callbacks: Any) -> None:
    story, round_ = chosen
    there = places(story, library, round_, sign_in, coordinator, librarian)
    assert [name for name, is_there in there.items() if not is_there] == []
    files = [Path(p) for p in _files()]
    assert len(files) == 1
    with django_capture_on_commit_callbacks(execute=True):
        if road == "her link":
            assert Client().post(f"/cerita-saya/{story.token}/penarikan/").status_code == 302
        elif road == "desk":
            sign_in(librarian).post(f"/perpustakaan/L001/cerita/{story.pk}/penarikan/", {"change": new_id()})
        elif road == "expiry":
            StoryConsent.objects.update(until_on=TODAY - timedelta(days=1))
            assert schedule.run(at) == 1
        else:
            person = make_person("Wati")
            Story.objects.filter(pk=story.pk).update(person=person)
            erase_person(person=person, by=by_librarian, at=at, id=new_id())
    story.refresh_from_db()
    gone = places(story, library, round_, sign_in, coordinator, librarian)
    assert [name for name, is_there in gone.items() if is_there] == []
    assert [word for word in WORDS if word in everything()] == []
    assert (_files(), StoredFile.objects.count(), story.evidence.count(), Choice.objects.count()) == ([], 0, 0, 0)
    assert JournalLine.objects.filter(verb={"expiry": "stories.expired", "erasure": "person.erased"}.get(
        road, "story.withdrawn")).count() == 1
    consent = StoryConsent.objects.get()
    assert (consent.ended, consent.witness, consent.for_public) == (
        {"expiry": "expired", "erasure": "erased"}.get(road, "withdrawn"), "", True)
    page = text_of(Client().get(f"/cerita-saya/{story.token}/"))
    assert ("Cerita Anda sudah dihapus" in page, MARK in page) == (True, False)


def _files() -> list[str]:
    from django.conf import settings

    return [str(path) for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]


def test_the_day_after_the_last_it_is_read_nowhere_even_before_the_schedule_ran(
        told: Callable[..., Story], library: Library, tuesday_morning: Any) -> None:
    story = told({**ALL, "until_on": TODAY + timedelta(days=1)})
    tuesday_morning.shift(timedelta(days=1))
    assert Client().get(f"/cerita/{story.code}/").status_code == 200
    tuesday_morning.shift(timedelta(days=1))
    assert Client().get(f"/cerita/{story.code}/").status_code == 404
    assert (newest_public(TODAY + timedelta(days=2)), regions_with_stories(TODAY + timedelta(days=2))) == ([], [])
    assert kisah_sukses([library.pk], *YEAR, TODAY + timedelta(days=2)) == []
    assert (schedule.run(timezone.now()), Story.objects.get().state) == (1, "gone")
    assert schedule.run(timezone.now()) == 0


@pytest.mark.parametrize(("given", "read"), [
    ({}, []), ({"for_city": True}, ["city"]), ({"for_public": True}, ["public"]), ({"for_national": True}, ["national"]),
    ({"for_city": True, "for_national": True}, ["city", "national"])])
def test_it_is_read_by_those_she_named_and_nobody_else(
        given: dict[str, bool], read: list[str], agreed: Callable[..., Story], by_librarian: Actor, by_mentor: Actor,
        at: datetime) -> None:
    story = agreed(given)
    if read:
        submit(story=story, by=by_librarian, at=at, id=new_id())
        verify(story=story, how="phone", checked_on=TODAY, by=by_mentor, at=at, id=new_id())
    else:
        with pytest.raises(ConsentMissing):
            submit(story=story, by=by_librarian, at=at, id=new_id())
        assert not Story.objects.visible_to(by_mentor, TODAY).exists()
    assert [key for key in ("city", "public", "national")
            if Story.objects.published_for(key, TODAY).exists()] == read


def test_a_childs_story_needs_the_guardian_by_name_and_relation(draft: Callable[..., Story], by_librarian: Actor,
                                                                at: datetime) -> None:
    story = draft(is_child=True)
    common = {"story": story, "until_on": UNTIL, "how": "witness", "witness": "Bu Guru", "by": by_librarian, "at": at}
    for given in ({}, {"guardian": "Ibu Sri"}, {"relation": "ibu"}, {"guardian": " ", "relation": "ibu"}):
        with pytest.raises(GuardianMissing):
            give_consent(**common, **given, id=new_id())
    consent = give_consent(**common, guardian="Ibu Sri", relation="ibu", id=new_id())
    assert (consent.guardian, consent.relation) == ("Ibu Sri", "ibu")
    by_her = Actor(kind=ActorKind.LINK, id=story.pk)
    with pytest.raises(GuardianMissing):
        give_consent(story=story, until_on=UNTIL, how="link", by=by_her, at=at, id=new_id())


def test_consent_is_proved_or_refused(draft: Callable[..., Story], by_librarian: Actor, at: datetime) -> None:
    story, common = draft(), {"until_on": UNTIL, "by": by_librarian, "at": at}
    for how in ({"how": "sheet"}, {"how": "witness"}, {"how": "link"}, {"how": "rumour"}):
        with pytest.raises(ProofMissing):
            give_consent(story=story, **how, **common, id=new_id())
    with pytest.raises(Refusal, match=r"hari sesudah hari ini|after today"):
        give_consent(story=story, how="witness", witness="Pak RT", **common | {"until_on": TODAY}, id=new_id())
    with pytest.raises(Refusal):
        give_consent(story=story, how="witness", witness="Pak RT", **common | {"until_on": date(2099, 1, 1)}, id=new_id())
    empty = draft(quote="")
    with pytest.raises(NotToldYet):
        give_consent(story=empty, how="witness", witness="Pak RT", **common, id=new_id())
    first = give_consent(story=story, how="sheet", evidence=picture(), **common, id=new_id())
    second = give_consent(story=story, how="witness", witness="Pak RT", for_public=True, **common, id=new_id())
    first.refresh_from_db()
    assert (first.ended, first.evidence, second.ended) == ("replaced", None, "")
    assert [one.pk for one in story.consents.in_force(TODAY)] == [second.pk]


def test_a_picture_needs_a_consent_with_picture_and_leaves_with_it(
        draft: Callable[..., Story], agreed: Callable[..., Story], by_librarian: Actor, at: datetime) -> None:
    with pytest.raises(NoPhotoAllowed):
        add_story_photo(story=draft(), picture=picture(), by=by_librarian, at=at, id=new_id())
    with pytest.raises(NoPhotoAllowed):
        add_story_photo(story=agreed({"for_public": True}), picture=picture(), by=by_librarian, at=at, id=new_id())
    story = agreed()
    give_consent(story=story, until_on=UNTIL, how="witness", witness="Pak RT", by=by_librarian, at=at, id=new_id())
    assert (story.photos.count(), StoredFile.objects.count()) == (0, 0)


def test_other_words_need_her_consent_again(agreed: Callable[..., Story], told: Callable[..., Story], by_librarian: Actor,
                                            by_coordinator: Actor, at: datetime) -> None:
    story = agreed()
    write_story(story=story, told={"after": "Sekarang saya kaya raya."}, by=by_librarian, at=at, id=new_id())
    with pytest.raises(ConsentMissing):
        submit(story=story, by=by_librarian, at=at, id=new_id())
    shown = told()
    with pytest.raises(Refusal):
        write_story(story=shown, told={"after": "Lain."}, by=by_librarian, at=at, id=new_id())
    take_back(story=shown, by=by_librarian, at=at, id=new_id())
    assert public_story(shown.code, TODAY) is None
    with pytest.raises(Refusal, match=r"berubah|changed"):
        give_consent(story=shown, until_on=UNTIL, how="witness", witness="Pak RT", words="0" * 64, by=by_librarian, at=at,
                     id=new_id())


def test_who_may_do_what(agreed: Callable[..., Story], by_librarian: Actor, by_stranger: Actor, by_mentor: Actor,
                         by_coordinator: Actor, at: datetime) -> None:
    story, other = agreed(), agreed(name="Lain")
    by_other = Actor(kind=ActorKind.LINK, id=other.pk)
    for by in (by_stranger, by_mentor, by_coordinator, VISITOR, by_other):
        for action in (lambda: write_story(story=story, told={"quote": "x"}, by=by, at=at, id=new_id()),  # noqa: B023
                       lambda: withdraw(story=story, by=by, at=at, id=new_id()),  # noqa: B023
                       lambda: submit(story=story, by=by, at=at, id=new_id())):  # noqa: B023
            with pytest.raises(NotAllowed):
                action()
    submit(story=story, by=by_librarian, at=at, id=new_id())
    for by in (by_stranger, by_librarian, VISITOR, Actor(kind=ActorKind.LINK, id=story.pk)):
        with pytest.raises(NotAllowed):
            verify(story=story, how="visit", checked_on=TODAY, by=by, at=at, id=new_id())
    with pytest.raises(NotAllowed):
        expire(by=by_librarian, at=at, id=new_id())
    with pytest.raises(NotAllowed):
        open_round(title="x", first_on=TODAY, last_on=TODAY, by=by_mentor, at=at, id=new_id())


def test_the_mentor_sends_back_with_a_word_and_verifies_what_was_mended(
        agreed: Callable[..., Story], by_librarian: Actor, by_mentor: Actor, at: datetime) -> None:
    story = agreed()
    submit(story=story, by=by_librarian, at=at, id=new_id())
    with pytest.raises(NotToldYet):
        send_back(story=story, word=" ", by=by_mentor, at=at, id=new_id())
    send_back(story=story, word="Berapa pesanan sebulan?", by=by_mentor, at=at, id=new_id())
    story.refresh_from_db()
    assert (story.state, story.word) == ("back", "Berapa pesanan sebulan?")
    with pytest.raises(Refusal):
        verify(story=story, how="visit", checked_on=TODAY, by=by_mentor, at=at, id=new_id())
    submit(story=story, by=by_librarian, at=at, id=new_id())
    for wrong in ({"checked_on": TODAY + timedelta(days=1)}, {"checked_on": TODAY - timedelta(days=1)}, {"how": "dream"}):
        with pytest.raises(Refusal):
            verify(**{"story": story, "how": "visit", "checked_on": TODAY, "by": by_mentor, "at": at, "id": new_id()} | wrong)
    done = verify(story=story, how="visit", checked_on=TODAY, by=by_mentor, at=at, id=new_id())
    assert (done.state, done.word, done.verified_by_id, done.verified_on) == ("verified", "", by_mentor.id, TODAY)


def test_withdrawing_twice_and_wrong_orders_are_harmless(agreed: Callable[..., Story], by_librarian: Actor,
                                                         by_mentor: Actor, at: datetime) -> None:
    story = agreed()
    submit(story=story, by=by_librarian, at=at, id=new_id())
    id = new_id()
    assert [withdraw(story=story, by=by_librarian, at=at, id=one) for one in (id, id, new_id())] == [1, 1, 0]
    for late in (lambda: verify(story=story, how="visit", checked_on=TODAY, by=by_mentor, at=at, id=new_id()),
                 lambda: write_story(story=story, told={"quote": "x"}, by=by_librarian, at=at, id=new_id()),
                 lambda: add_story_photo(story=story, picture=picture(), by=by_librarian, at=at, id=new_id()),
                 lambda: show(story=story, by=by_librarian, at=at, id=new_id())):
        with pytest.raises(Refusal):
            late()
    assert Story.objects.get().state == "gone"


def test_a_story_taken_down_for_a_while_comes_back(told: Callable[..., Story], by_librarian: Actor, at: datetime) -> None:
    story = told()
    hide(story=story, by=by_librarian, at=at, id=new_id())
    assert Story.objects.published_for(Audience.PUBLIC, TODAY).count() == 0
    show(story=story, by=by_librarian, at=at, id=new_id())
    assert Story.objects.published_for(Audience.PUBLIC, TODAY).count() == 1


def test_the_schedule_deletes_drafts_that_nobody_finished(draft: Callable[..., Story], agreed: Callable[..., Story],
                                                          at: datetime) -> None:
    old, kept, new = draft(), agreed(), draft()
    Story.objects.filter(pk__in=[old.pk, kept.pk]).update(touched_at=at - timedelta(days=91))
    assert schedule.run(at) == 1
    assert sorted(Story.objects.values_list("pk", flat=True)) == sorted([kept.pk, new.pk])
    assert expire(by=SCHEDULE, at=at, id=new_id()) == 0


def test_money_is_added_up_of_five_people_and_no_fewer(told: Callable[..., Story], library: Library) -> None:
    for n in range(4):
        told(name=f"Ibu {n}")
    assert income_change([library.pk], *YEAR, TODAY) is None
    last = told(name="Ibu 5")
    found = income_change(None, *YEAR, TODAY)
    assert found is not None
    assert (found.people, found.more) == (5, 5 * 1_100_000)
    Story.objects.filter(pk=last.pk).update(is_hidden=True)
    assert income_change([library.pk], *YEAR, TODAY) is None


def test_the_database_keeps_a_withdrawn_story_empty(told: Callable[..., Story]) -> None:
    from django.db import IntegrityError, transaction

    story = told()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(state="gone")
    assert connection.is_usable()
