"""The API with what no honest system sends: every operation, no answer over 499, nothing of another library."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from simpul.accounts.actions.tokens import make_token, revoke_token
from simpul.accounts.models import Account, ApiToken
from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from tests.a_day import SECRETS, live_a_day

MOMENTS = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1970-01-01T00:00:00Z", "2999-01-01T00:00:00Z",
           "2026-03-10T10:00:00", "", 0, -1, 1e300, "NaN")
STRINGS = ("a\x00b", "\ud800", "x" * 100_000, "'; --", "9" * 60, "\u202e", "", "-", "%", "\u0661")


@pytest.fixture
def day(library: Library, librarian: Account, make_copy: Any, settings: Any, tmp_path: Any) -> dict[str, Any]:
    settings.FILES_ROOT = tmp_path / "files"
    return live_a_day(library, librarian, make_copy)


def bodies(day: dict[str, Any]) -> dict[str, dict[str, Any]]:
    moment = clock.now().isoformat()
    return {
        "/api/v1/members": {"happened_at": moment, "name": "Siti", "birth_year": 1990, "phone": "", "email": "",
                            "address": "", "institution": "", "guardian": {"name": "Ibu", "phone": ""}},
        "/api/v1/visits": {"happened_at": moment, "kind": "visit", "sex": "P", "age_group": "18-59", "card": "",
                           "origin": "", "purpose": "", "occupation": "", "stop": None,
                           "cells": [{"sex": "L", "age_group": "6-12", "count": 3}]},
        f"/api/v1/visits/{day['id']['visits']}/void": {"happened_at": moment},
        "/api/v1/loans": {"happened_at": moment, "copy": str(day["copy_id"]), "member": str(day["member"])},
        "/api/v1/returns": {"happened_at": moment, "copy": str(day["copy_id"])},
        "/api/v1/renewals": {"happened_at": moment, "loan": str(day["loan"].pk)},
        "/api/v1/in-house-uses": {"happened_at": moment, "copy": "", "count": 2},
    }


def send(client: Client, path: str, body: Any, token: str) -> Any:
    return client.post(path, json.dumps(body), "application/json", headers={"Authorization": f"Bearer {token}"})


def test_no_value_breaks_an_operation(day: dict[str, Any]) -> None:
    client, broken = Client(raise_request_exception=False), []
    for path, good in bodies(day).items():
        for name in good:
            for value in (*MOMENTS, *STRINGS, None, [], {}, 10**40, -5, True, [{"count": 10**30}]):
                body = {"id": str(uuid4()), "already_happened": value in STRINGS} | good | {name: value}
                if send(client, path, body, day["api"]).status_code >= 500:
                    broken.append((path, name, str(value)[:30]))
    assert broken == []


def test_no_question_breaks_it(day: dict[str, Any]) -> None:
    client, broken = Client(raise_request_exception=False), []
    asked = {"/api/v1/titles": ("q", "page", "page_size", "library", "language", "class", "decade", "format"),
             "/api/v1/members": ("q", "limit"), "/api/v1/visits/counts": ("first", "last", "by"),
             "/api/v1/loans": ("member", "due_before", "limit", "offset"), "/api/v1/libraries": ("x",)}
    for path, names in asked.items():
        for name in names:
            for value in (*(s for s in STRINGS if s != "\ud800"), "0001-01-01", "9999-12-31", "9" * 30, "-1"):
                given = {"first": "2026-01-01", "last": "2026-01-02", "q": "ab"} | {name: value[:3000]}
                answer = client.get(path, given, headers={"Authorization": f"Bearer {day['api']}"})
                if answer.status_code >= 500:
                    broken.append((path, name, value[:30]))
    assert broken == []


def test_no_body_breaks_it(day: dict[str, Any]) -> None:
    client, broken = Client(raise_request_exception=False), []
    for path in bodies(day):
        for body in (b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 5000, b'{"id": 1e999}', b"1" * 5000):
            answer = client.post(path, body, "application/json", headers={"Authorization": f"Bearer {day['api']}"})
            if answer.status_code >= 500:
                broken.append((path, body[:10]))
    assert broken == []


def test_a_key_of_another_library_finds_nothing_here(day: dict[str, Any], other_library: Library,
                                                     stranger: Account) -> None:
    by = Actor(kind=ActorKind.ACCOUNT, id=stranger.pk, librarian_of=frozenset({other_library.pk}))
    key = make_token(name="X", library_id=other_library.pk, by=by, at=clock.now(), id=new_id()).secret
    client = Client()
    said = []
    for path, body in bodies(day).items():
        answer = send(client, path, {"id": str(uuid4())} | body, key)
        said.append((path.split("/")[3], answer.status_code))
        assert not [secret for secret in SECRETS if secret in answer.content.decode()], path
    # her own members and visits are written; the rows of the other library are not there, but for a copy that was
    # brought to the wrong door
    assert said == [("members", 200), ("visits", 201), ("visits", 422), ("loans", 422), ("returns", 201),
                    ("renewals", 422), ("in-house-uses", 201)]
    for path in (f"/api/v1/members/{day['member']}", f"/api/v1/members?q={SECRETS[1]}", "/api/v1/loans",
                 f"/api/v1/loans?member={day['member']}"):
        answer = client.get(path, headers={"Authorization": f"Bearer {key}"})
        assert not [secret for secret in SECRETS if secret in answer.content.decode()], path
        assert str(day["member"]) not in answer.content.decode()


def test_a_copy_brought_to_the_wrong_door_does_not_tell_who_had_it(day: dict[str, Any], other_library: Library,
                                                                  stranger: Account) -> None:
    by = Actor(kind=ActorKind.ACCOUNT, id=stranger.pk, librarian_of=frozenset({other_library.pk}))
    key = make_token(name="X", library_id=other_library.pk, by=by, at=clock.now(), id=new_id()).secret
    answer = send(Client(), "/api/v1/returns", {"id": str(uuid4()), "happened_at": clock.now().isoformat(),
                                                "copy": str(day["copy_id"])}, key).json()
    assert (answer["member_id"], answer["member_number"], answer["copy_id"]) == (None, None, str(day["copy_id"]))


def test_a_key_that_was_revoked_and_no_key_open_nothing(day: dict[str, Any], by_librarian: Actor) -> None:
    revoke_token(token=ApiToken.objects.get(), by=by_librarian, at=clock.now(), id=new_id())
    for path, body in bodies(day).items():
        for key in (day["api"], "", "x" * 5000, day["cookie"], day["link"]):
            assert send(Client(), path, {"id": str(uuid4())} | body, key).status_code == 401
