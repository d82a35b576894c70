"""A sheet holds values, never formulas."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

from python_calamine import load_workbook

from simpul.transfers.sheets import workbook


def test_texts_stay_texts_and_numbers_numbers():
    made = workbook("Kegiatan / [Mei]", ["Judul", "Jumlah", "Hari"], [
        ['=HYPERLINK("http://x","y")', 12, date(2024, 5, 20)], ["<img src=x onerror=alert(1)>", None, None]])

    sheet = load_workbook(BytesIO(made)).get_sheet_by_index(0)

    assert sheet.name == "Kegiatan  Mei"
    assert sheet.to_python() == [
        ["Judul", "Jumlah", "Hari"], ['=HYPERLINK("http://x","y")', 12.0, date(2024, 5, 20)],
        ["<img src=x onerror=alert(1)>", "", ""]]
    with ZipFile(BytesIO(made)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
