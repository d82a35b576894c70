"""The coordinator makes certificates; a stranger checks one on the phone; its holder takes it along."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from simpul.accounts.models import Account
from simpul.certificates.models import Certificate

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_a_list_of_names_to_a_paper_that_anybody_checks(
        page: Page, signed_in_page: Callable[..., Page], nothing_wrong: Callable[[Page], None], coordinator: Account,
        settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    desk = signed_in_page(coordinator, width=1280)
    desk.goto("/kota/sertifikat/baru/")
    nothing_wrong(desk)
    for label, text in (("Kegiatan", "Bimtek Literasi"), ("Untuk apa", "Pengelola Perpustakaan Inklusif"),
                        ("Diperoleh dengan", "Hadir pada semua sesi."), ("Nama-nama", "Rina Wulandari\nBudi Santoso")):
        desk.get_by_label(label, exact=True).fill(text)
    desk.get_by_label("Hari pertama").fill("2024-05-20")
    desk.get_by_label("Hari terakhir").fill("2024-05-21")
    desk.get_by_role("button", name="Lihat daftar").click()
    nothing_wrong(desk)
    desk.get_by_role("button", name="Terbitkan").click()
    expect(desk.get_by_text("2 sertifikat terbit")).to_be_visible()
    nothing_wrong(desk)
    row = Certificate.objects.get(name="Rina Wulandari")
    page.goto(f"/sertifikat/{row.check_token}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sertifikat ini sah")
    nothing_wrong(page)
    page.goto(f"/sertifikat/milik/{row.own_token}/")
    nothing_wrong(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Lencana berupa gambar").click()
    assert download.value.suggested_filename.endswith(".png")
