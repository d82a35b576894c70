"""What accounts forget by themselves: nothing here was ever counted or written into the journal."""

from datetime import datetime, timedelta

from simpul.accounts.models import Device, Session
from simpul.accounts.throttle import forget_before

AT_ONCE = 500  # rows a transaction, so that no desk waits


def forget_expired(*, at: datetime) -> int:
    """Drop sessions that ended, failed attempts of yesterday and codes for tablets that nobody typed; how many."""
    gone = forget_before(at)
    Device.objects.filter(paired_at__isnull=True, pairing_expires_at__lte=at - timedelta(days=1)).delete()
    while keys := list(Session.objects.filter(expire_date__lte=at).values_list("pk", flat=True)[:AT_ONCE]):
        gone += Session.objects.filter(pk__in=keys).delete()[0]
    return gone
