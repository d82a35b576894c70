"""Forms: the 28 lines, an institution, a link, a sheet, the normaliser, a published index, a signed scan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.files.forms import DocumentField
from simpul.files.pictures import Prepared, prepare_document, prepare_picture
from simpul.iplm.lines import ITEMS
from simpul.iplm.models import Institution, Normalising, Published
from simpul.libraries.models import Region
from simpul.reports.form import Kind


class NumberField(forms.CharField):
    """`1.500.000` or `1500000` as a whole number; nothing as None."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "enterkeyhint": "next"})

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        text = "".join(ch for ch in str(value or "").lower().removeprefix("rp") if ch not in "., \u00a0")
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or len(text) > 14:
            raise forms.ValidationError(_("Write a whole number, 0 or more."))
        return int(text)


class LinesForm(ChangeForm):
    """The 28 lines; empty is unknown. `answers` are those that were told, by item key."""

    def __init__(self, *args: Any, is_school: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in ITEMS:
            if item.about and not (is_school and "school" in item.about):
                continue
            label = f"{item.number}. {item.label}" + (" (Rp)" if item.kind == Kind.RUPIAH else "")
            self.fields[item.key] = NumberField(label=label, required=False)

    @property
    def answers(self) -> dict[str, int]:
        return {item.key: value for item in ITEMS if (value := self.cleaned_data.get(item.key)) is not None}

    def of_section(self, section: str) -> list[Any]:
        return [self[item.key] for item in ITEMS if item.section == section and item.key in self.fields]


class InstitutionForm(ChangeForm):
    name = forms.CharField(label=_("Name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "organization"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=Institution.Kind.choices)
    region = forms.ModelChoiceField(label=_("Kelurahan"), queryset=Region.objects.none())
    npsn = forms.CharField(label=_("NPSN (schools)"), max_length=8, required=False,
                           widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
    npp = forms.CharField(label=_("NPP"), max_length=30, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, regions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        self.fields["region"].label_from_instance = lambda region: region.full_name  # type: ignore[attr-defined]


class LinkForm(ChangeForm):
    open_until = forms.DateField(label=_("Open until"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class SheetForm(forms.Form):
    file = forms.FileField(label=_("The filled sheet (XLSX or CSV)"),
                           widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}))


class NormalisingForm(ChangeForm):
    """The way, and a target for each line."""

    way = forms.ChoiceField(label=_("How counts become 0 to 100"), choices=Normalising.Way.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in ITEMS:
            self.fields[item.key] = NumberField(label=f"{item.section.capitalize()} {item.number}. {item.label}", required=False)

    @property
    def targets(self) -> dict[str, int]:
        return {item.key: value for item in ITEMS if (value := self.cleaned_data.get(item.key))}


class PublishedForm(ChangeForm):
    name = forms.ChoiceField(label=_("Which index"), choices=Published.Name.choices)
    year = forms.IntegerField(label=_("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    value = forms.DecimalField(label=_("Value"), max_digits=6, decimal_places=2, localize=True,
                               widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    source = forms.CharField(label=_("Where it is published"), max_length=160)


class ScanField(DocumentField):
    """A PDF or a photo; cleans to `Prepared`."""

    widget = forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"})

    def prepare(self, upload: Any) -> Prepared:
        is_pdf = str(getattr(upload, "name", "")).lower().endswith(".pdf")
        return prepare_document(upload) if is_pdf else prepare_picture(upload)


class SignedForm(ChangeForm):
    signed_on = forms.DateField(label=_("Signed on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    file = ScanField(label=_("The signed scan (PDF or photo)"))
