"""Sessions that know whose they are: for "where am I signed in" and "sign out everywhere".

Django's database sessions with two differences: the row carries the account, and its key is a hash of the cookie's.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from simpul.accounts.models import Account, Session
from simpul.core.prepared import Prepared
from simpul.core.secrets import fingerprint

#: a living session and its account in one question, at every page
_living: Prepared[Session] = Prepared(
    lambda key, now: Session.objects.select_related("account").filter(session_key=key, expire_date__gt=now))


class SessionStore(DatabaseStore):
    _account: Account | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = _living.first(key=fingerprint(self.session_key or ""), now=timezone.now())
        if found is None:
            self._session_key = None
        self._account = found.account if found else None
        return found

    def account_signed_in(self) -> Account | None:
        """The account that came with the session's row, if Django's own check of a session lets it in without a
        doubt: named in the session, active, its password not changed since. None says nothing: then ask Django."""
        account = self._account if self.get(SESSION_KEY) else None
        if (account is None or self[SESSION_KEY] != str(account.pk) or not account.is_active
                or self.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS):
            return None
        is_same = constant_time_compare(self.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash())
        return account if is_same else None

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=fingerprint(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        return Session(
            session_key=fingerprint(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            account_id=data.get(SESSION_KEY),
            browser=data.get("browser", ""),
            began_at=data.get("began_at"),
            seen_on=data.get("seen_on"),
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=fingerprint(key)).delete()

    @property
    def row_key(self) -> str:
        """The primary key of this session's row."""
        return fingerprint(self.session_key) if self.session_key else ""
