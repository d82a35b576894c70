"""The volunteers' pages, as they are tapped."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.volunteers.actions import issue_letter, join, record_service, withdraw_letter
from simpul.volunteers.models import Duty, Handover, Helper, Letter, Pattern, Service, Thanks
from simpul.volunteers.tokens import letter_token

HERE = "/perpustakaan/L001/relawan/"
TODAY = date(2026, 3, 10)
MakeHelper = Callable[..., Helper]
NASTY = "=HYPERLINK(1) <img src=x onerror=alert(1)> #panic() \"'"


def post(browser: Client, path: str, **given: Any) -> Any:
    return browser.post(path, {"change": str(new_id())} | given)


@pytest.fixture
def desk(sign_in: Any, librarian: Account) -> Client:
    return sign_in(librarian)


@pytest.fixture
def phone(sign_in: Any, volunteer: Account) -> Client:
    return sign_in(volunteer)


def test_a_volunteer_joins_begins_and_is_done(phone: Client, volunteer: Account, library: Library) -> None:
    assert "Saya relawan di sini" in phone.get(HERE).content.decode()
    assert post(phone, HERE + "mulai/").status_code == 404
    for path in ("ikut/", "mulai/", "selesai/"):
        assert post(phone, HERE + path, work="books")["Location"] == HERE
    done = Service.objects.get()
    assert (done.helper.account, done.work, done.minutes) == (volunteer, "books", 1)
    assert post(phone, HERE + "hari-ini/", minutes="120", work="desk").status_code == 302
    assert post(phone, HERE + "hari-ini/", minutes="9" * 30, work="desk").status_code == 302
    assert [one.minutes for one in Service.objects.order_by("minutes")] == [1, 120]
    assert Service.objects.get(minutes=120).local_date == TODAY


def test_a_forgotten_tap_leads_to_the_hours(phone: Client, volunteer: Account, library: Library, by_volunteer: Actor,
                                            at: Any, tuesday_morning: Any) -> None:
    join(library=library, by=by_volunteer, at=at, id=new_id())
    post(phone, HERE + "mulai/", work="desk")
    begun = Service.objects.get()
    tuesday_morning.shift(timedelta(hours=20))
    answer = post(phone, HERE + "selesai/")
    assert answer["Location"] == f"{HERE}jam/{begun.pk}/ubah/"
    assert post(phone, answer["Location"], hours="1,5", work="desk", day="2026-03-10").status_code == 302
    kept = Service.objects.counting().get()
    assert (kept.minutes, kept.happened_at, kept.local_date) == (90, begun.happened_at, TODAY)


def test_hours_for_somebody_without_account(desk: Client, make_helper: MakeHelper) -> None:
    siti = make_helper()
    answer = post(desk, HERE + "jam/", helper=str(siti.pk), hours="2", work="books", day="2026-03-08")
    assert (answer.status_code, Service.objects.get().local_date) == (302, date(2026, 3, 8))
    told = {"helper": str(siti.pk), "hours": "2", "work": "books", "day": "2026-03-08"}
    for wrong in ({"hours": "banyak"}, {"hours": "17"}, {"day": "2027-01-01"}, {"work": "x"}, {"helper": str(new_id())}):
        answer = post(desk, HERE + "jam/", **(told | wrong))
        assert answer.status_code == 422
    assert Service.objects.count() == 1


def test_hours_are_corrected_taken_back_and_put_back(desk: Client, make_helper: MakeHelper, who: Any) -> None:
    siti = make_helper()
    wrong = record_service(helper=siti, minutes=600, **who())
    page = desk.get(f"{HERE}jam/{wrong.pk}/ubah/").content.decode()
    assert 'value="10"' in page
    answer = post(desk, f"{HERE}jam/{wrong.pk}/ubah/", hours="1", work="desk", day="2026-03-10")
    assert answer["Location"] == f"{HERE}orang/{siti.pk}/"
    right = Service.objects.counting().get()
    post(desk, f"{HERE}jam/{right.pk}/coret/")
    assert Service.objects.counting().count() == 0
    post(desk, f"{HERE}jam/{right.pk}/pulihkan/")
    assert Service.objects.counting().get() == right


def test_the_roster_from_the_first_turn_to_the_wall(desk: Client, phone: Client, make_helper: MakeHelper, volunteer: Account,
                                                    library: Library) -> None:
    siti = make_helper(NASTY)
    given = {"helper": str(siti.pk), "weekday": "1", "starts": "13:00", "ends": "16:00", "from_on": "2026-03-01"}
    assert post(desk, HERE + "piket/mingguan/", **given)["Location"] == HERE + "piket/"
    page = desk.get(HERE + "piket/?bulan=2026-03").content.decode()
    assert (page.count("13.00–16.00"), "<img src=x" in page) == (6, False)  # five Tuesdays, one weekly turn
    assert desk.get(HERE + "piket/?bulan=9999-99").status_code == 200
    sheet = desk.get(HERE + "piket/cetak/?bulan=2026-03")
    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
    pattern = Pattern.objects.get()
    assert post(phone, f"{HERE}piket/mingguan/{pattern.pk}/kapan/berhalangan/").status_code == 404
    assert post(phone, f"{HERE}piket/mingguan/{pattern.pk}/2026-03-10/berhalangan/").status_code == 302
    gap = Duty.objects.get()
    home = phone.get(HERE).content.decode()
    assert "https://wa.me/?text=" in home
    assert post(phone, f"{HERE}piket/giliran/{gap.pk}/ambil/").status_code == 404  # not a helper yet
    post(phone, HERE + "ikut/")
    post(phone, f"{HERE}piket/giliran/{gap.pk}/ambil/")
    assert Duty.objects.get().helper == Helper.objects.get(account=volunteer)
    for path, name in (("lepas/", None), ("kembali/", NASTY)):
        post(desk, f"{HERE}piket/giliran/{gap.pk}/{path}")
        kept = Duty.objects.select_related("helper").get()
        assert (kept.helper.name if kept.helper else None) == name
    post(desk, f"{HERE}piket/giliran/{gap.pk}/berhalangan/")
    assert post(desk, f"{HERE}piket/giliran/{gap.pk}/ambil/", helper=str(siti.pk)).status_code == 302
    assert post(desk, f"{HERE}piket/giliran/{gap.pk}/ambil/", helper="x").status_code == 404
    post(desk, f"{HERE}piket/mingguan/{pattern.pk}/hentikan/")
    post(desk, f"{HERE}piket/mingguan/{pattern.pk}/pulihkan/")
    assert Pattern.objects.get().until_on is None


def test_a_single_turn(desk: Client, make_helper: MakeHelper) -> None:
    given = {"day": "2026-03-14", "starts": "08:00", "ends": "12:00", "helper": ""}
    assert post(desk, HERE + "piket/giliran/", **given).status_code == 302
    assert post(desk, HERE + "piket/giliran/", **(given | {"ends": "07:00"})).status_code == 422
    duty = Duty.objects.get()
    post(desk, f"{HERE}piket/giliran/{duty.pk}/tiadakan/")
    assert Duty.objects.get().is_off
    post(desk, f"{HERE}piket/giliran/{duty.pk}/adakan/")
    assert Duty.objects.get().is_gap


def test_a_helper_from_first_day_to_letter_to_end(desk: Client, phone: Client, who: Any, client: Client) -> None:
    given = {"name": "Zubaidah Rahma", "since_on": "2026-01-02", "phone": "0812-1111-2222", "phone_agreed": "on"}
    answer = post(desk, HERE + "orang/baru/", **given)
    helper = Helper.objects.get()
    assert answer["Location"] == f"{HERE}orang/{helper.pk}/"
    assert post(desk, HERE + "orang/baru/", **(given | {"phone_agreed": ""})).status_code == 422
    assert post(phone, HERE + "orang/baru/", **given).status_code == 404
    record_service(helper=helper, minutes=150, **who())
    letter = {"first_on": "2026-01-02", "last_on": "2026-03-10", "signer": "Kepala TBM", "number": ""}
    assert post(desk, f"{HERE}orang/{helper.pk}/surat/", **letter).status_code == 302
    assert post(desk, f"{HERE}orang/{helper.pk}/surat/", **(letter | {"last_on": "2026-03-11"})).status_code == 422
    made = Letter.objects.get()
    paper = desk.get(f"{HERE}surat/{made.pk}/cetak/")
    assert (paper.content[:5], paper["Cache-Control"]) == (b"%PDF-", "private, no-store")
    page = client.get(f"/surat-relawan/{letter_token(made.pk)}/").content.decode()
    assert ("Surat ini berlaku" in page, "Z. R." in page, "2 jam 30 menit" in page, "Zubaidah" in page) == (
        True, True, True, False)
    post(desk, f"{HERE}surat/{made.pk}/tarik/")
    assert "Surat ini telah ditarik" in client.get(f"/surat-relawan/{letter_token(made.pk)}/").content.decode()
    assert desk.get(f"{HERE}surat/{made.pk}/cetak/").status_code == 404
    post(desk, f"{HERE}surat/{made.pk}/pulihkan/")
    assert Letter.objects.get().withdrawn_at is None
    assert client.get("/surat-relawan/" + "0" * 40 + "/").status_code == 404
    assert post(desk, f"{HERE}orang/{helper.pk}/ubah/", **(given | {"name": "Zubaidah R"})).status_code == 302
    for path, ended in (("berhenti/", TODAY), ("aktif-lagi/", None)):
        post(desk, f"{HERE}orang/{helper.pk}/{path}")
        assert Helper.objects.get().ended_on == ended
    assert desk.get(f"{HERE}orang/{helper.pk}/hapus-data/").status_code == 200
    post(desk, f"{HERE}orang/{helper.pk}/hapus-data/")
    assert Helper.objects.get().name == "Z. R."
    assert desk.get(f"{HERE}orang/{helper.pk}/").status_code == 200
    assert desk.get(f"{HERE}orang/?tampil=berhenti").status_code == 200


def test_a_note_is_left_and_read(desk: Client, phone: Client, make_helper: MakeHelper) -> None:
    make_helper()
    assert post(desk, HERE + "catatan/", text=NASTY).status_code == 302
    assert post(desk, HERE + "catatan/", text=" ").status_code == 422
    note = Handover.objects.get()
    page = phone.get(HERE).content.decode()
    assert ("&lt;img src=x" in page, "<img src=x" in page) == (True, False)
    post(phone, f"{HERE}catatan/{note.pk}/dibaca/")
    assert Handover.objects.get().read_by.name == "Budi Santoso"  # type: ignore[union-attr]
    post(phone, f"{HERE}catatan/{note.pk}/belum-dibaca/")
    assert Handover.objects.get().read_at is None


def test_mentor_and_city_see_counts_and_thank_all(sign_in: Any, mentor: Account, coordinator: Account, library: Library,
                                                  make_helper: MakeHelper, who: Any, stranger: Account) -> None:
    siti = make_helper("Zubaidah Rahma")
    record_service(helper=siti, minutes=150, **who())
    for account in (mentor, coordinator):
        browser = sign_in(account)
        page = browser.get(HERE).content.decode()
        assert ("Zubaidah" in page, "1 orang membantu" in page) == (False, True)
        assert post(browser, HERE + "terima-kasih/", text="Terima kasih semua").status_code == 302
        assert browser.get(HERE + "orang/").status_code == 404
        assert browser.get("/kota/relawan/").status_code == 200
    one = Thanks.objects.filter(by=mentor).get()
    assert post(sign_in(coordinator), f"{HERE}terima-kasih/{one.pk}/tarik/").status_code == 404
    assert post(sign_in(mentor), f"{HERE}terima-kasih/{one.pk}/tarik/").status_code == 302
    assert sign_in(stranger).get(HERE).status_code == 404
    assert post(sign_in(stranger), HERE + "terima-kasih/", text="x").status_code == 404


def test_she_reads_her_thanks(desk: Client, phone: Client, volunteer: Account, library: Library, by_volunteer: Actor,
                              at: Any) -> None:
    me = join(library=library, by=by_volunteer, at=at, id=new_id())
    assert post(desk, f"{HERE}orang/{me.pk}/terima-kasih/", text="Dongengnya disukai anak-anak").status_code == 302
    assert post(desk, HERE + "terima-kasih/", text="Untuk semua").status_code == 302
    page = phone.get(HERE).content.decode()
    assert ("Dongengnya disukai anak-anak" in page, "Untuk semua" in page) == (True, True)


def test_lists_cost_the_same_with_one_and_three(desk: Client, sign_in: Any, coordinator: Account, make_helper: MakeHelper,
                                                make_pattern: Any, make_library: Any, who: Any) -> None:
    city = sign_in(coordinator)

    def asked() -> list[int]:
        found = []
        for browser, path in ((desk, HERE), (desk, HERE + "orang/"), (desk, HERE + "piket/"), (city, "/kota/relawan/"),
                              (desk, f"{HERE}orang/{first.pk}/")):
            assert browser.get(path).status_code == 200
            with CaptureQueriesContext(connection) as queries:
                browser.get(path)
            found.append(len(queries))
        return found

    first = make_helper()
    make_pattern(first)
    record_service(helper=first, minutes=60, **who())
    issue_letter(helper=first, first_on=TODAY, last_on=TODAY, signer="Kepala", **who())
    one = asked()
    for n in range(2):
        make_pattern(make_helper(f"N {n}"), weekday=n + 2)
        record_service(helper=first, minutes=60, **who())
        withdraw_letter(letter=issue_letter(helper=first, first_on=TODAY, last_on=TODAY, signer="K", **who()), **who())
        make_library()
    assert asked() == one
