"""Forms of the rules and the closing tally."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.circulation.queries import Terms
from simpul.core.forms import ChangeForm
from simpul.people.models import MemberType


def _number(label: Any, help_text: Any = "", *, least: int = 0, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=least, max_value=most,
                              widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))


class RuleForm(ChangeForm):
    """How the library lends to a kind of member."""

    member_type = forms.ModelChoiceField(
        label=_("For whom"), queryset=MemberType.objects.none(), required=False, empty_label=_("Everybody"))
    copies_at_once = _number(_("Books at once"), least=1, most=100)
    days = _number(_("Days a book may stay out"), least=1, most=365)
    renewals = _number(_("Renewals"), _("How often the due day may be moved."), most=20)
    fine_per_day = _number(_("Fine a day, in rupiah"), _("0: no fine. Days on which you are closed cost nothing."),
                           most=100_000)
    fine_at_most = _number(_("Fine at most, in rupiah"), _("For one book; 0: no limit."), most=10_000_000)
    grace_days = _number(_("Days of grace"), _("Days late that cost nothing."), most=60)

    def __init__(self, *args: Any, types: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_type"].queryset = types  # type: ignore[attr-defined]

    @property
    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(data["copies_at_once"], data["days"], data["renewals"], data["grace_days"],
                     data["fine_per_day"], data["fine_at_most"])


class TallyForm(ChangeForm):
    """How many books lay on the tables at closing."""

    count = _number(_("Books on the tables at closing"), most=2000)
