"""Counting members."""

from simpul.core.measure import discover
from simpul.people.models import Member


def test_members_are_counted_by_sex_and_age_group(enrol, at):
    enrol("Siti")
    enrol("Budi", sex="L", birth_year=2017)
    Member.objects.filter(pk=enrol("Sudah").pk).update(ended_on=at.date())
    current, new = discover()["members"], discover()["new_members"]
    assert (current.total(current.rows()), new.total(new.rows())) == (2, 3)
    assert current.by(current.rows(), "person__sex", "age_group") == [
        {"person__sex": "L", "age_group": "6-12", "n": 1}, {"person__sex": "P", "age_group": "18-59", "n": 1}]
    assert new.by(new.rows(), "age_group") == [{"age_group": "18-59", "n": 2}, {"age_group": "6-12", "n": 1}]


def test_the_age_groups_are_those_of_the_guest_book(enrol, at):
    rows = discover()["new_members"].rows()
    for birth_year in (2021, 2020, 2014, 2013, 2009, 2008, 1967, 1966, None):
        enrol(birth_year=birth_year)
    assert [row.age_group for row in rows.order_by("number")] == [
        row.person.age_group(at.date()) for row in rows.order_by("number")]
