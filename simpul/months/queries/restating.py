"""What the records say now against what was signed, and which journal lines explain it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.journal import Sentence, sentences
from simpul.core.measure import Measure
from simpul.core.models import JournalLine
from simpul.indicators.definitions import indicators
from simpul.indicators.figures import STATES, State
from simpul.indicators.models import MonthCount
from simpul.indicators.places import of_libraries
from simpul.months.figures import Amount, MonthFigure, figures_of, is_plain, label_of, number, plain_amounts
from simpul.months.models import Restatement, Signature
from simpul.months.snapshot import definitions_of, digest_of
from simpul.months.unusual import shown

MOST_ROWS, MOST_LINES = 400, 20


@dataclass(frozen=True)
class Difference:
    """One figure as it was signed and as the records say now; None: no value, `was_state` and `now_state` say why.
    `is_definition`: the definition has another version now, so it need not be the records."""

    id: str
    was: Decimal | None
    was_state: str
    now: Decimal | None
    now_state: str
    is_definition: bool = False

    @property
    def name(self) -> str:
        one = indicators().get(self.id)
        return one.now.name if one else self.id

    @property
    def unit(self) -> str:
        one = indicators().get(self.id)
        return one.now.unit if one else ""

    @property
    def was_text(self) -> str:
        return number(self.was) if self.was is not None else str(STATES[State(self.was_state)])

    @property
    def now_text(self) -> str:
        return number(self.now) if self.now is not None else str(STATES[State(self.now_state)])

    @property
    def by(self) -> str:
        """"+5", "−2"; "" where one of both has no value."""
        if self.was is None or self.now is None:
            return ""
        change = self.now - self.was
        return f"{'+' if change > 0 else '−'}{number(abs(change))}"

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "was": _text(self.was), "was_state": self.was_state, "now": _text(self.now),
                "now_state": self.now_state, "is_definition": self.is_definition}

    @classmethod
    def of_json(cls, told: dict[str, Any]) -> "Difference":
        return cls(told["id"], _number(told["was"]), told["was_state"], _number(told["now"]), told["now_state"],
                   told["is_definition"])


def _text(n: Decimal | None) -> str | None:
    return None if n is None else str(n)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def differences(signature: Signature, now: datetime, *, figures: Sequence[MonthFigure] | None = None) -> list[Difference]:
    """The figures that say something else now; `figures` spares counting them again."""
    if figures is None:
        only = [one["id"] for one in signature.figures]
        figures = figures_of(signature.library, signature.period, now, only=only, with_before=False)
    return _compared(signature, {one.id: (one.now, one.label) for one in figures})


def differences_of(signatures: Sequence[Signature], now: datetime) -> dict[UUID, list[Difference]]:
    """Signature → its differences, for many at once: what adds up is asked together for all, the rest only of those that
    signed it."""
    chosen = [indicators()[one.indicator] for one in shown() if one.indicator in indicators()]
    place = of_libraries({one.library_id: one.library for one in signatures}.values())
    months = sorted({one.period for one in signatures})
    plain = [one for one in chosen if is_plain(one)]
    today = clock.local_date(now, "Asia/Jakarta")
    amounts = plain_amounts(plain, place, months, today) if signatures else {}
    found = {}
    for one in signatures:
        signed = {figure["id"] for figure in one.figures}
        present = {indicator.id: (amounts[one.library_id, one.period, indicator.id], label_of(indicator, one.period))
                   for indicator in plain if indicator.id in signed}
        only = [name for name in signed if name not in present]
        if only:
            others = figures_of(one.library, one.period, now, only=only, with_before=False)
            present |= {figure.id: (figure.now, figure.label) for figure in others}
        found[one.pk] = _compared(one, present)
    return found


def _compared(signature: Signature, present: Mapping[str, tuple[Amount, str]]) -> list[Difference]:
    """In the order of the declared figures; what nobody signed is no difference."""
    found = []
    for then in signature.figures:
        if then["id"] not in present:
            continue
        now, label = present[then["id"]]
        was = _number(then["value"])
        if was != now.value or (was is None and then["state"] != now.state):
            found.append(Difference(then["id"], was, then["state"], now.value, str(now.state),
                                    is_definition=then["definition"] != label))
    return found


def differences_digest(found: Iterable[Difference]) -> str:
    return digest_of([one.as_json() for one in found])


def corrections(signature: Signature, found: Iterable[Difference], reader: Actor) -> list[Sentence]:
    """The journal lines behind differences: what was written down, taken back or corrected about these days since the
    signature, as far as the reader may know it. A question or two a measure."""
    ids: set[UUID] = set()
    for measure in _measures(found):
        ids |= _touched(measure, signature)
    if not ids:
        return []
    among = list(ids)[:MOST_ROWS * 4]
    lines = JournalLine.objects.readable_by(reader).filter(
        library_id=signature.library_id, recorded_at__gt=signature.signed_at).filter(
        Q(pk__in=among) | Q(touches__row_id__in=among)).distinct().order_by("-recorded_at")[:MOST_LINES]
    return sentences(lines, reader=reader)


def _measures(found: Iterable[Difference]) -> list[Measure]:
    named: dict[str, Measure] = {}
    for one in found:
        indicator = indicators().get(one.id)
        for version in indicator.versions if indicator else ():
            named |= {measure.name: measure for measure in version.measures}
    return list(named.values())


def _touched(measure: Measure, signature: Signature) -> set[UUID]:
    """Keys of the month's rows that came or were taken back since, of what they follow, and of the entries they belong to."""
    model = measure.rows().model
    fields = {one.name for one in model._meta.concrete_fields}
    moments = [name for name in ("recorded_at", "voided_at") if name in fields]
    if not moments:
        return set()
    since = Q()
    for name in moments:
        since |= Q(**{f"{name}__gt": signature.signed_at})
    period = signature.period
    rows = measure.between(model._base_manager.all(), period.first, period.last).filter(
        since, **{measure.library: signature.library_id})
    wanted = ["pk", *(one.attname for one in model._meta.concrete_fields
                      if isinstance(one, models.UUIDField) and not one.primary_key)]
    wanted += [f"{path.split('__')[0]}_id" for path in measure.follows if path.split("__")[0] in fields]
    found = {key for row in rows.values_list(*dict.fromkeys(wanted))[:MOST_ROWS] for key in row if isinstance(key, UUID)}
    return found - {signature.library_id}


def since_when(signature: Signature, found: Iterable[Difference]) -> datetime | None:
    """When the first of the records came or was taken back after the signature; None: no record tells."""
    earliest: list[datetime] = []
    for measure in _measures(found):
        model = measure.rows().model
        fields = {one.name for one in model._meta.concrete_fields}
        rows = measure.between(model._base_manager.all(), signature.period.first, signature.period.last).filter(
            **{measure.library: signature.library_id})
        for name in ("recorded_at", "voided_at"):
            if name in fields:
                at = rows.filter(**{f"{name}__gt": signature.signed_at}).aggregate(at=models.Min(name))["at"]
                earliest += [at] if at else []
    return min(earliest, default=None)


# Which signed months are worth counting again: those rolled up anew since, or counted by other definitions now.


def roll_of(library_id: UUID, month: date) -> tuple[int, str]:
    """Which roll-up of a month is there, and a print of what it holds."""
    return rolls([(library_id, month)]).get((library_id, month), (0, ""))


def rolls(months: Sequence[tuple[UUID, date]]) -> dict[tuple[UUID, date], tuple[int, str]]:
    """(library, month) → the newest row of its roll-up and a print of all; two questions. A month that is rolled up
    again gets new rows, with the same print if nothing changed."""
    if not months:
        return {}
    wanted = set(months)
    rows = MonthCount.objects.filter(library_id__in={library for library, _m in months},
                                     month__in={month for _l, month in months}).exclude(measure=MonthCount.ANYTHING)
    held: dict[tuple[UUID, date], list[Any]] = {}
    newest: dict[tuple[UUID, date], int] = {}
    values = rows.order_by("measure", "by", "value").values_list("library_id", "month", "id", "measure", "by", "value", "n")
    for library, month, id, *rest in values.iterator(chunk_size=5000):
        key = (library, month)
        if key in wanted:
            held.setdefault(key, []).append(rest)
            newest[key] = max(newest.get(key, 0), id)
    return {key: (newest[key], digest_of(found)) for key, found in held.items()}


def to_check(*, at_most: int) -> list[tuple[Signature, int, str, str]]:
    """Standing signatures whose roll-up or definitions are not those they were compared with, with the present ones;
    those whose roll-up holds just what it held are among them with an unchanged print. Three questions."""
    rows = list(Signature.objects.standing().order_by("month", "library").values_list(
        "pk", "library_id", "month", "rolled_up", "definitions"))
    newest = dict(_newest({month for _pk, _library, month, _roll, _definitions in rows}))
    texts = {month: definitions_of(month) for month in {row[2] for row in rows}}
    changed = [row for row in rows if newest.get((row[1], row[2]), 0) != row[3] or texts[row[2]] != row[4]][:at_most]
    present = rolls([(row[1], row[2]) for row in changed])
    found = Signature.objects.select_related("library__region", "report").in_bulk([row[0] for row in changed])
    return [(found[row[0]], *present.get((row[1], row[2]), (0, "")), texts[row[2]]) for row in changed if row[0] in found]


def _newest(months: set[date]) -> Iterable[tuple[tuple[UUID, date], int]]:
    rows = MonthCount.objects.filter(month__in=months).exclude(measure=MonthCount.ANYTHING).order_by().values(
        "library_id", "month").annotate(newest=models.Max("id"))
    for row in rows:
        yield (row["library_id"], row["month"]), row["newest"]


def told_differences(restatement: Restatement) -> list[Difference]:
    return [Difference.of_json(one) for one in restatement.differences]


def why_of(found: Iterable[Difference]) -> str:
    """Whether records or definitions changed, in words."""
    kinds = {one.is_definition for one in found}
    if kinds == {True}:
        return _("The definition of the figure changed; the records may be the same.")
    if kinds == {False}:
        return _("Records of this month were written down, taken back or corrected after it was signed.")
    return _("Records changed, and so did the definition of some figures.")
