"""Addresses of volunteers."""

from django.urls import path

from simpul.volunteers.views import home, hours, people, roster

app_name = "volunteers"
HERE = "perpustakaan/<str:code>/relawan/"
HOURS = HERE + "jam/"
ROSTER = HERE + "piket/"
TURN = ROSTER + "giliran/<uuid:id>/"
PATTERN = ROSTER + "mingguan/<uuid:id>/"
PEOPLE = HERE + "orang/"
ONE = PEOPLE + "<uuid:id>/"
LETTER = HERE + "surat/<uuid:id>/"
urlpatterns = [
    path(HERE, home.home, name="home"),
    path(HERE + "ikut/", home.join_in, name="join"),
    path(HERE + "catatan/", home.note, name="note"),
    path(HERE + "catatan/<uuid:id>/dibaca/", home.note_read, name="note_read"),
    path(HERE + "catatan/<uuid:id>/belum-dibaca/", home.note_unread, name="note_unread"),
    path(HERE + "terima-kasih/", home.thanks, name="thanks"),
    path(HERE + "terima-kasih/<uuid:id>/tarik/", home.thanks_back, name="thanks_back"),
    path(HERE + "mulai/", hours.begin, name="begin"),
    path(HERE + "selesai/", hours.end, name="end"),
    path(HERE + "hari-ini/", hours.quick, name="quick"),
    path(HOURS, hours.tell, name="tell"),
    path(HOURS + "<uuid:id>/ubah/", hours.correct, name="correct"),
    path(HOURS + "<uuid:id>/coret/", hours.void, name="void"),
    path(HOURS + "<uuid:id>/pulihkan/", hours.restore, name="restore"),
    path(ROSTER, roster.month, name="roster"),
    path(ROSTER + "cetak/", roster.paper, name="roster_paper"),
    path(ROSTER + "mingguan/", roster.pattern_new, name="pattern_new"),
    path(PATTERN + "hentikan/", roster.pattern_end, name="pattern_end"),
    path(PATTERN + "pulihkan/", roster.pattern_restore, name="pattern_restore"),
    path(PATTERN + "<str:day>/berhalangan/", roster.absent, name="absent"),
    path(ROSTER + "giliran/", roster.duty_new, name="duty_new"),
    path(TURN + "berhalangan/", roster.duty_absent, name="duty_absent"),
    path(TURN + "ambil/", roster.duty_take, name="duty_take"),
    path(TURN + "lepas/", roster.duty_untake, name="duty_untake"),
    path(TURN + "kembali/", roster.duty_back, name="duty_back"),
    path(TURN + "tiadakan/", roster.duty_drop, name="duty_drop"),
    path(TURN + "adakan/", roster.duty_restore, name="duty_restore"),
    path(PEOPLE, people.helpers, name="helpers"),
    path(PEOPLE + "baru/", people.helper_new, name="helper_new"),
    path(ONE, people.helper, name="helper"),
    path(ONE + "ubah/", people.helper_edit, name="helper_edit"),
    path(ONE + "berhenti/", people.helper_end, name="helper_end"),
    path(ONE + "aktif-lagi/", people.helper_restore, name="helper_restore"),
    path(ONE + "hapus-data/", people.helper_forget, name="helper_forget"),
    path(ONE + "terima-kasih/", people.helper_thank, name="helper_thank"),
    path(ONE + "surat/", people.letter_new, name="letter_new"),
    path(LETTER + "cetak/", people.letter_paper, name="letter_paper"),
    path(LETTER + "tarik/", people.letter_withdraw, name="letter_withdraw"),
    path(LETTER + "pulihkan/", people.letter_restore, name="letter_restore"),
    path("surat-relawan/<str:token>/", people.letter_check, name="letter_check"),
    path("kota/relawan/", people.city, name="city"),
]
