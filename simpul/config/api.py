"""The API: what the desk does, a machine can do. Each app brings a router; the rules of the road stand here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from simpul.catalogue.api import router as catalogue
from simpul.circulation.api import router as circulation
from simpul.core.refusal import ChangeIdReused, NotAllowed, Refusal
from simpul.people.api import router as people
from simpul.visits.api import router as visits

api = NinjaAPI(title="Simpul", version="1", urls_namespace="api", docs_url=None)
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
