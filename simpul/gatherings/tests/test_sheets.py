"""The attendance list on paper: printed, signed, entered with its photo, and taken along as a sheet."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from python_calamine import CalamineWorkbook

from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.gatherings.actions import (
    HeadCell,
    Signed,
    cancel_session,
    count_heads,
    enter_sheet,
    excuse,
    mark_attendance,
    remove_sheet,
)
from simpul.gatherings.actions.refusals import NobodyCounted, NotYet
from simpul.gatherings.actions.registering import link_actor
from simpul.gatherings.models import Attendance, SignedSheet
from simpul.gatherings.schedule import sheets
from simpul.visits.models import Visit


def photo(name: str = "daftar.jpg", content: bytes = b"") -> SimpleUploadedFile:
    if not content:
        out = io.BytesIO()
        Image.new("RGB", (40, 30), "white").save(out, "JPEG")
        content = out.getvalue()
    return SimpleUploadedFile(name, content, "image/jpeg")


@pytest.fixture
def enter(by_volunteer: Any, at: datetime) -> Any:
    def entered(session: Any, present: list[Any], **given: Any) -> int:
        return enter_sheet(**({"session": session, "present": [row.pk for row in present], "by": by_volunteer,
                               "at": at + timedelta(days=3), "id": new_id()} | given))

    return entered


def marks(session: Any) -> dict[str, str]:
    return {mark.registration.name if mark.registration else mark.name: mark.state
            for mark in session.attendance.valid().select_related("registration")}


def test_who_signed_was_there_and_who_did_not_was_absent(
        make: Any, sign_up: Any, enter: Any, by_librarian: Any, at: datetime) -> None:
    gathering = make()
    session = gathering.sessions.get()
    ani, budi, citra, dedi = (sign_up(gathering, name) for name in ("Ani", "Budi", "Citra", "Dedi"))
    excuse(registration=citra, session=session, by=link_actor(citra), at=at, id=new_id())
    mark_attendance(session=session, registration=dedi, by=by_librarian, at=at + timedelta(hours=24), id=new_id())
    change = new_id()
    for _click in range(2):
        assert enter(session, [ani], walk_ins=[Signed("Bu Eni", "P")], photo=photo(), id=change) == 2
    assert marks(session) == {"Ani": "present", "Budi": "absent", "Citra": "excused", "Dedi": "present", "Bu Eni": "present"}
    assert (Visit.objects.valid().count(), SignedSheet.objects.count()) == (3, 1)
    assert SignedSheet.objects.get().kept_until == date(2028, 3, 10)
    enter(session, [budi])  # the second sheet
    assert marks(session)["Budi"] == "present"


def test_a_day_to_come_a_cancelled_one_and_an_empty_sheet_are_refused(
        make: Any, sign_up: Any, enter: Any, by_librarian: Any, by_stranger: Any, at: datetime) -> None:
    gathering = make(after=(24, 48))
    row, session = sign_up(gathering, "Ani"), gathering.sessions.first()
    with pytest.raises(NotYet):
        enter(session, [row], at=at - timedelta(days=1))
    with pytest.raises(NobodyCounted):
        enter(session, [])
    with pytest.raises(NotAllowed):
        enter(session, [row], by=by_stranger)
    assert enter(session, [sign_up(make(), "Lain")], walk_ins=[Signed("Ani", "P")]) == 1  # another's name is passed over
    cancel_session(session=session, by=by_librarian, at=at, id=new_id())
    with pytest.raises(NotYet):
        enter(session, [row])


def test_the_photo_is_for_own_staff_and_for_two_years(
        make: Any, sign_up: Any, enter: Any, library: Any, librarian: Any, stranger: Any, mentor: Any, sign_in: Any,
        by_volunteer: Any, at: datetime) -> None:
    gathering = make()
    session = gathering.sessions.get()
    enter(session, [sign_up(gathering, "Ani")], photo=photo())
    sheet = SignedSheet.objects.get()
    address = f"/perpustakaan/{library.code}/daftar-hadir/{session.pk}/foto/{sheet.pk}/"
    shown = sign_in(librarian).get(address)
    assert (shown.status_code, shown["Content-Type"], b"".join(shown.streaming_content)[:2]) == (200, "image/jpeg", b"\xff\xd8")
    assert [sign_in(one).get(address).status_code for one in (stranger, mentor)] == [404, 404]
    assert sheets(at + timedelta(days=731)) == 0
    assert sheets(at + timedelta(days=733)) == 1
    enter(session, [], photo=photo(), others_absent=False)
    remove_sheet(sheet=SignedSheet.objects.get(), by=by_volunteer, at=at, id=new_id())
    assert (SignedSheet.objects.count(), marks(session)) == (0, {"Ani": "present"})


def test_the_page_enters_ticks_walk_ins_and_photo_and_keeps_them_after_a_refusal(
        make: Any, sign_up: Any, library: Any, librarian: Any, sign_in: Any, real_now: Any, at: datetime) -> None:
    gathering = make()
    session = gathering.sessions.get()
    ani, budi = sign_up(gathering, "<b>Ani"), sign_up(gathering, "Budi")
    real_now(at + timedelta(days=2))
    browser, address = sign_in(librarian), f"/perpustakaan/{library.code}/daftar-hadir/{session.pk}/"
    form = {"change": new_id(), "hadir": [str(ani.pk), "bukan-id"], "baris": [str(ani.pk), str(budi.pk)],
            "name_0": "Bu Eni", "sex_0": "P", "others_absent": "on"}
    answer = browser.post(address, form | {"photo": photo(content=b"<svg onload=alert(1)>")})
    page = answer.content.decode()
    assert (answer.status_code, Attendance.objects.count()) == (422, 0)
    assert f'value="{ani.pk}" checked' in page
    assert "&lt;b&gt;Ani" in page
    assert 'value="Bu Eni"' in page
    assert browser.post(address, form | {"photo": photo()}).status_code == 302
    assert marks(session) == {"<b>Ani": "present", "Budi": "absent", "Bu Eni": "present"}
    assert browser.get(address).status_code == 200


def test_a_long_list_is_entered_page_by_page(
        make: Any, sign_up: Any, library: Any, librarian: Any, sign_in: Any, real_now: Any, at: datetime,
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simpul.gatherings.views.sheets.PER_PAGE", 2)
    gathering = make()
    session = gathering.sessions.get()
    ani, budi, citra = (sign_up(gathering, name) for name in ("Ani", "Budi", "Citra"))
    real_now(at + timedelta(days=2))
    browser, address = sign_in(librarian), f"/perpustakaan/{library.code}/daftar-hadir/{session.pk}/"
    page = browser.get(address).content.decode()
    assert (f'value="{budi.pk}"' in page, f'value="{citra.pk}"' in page, "nama 1 sampai 2 dari 3" in page) == (True, False, True)
    form = {"hadir": [str(ani.pk)], "baris": [str(ani.pk), str(budi.pk)], "others_absent": "on"}
    assert browser.post(address, form | {"change": new_id()})["Location"] == f"{address}?page=2"
    assert marks(session) == {"Ani": "present", "Budi": "absent"}  # nothing is said about the second page yet
    assert f'value="{citra.pk}"' in browser.get(f"{address}?page=2").content.decode()
    last = {"change": new_id(), "hadir": [str(citra.pk)], "baris": [str(citra.pk)], "others_absent": "on"}
    assert browser.post(f"{address}?page=2", last)["Location"] == f"{address}?page=2"
    assert marks(session) == {"Ani": "present", "Budi": "absent", "Citra": "present"}


def test_the_paper_and_the_workbook_carry_every_name_literally(
        make: Any, sign_up: Any, library: Any, librarian: Any, sign_in: Any, by_librarian: Any, at: datetime) -> None:
    gathering = make(title="#set page(fill: red) =1+1")
    session = gathering.sessions.get()
    row = sign_up(gathering, "=HYPERLINK(1)")
    mark_attendance(session=session, registration=row, by=by_librarian, at=at + timedelta(hours=24), id=new_id())
    count_heads(session=session, cells=[HeadCell("P", "60+", True, 7)], by=by_librarian, at=at + timedelta(hours=24), id=new_id())
    browser, address = sign_in(librarian), f"/perpustakaan/{library.code}/daftar-hadir/{session.pk}/"
    paper = browser.get(address + "cetak/")
    assert (paper.status_code, paper["Content-Type"], paper.content[:5]) == (200, "application/pdf", b"%PDF-")
    book = CalamineWorkbook.from_filelike(io.BytesIO(browser.get(address + "unduhan/").content))
    rows = book.get_sheet_by_index(0).to_python()[1:]
    assert [(line[1], line[2], line[6]) for line in rows] == [("=HYPERLINK(1)", "", 1), ("", "P", 7)]


def test_the_page_asks_the_same_number_of_questions_for_one_and_three_names(
        make: Any, sign_up: Any, library: Any, librarian: Any, sign_in: Any, django_assert_num_queries: Any,
        django_assert_max_num_queries: Any) -> None:
    gathering = make()
    sign_up(gathering, "Ani")
    browser, address = sign_in(librarian), f"/perpustakaan/{library.code}/daftar-hadir/{gathering.sessions.get().pk}/"
    browser.get(address)
    with django_assert_max_num_queries(25) as one:
        browser.get(address)
    sign_up(gathering, "Budi"), sign_up(gathering, "Citra")
    with django_assert_num_queries(len(one)):
        browser.get(address)
