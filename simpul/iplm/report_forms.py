"""The forms that this app fills."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from simpul.iplm import filling
from simpul.reports.form import Form

FORMS = (
    Form(name="iplm-2025", title="IPLM 2025", official="Kuesioner IPLM 2025 (Peraturan Perpustakaan Nasional Nomor 7 Tahun 2025)",
         fill=filling.fill, since=date(2025, 1, 1),
         lead=_("The index of literacy development: 28 counts of a library's year, asked of every library in the city.")),
)
