"""One moment for a whole page: within `asked_once` the same question about counts, marks and people is asked once.

    with asked_once():                          @asked_once()
        filled = form.fill(place, period, …)    def page(request): …

Whoever reads many figures for one page stands in it; nothing may be written within.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("asked_once", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """May stand within another one, which then goes on."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def is_asked_once() -> bool:
    """Does somebody keep the answers? Then a wider question that answers the next ones too is worth its price."""
    return _kept.get() is not None


def once(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer, which nobody changes; outside of `asked_once` it is asked each time."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    found: Answer = kept[key]
    return found
