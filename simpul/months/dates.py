"""What is due when, as data. Offices set their days anew each year and publish few of them: these are our defaults, to be
replaced by the city's own."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Deadline:
    """`month` 0: due every month on `day`. `forms` are names of official forms that have to be ready, the first that this
    node knows is linked. `for_libraries`: the libraries are reminded too."""

    key: str
    label: Any
    ready: Any
    month: int
    day: int
    forms: tuple[str, ...] = ()
    for_libraries: bool = False

    @property
    def is_monthly(self) -> bool:
        return self.month == 0


MONTHLY = Deadline("monthly", _("Monthly reports of the libraries"),
                   _("Every library has looked at its month and signed it."), 0, 5, for_libraries=True)
DEADLINES: tuple[Deadline, ...] = (
    MONTHLY,
    Deadline("sim", _("Enter the month in SIM TPBIS"),
             _("The recap by strategy, stories of success and photos, from the signed months."), 0, 10,
             ("sim-tpbis", "tpbis-sim", "sim")),
    Deadline("lppd", _("LPPD: send the key indicators of the library"),
             _("The two ratios with the minutes (berita acara) and the signed scan."), 1, 31, ("lppd",)),
    Deadline("iplm", _("IPLM: fill the questionnaire"),
             _("The 28 counts of each library; the yearly sheet of schools and libraries outside."), 6, 30,
             ("iplm-2025", "iplm")),
    Deadline("npp", _("NPP: bring the libraries' data up to date"),
             _("Address, hours, collection, staff as they are now; new libraries ask for their number."), 3, 31, ("npp",),
             for_libraries=True),
    Deadline("tkm", _("TKM: the survey of reading"), _("Answers of the sample, age group by age group."), 8, 31,
             ("tkm-2025", "tkm")),
)
BY_KEY = {one.key: one for one in DEADLINES}
