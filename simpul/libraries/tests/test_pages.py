"""Pages of libraries: the public list and page, the profile, and who may open what."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from simpul.accounts.models import Account
from simpul.core.ids import new_id
from simpul.libraries.models import Closure, DatedFact, Library, OpeningHours, Region, Space, Stop

PROFILE = ["profile", "identity", "address", "hours", "closures", "spaces"]
MANAGE = ["move", "close"]


def url(name: str, *args: Any) -> str:
    return reverse(f"libraries:{name}", args=args)


@pytest.mark.parametrize("name", PROFILE)
def test_the_librarian_opens_every_section(name: str, librarian: Account, library: Library,
                                           sign_in: Callable[[Account], Client]) -> None:
    assert sign_in(librarian).get(url(name, "L001")).status_code == 200


@pytest.mark.parametrize("name", PROFILE + MANAGE)
def test_strangers_and_volunteers_get_404_and_visitors_sign_in(
        name: str, volunteer: Account, stranger: Account, mentor: Account, client: Client,
        sign_in: Callable[[Account], Client]) -> None:
    for account in (volunteer, stranger, mentor):
        assert sign_in(account).get(url(name, "L001")).status_code == 404
    answer = client.get(url(name, "L001"))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("accounts:sign_in"))


@pytest.mark.parametrize("section", ["tik", "bangunan", "aksesibilitas", "tenaga", "layanan", "anggaran"])
def test_every_section_of_facts_opens_for_its_librarian_only(
        section: str, librarian: Account, stranger: Account, sign_in: Callable[[Account], Client]) -> None:
    assert sign_in(librarian).get(url("facts", "L001", section)).status_code == 200
    assert sign_in(stranger).get(url("facts", "L001", section)).status_code == 404


def test_an_unknown_section_is_404(librarian: Account, sign_in: Callable[[Account], Client]) -> None:
    assert sign_in(librarian).get(url("facts", "L001", "rahasia")).status_code == 404


@pytest.mark.parametrize("name", MANAGE)
def test_only_the_coordinator_moves_and_closes(name: str, librarian: Account, coordinator: Account,
                                               sign_in: Callable[[Account], Client]) -> None:
    assert sign_in(librarian).get(url(name, "L001")).status_code == 404
    assert sign_in(coordinator).get(url(name, "L001")).status_code == 200


@pytest.mark.parametrize(("name", "args"), [
    ("new", ()), ("sheet", ()), ("sheet_template", ("csv",)), ("sheet_template", ("xlsx",))])
def test_only_the_coordinator_adds_libraries(name: str, args: tuple[str, ...], librarian: Account, client: Client,
                                             coordinator: Account, sign_in: Callable[[Account], Client]) -> None:
    assert sign_in(coordinator).get(url(name, *args)).status_code == 200
    assert sign_in(librarian).get(url(name, *args)).status_code == 404
    assert client.get(url(name, *args)).status_code == 302


@pytest.mark.parametrize("section", ["identity", "hours", "closures", "spaces", "reopen", "move", "close"])
def test_a_stranger_posts_nothing(section: str, stranger: Account, library: Library,
                                  sign_in: Callable[[Account], Client]) -> None:
    answer = sign_in(stranger).post(url(section, "L001"), {"name": "Milik saya", "change": str(new_id())})
    library.refresh_from_db()
    assert (answer.status_code, library.name) == (404, "Perpustakaan Kelurahan Sukasari")


def test_rows_of_another_library_are_not_touched(librarian: Account, other_library: Library,
                                                 sign_in: Callable[[Account], Client]) -> None:
    day = "2026-03-10"
    closure = Closure.objects.create(library=other_library, first_on=day, last_on=day, reason="Libur")
    space = Space.objects.create(library=other_library, name="Teras")
    stop = Stop.objects.create(library=other_library, name="Lapangan")
    fact = DatedFact.objects.create(library=other_library, name="ramp", value=True, from_on=day,
                                    recorded_at="2026-03-10T03:00Z")
    browser = sign_in(librarian)
    for name, args in (("closure_withdraw", (closure.pk,)), ("space_close", (space.pk,)), ("stop_close", (stop.pk,)),
                       ("fact_void", ("aksesibilitas", fact.pk))):
        assert browser.post(url(name, "L001", *args)).status_code == 404


@pytest.mark.parametrize("n", [1, 3, 104])
def test_the_list_asks_as_often_for_one_library_as_for_all(
        n: int, make_library: Callable[..., Library], client: Client, django_assert_num_queries: Any) -> None:
    for _n in range(n):
        opening(make_library())
    with django_assert_num_queries(7):
        answer = client.get(url("list"))
    assert (answer.context["page"].paginator.count, len(answer.context["page"].object_list)) == (n, min(n, 20))


@pytest.mark.parametrize("n", [1, 3])
def test_a_library_page_asks_a_fixed_number_of_questions(n: int, library: Library, client: Client,
                                                         django_assert_num_queries: Any) -> None:
    opening(library)
    for k in range(n):
        Space.objects.create(library=library, name=f"Ruang {k}")
        Stop.objects.create(library=library, name=f"Lapangan {k}", region=library.region)
        Closure.objects.create(library=library, first_on=f"2099-01-0{k + 1}", last_on=f"2099-01-0{k + 1}",
                               reason="Libur")
    with django_assert_num_queries(7):
        assert client.get(url("detail", "L001")).status_code == 200


def opening(library: Library) -> None:
    for weekday in range(7):
        OpeningHours.objects.create(library=library, weekday=weekday, opens=time(8), closes=time(15))


@pytest.mark.parametrize(("moment", "shown"), [
    ("2026-06-09T03:00Z", ["L001"]),   # Tuesday 10.00
    ("2026-06-09T09:00Z", []),         # Tuesday 16.00
])
def test_open_now_shows_what_is_open_at_this_hour(moment: str, shown: list[str], library: Library,
                                                  other_library: Library, client: Client, time_machine: Any) -> None:
    opening(library)
    time_machine.move_to(moment, tick=False)
    page = client.get(url("list"), {"buka": "1"}).context["page"]
    assert [one.library.code for one in page.object_list] == shown


def test_filters_narrow_by_place_kind_and_name(library: Library, other_library: Library, client: Client) -> None:
    def shown(**query: str) -> list[str]:
        return [one.library.code for one in client.get(url("list"), query).context["page"].object_list]

    assert shown() == ["L001", "L002"]
    assert shown(jenis="tbm") == ["L002"]
    assert shown(q="melati") == ["L002"]
    assert shown(q="sukaasih") == ["L002"]
    assert shown(kecamatan="36.71.01") == ["L001", "L002"]
    assert shown(kecamatan="36.71.02") == []


def test_a_closed_library_leaves_the_list_and_keeps_its_page(library: Library, client: Client) -> None:
    Library.objects.filter(pk=library.pk).update(closed_on="2026-01-01")
    assert client.get(url("list")).context["page"].paginator.count == 0
    assert client.get(url("detail", "L001")).status_code == 200


def test_the_public_page_names_nobody(library: Library, librarian: Account, client: Client) -> None:
    page = client.get(url("detail", "L001")).content.decode()
    assert ("Rina" in page, "L001" in page) == (False, True)


def test_an_unknown_code_is_404(city: Any, client: Client) -> None:
    assert client.get(url("detail", "L999")).status_code == 404


def test_hours_are_set_copied_and_shown(librarian: Account, library: Library,
                                        sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(librarian)
    monday = {"opens_0": "08:00", "closes_0": "15:00", "change": str(new_id())}
    copied = browser.post(url("hours", "L001"), monday | {"salin": "1"}).context["form"]
    assert [copied[f"closes_{n}"].value() for n in range(7)] == ["15:00"] * 5 + [None, None]
    assert library.opening_hours.count() == 0
    browser.post(url("hours", "L001"), monday)
    assert list(library.opening_hours.values_list("weekday", "opens", "season")) == [(0, time(8), "usual")]
    assert browser.get(url("hours", "L001")).context["form"]["opens_0"].value() == time(8)


def test_half_an_hour_is_refused_beside_its_field_and_kept(librarian: Account, library: Library,
                                                           sign_in: Callable[[Account], Client]) -> None:
    answer = sign_in(librarian).post(url("hours", "L001"), {"opens_0": "08:00", "change": str(new_id())})
    assert (list(answer.context["form"].errors), answer.context["form"]["opens_0"].value()) == (["closes_0"], "08:00")


def test_a_closure_is_declared_and_undone_by_its_message(librarian: Account, library: Library,
                                                         sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(librarian)
    answer = browser.post(url("closures", "L001"), {
        "first_on": "2026-03-20", "last_on": "", "reason": "Idulfitri", "change": str(new_id())}, follow=True)
    closure = Closure.objects.get()
    assert (str(closure.last_on), [message.extra_tags for message in answer.context["messages"]]) == (
        "2026-03-20", [f"undo:{url('closure_withdraw', 'L001', closure.pk)}"])
    browser.post(url("closure_withdraw", "L001", closure.pk))
    closure.refresh_from_db()
    assert closure.withdrawn_at is not None


def test_facts_are_told_and_only_what_changed(librarian: Account, library: Library,
                                              sign_in: Callable[[Account], Client]) -> None:
    browser = sign_in(librarian)
    told = {"computers_public": "4", "internet": "True", "from_on": "2026-01-01", "change": str(new_id())}
    browser.post(url("facts", "L001", "tik"), told)
    browser.post(url("facts", "L001", "tik"), told | {"computers_public": "5", "from_on": "2026-02-01",
                                                      "change": str(new_id())})
    assert set(library.facts.values_list("name", "value", "from_on__month")) == {
        ("computers_public", 4, 1), ("internet", True, 1), ("computers_public", 5, 2)}


def test_the_coordinator_adds_a_library(coordinator: Account, library: Library,
                                        sign_in: Callable[[Account], Client]) -> None:
    place = Region.objects.get(code="36.71.01.1001")
    answer = sign_in(coordinator).post(url("new"), {
        "name": "TBM Mawar", "kind": "tbm", "region": str(place.pk), "is_staffed": "on", "change": str(new_id())})
    made = Library.objects.get(code="L002")
    assert (answer["Location"], made.name, made.region, made.placements.count()) == (
        url("profile", "L002"), "TBM Mawar", place, 1)


def test_a_mobile_library_has_stops_and_others_have_none(
        make_library: Callable[..., Library], librarian: Account, coordinator: Account,
        sign_in: Callable[[Account], Client]) -> None:
    make_library(code="L009", kind=Library.Kind.MOBILE)
    browser = sign_in(coordinator)
    assert (browser.get(url("stops", "L009")).status_code, browser.get(url("stops", "L001")).status_code) == (200, 404)
    browser.post(url("stops", "L009"), {"name": "Lapangan RW 3", "weekday": "2", "arrives": "09:00",
                                        "leaves": "11:00", "change": str(new_id())})
    assert Stop.objects.values_list("name", "weekday").get() == ("Lapangan RW 3", 2)
    assert browser.get(url("detail", "L009")).status_code == 200


def test_without_a_city_the_list_says_what_to_do(db: None, client: Client) -> None:
    assert url("first_run") in client.get(url("list")).content.decode()
