"""Taking a sheet of libraries: what fits is taken, what does not is told with its row, nothing is lost."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.phones import normalise
from simpul.core.refusal import NotAllowed
from simpul.libraries.actions.city import CityIsSetUp, code_of, time_zone_of
from simpul.libraries.actions.libraries import next_code
from simpul.libraries.models import City, Library, Placement, Region
from simpul.libraries.permissions import can_manage_libraries
from simpul.libraries.queries.regions import dotted, regions_under
from simpul.libraries.sheets import KIND_WORDS, SheetRow, day_of

REASONS = {
    "name_missing": _("The name is missing."),
    "kind_unknown": _("This kind of library is not known: %(value)s."),
    "region_unknown": _("There is no such kelurahan in this city: %(value)s."),
    "region_missing": _("The kelurahan is missing."),
    "region_ambiguous": _("More than one kelurahan has this name; add the kecamatan: %(value)s."),
    "npsn_wrong": _("An NPSN has 8 digits: %(value)s."),
    "postal_code_wrong": _("A postal code has 5 digits: %(value)s."),
    "phone_wrong": _("This is no phone number: %(value)s."),
    "email_wrong": _("This is no e-mail address: %(value)s."),
    "date_wrong": _("This is no date: %(value)s."),
    "too_long": _("This is too long: %(value)s."),
    "code_unknown": _("No library has this code: %(value)s."),
    "npp_taken": _("Another library has this NPP: %(value)s."),
}


class _RowRefused(Exception):
    def __init__(self, code: str, column: str) -> None:
        super().__init__(code)
        self.code, self.column = code, column


@dataclass
class _Shelf:
    """Everything a row is compared with, fetched once."""

    city: Region
    by_code: dict[str, Region]
    villages: dict[str, list[Region]] = field(default_factory=lambda: defaultdict(list))
    districts: dict[str, Region] = field(default_factory=dict)
    libraries: dict[tuple[str, str], Library] = field(default_factory=dict)

    def know(self, library: Library) -> None:
        self.libraries["code", library.code.lower()] = library
        self.libraries["place", f"{library.name.lower()}@{library.region_id}"] = library
        for name in ("npp", "npsn"):
            if getattr(library, name):
                self.libraries[name, getattr(library, name)] = library

    def library_of(self, values: dict[str, Any], code: str) -> Library | None:
        """The library a row is about: by code, NPP, NPSN of the same kind, else name and place."""
        if code:
            found = self.libraries.get(("code", code.lower()))
            if found is None:
                raise _RowRefused("code_unknown", "code")
            other = self.libraries.get(("npp", values.get("npp", "")))
            if other is not None and other is not found:
                raise _RowRefused("npp_taken", "npp")
            return found
        by_npsn = self.libraries.get(("npsn", values.get("npsn", "")))
        if by_npsn is not None and by_npsn.kind != values["kind"]:
            by_npsn = None
        return (self.libraries.get(("npp", values.get("npp", ""))) or by_npsn
                or self.libraries.get(("place", f"{values['name'].lower()}@{values['region'].pk}")))


@change("libraries.sheet_taken", says=_(
    "{by} took a sheet of libraries: {added} added, {updated} updated, {unchanged} unchanged, {refused} refused"))
def take_library_sheet(*, rows: list[SheetRow], by: Actor, at: datetime, id: UUID) -> dict[str, Any]:
    """Adds or updates one library a row. Gives {"read", "added", "updated", "unchanged": n, "refused":
    [[row number, code, column], …]}; read is the sum of the others. The same sheet again adds nothing.
    Raises NotAllowed."""
    if not can_manage_libraries(by):
        raise NotAllowed(_("Only the coordinator of the city adds libraries."))
    city = City.objects.select_related("region").first()
    if city is None:
        raise CityIsSetUp(_("Set up the city first."), code="no_city")
    shelf = _shelf(city.region)
    new: list[Library] = []
    refused: list[list[Any]] = []
    updated = unchanged = 0
    first_number = int(next_code()[1:])
    for row in rows:
        try:
            values = _values(row.cells, shelf)
            library = shelf.library_of(values, row.cells.get("code", ""))
        except _RowRefused as reason:
            refused.append([row.number, reason.code, reason.column])
            continue
        if library is None:
            library = Library(id=derived_id(id, f"row {row.number}"), code=code_of(first_number + len(new)),
                              time_zone=time_zone_of(city.region), **values)
            new.append(library)
            shelf.know(library)
        elif _update(library, values, at, derived_id(id, f"row {row.number}")):
            updated += 1
        else:
            unchanged += 1
    Library.objects.bulk_create(new)
    Placement.objects.bulk_create(
        [Placement(id=derived_id(library.pk, "placement"), library=library, region_id=library.region_id,
                   from_on=library.opened_on) for library in new])
    counts = {"read": len(rows), "added": len(new), "updated": updated, "unchanged": unchanged}
    note(added=len(new), updated=updated, unchanged=unchanged, refused=len(refused))
    return {**counts, "refused": refused}


def _shelf(city: Region) -> _Shelf:
    below = regions_under(city)
    shelf = _Shelf(city, {region.code: region for region in [city, *below]})
    for region in below:
        if region.level == Region.Level.VILLAGE:
            shelf.villages[region.name.lower()].append(region)
        else:
            shelf.districts[region.name.lower()] = region
    for library in Library.objects.all():
        shelf.know(library)
    return shelf


def _values(cells: dict[str, str], shelf: _Shelf) -> dict[str, Any]:
    """The columns of a library as the row tells them; what it does not tell is left out. Raises _RowRefused."""
    name = cells.get("name", "")
    if not name:
        raise _RowRefused("name_missing", "name")
    kind = KIND_WORDS.get(cells.get("kind", "").lower().removeprefix("perpustakaan ").strip())
    if kind is None:
        raise _RowRefused("kind_unknown", "kind")
    values: dict[str, Any] = {"name": name, "kind": str(kind), "region": _region(cells, str(kind), shelf)}
    values |= _texts(cells) | _checked(cells)
    if kind == Library.Kind.CORNER:
        values["is_staffed"] = False
    return values


def _texts(cells: dict[str, str]) -> dict[str, str]:
    """Text that is taken as it stands if it fits, and numbers of a fixed length."""
    values = {}
    for key, longest in (("name", 160), ("address", 255), ("rt_rw", 12), ("npp", 30), ("email", 254)):
        if len(cells.get(key, "")) > longest:
            raise _RowRefused("too_long", key)
        if key in cells:
            values[key] = cells[key]
    for key, digits in (("npsn", 8), ("postal_code", 5)):
        if key in cells:
            if not (cells[key].isdigit() and len(cells[key]) == digits):
                raise _RowRefused(f"{key}_wrong", key)
            values[key] = cells[key]
    return values


def _checked(cells: dict[str, str]) -> dict[str, Any]:
    """Phone number, e-mail address and day, each in its own form."""
    values: dict[str, Any] = {}
    if "phone" in cells:
        values["phone"] = normalise(cells["phone"])
        if values["phone"] is None:
            raise _RowRefused("phone_wrong", "phone")
    if "email" in cells:
        try:
            validate_email(cells["email"])
        except ValidationError:
            raise _RowRefused("email_wrong", "email") from None
    if "opened_on" in cells:
        values["opened_on"] = day_of(cells["opened_on"])
        if values["opened_on"] is None:
            raise _RowRefused("date_wrong", "opened_on")
    return values


def _region(cells: dict[str, str], kind: str, shelf: _Shelf) -> Region:
    told, district = cells.get("region", ""), cells.get("district", "").lower()
    district = district.removeprefix("kecamatan ").removeprefix("kec. ").strip()
    if not told:
        if district in shelf.districts:
            return shelf.districts[district]
        if district:
            raise _RowRefused("region_unknown", "district")
        if kind in (Library.Kind.CITY, Library.Kind.MOBILE):
            return shelf.city
        raise _RowRefused("region_missing", "region")
    if code := dotted(told):
        if code in shelf.by_code:
            return shelf.by_code[code]
        raise _RowRefused("region_unknown", "region")
    name = told.lower()
    for title in ("kelurahan ", "kel. ", "desa "):
        name = name.removeprefix(title)
    found = shelf.villages.get(name, [])
    if district:
        found = [region for region in found if region.parent and region.parent.name.lower() == district]
    if len(found) > 1:
        raise _RowRefused("region_ambiguous", "region")
    if not found:
        raise _RowRefused("region_unknown", "region")
    return found[0]


def _update(library: Library, values: dict[str, Any], at: datetime, id: UUID) -> bool:
    """Bring the library to what the row tells; where it stands and what is empty in the sheet stay."""
    changed = [name for name, value in values.items() if name != "region" and getattr(library, name) != value]
    for name in changed:
        setattr(library, name, values[name])
    if changed and not library._state.adding:
        library.save(update_fields=changed)
    return bool(changed)
