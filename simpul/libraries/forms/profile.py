"""Forms of one library's profile."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.accounts.forms import PhoneField
from simpul.core.forms import ChangeForm
from simpul.libraries.actions import Hours, Identity, Place
from simpul.libraries.facts import FactKind
from simpul.libraries.forms.fields import WEEKDAYS, DayField, HourField, PlaceChoice, PositionField, kind_choices
from simpul.libraries.models import Library, Space
from simpul.libraries.queries import KnownFact


class IdentityForm(ChangeForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of library"), choices=kind_choices)
    npp = forms.CharField(label=gettext_lazy("NPP"), max_length=30, required=False, help_text=gettext_lazy(
        "The library number of the National Library, if it has one."))
    npsn = forms.CharField(label=gettext_lazy("NPSN"), max_length=8, required=False, help_text=gettext_lazy(
        "For a school library: the school's number, 8 digits."), widget=forms.TextInput(attrs={
            "inputmode": "numeric"}))
    phone = PhoneField(label=gettext_lazy("WhatsApp number of the library"), required=False, help_text=gettext_lazy(
        "Everybody can read it. Leave it empty rather than giving a private number."))
    email = forms.EmailField(label=gettext_lazy("E-mail of the library"), required=False)
    opened_on = DayField(label=gettext_lazy("Founded on"), required=False)
    is_staffed = forms.BooleanField(label=gettext_lazy("Somebody looks after it"), required=False, initial=True,
                                    help_text=gettext_lazy("A reading corner without staff needs no hours."))

    def identity(self) -> Identity:
        told = self.cleaned_data
        return Identity(name=told["name"], kind=told["kind"], npp=told["npp"], npsn=told["npsn"],
                        phone=told["phone"] or "", email=told["email"], is_staffed=told["is_staffed"],
                        opened_on=told["opened_on"])


class AddressForm(ChangeForm):
    address = forms.CharField(label=gettext_lazy("Address"), max_length=255, required=False,
                              widget=forms.TextInput(attrs={"autocomplete": "off"}))
    rt_rw = forms.CharField(label=gettext_lazy("RT/RW"), max_length=12, required=False)
    postal_code = forms.RegexField(r"^\d{5}$", label=gettext_lazy("Postal code"), max_length=5, required=False,
                                   error_messages={"invalid": gettext_lazy("A postal code has 5 digits.")},
                                   widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    position = PositionField(label=gettext_lazy("Position"), max_length=60, required=False, help_text=gettext_lazy(
        "Two numbers as a map shows them when you hold your finger on the door, like -6.1783, 106.6319."))

    def place(self) -> Place:
        told = self.cleaned_data
        latitude, longitude = told["position"]
        return Place(told["address"], told["rt_rw"], told["postal_code"], latitude, longitude)

    def refuse(self, refusal: Any) -> None:
        if refusal.field in ("latitude", "longitude"):
            refusal.field = "position"
        super().refuse(refusal)


def address_of(library: Library) -> dict[str, Any]:
    """The initial values of an AddressForm."""
    position = f"{library.latitude}, {library.longitude}" if library.latitude is not None else ""
    return {"address": library.address, "rt_rw": library.rt_rw, "postal_code": library.postal_code,
            "position": position}


class WeekForm(ChangeForm):
    """Seven days with up to two spans each; a day left empty is closed."""

    from_on = DayField(label=gettext_lazy("True from"), required=False, help_text=gettext_lazy(
        "Leave it empty if it always was so. A day keeps the past as it was."))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for n, day in enumerate(WEEKDAYS):
            for name, says in (("opens", _("%(day)s, opens")), ("closes", _("%(day)s, closes")),
                               ("opens2", _("%(day)s, opens again")), ("closes2", _("%(day)s, closes again"))):
                self.fields[f"{name}_{n}"] = HourField(label=says % {"day": day})

    def days(self) -> list[tuple[Any, list[Any], bool]]:
        """Name of the day, its four bound fields, whether the second span is in use."""
        return [(day, [self[f"{name}_{n}"] for name in ("opens", "closes", "opens2", "closes2")],
                 bool(self[f"opens2_{n}"].value() or self[f"closes2_{n}"].value())) for n, day in enumerate(WEEKDAYS)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for n in range(7):
            for suffix in ("", "2"):
                if bool(told.get(f"opens{suffix}_{n}")) != bool(told.get(f"closes{suffix}_{n}")):
                    self.add_error(f"closes{suffix}_{n}" if told.get(f"opens{suffix}_{n}") else f"opens{suffix}_{n}",
                                   _("Fill in both times, or neither."))
        return told

    def hours(self) -> list[Hours]:
        told = self.cleaned_data
        return [Hours(n, told[f"opens{suffix}_{n}"], told[f"closes{suffix}_{n}"])
                for n in range(7) for suffix in ("", "2") if told[f"opens{suffix}_{n}"]]

    def copied(self) -> "WeekForm":
        """The same form with Monday's hours on the empty days from Tuesday to Friday."""
        values = {name: self[name].value() for name in self.fields}
        for n in range(1, 5):
            if not values[f"opens_{n}"]:
                for name in ("opens", "closes", "opens2", "closes2"):
                    values[f"{name}_{n}"] = values[f"{name}_0"]
        return WeekForm(initial=values)


def week_of_form(library: Library, season: str, day: date) -> dict[str, Any]:
    """The initial values of a WeekForm: what holds on the day."""
    values: dict[str, Any] = {"from_on": None}
    for row in library.opening_hours.all():
        if row.season == season and row.holds_on(day):
            suffix = "2" if f"opens_{row.weekday}" in values else ""
            values |= {f"opens{suffix}_{row.weekday}": row.opens, f"closes{suffix}_{row.weekday}": row.closes}
    return values


class ClosureForm(ChangeForm):
    first_on = DayField(label=gettext_lazy("First day closed"))
    last_on = DayField(label=gettext_lazy("Last day closed"), required=False, help_text=gettext_lazy(
        "Leave it empty for one day."))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=120, help_text=gettext_lazy(
        "People read it, for example: stock-taking, Idulfitri, repairs."))


class SpaceForm(ChangeForm):
    name = forms.CharField(label=gettext_lazy("Name of the room"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of room"), choices=Space.Kind.choices)
    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=0, max_value=10_000, required=False)
    area_m2 = forms.IntegerField(label=gettext_lazy("Area in m²"), min_value=0, max_value=100_000, required=False)


class StopForm(ChangeForm):
    name = forms.CharField(label=gettext_lazy("Name of the stop"), max_length=120)
    region = PlaceChoice(label=gettext_lazy("Kelurahan"), required=False)
    weekday = forms.TypedChoiceField(label=gettext_lazy("Day"), required=False, coerce=int, empty_value=None,
                                     choices=[("", gettext_lazy("no fixed day")), *enumerate(WEEKDAYS)])
    arrives = HourField(label=gettext_lazy("Arrives"))
    leaves = HourField(label=gettext_lazy("Leaves"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["region"].narrow()  # type: ignore[attr-defined]


class FactsForm(ChangeForm):
    """One section's facts as they hold now; only what is changed is told anew."""

    from_on = DayField(label=gettext_lazy("True from"), help_text=gettext_lazy(
        "The day since which it is so. For a budget: the first day of its year."))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=160, required=False, help_text=gettext_lazy(
        "For example: counted on the spot, decree, DPA 2026."))

    def __init__(self, *args: Any, known: list[KnownFact], **given: Any) -> None:
        super().__init__(*args, **given)
        self.known = known
        facts = {one.fact.name: _field_of(one) for one in known}
        self.fields = facts | self.fields

    def values(self) -> dict[str, Any]:
        """name → value of what was changed; what was left or made empty is not told."""
        told = {}
        for one in self.known:
            value = self.cleaned_data.get(one.fact.name)
            if one.fact.kind == FactKind.CHOICES:
                value = sorted(value) if value or one.value else None
            if value not in (None, "") and value != one.value:
                told[one.fact.name] = value
        return told


def _field_of(one: KnownFact) -> forms.Field:
    fact, given = one.fact, {"label": capfirst(one.fact.label), "required": False, "initial": one.value}
    hint = " · ".join(str(part) for part in (fact.unit, fact.help) if part)
    if fact.kind in (FactKind.NUMBER, FactKind.RUPIAH):
        return forms.IntegerField(min_value=0, max_value=fact.most, help_text=hint or (
            _("whole rupiah, without dots") if fact.kind == FactKind.RUPIAH else ""), **given)
    if fact.kind == FactKind.YES_NO:
        return forms.TypedChoiceField(
            choices=[("True", _("yes")), ("False", _("no")), ("", _("not known"))], widget=forms.RadioSelect,
            coerce=lambda text: text == "True", empty_value=None, **{**given, "initial": _radio(one.value)})
    if fact.kind == FactKind.CHOICE:
        return forms.ChoiceField(choices=[("", _("not known")), *fact.choices.items()], **given)
    if fact.kind == FactKind.CHOICES:
        return forms.MultipleChoiceField(choices=list(fact.choices.items()), widget=forms.CheckboxSelectMultiple,
                                         **given)
    return forms.CharField(max_length=200, **given)


def _radio(value: Any) -> str:
    return "" if value is None else str(value)
