"""The forms of the guest book."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.core.refusal import Refusal
from simpul.files.forms import PictureField
from simpul.libraries.models import Library, Stop
from simpul.people.categories import EDUCATION, OCCUPATIONS
from simpul.people.models import AgeGroup, Sex
from simpul.visits.actions.refusals import PleaseCheck
from simpul.visits.labels import AGES, SEXES, cell_label
from simpul.visits.models import Cell, Details, Visit

NOT_SAID = ("", _("not said"))
CELLS = [(f"{sex}:{age}", Cell(sex, age)) for sex in SEXES for age in AGES]
WITH_UNKNOWN = [(f"{sex}:{age}", Cell(sex, age)) for sex in (*SEXES, Sex.UNKNOWN) for age in (*AGES, AgeGroup.UNKNOWN)]


class CheckedForm(ChangeForm):
    """A form whose policies can be confirmed: the box appears when one asked."""

    is_sure = forms.BooleanField(required=False, label=_("Yes, this is right"), widget=forms.HiddenInput)

    def refuse(self, refusal: Refusal) -> None:
        if isinstance(refusal, PleaseCheck):
            self.fields["is_sure"].widget = forms.CheckboxInput()
        super().refuse(refusal)


class StopForm(ChangeForm):
    """Adds the stop for a mobile library; other libraries have no such field."""

    stop = forms.ModelChoiceField(Stop.objects.none(), required=False, label=_("Stop"))

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if library.kind == Library.Kind.MOBILE:
            self.fields["stop"].queryset = library.stops.filter(is_closed=False)  # type: ignore[attr-defined]
        else:
            del self.fields["stop"]

    @property
    def stop_chosen(self) -> Stop | None:
        return self.cleaned_data.get("stop")


class TapForm(StopForm):
    """One tap: a category, and whether she came for a computer."""

    cell = forms.ChoiceField(choices=[(key, key) for key, _cell in CELLS])
    uses_ict = forms.BooleanField(required=False)

    @property
    def chosen(self) -> Cell:
        return dict(CELLS)[self.cleaned_data["cell"]]


class CardForm(StopForm):
    card = forms.CharField(max_length=40, label=_("Member card"), widget=forms.TextInput(attrs={
        "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "enterkeyhint": "done",
        "data-scan": ""}))
    uses_ict = forms.BooleanField(required=False)
    is_sure = forms.BooleanField(required=False)


class DetailsForm(ChangeForm):
    """What may be said besides; nothing of it is asked at the door."""

    uses_ict = forms.BooleanField(required=False, label=_("Used a computer or the internet"))
    purpose = forms.ChoiceField(required=False, label=_("Purpose"), choices=Visit.Purpose.choices)
    occupation = forms.ChoiceField(required=False, label=_("Occupation"), choices=[NOT_SAID, *OCCUPATIONS.items()])
    education = forms.ChoiceField(required=False, label=_("Education"), choices=[NOT_SAID, *EDUCATION.items()])
    has_disability = forms.NullBooleanField(
        required=False, label=_("Disability"), help_text=_("Only if she offered it. Do not ask."),
        widget=forms.Select(choices=[NOT_SAID, ("true", _("yes")), ("false", _("no"))]))

    @property
    def details(self) -> Details:
        told = self.cleaned_data
        return Details(told.get("occupation", ""), told.get("education", ""), told.get("purpose", ""),
                       told.get("uses_ict", False), told.get("has_disability"))

    @staticmethod
    def initial_of(details: Details) -> dict[str, Any]:
        return {"uses_ict": details.uses_ict, "purpose": details.purpose, "occupation": details.occupation,
                "education": details.education, "has_disability": details.has_disability}


class CellsForm(CheckedForm):
    """A number for each sex and age group; an empty one is nobody."""

    keys = CELLS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, cell in self.keys:
            self.fields[key] = forms.IntegerField(
                required=False, min_value=0, max_value=99_999, label=cell_label(cell),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "count-input"}))

    @property
    def cells(self) -> list[Cell]:
        return [Cell(cell.sex, cell.age_group, n) for key, cell in self.keys if (n := self.cleaned_data.get(key))]

    def rows(self) -> list[tuple[Any, list[Any]]]:
        """For the table: (age label, the bound fields of that age)."""
        ages = list(dict.fromkeys(cell.age_group for _key, cell in self.keys))
        return [(AgeGroup(age).label, [self[key] for key, cell in self.keys if cell.age_group == age]) for age in ages]

    def columns(self) -> list[Any]:
        return [Sex(sex).label for sex in dict.fromkeys(cell.sex for _key, cell in self.keys)]


class TallyForm(CellsForm, StopForm):
    uses_ict = forms.BooleanField(required=False, label=_("All of them used a computer or the internet"))


class SheetForm(CellsForm, StopForm):
    keys = WITH_UNKNOWN
    day = forms.DateField(label=_("Day on the page"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    photo = PictureField(required=False, label=_("Photo of the page"),
                         help_text=_("Kept as evidence; only the staff of this library can open it."))


class GroupForm(CheckedForm, StopForm):
    origin = forms.CharField(max_length=120, required=False, label=_("Where from"), help_text=_(
        "School, PKK, posyandu, RT … not the name of a person."), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    female = forms.IntegerField(required=False, min_value=0, max_value=99_999, label=_("Female"),
                                widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    male = forms.IntegerField(required=False, min_value=0, max_value=99_999, label=_("Male"),
                              widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    age_group = forms.ChoiceField(required=False, label=_("Most of them are"), choices=AgeGroup.choices,
                                  help_text=_("If they are of very different age, leave it open."))
    purpose = forms.ChoiceField(required=False, label=_("Purpose"), choices=Visit.Purpose.choices)
    uses_ict = forms.BooleanField(required=False, label=_("All of them used a computer or the internet"))

    @property
    def cells(self) -> list[Cell]:
        told = self.cleaned_data
        return [Cell(sex, told["age_group"], n) for sex, n in ((Sex.MALE, told["male"]), (Sex.FEMALE, told["female"]))
                if n]


class CorrectionForm(CellsForm):
    """What the entry should have been. Made from the entry: one person is chosen, more are counted."""

    keys = WITH_UNKNOWN
    why = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect, choices=[
        (why.value, why.label) for why in (Visit.Why.WRONG_GROUP, Visit.Why.WRONG_COUNT, Visit.Why.TWICE,
                                           Visit.Why.NOT_A_VISIT, Visit.Why.OTHER)])


class OneCorrectionForm(CheckedForm):
    """The same for an entry of one person: one choice instead of eighteen numbers."""

    cell = forms.ChoiceField(label=_("Sex and age"), choices=[])
    why = CorrectionForm.base_fields["why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cell"].choices = [(key, cell_label(cell)) for key, cell in WITH_UNKNOWN]  # type: ignore[attr-defined]

    @property
    def cells(self) -> list[Cell]:
        return [dict(WITH_UNKNOWN)[self.cleaned_data["cell"]]]


class PairingForm(ChangeForm):
    code = forms.CharField(max_length=20, label=_("Code"), widget=forms.TextInput(attrs={
        "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "enterkeyhint": "go",
        "class": "pairing-code"}))
