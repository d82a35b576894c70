"""Signing in: the same answer in the same time for known and unknown names, and slower for who guesses."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from simpul.accounts import throttle
from simpul.accounts.browsers import Browser
from simpul.accounts.models import Account
from simpul.accounts.passwords import Busy, hashing_turn
from simpul.core.refusal import Refusal


class CannotSignIn(Refusal):
    """Name and password do not belong together; says no more."""

    code = "cannot_sign_in"


def check_sign_in(*, name: str, password: str, browser: Browser, is_this_machine: bool, at: datetime) -> Account:
    """The account of `name` (phone number or e-mail) and `password`.

    Raises CannotSignIn, throttle.Locked or Busy. What only the owner of the password may learn (the account was
    closed, it is for demonstration) is said only once the password was right.
    """
    account = Account.objects.identified_by(name)
    keys = throttle.keys_for(name, account.pk if account else None, browser)
    throttle.claim(keys, at)
    try:
        with hashing_turn():
            if account is None:
                make_password(password)
                is_right = False
            else:
                is_right = account.check_password(password)
    except Busy:
        throttle.forgive(keys)
        raise
    if account is None or not is_right:
        raise CannotSignIn(_("That does not match. Check the number or e-mail and the password. "
                             "Forgotten it? Ask the head of your library or the city coordinator for a new link."))
    throttle.forgive(keys)
    if not account.is_active:
        raise CannotSignIn(_("This account is closed. Ask the city coordinator to open it again."))
    if account.is_demonstration and not is_this_machine:
        raise CannotSignIn(_("Demonstration accounts work only on the machine that Simpul runs on."))
    return account
