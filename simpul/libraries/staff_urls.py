"""Addresses of staff, links, devices and tokens."""

from django.urls import path

from simpul.libraries.views import staff, staff_devices, staff_links

urlpatterns = [
    path("undangan/<str:token>/", staff_links.invitation, name="invitation"),
    path("perpustakaan/<str:code>/pengelola/", staff.staff, name="staff"),
    path("perpustakaan/<str:code>/pengelola/undang/", staff.invite, name="invite"),
    path("perpustakaan/<str:code>/perangkat/", staff_devices.devices, name="devices"),
    path("perpustakaan/<str:code>/sambungan/", staff_devices.tokens, name="tokens"),
    path("kota/pengelola/", staff.city_staff, name="city_staff"),
    path("kota/pengelola/undang/", staff.city_invite, name="city_invite"),
    path("kota/pengelola/pendampingan/", staff.assign, name="assign"),
    path("pengelola/peran/<uuid:id>/akhiri/", staff.role_end, name="role_end"),
    path("pengelola/peran/<uuid:id>/pulihkan/", staff.role_restore, name="role_restore"),
    path("pengelola/undangan/<uuid:id>/cabut/", staff.invitation_revoke, name="invitation_revoke"),
    path("pengelola/akun/<uuid:id>/kata-sandi/", staff.reset_link, name="reset_link"),
    path("pengelola/akun/<uuid:id>/langkah-kedua/hapus/", staff.second_factor_take_away,
         name="second_factor_take_away"),
    path("perangkat/<uuid:id>/putus/", staff_devices.device_revoke, name="device_revoke"),
    path("sambungan/<uuid:id>/putus/", staff_devices.token_revoke, name="token_revoke"),
]
