"""Passwords on their way: never in the journal, never hashed by many at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext as _

from simpul.core.refusal import Refusal

#: longer ones would only keep the hasher busy
LONGEST = 128

#: in one process
HASHES_AT_ONCE = 2

_turns = threading.BoundedSemaphore(HASHES_AT_ONCE)


class Secret:
    """A password as the argument of an action: what is written about the change sees only that there was one."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return "(secret)"

    __repr__ = __str__


class Busy(Refusal):
    """More people sign in at this moment than the machine can check."""

    code = "busy"


@contextmanager
def hashing_turn(patience: float = 10.0) -> Iterator[None]:
    """Wait for a turn to hash a password, at most `patience` seconds; a flood of sign-ins then takes neither the
    processor nor the memory from the desk. Raises Busy."""
    if not _turns.acquire(timeout=patience):
        raise Busy(_("Many people are signing in right now. Try again in a minute."))
    try:
        yield
    finally:
        _turns.release()


class Argon2(Argon2PasswordHasher):
    """Argon2id with OWASP's parameters for small machines: 19 MiB, two passes (Django's own takes 100 MiB)."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
