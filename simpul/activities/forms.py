"""Planning an activity, and telling what came of it."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.actions import Details
from simpul.activities.kinds import GROUPED, STRATEGIES
from simpul.activities.models import Activity, Contribution
from simpul.core.forms import ChangeForm
from simpul.files.forms import PictureField
from simpul.gatherings.actions import SessionGiven
from simpul.gatherings.models import Session
from simpul.libraries.models import Library

MONEY = {"inputmode": "numeric", "autocomplete": "off"}
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def _moment() -> forms.DateTimeField:
    return forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"],
                               widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}))


class RupiahField(forms.IntegerField):
    """`1.500.000`, `Rp 1500000` and `1500000` are one amount."""

    widget = forms.TextInput(attrs=MONEY)

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").replace("Rp", "").replace(".", "").replace(" ", "").strip()
        return super().to_python(text)  # type: ignore[no-any-return]


class SessionForm(ChangeForm):
    """One day: when, and where if it is not the library."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    starts = forms.TimeField(label=_("Begins"), widget=_clock(), initial="09:00")
    ends = forms.TimeField(label=_("Ends"), widget=_clock(), initial="11:00")
    place = forms.CharField(label=_("Place"), required=False, max_length=160, help_text=_(
        "Leave it empty for the library. Otherwise the RW hall, posyandu, school …"))

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(library.time_zone)

    def given(self, weeks: int = 0) -> SessionGiven:
        """The day, or the same so many weeks later. Midnight as an end belongs to the next day."""
        told = self.cleaned_data
        day = told["day"] + timedelta(weeks=weeks)
        until = day + timedelta(days=1) if told["ends"] < told["starts"] and told["ends"].hour < 4 else day
        return SessionGiven(datetime.combine(day, told["starts"], self.zone),
                            datetime.combine(until, told["ends"], self.zone), told["place"])

    @staticmethod
    def initial_of(session: Session) -> dict[str, Any]:
        begins, ends = session.local(session.starts_at), session.local(session.ends_at)
        return {"day": begins.date(), "starts": begins.time(), "ends": ends.time(), "place": session.place}


class PlanForm(SessionForm):
    """The few things that make an activity."""

    title = forms.CharField(label=_("What is it called?"), max_length=160,
                            widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=GROUPED)
    times = forms.IntegerField(label=_("How many weeks in a row?"), min_value=1, max_value=30, initial=1,
                               widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    capacity = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=100_000, help_text=_(
        "Leave it empty if everybody finds room."), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    takes_registrations = forms.BooleanField(label=_("People register beforehand"), required=False, initial=True)
    field_order = ("change", "title", "kind", "day", "starts", "ends", "place", "times", "capacity",
                   "takes_registrations")

    @property
    def sessions(self) -> list[SessionGiven]:
        return [self.given(week) for week in range(self.cleaned_data["times"])]


class EditForm(ChangeForm):
    """Everything that can be said of it; the days have their own page."""

    title = PlanForm.base_fields["title"]
    summary = forms.CharField(label=_("What happens there?"), required=False, max_length=2000,
                              help_text=_("For everybody, on the public page."), widget=forms.Textarea(attrs={"rows": 4}))
    kind = PlanForm.base_fields["kind"]
    capacity = PlanForm.base_fields["capacity"]
    takes_registrations = forms.BooleanField(label=_("People register beforehand"), required=False)
    is_public = forms.BooleanField(label=_("Everybody is invited"), required=False,
                                   help_text=_("Otherwise it stands in no public list."))
    registers_from = _moment()
    registers_until = _moment()
    theme = forms.CharField(label=_("Theme"), required=False, max_length=80)
    strategy = forms.ChoiceField(label=_("Strategy"), required=False, choices=STRATEGIES)
    objective = forms.CharField(label=_("What is it to achieve?"), required=False, max_length=600,
                                widget=forms.Textarea(attrs={"rows": 2}))
    target_group = forms.CharField(label=_("For whom"), required=False, max_length=120)
    funds = forms.ChoiceField(label=_("Where the money comes from"), required=False, choices=Activity.Funds.choices)
    cost = RupiahField(label=_("What it cost (rupiah)"), required=False)
    checklist = forms.CharField(label=_("Checklist"), required=False, help_text=_("One line for each thing to do."),
                                widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(library.time_zone)
        self.fields["registers_from"].label = _("Registration opens")
        self.fields["registers_until"].label = _("Registration closes")
        self.fields["registers_until"].help_text = _("Empty: when it begins.")

    def local(self, name: str) -> datetime | None:
        """What was typed is the time of the library's wall."""
        value: datetime | None = self.cleaned_data[name]
        return value.replace(tzinfo=self.zone) if value else None

    @property
    def details(self) -> Details:
        told = self.cleaned_data
        return Details(told["kind"], told["strategy"], told["theme"], told["objective"], told["target_group"],
                       told["funds"], told["cost"])

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["checklist"].splitlines() if line.strip()]

    @staticmethod
    def initial_of(activity: Activity) -> dict[str, Any]:
        gathering, zone = activity.gathering, ZoneInfo(activity.library.time_zone)
        found: dict[str, Any] = {name: getattr(gathering, name) for name in (
            "title", "summary", "capacity", "takes_registrations", "is_public")}
        found |= {name: value.astimezone(zone).replace(tzinfo=None) if (value := getattr(gathering, name)) else None
                  for name in ("registers_from", "registers_until")}
        found |= {name: getattr(activity, name) for name in (
            "kind", "theme", "strategy", "objective", "target_group", "funds", "cost")}
        return found | {"checklist": "\n".join(line["text"] for line in activity.checklist)}


class SpeakerForm(ChangeForm):
    name = forms.CharField(label=_("Speaker"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    institution = forms.CharField(label=_("From where"), required=False, max_length=120)


class GiftForm(ChangeForm):
    partner = forms.CharField(label=_("Partner"), max_length=120, help_text=_("PKK, posyandu, a company, a campus …"))
    gift = forms.ChoiceField(label=_("Gives"), choices=Contribution.Kind.choices)
    what = forms.CharField(label=_("What exactly"), required=False, max_length=160)
    worth = RupiahField(label=_("Worth (rupiah)"), required=False)


class BookForm(ChangeForm):
    text = forms.CharField(label=_("Title, ISBN or label"), max_length=120, widget=forms.TextInput(attrs={
        "autocomplete": "off", "enterkeyhint": "search", "data-scan": ""}))


class ResultForm(ChangeForm):
    result = forms.CharField(label=_("What came of it?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
                             help_text=_("One or two sentences, as you would tell a colleague."))
    follow_up = forms.CharField(label=_("What comes next?"), required=False, max_length=1000,
                                widget=forms.Textarea(attrs={"rows": 2}))
    cost = RupiahField(label=_("What it cost (rupiah)"), required=False)
    has_photo_notice = forms.BooleanField(required=False, label=_("People were told that pictures are taken"))


class PhotoForm(ChangeForm):
    picture = PictureField(label=_("Picture"), help_text=_("Place and time of the camera are taken out."))
    caption = forms.CharField(label=_("What it shows"), required=False, max_length=160)
    has_photo_notice = forms.BooleanField(required=False, label=_("People were told that pictures are taken"))
    shows_children = forms.BooleanField(required=False, label=_("Children can be recognised"))
    guardians_agreed = forms.BooleanField(required=False, label=_("Their guardians agreed"))
    is_public = forms.BooleanField(required=False, label=_("Show it on the public page"))


def day_of(text: str, otherwise: date) -> date:
    """A day of an address; a broken one counts as not given."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise
