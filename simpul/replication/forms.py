"""Forms of journeys, mentoring, peer learning, costs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.files.forms import PictureField
from simpul.files.pictures import Prepared, prepare_document, prepare_picture
from simpul.gatherings.models import Session
from simpul.libraries.models import Library
from simpul.replication.actions import Brought, MeetingGiven, PointsGiven
from simpul.replication.models import Contact, PeerMeeting, Share, UnitCost
from simpul.replication.queries.readiness import AxisLine
from simpul.replication.steps import Axis, Paper, Stage

PROMISES = (1, 2, 3)


def _day(**given: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **given)


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PaperField(PictureField):
    """A photo or a PDF; cleans to `Prepared` (or None)."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})

    def prepare(self, upload: Any) -> Prepared:
        first = upload.read(5)
        upload.seek(0)
        return prepare_document(upload) if first == b"%PDF-" else prepare_picture(upload)


class RupiahField(forms.IntegerField):
    """`1.500.000`, `Rp 1500000` and `1500000` are one amount."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        text = str("" if value is None else value).replace("Rp", "").replace(".", "").replace(" ", "").strip()
        return super().to_python(text)  # type: ignore[no-any-return]


class DocumentForm(ChangeForm):
    kind = forms.ChoiceField(label=_("Which paper"), choices=Paper.choices)
    dated_on = _day(label=_("Its day"))
    valid_until = _day(label=_("Valid until"), required=False, help_text=_("Leave it empty where no day is named."))
    number = forms.CharField(label=_("Number"), required=False, max_length=80, widget=forms.TextInput(
        attrs={"autocomplete": "off"}))
    file = PaperField(label=_("Photo or PDF"), required=False, help_text=_("You may add it later as a new paper."))
    word = forms.CharField(label=_("Note"), required=False, max_length=200)


class ConfirmForm(ChangeForm):
    stage = forms.ChoiceField(label=_("Step"), choices=Stage.choices)
    is_lost = forms.ChoiceField(label=_("What do you say of it?"), choices=[
        ("", _("It is reached, though no record can prove it")), ("yes", _("It is lost again"))], required=False)
    said_on = _day(label=_("Since"))
    reason = forms.CharField(label=_("Why"), max_length=300, widget=_words(2), help_text=_(
        "One sentence that others can follow; no names of residents."))


class ReadinessForm(ChangeForm):
    """Five axes; only those whose points are chosen are scored."""

    def __init__(self, *args: Any, lines: list[AxisLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.axes = lines
        for line in lines:
            choices = [("", _("not scored today")), *((str(n), f"{n} – {text}") for n, text in line.anchors)]
            self.fields[f"points_{line.axis}"] = forms.ChoiceField(label=_("Points"), choices=choices, required=False)
            self.fields[f"reason_{line.axis}"] = forms.CharField(label=_("Why this score"), required=False, max_length=400,
                                                                widget=_words(2))

    @property
    def lines(self) -> list[tuple[AxisLine, Any, Any]]:
        return [(line, self[f"points_{line.axis}"], self[f"reason_{line.axis}"]) for line in self.axes]

    @property
    def given(self) -> list[PointsGiven]:
        told = self.cleaned_data
        return [PointsGiven(axis, int(told[f"points_{axis}"]), told[f"reason_{axis}"]) for axis in Axis.values
                if told[f"points_{axis}"]]


class ContactPlanForm(ChangeForm):
    how = forms.ChoiceField(label=_("How"), choices=Contact.How.choices)
    planned_on = _day(label=_("When"))
    word = forms.CharField(label=_("What for"), required=False, max_length=1500, widget=_words(2), help_text=_(
        "The library reads it, so that it can prepare."))


class ContactForm(ChangeForm):
    """What happened, what came of it, up to three things agreed."""

    how = forms.ChoiceField(label=_("How"), choices=Contact.How.choices)
    done_on = _day(label=_("When"))
    word = forms.CharField(label=_("What did you see and hear?"), required=False, max_length=1500, widget=_words(4), help_text=_(
        "The library reads this note. No names of residents."))
    outcome = forms.ChoiceField(label=_("What came of it?"), choices=[("", _("not said")), *Contact.Outcome.choices[1:]],
                                required=False)
    about_silence = forms.BooleanField(label=_("It was because nothing was recorded"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in PROMISES:
            self.fields[f"what_{n}"] = forms.CharField(label=_("Agreed"), required=False, max_length=300)
            self.fields[f"due_{n}"] = _day(label=_("Until"), required=False)

    @property
    def promises(self) -> list[tuple[Any, Any]]:
        return [(self[f"what_{n}"], self[f"due_{n}"]) for n in PROMISES]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for n in PROMISES:
            if told.get(f"what_{n}") and not told.get(f"due_{n}") and f"due_{n}" not in self.errors:
                self.add_error(f"due_{n}", _("Until when? A day makes it a promise."))
        return told

    @property
    def agreed(self) -> tuple[tuple[str, date], ...]:
        told = self.cleaned_data
        return tuple((told[f"what_{n}"], told[f"due_{n}"]) for n in PROMISES if told[f"what_{n}"])


class PauseForm(ChangeForm):
    until_on = _day(label=_("Let it rest until"))
    reason = forms.CharField(label=_("Why is it all right to wait?"), max_length=200)


class MeetingForm(ChangeForm):
    title = forms.CharField(label=_("Name of the meeting"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    held_on = _day(label=_("First day"))
    days = forms.IntegerField(label=_("How many days"), min_value=1, max_value=3, initial=1,
                              widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    begins = forms.TimeField(label=_("Begins"), initial="09:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Ends"), initial="15:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Place"), required=False, max_length=160, help_text=_(
        "Empty: in the host library."))
    word = forms.CharField(label=_("What it is about, what came of it"), required=False, max_length=1000, widget=_words(3))

    def __init__(self, *args: Any, hosts: Sequence[Library] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = hosts
        if hosts:
            self.fields["host"] = forms.ChoiceField(label=_("Host library"), choices=[(one.code, one.name) for one in hosts])
            self.order_fields(["title", "host", "held_on"])

    @property
    def host(self) -> Library:
        return next(one for one in self.hosts if one.code == self.cleaned_data["host"])

    @property
    def given(self) -> MeetingGiven:
        return MeetingGiven(**{name: self.cleaned_data[name] for name in MeetingGiven.__dataclass_fields__})

    @staticmethod
    def initial_of(meeting: PeerMeeting, days: Sequence[Session]) -> dict[str, Any]:
        told = {name: getattr(meeting, name) for name in ("title", "held_on", "place", "word")}
        first = days[0] if days else None
        return told | ({"days": len(days), "begins": first.local(first.starts_at).time(),
                        "ends": first.local(first.ends_at).time()} if first else {})


class ShareForm(ChangeForm):
    achievement = forms.CharField(label=_("An achievement"), required=False, max_length=400, widget=_words(2))
    tip = forms.CharField(label=_("A tip for others"), required=False, max_length=400, widget=_words(2))
    challenge = forms.CharField(label=_("A challenge"), required=False, max_length=400, widget=_words(2))
    product = forms.CharField(label=_("A product to show"), required=False, max_length=200, help_text=_(
        "For example: bags that residents sewed."))
    takes_home = forms.CharField(label=_("What will you try at home?"), required=False, max_length=300, widget=_words(2),
                                 help_text=_("It becomes a row of your plan."))
    try_by_on = _day(label=_("Until when?"), required=False)

    @property
    def brought(self) -> Brought:
        return Brought(**{name: self.cleaned_data[name] for name in Brought.__dataclass_fields__})

    @staticmethod
    def initial_of(row: Share | None) -> dict[str, Any]:
        return {name: getattr(row, name) for name in Brought.__dataclass_fields__} if row else {}


class DelegateForm(ChangeForm):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={
        "autocomplete": "off", "enterkeyhint": "next"}))
    phone = forms.CharField(label=_("WhatsApp number or e-mail address"), max_length=254, widget=forms.TextInput(attrs={
        "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "enterkeyhint": "done"}))


class AtTheDoorForm(ChangeForm):
    """Somebody who was not named before: of which library, and who if she likes."""

    library = forms.ChoiceField(label=_("Library"))
    name = forms.CharField(label=_("Name"), required=False, max_length=120, widget=forms.TextInput(attrs={
        "autocomplete": "off", "enterkeyhint": "done"}))

    def __init__(self, *args: Any, libraries: Sequence[Library], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.libraries = libraries
        self.fields["library"].choices = [(one.code, one.name) for one in libraries]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Library:
        return next(one for one in self.libraries if one.code == self.cleaned_data["library"])


class CostForm(ChangeForm):
    what = forms.CharField(label=_("What is paid for"), max_length=120, help_text=_("For example: two days of training."))
    unit = forms.ChoiceField(label=_("Counted"), choices=UnitCost.Unit.choices)
    times = forms.IntegerField(label=_("How many of them"), min_value=1, max_value=1000, initial=1,
                               widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                               help_text=_("For example 2 delegates of each kelurahan."))
    amount = RupiahField(label=_("Price of one (rupiah)"))
    source = forms.CharField(label=_("Where is this price from?"), max_length=200, help_text=_(
        "For example: SBU Kota 2026, number and page."))
