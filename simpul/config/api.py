"""The API: what the desk does, a machine can do. Each app brings a router; the rules of the road stand here."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled
from ninja.parser import Parser

from simpul.catalogue.api import router as catalogue
from simpul.circulation.api import router as circulation
from simpul.config.throttle import PerAddress
from simpul.core.refusal import ChangeIdReused, NotAllowed, Refusal
from simpul.people.api import router as people
from simpul.visits.api import router as visits


class CleanBodies(Parser):
    """JSON without NUL: no row can hold it, and PostgreSQL takes it for an error."""

    def parse_body(self, request: HttpRequest) -> Any:
        if b"\\u0000" in request.body:
            raise HttpError(422, "a text must not hold NUL")
        return super().parse_body(request)


api = NinjaAPI(
    parser=CleanBodies(), title="Simpul", version="1", urls_namespace="api", docs_url=None, throttle=[PerAddress()],
    description="The libraries of a city: their catalogue is open to everybody, what a desk does needs the token of "
                "its library (`Authorization: Bearer …`). A request that would change something carries an `id` made "
                "by the caller; the same id again gives the first answer again. Too many requests a minute are "
                "answered 429 with `Retry-After` in seconds.")
api.add_router("", catalogue)
api.add_router("", people)
api.add_router("", visits)
api.add_router("", circulation)

STATUS = {NotAllowed: 404, ChangeIdReused: 409}


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as JSON: a stable code, a translated message, whether it is policy, and its facts."""
    status = next((status for kind, status in STATUS.items() if isinstance(refusal, kind)), 422)
    body: dict[str, Any] = {"code": refusal.code, "message": str(refusal), "is_policy": refusal.is_policy,
                            "field": refusal.field, "facts": refusal.facts}
    return api.create_response(request, body, status=status)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, refusal: Throttled) -> HttpResponse:
    """429 in the shape of a refusal, with the seconds to wait."""
    seconds = max(1, math.ceil(refusal.wait or 1))
    body = {"code": "too_many_requests", "message": _("Too many requests. Try again in a minute."), "is_policy": True,
            "field": None, "facts": {"seconds": seconds}}
    response = api.create_response(request, body, status=429)
    response["Retry-After"] = str(seconds)
    return response
