"""Forms of the population: one region by hand, many by a sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.indicators.models import RegionFact
from simpul.indicators.population import AGES, LARGEST, MOST

Name = RegionFact.Name


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=False, localize=False,
                              widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))


class PopulationForm(ChangeForm):
    from_on = forms.DateField(label=_("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    source = forms.CharField(label=_("Source"), max_length=160, help_text=_("For example: Disdukcapil, semester I 2025."),
                             widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}))
    population = _number(_("Residents"))
    male = _number(_("Men and boys"))
    female = _number(_("Women and girls"))
    age_0 = _number(_("0–5 years"))
    age_1 = _number(_("6–12 years"))
    age_2 = _number(_("13–17 years"))
    age_3 = _number(_("18–59 years"))
    age_4 = _number(_("60 years and more"))

    @property
    def numbers(self) -> dict[str, int]:
        """What was told, by the names of the facts."""
        names = {"population": Name.POPULATION, "male": Name.MALE, "female": Name.FEMALE,
                 **{f"age_{n}": name for n, name in enumerate(AGES)}}
        return {name.value: self.cleaned_data[field] for field, name in names.items() if self.cleaned_data.get(field) is not None}


class SheetForm(forms.Form):
    sheet = forms.FileField(label=_("The sheet"), help_text=_("CSV or XLSX, by the template or with its columns."),
                            widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.xls,.ods"}))

    def clean_sheet(self) -> Any:
        file = self.cleaned_data["sheet"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is too large for a table of regions."))
        return file


class KeepForm(ChangeForm):
    """The second step: what the preview showed, with its source."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=LARGEST)
    source = forms.CharField(label=_("Source"), max_length=160, help_text=_("For example: Disdukcapil, semester I 2025."),
                             widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "done"}))
