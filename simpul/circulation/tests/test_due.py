"""Due lists, reminders, receipts, figures, and what is forgotten after a year."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.urls import reverse

from simpul.circulation.actions import note_reminder, unlink_old_loans
from simpul.circulation.erasure import keeps, tells
from simpul.circulation.models import Charge, Loan, LoanRule, Reminder
from simpul.circulation.queries import (
    DEFAULT_TERMS,
    Terms,
    desk_figures,
    due_member_ids,
    due_members,
    terms_for,
)
from simpul.circulation.schedule import unlink
from simpul.core.actor import COMMAND
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Library
from simpul.people.models import Guardianship, MemberType

DUE = "/perpustakaan/L001/jatuh-tempo/"
LATER = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)  # three days after the due day of a loan of NOON


def due_on(library: Library, day: date, window: str = "overdue") -> list[Any]:
    return due_members(library, day, window, list(due_member_ids(library, day, window)))


def test_members_stand_by_who_waits_longest(
        library: Library, lend: Any, make_copy: Any, make_member: Any, at: datetime) -> None:
    siti, budi = make_member("Siti"), make_member("Budi")
    lend(make_copy(), siti)
    lend(make_copy(), budi, at=at - timedelta(days=2))
    lend(make_copy(), budi)
    lists = {window: [(row.name, len(row.loans), row.days_late) for row in due_on(library, day, window)]
             for window, day in (("overdue", date(2026, 3, 18)), ("today", date(2026, 3, 17)),
                                 ("week", date(2026, 3, 10)))}
    assert lists == {"overdue": [("Budi", 2, 3), ("Siti", 1, 1)], "today": [("Siti", 1, 0), ("Budi", 1, 0)],
                     "week": [("Budi", 2, 0), ("Siti", 1, 0)]}


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(
        library: Library, lend: Any, make_copy: Any, make_member: Any, n: int, django_assert_num_queries: Any) -> None:
    for k in range(n):
        lend(make_copy(), make_member(f"Anggota {k}"))
    with django_assert_num_queries(5):
        assert len(due_on(library, date(2026, 3, 20))) == n


def test_an_adult_is_written_to_with_the_titles(
        library: Library, lend: Any, make_copy: Any, make_member: Any) -> None:
    lend(make_copy("Laskar Pelangi"), make_member(phone="+6281234567890"))
    (row,) = due_on(library, date(2026, 3, 20))
    assert row.link.startswith("https://wa.me/6281234567890?text=")
    assert "Laskar Pelangi" in unquote(row.link)


def test_a_childs_message_goes_to_the_guardian_and_names_no_title(
        library: Library, lend: Any, make_copy: Any, make_member: Any, by_volunteer: Any, at: datetime) -> None:
    child = make_member("Adi", birth_year=2016, phone="+6281111111111")
    Guardianship.objects.create(child=child.person, name="Ibu Wati", phone="+6282222222222", recorded_at=at)
    lend(make_copy("Rahasia Anak"), child, by=replace(by_volunteer, is_replay=True))
    (row,) = due_on(library, date(2026, 3, 20))
    assert row.link.startswith("https://wa.me/6282222222222?")
    assert ("Rahasia Anak" in row.message, "Adi" in row.message, "Ibu Wati" in row.message) == (False, True, True)


def test_a_child_without_a_guardians_number_is_not_written_to(
        library: Library, lend: Any, make_copy: Any, make_member: Any, by_volunteer: Any) -> None:
    child = make_member("Adi", birth_year=2016, phone="+6281111111111")
    lend(make_copy(), child, by=replace(by_volunteer, is_replay=True))
    assert [row.link for row in due_on(library, date(2026, 3, 20))] == [""]


def test_who_was_reminded_when_is_remembered(
        library: Library, lend: Any, make_copy: Any, make_member: Any, by_librarian: Any) -> None:
    member = make_member()
    lend(make_copy(), member)
    note_reminder(library=library, member=member, by=by_librarian, at=LATER, id=new_id())
    assert [row.reminded_at for row in due_on(library, date(2026, 3, 20))] == [LATER]


def test_the_page_shows_renews_takes_back_and_reminds(
        sign_in: Any, volunteer: Any, library: Library, lend: Any, make_copy: Any, make_member: Any,
        time_machine: Any) -> None:
    time_machine.move_to(LATER, tick=False)
    loan = lend(make_copy("Laskar Pelangi"), make_member("Siti Aminah", phone="+6281234567890"))
    client = sign_in(volunteer)
    page = client.get(DUE)
    assert [row.name for row in page.context["members"]] == ["Siti Aminah"]
    here = {"next": DUE}
    client.post(reverse("circulation:remind", args=["L001", loan.member_id]), here | {"change": new_id()})
    client.post(reverse("circulation:renew_loan", args=["L001", loan.pk]), here | {"change": new_id()})
    loan.refresh_from_db()
    assert (Reminder.objects.count(), loan.due_on) == (1, date(2026, 3, 27))
    back = client.post(reverse("circulation:return_loan", args=["L001", loan.pk]), here | {"change": new_id()})
    loan.refresh_from_db()
    assert (back["Location"], loan.is_open) == (DUE, False)


def test_the_sheet_is_read_as_text(
        sign_in: Any, volunteer: Any, lend: Any, make_copy: Any, make_member: Any, time_machine: Any) -> None:
    time_machine.move_to(LATER, tick=False)
    member = make_member("=HYPERLINK(1)")
    loan = lend(make_copy('Judul "aneh", dengan; koma'), member)
    text = sign_in(volunteer).get(f"{DUE}daftar.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1] == (
        f"{member.number},'=HYPERLINK(1),\"Judul \"\"aneh\"\", dengan; koma\",{loan.copy.code},2026-03-10,2026-03-17,3")


@pytest.mark.parametrize("page", ["member", "receipt"])
def test_a_members_pages(
        sign_in: Any, volunteer: Any, lend: Any, make_copy: Any, make_member: Any, page: str) -> None:
    loan = lend(make_copy("Laskar Pelangi"), make_member("Siti Aminah"))
    response = sign_in(volunteer).get(reverse(f"circulation:{page}", args=["L001", loan.member_id]))
    assert [row.copy.title.title for row in response.context["at_desk"].loans] == ["Laskar Pelangi"]


def test_money_on_the_members_page(
        sign_in: Any, librarian: Any, lend: Any, make_copy: Any, make_member: Any) -> None:
    loan = lend(make_copy(price=60_000), make_member())
    client, here = sign_in(librarian), reverse("circulation:member", args=["L001", loan.member_id])
    client.post(reverse("circulation:mark_lost", args=["L001", loan.pk]), {
        "change": new_id(), "next": here, "amount": "Rp60.000"})
    charge = Charge.objects.get()
    client.post(reverse("circulation:pay_charge", args=["L001", charge.pk]), {
        "change": new_id(), "next": here, "amount": "20.000"})
    client.post(reverse("circulation:waive_charge", args=["L001", charge.pk]), {
        "change": new_id(), "next": here, "because": "banjir"})
    charge.refresh_from_db()
    assert (charge.amount, charge.paid, charge.waived) == (60_000, 20_000, 40_000)
    assert client.get(here).status_code == 200


def test_a_copys_history_forgets_the_reader(
        sign_in: Any, volunteer: Any, lend: Any, take_back: Any, make_copy: Any, make_member: Any) -> None:
    copy = make_copy()
    lend(copy, make_member("Siti Aminah"))
    take_back(copy)
    page, client = reverse("circulation:copy", args=["L001", copy.pk]), sign_in(volunteer)
    assert "Siti Aminah" in client.get(page).content.decode()
    unlink(LATER + timedelta(days=400))
    assert "Siti Aminah" not in client.get(page).content.decode()


def test_a_year_after_its_end_a_loan_keeps_sex_and_age_group_only(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any, at: datetime) -> None:
    copy, open_copy, member = make_copy(), make_copy(), make_member(sex="P", birth_year=1990)
    ended = lend(copy, member)
    take_back(copy)
    lend(open_copy, member)
    assert unlink_old_loans(by=COMMAND, at=at + timedelta(days=365), id=new_id()) == 0
    assert unlink_old_loans(by=COMMAND, at=at + timedelta(days=366), id=new_id()) == 1
    ended.refresh_from_db()
    assert (ended.member, ended.sex, ended.age_group, Loan.objects.open().get().member) == (
        None, "P", "18-59", member)


def test_only_the_schedule_forgets(by_librarian: Any, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        unlink_old_loans(by=by_librarian, at=at, id=new_id())


def test_a_borrower_is_kept_with_the_reason(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any, make_rule: Any, library: Library) -> None:
    make_rule(library=library, fine_per_day=500)
    copy, member = make_copy(), make_member()
    assert keeps(member.person) is None
    lend(copy, member)
    reasons = [keeps(member.person)]
    take_back(copy, at=LATER)
    reasons.append(keeps(member.person))
    Charge.objects.update(waived=1500)
    assert (len({*reasons, None}), keeps(member.person)) == (3, None)
    assert [len(part.rows) for part in tells(member.person)] == [1, 1, 0]


def test_figures_for_today(
        library: Library, lend: Any, make_copy: Any, make_member: Any, at: datetime,
        django_assert_num_queries: Any) -> None:
    lend(make_copy(), make_member())
    lend(make_copy(), make_member("Budi"), at=at - timedelta(days=3))
    with django_assert_num_queries(1):
        figures = desk_figures([library.pk], date(2026, 3, 17))
    assert (figures.due_today, figures.overdue, figures.open) == (1, 1, 2)


def test_what_is_counted_can_be_opened(
        lend: Any, take_back: Any, make_copy: Any, make_member: Any) -> None:
    copy = make_copy()
    lend(copy, make_member(sex="P", birth_year=1990))
    take_back(copy)
    found = discover()
    totals = {name: found[name].total(found[name].rows()) for name in (
        "loans", "returns", "renewals", "in_house_uses")}
    assert totals == {"loans": 1, "returns": 1, "renewals": 0, "in_house_uses": 0}
    assert found["loans"].by(found["loans"].rows(), "sex", "age_group") == [
        {"sex": "P", "age_group": "18-59", "n": 1}]


def test_the_most_particular_rule_wins(library: Library, adult_type: MemberType, make_rule: Any) -> None:
    terms = [terms_for(library.pk, adult_type.pk)]
    for days, scope in ((10, {}), (11, {"member_type": adult_type}), (12, {"library": library}),
                        (13, {"library": library, "member_type": adult_type})):
        make_rule(days=days, **scope)
        terms.append(terms_for(library.pk, adult_type.pk))
    assert (terms[0], [term.days for term in terms[1:]]) == (DEFAULT_TERMS, [10, 11, 12, 13])


def test_the_librarian_sets_rules_on_the_page(
        sign_in: Any, librarian: Any, volunteer: Any, library: Library, adult_type: MemberType) -> None:
    page = "/perpustakaan/L001/aturan-pinjam/"
    values = {"copies_at_once": 5, "days": 14, "renewals": 2, "grace_days": 0, "fine_per_day": 500,
              "fine_at_most": 5000}
    client = sign_in(librarian)
    assert client.post(page, values | {"change": new_id()}).status_code == 302
    client.post(page, values | {"change": new_id(), "days": 21, "member_type": str(adult_type.pk)})
    wrong = client.post(page, values | {"change": new_id(), "days": 0})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (200, ["days"])
    assert [(rule.scope == f"{library.pk}|", rule.days) for rule in LoanRule.objects.order_by("days")] == [
        (True, 14), (False, 21)]
    assert terms_for(library.pk, adult_type.pk) == Terms(5, 21, 2, 0, 500, 5000)
    assert sign_in(volunteer).get(page).status_code == 404


def test_reading_in_place_is_scanned_tallied_and_undone(
        sign_in: Any, volunteer: Any, make_copy: Any) -> None:
    page, client = "/perpustakaan/L001/baca-di-tempat/", sign_in(volunteer)
    make_copy("Laskar Pelangi", code="B1")
    assert client.post(page, {"text": "B1", "change": new_id()}).status_code == 302
    assert client.post(page, {"text": "B9", "change": new_id()}).context["fault"] != ""
    assert client.post(page, {"count": "17", "change": new_id()}).status_code == 302
    wrong = client.post(page, {"count": "0", "change": new_id()})
    assert list(wrong.context["form"].errors) == ["count"]
    shown = client.get(page).context
    assert shown["total"] == 18
    latest = shown["latest"][0]
    client.post(reverse("circulation:undo_in_house", args=["L001", latest.pk]), {"change": new_id(), "next": page})
    assert client.get(page).context["total"] == 1


def test_a_tally_needs_a_sensible_number(library: Library, by_volunteer: Any, at: datetime) -> None:
    from simpul.circulation.actions import tally_in_house_use

    for count in (0, -3, 5000):
        with pytest.raises(Refusal) as refused:
            tally_in_house_use(library=library, count=count, by=by_volunteer, at=at, id=new_id())
        assert refused.value.field == "count"
