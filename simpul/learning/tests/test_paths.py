"""Building a path, showing it, sending it on, copying it, counting its openings."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from simpul.activities.actions import Details, plan_activity
from simpul.activities.models import Activity
from simpul.catalogue.actions import Offer, add_resource, withdraw_resource
from simpul.catalogue.models import DigitalResource
from simpul.catalogue.search import index_titles
from simpul.core import clock
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.core.refusal import NotAllowed, Refusal
from simpul.gatherings.actions import SessionGiven, cancel_gathering, publish_gathering
from simpul.learning.actions import (
    PathWords,
    add_step,
    change_step,
    copy_path,
    create_path,
    describe_path,
    move_step,
    publish_path,
    remove_step,
    restore_step,
    unpublish_path,
)
from simpul.learning.models import Path, PathUse, Step
from simpul.learning.queries import public_paths, steps_of
from simpul.libraries.models import Region

PEOPLE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 13) Chrome/126"}
HOSTILE = '<img src=x onerror=alert(1)> =HYPERLINK("http://a") #let x = 1'


@pytest.fixture(autouse=True)
def disk(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def who(by_librarian: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {"by": by_librarian, "at": clock.now(), "id": new_id()}


@pytest.fixture
def path(library: Any, who: Any) -> Path:
    return create_path(library=library, words=PathWords("Jual kue daring", "business", "ibu rumah tangga",
                                                        "Memotret kue dan menerima pesanan.", "Jual kue"), **who())


@pytest.fixture
def link(library: Any, who: Any, make_title: Any) -> DigitalResource:
    return add_resource(title=make_title("Foto Makanan"), library=library, offer=Offer(rights="linked"),
                        url="https://contoh.id/foto", **who())


@pytest.fixture
def plan(library: Any, who: Any) -> Callable[..., Activity]:
    def made(title: str = "Kelas kue", kind: str = "economy", days: int = 3, at_library: Any = None) -> Activity:
        begins = clock.now() + timedelta(days=days)
        where = at_library or library
        told = who()
        if at_library:
            from simpul.core.actor import COMMAND
            told["by"] = COMMAND
        activity = plan_activity(library=where, title=title, details=Details(kind=kind),
                                 sessions=[SessionGiven(begins, begins + timedelta(hours=2))], **told)
        publish_gathering(gathering=activity.gathering, **{**told, "id": new_id()})
        activity.gathering.refresh_from_db()
        return activity

    return made


def shown(path: Path, is_public: bool = True) -> list[Any]:
    return steps_of(path, clock.local_date(clock.now(), "Asia/Jakarta"), is_public=is_public)


def headings(path: Path) -> list[str]:
    return [one.heading for one in shown(path)]


def test_a_path_leads_from_a_book_to_a_class(
        path: Path, who: Any, make_copy: Any, link: DigitalResource, plan: Any, library: Any) -> None:
    copy = make_copy("Kue Kering")
    activity = plan()
    add_step(path=path, title=copy.title, heading="Baca dulu", **who())
    add_step(path=path, resource=link, **who())
    add_step(path=path, activity_kind="economy", **who())
    add_step(path=path, heading="Coba di rumah", text="Foto tiga kue.", **who())
    publish_path(path=path, **who())
    reader = Client(**PEOPLE)
    page = reader.get("/belajar/jual-kue-daring/")
    html = page.content.decode()
    assert [one.step.heading for one in page.context["steps"]] == [
        "Baca dulu", "Foto Makanan", activity.get_kind_display().capitalize(), "Coba di rumah"]
    assert [f'href="{address}"' in html for address in (
        f"/katalog/{copy.title_id}/", f"/katalog/bahan/{link.pk}/", f"/kegiatan/{activity.gathering_id}/",
        "/belajar/jual-kue-daring/lembar/")] == [True] * 4
    assert ('property="og:image" content="http://testserver/belajar/jual-kue-daring/gambar.png"' in html,
            "https://wa.me/?text=" in html, library.name in html) == (True, True, True)
    assert len(page.content) < 60_000


def test_openings_are_counted_once_a_minute_without_persons(path: Path, who: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-03-10T03:00:05Z", tick=False)
    add_step(path=path, heading="Mulai", **who())
    publish_path(path=path, **who())
    reader = Client(**PEOPLE)
    for _again in range(3):
        reader.get(path.get_absolute_url())
    Client(HTTP_USER_AGENT="WhatsApp/2.1").get(path.get_absolute_url())
    Client(**PEOPLE).get(path.get_absolute_url())
    measure = discover()["path_uses"]
    assert (PathUse.objects.count(), measure.total(measure.rows())) == (2, 2)


def test_what_is_gone_is_left_out_and_the_staff_is_told(
        path: Path, who: Any, link: DigitalResource, make_title: Any) -> None:
    title = make_title("Hilang")
    add_step(path=path, resource=link, **who())
    add_step(path=path, title=title, **who())
    add_step(path=path, heading="Tetap", **who())
    withdraw_resource(resource=link, **who())
    type(title).objects.filter(pk=title.pk).update(withdrawn_at=clock.now())
    assert headings(path) == ["Tetap"]
    assert [one.is_there for one in shown(path, is_public=False)] == [False, False, True]
    DigitalResource.objects.filter(pk=link.pk).update(withdrawn_at=None, valid_until=clock.now().date() - timedelta(days=2))
    assert headings(path) == ["Tetap"]


def test_an_activity_that_is_gone_is_followed_by_the_next_of_its_kind(
        path: Path, who: Any, plan: Any, other_library: Any) -> None:
    first = plan("Kelas pertama")
    near, far = plan("Kelas kedua", days=9), plan("Kelas jauh", days=1, at_library=other_library)
    step = add_step(path=path, activity=first, **who())
    assert [line.activity.pk for line in shown(path)[0].coming] == [first.pk]
    cancel_gathering(gathering=first.gathering, **who())
    assert [line.activity.pk for line in shown(path)[0].coming] == [near.pk, far.pk]
    first.gathering.delete()
    step.refresh_from_db()
    assert (step.activity_id, [line.activity.pk for line in shown(path)[0].coming]) == (None, [near.pk, far.pk])
    Activity.objects.all().delete()
    assert shown(path)[0].coming == []
    publish_path(path=path, **who())
    assert Client().get(path.get_absolute_url()).status_code == 200


def test_steps_move_and_come_back(path: Path, who: Any) -> None:
    a, b, c = [add_step(path=path, heading=name, **who()) for name in "abc"]
    move_step(step=c, up=True, **who())
    move_step(step=a, up=True, **who())
    assert headings(path) == ["a", "c", "b"]
    remove_step(step=c, **who())
    assert headings(path) == ["a", "b"]
    move_step(step=b, up=True, **who())
    move_step(step=c, up=True, **who())
    restore_step(step=c, **who())
    change_step(step=c, heading="", text="kata", **who())
    assert (sorted(headings(path)), len(shown(path))) == (["", "a", "b"], 3)
    with pytest.raises(Refusal):
        change_step(step=c, heading=" ", text="", **who())


def test_a_step_twice_clicked_is_one(path: Path, who: Any) -> None:
    told = who()
    assert add_step(path=path, heading="a", **told) == add_step(path=path, heading="a", **told)
    assert path.steps.count() == 1


def test_unclear_paths_and_steps_are_refused(path: Path, who: Any, library: Any, plan: Any) -> None:
    for do in (
            lambda: create_path(library=library, words=PathWords("  "), **who()),
            lambda: create_path(library=library, words=PathWords("A", "x"), **who()),
            lambda: create_path(library=library, words=PathWords("A", is_city=True), **who()),
            lambda: publish_path(path=path, **who()), lambda: add_step(path=path, **who()),
            lambda: add_step(path=path, activity_kind="x", **who())):
        with pytest.raises(Refusal):
            do()
    Step.objects.bulk_create([Step(path=path, position=n, kind="text", heading="x") for n in range(40)])
    with pytest.raises(Refusal):
        add_step(path=path, heading="41", **who())


def test_a_path_is_copied_with_credit(path: Path, who: Any, by_stranger: Any, other_library: Any, link: Any, plan: Any) -> None:
    add_step(path=path, resource=link, **who())
    add_step(path=path, activity=plan(), **who())
    told = {"by": by_stranger, "at": clock.now(), "id": new_id()}
    with pytest.raises(NotAllowed):
        copy_path(path=path, library=other_library, **told)
    publish_path(path=path, **who())
    mine = copy_path(path=path, library=other_library, **told)
    assert (mine.slug, mine.state, mine.library, mine.copied_from, mine.outcome) == (
        "jual-kue-daring-2", "draft", other_library, path, path.outcome)
    assert [(step.kind, step.activity_id, step.activity_kind) for step in mine.steps.all()] == [
        ("material", None, ""), ("activity", None, "economy")]
    publish_path(path=mine, by=by_stranger, at=clock.now(), id=new_id())
    assert path.library.name in Client().get(mine.get_absolute_url()).content.decode()


def test_strangers_change_nothing(path: Path, by_stranger: Any, at: Any) -> None:
    step = Step.objects.create(path=path, position=1, kind="text", heading="x")
    told: Callable[[], dict[str, Any]] = lambda: {"by": by_stranger, "at": at, "id": new_id()}  # noqa: E731
    for do in (lambda: describe_path(path=path, words=PathWords("B"), **told()), lambda: publish_path(path=path, **told()),
               lambda: unpublish_path(path=path, **told()), lambda: add_step(path=path, heading="a", **told()),
               lambda: change_step(step=step, heading="a", text="", **told()), lambda: move_step(step=step, up=True, **told()),
               lambda: remove_step(step=step, **told()), lambda: restore_step(step=step, **told()),
               lambda: create_path(library=path.library, words=PathWords("C"), **told())):
        with pytest.raises(NotAllowed):
            do()


def test_the_coordinator_offers_a_path_to_the_city(path: Path, by_coordinator: Any) -> None:
    words = PathWords("Jual kue daring", "business", "", "Bisa.", is_city=True)
    describe_path(path=path, words=words, by=by_coordinator, at=clock.now(), id=new_id())
    add_step(path=path, heading="a", by=by_coordinator, at=clock.now(), id=new_id())
    publish_path(path=path, by=by_coordinator, at=clock.now(), id=new_id())
    assert "Kota Tangerang" in Client().get(path.get_absolute_url()).content.decode()


def test_near_paths_come_first(path: Path, make_library: Any, city: Any) -> None:
    def made(slug: str, code: str, **more: Any) -> None:
        Path.objects.create(library=make_library(region=Region.objects.get(code=code)), slug=slug, title=slug, theme="skills",
                            state="published", published_at=clock.now(), recorded_at=clock.now(), **more)

    made("jauh", "36.71")
    made("tetangga", "36.71.01.1001")
    made("sini", "36.71.01.1002")
    made("kota", "36.71", is_city=True)
    assert [one.slug for one in public_paths(region="36.71.01.1002")] == ["sini", "tetangga", "kota"]
    assert {one.slug for one in public_paths(region="36.71.01")} == {"sini", "tetangga", "kota"}
    assert public_paths(theme="business").count() == 0
    page = Client().get("/belajar/", {"tema": "skills", "di": "36.71.01.1002"})
    assert len(page.context["page"]) == 3
    for odd in ({"tema": "x"}, {"di": "'; DROP"}, {"page": "zzz"}):
        assert Client().get("/belajar/", odd).status_code == 200


def test_drafts_are_seen_by_their_builders_only(path: Path, librarian: Any, stranger: Any, sign_in: Any) -> None:
    for part in ("", "lembar/", "gambar.png"):
        address = path.get_absolute_url() + part
        assert [browser.get(address).status_code for browser in (Client(), sign_in(stranger), sign_in(librarian))] == [
            404, 404, 200]
    assert Client().get("/belajar/tidak-ada/").status_code == 404


def test_hostile_words_come_out_as_they_are(path: Path, who: Any, library: Any) -> None:
    words = PathWords(HOSTILE, "other", HOSTILE, HOSTILE, HOSTILE[:60])
    odd = create_path(library=library, words=words, **who())
    add_step(path=odd, heading=HOSTILE, text=HOSTILE, **who())
    publish_path(path=odd, **who())
    page, sheet, picture = (Client().get(odd.get_absolute_url() + part) for part in ("", "lembar/", "gambar.png"))
    assert (b"<img src=x" in page.content, sheet.content[:5], picture.content[:4]) == (False, b"%PDF-", b"\x89PNG")
    assert create_path(library=library, words=PathWords("日本語 !!!"), **who()).slug == "jalur"


def test_the_page_costs_the_same_for_one_and_for_three(
        path: Path, who: Any, make_copy: Any, link: Any, plan: Any, django_assert_num_queries: Any) -> None:
    for n in range(3):
        add_step(path=path, title=make_copy(f"Kue {n}").title, **who())
        add_step(path=path, resource=link, **who())
        add_step(path=path, activity=plan(f"Kelas {n}"), **who())
        add_step(path=path, activity_kind=("skills", "health", "ict")[n], **who())
        plan(f"Lain {n}", kind=("skills", "health", "ict")[n])
        publish_path(path=path, **who())
        Client().get(path.get_absolute_url())
        with django_assert_num_queries(10):
            Client().get(path.get_absolute_url())


def test_lists_cost_the_same_for_one_and_for_three(
        path: Path, who: Any, library: Any, librarian: Any, sign_in: Any) -> None:
    browser = sign_in(librarian)
    counts = []
    for n in range(3):
        one = create_path(library=library, words=PathWords(f"Jalur {n}", outcome="Bisa."), **who())
        add_step(path=one, heading="a", **who())
        publish_path(path=one, **who())
        for address in ("/belajar/", f"/perpustakaan/{library.code}/jalur-belajar/"):
            browser.get(address)
            with CaptureQueriesContext(connection) as seen:
                browser.get(address)
            counts.append((address, len(seen)))
    assert len(set(counts)) == 2


def test_the_list_of_the_staff_counts_steps_and_openings(path: Path, who: Any, librarian: Any, sign_in: Any) -> None:
    for name in "ab":
        add_step(path=path, heading=name, **who())
    publish_path(path=path, **who())
    for _n in range(3):
        Client(**PEOPLE).get(path.get_absolute_url())
    one = sign_in(librarian).get(f"/perpustakaan/{path.library.code}/jalur-belajar/").context["page"][0]
    assert (one.n_steps, one.n_uses) == (2, 3)


def test_a_path_is_built_on_a_phone(librarian: Any, sign_in: Any, library: Any, make_copy: Any, link: Any, plan: Any) -> None:
    browser, base = sign_in(librarian), f"/perpustakaan/{library.code}/jalur-belajar/"
    copy, activity = make_copy("Membuat Kue"), plan()
    index_titles([copy.title_id, link.title_id])
    assert [browser.get(base).status_code, browser.get(base + "baru/").status_code,
            browser.get(base + "?dari=lain").status_code] == [200, 200, 200]
    assert browser.post(base + "baru/", {"title": "", "theme": "skills", "change": str(new_id())}).status_code == 422
    told = {"title": "Kue <b>", "theme": "skills", "change": str(new_id())}
    one = browser.post(base + "baru/", told).url
    assert (one, Path.objects.count()) == (browser.post(base + "baru/", told).url, 1)
    found = browser.get(one, {"cari": "membuat kue"})
    assert [hit.title.pk for hit, _resources in found.context["hits"]] == [copy.title_id]
    assert [resources for _hit, resources in browser.get(one, {"cari": "foto"}).context["hits"]] == [[link]]
    add = lambda where, **given: browser.post(one + where, {"change": str(new_id()), **given})  # noqa: E731
    assert add("langkah/", title=str(copy.title_id)).url == one
    assert add("langkah/", resource=str(link.pk)).url == one
    assert add("langkah/", title="x").status_code == 404
    assert add("langkah/kegiatan/", activity=str(activity.pk)).url == one
    assert add("langkah/kegiatan/").status_code == 422
    assert add("langkah/tulisan/", heading="Coba", text="Di rumah").url == one
    assert add("langkah/tulisan/").status_code == 422
    _finish(one, browser, add)


def _finish(one: str, browser: Any, add: Any) -> None:
    path = Path.objects.get()
    assert [step.kind for step in path.steps.all()] == ["book", "material", "activity", "text"]
    assert add("terbit/").url == one
    path.refresh_from_db()
    assert path.state == "draft"  # it does not say yet what people can do afterwards
    browser.post(one + "ubah/", {"title": "Kue", "theme": "skills", "outcome": "Bisa membuat kue.", "change": str(new_id())})
    last = path.steps.last()
    for part in ("naik/", "turun/", "naik/", "hapus/", "pulihkan/"):
        assert add(f"langkah/{last.pk}/{part}").url == one
    assert browser.get(f"{one}langkah/{last.pk}/ubah/").status_code == 200
    assert add(f"langkah/{last.pk}/ubah/", heading="Coba", text="Besok").url == one
    add("terbit/")
    path.refresh_from_db()
    assert (path.state, path.slug, [step.kind for step in path.steps.all()]) == (
        "published", "kue-b", ["book", "material", "text", "activity"])
    assert add("salinan/").status_code == 302
    add("tarik/")
    path.refresh_from_db()
    assert path.state == "draft"
    assert browser.get(one).status_code == 200


def test_a_path_of_another_library_is_not_there(
        path: Path, stranger: Any, sign_in: Any, other_library: Any) -> None:
    browser = sign_in(stranger)
    assert browser.get(f"/perpustakaan/{other_library.code}/jalur-belajar/{path.pk}/").status_code == 404
    assert browser.post(f"/perpustakaan/{other_library.code}/jalur-belajar/{path.pk}/salinan/").status_code == 404
