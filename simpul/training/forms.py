"""Forms of workshops."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.models import Title
from simpul.core.forms import ChangeForm
from simpul.files.forms import PictureField
from simpul.libraries.models import Library
from simpul.people.models import Sex
from simpul.plans.forms import RupiahField
from simpul.surveys.models import Question
from simpul.training.actions import LessonGiven, WorkshopGiven
from simpul.training.actions.planning import at_time
from simpul.training.models import Lesson, Workshop
from simpul.training.programmes import programmes

MATERIALS_SHOWN = 100


def _line(label: Any, most: int, *, required: bool = True, help_text: Any = "", **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text, widget=forms.TextInput(
        attrs={"autocomplete": "off", **attrs}))


def _text(label: Any, most: int, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text,
                           widget=forms.Textarea(attrs={"rows": rows}))


def _number(label: Any, least: int, most: int, *, required: bool = True, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=required, help_text=help_text,
                              widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))


class NewForm(ChangeForm):
    """Four fields; the programme brings the rest."""

    programme = forms.ChoiceField(label=_("Programme"))
    first_on = _day(_("First day"))
    library = forms.ModelChoiceField(Library.objects.none(), label=_("Host"))
    venue = _line(_("Room"), 160, required=False, help_text=_("For example: Aula lantai 2, Perpustakaan Kota."))
    title = _line(_("Title"), 160, required=False, help_text=_("Empty: as the programme is called."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [(one.key, one.title) for one in programmes().values()]  # type: ignore[attr-defined]
        self.fields["library"].queryset = Library.objects.filter(  # type: ignore[attr-defined]
            closed_on__isnull=True, kind__in=(Library.Kind.CITY, Library.Kind.DISTRICT)).order_by("kind", "name")


class DayForm(ChangeForm):
    first_on = _day(_("First day"))


class WorkshopForm(ChangeForm):
    title = _line(_("Title"), 160)
    aims = _text(_("Aims"), 2000, 4)
    venue = _line(_("Room"), 160, required=False)
    capacity = _number(_("Places"), 1, 10_000, required=False, help_text=_("Empty: as many as come."))
    quota = _number(_("People of one library"), 1, 50)
    is_public = forms.BooleanField(label=_("Show it publicly"), required=False, help_text=_(
        "Only programme and place; never who comes."))
    min_present = _number(_("Certificate: present at so many percent of the lessons"), 0, 100)
    late_limit = _number(_("A lesson counts up to so many minutes late"), 0, 600)
    needs_post_test = forms.BooleanField(label=_("Certificate: post-test taken"), required=False)
    needs_plan = forms.BooleanField(label=_("Certificate: plan handed in"), required=False)
    organiser = _line(_("Organiser, as it stands over letters"), 160, required=False)
    letter_number = _line(_("Number of the invitation letter"), 60, required=False)
    funds = _line(_("Where the money comes from"), 160, required=False)
    background = _text(_("Background, for the terms of reference (KAK)"), 4000, 5)

    @property
    def given(self) -> WorkshopGiven:
        told = dict(self.cleaned_data)
        told.pop("change")
        return WorkshopGiven(**told)

    @staticmethod
    def initial_of(workshop: Workshop) -> dict[str, Any]:
        names = ("aims", "venue", "quota", "min_present", "late_limit", "needs_post_test", "needs_plan", "organiser",
                 "letter_number", "funds", "background")
        gathering = workshop.gathering
        return {name: getattr(workshop, name) for name in names} | {
            "title": gathering.title, "capacity": gathering.capacity, "is_public": gathering.is_public}


class LessonForm(ChangeForm):
    title = _line(_("Topic"), 160)
    kind = forms.ChoiceField(label=_("Kind"), choices=Lesson.Kind.choices)
    day = _day(_("Day"))
    starts = _time(_("From"))
    ends = _time(_("Until"))
    jp = _number(_("JP (of 45 minutes)"), 0, 40)
    speaker = forms.ModelChoiceField(None, label=_("Speaker or facilitator"), required=False)
    room = _line(_("Room, if another"), 120, required=False)
    aim = _text(_("Aim"), 400, 2)
    materials = forms.ModelMultipleChoiceField(None, label=_("Materials (digital titles)"), required=False,
                                               widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        self.fields["speaker"].queryset = workshop.speakers.all()  # type: ignore[attr-defined]
        self.fields["speaker"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]
        ids = Title.objects.filter(resources__withdrawn_at__isnull=True, resources__isnull=False).order_by(
            "-recorded_at").values_list("pk", flat=True).distinct()[:MATERIALS_SHOWN]
        self.fields["materials"].queryset = Title.objects.filter(pk__in=list(ids)).order_by("title")  # type: ignore[attr-defined]
        self.fields["materials"].label_from_instance = lambda one: one.title  # type: ignore[attr-defined]

    @property
    def given(self) -> LessonGiven:
        told, library = self.cleaned_data, self.workshop.library
        return LessonGiven(
            title=told["title"], kind=told["kind"], jp=told["jp"], aim=told["aim"], room=told["room"],
            starts_at=at_time(told["day"], told["starts"], library), ends_at=at_time(told["day"], told["ends"], library),
            speaker_id=told["speaker"].pk if told["speaker"] else None,
            materials=tuple(one.pk for one in told["materials"]))

    @staticmethod
    def initial_of(lesson: Lesson) -> dict[str, Any]:
        def here(at: datetime) -> datetime:
            return at.astimezone(lesson.day.zone)

        return {"title": lesson.title, "kind": lesson.kind, "jp": lesson.jp, "aim": lesson.aim, "room": lesson.room,
                "day": here(lesson.starts_at).date(), "starts": here(lesson.starts_at).time(),
                "ends": here(lesson.ends_at).time(), "speaker": lesson.speaker_id, "materials": list(lesson.materials.all())}


class SpeakerForm(ChangeForm):
    name = _line(_("Name, as it is printed"), 120)
    office = _line(_("Institution"), 160, required=False)
    biography = _text(_("Short biography"), 1500, 3, _("Identity, tax and bank numbers are written by hand on the print."))
    is_facilitator = forms.BooleanField(label=_("Facilitator, not speaker"), required=False)


class BudgetForm(ChangeForm):
    label = _line(_("What"), 160)
    quantity = _number(_("How many"), 1, 100_000)
    unit = _line(_("Unit"), 30, required=False)
    price = RupiahField(label=_("Price each (rupiah)"), required=False)


class PhotoForm(ChangeForm):
    picture = PictureField(label=_("Picture"))
    caption = _line(_("What it shows"), 160, required=False)


class StoryForm(ChangeForm):
    minutes = _text(_("Minutes (notulen)"), 8000, 8)
    report = _text(_("Report (laporan)"), 8000, 8)


class PersonForm(ChangeForm):
    """Somebody who comes: a name, a number, what she does."""

    name = _line(_("Name, as on the certificate"), 120, enterkeyhint="next")
    phone = _line(_("WhatsApp number or e-mail"), 254, enterkeyhint="next", inputmode="text")
    role = _line(_("What she does there"), 80, required=False, help_text=_("For example: pengelola, kader PKK, relawan."))
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=Sex.choices)


class OfficePersonForm(PersonForm):
    """The same by the office, for a library that has no account yet."""

    library = forms.ModelChoiceField(Library.objects.none(), label=_("Library"))
    field_order = ("change", "library", "name", "phone", "role", "sex")

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["library"].queryset = Library.objects.filter(  # type: ignore[attr-defined]
            workshop_invitations__workshop=workshop).order_by("name")


class DeclineForm(ChangeForm):
    because = _line(_("Why does nobody come this time?"), 200, required=False)


class QuotaForm(ChangeForm):
    quota = _number(_("People"), 1, 50)


class ReasonForm(ChangeForm):
    reason = _text(_("Why is the rule waived?"), 300, 2)


class FlipChartForm(ChangeForm):
    picture = PictureField(label=_("Photo of the flip chart"))


class KeyForm(ChangeForm):
    """The right answer of each item; an item without one does not count."""

    def __init__(self, *args: Any, questions: list[Question], key: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [one for one in questions if one.options]
        for one in self.questions:
            self.fields[f"q_{one.key}"] = forms.TypedChoiceField(
                label=one.label, required=False, coerce=int, empty_value=None, initial=key.get(one.key, ""),
                choices=[("", _("does not count")), *one.options])

    @property
    def key(self) -> dict[str, int]:
        return {one.key: value for one in self.questions if (value := self.cleaned_data.get(f"q_{one.key}"))}


def uuids_of(values: list[str]) -> list[UUID]:
    """Those that are ids; the others are left out."""
    found = []
    for value in values[:2000]:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
