"""A change is one action: one transaction, one id, one journal line.

    @change("loan.lent", says=_("{by} lent {copy} to {member}"))
    def lend_copy(*, copy: Copy, to: Member, by: Actor, at: datetime, id: UUID) -> Loan: ...

The decorator claims `id` as the journal line's primary key together with a fingerprint of the arguments. The same
change again returns the first result; the same id with other arguments is refused. A `Refusal` or any other error
rolls the claim back, so that the caller may try again with the same id.
"""

import hashlib
import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from simpul.core import rows
from simpul.core.actor import Actor
from simpul.core.models import JournalHead, JournalLine, JournalTouch, parse_reference, reference
from simpul.core.prepared import Prepared
from simpul.core.refusal import ChangeIdReused, Refusal

P = ParamSpec("P")
R = TypeVar("R")

#: verb → the translated sentence, filled by the decorator when the actions are imported
SENTENCES: dict[str, Any] = {}

#: the end of a chain, locked until the change is over
_head: Prepared[JournalHead] = Prepared(lambda chain: JournalHead.objects.select_for_update().filter(chain=chain))

_line: ContextVar[JournalLine | None] = ContextVar("journal line of the running change", default=None)
_made: ContextVar[tuple[UUID, list[str]] | None] = ContextVar("the change that was made last, its flags", default=None)
_flags: Prepared[Any] = Prepared(lambda id: JournalLine.objects.filter(pk=id).values_list("flags", flat=True))


def change(verb: str, *, says: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark an action. `verb` is "noun.past" and unique; `says` a lazy sentence over {by}, {library}, the
    names of the action's row arguments, {result} and the noted facts."""

    def decorate(action: Callable[P, R]) -> Callable[P, R]:
        if verb in SENTENCES:
            raise RuntimeError(f"two actions say {verb}")
        SENTENCES[verb] = says

        @wraps(action)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{action.__name__} takes keyword arguments only")
            by, at, id = cast(Actor, kwargs["by"]), cast(datetime, kwargs["at"]), cast(UUID, kwargs["id"])
            if not 1000 < at.year < 9000:  # nearer the ends of the calendar a time zone leads out of it
                raise Refusal(_("Check date and time: this moment cannot be."), field="happened_at", code="wrong_moment")
            told = {k: v for k, v in kwargs.items() if k not in ("by", "at", "id")}
            print_ = _fingerprint(verb, by, told)
            line = JournalLine(
                id=id, verb=verb, by_kind=by.kind, by_id=by.id, happened_at=at.astimezone(UTC), fingerprint=print_,
                refs={k: reference(v) for k, v in told.items() if isinstance(v, models.Model)},
                library_id=_library_of(told),
            )
            claimed, token = False, _line.set(line)
            try:
                with transaction.atomic():
                    rows.insert([line])
                    claimed = True
                    result = action(*args, **kwargs)
                    _finish(line, result)
                _made.set((id, line.flags))
                return result
            except IntegrityError:
                if claimed:
                    raise
                return cast(R, _first_answer(id, print_))
            finally:
                _line.reset(token)

        return run

    return decorate


def note(*, library: UUID | None = None, flags: list[str] | None = None, **facts: Any) -> None:
    """Add to the running change's journal line: its library, policy flags, and facts or rows that its sentence
    needs. Rows become references; everything else must be a count, date or code, never a name."""
    line = _line.get()
    if line is None:
        raise RuntimeError("note() outside a change")
    if library is not None:
        line.library_id = library
    line.flags = [*line.flags, *(flags or [])]
    for name, value in facts.items():
        if isinstance(value, models.Model):
            line.refs[name] = reference(value)
        else:
            line.facts[name] = _plain(value)


def flags_of(id: UUID) -> list[str]:
    """Which policies the change with this id broke; asks the journal unless it was made just now. [] for none."""
    made = _made.get()
    return made[1] if made is not None and made[0] == id else _flags.first(id=id) or []


def _finish(line: JournalLine, result: Any) -> None:
    if isinstance(result, models.Model):
        line.refs["result"] = reference(result)
        line.result = {"row": reference(result)}
        if line.library_id is None:
            line.library_id = _library_of({"result": result})
    elif result is not None:
        line.result = {"plain": _plain(result)}
    line.chain = str(line.library_id or "node")
    head = _head.first(chain=line.chain)
    if head is None:
        JournalHead.objects.get_or_create(chain=line.chain)
        head = JournalHead.objects.select_for_update().get(chain=line.chain)
    line.position, line.previous_hash = head.position + 1, head.hash
    line.hash = line.digest()
    rows.update(line, "library_id", "refs", "facts", "flags", "result", "chain", "position", "previous_hash", "hash")
    head.position, head.hash = line.position, line.hash
    rows.update(head, "position", "hash")
    touched = {parse_reference(ref) for ref in line.refs.values()}
    rows.insert([JournalTouch(line=line, label=label, row_id=key) for label, key in sorted(touched)])


def _first_answer(id: UUID, print_: str) -> Any:
    line = JournalLine.objects.get(pk=id)
    if line.fingerprint != print_:
        raise ChangeIdReused(_("This entry was already recorded with other contents. Open the page again."))
    if line.result is None:
        return None
    if "plain" in line.result:
        return line.result["plain"]
    label, key = parse_reference(line.result["row"])
    return apps.get_model(label)._base_manager.get(pk=key)


def _library_of(told: dict[str, Any]) -> UUID | None:
    for name, value in told.items():
        if isinstance(value, models.Model):
            if value._meta.label == "libraries.Library":
                return cast(UUID, value.pk)
            found = getattr(value, "library_id", None)
            if found is not None and name != "copy":
                return cast(UUID, found)
    return None


def _fingerprint(verb: str, by: Actor, told: dict[str, Any]) -> str:
    text = json.dumps([verb, by.kind, str(by.id), _plain(told)], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A JSON form of an argument, the same for the same meaning."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, models.Model):
        return reference(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(_plain(k)): _plain(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(json.dumps(_plain(v), sort_keys=True) for v in value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return str(value)
