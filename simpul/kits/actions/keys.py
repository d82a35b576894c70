"""Whose kits are taken."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.certificates.badges import jws
from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.kits.actions.refusals import must_keep, refused
from simpul.kits.models import TrustedKey
from simpul.kits.queries import is_withdrawn


@change("kit_key.trusted", says=_("{by} trusts kits signed by {result}"))
def trust_key(*, x: str, name: str, by: Actor, at: datetime, id: UUID) -> TrustedKey:
    """Kits signed by this key are taken from now on. Raises NotAllowed, KitRefused("withdrawn_key" or "signature")."""
    must_keep(by)
    if is_withdrawn(x):
        raise refused("withdrawn_key", field=None)
    try:
        jws.public_key(x)
    except ValueError:
        raise refused("signature", field=None) from None
    row = TrustedKey.objects.select_for_update().filter(x=x).first() or TrustedKey(id=derived_id(id, "key"), x=x)
    row.name, row.trusted_at, row.ended_at = name[:160], at, None
    row.save()
    return row


@change("kit_key.distrusted", says=_("{by} no longer trusts kits signed by {key}"))
def distrust_key(*, key: TrustedKey, by: Actor, at: datetime, id: UUID) -> TrustedKey:
    """New kits of this key are refused; what is installed stays."""
    must_keep(by)
    key.ended_at = at
    key.save(update_fields=["ended_at"])
    return key
