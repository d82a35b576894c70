"""Before signing: what is unusual is answered, what nobody could record is told, somebody says that she has looked."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.months.actions.refusals import LibraryNotThere, WrongAnswer
from simpul.months.asked import BY_NAME, Question
from simpul.months.checks import first_month
from simpul.months.models import Answer, MonthReport, Told
from simpul.months.permissions import can_prepare


@change("month.prepared", says=_("{by} looked through {result} of {library}"))
def prepare_month(*, library: Library, month: date, by: Actor, at: datetime, id: UUID) -> MonthReport:
    """Somebody of the staff has looked at the month; the librarian signs later. Raises NotAllowed, LibraryNotThere."""
    row = report_of(library, month, by, at, id)
    row.prepared_by, row.prepared_at = account_of(by), at
    row.save(update_fields=["prepared_by", "prepared_at"])
    return row


@change("month.answered", says=_("{by} explained something unusual of {month} at {library}: {result}"))
def answer_unusual(*, library: Library, month: date, key: str, reason: str, words: str = "", by: Actor, at: datetime,
                   id: UUID) -> Answer:
    """"It is so", with its reason; a later answer takes the place of an earlier one. Raises NotAllowed, WrongAnswer,
    LibraryNotThere."""
    row = report_of(library, month, by, at, id)
    if reason not in Answer.Reason.values:
        raise WrongAnswer(_("Choose one of the list."), field="reason")
    if not key or len(key) > 80 or not key.isprintable():
        raise WrongAnswer(_("Open the page again: this is not pointed out any more."), field="key")
    row.answers.holding().filter(key=key).update(withdrawn_at=at)
    note(month=f"{month:%Y-%m}")
    return Answer.objects.create(id=derived_id(id, "answer"), report=row, key=key, reason=reason, words=_line(words, 200),
                                 answered_by=account_of(by), answered_at=at)


@change("month.answer_withdrawn", says=_("{by} took back an explanation of {month} at {library}"))
def withdraw_answer(*, library: Library, answer: Answer, by: Actor, at: datetime, id: UUID) -> Answer:
    """Undo of an answer. Raises NotAllowed."""
    if not can_prepare(by, library.pk) or answer.report.library_id != library.pk:
        raise NotAllowed(_("You do not work at this library."))
    note(month=f"{answer.report.month:%Y-%m}")
    if answer.withdrawn_at is None:
        answer.withdrawn_at = at
        answer.save(update_fields=["withdrawn_at"])
    return answer


@change("month.told", says=_("{by} told what nobody could record of {result} at {library}"))
def tell_month(*, library: Library, month: date, told: Mapping[str, Any], unknown: frozenset[str] = frozenset(), by: Actor,
               at: datetime, id: UUID) -> MonthReport:
    """Answers to `asked.ASKED` by name: a whole number or a text; None or "" leaves open; those in `unknown` are "I do not
    know". Raises NotAllowed, WrongAnswer, LibraryNotThere."""
    row = report_of(library, month, by, at, id)
    for name in [*told, *(name for name in unknown if name not in told)]:
        question = BY_NAME.get(name)
        if question is None:
            raise WrongAnswer(_("This is not asked of a month."))
        value = None if name in unknown else _checked(question, told[name])
        if value is None and name not in unknown:
            Told.objects.filter(report=row, name=name).delete()
            continue
        Told.objects.update_or_create(report=row, name=name, defaults={
            "value": value, "is_unknown": name in unknown, "told_at": at}, create_defaults={
            "id": derived_id(id, name), "value": value, "is_unknown": name in unknown, "told_at": at})
    return row


def _checked(question: Question, value: Any) -> int | str | None:
    if value is None or value == "":
        return None
    if not question.is_number:
        return _line(str(value), question.most) or None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= question.most:
        raise WrongAnswer(_("This number cannot be right."), field=question.name)
    return value


def report_of(library: Library, month: date, by: Actor, at: datetime, id: UUID) -> MonthReport:
    """The month's report, made when it is not there yet. Raises NotAllowed, LibraryNotThere."""
    if not can_prepare(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    check_month(library, month, at)
    note(library=library.pk)
    row, _made = MonthReport.objects.get_or_create(library=library, month=month, defaults={"id": derived_id(id, "report")})
    return row


def check_month(library: Library, month: date, at: datetime) -> None:
    """The library was there and the month has begun. Raises LibraryNotThere."""
    today = clock.local_date(at, library.time_zone)
    if month.day != 1 or month > today:
        raise LibraryNotThere(_("This month has not begun yet."))
    if month < first_month(library, today) or (library.closed_on and library.closed_on <= month):
        raise LibraryNotThere(_("The library was not there in this month."))


def account_of(by: Actor) -> Account | None:
    return Account.objects.filter(pk=by.id).first() if by.kind == ActorKind.ACCOUNT and by.id else None


def _line(text: str, most: int) -> str:
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())[:most]
