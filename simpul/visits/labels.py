"""How entries are called on pages and at the kiosk."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.people.models import AgeGroup, Sex
from simpul.visits.models import Cell, Visit
from simpul.visits.queries import Entry

SEXES = (Sex.FEMALE, Sex.MALE)
AGES = (AgeGroup.TODDLER, AgeGroup.CHILD, AgeGroup.TEEN, AgeGroup.ADULT, AgeGroup.ELDER)
#: what the age groups are called beside their years, for who does not think in numbers
AGE_WORDS = {
    AgeGroup.TODDLER: gettext_lazy("toddler"), AgeGroup.CHILD: gettext_lazy("child"),
    AgeGroup.TEEN: gettext_lazy("teenager"), AgeGroup.ADULT: gettext_lazy("adult"),
    AgeGroup.ELDER: gettext_lazy("elderly"),
}

#: what a visitor calls herself at the kiosk
WHO = {
    (Sex.FEMALE, AgeGroup.TODDLER): gettext_lazy("little girl"),
    (Sex.MALE, AgeGroup.TODDLER): gettext_lazy("little boy"),
    (Sex.FEMALE, AgeGroup.CHILD): gettext_lazy("girl"), (Sex.MALE, AgeGroup.CHILD): gettext_lazy("boy"),
    (Sex.FEMALE, AgeGroup.TEEN): gettext_lazy("young woman"), (Sex.MALE, AgeGroup.TEEN): gettext_lazy("young man"),
    (Sex.FEMALE, AgeGroup.ADULT): gettext_lazy("woman"), (Sex.MALE, AgeGroup.ADULT): gettext_lazy("man"),
    (Sex.FEMALE, AgeGroup.ELDER): gettext_lazy("grandmother"), (Sex.MALE, AgeGroup.ELDER): gettext_lazy("grandfather"),
}


def cell_label(cell: Cell) -> str:
    """`perempuan 6–12`; what was not said is left out."""
    parts = [str(Sex(cell.sex).label)] if cell.sex else []
    if cell.age_group:
        parts.append(str(AgeGroup(cell.age_group).label))
    return " ".join(parts) or _("sex and age not said")


def entry_label(entry: Entry) -> str:
    """What was written down, in one line without a name."""
    if entry.how in (Visit.How.MEMBER, Visit.How.VISITOR) and len(entry.cells) == 1:
        return cell_label(entry.cells[0])
    n = ngettext("%(n)s person", "%(n)s people", entry.count) % {"n": entry.count}
    if entry.how == Visit.How.GROUP:
        what = _("group from %(origin)s") % {"origin": entry.origin} if entry.origin else _("group")
        return f"{what}: {n} ({by_sex(entry.cells)})"
    return f"{entry.how_label}: {n} ({by_sex(entry.cells)})"


def by_sex(cells: Sequence[Cell]) -> str:
    """`12 L, 15 P`"""
    totals = {sex: sum(cell.count for cell in cells if cell.sex == sex) for sex in ("L", "P", "")}
    told = [f"{totals[sex]} {sex or _('not said')}" for sex in ("L", "P", "") if totals[sex]]
    return ", ".join(told)
