"""Questions and rows whose SQL is made once."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from simpul.accounts.models import Account, Session
from simpul.core import rows
from simpul.core.ids import new_id
from simpul.core.models import JournalLine, JournalTouch
from simpul.core.prepared import Prepared
from simpul.libraries.models import Library

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def line(**more):
    return JournalLine(id=new_id(), verb="x.done", by_kind="command", happened_at=LONG_AGO, fingerprint="f", **more)


def test_it_answers_as_the_queryset_does_and_anew_each_time(library, other_library, django_assert_num_queries):
    asked = Prepared(lambda code: Library.objects.select_related("region").filter(code=code))
    assert asked.first(code=library.code) == library
    assert asked.first(code=other_library.code) == other_library
    assert asked.first(code="none") is None
    Library.objects.filter(pk=library.pk).update(name="Renamed")
    with django_assert_num_queries(1):
        found = asked.first(code=library.code)
        assert (found.name, found.region) == ("Renamed", library.region)


def test_values_of_every_kind_and_lists(library, other_library):
    asked = Prepared(lambda id, a, b: Library.objects.filter(pk=id, code__in=[a, b]).values_list("code", flat=True))
    assert asked(id=library.pk, a=library.code, b="none") == [library.code]
    assert asked(id=other_library.pk, a=library.code, b="none") == []
    account = Account.objects.create(name="A", phone="+628123")
    until = datetime(2030, 1, 1, tzinfo=UTC)
    Session.objects.create(session_key="k", expire_date=until, account=account)
    living = Prepared(lambda now: Session.objects.select_related("account").filter(expire_date__gt=now))
    assert [row.account for row in living(now=LONG_AGO)] == [account]
    assert living(now=until) == []


def test_a_row_without_its_other_row_has_none(django_assert_num_queries):
    Session.objects.create(session_key="k", expire_date=LONG_AGO)
    asked = Prepared(lambda key: Session.objects.select_related("account").filter(session_key=key))
    with django_assert_num_queries(1):
        assert asked.first(key="k").account is None


def test_fields_left_out_are_fetched_when_asked_for(library):
    found = Prepared(lambda id: Library.objects.only("code").filter(pk=id)).first(id=library.pk)
    assert found.get_deferred_fields() >= {"name"}
    assert found.name == library.name


def test_nothing_is_not_a_value(library):
    asked = Prepared(lambda id: Library.objects.filter(pk=id))
    with pytest.raises(TypeError):
        asked(id=None)
    assert asked(id=library.pk) == [library]
    with pytest.raises(TypeError):
        asked(id=None)
    with pytest.raises(KeyError):
        asked(code="L")


def test_a_question_that_looks_into_its_value_is_no_prepared_one(library):
    asked = Prepared(lambda code: Library.objects.filter(code__iexact=code))
    if connection.vendor == "sqlite":  # which compares by LIKE, with the signs of a pattern in the value escaped
        with pytest.raises(TypeError):
            asked(code=library.code)
    else:
        assert asked(code=library.code.lower()) == [library]


def test_rows_are_written_as_save_writes_them():
    made = line(refs={"a": "b"}, facts={"n": 3})
    rows.insert([made])
    saved = line(refs={"a": "b"}, facts={"n": 3})
    saved.save(force_insert=True)
    first, second = JournalLine.objects.get(pk=made.pk), JournalLine.objects.get(pk=saved.pk)
    assert (first.refs, first.facts, first.flags, first.result, first.by_id, first.happened_at) == (
        second.refs, second.facts, second.flags, second.result, second.by_id, second.happened_at)
    assert JournalLine.objects.filter(result__isnull=True).count() == 2
    assert first.recorded_at == made.recorded_at
    assert not made._state.adding


def test_several_rows_with_counted_keys():
    made = line()
    rows.insert([made])
    rows.insert([JournalTouch(line=made, label=label, row_id=new_id()) for label in ("a", "b")])
    assert list(made.touches.order_by("pk").values_list("label", flat=True)) == ["a", "b"]
    rows.insert([])
    assert JournalTouch.objects.count() == 2


def test_a_row_that_is_there_already_is_refused():
    made = line()
    rows.insert([made])
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert([made])


def test_only_the_named_fields_of_the_row_are_renewed():
    made, other = line(), line()
    rows.insert([made, other])
    made.verb, made.facts, made.library_id = "not.written", {"n": 1}, new_id()
    rows.update(made, "facts", "library_id")
    again = JournalLine.objects.get(pk=made.pk)
    assert (again.verb, again.facts, again.library_id) == ("x.done", {"n": 1}, made.library_id)
    assert JournalLine.objects.get(pk=other.pk).facts == {}
