"""Sessions that know whose they are: for "where am I signed in" and "sign out everywhere".

Django's database sessions with two differences: the row carries the account, and its key is a hash of the cookie's.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from simpul.accounts.models import Session
from simpul.core.secrets import fingerprint


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(
            session_key=fingerprint(self.session_key or ""), expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

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
