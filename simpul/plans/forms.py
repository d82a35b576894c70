"""Forms of plans."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.core.forms import ChangeForm
from simpul.files.forms import PictureField
from simpul.files.pictures import Prepared, prepare_document, prepare_picture
from simpul.plans.actions import PlanGiven, Proof, StepGiven, StepTold
from simpul.plans.models import Plan, Step

ROW = ("activity", "due_on", "responsible", "indicator")
MORE = ("aim", "kind", "target_office", "message", "budget", "funds")


def _day(**given: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **given)


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RupiahField(forms.IntegerField):
    """`1.500.000`, `Rp 1500000` and `1500000` are one amount."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        text = str("" if value is None else value).replace("Rp", "").replace(".", "").replace(" ", "").strip()
        return super().to_python(text)  # type: ignore[no-any-return]


class PaperField(PictureField):
    """A photo or a PDF; cleans to `Prepared` (or None)."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})

    def prepare(self, upload: Any) -> Prepared:
        first = upload.read(5)
        upload.seek(0)
        return prepare_document(upload) if first == b"%PDF-" else prepare_picture(upload)


class PlanForm(ChangeForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Plan.Kind.choices)
    title = forms.CharField(label=_("Name of the plan"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    starts_on = _day(label=_("From"))
    ends_on = _day(label=_("Until"))
    aim = forms.CharField(label=_("What is to be different in the end?"), required=False, max_length=600, widget=_text(2))
    needs = forms.CharField(label=_("Which needs does it answer?"), required=False, max_length=1000, widget=_text(2),
                            help_text=_("What residents said: voices, rembug warga, survey."))
    baseline = forms.CharField(label=_("Where do you start from?"), required=False, max_length=2000, widget=_text(3), help_text=_(
        "One line for each figure, for example: Visits a month: 120"))
    written_by = forms.CharField(label=_("Written by"), required=False, max_length=160, help_text=_(
        "The team, as it is to stand on the paper."))

    @property
    def given(self) -> PlanGiven:
        told = self.cleaned_data
        pairs = [line.rpartition(":") for line in told["baseline"].splitlines() if line.strip()]
        baseline = tuple((label or value, value if label else "") for label, _colon, value in pairs)
        return PlanGiven(told["title"], told["starts_on"], told["ends_on"], told["aim"], told["needs"], baseline,
                         told["written_by"])

    @staticmethod
    def initial_of(plan: Plan) -> dict[str, Any]:
        found = {name: getattr(plan, name) for name in ("title", "starts_on", "ends_on", "aim", "needs", "written_by")}
        return found | {"baseline": "\n".join(
            f"{line['label']}: {line['value']}" if line["value"] else line["label"] for line in plan.baseline)}


class EditForm(PlanForm):
    kind = None  # type: ignore[assignment]


class NewForm(PlanForm):
    flip_chart = PictureField(label=_("Photo of the flip chart"), required=False, help_text=_(
        "If you wrote it on paper in the room: photograph it now, type it later."))


class PictureForm(ChangeForm):
    picture = PictureField(label=_("Photo of the flip chart"))


class StepForm(ChangeForm):
    """A row in four fields; the rest may follow."""

    activity = forms.CharField(label=_("What will you do?"), max_length=300, widget=forms.TextInput(attrs={
        "autocomplete": "off", "enterkeyhint": "next"}))
    due_on = _day(label=_("When is it done?"))
    responsible = forms.CharField(label=_("Who answers for it?"), required=False, max_length=120, help_text=_(
        "A role, for example: the reading team, PKK RW 05."))
    indicator = forms.CharField(label=_("How do you see that it worked?"), required=False, max_length=300)
    aim = forms.CharField(label=_("Aim"), required=False, max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=Step.Kind.choices, required=False)
    target_office = forms.CharField(label=_("Advocacy: whom do you want to win?"), required=False, max_length=120, help_text=_(
        "An office, for example: the lurah, a company."))
    message = forms.CharField(label=_("Advocacy: what will you tell them?"), required=False, max_length=400, widget=_text(2))
    budget = RupiahField(label=_("Budget (rupiah)"), required=False)
    funds = forms.ChoiceField(label=_("Where the money comes from"), required=False, choices=Step.Funds.choices)

    @property
    def given(self) -> StepGiven:
        told = self.cleaned_data
        return StepGiven(**{name: told[name] for name in (*ROW, *MORE) if name != "kind"},
                         kind=told["kind"] or Step.Kind.ACTIVITY)

    @property
    def row(self) -> list[Any]:
        return [self[name] for name in ROW]

    @property
    def more(self) -> list[Any]:
        return [self[name] for name in MORE]

    @property
    def more_is_open(self) -> bool:
        return any(self[name].errors for name in MORE)

    @staticmethod
    def initial_of(step: Step) -> dict[str, Any]:
        return {name: getattr(step, name) for name in (*ROW, *MORE)}


class DoneForm(ChangeForm):
    """The day and what proves it, after the one tap."""

    done_on = _day(label=_("Done on"))
    word = forms.CharField(label=_("In a sentence: what happened?"), required=False, max_length=300, help_text=_(
        "Without names of participants."))
    file = PaperField(label=_("Photo or paper"), required=False)

    @property
    def proof(self) -> Proof:
        return Proof(word=self.cleaned_data["word"], file=self.cleaned_data["file"])


class ReasonForm(ChangeForm):
    reason = forms.CharField(label=_("Why was it not done?"), max_length=300, widget=_text(2), help_text=_(
        "Nobody is blamed; it helps the next plan."))


class SignedForm(ChangeForm):
    office = forms.CharField(label=_("Which office signed?"), max_length=120)
    on = _day(label=_("On"))
    paper = PaperField(label=_("Photo or scan of the signed paper"), required=False)


class ClosingForm(ChangeForm):
    word = forms.CharField(label=_("What came of the plan?"), required=False, max_length=600, widget=_text(3))


class CheckForm(ChangeForm):
    """A follow-up: each open row in one line, and a word."""

    word = forms.CharField(label=_("In all: what works, what needs help?"), required=False, max_length=600, widget=_text(3))

    def __init__(self, *args: Any, steps: list[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps
        for step in steps:
            n = step.number
            self.fields[f"state_{n}"] = forms.ChoiceField(
                label=_("State"), choices=Step.State.choices, required=False, initial=step.state)
            self.fields[f"word_{n}"] = forms.CharField(label=_("What happened, or why not"), required=False, max_length=300)
            self.fields[f"file_{n}"] = PaperField(label=_("Photo or paper"), required=False)

    @property
    def lines(self) -> list[tuple[Step, list[Any]]]:
        return [(step, [self[f"{name}_{step.number}"] for name in ("state", "word", "file")]) for step in self.steps]

    @property
    def told(self) -> list[StepTold]:
        return [self._told(step) for step in self.steps]

    def _told(self, step: Step) -> StepTold:
        state, word, file = (self.cleaned_data[f"{name}_{step.number}"] for name in ("state", "word", "file"))
        is_left = state == Step.State.NOT_DONE
        return StepTold(step, state, reason=word if is_left else "", proof=Proof(word="" if is_left else word, file=file))


def half_year(day: date) -> date:
    """Six months on, as most follow-up plans run."""
    month = day.month + 6
    return date(day.year + (month - 1) // 12, (month - 1) % 12 + 1, 28)
