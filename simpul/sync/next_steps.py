"""What a library should do about its phones."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.core.next_step import Step
from simpul.libraries.models import Library
from simpul.sync.models import Phone
from simpul.sync.queries.events import count_waiting


def records_wait(library: Library, day: date) -> Step | None:
    """Something that a phone told waits for one tap."""
    n = count_waiting(library.pk)
    if not n:
        return None
    return Step(
        ngettext("Look at %(n)s record from a phone", "Look at %(n)s records from phones", n) % {"n": n},
        _("A rule, a number or a clock was in doubt. One tap each; until then what waits is not counted."),
        _("Look"), reverse("sync:records", args=[library.code]), minutes=2, urgency=4)


def phones_expire(library: Library, day: date) -> Step | None:
    """A phone was not heard of for three months."""
    at = datetime.combine(day, time.max, ZoneInfo(library.time_zone))
    n = Phone.objects.in_use().filter(library=library, expires_at__lt=at, expires_at__gt=at - timedelta(days=60)).count()
    if not n:
        return None
    return Step(
        ngettext("Prolong %(n)s phone, or end it", "Prolong %(n)s phones, or end them", n) % {"n": n},
        _("It was not heard of for three months. What it still holds waits for you."),
        _("Open the list"), reverse("sync:phones", args=[library.code]), minutes=1, urgency=7)


NEXT_STEPS = (records_wait, phones_expire)
