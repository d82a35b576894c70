"""A picture shared from a phone; the report that everybody reads, on paper, as a square, as a sheet; partners."""

import io
import re
from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from PIL import Image
from python_calamine import CalamineWorkbook

from simpul.activities.actions import (
    add_contribution,
    add_photo,
    copy_activity,
    drop_old,
    receive_picture,
    set_city_day,
    write_result,
)
from simpul.activities.actions.city import NoSuchDay
from simpul.activities.actions.sharing import MOST_OF_ONE, MOST_OF_UNKNOWN, TooManyPictures
from simpul.activities.models import Activity, Contribution, SharedPicture
from simpul.activities.partner_support import given_to_activities
from simpul.activities.prints import report_pdf, report_values, square
from simpul.activities.queries import activities_around, public_photos, report_of, sheet_rows
from simpul.activities.reports import by_sex_for_everybody, caption, hashtag, whatsapp_report
from simpul.activities.templates_of_year import templates, upcoming
from simpul.activities.tests.test_actions import photo
from simpul.advocacy.models import Partner, Publicity
from simpul.advocacy.support import given_elsewhere
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.core.refusal import NotAllowed
from simpul.core.schedule import discover as due
from simpul.files.pictures import prepare_picture
from simpul.gatherings.actions import count_heads
from simpul.gatherings.actions.presence import HeadCell

LIST = "/perpustakaan/L001/kegiatan/"
FORMULA, MARKUP = '=HYPERLINK("http://evil","x")', "<img src=x onerror=alert(1)> #eval(\"1\") $x$"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def desk(sign_in: Any, volunteer: Any) -> Client:
    return sign_in(volunteer)  # type: ignore[no-any-return]


def own(activity: Activity, *parts: str) -> str:
    return "/".join((f"{LIST}{activity.pk}", *parts, ""))


def share(browser: Client, **headers: str) -> Any:
    return browser.post("/bagikan/", {"photo": photo(), "title": "IMG_1"}, headers=headers)


def test_a_shared_picture_waits_through_signing_in_and_goes_into_the_activity(
        plan: Any, volunteer: Any, at: Any) -> None:
    activity = plan(after=(1,))
    browser = Client(enforce_csrf_checks=True)
    with time_machine.travel(at, tick=False):
        answer = share(browser)
        assert re.fullmatch(r"/bagikan/[\w-]{43}/", answer["Location"])
        ask = browser.get(answer["Location"])
        assert ask["Location"] == f"/masuk/?next={answer['Location']}"
        browser.force_login(volunteer, backend="django.contrib.auth.backends.ModelBackend")
        page = browser.get(answer["Location"]).content.decode()
        assert re.findall(r'name="activity" value="([^"]+)"', page) == [str(activity.pk)]
        picture = browser.get(answer["Location"] + "foto/")
        assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "private, no-store")
        # without our token nothing reaches the activity
        assert browser.post(answer["Location"], {"change": new_id(), "activity": activity.pk}).status_code == 403
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        done = browser.post(answer["Location"], {
            "change": new_id(), "activity": activity.pk, "csrfmiddlewaretoken": token})
        assert browser.get(answer["Location"]).status_code == 404
    assert done["Location"] == own(activity, "hasil") + "#foto"
    assert (activity.photos.get().is_public, SharedPicture.objects.count()) == (False, 0)


def test_a_shared_picture_begins_a_draft_of_this_hour(desk: Client, library: Any, at: Any) -> None:
    with time_machine.travel(at + timedelta(minutes=25), tick=False):
        address = share(desk)["Location"]
        assert desk.post(address, {"change": new_id(), "title": "", "kind": "skills"}).status_code == 422
        desk.post(address, {"change": new_id(), "title": "Kelas dadakan", "kind": "skills"})
    activity = Activity.objects.get()
    session = activity.gathering.sessions.get()
    assert (activity.gathering.title, activity.gathering.state, session.starts_at, activity.photos.count()) == (
        "Kelas dadakan", "draft", at, 1)


def test_a_form_of_another_site_a_false_picture_and_a_stranger_are_turned_away(
        plan: Any, desk: Client, sign_in: Any, stranger: Any, mentor: Any, at: Any) -> None:
    plan(after=(1,))
    assert share(desk, origin="https://evil.example").status_code == 403
    assert share(desk, origin="null", sec_fetch_dest="iframe").status_code == 403
    assert desk.post("/bagikan/", {"photo": io.BytesIO(b"<svg/>")}).status_code == 422
    assert [desk.get("/bagikan/").status_code, desk.post("/bagikan/", {}).status_code] == [200, 200]
    assert SharedPicture.objects.count() == 0
    address = share(desk, origin="http://testserver")["Location"]
    assert share(desk, origin="null", sec_fetch_dest="document").status_code == 302
    assert sign_in(stranger).get(address).status_code == 404  # it was shared by somebody else
    nobody_s = share(Client())["Location"]
    assert sign_in(mentor).get(nobody_s).status_code == 404  # serves no library


def test_what_waits_is_bounded_and_goes_after_a_day(volunteer: Any, at: Any) -> None:
    picture = prepare_picture(photo())
    for n in range(MOST_OF_ONE + 2):
        receive_picture(picture=picture, account_id=volunteer.pk, at=at + timedelta(minutes=n))
    assert SharedPicture.objects.count() == MOST_OF_ONE
    SharedPicture.objects.all().delete()
    SharedPicture.objects.bulk_create([SharedPicture(
        token_hash=str(n), content=b"x", media_type="image/jpeg", shared_at=at) for n in range(MOST_OF_UNKNOWN)])
    with pytest.raises(TooManyPictures):
        receive_picture(picture=picture, account_id=None, at=at)
    receive_picture(picture=picture, account_id=volunteer.pk, at=at)
    assert due()["activities.drop_shared_pictures"].run(at + timedelta(hours=23)) == 0
    assert drop_old(at=at + timedelta(hours=25)) == MOST_OF_UNKNOWN + 1


def test_the_manifest_offers_the_site_to_the_gallery() -> None:
    target = Client().get("/manifest.webmanifest").json()["share_target"]
    assert (target["action"], target["method"], target["enctype"], target["params"]["files"][0]["name"]) == (
        "/bagikan/", "POST", "multipart/form-data", "photo")


@pytest.fixture
def reported(plan: Any, by_volunteer: Actor, at: Any) -> Activity:
    """Twenty-five came, PKK helped, hostile words everywhere, one public picture and one that is not."""
    activity = plan(after=(-1,), title=FORMULA + MARKUP, kind="reading_aloud")
    count_heads(session=activity.gathering.sessions.get(), by=by_volunteer, at=at, id=new_id(), cells=[
        HeadCell("P", "18-59", False, 15), HeadCell("L", "60+", True, 10)])
    add_contribution(activity=activity, partner="PKK", kind="goods", what=MARKUP, worth=500_000, by=by_volunteer, at=at,
                     id=new_id())
    for is_public in (True, False):
        add_photo(activity=activity, picture=photo(), caption=MARKUP, is_public=is_public, has_photo_notice=True,
                  by=by_volunteer, at=at + timedelta(minutes=is_public), id=new_id())
    write_result(activity=activity, result=FORMULA, follow_up=MARKUP, cost=150_000, has_photo_notice=True,
                 by=by_volunteer, at=at, id=new_id())
    return activity  # type: ignore[no-any-return]


def test_the_report_that_everybody_reads(reported: Activity, plan: Any, at: Any) -> None:
    address = f"/kegiatan/{reported.gathering_id}/laporan/"
    answer = Client().get(address)
    page = answer.content.decode()
    assert (answer.status_code, "<img src=x" in page, len(answer.content) < 20_000) == (200, False, True)
    assert re.findall(r'property="og:url" content="([^"]+)"', page) == [f"http://testserver{address}"]
    shown = public_photos(reported).get()
    assert re.findall(r'property="og:image" content="([^"]+)"', page) == [
        f"http://testserver/kegiatan/{reported.gathering_id}/foto/{shown.pk}/"]
    assert re.findall(r"<dd>(laki-laki[^<]+)</dd>", page) == ["laki-laki 10, perempuan 15"]
    for other in (plan(), plan(is_draft=True), plan(is_public=False, after=(-1,))):
        assert Client().get(f"/kegiatan/{other.gathering_id}/laporan/").status_code == 404


def test_its_link_becomes_the_record_of_publicity_once(plan: Any, desk: Client, at: Any, settings: Any) -> None:
    activity = plan(after=(-1,))
    told = {"result": "Selesai", "cost": ""}
    for _n in range(2):
        desk.post(own(activity, "hasil"), told | {"change": new_id()}, secure=True, headers={"host": "simpul.example"})
    desk.post(own(plan(after=(-1,)), "hasil"), told | {"change": new_id()})  # this machine's own name leads nobody here
    row = Publicity.objects.get()
    assert (row.about, row.channel, row.link) == (
        f"activities.Activity:{activity.pk}", "website",
        f"https://simpul.example/kegiatan/{activity.gathering_id}/laporan/")
    desk.post(own(activity, "hasil", "siaran"), {
        "publicity-change": new_id(), "publicity-channel": "instagram", "publicity-link": "https://instagram.com/p/1"})
    wrong = desk.post(own(activity, "hasil", "siaran"), {
        "publicity-change": new_id(), "publicity-channel": "instagram", "publicity-link": "javascript:alert(1)"})
    assert (wrong.status_code, Publicity.objects.count()) == (422, 2)


def test_the_square_shows_only_a_picture_that_may_be_public(reported: Activity, desk: Client, at: Any) -> None:
    inner = reported.photos.get(is_public=False)
    with time_machine.travel(at, tick=False):
        answers = [desk.get(own(reported, "hasil", "gambar") + query) for query in ("", f"?foto={inner.pk}", "?foto=tanpa")]
    with_photo, refused, without = (answer.content for answer in answers)
    assert Image.open(io.BytesIO(with_photo)).size == (1080, 1080)
    assert (refused == with_photo, without == with_photo) == (True, False)
    report = report_of(reported, at.date())
    assert square(report, inner) == square(report, None)


def test_the_caption_has_words_to_be_found_by(reported: Activity, at: Any) -> None:
    text = caption(report_of(reported, at.date()), city="Kota Tangerang", link="https://simpul.example/x/")
    assert text.splitlines()[-1] == "#PerpustakaanKelurahanSukasari #KotaTangerang #GemarMembaca #TPBIS"
    assert hashtag("TBM <b>Melati</b> #2 (demo)") == "#TBMBMelatiB2"


def test_the_page_of_the_report_holds_words_letter_by_letter(reported: Activity, desk: Client, at: Any) -> None:
    values = report_values(report_of(reported, at.date()), day="10 Maret 2026")
    assert (values["title"], values["parts"]) == (
        FORMULA + MARKUP, [["Hasil", FORMULA], ["Tindak lanjut", MARKUP]])
    assert ["Peserta", "25 (L 10, P 15)"] in values["facts"]
    assert ["Mitra", f"PKK: {MARKUP} (Rp500.000)"] in values["facts"]
    with time_machine.travel(at, tick=False):
        answer = desk.get(own(reported, "hasil", "cetak"))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    Activity.objects.update(result="Panjang sekali. " * 120, follow_up="Lagi. " * 160)
    reported.refresh_from_db()
    long = report_pdf(report_of(reported, at.date()), day="10 Maret 2026")
    assert pages_of(long) == 1


def pages_of(content: bytes) -> int:
    """The page tree's own count, which typst leaves uncompressed."""
    return max(int(n) for n in re.findall(rb"/Count (\d+)", content))


def test_small_groups_are_told_to_nobody(plan: Any, by_volunteer: Actor, at: Any) -> None:
    activity = plan(after=(-1,))
    count_heads(session=activity.gathering.sessions.get(), by=by_volunteer, at=at, id=new_id(), cells=[
        HeadCell("P", "18-59", False, 12), HeadCell("L", "60+", False, 2)])
    report = report_of(activity, at.date())
    assert by_sex_for_everybody(report.turnout) is None
    assert re.findall(r"(Peserta|Umur): (.*)", whatsapp_report(report, link="")) == [("Peserta", "14 orang")]


def test_the_sheet_has_a_row_an_activity_and_runs_nothing(reported: Activity, plan: Any, desk: Client, at: Any) -> None:
    plan(after=(-48,), title="Kelas")
    plan(is_draft=True)
    with time_machine.travel(at, tick=False):
        answer = desk.get(LIST + "unduhan/?jenis=literacy&dari=2026-03-01&sampai=2026-03-31")
        everything = desk.get(LIST + "unduhan/?dari=kapan&strategi=x")
    head, row = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    told = dict(zip(head, row, strict=True))
    assert (told["Apa"], told["Hasil"]) == (FORMULA + MARKUP, FORMULA)
    assert [told[name] for name in ("Peserta", "Laki-laki", "Perempuan", "Penyandang disabilitas", "18–59", "60+")] == [
        25, 10, 15, 10, 15, 10]
    assert [told[name] for name in ("Mitra", "Dukungan mitra (Rp)", "Biaya (Rp)")] == ["PKK", 500_000, 150_000]
    assert told["Hari pertama"] == date(2026, 3, 10)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(everything.content)).get_sheet_by_index(0).to_python()
    assert [line[2] for line in rows[1:]] == ["Kelas", FORMULA + MARKUP]


def test_the_sheet_asks_the_same_for_one_and_for_three(plan: Any, django_assert_num_queries: Any) -> None:
    for _n in range(3):
        plan(after=(-24,))
        with django_assert_num_queries(7):
            sheet_rows(Activity.objects.all())


def test_a_partner_is_one_however_her_name_is_written(
        plan: Any, library: Any, by_volunteer: Actor, at: Any, other_library: Any, by_stranger: Actor) -> None:
    activity = plan(after=(-1,))

    def gives(name: str, **given: Any) -> Contribution:
        return add_contribution(**({"activity": activity, "partner": name, "kind": "money", "worth": 1000,
                                    "by": by_volunteer, "at": at, "id": new_id()} | given))

    first, second = gives("PKK Sukasari"), gives("  pkk   SUKASARI ")
    there = gives("PKK Sukasari", activity=plan(library=other_library, by=by_stranger), by=by_stranger)
    assert (first.partner, first.partner == there.partner) == (second.partner, False)
    again = copy_activity(activity=activity, by=by_volunteer, at=at, id=new_id())
    assert again.contributions.first().partner == first.partner
    told = list(given_to_activities([first.partner_id]))  # the copy is a draft: it gave nothing yet
    assert [(one.worth, one.about, one.url) for one in told] == [(1000, "Kelas menjahit", own(activity))] * 2
    assert len(given_elsewhere([first.partner_id])) == 2
    found = {name: discover()[name].total(discover()[name].rows()) for name in ("partner_gifts", "partner_gifts_worth")}
    assert found == {"partner_gifts": 3, "partner_gifts_worth": 3000}


def test_names_written_before_there_was_a_register_become_partners(library: Any, plan: Any, at: Any) -> None:
    """The migration's own function, over rows as they were."""
    known = Partner.objects.create(library=library, name="PKK", name_key="pkk")
    activity = plan()
    names = ["PKK", " pkk ", "Toko Kain", "toko kain", "!!!", " "]
    rows = [SimpleNamespace(pk=new_id(), partner_name=name, partner_id=None, activity=activity) for name in names]

    class Rows(list[Any]):
        def filter(self, pk: Any = None, **_rest: Any) -> Any:
            found = Rows(one for one in self if pk in (None, one.pk))
            found.update = lambda partner_id: [setattr(one, "partner_id", partner_id) for one in found]  # type: ignore[attr-defined]
            return found

        def select_related(self, _name: str) -> "Rows":
            return self

        def order_by(self, _name: str) -> "Rows":
            return self

        def iterator(self, chunk_size: int) -> Any:
            return iter(self)

    models = {"Contribution": SimpleNamespace(objects=Rows(rows)), "Partner": Partner}
    module = import_module("simpul.activities.migrations.0005_names_become_partners")
    module.carry_over(SimpleNamespace(get_model=lambda _app, name: models[name]), None)
    assert [Partner.objects.get(pk=one.partner_id).name for one in rows] == [
        "PKK", "PKK", "Toko Kain", "Toko Kain", "!!!", "–"]
    assert (rows[0].partner_id, Partner.objects.count()) == (known.pk, 4)


def test_the_days_of_the_year_are_right_and_the_city_s_own_is_a_setting(
        city: Any, sign_in: Any, coordinator: Any, mentor: Any, by_librarian: Actor, by_coordinator: Actor, at: Any) -> None:
    days = {one.code: str(on) for one, on in upcoming(date(2026, 3, 10))}
    assert {code: days[code] for code in ("book_day", "visit_day", "reading_month")} == {
        "book_day": "2026-05-17", "visit_day": "2026-09-14", "reading_month": "2026-09-05"}
    assert "city_day" not in days
    month = next(one for one in templates() if one.is_month)
    assert [str(month.next_on(date(2026, 9, n))) for n in (5, 6, 28)] == ["2026-09-05", "2026-09-12", "2026-09-28"]
    assert str(month.next_on(date(2026, 10, 1))) == "2027-09-04"
    browser = sign_in(coordinator)
    browser.post("/kota/hari-jadi/", {"change": new_id(), "day": "28", "month": "2"})
    assert ("city_day", "2027-02-28") in [(one.code, str(on)) for one, on in upcoming(date(2026, 3, 10))]
    assert browser.post("/kota/hari-jadi/", {"change": new_id(), "day": "31", "month": "2"}).status_code == 422
    with pytest.raises(NoSuchDay):
        set_city_day(month=0, day=31, by=by_coordinator, at=at, id=new_id())
    with pytest.raises(NotAllowed):
        set_city_day(month=1, day=1, by=by_librarian, at=at, id=new_id())
    assert sign_in(mentor).get("/kota/hari-jadi/").status_code == 404
    set_city_day(month=2, day=29, by=by_coordinator, at=at, id=new_id())
    assert ("city_day", "2027-02-28") in [(one.code, str(on)) for one, on in upcoming(date(2026, 3, 10))]
    browser.post("/kota/hari-jadi/", {"change": new_id(), "day": "", "month": ""})
    assert "city_day" not in [one.code for one in templates()]


@pytest.mark.parametrize(("name", "by", "total", "groups"), [
    ("activities", "kind", "1", {"membaca nyaring": "1"}), ("activities", "strategy", "1", {"pelibatan masyarakat": "1"}),
    ("literacy_activities", "kind", "1", {"membaca nyaring": "1"}), ("cooperations", "strategy", "1", {
        "pelibatan masyarakat": "1"}),
    ("activity_participants", "strategy", "25", {"pelibatan masyarakat": "25"}),
    ("partner_gifts", "gives", "1", {"barang": "1"}),
    ("activities_asked_for", "kind", "0", {})])
def test_figures_by_kind_and_strategy(
        name: str, by: str, total: str, groups: dict[str, str], reported: Activity, desk: Client, at: Any) -> None:
    with time_machine.travel(at, tick=False):
        page = desk.get(f"/angka/{name}/?library=L001&from=2026-03-01&to=2026-03-31&by={by}").content.decode()
    bars = re.findall(r'<tr><th scope="row">([^<]+)</th><td><span class="bars-cell">.*?<span class="num">([\d.]+)</span>',
                      page, re.DOTALL)
    assert dict(bars) == groups
    assert discover()[name].total(discover()[name].rows()) == int(total)
    index = discover()["literacy_participants"]
    kinds = index.by(index.rows(), index.disaggregations["kind"])
    assert [(row["session__gathering__activity__kind"], row["n"]) for row in kinds] == [("reading_aloud", 25)]


def test_a_picture_belongs_to_the_nearest_activity(plan: Any, library: Any, at: Any) -> None:
    today, yesterday, old = plan(after=(1,)), plan(after=(-20,), is_draft=True), plan(after=(-24 * 20,))
    plan(after=(48,))
    assert activities_around(library, at.date()) == [today, yesterday]
    assert old.gathering.last_on < at.date() - timedelta(days=14)
    assert apps.get_model("activities.SharedPicture") is SharedPicture
