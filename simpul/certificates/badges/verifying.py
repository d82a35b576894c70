"""Is this certificate what it says? Five answers, each with its reason."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from simpul.certificates.badges import jws
from simpul.certificates.badges.baking import credentials_in
from simpul.certificates.badges.keyfile import KeyFile, PublicKey
from simpul.certificates.badges.payload import STATUS, TYP, identity_hash

SLOW_CLOCK = timedelta(minutes=10)  # of a computer without internet


class State(StrEnum):
    VALID = "valid"
    REVOKED = "revoked"
    NOT_TRUSTED = "not_trusted"
    TAMPERED = "tampered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """`reason` is a code; `facts` what the credential says, filled once its signature holds. `is_name_right` is None
    where nobody asked. `is_list_older`: the revocations were written before the certificate was issued."""

    state: State
    reason: str
    at: datetime | None = None  # revoked, withdrawn, retired, expired: since when
    revocation: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    is_name_right: bool | None = None
    is_list_older: bool = False


def verify(content: bytes, keys: KeyFile, *, now: datetime, name: str = "") -> Verdict:
    """Judge a .jwt, a baked PNG or a PDF with the credential attached. `name`: compare with the name it was made for."""
    found = credentials_in(content)
    if not found:
        return Verdict(State.UNKNOWN, "no_credential")
    if len(found) > 1:
        return Verdict(State.TAMPERED, "several")
    return verify_token(found[0], keys, now=now, name=name)


def verify_token(token: str, keys: KeyFile, *, now: datetime, name: str = "") -> Verdict:
    try:
        unproven = jws.read(token, typ=TYP)
    except jws.BadToken as error:
        return Verdict(State.UNKNOWN if error.code == "format" else State.TAMPERED,
                       "no_credential" if error.code == "format" else error.code)
    key = keys.keys.get(unproven.header["kid"])
    if key is None:
        return Verdict(State.NOT_TRUSTED, "unknown_key")
    try:
        payload = jws.verify(token, key.jwk())
    except (jws.BadToken, ValueError):
        return Verdict(State.TAMPERED, "signature")
    try:
        return _judge(payload, token, key, keys, now, name)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError):
        return Verdict(State.UNKNOWN, "other_form")  # signed by a known key, but no certificate


def _judge(payload: dict[str, Any], token: str, key: PublicKey, keys: KeyFile, now: datetime, name: str) -> Verdict:
    subject, valid_from = payload["credentialSubject"], datetime.fromisoformat(payload["validFrom"])
    if ("OpenBadgeCredential" not in payload["type"] or payload["id"] != payload["jti"]
            or payload["issuer"]["id"] != payload["iss"] or payload["nbf"] != int(valid_from.timestamp())
            or payload["credentialStatus"]["type"] != STATUS):
        return Verdict(State.UNKNOWN, "other_form")
    if payload["iss"] != key.issuer:
        return Verdict(State.NOT_TRUSTED, "other_issuer")
    told: dict[str, Any] = {
        "facts": _facts(payload, subject), "is_list_older": keys.dated < valid_from,
        "is_name_right": _is_named(subject, name) if name.strip() else None,
    }
    expires = _expiry(payload)
    if key.withdrawn_from and hashlib.sha256(token.encode()).hexdigest() not in key.known:
        return Verdict(State.NOT_TRUSTED, "withdrawn_key", at=key.withdrawn_from, **told)
    if key.retired_at and valid_from > key.retired_at + SLOW_CLOCK:
        return Verdict(State.NOT_TRUSTED, "retired_key", at=key.retired_at, **told)
    if valid_from > now + SLOW_CLOCK:
        return Verdict(State.NOT_TRUSTED, "future", at=valid_from, **told)
    if expires and expires <= now:
        return Verdict(State.NOT_TRUSTED, "expired", at=expires, **told)
    revoked = keys.revoked.get(payload["jti"])
    if revoked:
        return Verdict(State.REVOKED, "revoked", at=revoked.at, revocation=revoked.reason, **told)
    if told["is_name_right"] is False:
        return Verdict(State.NOT_TRUSTED, "other_name", **told)
    return Verdict(State.VALID, "valid", **told)


def _expiry(payload: dict[str, Any]) -> datetime | None:
    """The earlier of `exp` and `validUntil`, whichever is there."""
    ends = []
    if "exp" in payload:
        ends.append(datetime.fromtimestamp(payload["exp"], UTC))
    if "validUntil" in payload:
        ends.append(datetime.fromisoformat(payload["validUntil"]))
    return min(ends) if ends else None


def _is_named(subject: dict[str, Any], name: str) -> bool:
    """Is this the name it was made for? Capitals may differ, letters may not."""
    spellings = {name, name.upper(), name.title(), name.lower()}
    return any(one["identityType"] == "name" and one["identityHash"] == identity_hash(spelt, one["salt"])
               for one in subject["identifier"] for spelt in spellings)


def _facts(payload: dict[str, Any], subject: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": payload["jti"], "issuer": payload["issuer"]["name"], "title": subject["achievement"]["name"],
        "about": subject["achievement"]["description"], "number": subject["licenseNumber"],
        "jp": subject.get("creditsEarned", 0), "from": subject["activityStartDate"][:10],
        "until": subject["activityEndDate"][:10], "issued": payload["validFrom"],
        "criteria": subject["achievement"]["criteria"]["narrative"],
    }
