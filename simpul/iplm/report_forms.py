"""The forms that this app fills."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from simpul.iplm import filling, lppd, reading, uplm
from simpul.reports.form import Form, PlaceKind

FORMS = (
    Form(name="iplm-2025", title="IPLM 2025", official="Kuesioner IPLM 2025 (Peraturan Perpustakaan Nasional Nomor 7 Tahun 2025)",
         fill=filling.fill, since=date(2025, 1, 1),
         lead=_("The index of literacy development: 28 counts of a library's year, asked of every library in the city.")),
    Form(name="lppd", title="LPPD: IKK perpustakaan", official="IKK urusan perpustakaan dalam LPPD (Permendagri 18/2020)",
         fill=lppd.fill, places=frozenset({PlaceKind.REGION}),
         lead=_("Ratios of collection, users and staff to the residents, for the report of the regional government.")),
    Form(name="iplm-2024", title="IPLM sampai 2024 (UPLM)",
         official="Tujuh unsur pembangun literasi masyarakat (UPLM), 2021–2024",
         fill=uplm.fill, since=date(2021, 1, 1), until=date(2024, 12, 31),
         lead=_("The inputs of the index as it was until 2024, with the formula of each year.")),
    Form(name="tgm", title="TGM (sampai 2024)", official="Tingkat kegemaran membaca, rumus sampai 2024", fill=reading.fill_tgm,
         until=date(2024, 12, 31), since=date(2020, 1, 1),
         lead=_("How much people like to read: the index until 2024, from the survey of reading habits.")),
    Form(name="tkm-2025", title="TKM 2025", official="Kuesioner TKM 2025 (Peraturan Perpustakaan Nasional Nomor 9 Tahun 2025)",
         fill=reading.fill_tkm, since=date(2025, 1, 1),
         lead=_("How much people like to read, since 2025: before, while and after reading, and with the library.")),
)
