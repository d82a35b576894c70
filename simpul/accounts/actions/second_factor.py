"""The second factor: an authenticator app, and ten backup codes for the day the phone is lost."""

from base64 import b32encode
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.models import Device as Factor
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from simpul.accounts.derived import code_of, typed_code
from simpul.accounts.models import Account, Session
from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.core.refusal import Refusal

HOW_MANY_CODES = 10
CODE_LENGTH = 10


class WrongCode(Refusal):
    """The code is not right, was used already, or comes too soon after a wrong one."""

    code = "wrong_code"


def is_set_up(account: Account) -> bool:
    return TOTPDevice.objects.filter(user=account, confirmed=True).exists()


def begin_set_up(account: Account) -> TOTPDevice:
    """The authenticator that waits for its first code; made where there is none. Its key is for her eyes only."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        waiting = TOTPDevice.objects.filter(user=account, confirmed=False).first()
        return waiting or TOTPDevice.objects.create(user=account, name="app", confirmed=False)


def check_code(account: Account, typed: str, *, confirmed: bool = True) -> Factor | None:
    """The factor that this code proves, or None. A code works once; django-otp makes guesses wait longer each time."""
    code = typed_code(typed)
    with transaction.atomic():
        kind = TOTPDevice if code.isdigit() and len(code) == 6 else StaticDevice
        factor = kind.objects.select_for_update().filter(user=account, confirmed=confirmed).first()
        if factor is None:
            return None
        given = code if isinstance(factor, TOTPDevice) else kept_form(account, code)
        return factor if factor.verify_token(given) else None


def kept_form(account: Account, code: str) -> str:
    """What is kept of a backup code: a keyed hash, so that the database alone gives none away (django-otp's column
    holds 16 characters)."""
    return salted_hmac("simpul.accounts.backup", f"{account.pk}{code}", algorithm="sha256").hexdigest()[:16]


@change("second_factor.set_up", says=gettext_lazy("{by} set up the second step"))
def confirm_set_up(*, account: Account, code: str, keep: str, by: Actor, at: datetime, id: UUID) -> None:
    """Take the authenticator into use. Every other session of the account ends (`keep`: the row key of this one),
    because whoever sits there has never shown a code. Raises WrongCode."""
    if is_set_up(account):
        raise WrongCode(_("The second step is already set up."), field="code")
    factor = check_code(account, code, confirmed=False)
    if factor is None:
        # the guess is counted by django-otp in a savepoint that this refusal would roll back: harmless, since
        # nobody gains by guessing the code of a key she was just shown
        raise WrongCode(_("That code is not right. Type the six digits that the app shows now."), field="code")
    factor.confirmed = True
    factor.save(update_fields=["confirmed"])
    Session.objects.filter(account=account).exclude(session_key=keep).delete()


@change("second_factor.codes_made", says=gettext_lazy("{by} made new backup codes"))
def _replace_codes(*, account: Account, by: Actor, at: datetime, id: UUID) -> None:
    Account.objects.select_for_update().get(pk=account.pk)
    StaticDevice.objects.filter(user=account).delete()
    factor = StaticDevice.objects.create(user=account, name="backup", confirmed=True)
    StaticToken.objects.bulk_create(
        [StaticToken(device=factor, token=kept_form(account, code)) for code in _codes_of(id)])


def make_backup_codes(*, account: Account, by: Actor, at: datetime, id: UUID) -> list[str]:
    """Ten new codes, to be shown once; the old ones stop working. The same change gives the same codes again."""
    _replace_codes(account=account, by=by, at=at, id=id)
    return _codes_of(id)


def _codes_of(id: UUID) -> list[str]:
    return [code_of(derived_id(id, f"code {n}"), "backup", CODE_LENGTH) for n in range(HOW_MANY_CODES)]


@change("second_factor.removed", says=gettext_lazy("{by} removed the second step of {account}"))
def remove(*, account: Account, by: Actor, at: datetime, id: UUID) -> None:
    """Take authenticator and backup codes away. The caller has checked the password or the right to do so."""
    take_away(account)


def take_away(account: Account) -> None:
    """Inside a change: authenticator and backup codes are gone."""
    TOTPDevice.objects.filter(user=account).delete()
    StaticDevice.objects.filter(user=account).delete()


def authenticator(account: Account) -> TOTPDevice | None:
    """The authenticator in use."""
    return TOTPDevice.objects.filter(user=account, confirmed=True).first()


def codes_left(account: Account) -> int:
    """How many backup codes still work."""
    return StaticToken.objects.filter(device__user=account).count()


def readable_key(waiting: TOTPDevice) -> str:
    """The key to type into an app that cannot scan, in groups of four."""
    text = b32encode(waiting.bin_key).decode().rstrip("=")
    return " ".join(text[n:n + 4] for n in range(0, len(text), 4))
