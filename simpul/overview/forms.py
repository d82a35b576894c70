"""The words before an annual report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.overview.actions import MOST_LETTERS


class PrefaceForm(ChangeForm):
    text = forms.CharField(label=_("Foreword"), required=False, max_length=MOST_LETTERS,
                           widget=forms.Textarea(attrs={"rows": 10}),
                           help_text=_("A few paragraphs: what the year was like, what you are thankful for."))
    signer = forms.CharField(label=_("Name below it"), required=False, max_length=120,
                             widget=forms.TextInput(attrs={"autocomplete": "name"}))
    signs_as = forms.CharField(label=_("As what"), required=False, max_length=120,
                               help_text=_("Head of the library, for example"))
