"""API tokens: another system's key to one library's desk."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.accounts.derived import token_of
from simpul.accounts.models import ApiToken
from simpul.accounts.permissions import can_make_token, must_connect
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed
from simpul.core.secrets import fingerprint


@dataclass(frozen=True)
class MadeToken:
    """A token's row and the secret itself, shown once."""

    token: ApiToken
    secret: str


def make_token(*, name: str, library_id: UUID, by: Actor, at: datetime, id: UUID) -> MadeToken:
    """A key that records the day of one library. The same change gives the same key again. Raises NotAllowed."""
    return MadeToken(_make(name=name, library_id=library_id, by=by, at=at, id=id), token_of(id, "api"))


@change("token.made", says=gettext_lazy("{by} connected {result}"))
def _make(*, name: str, library_id: UUID, by: Actor, at: datetime, id: UUID) -> ApiToken:
    if not can_make_token(by, library_id):
        raise NotAllowed(_("Only the librarian of this library connects a system: it reads her members by name."))
    note(library=library_id)
    return ApiToken.objects.create(id=id, name=name.strip(), library_id=library_id, made_at=at,
                                   token_hash=fingerprint(token_of(id, "api")))


@change("token.revoked", says=gettext_lazy("{by} disconnected {token}"))
def revoke_token(*, token: ApiToken, by: Actor, at: datetime, id: UUID) -> ApiToken:
    """The key opens nothing from now on. Raises NotAllowed."""
    must_connect(by, token.library_id)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
    return token


def note_use(token: ApiToken, day: date) -> None:
    """Once a day, so that a librarian sees which connection is still alive."""
    if token.last_used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=day)
