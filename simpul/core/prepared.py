"""Questions that every tap asks, compiled once a process.

For a small question SQLite needs 0.03 ms; building and compiling it with the ORM takes more than ten times that, at
each request anew. A `Prepared` question is an ordinary queryset that is built and compiled at its first use; after
that only its values change:

    _by_code = Prepared(lambda code: Library.objects.select_related("region").filter(code=code)[:1])
    library = _by_code.first(code="L001")

The database is asked each time: nothing of an answer is kept.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import QuerySet, Value

T = TypeVar("T")

#: in this order, because a datetime is a date and a bool an int
_FIELDS: tuple[tuple[type, "models.Field[Any, Any]"], ...] = (
    (UUID, models.UUIDField()), (datetime, models.DateTimeField()), (date, models.DateField()),
    (bool, models.BooleanField()), (int, models.BigIntegerField()), (str, models.TextField()),
)


class Slot(Value):
    """Stands for a value that comes with each call; its type is that of the first call's."""

    def __init__(self, name: str, value: Any) -> None:
        field = next((field for kind, field in _FIELDS if isinstance(value, kind)), None)
        if field is None:
            raise TypeError(f"a prepared question takes no {type(value).__name__} for {name}")
        super().__init__(name, output_field=field)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]

    def prepared(self, values: dict[str, Any], connection: Any) -> Any:
        """The call's value as the database takes it. KeyError, TypeError: none was given (NULL is another question)."""
        value = values[self.value]
        if value is None:
            raise TypeError(f"a prepared question takes no None for {self.value}")
        return self.output_field.get_db_prep_value(value, connection, prepared=False)


class Prepared(Generic[T]):
    """A queryset whose SQL is made once. `build` takes the values by name and may compare with them (=, <, __in with
    a fixed list …), but not look into them; it may use select_related, only, values_list, annotate, slices and
    select_for_update, but no prefetch_related."""

    def __init__(self, build: Callable[..., QuerySet[Any, T]]) -> None:
        self._build = build
        self._made: tuple[Any, Any, str, list[Any]] | None = None
        self._converters: tuple[Any, Any] = (None, None)  # of which connection, and they

    def __call__(self, **values: Any) -> list[T]:
        """The rows, in one query."""
        rows, compiler, sql, marks = self._made or self._make(values)
        connection = connections[DEFAULT_DB_ALIAS]
        params = tuple(mark.prepared(values, connection) if isinstance(mark, Slot) else mark for mark in marks)
        # the queryset's own iterable makes the rows; only compiling is left out. Copies, because threads share it
        asked = _twin(compiler)
        asked.connection = connection
        asked.as_sql = lambda *_args, **_kwargs: (sql, params)
        owner, converters = self._converters
        if owner is not connection:
            converters = asked.get_converters([column for column, *_rest in asked.select[:asked.col_count]])
            self._converters = connection, converters
        asked.get_converters = lambda _columns: converters
        query = _twin(rows.query)
        query.get_compiler = lambda *_args, **_kwargs: asked
        told = _twin(rows)
        told._query = query
        return list(rows._iterable_class(told))

    def first(self, **values: Any) -> T | None:
        """The first row, or None. The queryset itself should end in [:1] where there may be many."""
        return next(iter(self(**values)), None)

    def _make(self, values: dict[str, Any]) -> tuple[Any, Any, str, list[Any]]:
        rows = self._build(**{name: Slot(name, value) for name, value in values.items()})
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, marks = compiler.as_sql()
        if {mark.value for mark in marks if isinstance(mark, Slot)} != set(values):
            raise TypeError("a prepared question looked into one of its values (as iexact does)")
        self._made = rows, compiler, sql, list(marks)
        return self._made


def _twin(thing: Any) -> Any:
    """A shallow copy. copy.copy() would run the queryset."""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__)
    return twin
