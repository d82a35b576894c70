"""Pages of members: what they show, and to whom not."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from simpul.core.ids import new_id
from simpul.people.actions import (
    GuardianGiven,
    ask_consent_by_link,
    block_member,
    link_token,
    make_consent_sheet,
)
from simpul.people.importing import run_waiting_batch
from simpul.people.models import Card, Consent, ConsentSheet, Guardianship, Member, Person, SamePerson
from simpul.people.tests.conftest import picture_file
from simpul.people.views.pages import qr
from simpul.transfers.models import Batch

POSTS = {"new_card", "end", "resume", "unblock", "ask", "guardian_off", "not_same", "sheet_new"}


@pytest.fixture(autouse=True)
def _now(time_machine_at):
    pass


@pytest.fixture
def time_machine_at(at):
    import time_machine

    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def desk(sign_in, volunteer):
    return sign_in(volunteer)


@pytest.fixture
def sheet(library, child, by_librarian, at) -> ConsentSheet:
    return make_consent_sheet(library=library, persons=[child.person], by=by_librarian, at=at, id=new_id())


@pytest.fixture
def consented(agree, child, picture) -> Consent:
    agree(child, how="sheet", evidence=picture)
    return Consent.objects.get()


def addresses(library, member, consent, sheet, guardian) -> dict[str, str]:
    one = {name: reverse(f"people:{name}", args=[library.code, member.pk]) for name in (
        "member", "correct", "new_card", "end", "resume", "block", "unblock", "guardian", "consent", "ask", "kept",
        "kept_json", "erase", "same", "double")}
    some = {name: reverse(f"people:{name}", args=[library.code]) for name in (
        "list", "new", "cards", "doubles", "imports", "template", "sheets", "sheet_new")}
    return one | some | {
        "sheet": reverse("people:sheet", args=[library.code, sheet.code]),
        "sheet_record": reverse("people:sheet_record", args=[library.code, sheet.code]),
        "withdraw": reverse("people:withdraw", args=[library.code, member.pk, consent.pk]),
        "evidence": reverse("people:evidence", args=[library.code, member.pk, consent.pk]),
        "guardian_off": reverse("people:guardian_off", args=[library.code, member.pk, guardian.pk]),
        "not_same": reverse("people:not_same", args=[library.code, member.pk, member.person_id])}


def test_every_page_with_names_is_closed_to_all_but_own_staff(
        client, sign_in, library, child, consented, sheet, stranger, mentor, coordinator):
    all_ = addresses(library, child, consented, sheet, Guardianship.objects.get())
    for name, url in all_.items():
        for account in (stranger, mentor, coordinator):
            browser = sign_in(account)
            assert (name, browser.get(url).status_code) == (name, 405 if name in POSTS else 404)
            assert (name, browser.post(url).status_code) == (name, 404)
        assert (name, client.get(url).status_code) == (name, 405 if name in POSTS else 302)
    assert (Person.objects.get().name, Member.objects.get().ended_on) == ("Rafi Pratama", None)


def test_a_member_of_another_library_is_not_found_under_ours(desk, library, other_library, make_member):
    other = make_member(library=other_library)
    for name in ("member", "correct", "kept", "consent"):
        assert desk.get(reverse(f"people:{name}", args=[library.code, other.pk])).status_code == 404


def test_every_page_opens_for_own_staff(desk, sign_in, librarian, library, child, consented, sheet):
    all_ = addresses(library, child, consented, sheet, Guardianship.objects.get())
    for name, url in all_.items():
        response = sign_in(librarian).get(url)
        response.getvalue()  # a file is read to its end
        assert (name, response.status_code) == (name, 405 if name in POSTS else 200)
    assert desk.get(all_["erase"]).status_code == 302
    assert desk.get(all_["imports"]).status_code == 404


def test_a_sheet_is_left_for_the_background_and_its_refusals_can_be_taken(sign_in, librarian, library, tmp_path):
    browser = sign_in(librarian)
    url = reverse("people:imports", args=[library.code])
    file = SimpleUploadedFile("../../anggota.csv", b"Nama,NIK\nSiti Aminah,3671\n,3672\n")
    assert browser.post(url, {"change": str(new_id()), "file": file}).status_code == 302
    batch = Batch.objects.get()
    assert (batch.state, batch.is_dry_run, [path.name for path in batch.folder.iterdir()]) == (
        "waiting", False, ["0-members.csv"])
    run_waiting_batch(batch.pk)
    shown = browser.get(url).context["runs"][0]
    assert (shown.state, shown.added, shown.refused, Person.objects.get().name) == ("done", 1, 1, "Siti Aminah")
    refused = browser.get(reverse("people:refusals", args=[library.code, batch.pk])).getvalue().decode()
    assert (refused.count("name_missing"), refused.count("3672")) == (1, 0)


def new_member(desk, library, **given):
    values = {"change": str(new_id()), "name": "Nurul Hidayah", "birth_year": "1990", "sex": "P",
              "phone": "0812 3456 7890"} | given
    return desk.post(reverse("people:new", args=[library.code]), values)


def test_a_member_is_enrolled_in_four_fields(desk, library):
    response = new_member(desk, library)
    member = Member.objects.get()
    assert (response.status_code, response["Location"]) == (
        302, reverse("people:member", args=[library.code, member.pk]))
    assert (member.person.name, member.person.phone, member.person.birth_year) == (
        "Nurul Hidayah", "+6281234567890", 1990)


def test_a_double_click_enrols_once(desk, library):
    change = str(new_id())
    assert new_member(desk, library, change=change)["Location"] == new_member(desk, library, change=change)["Location"]
    assert Member.objects.count() == 1


def test_what_was_typed_stays_beside_what_is_wrong(desk, library):
    response = new_member(desk, library, phone="12", birth_year="1890", address="Jl. Melati 3")
    form = response.context["form"]
    assert sorted(form.errors) == ["birth_year"]
    assert (form["address"].value(), form["phone"].value(), Member.objects.count()) == ("Jl. Melati 3", "12", 0)
    assert sorted(new_member(desk, library, phone="12").context["form"].errors) == ["phone"]


def test_a_double_is_offered_and_may_be_somebody_else(desk, library, enrol):
    found = enrol("Nurul Hidayah")
    response = new_member(desk, library, name="Nurul Hidayat")
    assert [m.member_id for m in response.context["similar"]] == [found.pk]
    assert new_member(desk, library, name="Nurul Hidayat", is_somebody_else="1").status_code == 302
    assert Member.objects.count() == 2


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(desk, library, enrol, many, django_assert_num_queries):
    for n in range(many):
        enrol(f"Siti {n}", birth_year=2017)
    desk.get(reverse("people:list", args=[library.code]))
    with django_assert_num_queries(5):
        response = desk.get(reverse("people:list", args=[library.code]))
    assert len(response.context["page"].object_list) == many


def test_filters_of_the_list(desk, library, enrol, child, agree, by_librarian, at):
    agreed, blocked = enrol("Anak Setuju", birth_year=2016, guardian=GuardianGiven("Ibu")), enrol("Pak Blokir")
    agree(agreed)
    block_member(member=blocked, reason="Buku hilang", by=by_librarian, at=at, id=new_id())
    Member.objects.filter(pk=enrol("Sudah Pergi").pk).update(ended_on=at.date())

    def shown(query):
        page = desk.get(reverse("people:list", args=[library.code]) + query).context["page"]
        return [m.person.name for m in page]
    assert shown("") == ["Anak Setuju", "Pak Blokir", "Rafi Pratama"]
    assert shown("?tampil=tanpa-persetujuan") == ["Rafi Pratama"]
    assert shown("?tampil=diblokir") == ["Pak Blokir"]
    assert shown("?tampil=berakhir") == ["Sudah Pergi"]
    assert shown("?q=blok") == ["Pak Blokir"]
    assert shown("?tampil=%27--") == ["Anak Setuju", "Pak Blokir", "Rafi Pratama"]


def test_a_scanned_card_opens_its_member(desk, library, make_member):
    member = make_member(card="ABCD2345")
    response = desk.get(reverse("people:list", args=[library.code]) + "?q=ABCD2345")
    assert response["Location"] == reverse("people:member", args=[library.code, member.pk])


def test_hostile_names_are_escaped(desk, library, enrol):
    member = enrol("<script>alert(1)</script>", address="{{ 7|add:7 }}")
    for url in (reverse("people:member", args=[library.code, member.pk]), reverse("people:list", args=[library.code]),
                reverse("people:cards", args=[library.code]), reverse("people:kept", args=[library.code, member.pk])):
        assert desk.get(url).content.decode().count("<script>alert") == 0


def test_the_member_page_leads_a_child_to_consent(desk, library, child, agree):
    url = reverse("people:member", args=[library.code, child.pk])
    assert (desk.get(url).context["needs_consent"], str(desk.get(url).context["erased_on"])) == (True, "2026-04-09")
    agree(child)
    assert desk.get(url).context["needs_consent"] is False


def test_one_tap_changes(desk, library, enrol):
    member = enrol()
    old = member.cards.get().code
    for name in ("new_card", "end", "resume"):
        assert desk.post(reverse(f"people:{name}", args=[library.code, member.pk])).status_code == 302
    member.refresh_from_db()
    assert (member.ended_on, member.cards.count(), Card.objects.open().filter(code=old).count()) == (None, 2, 0)
    assert desk.post(reverse("people:unblock", args=[library.code, member.pk])).status_code == 302


def test_consent_with_a_photographed_sheet(desk, library, child):
    url = reverse("people:consent", args=[library.code, child.pk])
    values = {"change": str(new_id()), "how": "sheet", "guardian_name": "Dian Pratama"}
    assert list(desk.post(url, values).context["form"].errors) == ["evidence"]
    assert desk.post(url, values | {"evidence": picture_file()}).status_code == 302
    consent = Consent.objects.get()
    evidence = desk.get(reverse("people:evidence", args=[library.code, child.pk, consent.pk]))
    assert evidence.getvalue()[:2] == b"\xff\xd8"
    assert (evidence.status_code, evidence["Content-Type"]) == (200, "image/jpeg")
    desk.post(reverse("people:withdraw", args=[library.code, child.pk, consent.pk]))
    assert Consent.objects.in_force().count() == 0


def test_a_class_sheet_is_made_printed_signed_and_found_again(desk, library, enrol):
    members = [enrol(f"Anak {n}", birth_year=2016) for n in "AB"]
    made = desk.post(reverse("people:sheet_new", args=[library.code]),
                     {"change": str(new_id()), "id": [str(m.pk) for m in members] + ["no id"]})
    sheet = ConsentSheet.objects.get()
    assert made["Location"] == reverse("people:sheet", args=[library.code, sheet.code])
    printed = desk.get(made["Location"]).content.decode()
    assert (printed.count("Anak A"), printed.count("Anak B"), printed.count(f">{sheet.code}<")) == (1, 1, 1)
    found = desk.get(reverse("people:sheets", args=[library.code]) + f"?kode={sheet.code.lower()}")
    first = members[0].person_id.hex
    values = {"change": str(new_id()), f"signed_{first}": "on", "evidence": picture_file()}
    assert list(desk.post(found["Location"], values).context["form"].errors) == [f"guardian_{first}"]
    values |= {f"guardian_{first}": "Ibu A", f"contact_{first}": "on", "evidence": picture_file()}
    assert desk.post(found["Location"], values).status_code == 302
    assert sorted(Consent.objects.values_list("person_id", "purpose", "how")) == sorted([
        (members[0].person_id, "child_membership", "class_sheet"), (members[0].person_id, "contact", "class_sheet")])


def test_hostile_codes_find_no_sheet(desk, library, sheet):
    assert desk.get(reverse("people:sheets", args=[library.code]) + "?kode=%27").status_code == 200
    for code in ("%00", "xxxxxx", "' OR 1"):
        url = f"/perpustakaan/{library.code}/anggota/persetujuan/{code}/"
        assert (desk.get(url).status_code, desk.get(url + "catat/").status_code) == (404, 404)


def test_a_sheet_of_nobody_says_so(desk, library):
    assert desk.post(reverse("people:sheet_new", args=[library.code])).status_code == 302
    assert ConsentSheet.objects.count() == 0


@pytest.fixture
def token(child, by_librarian, at) -> str:
    return link_token(ask_consent_by_link(person=child.person, by=by_librarian, at=at, id=new_id()).pk)


def test_a_guardians_link_is_not_spent_by_looking(client, token):
    url = reverse("people:answer", args=[token])
    for _ in range(3):
        response = client.get(url)
    assert (response.status_code, response.context["is_open"], response["X-Robots-Tag"]) == (200, True, "noindex")
    assert response.content.decode().count("Rafi Pratama") == 0


def test_a_guardian_agrees_and_withdraws_without_an_account(client, token):
    url = reverse("people:answer", args=[token])
    unnamed = client.post(url, {"change": str(new_id()), "answer": "yes"})
    assert list(unnamed.context["form"].errors) == ["guardian_name"]
    client.post(url, {"change": str(new_id()), "answer": "yes", "guardian_name": "Dian Pratama"})
    assert Consent.objects.in_force().count() == 1
    client.post(reverse("people:answer_withdraw", args=[token]))
    assert Consent.objects.in_force().count() == 0
    assert client.get(url).status_code == 200


def test_a_guardian_says_no_and_unknown_links_are_404(client, token):
    url = reverse("people:answer", args=[token])
    client.post(url, {"change": str(new_id()), "answer": "no"})
    assert (Consent.objects.count(), client.get(url).context["is_open"]) == (0, False)
    assert client.get(reverse("people:answer", args=["x" * 64])).status_code == 404
    assert client.post(reverse("people:answer_withdraw", args=[token])).status_code == 302


def test_staff_make_the_link_and_see_it_again(desk, library, child):
    desk.post(reverse("people:ask", args=[library.code, child.pk]), {"change": str(new_id())})
    url = reverse("people:consent", args=[library.code, child.pk])
    assert desk.get(url).context["link"] == desk.get(url).context["link"]
    assert desk.get(url).context["whatsapp"].startswith("https://wa.me/6281298765432?text=")


def test_ten_cards_a_page_with_the_code_readable(desk, library, enrol):
    members = [enrol(f"Siti {n:02}") for n in range(11)]
    response = desk.get(reverse("people:cards", args=[library.code]))
    assert [len(page) for page in response.context["pages"]] == [10, 1]
    one = desk.get(reverse("people:cards", args=[library.code]) + f"?id={members[0].pk}")
    code = members[0].cards.get().code
    assert re.findall(r'class="card-code">([^<]+)<', one.content.decode()) == [f"{code[:4]} {code[4:]}"]


def test_the_qr_code_needs_no_inline_style():
    assert re.findall(r"style=|<script|\son\w+=", qr("ABCD2345")) == []


def test_what_is_kept_can_be_taken_along(desk, library, child, consented):
    told = desk.get(reverse("people:kept_json", args=[library.code, child.pk])).json()
    assert [part["heading"] for part in told["kept"]] == [
        part.heading for part in desk.get(reverse("people:kept", args=[library.code, child.pk])).context["parts"]]
    assert len(told["kept"]) == 5


def test_the_librarian_erases(sign_in, librarian, library, child):
    sign_in(librarian).post(reverse("people:erase", args=[library.code, child.pk]))
    assert Person.objects.get().name == ""
    assert sign_in(librarian).get(reverse("people:list", args=[library.code])).context["page"].object_list.count() == 0


def test_a_card_of_another_library_links_the_two(desk, library, other_library, enrol, make_member):
    here, there = enrol(), make_member("Nurul H", library=other_library, card="WXYZ2345")
    url = reverse("people:same", args=[library.code, here.pk])
    assert list(desk.post(url, {"change": str(new_id()), "card": "NONE"}).context["form"].errors) == ["card"]
    assert desk.post(url, {"change": str(new_id()), "card": "wxyz 2345"}).status_code == 302
    desk.post(reverse("people:not_same", args=[library.code, here.pk, there.person_id]))
    assert [row.unlinked_at is None for row in SamePerson.objects.all()] == [False]


def test_the_city_sees_counts_and_no_names(client, sign_in, coordinator, mentor, stranger, enrol):
    for n in range(5):
        enrol(f"Siti {n}")
        enrol(f"Siti Kecil {n}", birth_year=2017)
        enrol(f"Sitompul {n}", sex="L")
    enrol("Budi", sex="L", birth_year=2017)
    url = reverse("people:counts")
    for account in (coordinator, mentor):
        response = sign_in(account).get(url)
        assert (response.context["total"], response.content.decode().count("Sit")) == (10, 0)
    assert sign_in(stranger).get(url).status_code == 404
    assert client.get(url).status_code == 302
