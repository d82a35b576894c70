"""Forms about volunteers."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.libraries.models import Library
from simpul.volunteers.actions import HelperGiven
from simpul.volunteers.kinds import Work
from simpul.volunteers.models import Helper, Service

WEEKDAYS = [(0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")),
            (5, _("Saturday")), (6, _("Sunday"))]


def _day(**given: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **given)


def _time(**given: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **given)


class HoursField(forms.CharField):
    """`2`, `1,5` and `1.5` hours; cleans to minutes."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> int:
        text = str(super().clean(value)).strip().replace(",", ".")
        try:
            hours = Decimal(text)
            if not Decimal("0.01") <= hours <= 16:
                raise InvalidOperation
        except InvalidOperation:
            raise ValidationError(gettext("Write the hours as a number, for example 2 or 1,5.")) from None
        return max(1, round(hours * 60))


class HelperField(forms.ModelChoiceField):
    """One of those who help at a library."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**({"queryset": Helper.objects.none(), "label": _("Who")} | given))

    def of(self, library: Library) -> None:
        self.queryset = Helper.objects.filter(library=library).helping()

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class HelperForm(ChangeForm):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    since_on = _day(label=_("Helps since"))
    likes = forms.CharField(label=_("What she likes to do or is good at"), required=False, max_length=300, help_text=_(
        "For example: reading aloud, design, mathematics."))
    phone = forms.CharField(label=_("Phone (WhatsApp)"), required=False, max_length=20, widget=forms.TextInput(
        attrs={"inputmode": "tel", "autocomplete": "off"}))
    phone_agreed = forms.BooleanField(label=_("She agrees that we keep her number to ask about turns"), required=False)
    is_minor = forms.BooleanField(label=_("Under 18"), required=False)
    guardian_name = forms.CharField(label=_("Parent or guardian"), required=False, max_length=120, help_text=_(
        "Only for somebody under 18."))
    guardian_agreed = forms.BooleanField(label=_("The parent or guardian agrees that she helps here"), required=False)

    @property
    def given(self) -> HelperGiven:
        return HelperGiven(**{name: self.cleaned_data[name] for name in (
            "name", "since_on", "phone", "phone_agreed", "likes", "is_minor", "guardian_name", "guardian_agreed")})

    @staticmethod
    def initial_of(helper: Helper) -> dict[str, Any]:
        return {name: getattr(helper, name) for name in ("name", "since_on", "phone", "likes", "is_minor", "guardian_name")
                } | {"phone_agreed": bool(helper.phone_agreed_on), "guardian_agreed": bool(helper.guardian_agreed_on)}


class PatternForm(ChangeForm):
    helper = HelperField()
    weekday = forms.TypedChoiceField(label=_("Every"), choices=WEEKDAYS, coerce=int)
    starts = _time(label=_("From"), initial=time(13))
    ends = _time(label=_("Until"), initial=time(16))
    from_on = _day(label=_("Beginning on"))

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helper"].of(library)  # type: ignore[attr-defined]


class DutyForm(ChangeForm):
    day = _day(label=_("Day"))
    starts = _time(label=_("From"), initial=time(13))
    ends = _time(label=_("Until"), initial=time(16))
    helper = HelperField(required=False, empty_label=_("nobody yet: whoever can"))

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helper"].of(library)  # type: ignore[attr-defined]


class HoursForm(ChangeForm):
    """Hours told afterwards."""

    helper = HelperField()
    hours = HoursField(label=_("Hours"), help_text=_("For example 2 or 1,5."))
    work = forms.ChoiceField(label=_("Doing what"), choices=Work.choices)
    day = _day(label=_("Day"))

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.library = library
        self.fields["helper"].of(library)  # type: ignore[attr-defined]

    def happened_at(self, at: datetime) -> datetime:
        """When it began. Today: so many hours ago, but not before midnight. On another day nobody says when: noon."""
        return began(self.cleaned_data["day"], self.cleaned_data["hours"], at, self.library)


class CorrectForm(HoursForm):
    helper = None  # type: ignore[assignment]

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        ChangeForm.__init__(self, *args, **kwargs)
        self.library = library

    @staticmethod
    def initial_of(service: Service) -> dict[str, Any]:
        hours = f"{(service.minutes or 60) / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        return {"hours": hours, "work": service.work, "day": service.local_date}


def began(day: date, minutes: int, at: datetime, library: Library) -> datetime:
    """The moment a told service began."""
    zone = ZoneInfo(library.time_zone)
    local = at.astimezone(zone)
    if day == local.date():
        return max(local - timedelta(minutes=minutes), local.replace(hour=0, minute=0, second=0, microsecond=0))
    return datetime.combine(day, time(12), zone)


class NoteForm(ChangeForm):
    text = forms.CharField(label=_("Note for the next duty"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
                           help_text=_("For example: the key is with Pak RT; two boxes of books wait for labels."))


class ThanksForm(ChangeForm):
    text = forms.CharField(label=_("Thank you for …"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class LetterForm(ChangeForm):
    first_on = _day(label=_("From"))
    last_on = _day(label=_("Until"))
    signer = forms.CharField(label=_("Signed by"), max_length=120, help_text=_(
        "The office that signs by hand, for example: head of the TBM."))
    number = forms.CharField(label=_("Number"), required=False, max_length=60, help_text=_(
        "Leave it empty for the library's next number."))


class ReasonForm(ChangeForm):
    reason = forms.CharField(label=_("Why"), required=False, max_length=200)


def month_of(text: str, otherwise: date) -> date:
    """`2026-03` → the first of that month; a broken one counts as not given."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return otherwise.replace(day=1)
    return found if 2000 <= found.year <= 2100 else otherwise.replace(day=1)

