"""A volunteer plans an approach on her phone, meets with one tap, takes a figure, and prints the proposal of the year."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from simpul.accounts.models import Account
from simpul.advocacy.models import Approach, Proposal
from simpul.libraries.models import Library

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_a_wish_to_a_proposal(signed_in_page: Callable[..., Page], nothing_wrong: Callable[[Page], None],
                                   library: Library, volunteer: Account) -> None:
    phone = signed_in_page(volunteer, width=360)
    here = f"/perpustakaan/{library.code}"
    phone.goto(f"{here}/advokasi/")
    nothing_wrong(phone)
    phone.get_by_role("link", name="Advokasi baru").first.click()
    phone.get_by_label("Apa yang ingin Anda capai").fill("Ruang baca di kelurahan")
    phone.get_by_label("Nama instansi atau perusahaan").fill("Kelurahan Sukasari")
    nothing_wrong(phone)
    phone.get_by_role("button", name="Rencanakan").click()
    phone.get_by_role("button", name="Sudah bertemu").click()
    phone.get_by_role("button", name="Seminggu lagi").click()
    phone.get_by_text("Ambil angka", exact=True).click()
    phone.get_by_role("button", name="Hitung dan simpan").click()
    expect(phone.get_by_role("link", name="Kunjungan: 0 kunjungan")).to_be_visible()
    nothing_wrong(phone)
    approach = Approach.objects.get()
    assert (approach.state, approach.next_on is not None) == ("met", True)
    phone.goto(f"{here}/advokasi/tahun/2027/")
    nothing_wrong(phone)
    phone.get_by_role("button", name="Tulis proposal").click()
    phone.get_by_label("Untuk apa").first.fill("Rak buku")
    phone.get_by_label("Harga satuan").first.fill("1.500.000")
    phone.get_by_role("button", name="Simpan", exact=True).click()
    expect(phone.get_by_text("Jumlah: Rp1.500.000")).to_be_visible()
    nothing_wrong(phone)
    assert Proposal.objects.get().total == 1_500_000
