"""Forms of the pages about phones."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.core.forms import ChangeForm

LARGEST_FILE = 60 * 1024 * 1024


class OfferForm(ChangeForm):
    """Whose phone it is, and what it is called."""

    account = forms.ModelChoiceField(Account.objects.none(), label=_("Who carries it"), empty_label=None)
    name = forms.CharField(label=_("What it is called"), max_length=80, required=False,
                           help_text=_("For example: Budi's phone. Empty: the name of who carries it."))

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = Account.objects.filter(pk__in=[one.pk for one in accounts]).order_by("name")  # type: ignore[attr-defined]


class RevokeForm(ChangeForm):
    """Why a phone ends: it is not used any more, or it is lost since a moment."""

    why = forms.ChoiceField(label=_("What happened?"), choices=[
        ("done", _("It is not used any more. What still lies on it is recorded.")),
        ("lost", _("It is lost or was stolen. What comes after that waits for you."))], widget=forms.RadioSelect, initial="done")
    since = forms.DateTimeField(label=_("Lost since"), required=False,
                                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
                                help_text=_("The last moment at which it was certainly in good hands."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("why") == "lost" and not cleaned.get("since") and "since" not in self.errors:
            self.add_error("since", _("Say since when, so that what was recorded before stays."))
        return cleaned


class IgnoreForm(ChangeForm):
    because = forms.CharField(label=_("Why it is left out"), max_length=120,
                              help_text=_("In a word: a try-out, written on paper too …"))


class RescueForm(forms.Form):
    """A rescue file, or its text."""

    file = forms.FileField(label=_("File from the phone"), required=False)
    text = forms.CharField(label=_("Or the text of its code"), required=False, strip=True,
                           widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if not file and not cleaned.get("text"):
            raise forms.ValidationError(_("Choose the file, or paste the text of the code."))
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than a phone writes. Hand it in at the office."))
        return cleaned

    @property
    def content(self) -> bytes:
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file else self.cleaned_data["text"].encode()
