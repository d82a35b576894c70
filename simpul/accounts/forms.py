"""Forms of accounts."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.accounts.models import Account
from simpul.accounts.passwords import LONGEST
from simpul.core.forms import ChangeForm
from simpul.core.phones import for_reading, normalise


class PasswordField(forms.CharField):
    """A password that can be shown while typing; kept as typed, never longer than the hasher should bear."""

    def __init__(self, *, autocomplete: str, **given: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "autocapitalize": "none",
                                            "spellcheck": "false", "data-show": gettext_lazy("Show password"),
                                            "data-hide": gettext_lazy("Hide password")})
        super().__init__(**({"strip": False, "max_length": LONGEST, "widget": widget} | given))


class NewPasswordField(PasswordField):
    def __init__(self, **given: Any) -> None:
        super().__init__(autocomplete="new-password", help_text=gettext_lazy(
            "At least 10 characters. Four words that you remember are better than one with signs."), **given)

    def clean(self, value: Any) -> Any:
        password = super().clean(value)
        validate_password(password)
        return password


class PhoneField(forms.CharField):
    """A phone number however it is written, as E.164; nothing where it may be left empty."""

    def __init__(self, **given: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "type": "tel"})
        super().__init__(**({"max_length": 30, "widget": widget} | given))

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        number = normalise(typed)
        if number is None:
            raise forms.ValidationError(_("Write the phone number like 0812-3456-7890."))
        return number

    def prepare_value(self, value: Any) -> Any:
        return for_reading(value) if value and str(value).startswith("+") else value


class SignInForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Phone number or e-mail"), max_length=254, widget=forms.TextInput(attrs={
        "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "enterkeyhint": "next",
        "autofocus": ""}))
    password = PasswordField(label=gettext_lazy("Password"), autocomplete="current-password")


class CodeForm(ChangeForm):
    """A code of the authenticator app, or a backup code."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=20, widget=forms.TextInput(attrs={
        "autocomplete": "one-time-code", "autocapitalize": "characters", "enterkeyhint": "done", "autofocus": ""}))


class SetUpForm(CodeForm):
    code = forms.CharField(label=gettext_lazy("The six digits that the app shows now"), max_length=10,
                           widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric",
                                                         "enterkeyhint": "done"}))


class OwnPasswordForm(ChangeForm):
    """Something that only the owner may do: the password again."""

    password = PasswordField(label=gettext_lazy("Your password"), autocomplete="current-password")


class PasswordForm(OwnPasswordForm):
    new_password = NewPasswordField(label=gettext_lazy("New password"))


class ProfileForm(ChangeForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120,
                           widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneField(label=gettext_lazy("Phone number"), required=False,
                       help_text=gettext_lazy("You sign in with it, and colleagues reach you by it."))
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254,
                             widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not told.get("phone") and not told.get("email"):
            self.add_error("phone", _("Keep a phone number or an e-mail address: you sign in with it."))
        return told

    @classmethod
    def of(cls, account: Account, data: Any = None) -> "ProfileForm":
        return cls(data, initial={"name": account.name, "phone": account.phone, "email": account.email,
                                  "language": account.language})
