"""The forms that this app fills."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from simpul.iplm import filling, lppd
from simpul.reports.form import Form, PlaceKind

FORMS = (
    Form(name="iplm-2025", title="IPLM 2025", official="Kuesioner IPLM 2025 (Peraturan Perpustakaan Nasional Nomor 7 Tahun 2025)",
         fill=filling.fill, since=date(2025, 1, 1),
         lead=_("The index of literacy development: 28 counts of a library's year, asked of every library in the city.")),
    Form(name="lppd", title="LPPD: IKK perpustakaan", official="IKK urusan perpustakaan dalam LPPD (Permendagri 18/2020)",
         fill=lppd.fill, places=frozenset({PlaceKind.REGION}),
         lead=_("Ratios of the collection, the users and the staff to the residents, for the report of the regional government.")),
)
