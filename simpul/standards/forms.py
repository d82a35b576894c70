"""Forms: a paper for the shelf, the own assessment, grades."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.replication.forms import DocumentForm
from simpul.standards.accreditation import OLD
from simpul.standards.queries.evidence import Scale, SelfAssessment


class PaperForm(DocumentForm):
    """The same paper as on the journey."""


class AssessmentForm(ChangeForm):
    """How many indicators of each component are fulfilled; those left empty keep what they had."""

    def __init__(self, *args: Any, own: SelfAssessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in own.lines:
            self.fields[line.component.value] = forms.IntegerField(
                label=line.component.label, required=False, min_value=0, max_value=line.indicators, initial=line.fulfilled,
                help_text=_("of %(n)s indicators") % {"n": line.indicators},
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}))

    @property
    def fulfilled(self) -> dict[str, int]:
        return {one.value: self.cleaned_data[one.value] for one in OLD if self.cleaned_data.get(one.value) is not None}


class GradesForm(ChangeForm):
    """Where A, B and C begin, from when, from which source."""

    a_from = forms.IntegerField(label=_("A from"), min_value=0, max_value=100)
    b_from = forms.IntegerField(label=_("B from"), min_value=0, max_value=100)
    c_from = forms.IntegerField(label=_("C from"), min_value=0, max_value=100)
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("Letter, rule or address where you read it."))

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("a_from", "b_from", "c_from"):
            self.fields[name].initial = getattr(scale, name)
