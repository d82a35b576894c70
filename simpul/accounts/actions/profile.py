"""What an account changes about itself."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.accounts.models import Account, Session
from simpul.accounts.passwords import Secret
from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.refusal import Refusal


class AlreadyTaken(Refusal):
    """Another account signs in with this number or address."""

    code = "already_taken"


@change("account.changed", says=gettext_lazy("{by} changed their own details"))
def change_profile(*, account: Account, name: str, phone: str | None, email: str | None, language: str,
                   by: Actor, at: datetime, id: UUID) -> Account:
    """`phone` in E.164. Raises AlreadyTaken."""
    account.name, account.phone, account.email = name.strip(), phone or None, (email or "").strip().lower() or None
    account.language = language
    refuse_taken(account)
    try:
        with transaction.atomic():
            account.save(update_fields=["name", "phone", "email", "language"])
    except IntegrityError:
        raise AlreadyTaken(_("Another account already signs in with this number or e-mail.")) from None
    return account


def refuse_taken(account: Account) -> None:
    """Raise AlreadyTaken, beside its field, where another account has this number or address."""
    others = Account.objects.exclude(pk=account.pk)
    if account.phone and others.filter(phone=account.phone).exists():
        raise AlreadyTaken(_("Another account already signs in with this number."), field="phone")
    if account.email and others.filter(email__iexact=account.email).exists():
        raise AlreadyTaken(_("Another account already signs in with this e-mail."), field="email")


@change("account.password_changed", says=gettext_lazy("{account} has a new password"))
def set_password(*, account: Account, password: Secret, by: Actor, at: datetime, id: UUID) -> Account:
    """A new password ends every session of the account; the page that asked keeps its own.
    The caller has checked the old password or the link, and that the new one is good enough."""
    write_password(account, password)
    return account


def write_password(account: Account, password: Secret) -> None:
    """Inside a change: the new password, and the end of every session."""
    account.set_password(password.text)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    Session.objects.filter(account=account).delete()


@change("account.signed_out_everywhere", says=gettext_lazy("{by} signed out everywhere else"))
def end_sessions(*, account: Account, keep: str, by: Actor, at: datetime, id: UUID) -> int:
    """End every session of the account but `keep` (a session row's key); how many."""
    return Session.objects.filter(account=account).exclude(session_key=keep).delete()[0]


@change("account.session_ended", says=gettext_lazy("{by} signed one browser out"))
def end_session(*, account: Account, key: str, by: Actor, at: datetime, id: UUID) -> None:
    """End one session of the account by its row's key; one that has ended already is no mistake."""
    Session.objects.filter(account=account, session_key=key).delete()
