"""Chance and ids that come out the same on every build."""

from datetime import datetime
from random import Random
from uuid import UUID

SEED = 3671  # Kota Tangerang


class Chance(Random):
    """The seeded source of everything invented."""

    def id_at(self, moment: datetime) -> UUID:
        """A UUIDv7 of a moment, its random part seeded."""
        stamp = int(moment.timestamp() * 1000) & ((1 << 48) - 1)
        return UUID(int=(stamp << 80) | (0x7 << 76) | (self.getrandbits(12) << 64) | (0b10 << 62)
                    | self.getrandbits(62))

    def poisson(self, mean: float) -> int:
        """How many came when `mean` come on average (Knuth; means here are under 200)."""
        if mean <= 0:
            return 0
        if mean > 30:
            return max(0, round(self.gauss(mean, mean ** 0.5)))
        limit, n, product = 2.718281828459045 ** -mean, 0, self.random()
        while product > limit:
            n, product = n + 1, product * self.random()
        return n
