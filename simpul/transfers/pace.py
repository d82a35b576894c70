"""How many records fit into one short transaction, so that the desk never waits for an import."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

LOCK_AIM = 0.08    # seconds that one transaction should hold the write lock; the promise is under 0.2
BREATH = 0.005     # seconds at least between two transactions: a waiting desk gets its turn
SMALLEST, LARGEST = 5, 1000


class Pace:
    """Learns from each transaction how large the next may be; remembers the longest."""

    def __init__(self, size: int = 25) -> None:
        self.size = size
        self.longest = 0.0       # seconds
        self.transactions = 0
        self._per_record = 0.0

    @contextmanager
    def measured(self, records: int) -> Iterator[None]:
        """Around one transaction of `records` records."""
        began = time.perf_counter()
        try:
            yield
        finally:
            held = time.perf_counter() - began
            self.transactions += 1
            self.longest = max(self.longest, held)
            each = held / max(records, 1)
            # slower at once, faster by halves: one slow disk write must not be followed by a large batch
            self._per_record = each if each > self._per_record else (self._per_record + each) / 2
            wanted = int(LOCK_AIM / self._per_record) if self._per_record else self.size * 2
            self.size = max(SMALLEST, min(LARGEST, wanted, self.size * 2))

    @staticmethod
    def breathe() -> None:
        """Leave the lock to others for a moment."""
        time.sleep(BREATH)
