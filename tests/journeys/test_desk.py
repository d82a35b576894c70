"""The desk by keyboard alone, without scripts, and on a phone."""

from typing import Any

import pytest

from simpul.catalogue.search.index import index_titles
from simpul.circulation.models import Loan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DESK = "/perpustakaan/L001/pinjam/"


def type_and_enter(page: Any, text: str) -> None:
    """As a scanner does: keys wherever the focus is, then Enter; waits for the answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('desk-text').value === ''")


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.fixture
def shelf(make_copy: Any) -> list[Any]:
    copies = [make_copy(title, code=f"B{n}") for n, title in enumerate(("Laskar Pelangi", "Bumi Manusia", "Si Anak"))]
    index_titles([copy.title_id for copy in copies])
    return copies


def test_a_whole_desk_without_a_mouse(
        signed_in_page: Any, librarian: Any, make_member: Any, shelf: list[Any], nothing_wrong: Any) -> None:
    make_member("Siti Aminah", card="KARTU01")
    make_member("Siti Badriah", card="KARTU02")
    page = signed_in_page(librarian, width=1280, height=900)
    page.goto(DESK)
    assert focused(page) == "desk-text"
    nothing_wrong(page)
    type_and_enter(page, "KARTU01")     # card
    page.get_by_role("heading", name="Siti Aminah").wait_for()
    type_and_enter(page, "B0")          # label
    page.locator("[id^=loan-row-]").wait_for()
    type_and_enter(page, "bumi")        # words of a title
    type_and_enter(page, "1")           # the first of the list
    page.locator("[id^=loan-row-]").nth(1).wait_for()
    assert (Loan.objects.open().count(), focused(page)) == (2, "desk-text")
    nothing_wrong(page)
    type_and_enter(page, ".")           # the member is served
    type_and_enter(page, "B0")          # one scan returns
    page.get_by_text("Kembali: Laskar Pelangi").first.wait_for()
    assert Loan.objects.open().count() == 1
    type_and_enter(page, "siti")        # a name with two hits
    type_and_enter(page, "2")
    page.get_by_role("heading", name="Siti Badriah").wait_for()
    type_and_enter(page, "B1")          # lent to somebody else
    page.get_by_role("button", name="Terima kembali, lalu pinjamkan").wait_for()
    assert focused(page) == "desk-text"
    nothing_wrong(page)


def test_a_scanner_is_heard_wherever_the_focus_is(
        signed_in_page: Any, librarian: Any, make_member: Any, shelf: list[Any]) -> None:
    make_member("Siti Aminah", card="KARTU01")
    page = signed_in_page(librarian, width=1280)
    page.goto(DESK)
    page.evaluate("document.activeElement.blur()")
    type_and_enter(page, "KARTU01")
    page.get_by_role("heading", name="Siti Aminah").wait_for()


def test_the_desk_works_without_scripts(
        signed_in_page: Any, librarian: Any, make_member: Any, shelf: list[Any]) -> None:
    make_member("Siti Aminah", card="KARTU01")
    page = signed_in_page(librarian, scripts=False)
    page.goto(DESK)
    for text in ("KARTU01", "B0", "B1"):
        page.locator("#desk-text").fill(text)
        page.locator("#desk-text").press("Enter")
        page.wait_for_load_state()
    assert Loan.objects.open().count() == 2
    page.get_by_role("button", name="Urungkan").first.click()
    page.wait_for_load_state()
    assert Loan.objects.open().count() == 1


def test_a_phone_lends_with_two_scans_and_takes_back_with_one(
        signed_in_page: Any, volunteer: Any, make_member: Any, shelf: list[Any], nothing_wrong: Any) -> None:
    make_member("Siti Aminah", card="KARTU01")
    page = signed_in_page(volunteer, width=360)
    page.goto(DESK)
    type_and_enter(page, "KARTU01")
    type_and_enter(page, "B0")
    page.locator("[id^=loan-row-]").wait_for()
    nothing_wrong(page)
    type_and_enter(page, ".")
    type_and_enter(page, "B0")
    page.get_by_text("Kembali: Laskar Pelangi").first.wait_for()
    nothing_wrong(page)
    assert Loan.objects.open().count() == 0


CAMERA = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code", "code_128"]; }
  async detect() { const [code] = window.codes; return code ? [{ rawValue: code }] : []; }
};
window.codes = [];
Object.defineProperty(navigator, "mediaDevices", { value: {
  getUserMedia: async () => {
    const canvas = document.createElement("canvas");
    canvas.getContext("2d").fillRect(0, 0, 9, 9);
    return canvas.captureStream(5);
  },
} });
"""


def test_the_camera_scans_and_stays_open(
        signed_in_page: Any, volunteer: Any, make_member: Any, shelf: list[Any], nothing_wrong: Any) -> None:
    make_member("Siti Aminah", card="KARTU01")
    page = signed_in_page(volunteer)
    page.add_init_script(CAMERA)
    page.goto(DESK)
    page.get_by_role("button", name="Kamera").click()
    page.get_by_role("button", name="Tutup kamera").wait_for()
    page.evaluate("window.codes = ['KARTU01']")
    page.get_by_role("heading", name="Siti Aminah").wait_for()
    page.evaluate("window.codes = ['B0']")
    page.locator("[id^=loan-row-]").wait_for()
    nothing_wrong(page)
    page.get_by_role("button", name="Tutup kamera").click()
    assert (page.locator("video").count(), Loan.objects.open().count()) == (0, 1)


def test_without_a_detector_there_is_no_camera_button(
        signed_in_page: Any, volunteer: Any, make_member: Any) -> None:
    page = signed_in_page(volunteer)
    page.add_init_script("delete window.BarcodeDetector")
    page.goto(DESK)
    assert page.get_by_role("button", name="Kamera").count() == 0
