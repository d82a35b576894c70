"""How many records fit into one short transaction, so that the desk never waits for an import."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

LOCK_AIM = 0.08    # seconds that one transaction should hold the write lock; the promise is under 0.2
BREATH = 0.01      # seconds at least between two transactions: a waiting desk gets its turn
SMALLEST, LARGEST = 5, 1000
MOST_SHRINK = 3    # times smaller at once: a busy processor is not a slow disk


class Pace:
    """Learns from each transaction how large the next may be; remembers the longest."""

    def __init__(self, size: int = 25) -> None:
        self.size = size
        self.longest = 0.0       # seconds
        self.transactions = 0
        self._per_record = 0.0
        self._began = self._written = self._released = 0.0

    @contextmanager
    def measured(self, records: int) -> Iterator[None]:
        """Around one transaction of `records` records. No garbage is looked for meanwhile: a full look takes as long
        as writing a hundred titles, and can as well be taken when others may write."""
        collects = gc.isenabled()
        gc.disable()
        self._began, self._written = time.perf_counter(), 0.0
        try:
            yield
        finally:
            self._released = time.perf_counter()
            if collects:
                gc.enable()
            self._learn(records)

    def locked(self) -> None:
        """The transaction has begun: what was waited for others before is not held."""
        self._began = time.perf_counter()

    def written(self) -> None:
        """All but the commit is done. A commit waits for the disk once, however many records there are: were it
        counted for each record, a slow disk would make transactions ever smaller, and more of them."""
        self._written = time.perf_counter()

    def _learn(self, records: int) -> None:
        held = self._released - self._began
        self.transactions += 1
        self.longest = max(self.longest, held)
        commit = self._released - self._written if self._written else 0.0
        each = (held - commit) / max(records, 1)
        # slower at once, faster by halves: one slow moment must not be followed by a large batch
        self._per_record = each if each > self._per_record else (self._per_record + each) / 2
        aim = max(LOCK_AIM - commit, LOCK_AIM / 2)
        wanted = int(aim / self._per_record) if self._per_record else self.size * 2
        self.size = max(SMALLEST, self.size // MOST_SHRINK, min(LARGEST, wanted, self.size * 2))

    def breathe(self) -> None:
        """Leave the lock to others for a moment, of which planning since the last transaction is a part."""
        time.sleep(max(0.0, self._released + BREATH - time.perf_counter()))
