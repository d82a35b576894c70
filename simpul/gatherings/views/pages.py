"""What the staff's pages share."""

from uuid import UUID

from django.http import Http404

from simpul.gatherings.models import Gathering, Session
from simpul.libraries.models import Library


def gathering_of(library: Library, id: UUID) -> Gathering:
    """A gathering of this library, or 404."""
    found = Gathering.objects.filter(library=library, pk=id).first()
    if found is None:
        raise Http404
    found.library = library
    return found


def session_of(library: Library, id: UUID) -> Session:
    """A session of this library, or 404."""
    found = Session.objects.select_related("gathering").filter(library=library, pk=id).first()
    if found is None:
        raise Http404
    found.library = found.gathering.library = library
    return found
