"""The schedule's work: what waits is handed to the mail server.

A message is claimed in a short transaction (its next try is put off) and sent outside of it: two schedules never send
the same one, and a mail server that hangs holds no lock. Cut off between the mail server's yes and our note, it is sent
once more with the same Message-ID, which mail programs show once.
"""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from simpul.messages.actions import erase
from simpul.messages.addresses import stop_address
from simpul.messages.models import Message
from simpul.messages.queries import is_set_up, is_stopped

log = logging.getLogger(__name__)
#: how long after the first, second, … try the next one is due; after the last it is given up
WAITS = tuple(timedelta(minutes=n) for n in (2, 10, 30, 120, 360, 720))
KEPT = timedelta(days=90)   # the rows without address, for the counts of the coordinator
AT_ONCE = 100


def send_due(at: datetime) -> int:
    """Up to 100 messages; how many were handed over."""
    _give_up(at)
    due = list(Message.objects.due(at)[:AT_ONCE]) if is_set_up() else []
    if not due:
        return 0
    sent = 0
    connection = get_connection()
    try:
        connection.open()
    except OSError as problem:  # smtplib's errors are OSErrors: nobody was asked about any single message
        log.warning("the mail server is not reached: %s", type(problem).__name__)
        for row in due:
            if _claim(row, at):
                _later(row, at, type(problem).__name__)
        return 0
    try:
        for row in due:
            sent += _claim(row, at) and _send(row, connection, at)
    finally:
        connection.close()
    return sent


def _claim(row: Message, at: datetime) -> bool:
    """True for one of those who try to send it at the same moment."""
    return bool(Message.objects.due(at).filter(pk=row.pk, tries=row.tries).update(
        tries=row.tries + 1, next_try_at=at + WAITS[min(row.tries, len(WAITS) - 1)]))


def _send(row: Message, connection: BaseEmailBackend, at: datetime) -> bool:
    if is_stopped(row.to):
        erase(row, Message.State.STOPPED)
        return False
    try:
        connection.send_messages([letter(row)])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as problem:
        code = _code(problem)
        if code >= 500:
            erase(row, Message.State.FAILED, problem=f"SMTP {code}")
        else:
            _later(row, at, f"SMTP {code}")
        return False
    except OSError as problem:
        _later(row, at, type(problem).__name__)
        return False
    except ValueError as problem:  # BadHeaderError: never to be tried again
        erase(row, Message.State.FAILED, problem=type(problem).__name__)
        return False
    erase(row, Message.State.SENT, sent_at=at)
    return True


def letter(row: Message) -> EmailMessage:
    """The e-mail as it leaves, with its way to stop further ones (RFC 8058)."""
    stop = stop_address(row.to)
    with translation.override("id"):
        foot = _("You do not want e-mail from the library any more? %(link)s") % {"link": stop}
    return EmailMessage(
        subject=row.subject, body=f"{row.text}\n\n-- \n{foot}\n", from_email=settings.DEFAULT_FROM_EMAIL, to=[row.to],
        headers={"Message-ID": f"<{row.pk}@{settings.HOST}>", "List-Unsubscribe": f"<{stop}>",
                 "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated"})


def _code(problem: smtplib.SMTPException) -> int:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return max((code for code, _says in problem.recipients.values()), default=550)
    return int(getattr(problem, "smtp_code", 0))


def _later(row: Message, at: datetime, problem: str) -> None:
    """It was claimed: its next try stands already. After the last one it is given up."""
    if row.tries + 1 >= len(WAITS):
        erase(row, Message.State.FAILED, problem=problem)
    else:
        Message.objects.filter(pk=row.pk).update(problem=problem[:60])


def _give_up(at: datetime) -> None:
    """Too late to be of use: erased unsent. Old rows go altogether."""
    with transaction.atomic():
        Message.objects.worthless(at).update(state=Message.State.EXPIRED, to="", subject="", text="")
    Message.objects.filter(recorded_at__lt=at - KEPT).exclude(state=Message.State.WAITING).delete()
