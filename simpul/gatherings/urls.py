"""Addresses of a registrant's own page, and of what activities and workshops share."""

from django.urls import path

from simpul.gatherings.views import outcomes, sheets, telling, ticket

app_name = "gatherings"
LIBRARY = "perpustakaan/<str:code>/"
SHEET = LIBRARY + "daftar-hadir/<uuid:session>/"
OUTCOMES = LIBRARY + "dampak/<uuid:gathering>/"
TOLD = LIBRARY + "kabar/<uuid:registration>/"
urlpatterns = [
    path("tiket/<str:token>/", ticket.ticket, name="ticket"),
    path("tiket/<str:token>/mundur/", ticket.leave, name="leave"),
    path("tiket/<str:token>/berhalangan/<uuid:session>/", ticket.excused, name="excused"),
    path("tiket/<str:token>/jadi-datang/<uuid:session>/", ticket.comes, name="comes"),
    path(LIBRARY + "kabar/", telling.tellings, name="tellings"),
    path(TOLD, telling.told, name="told"),
    path(TOLD + "batal/", telling.untold, name="untold"),
    path(SHEET, sheets.enter, name="sheet"),
    path(SHEET + "cetak/", sheets.paper, name="sheet_paper"),
    path(SHEET + "unduhan/", sheets.export, name="sheet_export"),
    path(SHEET + "foto/<uuid:signed>/", sheets.photo, name="sheet_photo"),
    path(SHEET + "foto/<uuid:signed>/hapus/", sheets.photo_off, name="sheet_photo_off"),
    path(OUTCOMES, outcomes.outcomes, name="outcomes"),
    path(OUTCOMES + "tanya/", outcomes.asks, name="outcomes_ask"),
    path(OUTCOMES + "layar/", outcomes.screen, name="outcomes_screen"),
]
