"""The pages about staff: who may open them, what they say, how many questions they ask."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from simpul.accounts.models import Account, Invitation
from simpul.core.actor import Role
from simpul.libraries.models import StaffRole

STAFF = "/perpustakaan/L001/pengelola/"
CITY = "/kota/pengelola/"


@pytest.fixture
def browsers(library, city, volunteer, librarian, mentor, coordinator, stranger, sign_in):
    return {name: sign_in(account) for name, account in {
        "volunteer": volunteer, "librarian": librarian, "mentor": mentor, "coordinator": coordinator,
        "stranger": stranger}.items()} | {"visitor": Client()}


@pytest.mark.parametrize(("method", "url", "opens"), [
    ("get", STAFF, {"volunteer", "librarian", "mentor", "coordinator"}),
    ("post", STAFF + "undang/", {"librarian", "coordinator"}),
    ("get", "/perpustakaan/L001/perangkat/", {"librarian", "coordinator"}),
    ("get", "/perpustakaan/L001/sambungan/", {"librarian", "coordinator"}),
    ("get", CITY, {"coordinator"}),
    ("post", CITY + "undang/", {"coordinator"}),
    ("post", CITY + "pendampingan/", {"coordinator"}),
])
def test_who_opens_which_page(browsers, method, url, opens):
    statuses = {name: getattr(client, method)(url, {}).status_code for name, client in browsers.items()}
    assert statuses == {name: 302 if name == "visitor" else 200 if name in opens else 404 for name in browsers}


def test_one_button_addresses_refuse_strangers_and_send_visitors_to_sign_in(browsers, volunteer):
    role = volunteer.roles.get()
    for name, id in (("role_end", role.pk), ("role_restore", role.pk), ("reset_link", volunteer.pk),
                     ("second_factor_take_away", volunteer.pk)):
        url = reverse(f"libraries:{name}", args=[id])
        assert browsers["stranger"].post(url).status_code == 404
        assert browsers["visitor"].post(url)["Location"] == f"/masuk/?next={url}"
        assert browsers["librarian"].get(url).status_code == 405
        assert browsers["librarian"].post(reverse(f"libraries:{name}", args=[uuid4()])).status_code == 404


def test_inviting_shows_the_link_and_a_whatsapp_message_once(browsers):
    told = {"for_name": "Wati", "role": "volunteer", "change": str(uuid4())}
    answer = browsers["librarian"].post(STAFF + "undang/", told)
    again = browsers["librarian"].post(STAFF + "undang/", told)
    assert (answer.status_code, answer.context["url"].startswith("http://testserver/undangan/"),
            answer.context["whatsapp"].startswith("https://wa.me/?text=Hello%20Wati") or
            answer.context["whatsapp"].startswith("https://wa.me/?text=Halo%20Wati"),
            again.context["url"] == answer.context["url"]) == (200, True, True, True)
    assert [link.gives for link in browsers["librarian"].get(STAFF).context["links"]] == [
        str(answer.context["link"].get_role_display())]
    assert browsers["volunteer"].get(STAFF).context["links"] == []


def test_a_librarian_cannot_smuggle_in_a_higher_role(browsers):
    for role in ("mentor", "coordinator", "administrator"):
        answer = browsers["librarian"].post(STAFF + "undang/", {"for_name": "X", "role": role, "change": uuid4()})
        assert list(answer.context["form"].errors) == ["role"]
    assert Invitation.objects.count() == 0


def test_an_invitation_is_withdrawn(browsers):
    browsers["librarian"].post(STAFF + "undang/", {"for_name": "Wati", "role": "volunteer", "change": uuid4()})
    url = reverse("libraries:invitation_revoke", args=[Invitation.objects.get().pk])
    assert browsers["stranger"].post(url).status_code == 404
    assert browsers["librarian"].post(url)["Location"] == STAFF
    assert browsers["librarian"].get(STAFF).context["links"] == []


def test_a_role_is_ended_with_a_way_back(browsers, volunteer):
    role = volunteer.roles.get()
    browsers["librarian"].post(reverse("libraries:role_end", args=[role.pk]), {"change": uuid4()})
    page = browsers["librarian"].get(STAFF)
    assert page.content.decode().count(reverse("libraries:role_restore", args=[role.pk])) == 1
    assert browsers["volunteer"].get(STAFF).status_code == 404
    browsers["librarian"].post(reverse("libraries:role_restore", args=[role.pk]), {"change": uuid4()})
    assert browsers["volunteer"].get(STAFF).status_code == 200


def test_the_last_coordinator_is_told_why(browsers, coordinator):
    answer = browsers["coordinator"].post(
        reverse("libraries:role_end", args=[coordinator.roles.get().pk]), {"change": uuid4()}, follow=True)
    assert (answer.redirect_chain[-1][0], StaffRole.objects.filter(role="coordinator", ends_on=None).count()) == (
        CITY, 1)


def test_a_mentor_is_assigned_from_the_page(browsers, mentor, library, other_library):
    answer = browsers["coordinator"].post(CITY + "pendampingan/", {
        "account": mentor.pk, "libraries": [library.pk, other_library.pk], "starts_on": "2030-01-01",
        "last_on": "2030-06-30", "change": uuid4()})
    added = StaffRole.objects.get(account=mentor, library=other_library)
    assert (answer.status_code, str(added.starts_on), str(added.ends_on)) == (302, "2030-01-01", "2030-07-01")


def test_a_reset_link_is_offered_for_own_volunteers_only(browsers):
    rows = browsers["librarian"].get(STAFF).context["serving"]
    assert {row["it"].account.name: row["can_reset"] for row in rows} == {
        "Rina Wulandari": False, "Budi Santoso": True, "Agus Hidayat": False}


@pytest.mark.parametrize("url", [STAFF, CITY])
def test_lists_ask_as_many_questions_for_three_people_as_for_one(
        url, city, library, coordinator, sign_in, make_account, django_assert_num_queries):
    def add():
        make_account("Tono", Role.VOLUNTEER, library)
        make_account("Tini", Role.MENTOR, library)
        make_account("Nur", Role.COORDINATOR)
        browser.post(CITY + "undang/", {"for_name": "Wati", "role": "volunteer", "library": library.pk,
                                        "change": uuid4()})

    browser = sign_in(coordinator)
    add()
    browser.get(url)
    with CaptureQueriesContext(connection) as one:
        browser.get(url)
        asked = len(one)
    add(), add()
    with django_assert_num_queries(asked):
        browser.get(url)


def test_a_new_password_link_goes_to_the_persons_own_number(browsers, volunteer):
    answer = browsers["librarian"].post(reverse("libraries:reset_link", args=[volunteer.pk]), {"change": uuid4()})
    assert answer.context["whatsapp"].startswith(f"https://wa.me/{volunteer.phone[1:]}?text=")
    assert Account.objects.get(pk=volunteer.pk).has_usable_password()
