"""Looking up and choosing regions."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from simpul.core.models import NodeSetting
from simpul.libraries.models import Region

#: words people put before a name that the official name may not have
TITLES = re.compile(r"^(provinsi|prov|kecamatan|kec|distrik|kelurahan|kel|desa|ds)\b\.?\s*", re.IGNORECASE)
LOADED = "regions_loaded"


@dataclass(frozen=True)
class FoundRegion:
    """A region with what is above it: path "Kecamatan Karawaci, Kota Tangerang, Banten", nearest first."""

    id: UUID
    code: str
    name: str
    level: int
    path: str


def dotted(code: str) -> str:
    """`3671`, `36.71`, `3671011007` → the official form with dots; "" where it is no code."""
    digits = re.sub(r"[.\s-]", "", code)
    if not digits.isdigit() or len(digits) not in (2, 4, 6, 10):
        return ""
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def region_by_code(code: str) -> Region | None:
    """Today's region with this code, written with dots or without."""
    return Region.objects.current().filter(code=dotted(code)).first()


def find_regions(text: str, *, within: str = "", level: int | None = None, limit: int = 20) -> list[FoundRegion]:
    """Regions whose code begins with what was typed or whose name holds it: exact names first, then larger ones.

    `within` narrows to a region's code ("36.71"), `level` to one level.
    """
    wanted = TITLES.sub("", text.strip()).strip()
    if len(wanted) < 2:
        return []
    rows = Region.objects.current().select_related("parent__parent__parent")
    if within:
        rows = rows.filter(code__startswith=f"{within}.")
    if level:
        rows = rows.filter(level=level)
    code = dotted(wanted)
    rows = rows.filter(Q(code__startswith=code) if code else Q(name__icontains=wanted))
    # SQLite and PostgreSQL sort names differently, so the best are chosen here; 300 are more than anyone reads
    best = sorted(rows.order_by("level", "code")[:300], key=lambda region: _rank(region, wanted.lower()))
    return [_found(region) for region in best[:limit]]


def _rank(region: Region, wanted: str) -> tuple[int, int, str]:
    name = region.name.lower()
    bare = re.sub(r"^(kota|kabupaten) ", "", name)
    nearness = 0 if wanted in (name, bare) else 1 if bare.startswith(wanted) or name.startswith(wanted) else 2
    return nearness, region.level, region.code


def _found(region: Region) -> FoundRegion:
    above, names = region.parent, []
    while above is not None:
        names.append(above.full_name)
        above = above.parent if above.level > Region.Level.PROVINCE else None
    return FoundRegion(region.pk, region.code, region.full_name, region.level, ", ".join(names))


def regions_under(region: Region) -> list[Region]:
    """Today's kecamatan and kelurahan of a city: each kecamatan followed by its own, by code."""
    return list(Region.objects.current().select_related("parent").order_by("code").filter(
        Q(parent=region) | Q(parent__parent=region)))


def district_of(region: Region) -> Region | None:
    """The kecamatan of a kelurahan, or the kecamatan itself; None for a city."""
    if region.level == Region.Level.VILLAGE:
        return region.parent
    return region if region.level == Region.Level.DISTRICT else None


def regions_are_complete() -> bool:
    """Was all of Indonesia loaded once?"""
    return NodeSetting.objects.filter(name=LOADED).exists()
