"""The form of a table of the past."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.forms import ChangeForm
from simpul.operations.past import HISTORIES


class PastForm(ChangeForm):
    """What the table tells of, and the table."""

    kind = forms.ChoiceField(label=gettext_lazy("What does the table tell of?"), widget=forms.RadioSelect, initial="visits",
                             choices=[(kind, name) for kind, (name, *_where) in HISTORIES.items()])
    file = forms.FileField(label=gettext_lazy("Table"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls,.ods"}))
    is_dry_run = forms.BooleanField(label=gettext_lazy("Only try it: say what would happen and change nothing"),
                                    required=False, initial=True)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("This file is too large. Split it in two."))
        return upload
