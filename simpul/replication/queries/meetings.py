"""Peer learning meetings and what was brought."""

from django.db.models import Count, Q, QuerySet, Sum

from simpul.replication.models import PeerMeeting, Share


def listed_meetings() -> QuerySet[PeerMeeting]:
    """Those that stand, the latest first, with `libraries` that came and `people`."""
    return PeerMeeting.objects.standing().annotate(
        libraries=Count("shares", filter=Q(shares__people__gt=0)), people=Sum("shares__people")).order_by("-held_on", "pk")


def shares_of(meeting: PeerMeeting) -> list[Share]:
    """By name of the library, each with its step; one query."""
    return list(meeting.shares.select_related("library", "step").order_by("library__name"))
