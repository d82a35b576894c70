"""A small honest phone in Python: keys, chain, events, outbox, receipts. Tests, benchmarks and the demonstration use it.

    phone = PhoneInTests.paired(client, code)         # over HTTP, any object with .request(...) as Django's test client
    phone.record("visit.recorded", sex="P", age_group="6-12")
    receipts = phone.send()                           # gzip, in the words of docs/sync-protocol.md
"""

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from simpul.core.ids import new_id

WIB = timezone(timedelta(hours=7))
RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class Key:
    """A key pair as a browser makes it."""

    def __init__(self, algorithm: str = "Ed25519") -> None:
        self.algorithm = algorithm
        self._private = Ed25519PrivateKey.generate() if algorithm == "Ed25519" else ec.generate_private_key(ec.SECP256R1())

    @property
    def public(self) -> str:
        key = self._private.public_key()
        if isinstance(self._private, Ed25519PrivateKey):
            return b64(key.public_bytes(*RAW))
        return b64(key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint))

    def sign(self, text: str) -> str:
        if isinstance(self._private, Ed25519PrivateKey):
            return b64(self._private.sign(text.encode()))
        r, s = decode_dss_signature(self._private.sign(text.encode(), ec.ECDSA(SHA256())))
        return b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


@dataclass
class PhoneInTests:
    """`clock` is what the phone believes; `offset_ms` what it measured (node minus phone; None: never)."""

    key: Key
    device: UUID | str
    library: UUID | str
    account: UUID | str | None = None
    client: Any = None
    clock: datetime = field(default_factory=lambda: datetime.now(WIB))
    offset_ms: int | None = 0
    error_ms: int | None = 200
    seq: int = 0
    prev: str = ""
    nonce: str = ""
    outbox: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def paired(cls, client: Any, code: str, *, algorithm: str = "Ed25519", **given: Any) -> "PhoneInTests":
        key = Key(algorithm)
        told = client.post("/api/sync/pair", data=json.dumps({
            "code": code, "algorithm": algorithm, "public_key": key.public, "app": "1.0.0"}),
            content_type="application/json").json()
        return cls(key=key, device=told["device"], library=told["library"]["id"], account=told["account"], client=client,
                   nonce=told["nonce"], **given)

    def event(self, kind: str, *, schema: int = 1, id: UUID | None = None, **payload: Any) -> dict[str, str]:
        """The next event of the chain, signed; it is not put into the outbox."""
        self.seq += 1
        text = json.dumps({
            "v": 1, "id": str(id or new_id()), "device": str(self.device), "seq": self.seq, "prev": self.prev,
            "actor": str(self.account) if self.account else None, "library": str(self.library), "kind": kind,
            "schema": schema, "occurred_at": self.clock.isoformat(timespec="milliseconds"), "clock_offset_ms": self.offset_ms,
            "clock_error_ms": self.error_ms, "app": "1.0.0", "payload": payload},
            sort_keys=True, separators=(",", ":"), ensure_ascii=False,
        ).encode("utf-8", "backslashreplace").decode()  # half a character is escaped, as browsers do
        self.prev = hashlib.sha256(text.encode()).hexdigest()
        return {"event": text, "sig": self.key.sign(text)}

    def record(self, kind: str, **payload: Any) -> dict[str, str]:
        event = self.event(kind, **payload)
        self.outbox.append(event)
        return event

    def visit(self, sex: str = "P", age_group: str = "6-12", **more: Any) -> dict[str, str]:
        return self.record("visit.recorded", **{"sex": sex, "age_group": age_group, "card": "", "purpose": "read",
                                                "used_ict": False} | more)

    def wait(self, **by: float) -> None:
        self.clock += timedelta(**by)

    def greet(self) -> None:
        """Ask for a nonce of this moment."""
        self.nonce = self.client.get("/api/sync/hello").json()["nonce"]

    def authorization(self, method: str, path: str) -> str:
        return f"Simpul {self.device}.{self.nonce}.{self.key.sign(f'{method}{chr(10)}{path}{chr(10)}{self.nonce}')}"

    def get(self, path: str) -> Any:
        """A signed GET; the nonce of the answer is kept."""
        answer = self.client.get(path, headers={"Authorization": self.authorization("GET", path)})
        self.nonce = answer.json().get("nonce", self.nonce)
        return answer

    def post(self, events: list[dict[str, str]], *, is_signed: bool = False, **body: Any) -> Any:
        """POST these events, as they are, packed; the answer."""
        content = gzip.compress(json.dumps({"events": events, **body}).encode(), compresslevel=6)
        headers = {"Content-Encoding": "gzip"}
        if is_signed:
            headers["Authorization"] = self.authorization("POST", "/api/sync/events")
        return self.client.post("/api/sync/events", data=content, content_type="application/json", headers=headers)

    def send(self, *, at_once: int = 500, **body: Any) -> list[dict[str, Any]]:
        """Send what waits; what has a receipt is forgotten. The receipts, in order."""
        receipts: list[dict[str, Any]] = []
        while self.outbox:
            receipts += self.send_some(at_once, **body)
        return receipts

    def send_some(self, n: int, **body: Any) -> list[dict[str, Any]]:
        """One request with the first n that wait."""
        answer = self.post(self.outbox[:n], **body)
        told: dict[str, Any] = answer.json()
        assert answer.status_code == 200, told
        del self.outbox[:n]
        return list(told["receipts"])
