"""Pages for each role."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from simpul.accounts.models import Account
from simpul.libraries.models import Library
from simpul.tpbis.models import Entered, SimAccount, Weighting
from simpul.tpbis.parts import COUNTS

CHANGE = "019cd5b0-0000-7000-8000-00000000000"
Browser = Callable[[Account], Client]


def test_everybody_finds_her_pages(library: Library, librarian: Account, mentor: Account, coordinator: Account,
                                   stranger: Account, sign_in: Browser, everything: list[str]) -> None:
    here = f"/perpustakaan/{library.code}/sim/"
    pages = ("", "?tampil=semua&periode=2026-03", "?bagian=story&page=x&periode=zz", "akun/", "simulasi/")
    assert [sign_in(who).get(here + page).status_code for who in (librarian, mentor, coordinator) for page in pages] == [200] * 15
    assert [sign_in(stranger).get(here + page).status_code for page in pages] == [404] * 5
    city = ("/kota/sim/", "/kota/sim/?tampil=turun-merah&kecamatan=36.71.01", "/kota/sim/pola/", "/kota/sim/bobot/")
    assert [sign_in(who).get(page).status_code for who in (mentor, coordinator) for page in city] == [200] * 8
    tables = ("/kota/sim/tabel/", "/kota/sim/tabel/contoh/")
    assert [sign_in(who).get(page).status_code for who in (mentor, coordinator) for page in tables] == [404, 404, 200, 200]
    assert [sign_in(librarian).get(page).status_code for page in (*city, *tables)] == [404] * 6


def test_a_tap_marks_and_another_takes_it_back(library: Library, librarian: Account, sign_in: Browser,
                                              everything: list[str]) -> None:
    here, browser = f"/perpustakaan/{library.code}/sim/", sign_in(librarian)
    told = {"rujukan": everything, "kembali": "tampil=&periode=2026", "change": CHANGE + "1"}
    answer = browser.post(here + "input/", told)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{here}?tampil=&periode=2026")
    assert Entered.objects.standing().count() == 5
    assert browser.post(f"{here}input/{CHANGE}1/urung/").status_code == 302
    assert Entered.objects.standing().count() == 0
    assert browser.post(here + "input/", {"change": CHANGE + "2"}).status_code == 302  # nothing ticked: told, not broken
    browser.post(here + "input/", told | {"change": CHANGE + "3"})
    one = Entered.objects.standing().first()
    assert one is not None
    browser.post(f"{here}input/{one.pk}/lepas/")
    assert Entered.objects.standing().count() == 4


def test_the_way_back_leads_nowhere_else(library: Library, librarian: Account, sign_in: Browser, everything: list[str]) -> None:
    here = f"/perpustakaan/{library.code}/sim/"
    answer = sign_in(librarian).post(here + "input/", {"rujukan": everything, "kembali": "x\r\nSet-Cookie: a=b"})
    assert (answer.headers["Location"].startswith(here), "a" in answer.cookies) == (True, False)


def test_account_and_table_are_told(library: Library, librarian: Account, coordinator: Account, sign_in: Browser) -> None:
    here = f"/perpustakaan/{library.code}/sim/akun/"
    told = {"state": "asked", "since_on": "2026-02-01", "colour": "", "change": CHANGE + "4"}
    assert sign_in(librarian).post(here, told | {"since_on": ""}).status_code == 422
    assert sign_in(librarian).post(here, told).status_code == 302
    assert SimAccount.objects.get().state == "asked"
    table = "/kota/sim/tabel/"
    text = f"{library.code};;ya;1-3-2026;merah;2-3-2026\nX9;;ya;;;"
    answer = sign_in(coordinator).post(table, {"text": text, "change": CHANGE + "5"})
    assert (answer.status_code, b"X9;;ya" in answer.content, SimAccount.objects.count()) == (422, True, 2)
    assert sign_in(coordinator).post(table, {"text": " ", "change": CHANGE + "6"}).status_code == 422
    sheet = sign_in(coordinator).get("/kota/sim/tabel/contoh/").content.decode("utf-8-sig")
    assert sheet.splitlines()[1] == f"{library.code};{library.name};ya;;merah;"
    assert sign_in(coordinator).post(f"{table}{CHANGE}5/urung/").status_code == 302
    assert SimAccount.objects.standing().count() == 1


def test_weights_are_set_by_the_coordinator(mentor: Account, coordinator: Account, sign_in: Browser) -> None:
    told: dict[str, Any] = {"from_on": "2026-01-01", "green_from": "70", "yellow_from": "40", "reason": "Rapat",
                            "change": CHANGE + "7"}
    told |= {f"weight_{one.code}": str(one.weight) for one in COUNTS} | {f"enough_{one.code}": "1" for one in COUNTS}
    assert sign_in(mentor).post("/kota/sim/bobot/", told).status_code == 404
    wrong = sign_in(coordinator).post("/kota/sim/bobot/", told | {"weight_stories": "50"})
    assert wrong.status_code == 422
    assert sign_in(coordinator).post("/kota/sim/bobot/", told).status_code == 302
    row = Weighting.objects.get()
    sign_in(coordinator).post(f"/kota/sim/bobot/{row.pk}/cabut/")
    assert Weighting.objects.standing().count() == 0
    sign_in(coordinator).post(f"/kota/sim/bobot/{row.pk}/pulih/")
    assert Weighting.objects.standing().count() == 1
