"""Forms about people who serve, devices and tokens."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from simpul.accounts.forms import NewPasswordField, PhoneField
from simpul.accounts.models import ROLE_NAMES, Account
from simpul.core.actor import Role
from simpul.core.forms import ChangeForm
from simpul.libraries.models import Library
from simpul.libraries.staffing import CITY_ROLES


class InviteForm(ChangeForm):
    """Whom to invite to a library and as what."""

    for_name = forms.CharField(label=gettext_lazy("Who is it for?"), max_length=120, widget=forms.TextInput(
        attrs={"autocomplete": "off", "enterkeyhint": "next"}))
    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Sequence[Role], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["role"].choices = [(role.value, ROLE_NAMES[role]) for role in roles]
        self.fields["role"].initial = roles[0].value if roles else None


class CityInviteForm(InviteForm):
    """The same for the whole city: with the library where the role serves."""

    library = forms.ModelChoiceField(
        Library.objects.order_by("name"), label=gettext_lazy("Library"), required=False,
        empty_label=gettext_lazy("the whole city"),
        help_text=gettext_lazy("For a mentor the first library; more can be assigned afterwards."))
    field_order = ("for_name", "role", "library")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("role") in CITY_ROLES:
            told["library"] = None
        return told


class AssignForm(ChangeForm):
    """Several libraries for one mentor, from a day to a day."""

    account = forms.ModelChoiceField(Account.objects.none(), label=gettext_lazy("Mentor"))
    libraries = forms.ModelMultipleChoiceField(
        Library.objects.order_by("name"), label=gettext_lazy("Libraries"), widget=forms.CheckboxSelectMultiple)
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"},
                                                                                  format="%Y-%m-%d"))
    last_on = forms.DateField(label=gettext_lazy("Last day"), required=False,
                              widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                              help_text=gettext_lazy("Leave it empty if nobody knows yet."))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["account"].queryset = Account.objects.filter(
            is_active=True, roles__role=Role.MENTOR).distinct().order_by("name")


class JoinForm(ChangeForm):
    """A new account: three fields."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(
        attrs={"autocomplete": "name", "enterkeyhint": "next"}))
    phone = PhoneField(label=gettext_lazy("Your phone number"),
                       help_text=gettext_lazy("You sign in with it. No message is sent to it."))
    password = NewPasswordField(label=gettext_lazy("Choose a password"))


class NewPasswordForm(ChangeForm):
    password = NewPasswordField(label=gettext_lazy("New password"))


class DeviceForm(ChangeForm):
    name = forms.CharField(label=gettext_lazy("Where does the tablet stand?"), max_length=80, widget=forms.TextInput(
        attrs={"placeholder": gettext_lazy("Main door"), "enterkeyhint": "done"}))


class TokenForm(ChangeForm):
    name = forms.CharField(label=gettext_lazy("Which system is it for?"), max_length=80, widget=forms.TextInput(
        attrs={"placeholder": gettext_lazy("INLISLite of the city library"), "enterkeyhint": "done"}))
