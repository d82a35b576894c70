"""How another system proves itself to the API: `Authorization: Bearer <token>`."""

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from simpul.accounts.actions.tokens import note_use
from simpul.accounts.models import ApiToken
from simpul.core import clock
from simpul.core.prepared import Prepared
from simpul.core.secrets import fingerprint
from simpul.libraries.queries import actor_of_token

_valid: Prepared[ApiToken] = Prepared(lambda key: ApiToken.objects.valid().filter(token_hash=key))


class BearerToken(HttpBearer):
    """Sets `request.actor` to the system of the token; without a valid token the API answers 401.

        router = Router(auth=BearerToken())
    """

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        found = _valid.first(key=fingerprint(token))
        if found is not None:
            note_use(found, clock.local_date(clock.now(), settings.TIME_ZONE))
            request.actor = actor_of_token(found)  # type: ignore[attr-defined]
        return found
