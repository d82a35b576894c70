"""Addresses of circulation."""

from django.urls import path

from simpul.circulation.views import desk, due, in_house, loans, quick_title, rules, verbs

app_name = "circulation"
_library = "perpustakaan/<str:code>/"
_loan = f"{_library}pinjaman/<uuid:id>/"
urlpatterns = [
    path(f"{_library}pinjam/", desk.desk, name="desk"),
    path(f"{_library}pinjam/judul-baru/", quick_title.quick_title, name="quick_title"),
    path(f"{_library}jatuh-tempo/", due.due, name="due"),
    path(f"{_library}jatuh-tempo/daftar.csv", due.due_sheet, name="due_sheet"),
    path(f"{_library}baca-di-tempat/", in_house.in_house, name="in_house"),
    path(f"{_library}baca-di-tempat/<uuid:id>/batal/", verbs.undo_in_house, name="undo_in_house"),
    path(f"{_library}aturan-pinjam/", rules.rules, name="rules"),
    path(f"{_library}anggota/<uuid:id>/pinjaman/", loans.member, name="member"),
    path(f"{_library}anggota/<uuid:id>/tanda-terima/", loans.receipt, name="receipt"),
    path(f"{_library}anggota/<uuid:id>/pengingat/", verbs.remind, name="remind"),
    path(f"{_library}eksemplar/<uuid:id>/pinjaman/", loans.copy, name="copy"),
    path(f"{_loan}kembali/", verbs.return_loan, name="return_loan"),
    path(f"{_loan}kembali/batal/", verbs.undo_return, name="undo_return"),
    path(f"{_loan}perpanjang/", verbs.renew_loan, name="renew_loan"),
    path(f"{_loan}perpanjang/batal/", verbs.undo_renewal, name="undo_renewal"),
    path(f"{_loan}hilang/", verbs.mark_lost, name="mark_lost"),
    path(f"{_loan}hilang/batal/", verbs.undo_lost, name="undo_lost"),
    path(f"{_loan}batal/", verbs.undo_loan, name="undo_loan"),
    path(f"{_library}denda/<uuid:id>/bayar/", verbs.pay_charge, name="pay_charge"),
    path(f"{_library}denda/<uuid:id>/bebaskan/", verbs.waive_charge, name="waive_charge"),
]
