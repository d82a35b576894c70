"""Registering, and marking who was there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.gatherings.actions.presence import HeadCell
from simpul.people.models import AgeGroup, Sex
from simpul.visits.labels import AGES, SEXES, cell_label
from simpul.visits.models import Cell

CELLS = [(f"{sex}:{age}", Cell(sex, age)) for sex in SEXES for age in AGES]
WITH_UNKNOWN = [(f"{sex}:{age}", Cell(sex, age)) for sex in (*SEXES, Sex.UNKNOWN) for age in (*AGES, AgeGroup.UNKNOWN)]


class RegistrationForm(ChangeForm):
    """Two fields; everything else is asked later, or not at all."""

    name = forms.CharField(max_length=120, label=_("Your name"), widget=forms.TextInput(attrs={
        "autocomplete": "name", "enterkeyhint": "next"}))
    phone = forms.CharField(max_length=30, label=_("WhatsApp or phone number"), widget=forms.TextInput(attrs={
        "type": "tel", "inputmode": "tel", "autocomplete": "tel", "enterkeyhint": "done"}))


class TellMoreForm(ChangeForm):
    """What a registrant may tell on her own page."""

    sex = forms.ChoiceField(required=False, label=_("Sex"), choices=Sex.choices)
    age_group = forms.ChoiceField(required=False, label=_("Age"), choices=AgeGroup.choices)
    may_follow_up = forms.BooleanField(required=False, label=_("The library may ask me later what became of it"),
                                       help_text=_("Otherwise name and number are deleted 30 days after it is over."))
    wants_no_photo = forms.BooleanField(required=False, label=_("I do not want to be in pictures"))


class ScanForm(ChangeForm):
    text = forms.CharField(max_length=200, label=_("Ticket or member card"), widget=forms.TextInput(attrs={
        "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "enterkeyhint": "done",
        "data-scan": ""}))


class WalkInForm(ChangeForm):
    """One line for somebody who just came in."""

    name = forms.CharField(max_length=120, required=False, label=_("Name"), widget=forms.TextInput(attrs={
        "autocomplete": "off", "enterkeyhint": "next"}))
    cell = forms.ChoiceField(required=False, label=_("Sex and age"), choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cell"].choices = [(":", _("not said")), *(  # type: ignore[attr-defined]
            (key, cell_label(cell)) for key, cell in WITH_UNKNOWN if key != ":")]

    @property
    def chosen(self) -> Cell:
        return dict(WITH_UNKNOWN)[self.cleaned_data["cell"] or ":"]


class Grid:
    """A table of numbers by age and sex, for `visits/cells.html`."""

    def __init__(self, form: forms.Form, end: str) -> None:
        self.form, self.end = form, end

    def rows(self) -> list[tuple[Any, list[Any]]]:
        return [(AgeGroup(age).label, [self.form[f"{sex}:{age}{self.end}"] for sex in SEXES]) for age in AGES]

    def columns(self) -> list[Any]:
        return [Sex(sex).label for sex in SEXES]


class HeadcountForm(ChangeForm):
    """How many of each sex and age, and how many of them with a disability that they told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for end in ("", ":d"):
            for key, cell in CELLS:
                self.fields[key + end] = forms.IntegerField(
                    required=False, min_value=0, max_value=9_999, label=cell_label(cell),
                    widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for key, _cell in CELLS:
            if (told.get(f"{key}:d") or 0) > (told.get(key) or 0):
                self.add_error(f"{key}:d", _("More than were counted above."))
        return told

    @property
    def everybody(self) -> Grid:
        return Grid(self, "")

    @property
    def with_disability(self) -> Grid:
        return Grid(self, ":d")

    @property
    def cells(self) -> list[HeadCell]:
        told = self.cleaned_data
        found = []
        for key, cell in CELLS:
            disabled = told.get(f"{key}:d") or 0
            for n, has in (((told.get(key) or 0) - disabled, False), (disabled, True)):
                if n:
                    found.append(HeadCell(cell.sex, cell.age_group, has, n))
        return found

    @staticmethod
    def initial_of(marks: Any) -> dict[str, int]:
        """From the headcount that stands."""
        found: dict[str, int] = {}
        for mark in marks:
            key = f"{mark.sex}:{mark.age_group}"
            found[key] = found.get(key, 0) + mark.count
            if mark.has_disability:
                found[f"{key}:d"] = found.get(f"{key}:d", 0) + mark.count
        return found
