"""Planning an activity, and telling what came of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.activities.actions import Details
from simpul.activities.kinds import GROUPED, KINDS, STRATEGIES
from simpul.activities.models import Activity, Contribution
from simpul.activities.queries import NeedChoice
from simpul.advocacy.models import Publicity
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


def need_label(need: NeedChoice) -> str:
    """`Keterampilan, RW 05 (12 orang)`"""
    where = f"{need.label}, {need.neighbourhood}" if need.neighbourhood else need.label
    return gettext("%(need)s (%(n)s people)") % {"need": where, "n": need.people}


def place_kinds() -> list[tuple[str, Any]]:
    return [*Activity.Place.choices]


class PlanForm(SessionForm):
    """The few things that make an activity; `needs` are the open ones of the library, with most people first."""

    title = forms.CharField(label=_("What is it called?"), max_length=160,
                            widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=GROUPED)
    times = forms.IntegerField(label=_("How many weeks in a row?"), min_value=1, max_value=30, initial=1,
                               widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    capacity = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=100_000, help_text=_(
        "Leave it empty if everybody finds room."), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    takes_registrations = forms.BooleanField(label=_("People register beforehand"), required=False, initial=True)
    place_kind = forms.ChoiceField(label=_("Where"), choices=place_kinds, required=False)
    place = forms.CharField(label=_("Name of the place"), required=False, max_length=160, help_text=_(
        "For example: RW hall 05, Posyandu Melati, SDN Sukasari 2. Leave it empty for the library."))
    needs = forms.MultipleChoiceField(label=_("Which need does it answer?"), required=False,
                                      widget=forms.CheckboxSelectMultiple)
    field_order = ("change", "title", "kind", "day", "starts", "ends", "place_kind", "place", "needs", "times",
                   "capacity", "takes_registrations")

    def __init__(self, *args: Any, needs: Sequence[NeedChoice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_needs = list(needs)
        if self.open_needs:
            self.fields["needs"].choices = [(one.key, need_label(one)) for one in self.open_needs]  # type: ignore[attr-defined]
        else:
            del self.fields["needs"]

    @property
    def voices(self) -> list[UUID]:
        """The voices behind the needs that were ticked."""
        return voices_of(self.open_needs, self.cleaned_data.get("needs", []))

    @property
    def sessions(self) -> list[SessionGiven]:
        return [self.given(week) for week in range(self.cleaned_data["times"])]


def voices_of(needs: Sequence[NeedChoice], keys: Sequence[str]) -> list[UUID]:
    return [pk for need in needs if need.key in keys for pk in need.voices]


class NeedsForm(ChangeForm):
    """Which needs an activity answers."""

    needs = forms.MultipleChoiceField(label=_("Which need does it answer?"), required=False,
                                      widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, needs: Sequence[NeedChoice], **kwargs: Any) -> None:
        super().__init__(*args, initial={"needs": [one.key for one in needs if one.is_chosen]}, **kwargs)
        self.open_needs = list(needs)
        self.fields["needs"].choices = [(one.key, need_label(one)) for one in needs]  # type: ignore[attr-defined]

    @property
    def voices(self) -> list[UUID]:
        return voices_of(self.open_needs, self.cleaned_data["needs"])


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
    place_kind = PlanForm.base_fields["place_kind"]
    materials = forms.CharField(label=_("Materials besides books"), required=False, max_length=600, help_text=_(
        "Sheets, tools, links. Books and digital titles are added on their own page."),
        widget=forms.Textarea(attrs={"rows": 2}))
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
                       told["funds"], told["cost"], told["place_kind"], told["materials"])

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
            "kind", "theme", "strategy", "objective", "target_group", "funds", "cost", "place_kind", "materials")}
        return found | {"checklist": "\n".join(line["text"] for line in activity.checklist)}


class SpeakerForm(ChangeForm):
    name = forms.CharField(label=_("Speaker"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    institution = forms.CharField(label=_("From where"), required=False, max_length=120)


class GiftForm(ChangeForm):
    partner = forms.CharField(label=_("Partner"), max_length=120, help_text=_("PKK, posyandu, a company, a campus …"),
                              widget=forms.TextInput(attrs={"list": "mitra-dikenal", "autocomplete": "off"}))
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


class ReplyForm(ChangeForm):
    """A sentence or two, in own words."""

    text = forms.CharField(label=_("In your own words"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class PublicityForm(ChangeForm):
    channel = forms.ChoiceField(label=_("Where was it shared?"), choices=Publicity.Channel.choices)
    link = forms.CharField(label=_("Link of the post"), required=False, max_length=500, widget=forms.URLInput(attrs={
        "inputmode": "url", "autocomplete": "off", "placeholder": "https://"}))


class CityDayForm(ChangeForm):
    """Day and month; both empty where the city has none."""

    day = forms.IntegerField(label=_("Day"), required=False, min_value=1, max_value=31,
                             widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    month = forms.TypedChoiceField(label=_("Month"), required=False, coerce=int, empty_value=None, choices=lambda: [
        ("", "–"), *((n, date_format(date(2000, n, 1), "F")) for n in range(1, 13))])


class DraftForm(ChangeForm):
    """A new draft around a picture that a phone shared."""

    title = PlanForm.base_fields["title"]
    kind = PlanForm.base_fields["kind"]


def filter_of(query: Any) -> dict[str, Any]:
    """Group of kinds, strategy and days of an address; broken values count as not given."""
    first, last = query.get("dari", ""), query.get("sampai", "")
    return {"kinds": [code for code, kind in KINDS.items() if kind.group == query.get("jenis", "")],
            "strategy": query.get("strategi", "") if query.get("strategi", "") in dict(STRATEGIES) else "",
            "first": day_of(first, date.min) if first else None, "last": day_of(last, date.max) if last else None}
