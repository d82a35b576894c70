"""The desk page: one box for card, copy, name and title, in any order; strangers see nothing."""

from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from simpul.catalogue.models import Copy
from simpul.circulation.models import Loan
from simpul.core import clock
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.people.models import Member

DESK = "/perpustakaan/L001/pinjam/"


class Desk:
    """A person at the desk with a keyboard: types a text, Enter, and reads on."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.state: dict[str, str] = {}
        self.html = ""
        self.sent: dict[str, str] = {}

    def type(self, text: str, **more: str) -> "Desk":
        return self.send({"text": text} | more)

    def send(self, fields: dict[str, str]) -> "Desk":
        self.sent = {"change": str(new_id())} | self.state | fields
        return self.again()

    def again(self) -> "Desk":
        response = self.client.post(DESK, self.sent, headers={"HX-Request": "true"})
        assert response.status_code == 200
        query = parse_qs(urlsplit(response["HX-Replace-Url"]).query)
        self.state = {name: values[0] for name, values in query.items()}
        self.state["picks"] = response.context["picks"]
        self.context = response.context
        self.html = unescape(response.content.decode())
        return self

    @property
    def said(self) -> str:
        return str(self.context["desk"].said)


@pytest.fixture
def desk(sign_in: Any, volunteer: Any) -> Desk:
    return Desk(sign_in(volunteer))


def test_two_scans_lend(desk: Desk, make_copy: Any, make_member: Any) -> None:
    member, copy = make_member(card="KARTU01"), make_copy(code="B1")
    desk.type("KARTU01").type("B1")
    loan = Loan.objects.get()
    assert (loan.copy_id, loan.member_id, desk.state["done"]) == (copy.pk, member.pk, f"L{loan.pk}")


def test_the_book_may_come_first(desk: Desk, make_copy: Any, make_member: Any) -> None:
    make_member(card="KARTU01")
    copy = make_copy(code="B1")
    desk.type("B1")
    assert desk.state["copy"] == str(copy.pk)
    desk.type("KARTU01")
    assert (Loan.objects.get().copy_id, "copy" in desk.state) == (copy.pk, False)


def test_one_scan_returns(desk: Desk, make_copy: Any, make_member: Any, lend: Any) -> None:
    loan = lend(make_copy(code="B1"), make_member())
    desk.type("B1")
    loan.refresh_from_db()
    assert (loan.is_open, desk.state["done"]) == (False, f"R{loan.pk}")


def test_one_scan_returns_what_the_open_member_has(
        desk: Desk, make_copy: Any, make_member: Any, lend: Any) -> None:
    loan = lend(make_copy(code="B1"), make_member(card="KARTU01"))
    Loan.objects.update(recorded_at=clock.now() - timedelta(days=3))
    desk.type("KARTU01").type("B1")
    loan.refresh_from_db()
    assert not loan.is_open


def test_a_label_read_twice_is_not_a_return(desk: Desk, make_copy: Any, make_member: Any) -> None:
    make_member(card="KARTU01")
    make_copy(code="B1")
    desk.type("KARTU01").type("B1").type("B1")
    assert Loan.objects.open().count() == 1


def test_a_double_enter_is_one_loan_and_one_return(
        desk: Desk, make_copy: Any, make_member: Any) -> None:
    make_member(card="KARTU01")
    make_copy(code="B1")
    desk.type("KARTU01").type("B1").again()
    assert Loan.objects.count() == 1
    desk.type(".").type("B1").again()
    assert (Loan.objects.open().count(), "copy" in desk.state) == (0, False)


def test_a_name_with_one_hit_opens_her(desk: Desk, make_member: Any) -> None:
    member = make_member("Siti Aminah")
    desk.type("siti")
    assert desk.state["member"] == str(member.pk)


def test_a_name_with_several_hits_is_chosen_by_number(desk: Desk, make_member: Any) -> None:
    members = [make_member(f"Siti {name}") for name in ("Aminah", "Badriah", "Chotimah")]
    desk.type("siti")
    assert [choice.text for choice in desk.context["desk"].choices] == [
        "Siti Aminah", "Siti Badriah", "Siti Chotimah"]
    desk.type("2")
    assert desk.state["member"] == str(members[1].pk)


def test_a_number_that_is_not_in_the_list_says_so(desk: Desk, make_member: Any) -> None:
    for name in ("Aminah", "Badriah"):
        make_member(f"Siti {name}")
    desk.type("siti").type("7")
    assert ("member" in desk.state, desk.context["desk"].tone) == (False, "attention")


def test_lending_needs_neither_card_nor_label(desk: Desk, findable: Any, make_member: Any) -> None:
    make_member("Siti Aminah")
    copy = findable("Laskar Pelangi")
    desk.type("aminah").type("laskar").type("1")
    assert Loan.objects.get().copy_id == copy.pk


def test_a_book_without_label_comes_back_by_its_title(
        desk: Desk, findable: Any, make_member: Any, lend: Any) -> None:
    lend(findable("Laskar Pelangi"), make_member())
    desk.type("laskar").type("1")
    assert Loan.objects.open().count() == 0


def test_unknown_text_offers_a_way_on(desk: Desk) -> None:
    desk.type("Bumi Manusia")
    assert desk.context["desk"].unknown == "Bumi Manusia"
    assert f'{reverse("catalogue:search")}?q=Bumi%20Manusia' in desk.html
    assert "/perpustakaan/L001/anggota/baru/?nama=Bumi%20Manusia" in desk.html


def test_a_book_nobody_catalogued_is_lent_by_its_title(desk: Desk, make_member: Any) -> None:
    member = make_member(card="KARTU01")
    desk.type("KARTU01").type("Bumi Manusia")
    desk.client.post("/perpustakaan/L001/pinjam/judul-baru/", {
        "title": "Bumi Manusia", "change": new_id(), "next": desk.context["here"]})
    loan = Loan.objects.get()
    assert (loan.member_id, loan.copy.title.title, loan.copy.title.is_provisional) == (
        member.pk, "Bumi Manusia", True)
    desk.type("bumi").type("1")
    assert Loan.objects.open().count() == 0


def test_a_book_nobody_catalogued_waits_for_its_reader(desk: Desk, make_member: Any) -> None:
    make_member(card="KARTU01")
    desk.type("Bumi Manusia")
    response = desk.client.post("/perpustakaan/L001/pinjam/judul-baru/", {
        "title": "Bumi Manusia", "change": new_id(), "next": desk.context["here"]})
    desk.state = {"copy": response["Location"].partition("copy=")[2]}
    desk.type("KARTU01")
    assert Loan.objects.get().copy.title.title == "Bumi Manusia"


def test_a_lent_copy_names_its_reader_and_offers_to_take_it_back(
        desk: Desk, make_copy: Any, make_member: Any, lend: Any) -> None:
    copy = make_copy(code="B1")
    first = lend(copy, make_member("Budi Santosa"))
    second = make_member(card="KARTU02")
    desk.type("KARTU02").type("B1")
    assert "Budi Santosa" in desk.said
    desk.send({"pick": f"s{copy.pk}"})
    first.refresh_from_db()
    assert (first.is_open, Loan.objects.open().get().member_id) == (False, second.pk)


def test_a_librarian_insists_with_a_reason(
        sign_in: Any, librarian: Any, make_copy: Any, make_member: Any) -> None:
    desk = Desk(sign_in(librarian))
    make_member(card="KARTU01")
    copy = make_copy(code="B1", state=Copy.State.REFERENCE)
    desk.type("KARTU01").type("B1")
    assert desk.context["desk"].can_insist
    desk.send({"pick": f"c{copy.pk}", "because": "lomba besok"})
    assert Loan.objects.get().lent_although == "lomba besok"


def test_a_volunteer_is_not_offered_to_insist(desk: Desk, make_copy: Any, make_member: Any) -> None:
    make_member(card="KARTU01")
    make_copy(code="B1", state=Copy.State.REFERENCE)
    desk.type("KARTU01").type("B1")
    assert (desk.context["desk"].can_insist, Loan.objects.count()) == (False, 0)


def test_a_child_without_consent_is_explained(desk: Desk, make_copy: Any, make_member: Any) -> None:
    make_member("Adi", card="KARTU01", birth_year=clock.now().year - 9)
    make_copy(code="B1")
    desk.type("KARTU01").type("B1")
    assert (desk.context["desk"].can_insist, desk.context["desk"].tone, Loan.objects.count()) == (False, "stop", 0)


def test_the_next_members_receipt_begins_empty(desk: Desk, make_copy: Any, make_member: Any) -> None:
    make_member(card="KARTU01")
    make_member("Budi", card="KARTU02")
    make_copy(code="B1")
    desk.type("KARTU01").type("B1").type("KARTU02")
    assert "done" not in desk.state


def test_a_full_stop_closes_the_member(desk: Desk, make_member: Any) -> None:
    make_member(card="KARTU01")
    assert "member" not in desk.type("KARTU01").type(".").state


def test_without_scripts_the_address_keeps_the_state(
        sign_in: Any, volunteer: Any, make_copy: Any, make_member: Any) -> None:
    client, member = sign_in(volunteer), make_member(card="KARTU01")
    make_copy(code="B1")
    opened = client.post(DESK, {"text": "KARTU01", "change": new_id()})
    assert (opened.status_code, opened["Location"]) == (302, f"{DESK}?member={member.pk}")
    lent = client.post(DESK, {"text": "B1", "change": new_id(), "member": member.pk})
    loan = Loan.objects.get()
    assert lent["Location"] == f"{DESK}?member={member.pk}&done=L{loan.pk}"
    page = client.get(lent["Location"])
    assert [line.what for line in page.context["lines"]] == ["lent"]
    refused = client.post(DESK, {"text": "entah apa", "change": new_id(), "member": member.pk})
    assert (refused.status_code, refused.context["desk"].unknown) == (200, "entah apa")


@pytest.mark.parametrize("text", [
    "'; DROP TABLE loans; --", "<script>alert(1)</script>", "%", "_", "\x00", "😀" * 300, "../../etc/passwd", "9" * 400,
    "\u202eabc", "{{ 7*7 }}", "-", "۱", "²", " ", "..", "((((", '"', "NEAR(a b)", "AND OR NOT", "a" * 200,
])
def test_hostile_text_is_only_text(desk: Desk, make_member: Any, findable: Any, text: str) -> None:
    make_member("Siti Aminah")
    findable("Laskar Pelangi")
    desk.type(text)
    assert "<script>alert" not in desk.context["desk"].unknown or "&lt;script&gt;" in str(
        desk.client.post(DESK, desk.sent, headers={"HX-Request": "true"}).content)
    assert Loan.objects.count() == 0


@pytest.mark.parametrize("state", [
    {"member": "x"}, {"member": str(new_id())}, {"copy": "'"}, {"done": "L,,Rx,Z" + str(new_id())},
    {"picks": "m,c1,", "text": "1"}, {"pick": "c"}, {"pick": "zzz"}, {"pick": f"c{new_id()}"}, {"change": "x"},
])
def test_a_forged_state_is_ignored(desk: Desk, state: dict[str, str]) -> None:
    desk.send({"text": ""} | state)
    assert Loan.objects.count() == 0


def test_another_librarys_copy_comes_back_here(
        desk: Desk, make_copy: Any, make_member: Any, by_stranger: Any, other_library: Library, lend: Any) -> None:
    copy = make_copy(code="B1", library=other_library)
    loan = lend(copy, make_member("Rahasia", library=other_library), by=by_stranger)
    desk.type("B1")
    loan.refresh_from_db()
    assert (loan.returned_to.code, "Rahasia" in desk.html, "TBM Melati" in desk.html) == ("L001", False, True)


def test_a_line_is_undone(desk: Desk, make_copy: Any, make_member: Any) -> None:
    make_member(card="KARTU01")
    make_copy(code="B1")
    desk.type("KARTU01").type("B1")
    loan = Loan.objects.get()
    here = desk.context["here"]
    response = desk.client.post(
        f"/perpustakaan/L001/pinjaman/{loan.pk}/batal/", {"change": new_id(), "next": here})
    loan.refresh_from_db()
    assert (response["Location"], loan.voided_at is not None) == (here, True)


def test_buttons_lead_back_to_this_server_only(
        desk: Desk, make_copy: Any, make_member: Any, lend: Any) -> None:
    loan = lend(make_copy(), make_member())
    response = desk.client.post(f"/perpustakaan/L001/pinjaman/{loan.pk}/kembali/",
                                {"change": new_id(), "next": "https://jahat.example/"})
    assert response["Location"] == DESK


def test_strangers_mentors_and_coordinators_get_404_and_visitors_sign_in(
        sign_in: Any, stranger: Any, mentor: Any, coordinator: Any, make_copy: Any, make_member: Any,
        lend: Any) -> None:
    loan = lend(make_copy(), make_member())
    pages = [DESK, "/perpustakaan/L001/jatuh-tempo/", "/perpustakaan/L001/jatuh-tempo/daftar.csv",
             "/perpustakaan/L001/baca-di-tempat/", f"/perpustakaan/L001/anggota/{loan.member_id}/pinjaman/",
             f"/perpustakaan/L001/anggota/{loan.member_id}/tanda-terima/",
             f"/perpustakaan/L001/eksemplar/{loan.copy_id}/pinjaman/"]
    posts = [DESK, "/perpustakaan/L001/pinjam/judul-baru/", *(
        f"/perpustakaan/L001/pinjaman/{loan.pk}/{verb}/" for verb in (
            "kembali", "kembali/batal", "perpanjang", "perpanjang/batal", "hilang", "hilang/batal", "batal"))]
    for account in (stranger, mentor, coordinator):
        client = sign_in(account)
        assert {client.get(page).status_code for page in pages} == {404}
        assert {client.post(page).status_code for page in posts} == {404}
    assert {Client().get(page).status_code for page in pages} == {302}
    assert {Client().post(page).status_code for page in posts} == {302}
    assert Loan.objects.open().count() == 1


def test_another_librarys_rows_are_not_reached_through_ours(
        sign_in: Any, volunteer: Any, make_copy: Any, make_member: Any, lend: Any, by_stranger: Any,
        other_library: Library) -> None:
    loan = lend(make_copy(library=other_library), make_member("Rahasia", library=other_library), by=by_stranger)
    client = sign_in(volunteer)
    for page in (f"anggota/{loan.member_id}/pinjaman/", f"anggota/{loan.member_id}/tanda-terima/",
                 f"eksemplar/{loan.copy_id}/pinjaman/"):
        assert client.get(f"/perpustakaan/L001/{page}").status_code == 404
    for verb in ("kembali", "perpanjang", "hilang", "batal"):
        assert client.post(f"/perpustakaan/L001/pinjaman/{loan.pk}/{verb}/").status_code == 404


def test_another_librarys_member_by_guessed_address_shows_no_name(
        sign_in: Any, volunteer: Any, make_member: Any, other_library: Library) -> None:
    member: Member = make_member("Kartika Sulistyowati", library=other_library, phone="+628123456789")
    page = sign_in(volunteer).get(f"{DESK}?member={member.pk}").content.decode()
    assert ("Sulistyowati" in page, "3456" in page) == (False, False)


@pytest.mark.parametrize("n", [1, 3])
def test_lending_through_the_page_asks_the_same_for_one_and_three(
        desk: Desk, make_copy: Any, make_member: Any, lend: Any, make_rule: Any, library: Library, n: int,
        django_assert_num_queries: Any) -> None:
    make_rule(library=library, copies_at_once=10)
    member = make_member(card="KARTU01")
    for _n in range(n):
        lend(make_copy(), member)
    make_copy(code="B1")
    desk.type("KARTU01")
    with django_assert_num_queries(DESK_QUERIES):
        desk.type("B1")


DESK_QUERIES = 26


def test_midnight_in_the_east(
        sign_in: Any, volunteer: Any, make_copy: Any, make_member: Any, library: Library, time_machine: Any) -> None:
    library.time_zone = Library.TimeZone.WIT
    library.save()
    time_machine.move_to(datetime.fromisoformat("2026-03-10T15:01:00+00:00"), tick=False)  # 00.01 on the 11th
    desk = Desk(sign_in(volunteer))
    make_member(card="KARTU01")
    make_copy(code="B1")
    desk.type("KARTU01").type("B1")
    assert str(Loan.objects.get().local_date) == "2026-03-11"
