"""Addresses of accounts."""

from django.urls import path

from simpul.accounts import views

app_name = "accounts"
urlpatterns = [
    path("masuk/", views.sign_in, name="sign_in"),
    path("masuk/kode/", views.sign_in_code, name="sign_in_code"),
    path("keluar/", views.sign_out, name="sign_out"),
    path("bahasa/", views.language, name="language"),
    path("akun/", views.profile, name="profile"),
    path("akun/kata-sandi/", views.password, name="password"),
    path("akun/langkah-kedua/", views.second_factor, name="second_factor"),
    path("akun/langkah-kedua/hapus/", views.second_factor_remove, name="second_factor_remove"),
    path("akun/langkah-kedua/kode-cadangan/", views.backup_codes, name="backup_codes"),
    path("akun/peramban/keluar/", views.sessions_end, name="sessions_end"),
]
