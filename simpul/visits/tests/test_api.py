"""What the door does, a machine can do: with caller-made ids and the moment it happened."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import ApiToken
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.secrets import fingerprint
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.visits.models import Visit

VISITS = "/api/v1/visits"
AT = "2026-03-10T10:00:00+07:00"
Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def call(library: Library, at: datetime) -> Call:
    ApiToken.objects.create(name="INLISLite", token_hash=fingerprint("kunci"), library_id=library.pk, made_at=at)

    def do(path: str = "", body: dict[str, Any] | None = None, **query: Any) -> tuple[int, dict[str, Any]]:
        client, headers = Client(), {"Authorization": "Bearer kunci"}
        if body is None:
            answer = client.get(VISITS + path, query, headers=headers)
        else:
            answer = client.post(VISITS + path, body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    return do


def visit(**given: Any) -> dict[str, Any]:
    return {"id": str(new_id()), "happened_at": AT, "sex": "P", "age_group": "6-12", **given}


def test_a_visit_and_the_same_again(call: Call) -> None:
    body = visit()
    first, again = call(body=body), call(body=body)
    assert first == again
    assert first == (201, {"id": body["id"], "how": "visitor", "count": 1, "happened_at": "2026-03-10T03:00:00Z",
                           "local_date": "2026-03-10", "is_voided": False})
    assert Visit.objects.count() == 1


def test_the_same_id_with_other_contents_is_a_conflict(call: Call) -> None:
    body = visit()
    call(body=body)
    status, told = call(body={**body, "sex": "L"})
    assert (status, told["code"]) == (409, "change_id_reused")


@pytest.mark.parametrize(("given", "code"), [
    ({"happened_at": "2026-03-10T11:00:00+07:00"}, "wrong_moment"),
    ({"happened_at": "1996-03-10T10:00:00+07:00"}, "wrong_moment"),
    ({"card": "TAKADA"}, "unknown_card"), ({"occupation": "Raja"}, "wrong_category"),
    ({"kind": "group", "cells": []}, "nobody_counted"), ({"stop": str(new_id())}, "stop_unknown"),
])
def test_what_is_refused_has_a_stable_code(call: Call, given: dict[str, Any], code: str) -> None:
    status, told = call(body=visit(**given))
    assert (status, told["code"], Visit.objects.count()) == (422, code, 0)


@pytest.mark.parametrize("given", [
    {"happened_at": "2026-03-10T10:00:00"}, {"sex": "X"}, {"id": "1"}, {"age_group": "7"}, {"kind": "sheet"},
    {"kind": "tally", "cells": [{"sex": "P", "count": 0}]}])
def test_what_is_no_visit_is_refused_by_its_form(call: Call, given: dict[str, Any]) -> None:
    assert call(body=visit(**given))[0] == 422
    assert Visit.objects.count() == 0


def test_a_fact_told_later_is_recorded_and_flagged(call: Call, make_member: Callable[..., Member]) -> None:
    make_member(card="K7QM2X9P")
    answers = [call(body=visit(card="K7QM2X9P", already_happened=True))[0] for _ in range(2)]
    assert (answers, [line.flags for line in JournalLine.objects.order_by("position")]) == (
        [201, 201], [[], ["already_in"]])


def test_a_batch_records_what_it_can_and_again_records_nothing_twice(call: Call) -> None:
    body = {"visits": [visit(), visit(card="TAKADA"), visit(
        kind="group", origin="SDN 4", cells=[{"sex": "L", "count": 12}, {"sex": "P", "count": 15}])]}
    first, again = call("/batch", body), call("/batch", body)
    assert first == again
    status, told = first
    assert (status, told["recorded"], told["refused"]) == (200, 2, 1)
    assert [item["fault"] and item["fault"]["code"] for item in told["items"]] == [None, "unknown_card", None]
    assert told["items"][2]["visit"]["count"] == 27


def test_counts(call: Call) -> None:
    call(body=visit())
    call(body=visit(sex="L", uses_ict=True))
    period = {"first": "2026-03-01", "last": "2026-03-10"}
    assert call("/counts", **period)[1]["count"] == 2
    assert call("/counts", by="sex", **period)[1]["items"] == [{"group": "L", "count": 1}, {"group": "P", "count": 1}]
    assert call("/counts", by="ict", **period)[1]["items"] == [
        {"group": "false", "count": 1}, {"group": "true", "count": 1}]
    assert call("/counts", first="2026-03-10", last="2026-03-01")[0] == 422


def test_an_entry_is_taken_back(call: Call, at: datetime) -> None:
    body = visit()
    call(body=body)
    void = {"id": str(new_id()), "happened_at": AT}
    answers = [call(f"/{body['id']}/void", void) for _ in range(2)]
    assert [(status, told["is_voided"]) for status, told in answers] == [(200, True), (200, True)]
    assert call(f"/{new_id()}/void", {"id": str(new_id()), "happened_at": AT})[0] == 422
    assert Visit.objects.valid().count() == 0


def test_without_a_token_nothing_is_told(client: Client, library: Library, at: datetime) -> None:
    assert client.post(VISITS, visit(), content_type="application/json").status_code == 401
    assert client.get(f"{VISITS}/counts", {"first": "2026-03-01", "last": "2026-03-10"}).status_code == 401


def test_a_token_takes_back_nothing_of_another_library(
        call: Call, other_library: Library, by_stranger: Any, at: datetime) -> None:
    from simpul.visits.actions import record_visit

    other = record_visit(library=other_library, by=by_stranger, at=at - timedelta(days=1), id=new_id())
    assert call(f"/{other.entry_id}/void", {"id": str(new_id()), "happened_at": AT})[0] == 422
    assert Visit.objects.valid().count() == 1
