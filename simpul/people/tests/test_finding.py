"""Finding a member at the desk."""

from datetime import date

import pytest

from simpul.people.models import Card, Member
from simpul.people.queries import (
    Contact,
    contacts_for,
    find_members,
    fold_name,
    member_by_card,
    member_counts,
    shortened,
    similar_members,
)

DAY = date(2026, 3, 10)


def names(text, library, **given):
    return [found.name for found in find_members(text, library, day=DAY, **given)]


@pytest.mark.parametrize(("name", "key"), [
    ("Siti Nurhaliza", "siti nurhaliza"), ("  SITI   Nur'aini ", "siti nuraini"), ("José Ñ. Díaz", "jose n diaz"),
    ("Muh. Al-Farisi", "muh al farisi"), ("", ""), ("...", ""), ("😀", "😀"), ("نورول", "نورول")])
def test_names_are_folded(name, key):
    assert fold_name(name) == key


def test_by_card_alone_in_any_grouping(make_member, library):
    siti = make_member("Siti Aminah", card="ABCD2345")
    make_member("Siti Abcd2345")
    for text in ("ABCD2345", "abcd 2345", "abcd-2345"):
        assert names(text, library) == [siti.person.name]


def test_by_number_by_words_and_by_the_end_of_the_phone(make_member, library):
    siti = make_member("Siti Aminah", phone="+6281234567890")
    make_member("Budi Santoso", phone="+6281234560000")
    assert names(siti.number, library) == ["Siti Aminah"]
    assert names("ami sit", library) == ["Siti Aminah"]
    assert names("7890", library) == ["Siti Aminah"]
    assert names("0812-3456-7890", library) == ["Siti Aminah"]
    assert names("789", library) == names("x", library) == names("  ", library) == []


def test_other_libraries_members_only_by_card_and_without_contact(make_member, library, other_library):
    make_member("Siti Nurhaliza Putri", library=other_library, phone="+6281234567890", address="Jl. A",
                card="WXYZ2345")
    assert names("Siti", library) == []
    found = find_members("WXYZ2345", library, day=DAY)[0]
    assert (found.name, found.phone, found.address, found.birth_year, found.is_own, found.library_name) == (
        "Siti N. P.", "", "", None, False, "TBM Melati")


def test_a_closed_card_finds_nobody(make_member, library, at):
    member = make_member(card="ABCD2345")
    Card.objects.update(ended_at=at)
    assert (names("ABCD2345", library), member_by_card("ABCD2345", library)) == ([], None)
    assert names(member.number, library) == ["Siti Aminah"]


def test_an_old_number_means_somebody_at_its_own_library_only(make_member, library, other_library):
    here = make_member("Siti Aminah", card=f"{library.code}:M001")
    make_member("Budi Santoso", library=other_library, card=f"{other_library.code}:M001")
    assert member_by_card("m001", library) == here
    assert names("M001", library) == ["Siti Aminah"]
    assert names("M001", other_library) == ["Budi Santoso"]


def test_old_spellings_and_slips_are_found_when_nothing_else_is(make_member, library):
    make_member("Achmad Djoko")
    assert names("Ahmad Joko", library) == ["Achmad Djoko"]
    assert names("Ahmat Joko", library) == ["Achmad Djoko"]
    assert names("Wulandari", library) == []


@pytest.mark.parametrize("text", ["%", "%%", "_", "' OR 1=1 --", "\x00\x00", "a" * 5000, "{}", "\\"])
def test_hostile_searches_find_nobody(make_member, library, text):
    make_member()
    assert names(text, library) == []


@pytest.mark.parametrize("many", [1, 3])
def test_finding_asks_four_questions_however_many_fit(make_member, library, many, django_assert_num_queries):
    for n in range(many):
        make_member(f"Siti {n}", birth_year=2017)
    with django_assert_num_queries(4):
        assert len(find_members("Siti", library, day=DAY)) == many


def test_a_double_is_noticed_by_a_like_name_and_the_same_year(make_member, library, other_library):
    make_member("Muhammad Rizki Saputra", birth_year=2001)
    make_member("Muhammad Rizki Saputra", birth_year=2001, library=other_library)
    assert [m.name for m in similar_members(library, "M. Rizki Saputra", 2001, DAY)] == []
    assert [m.name for m in similar_members(library, "Muhamad Rizky Saputra", 2001, DAY)] == ["Muhammad Rizki Saputra"]
    assert similar_members(library, "Muhammad Rizki Saputra", 2002, DAY) == []
    assert similar_members(library, "Muhammad Rizki Saputra", None, DAY) == []


@pytest.mark.parametrize("many", [1, 3])
def test_contacts_of_children_are_their_guardians(enrol, child, many, django_assert_num_queries):
    grown = [enrol("Ibu Sari", phone="08111222333", may_contact=True).person for _ in range(many)]
    with django_assert_num_queries(2):
        found = contacts_for([child.person, *grown], DAY)
    assert found[child.person_id] == Contact("Dian Pratama", "+6281298765432", True, False)
    assert found[grown[0].pk] == Contact("Ibu Sari", "+628111222333", False, True)


def test_counts_hold_no_names_and_hide_few(make_member, library, other_library):
    for n in range(5):
        make_member(f"Siti {n}", birth_year=1990)
    make_member("Budi", sex="L", birth_year=2017)
    make_member("Lain", library=other_library)
    ended = make_member("Sudah")
    Member.objects.filter(pk=ended.pk).update(ended_on=DAY)
    told = [(c.age_group, c.sex, c.count) for c in member_counts([library], DAY)]
    assert told == [("6-12", "L", None), ("18-59", "P", None)]  # the five would give the one away
    for n in range(7):
        make_member(f"Agus {n}", sex="L", birth_year=1990)
    told = [(c.age_group, c.sex, c.count) for c in member_counts([library], DAY)]
    assert told == [("6-12", "L", None), ("18-59", "L", 7), ("18-59", "P", None)]
    assert [c.count for c in member_counts([library], DAY, hides_few=False)] == [1, 7, 5]


def test_a_name_is_shortened_for_other_desks():
    assert (shortened("Siti Nurhaliza Putri"), shortened("Budi"), shortened("")) == ("Siti N. P.", "Budi", "")
