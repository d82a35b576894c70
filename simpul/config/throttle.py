"""The rate limit of the API: so many requests a minute from one address, counted across all worker processes."""

import time

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from simpul.core.counters import address_of, count

WINDOW = 60


def count_request(address: str, now: float) -> int:
    """Count one request; how many this address has made in this minute, this one included."""
    return count("requests.counts", address, seconds=WINDOW, now=now)


def is_too_fast(request: HttpRequest, what: str, limit: int) -> bool:
    """Count one request for `what`; has this address made more than `limit` of them in this minute? 0 is no limit."""
    return limit != 0 and count_request(f"{what} {address_of(request)}", time.time()) > limit


class PerAddress(BaseThrottle):
    """`API_REQUESTS_PER_MINUTE` requests a minute from one address; 0 is no limit."""

    def allow_request(self, request: HttpRequest) -> bool:
        limit = settings.API_REQUESTS_PER_MINUTE
        return limit == 0 or count_request(address_of(request), time.time()) <= limit

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return WINDOW - time.time() % WINDOW
