"""The API of the desk: the same actions, caller-made ids, the moment it happened."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import ApiToken
from simpul.circulation.models import InHouseUse, Loan
from simpul.core import clock
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.secrets import fingerprint
from simpul.libraries.models import Library


class Machine:
    """Another system with the key of one library."""

    def __init__(self, token: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def post(self, road: str, **body: Any) -> tuple[int, dict[str, Any]]:
        body = {"id": str(new_id()), "happened_at": "2026-03-10T10:00:00+07:00"} | body
        response = self.client.post(f"/api/v1/{road}", body, content_type="application/json")
        return response.status_code, response.json()

    def get(self, road: str) -> tuple[int, Any]:
        response = self.client.get(f"/api/v1/{road}")
        return response.status_code, response.json()


@pytest.fixture
def machine(library: Library, at: datetime) -> Machine:
    ApiToken.objects.create(name="Kios pinjam", token_hash=fingerprint("rahasia"), library_id=library.pk, made_at=at)
    return Machine("rahasia")


def test_a_loan_is_made_with_its_moment_and_answered_again(
        machine: Machine, make_copy: Any, make_member: Any) -> None:
    make_copy(code="B1")
    member, id = make_member(card="KARTU01"), str(new_id())
    status, told = machine.post("loans", id=id, copy="B1", member="KARTU01")
    assert (status, told["id"], told["copy"], told["member_number"], told["due_on"], told["lent_at"]) == (
        201, id, "B1", member.number, "2026-03-17", "2026-03-10T03:00:00Z")
    assert machine.post("loans", id=id, copy="B1", member="KARTU01") == (201, told)
    assert (Loan.objects.count(), JournalLine.objects.get().by_kind) == (1, "token")


def test_the_same_id_with_another_copy_is_a_conflict(
        machine: Machine, make_copy: Any, make_member: Any) -> None:
    make_copy(code="B1")
    make_copy(code="B2")
    make_member(card="KARTU01")
    id = str(new_id())
    machine.post("loans", id=id, copy="B1", member="KARTU01")
    status, told = machine.post("loans", id=id, copy="B2", member="KARTU01")
    assert (status, told["code"]) == (409, "change_id_reused")


def test_refusals_are_told_with_stable_codes(machine: Machine, make_copy: Any, make_member: Any, lend: Any) -> None:
    lend(make_copy(code="B1"), make_member("Budi"))
    member = make_member(card="KARTU01", birth_year=2017)
    make_copy(code="B2")
    told = {}
    for copy, who in (("B1", member.number), ("B2", "KARTU01"), ("B9", "KARTU01"), ("B2", "TIADA")):
        status, body = machine.post("loans", copy=copy, member=who)
        told[copy, who] = (status, body["code"], body["is_policy"])
    assert list(told.values()) == [
        (422, "copy_is_lent", False), (422, "no_consent", True), (422, "copy_unknown", False),
        (422, "member_unknown", False)]


def test_a_fact_told_later_is_recorded_and_flagged(
        machine: Machine, make_copy: Any, make_member: Any, lend: Any) -> None:
    first = lend(make_copy(code="B1"), make_member("Budi"))
    make_member(card="KARTU01")
    id = str(new_id())
    status, _told = machine.post("loans", id=id, copy="B1", member="KARTU01", already_happened=True,
                                 happened_at="2026-03-10T11:00:00+07:00")
    first.refresh_from_db()
    assert (status, first.is_implied_return, JournalLine.objects.get(pk=id).flags) == (
        201, True, ["implied_return"])


def test_a_moment_without_offset_in_the_future_or_of_an_empty_battery_is_refused(
        machine: Machine, make_copy: Any, make_member: Any) -> None:
    make_copy(code="B1")
    make_member(card="KARTU01")
    assert machine.post("loans", copy="B1", member="KARTU01", happened_at="2026-03-10T10:00:00")[0] == 422
    later = (clock.now() + timedelta(hours=1)).isoformat()
    status, told = machine.post("loans", copy="B1", member="KARTU01", happened_at=later)
    assert (status, told["code"]) == (422, "in_the_future")
    status, told = machine.post("loans", copy="B1", member="KARTU01", happened_at="1970-01-01T00:00:00+00:00")
    assert (status, told["code"]) == (422, "too_long_ago")


def test_returns_renewals_and_reading_in_place(machine: Machine, make_copy: Any, make_member: Any) -> None:
    make_copy(code="B1")
    make_member(card="KARTU01")
    _status, loan = machine.post("loans", copy="B1", member="KARTU01")
    status, renewed = machine.post("renewals", loan=loan["id"], happened_at="2026-03-16T10:00:00+07:00")
    assert (status, renewed["due_on"], renewed["renewals"]) == (201, "2026-03-23", 1)
    status, back = machine.post("returns", copy="B1", happened_at="2026-03-18T10:00:00+07:00")
    assert (status, back["returned_at"], back["fine"]) == (201, "2026-03-18T03:00:00Z", 0)
    assert machine.post("returns", copy="B1")[1]["code"] == "not_lent"
    assert [machine.post("in-house-uses", **body)[0] for body in ({"copy": "B1"}, {"count": 12})] == [201, 201]
    assert sorted(InHouseUse.objects.values_list("count", flat=True)) == [1, 12]


@pytest.mark.parametrize("n", [1, 3])
def test_open_loans_are_listed_in_as_many_queries_for_one_as_for_three(
        machine: Machine, make_copy: Any, make_member: Any, lend: Any, n: int, django_assert_num_queries: Any) -> None:
    member = make_member(card="KARTU01")
    for _n in range(n):
        lend(make_copy(), member)
    with django_assert_num_queries(LIST_QUERIES):
        status, told = machine.get("loans?member=KARTU01")
    assert (status, told["count"], len(told["items"])) == (200, n, n)
    assert machine.get("loans?due_before=2026-03-17")[1]["count"] == 0


LIST_QUERIES = 7


def test_a_key_reaches_its_own_library_only(
        machine: Machine, make_copy: Any, make_member: Any, lend: Any, by_stranger: Any,
        other_library: Library) -> None:
    copy = make_copy(code="B1", library=other_library)
    loan = lend(copy, make_member("Tamu", library=other_library), by=by_stranger)
    assert machine.get("loans")[1]["count"] == 0
    assert machine.post("renewals", loan=str(loan.pk))[1]["code"] == "loan_unknown"
    make_member(card="KARTU01")
    other = make_copy(code="B2", library=other_library)
    assert machine.post("loans", copy=str(other.pk), member="KARTU01")[0] == 404


def test_without_a_key_nothing_is_told(db: None) -> None:
    assert Machine("salah").get("loans")[0] == 401
    assert Client().post("/api/v1/loans", {}, content_type="application/json").status_code == 401
