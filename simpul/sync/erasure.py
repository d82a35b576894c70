"""What phones told of a person: shown to her, and emptied when she is erased."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from simpul.circulation.models import Loan
from simpul.core import clock
from simpul.core.erasure import Told
from simpul.core.models import JournalTouch
from simpul.gatherings.models import Attendance
from simpul.people.models import Card, Person
from simpul.sync.models import Event, EventQuerySet
from simpul.sync.saying import said_of
from simpul.visits.models import Visit


def events_of(person: Person) -> EventQuerySet:
    """Events that became something about her, and waiting ones that hold her card or number."""
    member = getattr(person, "member", None)
    keys = [person.pk, *([member.pk] if member else [])]
    touched = JournalTouch.objects.filter(label__in=["people.Person", "people.Member"], row_id__in=keys).values("line")
    rows = Q(event_id__in=touched) | Q(event_id__in=Visit.objects.filter(person=person).values("entry_id"))
    records = [f"gatherings.Attendance:{pk}" for pk in Attendance.objects.filter(person=person).values_list("pk", flat=True)]
    if member:
        records += [f"circulation.Loan:{pk}" for pk in Loan.objects.filter(member=member).values_list("pk", flat=True)]
    rows |= Q(record__in=records)
    for text in _marks(person):
        rows |= Q(library=person.library_id, text__contains=text)
    return Event.objects.filter(rows, emptied_at__isnull=True)


def _marks(person: Person) -> list[str]:
    """What stands in a text about her: her card, her number, her telephone; each long enough to mean nobody else."""
    member = getattr(person, "member", None)
    found = [card.printed for card in Card.objects.filter(member=member)] if member else []
    found += [member.number] if member else []
    return [f'"{text}"' for text in [*found, person.phone] if len(text) >= 4 and text.isascii() and '"' not in text]


def empties(person: Person) -> None:
    """The texts go; what had not been recorded is not recorded any more."""
    ids = list(events_of(person).values_list("pk", flat=True))
    rows = Event.objects.filter(pk__in=ids)
    rows.filter(state__in=[Event.State.HELD, Event.State.QUARANTINED], decided_at__isnull=True).update(
        state=Event.State.QUARANTINED, reason="erased", decision=Event.Decision.IGNORED, decided_at=clock.now())
    rows.update(text="", said="", subject="", decided_because="", emptied_at=clock.now())


def tells(person: Person) -> Iterator[Told]:
    """What phones told of her and is still kept as it came."""
    rows = events_of(person).order_by("received_at")[:200]
    yield Told(_("Told by phones"), (_("Day"), _("State"), _("What is known of it")), tuple(
        (formats.date_format(timezone.localtime(row.at or row.received_at), "DATE_FORMAT"), str(row.get_state_display()),
         said_of(row)) for row in rows))


EMPTIES_PERSON = (empties,)
TELLS_OF_PERSON = (tells,)
