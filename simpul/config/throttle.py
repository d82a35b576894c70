"""The rate limit of the API: so many requests a minute from one address, counted across all worker processes.

The counts stand in one small file that every worker maps into memory. A count per process would multiply the limit
by the number of workers and let a client choose its worker; a table would cost each public request a write and its
lock. A lost count, where two workers write in the same microsecond, only lets one request more through. No address
is kept: a slot holds a keyed hash of it until another address or the next minute takes its place.
"""

import hashlib
import ipaddress
import mmap
import os
import struct
import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

SLOTS = 16_384
_SLOT = struct.Struct("<QII")  # whose (hash), which minute, how many
WINDOW = 60


@lru_cache(maxsize=1)
def _counts(path: str) -> mmap.mmap:
    """The file with the counts, made where it is missing; each worker maps it once."""
    size = SLOTS * _SLOT.size
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.fstat(handle).st_size != size:
            os.ftruncate(handle, size)
        return mmap.mmap(handle, size)
    finally:
        os.close(handle)


def address_of(request: HttpRequest) -> str:
    """Who asks. Behind our own proxy it is the last address that the proxy noted, else the other end of the line;
    of an IPv6 address the network counts, because one household holds 2⁶⁴ of them."""
    text: str = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTS_PROXY:
        text = request.META.get("HTTP_X_FORWARDED_FOR", text).split(",")[-1].strip()
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text[:64]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def count_request(address: str, now: float) -> int:
    """Count one request; how many this address has made in this minute, this one included."""
    key = hashlib.blake2b(address.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=8).digest()
    whose = int.from_bytes(key, "little")
    counts = _counts(str(settings.DATA / "requests.counts"))
    place, minute = whose % SLOTS * _SLOT.size, int(now // WINDOW)
    owner, then, count = _SLOT.unpack_from(counts, place)
    count = count + 1 if (owner, then) == (whose, minute) else 1
    _SLOT.pack_into(counts, place, whose, minute, count)
    return int(count)


class PerAddress(BaseThrottle):
    """`API_REQUESTS_PER_MINUTE` requests a minute from one address; 0 is no limit."""

    def allow_request(self, request: HttpRequest) -> bool:
        limit = settings.API_REQUESTS_PER_MINUTE
        return limit == 0 or count_request(address_of(request), time.time()) <= limit

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return WINDOW - time.time() % WINDOW
