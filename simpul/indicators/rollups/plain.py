"""Rows of roll-ups by the thousand: libraries and days come as text, and each becomes an object only once.

A city's year has ten thousands of rows; making a UUID and a date of each anew was half of what reading them took.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

_library = lru_cache(maxsize=10_000)(UUID)
_day = lru_cache(maxsize=20_000)(date.fromisoformat)


def read(rows: "QuerySet[Any]", day: str, *more: str, is_distinct: bool = False) -> Iterator[tuple[Any, ...]]:
    """(library, day, *more) of rows that have `library_id` and a date field `day`."""
    asked = rows.order_by().values_list(Cast("library_id", TextField()), Cast(day, TextField()), *more)
    for library, on, *rest in asked.distinct() if is_distinct else asked:
        yield _library(library), _day(on), *rest
