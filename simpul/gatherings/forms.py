"""Registering, and marking who was there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from simpul.core.crowd import admit
from simpul.core.forms import ChangeForm
from simpul.files.forms import PictureField
from simpul.gatherings.actions.presence import HeadCell
from simpul.gatherings.actions.registering import register
from simpul.gatherings.actions.sheets import Signed
from simpul.gatherings.models import Gathering, Registration
from simpul.gatherings.queries import PaperLine
from simpul.people.models import AgeGroup, Sex
from simpul.visits.labels import AGES, SEXES, cell_label
from simpul.visits.models import Cell

WALK_IN_LINES = 8
CELLS = [(f"{sex}:{age}", Cell(sex, age)) for sex in SEXES for age in AGES]
WITH_UNKNOWN = [(f"{sex}:{age}", Cell(sex, age)) for sex in (*SEXES, Sex.UNKNOWN) for age in (*AGES, AgeGroup.UNKNOWN)]


class Trap(forms.TextInput):
    """A field that people do not see, drawn with the hidden ones."""

    is_hidden = True  # type: ignore[assignment]


class RegistrationForm(ChangeForm):
    """Two fields; everything else is asked later, or not at all."""

    name = forms.CharField(max_length=120, label=_("Your name"), widget=forms.TextInput(attrs={
        "autocomplete": "name", "enterkeyhint": "next"}))
    phone = forms.CharField(max_length=254, label=_("WhatsApp number or e-mail address"), widget=forms.TextInput(attrs={
        "autocomplete": "tel", "autocapitalize": "off", "spellcheck": "false", "enterkeyhint": "done"}))
    website = forms.CharField(required=False, max_length=200, widget=Trap(attrs={
        "hidden": "", "tabindex": "-1", "autocomplete": "off"}))

    def sign_up(self, request: HttpRequest, gathering: Gathering, at: datetime) -> Registration | None:
        """What a page does with the filled form: slow machines down, then register; None where it was refused."""

        def do() -> Registration:
            self.admit(request, at)
            return register(gathering=gathering, name=self.cleaned_data["name"], phone=self.cleaned_data["phone"],
                            by=request.actor, at=at, id=self.change_id)  # type: ignore[attr-defined]

        return self.attempt(do)

    def admit(self, request: HttpRequest, at: datetime) -> None:
        """Slow machines down, in front of the action. Raises as `core.crowd.admit`."""
        admit(request, self.change_id, trap=self.cleaned_data["website"], at=at)


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


def _ids(values: Sequence[str]) -> list[UUID]:
    """What reads as an id; the rest of a broken form is passed over."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


class SignedSheetForm(ChangeForm):
    """A signed attendance list: a tick for each name that was signed, lines for walk-ins, the photo."""

    photo = PictureField(required=False, label=_("Photo of the signed sheet"), help_text=_(
        "Only the staff of your library see it; it is deleted after two years."))
    others_absent = forms.BooleanField(required=False, initial=True, label=_("Whoever has not signed was absent"))

    def __init__(self, *args: Any, lines: Sequence[PaperLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for n in range(WALK_IN_LINES):
            self.fields[f"name_{n}"] = forms.CharField(
                max_length=120, required=False, label=_("Name"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
            self.fields[f"sex_{n}"] = forms.ChoiceField(required=False, label=_("M/F"), choices=Sex.choices)

    def ticks(self) -> list[tuple[PaperLine, bool]]:
        """(line, is it ticked), also after a refusal as it was ticked."""
        chosen = set(self.data.getlist("hadir")) if self.is_bound else None
        return [(line, line.is_present if chosen is None else str(line.id) in chosen) for line in self.lines]

    def walk_in_lines(self) -> list[tuple[Any, Any]]:
        return [(self[f"name_{n}"], self[f"sex_{n}"]) for n in range(WALK_IN_LINES)]

    @property
    def present(self) -> list[UUID]:
        return _ids(self.data.getlist("hadir"))

    @property
    def shown(self) -> list[UUID]:
        """Who stood on the page that was filled in, however the list has changed since."""
        return _ids(self.data.getlist("baris"))

    @property
    def walk_ins(self) -> list[Signed]:
        told = self.cleaned_data
        return [Signed(told[f"name_{n}"], told[f"sex_{n}"]) for n in range(WALK_IN_LINES)
                if told[f"name_{n}"].strip() or told[f"sex_{n}"]]


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
