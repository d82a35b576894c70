"""Members through the API."""

import json

import pytest
from django.test import Client

from simpul.accounts.models import ApiToken
from simpul.core.ids import new_id
from simpul.core.secrets import fingerprint
from simpul.people.models import Member


@pytest.fixture
def api(library, at):
    """Another system with a token of our library; `call(method, address, body)` → (status, JSON)."""
    token = ApiToken.objects.create(name="mesin", token_hash=fingerprint("rahasia"), library_id=library.pk, made_at=at)
    client = Client(headers={"Authorization": "Bearer rahasia"})

    def call(method, address, body=None):
        response = client.generic(method, f"/api/v1{address}", json.dumps(body or {}), "application/json")
        return response.status_code, response.json()
    call.token = token
    return call


def given(**more):
    return {"id": str(new_id()), "happened_at": "2026-03-10T10:00:00+07:00", "name": "Nurul Hidayah",
            "birth_year": 1990, "sex": "P", "phone": "081234567890"} | more


def test_a_repeated_enrolment_answers_as_the_first_time(api):
    body = given()
    first, again = api("POST", "/members", body), api("POST", "/members", body)
    assert first == again
    assert (first[0], first[1]["name"], first[1]["number"], first[1]["may_borrow"], len(first[1]["card"])) == (
        200, "Nurul Hidayah", "2026-0001", True, 8)
    assert api("POST", "/members", body | {"name": "Lain"})[0] == 409
    assert Member.objects.count() == 1


def test_a_child_comes_with_a_guardian_and_may_not_borrow_yet(api):
    status, told = api("POST", "/members", given(birth_year=2017, guardian={"name": "Dian Pratama"}))
    assert (status, told["may_borrow"], told["may_not_borrow_because"]) == (200, False, "no_consent")


def test_refusals_name_their_field(api):
    status, told = api("POST", "/members", given(phone="12"))
    assert (status, told["code"], told["field"]) == (422, "bad_phone", "phone")


def test_finding_reading_and_correcting(api, enrol):
    member = enrol("Nurul Hidayah")
    status, told = api("GET", "/members?q=nurul")
    assert (status, told["count"], told["items"][0]["id"]) == (200, 1, str(member.pk))
    assert api("GET", f"/members/{member.pk}")[1]["name"] == "Nurul Hidayah"
    status, told = api("PATCH", f"/members/{member.pk}", {
        "id": str(new_id()), "happened_at": "2026-03-10T10:00:00+07:00", "name": "Nurul Hidayati"})
    assert (status, told["name"], told["birth_year"]) == (200, "Nurul Hidayati", 1990)


def test_another_librarys_members_are_not_there(api, make_member, other_library):
    other = make_member(library=other_library)
    assert api("GET", f"/members/{other.pk}")[0] == 404
    assert api("GET", "/members?q=Siti")[1]["count"] == 0
    assert api("PATCH", f"/members/{other.pk}", {"id": str(new_id()), "happened_at": "2026-03-10T10:00:00Z"})[0] == 404


def test_nobody_asks_without_a_token(client):
    assert [client.get("/api/v1/members?q=si").status_code, client.post("/api/v1/members").status_code] == [401, 401]
