"""Who is known to be the same person in two libraries, for counting people."""

from collections.abc import Collection
from uuid import UUID

from simpul.people.models import SamePerson


def linked(_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Every link that stands, as pairs of person ids."""
    return list(SamePerson.objects.filter(unlinked_at__isnull=True).values_list("one_id", "other_id"))


SAME_PEOPLE = (linked,)
