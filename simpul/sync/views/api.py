"""Under /api/sync/: what phones say and are told. No session and no cookie: each event proves itself, and a phone proves
itself by signing a nonce of the node."""

import json
import re
import zlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.request import UnreadablePostError
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from simpul.accounts.throttle import Locked
from simpul.core import clock
from simpul.core.ids import new_id
from simpul.core.refusal import Refusal
from simpul.sync.actions import (
    Delivered,
    NotThatPhoto,
    Receipt,
    TooManyStrangers,
    UnknownEvent,
    WrongCode,
    leave,
    note_contact,
    pair_phone,
    receive,
    receive_photo,
)
from simpul.sync.actions.receiving import receipt_of
from simpul.sync.envelope import LONGEST
from simpul.sync.models import Phone
from simpul.sync.nonces import is_fresh, new_nonce
from simpul.sync.permissions import actor_of_phone
from simpul.sync.queries.snapshot import may_read, snapshot_of
from simpul.sync.signing import is_signed, key_of

MOST_EVENTS = 500
MOST_BYTES = 1024 * 1024     # unpacked
MOST_PHOTO = 2 * 1024 * 1024
REQUESTS_PER_MINUTE = 300    # of one address: a village behind one line has a dozen phones
CODES_PER_MINUTE = 20
View = Callable[..., HttpResponse]


class Unreadable(ValueError):
    """The body is broken or too big: nothing of it was read."""


def for_phones(*methods: str, limit: int = REQUESTS_PER_MINUTE) -> Callable[[View], View]:
    """A view without CSRF (it takes no cookie), with a limit an address, whose answers nobody keeps."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def page(request: HttpRequest, **rest: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if import_string(settings.REQUEST_COUNTER)(request, view.__name__, limit):
                answer = told(429, code="too_many_requests", says=_("Too many at once. It goes on by itself in a minute."))
                answer["Retry-After"] = "60"
                return _short(answer)
            answer = view(request, **rest)
            answer["Cache-Control"] = "no-store"
            return _short(answer)

        return page

    return decorate


def _short(answer: HttpResponse) -> HttpResponse:
    """Without the headers that protect pages: JSON is neither shown nor framed, and each answer travels by the kilobyte
    that somebody pays."""
    answer._csp_exempt = answer.xframe_options_exempt = True  # type: ignore[attr-defined]
    return answer


def told(status: int = 200, **values: Any) -> JsonResponse:
    """An answer with the moment of the node and the next nonce."""
    at = clock.now()
    return JsonResponse({"now": moment(at), "nonce": new_nonce(at), **values}, status=status)


def moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds") if at is not None else None


@for_phones("GET")
def hello(request: HttpRequest) -> HttpResponse:
    return told()


@for_phones("POST", limit=CODES_PER_MINUTE)
def pair(request: HttpRequest) -> HttpResponse:
    try:
        body = json.loads(_body(request, 10_000))
        values = {name: str(body.get(name, "")) for name in ("code", "algorithm", "public_key", "app")}
    except (ValueError, AttributeError, RecursionError):
        return told(400, code="broken", says=_("This could not be read. Scan the code again."))
    try:
        phone = pair_phone(**values, at=clock.now(), id=new_id())
    except Locked as locked:
        return told(429, code=locked.code, says=str(locked))
    except WrongCode as wrong:
        return told(400, code=wrong.code, says=str(wrong))
    phone = Phone.objects.select_related("library", "account").get(pk=phone.pk)
    library, account = phone.library, phone.account
    return told(
        device=str(phone.pk), name=phone.name, account=str(phone.account_id) if account else None,
        account_name=account.name if account else "", expires_at=moment(phone.expires_at),
        library={"id": str(library.pk), "code": library.code, "name": library.name, "time_zone": library.time_zone})


@for_phones("POST")
def events(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    try:
        given, sent_at = _events_of(_body(request, MOST_BYTES))
    except Unreadable as why:
        return told(400, code="broken", says=str(why))
    phone = signed_by(request, at)
    if phone is None and request.headers.get("Authorization") and not is_fresh(_authorization(request)[1], at):
        return told(401, code="nonce")
    with _language_of(phone or _first_phone(given)):
        try:
            receipts = receive(given, at=at, delivery_offset=at - sent_at if sent_at else None)
        except TooManyStrangers as flood:
            return told(429, code=flood.code, says=str(flood))
        if phone is not None:
            phone.refresh_from_db()
            note_contact(phone, at, _app_of(given))
        return told(expires_at=moment(phone.expires_at) if phone else None, receipts=[as_json(one) for one in receipts])


def as_json(receipt: Receipt) -> dict[str, Any]:
    return {"id": receipt.id, "device": receipt.device, "seq": receipt.seq, "state": receipt.state,
            "reason": receipt.reason, "says": receipt.says, "at": moment(receipt.at)}


@for_phones("PUT")
def photo(request: HttpRequest, sha256: str) -> HttpResponse:
    try:
        event_id, content = UUID(request.GET.get("event", "")), _body(request, MOST_PHOTO)
    except ValueError:
        return told(400, code="broken", says=_("This could not be read. It is sent again by itself."))
    try:
        event = receive_photo(event_id=event_id, sha256=sha256, content=content, at=clock.now())
    except UnknownEvent as unknown:
        return told(404, code=unknown.code, says=str(unknown))
    except NotThatPhoto as wrong:
        return told(409, code=wrong.code, says=str(wrong))
    except Refusal as refusal:
        return told(400, code=refusal.code, says=str(refusal))
    with _language_of(event.phone):
        return told(receipt=as_json(receipt_of(event)))


@for_phones("GET")
def snapshot(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    phone = signed_by(request, at)
    if phone is None:
        return _unsigned(request, at)
    with _language_of(phone):
        if phone.revoked_at is not None:
            return told(410, code="revoked", says=_("This phone no longer records for the library."))
        if not may_read(phone, at):
            return told(403, code="expired", says=_("Ask the librarian to prolong this phone. Recording goes on."))
        note_contact(phone, at)
        found = snapshot_of(phone.library, at, have=_have(request.GET.get("have", "")))
        return told(expires_at=moment(phone.expires_at), size=found.size, tags=found.tags,
                    parts={name: {"tag": part.tag, "data": part.data} for name, part in found.changed.items()})


@for_phones("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    phone = signed_by(request, at)
    if phone is None:
        return _unsigned(request, at)
    leave(phone=phone, by=actor_of_phone(phone), at=at, id=new_id())
    return told()


def signed_by(request: HttpRequest, at: datetime) -> Phone | None:
    """The phone that signed this request, or None: `Authorization: Simpul <device>.<nonce>.<signature>`."""
    device, nonce, signature = _authorization(request)
    if device is None or not is_fresh(nonce, at):
        return None
    phone = Phone.objects.paired().select_related("library", "account").filter(pk=device).first()
    text = f"{request.method}\n{request.get_full_path()}\n{nonce}"
    if phone is None or not is_signed(key_of(phone.algorithm, bytes(phone.public_key)), text.encode(), signature):
        return None
    return phone


def _authorization(request: HttpRequest) -> tuple[UUID | None, str, str]:
    scheme, _space, rest = request.headers.get("Authorization", "").partition(" ")
    parts = rest.strip().split(".")
    try:
        return (UUID(parts[0]), parts[1], parts[2]) if scheme == "Simpul" and len(parts) == 3 else (None, "", "")
    except ValueError:
        return None, "", ""


def _unsigned(request: HttpRequest, at: datetime) -> HttpResponse:
    """401: the nonce is old (sign again), or nobody here knows this phone."""
    device, nonce, _signature = _authorization(request)
    if device is not None and not is_fresh(nonce, at):
        return told(401, code="nonce")
    return told(401, code="unknown", says=_("This phone is not known here."))


def _body(request: HttpRequest, most: int) -> bytes:
    """The body, unpacked to at most `most` bytes. Raises Unreadable."""
    too_big = Unreadable(_("This is too much at once. It is sent again in smaller parts."))
    try:
        packed = request.body
    except RequestDataTooBig:
        raise too_big from None
    except (UnreadablePostError, OSError):
        raise Unreadable(_("This did not arrive whole. It is sent again by itself.")) from None
    how = request.headers.get("Content-Encoding", "").strip().lower()
    if how == "gzip":
        packed = unpacked(packed, most)
    elif how not in ("", "identity"):
        raise Unreadable("gzip")
    if len(packed) > most:
        raise too_big
    return packed


def unpacked(packed: bytes, most: int) -> bytes:
    """gzip undone, never further than `most` bytes. Raises Unreadable."""
    engine = zlib.decompressobj(wbits=31)
    try:
        content = engine.decompress(packed, most + 1)
    except zlib.error:
        raise Unreadable(_("This did not arrive whole. It is sent again by itself.")) from None
    if len(content) > most:
        raise Unreadable(_("This is too much at once. It is sent again in smaller parts."))
    if not engine.eof or engine.unused_data:
        raise Unreadable(_("This did not arrive whole. It is sent again by itself."))
    return content


def _events_of(content: bytes) -> tuple[list[Delivered], datetime | None]:
    """The events of a body, and the phone's clock when it sent them, if it told. Raises Unreadable."""
    broken = Unreadable(_("This did not arrive whole. It is sent again by itself."))
    try:
        body = json.loads(content)
        given = [Delivered(one["event"], one["sig"]) for one in body["events"]]
        sent_at = body.get("sent_at")
        if not all(isinstance(one.text, str) and isinstance(one.signature, str) for one in given):
            raise broken
    except Unreadable:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise broken from None
    if len(given) > MOST_EVENTS or any(len(one.text) > LONGEST for one in given):
        raise Unreadable(_("This is too much at once. It is sent again in smaller parts."))
    return given, _aware(sent_at)


def _aware(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    return at if at.tzinfo is not None and 1000 < at.year < 9000 else None


def _app_of(given: list[Delivered]) -> str:
    found = re.search(r'"app":"([\w.+-]{1,20})"', given[-1].text) if given else None
    return found[1] if found else ""


def _first_phone(given: list[Delivered]) -> Phone | None:
    """In whose language an answer is that nobody signed."""
    found = re.search(r'"device":"([0-9a-f-]{36})"', given[0].text) if given else None
    try:
        return Phone.objects.select_related("account").filter(pk=UUID(found[1])).first() if found else None
    except ValueError:
        return None


def _language_of(phone: Phone | None) -> translation.override:
    account = phone.account if phone is not None else None
    return translation.override(account.language if account is not None else settings.LANGUAGE_CODE)


def _have(text: str) -> dict[str, str]:
    """`cards:ab12,loans:9f` as {"cards": "ab12", …}."""
    pairs = (part.partition(":") for part in text.split(",")[:20])
    return {name: tag for name, _colon, tag in pairs if name and tag}
