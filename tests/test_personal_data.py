"""Every field about a person is declared with purpose, basis, retention and readers; every other one says it is not."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from simpul.core.personal import Basis, Personal, Sees

OURS = [app for app in apps.get_app_configs() if app.name.startswith("simpul.") and list(app.get_models())]
TELLING = (models.CharField, models.TextField, models.DateField, models.JSONField, models.BinaryField,
           models.FileField)  # EmailField is a CharField, DateTimeField a DateField
PEOPLE = {"people.Person", "people.Member", "accounts.Account"}


def must_be_declared(field: Any) -> bool:
    """Text, dates, JSON and bytes may hold anything; a key to a person always tells of her."""
    if isinstance(field, models.ForeignKey | models.OneToOneField):
        return field.related_model._meta.label in PEOPLE
    return isinstance(field, TELLING) and not field.primary_key


def fields_of(app: Any) -> dict[str, Any]:
    """"model.field" → field, of the app's own models."""
    return {f"{model._meta.model_name}.{field.name}": field for model in app.get_models()
            for field in model._meta.get_fields() if getattr(field, "concrete", False) and not field.many_to_many}


def declared(app: Any) -> tuple[dict[str, Personal], set[str]]:
    if not find_spec(f"{app.name}.personal_data"):
        return {}, set()
    module = import_module(f"{app.name}.personal_data")
    return dict(module.PERSONAL), set(module.NOT_PERSONAL)


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.label)
def test_every_field_is_declared_once(app: Any) -> None:
    personal, not_personal = declared(app)
    wanted = {key for key, field in fields_of(app).items() if must_be_declared(field)}
    assert sorted(wanted - set(personal) - not_personal) == [], "declare them in personal_data.py"
    assert sorted(set(personal) & not_personal) == []


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.label)
def test_every_declaration_is_about_a_field_that_exists(app: Any) -> None:
    personal, not_personal = declared(app)
    assert sorted((set(personal) | not_personal) - set(fields_of(app))) == []


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.label)
def test_every_declaration_says_why_how_long_and_who_sees_it(app: Any) -> None:
    for key, told in declared(app)[0].items():
        assert len(told.purpose) > 8, key
        assert len(told.retention) > 4, key
        assert isinstance(told.basis, Basis), key
        assert told.sees, key
        assert all(isinstance(one, Sees) for one in told.sees), key


NEVER_ASKED = ("nik", "religion", "agama", "mother", "ibu_kandung", "ethnic", "marital")


def test_what_is_never_asked_has_no_field() -> None:
    found = [f"{model._meta.label}.{field.name}" for app in OURS for model in app.get_models()
             for field in model._meta.get_fields() if any(word in field.name.split("_") for word in NEVER_ASKED)]
    assert found == []
