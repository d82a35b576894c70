"""Pages of months: read on a phone, signed by the librarian, seen by the city, printed, verified by anybody."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from PIL import Image

from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.indicators.periods import Period
from simpul.indicators.rollups.refreshing import refresh
from simpul.libraries.models import Library
from simpul.months.actions import set_city_dates, watch
from simpul.months.actions.refusals import WrongDate
from simpul.months.models import Answer, MonthReport, Signature, Told
from simpul.months.queries.calendar import dates_between, due_day
from simpul.months.tests.conftest import NOVEMBER, OCTOBER
from simpul.visits.models import Visit

HERE = "/perpustakaan/L001/bulan/"
ONE = HERE + "2026-10/"
SignIn = Callable[[Account], Client]


def test_the_list_tells_the_state_of_each_month(library: Library, signed: Signature, librarian: Account, sign_in: SignIn) -> None:
    page = sign_in(librarian).get(HERE)
    assert [(one.period.code, str(one.state)) for one in page.context["lines"]][:3] == [
        ("2026-11", "running"), ("2026-10", "signed"), ("2026-09", "late")]
    assert sign_in(librarian).get(HERE + "?tahun=2025").context["lines"][0].period.code == "2025-12"
    for wrong in ("abc", "1999", "2027", "9" * 40):
        assert sign_in(librarian).get(HERE, {"tahun": wrong}).status_code == 404


def test_a_librarian_signs_on_the_page(library: Library, october: Period, librarian: Account, sign_in: SignIn) -> None:
    browser = sign_in(librarian)
    page = browser.get(ONE)
    assert page.status_code == 200
    answer = browser.post(ONE + "tanda-tangan/", {"change": str(new_id()), "seen": page.context["month"].seen}, follow=True)
    assert answer.context["month"].signature.version == 1
    assert "Versi 1" in answer.content.decode()


def test_a_volunteer_prepares_and_cannot_sign(library: Library, october: Period, volunteer: Account, sign_in: SignIn) -> None:
    browser = sign_in(volunteer)
    assert "tanda-tangan/" not in browser.get(ONE).content.decode()
    browser.post(ONE + "tanda-tangan/", {"change": str(new_id())})
    assert Signature.objects.count() == 0
    browser.post(ONE + "periksa/", {"change": str(new_id())})
    assert MonthReport.objects.get().prepared_by == volunteer


def test_mentor_and_coordinator_read_only(library: Library, october: Period, mentor: Account, coordinator: Account,
                                          stranger: Account, sign_in: SignIn) -> None:
    for reader in (mentor, coordinator):
        page = sign_in(reader).get(ONE)
        assert (page.status_code, page.context["can_sign"], page.context["is_own"]) == (200, False, False)
        assert sign_in(reader).post(ONE + "tanda-tangan/").status_code == 404
    assert sign_in(stranger).get(ONE).status_code == 404
    assert Client().get(ONE).status_code == 302


def test_months_that_are_no_months(library: Library, librarian: Account, sign_in: SignIn) -> None:
    browser = sign_in(librarian)
    for text in ("2026-13", "2026-12", "1999-01", "2026-1", "abcdefg", "2026-1²", "٢٠٢٦-10"):
        assert browser.get(f"{HERE}{text}/").status_code == 404


def test_answers_and_told_facts_on_the_page(library: Library, october: Period, visit: Callable[..., Visit], volunteer: Account,
                                            sign_in: SignIn) -> None:
    visit(date(2026, 10, 13), 60)
    browser = sign_in(volunteer)
    key = browser.get(ONE).context["month"].findings[0].unusual.key
    browser.post(ONE + "penjelasan/", {"change": str(new_id()), "key": key, "reason": "event"})
    row = Answer.objects.get()
    assert browser.get(ONE).context["month"].findings[0].answer == row
    browser.post(f"{ONE}penjelasan/{row.pk}/batal/", {"change": str(new_id())})
    assert Answer.objects.holding().count() == 0
    browser.post(ONE + "penjelasan/", {"change": str(new_id()), "key": key, "reason": "no such"})
    assert Answer.objects.count() == 1
    page = browser.post(ONE + "catatan/", {"change": str(new_id()), "wifi_outside": "12", "own_money_unknown": "on",
                                           "hindered": "<b>Banjir</b>"}, follow=True)
    assert {one.name: one.value for one in Told.objects.all()} == {
        "wifi_outside": 12, "own_money": None, "hindered": "<b>Banjir</b>"}
    assert "&lt;b&gt;Banjir" in page.content.decode()
    kept = browser.post(ONE + "catatan/", {"change": str(new_id()), "wifi_outside": "-4", "hindered": "tetap"})
    assert (kept.status_code, kept.context["form"]["hindered"].value()) == (422, "tetap")


def test_the_paper_as_draft_and_signed(library: Library, october: Period, librarian: Account, by_librarian: Actor,
                                       sign_in: SignIn) -> None:
    from simpul.months.actions import sign_month
    from simpul.months.papers import draft_values, signed_values

    browser = sign_in(librarian)
    assert browser.get(ONE + "cetak/").content[:5] == b"%PDF-"
    draft = draft_values(Library.objects.select_related("region").get(pk=library.pk), october)
    assert (draft["watermark"], draft["code"], draft["acknowledges"]) == ("belum ditandatangani", "", "Lurah")
    row = sign_month(library=library, month=OCTOBER, by=by_librarian, at=NOVEMBER, id=new_id())
    values = signed_values(row, "https://contoh.id/x")
    assert (values["watermark"], values["signer"], values["figures"][0][:3]) == (
        "", librarian.name, ["Kunjungan", "44 kunjungan", "40"])
    assert values["sentences"] == draft["sentences"]
    paper = browser.get(ONE + "cetak/?versi=1")
    assert (paper.content[:5], paper["Content-Type"]) == (b"%PDF-", "application/pdf")
    for wrong in ("2", "x", "99999", "²"):
        assert browser.get(ONE + "cetak/", {"versi": wrong}).status_code == 404


def test_the_signed_paper_comes_back(library: Library, signed: Signature, volunteer: Account, mentor: Account,
                                     stranger: Account, sign_in: SignIn) -> None:
    picture = BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    picture.name = "lembar.jpg"  # type: ignore[attr-defined]
    picture.seek(0)
    browser = sign_in(volunteer)
    assert browser.post(ONE + "pindaian/", {"change": str(new_id())}).status_code == 422
    browser.post(ONE + "pindaian/", {"change": str(new_id()), "picture": picture})
    signed.refresh_from_db()
    assert signed.scan is not None
    assert signed.scanned_at == NOVEMBER
    shown = sign_in(mentor).get(ONE + "pindaian/1/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    for close in shown._resource_closers:  # `close()` would close the test's database too
        close()
    assert sign_in(stranger).get(ONE + "pindaian/1/").status_code == 404


def test_anybody_with_the_paper_verifies_it(library: Library, signed: Signature, visit: Callable[..., Visit],
                                            later: datetime) -> None:
    page = Client().get(f"/laporan-bulanan/{signed.code}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert signed.signer not in text
    assert [one.now for one in page.context["lines"] if one.id == "visits"] == ["44"]
    assert all(one.is_public for one in page.context["lines"])
    assert "children_share" not in {one.id for one in page.context["lines"]}
    visit(date(2026, 10, 12), 3, recorded_at=later)
    refresh(later)
    watch(later)
    assert [(one.was_text, one.now_text) for one in Client().get(f"/laporan-bulanan/{signed.code}/").context["differs"]
            if one.id == "visits"] == [("44", "47")]
    for wrong in ("X", "a\x00b", "=1+1"):
        assert Client().get(f"/laporan-bulanan/{wrong}/").status_code == 404


def test_a_snapshot_that_was_tampered_with_says_so(library: Library, signed: Signature, librarian: Account,
                                                   sign_in: SignIn) -> None:
    signed.snapshot["figures"][0]["value"] = "4400"
    signed.save(update_fields=["snapshot"])
    for page in (Client().get(f"/laporan-bulanan/{signed.code}/"), sign_in(librarian).get(ONE + "versi/1/")):
        assert not page.context["signed"].is_whole


def test_the_city_sees_who_signed(library: Library, other_library: Library, signed: Signature, coordinator: Account,
                                  mentor: Account, stranger: Account, sign_in: SignIn, third_of_november: Any) -> None:
    third_of_november.shift(timedelta(days=5))
    browser = sign_in(coordinator)
    page = browser.get("/kota/bulan/")
    assert {one.library.code: str(one.state) for one in page.context["made"].lines} == {"L001": "signed", "L002": "late"}
    assert [bool(link) for _line, link in page.context["rows"]] == [True, False]  # the late one first
    assert "https://wa.me/?text=Salam" in page.content.decode()
    assert [one.library.code for one, _link in browser.get("/kota/bulan/?tampil=selesai").context["rows"]] == ["L001"]
    assert {one.library.code for one in sign_in(mentor).get("/kota/bulan/").context["made"].lines} == {"L001"}
    assert sign_in(stranger).get("/kota/bulan/").status_code == 404
    for wrong in ("2026-12", "x", "2026-13"):
        assert browser.get("/kota/bulan/", {"bulan": wrong}).status_code == 404


def test_the_city_asks_as_much_for_many_as_for_one(library: Library, signed: Signature, coordinator: Account, sign_in: SignIn,
                                                   make_library: Callable[..., Library]) -> None:
    browser = sign_in(coordinator)
    browser.get("/kota/bulan/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/kota/bulan/")
    for _n in range(3):
        make_library()
    with CaptureQueriesContext(connection) as many:
        browser.get("/kota/bulan/")
    assert len(many) == len(one)


def test_the_city_takes_the_list_along(library: Library, signed: Signature, coordinator: Account, sign_in: SignIn) -> None:
    library.name = "=HYPERLINK(1)"
    library.save()
    browser = sign_in(coordinator)
    lines = browser.get("/kota/bulan/unduhan/?bulan=2026-10&format=csv").content.decode().splitlines()
    assert lines[1].split(",")[:2] == ["L001", "'=HYPERLINK(1)"]
    assert browser.get("/kota/bulan/unduhan/?bulan=2026-10").content[:2] == b"PK"


def test_the_calendar_labels_what_is_ours(library: Library, coordinator: Account, by_coordinator: Actor, by_librarian: Actor,
                                          sign_in: SignIn) -> None:
    day = NOVEMBER.date()
    ours = {one.key: one for one in dates_between(day, day + timedelta(days=366))}
    assert {"monthly", "sim", "lppd", "iplm", "npp", "tkm", "road-musrenbang"} <= set(ours)
    assert ours["npp"].is_ours
    with pytest.raises(NotAllowed):
        set_city_dates(dates={"npp": (4, 30)}, by=by_librarian, at=NOVEMBER, id=new_id())
    for wrong in ({"npp": (2, 30)}, {"monthly": (0, 29)}, {"monthly": (3, 5)}, {"other": (1, 1)}):
        with pytest.raises(WrongDate):
            set_city_dates(dates=wrong, by=by_coordinator, at=NOVEMBER, id=new_id())
    set_city_dates(dates={"npp": (4, 30), "monthly": (0, 7)}, by=by_coordinator, at=NOVEMBER, id=new_id())
    city = {one.key: one for one in dates_between(day, day + timedelta(days=366))}
    assert (city["npp"].on, city["npp"].is_ours, due_day()) == (date(2027, 4, 30), False, 7)
    browser = sign_in(coordinator)
    assert browser.get("/kota/kalender/").status_code == 200
    form = browser.get("/kota/kalender/tanggal/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    browser.post("/kota/kalender/tanggal/", values | {"monthly": "6"})
    assert due_day() == 6


def test_the_calendar_as_a_feed(library: Library) -> None:
    answer = Client().get("/kalender-laporan.ics")
    events = [one for one in Calendar.from_ical(answer.content).walk("VEVENT")]
    days = {str(one["uid"]).split("-2", 1)[0]: one.decoded("dtstart") for one in events}
    assert (answer["Content-Type"], days["npp"]) == ("text/calendar; charset=utf-8", date(2027, 3, 31))
    assert len(events) == len({str(one["uid"]) for one in events})


def test_a_signed_month_is_a_measure(library: Library, signed: Signature, librarian: Account, sign_in: SignIn) -> None:
    page = sign_in(librarian).get("/angka/months_signed/?tempat=L001&periode=2026-10")
    assert page.context["total"] == 1
