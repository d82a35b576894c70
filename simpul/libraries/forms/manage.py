"""Forms of those who manage the city's libraries, and of the first run."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.forms import ChangeForm
from simpul.libraries.forms.fields import DayField, PlaceChoice
from simpul.libraries.forms.profile import AddressForm, IdentityForm
from simpul.libraries.sheets import SheetRefused, SheetRow, read_sheet

MOST_BYTES = 5_000_000


class LibraryForm(IdentityForm, AddressForm):
    """A new library: what it is and where it stands."""

    region = PlaceChoice(label=gettext_lazy("Where it stands"))
    field_order = ("name", "kind", "region", "address", "phone", "is_staffed", "npp", "npsn", "email", "opened_on",
                   "rt_rw", "postal_code", "position")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["region"].narrow()  # type: ignore[attr-defined]

    def needed(self) -> list[Any]:
        """What a library cannot be without; the rest may follow later."""
        return [self[name] for name in ("name", "kind", "region")]

    def optional(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in ("name", "kind", "region")]


class MoveForm(ChangeForm):
    region = PlaceChoice(label=gettext_lazy("Where it stands now"))
    from_on = DayField(label=gettext_lazy("Since"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["region"].narrow()  # type: ignore[attr-defined]


class CloseForm(ChangeForm):
    closed_on = DayField(label=gettext_lazy("First day on which it serves no more"))


class SheetField(forms.FileField):
    """An uploaded sheet, cleaned to its rows."""

    widget = forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"})

    def clean(self, data: Any, initial: Any = None) -> list[SheetRow] | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        if upload.size > min(MOST_BYTES, settings.MAX_UPLOAD_BYTES):
            raise forms.ValidationError(_("The file is larger than 5 MB. A sheet of libraries is small."))
        try:
            return read_sheet(upload.name, upload.read())
        except SheetRefused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from None


class SheetForm(ChangeForm):
    sheet = SheetField(label=gettext_lazy("The filled-in sheet"))


class CodeForm(ChangeForm):
    code = forms.CharField(label=gettext_lazy("Code from the terminal"), max_length=20, widget=forms.TextInput(attrs={
        "autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false", "enterkeyhint": "go",
        "autofocus": True}))


class SetUpForm(ChangeForm):
    """How the city begins: which libraries, and who looks after it."""

    LIST, SHEET, NONE = "daftar", "lembar", "kosong"

    libraries = forms.ChoiceField(label=gettext_lazy("Libraries to begin with"), widget=forms.RadioSelect, choices=[
        (LIST, gettext_lazy("One for each kelurahan or village, and the city's own")),
        (SHEET, gettext_lazy("Those of my sheet")),
        (NONE, gettext_lazy("None yet; I add them myself"))], initial=LIST)
    sheet = SheetField(label=gettext_lazy("My sheet"), required=False, help_text=gettext_lazy(
        "Only if you chose the sheet. The template is below."))
    name = forms.CharField(label=gettext_lazy("Name of the first administrator"), max_length=120,
                           widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("libraries") == self.SHEET and not told.get("sheet") and "sheet" not in self.errors:
            self.add_error("sheet", _("Choose the file, or another way to begin."))
        return told
