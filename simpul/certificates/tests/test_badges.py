"""Credentials: made by the standard, refused whenever something about them is wrong."""

import base64
import hashlib
import hmac
import json
import zlib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc.jwk import OKPKey

from simpul.certificates.badges import jws, keyfile
from simpul.certificates.badges.baking import bake, credentials_in
from simpul.certificates.badges.keyfile import BadKeyFile, KeyFile, PublicKey, Revoked
from simpul.certificates.badges.payload import TYP, Earned, Issuer, claims, identity_hash
from simpul.certificates.badges.verifying import State, verify

NOW = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
ISSUER = Issuer("https://contoh.go.id/sertifikat/penerbit/", "Dinas Contoh", "https://contoh.go.id/daftar/")
KID = "https://contoh.go.id/sertifikat/penerbit/kunci/a/"
ID = UUID("0190a000-0000-7000-8000-000000000001")
KEY, OTHER = OKPKey.generate_key("Ed25519"), OKPKey.generate_key("Ed25519")


def x_of(key: OKPKey) -> str:
    return str(key.as_dict(private=False)["x"])


def payload(**changed: Any) -> dict[str, Any]:
    told = claims(issuer=ISSUER, id=ID, name="Siti Aminah", salt="garam", issued_at=NOW - timedelta(days=1), earned=Earned(
        achievement_id=ID, title="Pengelola", description="Bimtek", criteria="Hadir", type="CertificateOfCompletion",
        number="001/2024", jp=16, first_on=date(2024, 5, 20), last_on=date(2024, 5, 21)))
    return told | changed


def token(told: dict[str, Any] | None = None, key: OKPKey = KEY, kid: str = KID, typ: str = TYP) -> str:
    return jws.sign(told or payload(), key, kid=kid, typ=typ)


def keys(**given: Any) -> KeyFile:
    key = PublicKey(**({"kid": KID, "issuer": ISSUER.id, "x": x_of(KEY), "made_at": NOW - timedelta(days=30)} | given))
    return KeyFile(NOW, "Dinas Contoh", {KID: key}, {}, KID)


def judged(text: str, known: KeyFile | None = None, **given: Any) -> tuple[str, str]:
    verdict = verify(text.encode(), known or keys(), **({"now": NOW} | given))
    return verdict.state.value, verdict.reason


def b64(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def forged(header: dict[str, Any], signature: bytes = b"\x00" * 64) -> str:
    return f"{b64(header)}.{b64(payload())}.{b64(signature)}"


# --- made ------------------------------------------------------------------------------------------------

def test_the_payload_is_an_open_badge_with_the_claims_of_a_jwt() -> None:
    told = payload()
    assert told["@context"][:2] == ["https://www.w3.org/ns/credentials/v2",
                                    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
    assert told["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (told["iss"], told["jti"], told["sub"]) == (
        told["issuer"]["id"], told["id"], told["credentialSubject"]["id"])
    assert told["nbf"] == int(datetime.fromisoformat(told["validFrom"]).timestamp())
    assert told["credentialStatus"] == {"id": "https://contoh.go.id/daftar/", "type": "1EdTechRevocationList"}
    assert told["credentialSubject"]["achievement"]["criteria"] == {"narrative": "Hadir"}
    assert told["credentialSubject"]["creditsEarned"] == 16


def test_her_name_is_only_a_salted_hash() -> None:
    assert "Siti" not in json.dumps(payload())
    identity = payload()["credentialSubject"]["identifier"][0]
    assert identity["identityHash"] == "sha256$" + hashlib.sha256(b"Siti Aminahgaram").hexdigest()
    assert identity_hash("Siti  Aminah ", "garam") == identity["identityHash"]
    assert identity_hash("Siti Aminah", "lain") != identity["identityHash"]


def test_the_header_names_eddsa_and_the_key() -> None:
    assert jws.read(token(), typ=TYP).header == {"alg": "EdDSA", "kid": KID, "typ": "JWT"}


# --- judged ----------------------------------------------------------------------------------------------

def test_a_good_one_is_valid_and_says_what_it_is() -> None:
    verdict = verify(token().encode(), keys(), now=NOW)
    assert (verdict.state, verdict.reason) == (State.VALID, "valid")
    assert verdict.facts == {
        "id": f"urn:uuid:{ID}", "issuer": "Dinas Contoh", "title": "Pengelola", "about": "Bimtek", "number": "001/2024",
        "jp": 16, "from": "2024-05-20", "until": "2024-05-21", "issued": "2026-03-09T03:00:00Z", "criteria": "Hadir"}


def test_no_algorithm_but_eddsa_is_taken() -> None:
    header = {"alg": "HS256", "kid": KID, "typ": "JWT"}
    signed = f"{b64(header)}.{b64(payload())}".encode()
    for secret in (x_of(KEY).encode(), base64.urlsafe_b64decode(x_of(KEY) + "="), json.dumps(KEY.as_dict(private=False)).encode(),
                   KEY.as_pem(private=False)):
        mac = hmac.new(secret, signed, hashlib.sha256).digest()
        assert judged(f"{signed.decode()}.{b64(mac)}") == ("tampered", "algorithm")
    for alg in ("none", "None", "", "RS256", "ES256", "eddsa", "Ed25519", None, ["EdDSA"], {"a": 1}):
        assert judged(forged(header | {"alg": alg})) == ("tampered", "algorithm")
    assert judged(f"{b64({'alg': 'EdDSA', 'kid': KID, 'typ': 'JWT'})}.{b64(payload())}.") == ("tampered", "algorithm")


def test_a_wrong_type_or_a_critical_header_is_refused() -> None:
    for typ in ("vc+jwt", "jwt", "", "simpul-keys+jwt"):
        assert judged(token(typ=typ)) == ("tampered", "type")
    for more in ({"crit": ["b64"], "b64": False}, {"kid": None}, {"kid": [KID]}):
        assert judged(forged({"alg": "EdDSA", "kid": KID, "typ": "JWT"} | more)) == ("tampered", "type")


def test_a_key_that_is_not_in_the_file_is_not_trusted_whatever_it_brings_along() -> None:
    assert judged(token(kid="https://lain.id/kunci/")) == ("not_trusted", "unknown_key")
    header = {"alg": "EdDSA", "kid": KID, "typ": "JWT", "jwk": OTHER.as_dict(private=False), "jku": "https://lain.id/"}
    body = f"{b64(header)}.{b64(payload())}"
    assert judged(forged(header, OTHER.private_key.sign(body.encode()))) == ("tampered", "signature")  # type: ignore[union-attr]


def test_another_keys_signature_does_not_fit() -> None:
    assert judged(token(key=OTHER)) == ("tampered", "signature")


def test_an_altered_payload_shows() -> None:
    head, _body, signature = token().split(".")
    changed = payload()
    changed["credentialSubject"]["creditsEarned"] = 160
    assert judged(f"{head}.{b64(changed)}.{signature}") == ("tampered", "signature")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_byte_can_be_changed(place: int, by: int) -> None:
    raw = bytearray(token().encode())
    raw[place % len(raw)] ^= by
    verdict = verify(bytes(raw), keys(), now=NOW)
    # base64 of 64 bytes leaves four bits of the last character unused
    assert verdict.state != State.VALID or place % len(raw) == len(raw) - 1


def test_an_expired_one_and_one_of_the_future_are_not_trusted() -> None:
    yesterday, tomorrow = NOW - timedelta(days=1), NOW + timedelta(days=1)
    assert judged(token(payload(exp=int(yesterday.timestamp())))) == ("not_trusted", "expired")
    assert judged(token(payload(validUntil="2026-03-10T02:59:59Z"))) == ("not_trusted", "expired")
    assert judged(token(payload(exp=int(tomorrow.timestamp())))) == ("valid", "valid")
    later = payload(validFrom=tomorrow.strftime("%Y-%m-%dT%H:%M:%SZ"), nbf=int(tomorrow.timestamp()))
    assert judged(token(later)) == ("not_trusted", "future")


def test_claims_that_contradict_the_credential_are_no_certificate() -> None:
    for wrong in ({"jti": "urn:uuid:x"}, {"iss": "https://lain.id/"}, {"nbf": 1}, {"nbf": "1"},
                  {"type": ["VerifiableCredential"]},
                  {"credentialStatus": {"id": "x", "type": "BitstringStatusListEntry"}},
                  {"credentialSubject": []},
                  {"credentialSubject": {"identifier": "x"}}, {"validFrom": "gestern"}, {"exp": "immer"}, {"exp": 10**20}):
        assert judged(token(payload(**wrong))) == ("unknown", "other_form")


def test_a_known_key_does_not_speak_for_another_issuer() -> None:
    assert judged(token(), keys(issuer="https://kota-lain.go.id/")) == ("not_trusted", "other_issuer")


def test_a_retired_key_stays_good_for_what_it_signed() -> None:
    assert judged(token(), keys(retired_at=NOW)) == ("valid", "valid")
    assert judged(token(), keys(retired_at=NOW - timedelta(days=2))) == ("not_trusted", "retired_key")


def test_a_withdrawn_key_is_trusted_for_known_credentials_only_whatever_their_date() -> None:
    ours = token()
    backdated = token(payload(validFrom="2024-05-21T00:00:00Z", nbf=1716249600))
    known = keys(withdrawn_from=NOW, retired_at=NOW, known=frozenset({hashlib.sha256(ours.encode()).hexdigest()}))
    assert judged(ours, known) == ("valid", "valid")
    assert judged(backdated, known) == ("not_trusted", "withdrawn_key")


def test_a_revoked_one_says_since_when_and_why() -> None:
    known = KeyFile(NOW, "D", keys().keys, {f"urn:uuid:{ID}": Revoked(NOW, "unearned")}, KID)
    verdict = verify(token().encode(), known, now=NOW)
    assert (verdict.state, verdict.at, verdict.revocation) == (State.REVOKED, NOW, "unearned")


def test_a_list_older_than_the_certificate_says_so() -> None:
    old = KeyFile(NOW - timedelta(days=9), "D", keys().keys, {}, KID)
    verdict = verify(token().encode(), old, now=NOW)
    assert (verdict.state, verdict.is_list_older) == (State.VALID, True)


def test_the_name_can_be_compared() -> None:
    for name, right in (("Siti Aminah", True), ("SITI AMINAH", False), (" siti  aminah", True), ("Siti Aminahh", False)):
        verdict = verify(token().encode(), keys(), now=NOW, name=name)
        assert verdict.is_name_right is (right or name.title() == "Siti Aminah")
        assert verdict.state == (State.VALID if verdict.is_name_right else State.NOT_TRUSTED)


@pytest.mark.parametrize("junk", [b"", b"halo", b"a.b.c", b"..", b"\xff" * 99, b"%PDF-1.7 kosong", b"\x89PNG\r\n\x1a\n",
                                  b"{}", b"x" * 300_000, b"W10.W10.W10", b"bnVsbA.bnVsbA.AA"])
def test_what_is_no_credential_is_unknown(junk: bytes) -> None:
    verdict = verify(junk, keys(), now=NOW)
    assert (verdict.state, verdict.reason) == (State.UNKNOWN, "no_credential")


def test_deeply_nested_json_is_no_credential() -> None:
    deep = base64.urlsafe_b64encode(b"[" * 40_000).rstrip(b"=").decode()
    assert judged(f"{deep}.{deep}.AA") == ("unknown", "no_credential")


# --- files -----------------------------------------------------------------------------------------------

def a_png() -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def test_a_baked_picture_holds_the_credential_in_the_standards_chunk_and_is_still_a_picture() -> None:
    from io import BytesIO

    from PIL import Image

    baked = bake(a_png(), token())
    assert b"iTXtopenbadgecredential\x00\x00\x00\x00\x00" + token().encode() in baked
    picture = Image.open(BytesIO(baked))
    picture.load()
    assert picture.text["openbadgecredential"] == token()  # type: ignore[attr-defined]
    assert judged_file(baked) == ("valid", "valid")


def judged_file(content: bytes) -> tuple[str, str]:
    verdict = verify(content, keys(), now=NOW)
    return verdict.state.value, verdict.reason


def test_baking_again_takes_the_place_of_the_first() -> None:
    assert credentials_in(bake(bake(a_png(), "a.b.c"), token())) == [token()]
    with pytest.raises(ValueError, match="PNG"):
        bake(b"halo", token())


def test_two_credentials_in_one_file_are_one_too_many() -> None:
    baked = bake(a_png(), token())
    place = baked.index(b"iTXt") - 4
    length = int.from_bytes(baked[place:place + 4], "big") + 12
    other = bake(a_png(), "a.b.c")
    start = other.index(b"iTXt") - 4
    both = baked[:place + length] + other[start:]
    assert judged_file(both) == ("tampered", "several")


def test_a_compressed_chunk_and_a_bomb_are_not_read() -> None:
    body = b"openbadgecredential\x00\x01\x00\x00\x00" + zlib.compress(token().encode())
    png = a_png()
    chunk = len(body).to_bytes(4, "big") + b"iTXt" + body + zlib.crc32(b"iTXt" + body).to_bytes(4, "big")
    assert judged_file(png[:-12] + chunk + png[-12:]) == ("unknown", "no_credential")
    bomb = zlib.compress(b"a" * 50_000_000)
    pdf = b"%PDF-1.7\n<</Type/EmbeddedFile/Filter/FlateDecode>>stream\n" + bomb + b"\nendstream"
    assert judged_file(pdf) == ("unknown", "no_credential")


# --- key files -------------------------------------------------------------------------------------------

def a_file(told: KeyFile | None = None, key: OKPKey = KEY) -> bytes:
    return keyfile.write(told or keys(), key, KID).encode()


def test_a_key_file_is_read_as_it_was_written() -> None:
    told = KeyFile(NOW, "Dinas", {KID: PublicKey(KID, ISSUER.id, x_of(KEY), NOW, None, None),
                                  "b": PublicKey("b", ISSUER.id, x_of(OTHER), NOW, NOW, NOW, frozenset({"aa", "bb"}))},
                   {"urn:uuid:1": Revoked(NOW, "error")}, KID)
    assert keyfile.read(a_file(told)) == told
    assert len(keyfile.read(a_file(told)).fingerprint.split()) == 8


def test_an_altered_key_file_is_refused() -> None:
    text = json.loads(a_file())
    head, body, signature = text["signed"].split(".")
    changed = json.loads(base64.urlsafe_b64decode(body + "=="))
    changed["revoked"] = [{"id": "x", "at": NOW.isoformat(), "reason": "error"}]
    for signed, code in ((f"{head}.{b64(changed)}.{signature}", "signature"), (f"{head}.{body}", "format"),
                         (token(), "format"), (f"{b64({'alg': 'none', 'kid': KID, 'typ': keyfile.TYP})}.{body}.", "signature")):
        with pytest.raises(BadKeyFile) as refused:
            keyfile.read(json.dumps({"signed": signed}).encode())
        assert refused.value.code == code
    with pytest.raises(BadKeyFile) as refused:
        keyfile.read(a_file(key=OTHER))
    assert refused.value.code == "signature"


def test_a_key_file_signed_by_a_withdrawn_key_is_refused() -> None:
    with pytest.raises(BadKeyFile) as refused:
        keyfile.read(a_file(keys(withdrawn_from=NOW)))
    assert refused.value.code == "key"


@pytest.mark.parametrize("junk", [b"", b"{}", b"[]", b"null", b'{"signed": 1}', b'{"signed": "a.b.c"}', b"\xff\xfe",
                                  b'{"signed": {"a": 1}}', b"[" * 99_999])
def test_junk_is_no_key_file(junk: bytes) -> None:
    with pytest.raises(BadKeyFile):
        keyfile.read(junk)


def test_a_credential_is_verified_in_a_few_milliseconds() -> None:
    import time

    many = KeyFile(NOW, "D", keys().keys, {f"urn:uuid:{n}": Revoked(NOW, "error") for n in range(3000)}, KID)
    text, one = a_file(many), token().encode()
    took = []
    for _n in range(3):
        started = time.process_time()
        assert verify(one, keyfile.read(text), now=NOW).state == State.VALID
        took.append(time.process_time() - started)
    assert min(took) < 0.05


