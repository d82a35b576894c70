"""What a credential says: Open Badges 3.0 (1EdTech), Verifiable Credentials 2.0 (W3C), as the claims of a JWT.

Least data: the recipient is known by the salted hash of her name as printed, nothing else about her goes in. Whoever
knows the name can compare it; whoever finds the file cannot read it off.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

TYP = "JWT"  # OB 3.0, 8.2.4.1: "if present, MUST be JWT"
STATUS = "1EdTechRevocationList"
CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]


@dataclass(frozen=True)
class Issuer:
    """Who vouches: `id` is a URI (the profile's address, or urn:uuid where the node has no public name), `revocations`
    the URI of its list."""

    id: str
    name: str
    revocations: str


@dataclass(frozen=True)
class Earned:
    """What was earned. `achievement_id` is the same for all who earned the same; `type` is of the standard's list
    or ""."""

    achievement_id: UUID
    title: str
    description: str
    criteria: str
    type: str
    number: str
    jp: int
    first_on: date
    last_on: date


def identity_hash(name: str, salt: str) -> str:
    """OB 3.0 IdentityHash: sha256$ and the hex digest of the identity followed by the salt."""
    return "sha256$" + hashlib.sha256((" ".join(name.split()) + salt).encode()).hexdigest()


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def claims(*, issuer: Issuer, id: UUID, name: str, salt: str, earned: Earned, issued_at: datetime) -> dict[str, Any]:
    """The payload of the JWT: the credential itself with iss, jti, nbf and sub beside it, as OB 3.0 asks."""
    uri, subject = f"urn:uuid:{id}", f"urn:uuid:{uuid5(id, 'subject')}"
    achievement: dict[str, Any] = {
        "id": f"urn:uuid:{earned.achievement_id}", "type": ["Achievement"], "name": earned.title,
        "description": earned.description, "criteria": {"narrative": earned.criteria},
    }
    if earned.type:
        achievement["achievementType"] = earned.type
    about: dict[str, Any] = {
        "id": subject, "type": ["AchievementSubject"], "achievement": achievement, "licenseNumber": earned.number,
        "identifier": [{"type": "IdentityObject", "hashed": True, "identityType": "name", "salt": salt,
                        "identityHash": identity_hash(name, salt)}],
        "activityStartDate": f"{earned.first_on}T00:00:00Z", "activityEndDate": f"{earned.last_on}T00:00:00Z",
    }
    if earned.jp:
        about["creditsEarned"] = earned.jp
    return {
        "@context": CONTEXT, "id": uri, "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": earned.title, "issuer": {"id": issuer.id, "type": ["Profile"], "name": issuer.name},
        "validFrom": moment(issued_at), "credentialSubject": about,
        "credentialStatus": {"id": issuer.revocations, "type": STATUS},
        "iss": issuer.id, "jti": uri, "nbf": int(issued_at.timestamp()), "sub": subject,
    }
