"""Pages of stories: the roads people go, what comes out literally, at which cost."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import TODAY
from simpul.accounts.models import Account
from simpul.activities.actions import Details, plan_activity
from simpul.circulation.actions import lend_copy
from simpul.core.actor import VISITOR, Actor
from simpul.core.ids import new_id
from simpul.gatherings.actions import SessionGiven, mark_attendance, publish_gathering, register
from simpul.gatherings.models import Registration
from simpul.libraries.models import Library
from simpul.stories.actions import choose, give_consent, open_round, submit
from simpul.stories.models import Choice, Evidence, Story, StoryConsent
from simpul.stories.next_steps import NEXT_STEPS
from simpul.stories.queries import may_tell
from simpul.stories.tests.conftest import TOLD, UNTIL
from tests.a_day import picture

LIST = "/perpustakaan/L001/cerita/"
HOSTILE = '<img src=x onerror=alert(1)>=HYPERLINK("http://x")'
SHOWN = "&lt;img src=x onerror=alert(1)&gt;=HYPERLINK"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def own(story: Story, *rest: Any) -> str:
    return f"{LIST}{story.pk}/" + "".join(f"{part}/" for part in rest)


def mine(story: Story, *rest: Any) -> str:
    return f"/cerita-saya/{story.token}/" + "".join(f"{part}/" for part in rest)


def answer_prompts(browser: Client, address: str, first: int = 2) -> None:
    """The prompts from `first` on, one after the other."""
    told = {1: {"name": "Wati", "alias": "Ibu penjahit"}, 2: {"before": TOLD["before"]}, 3: {"helped": TOLD["helped"]},
            4: {"after": TOLD["after"], "change_kind": "income", "income_before": "Rp400.000", "income_after": "1.500.000"},
            5: {"quote": TOLD["quote"], "title": TOLD["title"], "theme": "economy"}}
    for n in range(first, 6):
        assert browser.post(f"{address}langkah/{n}/", {"change": new_id(), **told[n]}).status_code == 302


def test_from_five_prompts_to_a_public_page(sign_in: Any, volunteer: Account, mentor: Account, library: Library) -> None:
    """The whole road at the desk."""
    desk, fasda, nobody = sign_in(volunteer), sign_in(mentor), Client()
    begun = desk.post(LIST + "baru/", {"change": new_id(), "kind": "story", "name": "Wati", "alias": "Ibu penjahit"})
    story = Story.objects.get()
    assert begun["Location"] == own(story, "langkah", 2)
    answer_prompts(desk, own(story))
    story.refresh_from_db()
    assert {key: getattr(story, key) for key in TOLD} == TOLD
    assert desk.get(own(story, "persetujuan", "lembar")).content[:5] == b"%PDF-"
    desk.post(own(story, "persetujuan"), {
        "change": new_id(), "audiences": ["city", "public"], "how_long": "2", "how": "sheet", "words": story.words,
        "evidence": SimpleUploadedFile("lembar.jpg", picture().content)})
    consent = StoryConsent.objects.get()
    assert (consent.for_city, consent.for_public, consent.for_national, consent.until_on) == (True, True, False, UNTIL)
    assert b"".join(desk.get(own(story, "persetujuan", "bukti")).streaming_content)[:2] == b"\xff\xd8"
    desk.post(own(story, "pengajuan"), {"change": new_id()})
    assert nobody.get(f"/cerita/{story.code}/").status_code == 404
    assert "Tas dari kain sisa" in text_of(fasda.get("/kota/cerita/"))
    page = text_of(fasda.get(own(story)))
    assert ("Ibu penjahit" in page, ">Wati" in page, "cerita-saya" in page) == (True, False, False)
    fasda.post(own(story, "pemeriksaan"), {"change": new_id(), "how": "visit", "checked_on": "2026-03-10"})
    shown = nobody.get(f"/cerita/{story.code}/")
    assert shown["Cache-Control"] == "no-store"
    page = text_of(shown)
    assert ("Rp1.500.000" in page, "Wati" in page) == (True, False)
    assert '<meta property="og:title" content="Tas dari kain sisa">' in page
    assert 'href="https://wa.me/?text=%2ATas%20dari%20kain%20sisa%2A' in page
    assert "<svg" in text_of(nobody.get(f"/cerita/{story.code}/cetak/"))


def test_she_tells_agrees_and_withdraws_by_her_link_without_an_account(
        draft: Callable[..., Story], django_capture_on_commit_callbacks: Any) -> None:
    story, phone = draft(before="", helped="", after="", quote="", title="", theme="", change="", name="", alias=""), Client()
    page = phone.get(mine(story))
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")
    assert mine(story, "langkah", 1) in text_of(page)
    answer_prompts(phone, mine(story), first=1)
    story.refresh_from_db()
    phone.post(mine(story, "persetujuan"), {"change": new_id(), "audiences": ["public"], "with_photo": "on", "how_long": "1",
                                            "words": story.words})
    consent = StoryConsent.objects.get()
    assert (consent.how, consent.until_on, consent.with_photo, consent.with_name) == ("link", date(2027, 3, 10), True, False)
    phone.post(mine(story, "foto"), {"change": new_id(), "picture": SimpleUploadedFile("a.jpg", picture().content)})
    assert story.photos.count() == 1
    assert f"{mine(story)}foto/{story.photos.get().pk}/" in text_of(phone.get(mine(story)))
    with django_capture_on_commit_callbacks(execute=True):
        assert "Cerita Anda sudah dihapus" in text_of(phone.post(mine(story, "penarikan"), follow=True))
    story.refresh_from_db()
    assert (story.state, story.quote) == ("gone", "")


def test_a_draft_is_kept_at_every_step_and_a_wrong_amount_loses_nothing(sign_in: Any, volunteer: Account,
                                                                         draft: Callable[..., Story]) -> None:
    desk, story = sign_in(volunteer), draft()
    wrong = desk.post(own(story, "langkah", 4), {"change": new_id(), "after": "Lain sekali", "income_after": "banyak"})
    assert (wrong.status_code, "Lain sekali" in text_of(wrong)) == (422, True)
    later = desk.post(own(story, "langkah", 2), {"change": new_id(), "before": "Dulu.", "later": "1"})
    assert later["Location"] == own(story)
    story.refresh_from_db()
    assert (story.before, story.after) == ("Dulu.", TOLD["after"])
    assert desk.get(own(story, "langkah", 6)).status_code == 404


def test_a_testimony_is_one_sentence(sign_in: Any, volunteer: Account) -> None:
    desk = sign_in(volunteer)
    begun = desk.post(LIST + "baru/", {"change": new_id(), "kind": "testimony", "name": "Asep", "alias": "Bapak Asep"})
    story = Story.objects.get()
    assert begun["Location"] == own(story, "langkah", 5)
    assert desk.get(own(story, "langkah", 3)).status_code == 404
    desk.post(own(story, "langkah", 5), {"change": new_id(), "quote": "Anak saya kini minta dibacakan tiap malam.",
                                         "theme": "reading"})
    desk.post(own(story, "persetujuan"), {"change": new_id(), "audiences": ["public"], "how_long": "1", "how": "witness",
                                          "witness": "Bu Kader"})
    assert desk.post(own(story, "pengajuan"), {"change": new_id()}).status_code == 302
    story.refresh_from_db()
    assert (story.state, story.headline) == ("waiting", "Anak saya kini minta dibacakan tiap malam.")


def test_pictures_that_are_none_are_refused(sign_in: Any, volunteer: Account, agreed: Callable[..., Story]) -> None:
    desk, story = sign_in(volunteer), agreed()
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    for name, content in (("a.svg", svg), ("a.jpg", svg), ("a.png", b"no picture"), ("a.html", b"<script>")):
        desk.post(own(story, "foto"), {"change": new_id(), "picture": SimpleUploadedFile(name, content)})
        wrong = desk.post(own(story, "persetujuan"), {"change": new_id(), "how_long": "1", "how": "sheet",
                                                      "evidence": SimpleUploadedFile(name, content)})
        assert wrong.status_code == 422
    assert (story.photos.count(), story.consents.count()) == (1, 1)


def test_hostile_words_come_out_literally_everywhere(
        told: Callable[..., Story], sign_in: Any, librarian: Account, coordinator: Account, by_coordinator: Actor,
        at: datetime) -> None:
    words = dict.fromkeys(("before", "helped", "after", "quote", "title"), HOSTILE)
    story = told(**words, name=HOSTILE, alias=HOSTILE)
    round_ = open_round(title=HOSTILE, first_on=TODAY, last_on=TODAY, by=by_coordinator, at=at, id=new_id())
    choose(round=round_, level="city", theme="economy", story=story, reason=HOSTILE, day=TODAY, by=by_coordinator, at=at,
           id=new_id())
    desk, city, nobody = sign_in(librarian), sign_in(coordinator), Client()
    pages = [(nobody, "/"), (nobody, "/cerita/"), (nobody, f"/cerita/{story.code}/"),
             (nobody, f"/cerita/{story.code}/cetak/"), (nobody, mine(story)), (nobody, mine(story, "persetujuan")),
             (desk, LIST + "?tampil=tampil"), (desk, own(story)), (desk, own(story, "persetujuan")),
             (desk, own(story, "penarikan")), (desk, LIST + "pilihan/"), (desk, f"{LIST}pilihan/{round_.pk}/?tema=economy"),
             (city, "/kota/cerita/"), (city, f"/kota/cerita/putaran/{round_.pk}/"),
             (city, f"/kota/cerita/putaran/{round_.pk}/pilihan/?tema=economy")]
    for browser, address in pages:
        answer = browser.get(address)
        assert (answer.status_code, "<img src=x" in text_of(answer), SHOWN in text_of(answer)) == (200, False, True), address
    assert desk.get(own(story, "persetujuan", "lembar")).content[:5] == b"%PDF-"
    assert nobody.get("/cerita/", {"q": HOSTILE, "di": HOSTILE, "tema": HOSTILE, "page": HOSTILE}).status_code == 200


def test_strangers_and_wrong_links_find_nothing(told: Callable[..., Story], sign_in: Any, stranger: Account,
                                                draft: Callable[..., Story]) -> None:
    story, hidden = told(), draft()
    other = sign_in(stranger)
    for rest in ((), ("langkah", 2), ("bukti",), ("persetujuan",), ("persetujuan", "lembar"), ("penarikan",)):
        assert other.get(own(story, *rest)).status_code == 404
    assert other.post(own(story, "penarikan"), {"change": new_id()}).status_code == 404
    for token in ("x", story.pk.hex, story.token[:-1] + ("a" if story.token[-1] != "a" else "b"), story.code):
        for rest in ("", "persetujuan/", "penarikan/"):
            assert Client().post(f"/cerita-saya/{token}/{rest}").status_code in (404, 405)
    assert Client().get(f"/cerita/{hidden.code}/").status_code == 404
    assert Client().get(f"/cerita/{story.code}/foto/{hidden.pk}/").status_code == 404
    assert Story.objects.present().count() == 2


def test_a_mentor_reads_what_was_sent_and_nothing_of_another_library(
        agreed: Callable[..., Story], sign_in: Any, mentor: Account, by_librarian: Actor, at: datetime) -> None:
    story, fasda = agreed(), sign_in(mentor)
    assert fasda.get(own(story)).status_code == 404
    submit(story=story, by=by_librarian, at=at, id=new_id())
    page = text_of(fasda.get(own(story)))
    assert ("Pak RT" in page, "Wati" in page, "Ibu penjahit RW 03" in page) == (False, False, True)
    for rest in (("langkah", 2), ("bukti",), ("persetujuan",), ("penarikan",)):
        assert fasda.get(own(story, *rest)).status_code == 404
    assert fasda.get("/kota/cerita/putaran/").status_code == 404


def test_loans_and_answers_are_evidence_for_the_staff_only(
        told: Callable[..., Story], sign_in: Any, librarian: Account, mentor: Account, coordinator: Account, make_member: Any,
        make_copy: Any, library: Library, by_librarian: Actor, at: datetime) -> None:
    member, copy, shown = make_member("Wati"), make_copy("Rahasia Pinjaman"), make_copy("Pola Dasar Tas")
    loan = lend_copy(copy=copy, to=member, by=by_librarian, at=at, id=new_id())
    others = lend_copy(copy=make_copy("Buku Orang Lain"), to=make_member("Lain"), by=by_librarian, at=at, id=new_id())
    story, desk = told(person=member.person), sign_in(librarian)
    assert "Rahasia Pinjaman" in text_of(desk.get(own(story, "bukti")))
    desk.post(own(story, "bukti"), {"change": new_id(), "loans": [loan.pk, others.pk], "titles": [shown.title_id]})
    assert sorted(Evidence.objects.values_list("loan", "title"), key=str) == sorted(
        [(loan.pk, None), (None, shown.title_id)], key=str)
    assert "Rahasia Pinjaman" in text_of(desk.get(own(story)))
    public = text_of(Client().get(f"/cerita/{story.code}/"))
    assert ("Pola Dasar Tas" in public, "Rahasia Pinjaman" in public) == (True, False)
    for account in (mentor, coordinator):
        assert "Rahasia Pinjaman" not in text_of(sign_in(account).get(own(story)))


def test_who_came_six_weeks_ago_and_agreed_may_tell(library: Library, by_librarian: Actor, sign_in: Any,
                                                     volunteer: Account, at: datetime) -> None:
    before = at - timedelta(days=45)
    activity = plan_activity(library=library, title="Kelas menjahit", details=Details(kind="skills"),
                             sessions=[SessionGiven(before, before + timedelta(hours=2))], by=by_librarian,
                             at=before - timedelta(days=2), id=new_id())
    publish_gathering(gathering=activity.gathering, by=by_librarian, at=before - timedelta(days=2), id=new_id())
    session = activity.gathering.sessions.get()
    for name in ("Wati", "Rini"):
        row = register(gathering=activity.gathering, name=name, phone=f"08123456789{len(name)}", by=VISITOR,
                       at=before - timedelta(days=1), id=new_id())
        mark_attendance(session=session, registration=row, by=by_librarian, at=before, id=new_id())
    Registration.objects.filter(name="Wati").update(may_follow_up=True)
    assert [one.name for one in may_tell(library, TODAY)] == ["Wati"]
    assert [step.heading for find in NEXT_STEPS if (step := find(library, TODAY))] == ["Ajak 1 peserta bercerita"]
    desk = sign_in(volunteer)
    link = re.search(r"\?peserta=[0-9a-f-]+", text_of(desk.get(LIST + "baru/")))
    assert link is not None
    assert 'value="Wati"' in text_of(desk.get(LIST + "baru/" + link[0]))
    desk.post(LIST + "baru/" + link[0], {"change": new_id(), "kind": "story", "name": "Wati"})
    assert Evidence.objects.get().activity == activity
    assert not may_tell(library, TODAY).exists()


def test_the_next_steps_of_a_story(agreed: Callable[..., Story], library: Library, by_librarian: Actor, at: datetime) -> None:
    story = agreed()
    assert [bool(find(library, TODAY)) for find in NEXT_STEPS] == [False, True, False, False]
    submit(story=story, by=by_librarian, at=at, id=new_id())
    assert [find(library, TODAY) for find in NEXT_STEPS] == [None] * 4
    soon = UNTIL - timedelta(days=30)
    assert [bool(find(library, soon)) for find in NEXT_STEPS] == [False, False, True, False]


def test_choosing_goes_from_the_library_to_the_kecamatan_to_the_city(
        told: Callable[..., Story], sign_in: Any, librarian: Account, mentor: Account, coordinator: Account, stranger: Account,
        by_stranger: Actor, other_library: Library) -> None:
    first, second = told(title="Tas"), told(title="Kue")
    other = told(title="Warung", library=other_library, by=by_stranger)
    city, desk = sign_in(coordinator), sign_in(librarian)
    city.post("/kota/cerita/putaran/", {"change": new_id(), "title": "Cerita 2026", "first_on": "2026-01-01",
                                        "last_on": "2026-12-31"})
    round_ = re.search(r"/kota/cerita/putaran/([0-9a-f-]{36})/", text_of(city.get("/kota/cerita/")))
    assert round_ is not None
    of_city, of_library = f"/kota/cerita/putaran/{round_[1]}/pilihan/?tema=economy", f"{LIST}pilihan/{round_[1]}/?tema=economy"
    group = of_city + "&wilayah=36.71.01"
    page = text_of(desk.get(of_library))
    assert (str(first.pk) in page, str(second.pk) in page, str(other.pk) in page) == (True, True, False)
    page = text_of(city.get(group))  # the library of two has not chosen, the library of one need not
    assert (str(first.pk) in page, str(second.pk) in page, str(other.pk) in page) == (False, False, True)
    short = desk.post(of_library, {"change": new_id(), "story": second.pk, "reason": "bagus"})
    assert short.status_code == 422
    wrong = desk.post(of_library, {"change": new_id(), "story": other.pk, "reason": "Paling besar perubahannya."})
    assert (wrong.status_code, Choice.objects.count()) == (422, 0)
    for pk in (first.pk, second.pk):  # choosing again replaces
        desk.post(of_library, {"change": new_id(), "story": pk, "reason": "Paling besar perubahannya."})
    fasda = sign_in(mentor)
    assert "Paling besar perubahannya." in text_of(fasda.get(group))
    fasda.post(group, {"change": new_id(), "story": second.pk, "reason": "Ia mengajak tetangganya."})
    assert fasda.get(of_city).status_code == 404
    assert sign_in(stranger).get(group).status_code == 404
    city.post(of_city, {"change": new_id(), "story": second.pk, "reason": "Perubahan yang menular ke RW lain."})
    assert list(Choice.objects.order_by("chosen_at").values_list("level", "story")) == [
        ("library", second.pk), ("group", second.pk), ("city", second.pk)]
    city.post(f"/kota/cerita/putaran/{round_[1]}/tutup/", {"change": new_id()})
    late = city.post(of_city, {"change": new_id(), "story": second.pk, "reason": "Perubahan yang menular ke RW lain."})
    assert late.status_code == 422
    for browser, address in ((desk, LIST + "pilihan/"), (sign_in(stranger), "/perpustakaan/L002/cerita/pilihan/")):
        assert "Perubahan yang menular ke RW lain." in text_of(browser.get(address))


def test_lists_ask_the_same_however_many(told: Callable[..., Story], sign_in: Any, librarian: Account,
                                         coordinator: Account) -> None:
    pages = [(Client(), "/cerita/"), (Client(), "/"), (sign_in(librarian), LIST + "?tampil=tampil"),
             (sign_in(coordinator), "/kota/cerita/"), (sign_in(coordinator), "/kota/cerita/lembar/")]

    def asked() -> list[int]:
        found = []
        for browser, address in pages:
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            found.append(len(queries))
        return found

    told()
    one = asked()
    told(name="Dua"), told(name="Tiga")
    assert asked() == one


def test_a_double_click_is_one_story_and_one_consent(sign_in: Any, volunteer: Account, draft: Callable[..., Story],
                                                     by_librarian: Actor, at: datetime) -> None:
    desk, change = sign_in(volunteer), new_id()
    for _n in range(2):
        desk.post(LIST + "baru/", {"change": change, "kind": "story", "name": "Wati"})
    assert Story.objects.count() == 1
    story, id = draft(), new_id()
    given = [give_consent(story=story, until_on=UNTIL, how="witness", witness="Pak RT", by=by_librarian, at=at, id=id)
             for _n in range(2)]
    assert (given[0].pk, StoryConsent.objects.count()) == (given[1].pk, 1)


def test_a_public_page_is_light(told: Callable[..., Story]) -> None:
    for n in range(12):
        told(name=f"Ibu {n}")
    assert len(Client().get("/cerita/").content) < 60 * 1024


@pytest.mark.parametrize(("address", "is_of_stories"), [("/", False), ("/cerita/", True)])
def test_without_a_story_nothing_is_told(address: str, is_of_stories: bool, library: Library, city: Any) -> None:
    page = text_of(Client().get(address))
    assert ("Cerita perubahan" in page, "Diceritakan tetangga kita" in page) == (is_of_stories, False)
