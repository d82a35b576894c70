"""Forms: account and colour, the table, the weights."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.tpbis.models import SimAccount
from simpul.tpbis.parts import COUNTS, Colour
from simpul.tpbis.queries.score import Rules


def _day(**given: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **given)


class AccountForm(ChangeForm):
    """Account, colour or both."""

    state = forms.ChoiceField(label=_("Account in SIM"), choices=[("", _("say nothing of it")), *SimAccount.State.choices],
                              required=False)
    since_on = _day(label=_("Since when"), required=False)
    colour = forms.ChoiceField(label=_("Colour shown in SIM"), choices=[("", _("not looked at today")), *Colour.choices],
                               required=False)
    read_on = _day(label=_("Read on"), required=False)


class TableForm(ChangeForm):
    """A pasted table, a CSV file, or both."""

    text = forms.CharField(label=_("Pasted table"), required=False, max_length=200_000, strip=False, widget=forms.Textarea(
        attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}), help_text=_(
        "Columns: kode, perpustakaan, akun (ya, tidak, diminta), sejak, warna (hijau, kuning, merah), dibaca. Copy them from "
        "a sheet; days are written 31-3-2026."))
    file = forms.FileField(label=_("Or a CSV file"), required=False, widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        text, file = told.get("text") or "", told.get("file")
        if file:
            if file.size > 1_000_000:
                self.add_error("file", _("The file is too large for a table of libraries."))
                return told
            text = file.read().decode("utf-8-sig", errors="replace")
        told["table"] = text.replace("\x00", "")
        if not text.strip():
            self.add_error("text", _("Paste the table or choose a file."))
        return told


class WeightsForm(ChangeForm):
    """Weights, how many a month are enough, colours, why."""

    from_on = _day(label=_("From"))
    green_from = forms.IntegerField(label=_("Green from"), min_value=0, max_value=100)
    yellow_from = forms.IntegerField(label=_("Yellow from"), min_value=0, max_value=100)
    reason = forms.CharField(label=_("Why so"), max_length=200, help_text=_("One sentence that libraries can follow."))

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in COUNTS:
            self.fields[f"weight_{one.code}"] = forms.IntegerField(
                label=_("Weight"), min_value=0, max_value=100, initial=rules.weights[one.code])
            self.fields[f"enough_{one.code}"] = forms.DecimalField(
                label=_("Enough a month"), min_value=0, max_value=10_000, max_digits=7, decimal_places=2, localize=True,
                initial=rules.a_month[one.code].normalize())

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        return [(one.label, self[f"weight_{one.code}"], self[f"enough_{one.code}"]) for one in COUNTS]

    @property
    def weights(self) -> dict[str, int]:
        return {one.code: self.cleaned_data[f"weight_{one.code}"] for one in COUNTS}

    @property
    def a_month(self) -> dict[str, Decimal]:
        return {one.code: self.cleaned_data[f"enough_{one.code}"] for one in COUNTS}
