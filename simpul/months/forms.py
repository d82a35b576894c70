"""Forms about months."""

from datetime import date
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.files.forms import DocumentField, PictureField
from simpul.files.pictures import Prepared
from simpul.months.asked import ASKED
from simpul.months.dates import DEADLINES
from simpul.months.models import Answer
from simpul.months.queries.month import Known


class AnswerForm(ChangeForm):
    """"It is so": one tap on a reason, words if wanted."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    reason = forms.ChoiceField(choices=Answer.Reason.choices, label=_("Reason"))
    words = forms.CharField(max_length=200, required=False, label=_("In a few words"))


class ToldForm(ChangeForm):
    """The questions of `asked.ASKED`, each with "I do not know"."""

    def __init__(self, *args: Any, known: list[Known], **rest: Any) -> None:
        initial = {one.question.name: one.value for one in known} | {
            f"{one.question.name}_unknown": one.is_unknown for one in known}
        super().__init__(*args, initial=initial, **rest)
        for question in ASKED:
            label = f"{question.label} ({question.unit})" if question.unit else question.label
            self.fields[question.name] = forms.IntegerField(
                label=label, help_text=question.help, required=False, min_value=0, max_value=question.most,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            ) if question.is_number else forms.CharField(
                label=label, help_text=question.help, required=False, max_length=question.most,
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": question.most}))
            if question.is_number:
                self.fields[f"{question.name}_unknown"] = forms.BooleanField(label=_("I do not know"), required=False)

    @property
    def told(self) -> dict[str, Any]:
        return {one.name: self.cleaned_data.get(one.name) for one in ASKED}

    @property
    def unknown(self) -> frozenset[str]:
        return frozenset(one.name for one in ASKED
                         if self.cleaned_data.get(f"{one.name}_unknown") and self.cleaned_data.get(one.name) in (None, ""))


class ScanForm(ChangeForm):
    """A photo of the signed paper, or a PDF."""

    picture = PictureField(label=_("Photo of the signed paper"), required=False)
    document = DocumentField(label=_("Or a PDF"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors and not told.get("picture") and not told.get("document"):
            self.add_error("picture", _("Choose a photo or a PDF."))
        return told

    @property
    def file(self) -> Prepared:
        found: Prepared = self.cleaned_data["picture"] or self.cleaned_data["document"]
        return found


class DatesForm(ChangeForm):
    """Day and month of each deadline; for monthly ones the day only."""

    def __init__(self, *args: Any, dates: dict[str, list[int]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        months = [(n, formats.date_format(date(2024, n, 1), "F")) for n in range(1, 13)]
        for one in DEADLINES:
            month, day = dates.get(one.key, [one.month, one.day])
            label = _("%(what)s: day of the following month") % {"what": one.label} if one.is_monthly else (
                _("%(what)s: day") % {"what": one.label})
            self.fields[one.key] = forms.IntegerField(
                label=label, min_value=1, max_value=31, initial=day, widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
            if not one.is_monthly:
                self.fields[f"{one.key}_month"] = forms.TypedChoiceField(
                    label=_("%(what)s: month") % {"what": one.label}, choices=months, coerce=int, initial=month)

    @property
    def dates(self) -> dict[str, tuple[int, int]]:
        return {one.key: (0 if one.is_monthly else self.cleaned_data[f"{one.key}_month"], self.cleaned_data[one.key])
                for one in DEADLINES}
