"""Pages: a number opened, the list of numbers, the population."""

from simpul.indicators.views.listing import listing
from simpul.indicators.views.receipts import receipt, short

__all__ = ["listing", "receipt", "short"]
