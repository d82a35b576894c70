"""Counting requests across all worker processes, so many in a span of time from one address or browser.

The counts stand in one small file that every worker maps into memory. A count per process would multiply a limit by
the number of workers and let a client choose its worker; a table would cost each public request a write and its lock.
A lost count, where two workers write in the same microsecond, only lets one request more through. No address is kept:
a slot holds a keyed hash of it until another one or the next span takes its place.
"""

import hashlib
import ipaddress
import mmap
import os
import struct
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

SLOTS = 16_384
_SLOT = struct.Struct("<QII")  # whose (hash), which span, how many


@lru_cache(maxsize=4)
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


def count(file: str, who: str, *, seconds: int, now: float, weight: int = 1) -> int:
    """Count one request of `who` in the span of `seconds` that holds `now`; how many this span has seen of her, this
    one included. `file` names the counts: a plain file name in the data folder."""
    key = hashlib.blake2b(who.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=8).digest()
    whose = int.from_bytes(key, "little")
    counts = _counts(str(settings.DATA / file))
    place, span = whose % SLOTS * _SLOT.size, int(now // seconds)
    owner, then, n = _SLOT.unpack_from(counts, place)
    n = min(n + weight, 2**32 - 1) if (owner, then) == (whose, span) else weight
    _SLOT.pack_into(counts, place, whose, span, n)
    return int(n)
