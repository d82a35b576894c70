"""The API against its own description: whatever is sent, the answer is one that the description knows, never a 500."""

from collections.abc import Callable, Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from simpul.accounts.models import ApiToken
from simpul.config.wsgi import application
from simpul.core.secrets import fingerprint
from simpul.libraries.models import Library

TOKEN = "for-the-contract-test"

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A WSGI request would close the connection that holds the test's transaction; Django's own client does this."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(library: Library, at: object) -> str:
    ApiToken.objects.create(name="test", token_hash=fingerprint(TOKEN), library_id=library.pk, made_at=at)
    return TOKEN


@pytest.mark.django_db
@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_input_breaks_the_api(case: schemathesis.Case, token: str, make_copy: Callable[..., object]) -> None:
    response = case.call(headers={"Authorization": f"Bearer {token}"})
    case.validate_response(response, checks=[not_a_server_error])


def test_every_operation_says_what_it_does() -> None:
    from simpul.config.api import api

    described = api.get_openapi_schema()
    silent = [f"{method} {path}" for path, methods in described["paths"].items()
              for method, operation in methods.items() if not operation.get("description", "").strip()]
    assert silent == []
