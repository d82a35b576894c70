"""The forms of voices and surveys."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Account
from simpul.core.forms import ChangeForm
from simpul.surveys import themes
from simpul.surveys.actions import MeetingNeed
from simpul.surveys.models import Invitation, Question, Survey, Voice
from simpul.surveys.queries import Hotline

MEETING_LINES = 8
HOTLINES_SHOWN = 4


def line(label: Any = None, *, most: int, required: bool = True, help_text: Any = "", **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text,
                           widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}))


class VoiceForm(ChangeForm):
    """One minute: a tap, a sentence, and what she likes to add."""

    theme = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect, choices=themes.choices,
                              error_messages={"required": _("Tap what it is about.")})
    text = forms.CharField(label=_("What would you like to learn or have here?"), max_length=500,
                           widget=forms.Textarea(attrs={"rows": 3, "enterkeyhint": "next"}),
                           error_messages={"required": _("Write in a few words what you would like.")})
    neighbourhood = line(_("Your neighbourhood"), most=80, required=False, help_text=_("For example: RW 05, Sukasari."),
                         enterkeyhint="next")
    phone = forms.CharField(label=_("Phone, if you want to be told"), max_length=30, required=False, help_text=_(
        "Only to tell you what became of it. Erased after that, at the latest after six months."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "enterkeyhint": "done"}))
    is_about_safety = forms.BooleanField(required=False, label=_("This is about somebody's safety"), help_text=_(
        "Then only one person of the city reads it, the one who looks after safety. It is not shown to the library."))
    website = forms.CharField(required=False, label=_("Leave this empty"), widget=forms.TextInput(
        attrs={"tabindex": "-1", "autocomplete": "off"}))

    @property
    def is_trap(self) -> bool:
        """A machine filled the field that people do not see."""
        return bool(self.cleaned_data.get("website"))


class SpokenForm(ChangeForm):
    """Staff write down what somebody said or left on paper."""

    theme = forms.ChoiceField(label=_("Theme"), choices=themes.choices)
    text = line(_("What was asked for"), most=500)
    neighbourhood = line(_("Neighbourhood"), most=80, required=False)
    phone = forms.CharField(label=_("Phone, if she wants to be told"), max_length=30, required=False,
                            widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}))


class AnswerForm(ChangeForm):
    """What becomes of the voices that are ticked."""

    voices = forms.MultipleChoiceField(choices=(), error_messages={"required": _("Tick the voices first.")})
    state = forms.ChoiceField(choices=[(s.value, s.label) for s in Voice.State if s != Voice.State.NEW])
    word = line(_("A word to those who asked"), most=200, required=False)

    def __init__(self, *args: Any, ids: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voices"].choices = [(id, id) for id in ids]  # type: ignore[attr-defined]


class MeetingForm(ChangeForm):
    """A meeting and up to eight needs; empty lines are left out."""

    title = line(_("Which meeting"), most=120, help_text=_("For example: Rembug warga RW 05."))
    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    people = forms.IntegerField(label=_("How many came"), min_value=1, max_value=9999,
                                widget=forms.NumberInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(MEETING_LINES):
            self.fields[f"text_{n}"] = line(_("Need"), most=500, required=n == 0)
            self.fields[f"theme_{n}"] = forms.ChoiceField(label=_("Theme"), choices=themes.choices, required=n == 0)
            self.fields[f"people_{n}"] = forms.IntegerField(
                label=_("People behind it"), min_value=1, max_value=9999, required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
            self.fields[f"neighbourhood_{n}"] = line(_("Neighbourhood"), most=80, required=False)

    def lines(self) -> list[list[Any]]:
        """For the page: the bound fields of each need."""
        return [[self[f"{name}_{n}"] for name in ("text", "theme", "people", "neighbourhood")]
                for n in range(MEETING_LINES)]

    @property
    def needs(self) -> list[MeetingNeed]:
        told = self.cleaned_data
        return [MeetingNeed(told[f"text_{n}"], told[f"theme_{n}"], told.get(f"people_{n}") or 1,
                            told.get(f"neighbourhood_{n}") or "")
                for n in range(MEETING_LINES) if told.get(f"text_{n}")]


class SafeguardingForm(ChangeForm):
    account = forms.ModelChoiceField(Account.objects.none(), label=_("Who looks after safety"), help_text=_(
        "Only this account reads messages about somebody's safety. Nobody else does, whatever their role."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = Account.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]


class SurveyForm(ChangeForm):
    """A survey from nothing: a title and what it is for."""

    title = line(_("Title"), most=120)
    purpose = forms.ChoiceField(label=_("What for"), choices=Survey.Purpose.choices)


class SettingsForm(ChangeForm):
    title = line(_("Title"), most=120)
    intro = line(_("One sentence at the top"), most=300, required=False)
    closes_on = forms.DateField(label=_("Last day"), required=False, help_text=_("Empty: until you close it."),
                                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    invited = forms.IntegerField(label=_("How many were asked"), required=False, min_value=1, max_value=9_999_999,
                                 help_text=_("For the response rate, where nobody is asked by name."),
                                 widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    is_listed = forms.BooleanField(label=_("Show it on the voice page and at the tablet"), required=False)
    is_by_invitation = forms.BooleanField(label=_("Only with a personal link, one answer each"), required=False)


class QuestionForm(ChangeForm):
    text = line(_("Question"), most=300)
    kind = forms.ChoiceField(label=_("How it is answered"), choices=Question.Kind.choices)
    choices = forms.CharField(label=_("Answers, one a line"), required=False, max_length=2000,
                              help_text=_("Only for one choice or several."), widget=forms.Textarea(attrs={"rows": 4}))
    text_en = line(_("Question in English"), most=300, required=False)
    choices_en = forms.CharField(label=_("Answers in English, one a line"), required=False, max_length=2000,
                                 widget=forms.Textarea(attrs={"rows": 4}))
    is_required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)

    @property
    def told(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"kind": data["kind"], "text": data["text"], "text_en": data["text_en"],
                "choices": data["choices"].splitlines(), "choices_en": data["choices_en"].splitlines(),
                "is_required": data["is_required"]}


class FillForm(ChangeForm):
    """A survey to be answered on a screen: each question with its taps."""

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"q_{question.key}"] = self.field_of(question)

    def field_of(self, question: Question) -> forms.Field:
        told: dict[str, Any] = {"label": question.label, "required": question.is_required,
                                "error_messages": {"required": _("Please answer this question.")}}
        if question.kind == Question.Kind.TEXT:
            return forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}), **told)
        if question.kind == Question.Kind.NUMBER:
            return forms.IntegerField(min_value=0, max_value=1_000_000_000,
                                      widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **told)
        if question.kind == Question.Kind.SEVERAL:
            return forms.TypedMultipleChoiceField(choices=question.options, coerce=int,
                                                  widget=forms.CheckboxSelectMultiple, **told)
        return forms.TypedChoiceField(choices=question.options, coerce=int, empty_value=None,
                                      widget=forms.RadioSelect, **told)

    @property
    def answers(self) -> dict[str, Any]:
        """Question key → answer, of those that were answered."""
        found = {question.key: self.cleaned_data.get(f"q_{question.key}") for question in self.questions}
        return {key: value for key, value in found.items() if value not in (None, "", [])}


class KeyForm(FillForm):
    """The same from paper: numbers typed one after another with the tabulator, nothing required."""

    def field_of(self, question: Question) -> forms.Field:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        if question.kind == Question.Kind.TEXT:
            return forms.CharField(label=question.label, max_length=500, required=False,
                                   widget=forms.TextInput(attrs={"autocomplete": "off"}))
        if question.kind == Question.Kind.SEVERAL:
            return NumbersField(label=question.label, required=False, most=len(question.choices),
                                widget=forms.TextInput(attrs=attrs))
        most = 1_000_000_000 if question.kind == Question.Kind.NUMBER else len(question.options)
        low = 0 if question.kind == Question.Kind.NUMBER else 1
        return forms.IntegerField(label=question.label, required=False, min_value=low, max_value=most,
                                  widget=forms.TextInput(attrs=attrs))

    def rows(self) -> list[tuple[Any, Question, str]]:
        """For the page: (bound field, question, what the numbers mean)."""
        return [(self[f"q_{question.key}"], question, " · ".join(f"{n} {word}" for n, word in question.options))
                for question in self.questions]


class NumbersField(forms.CharField):
    """`1 3 4` or `1,3,4` as a list of places."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)
        self.most = most

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace(",", " ").split()
        if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= self.most for part in text):
            raise forms.ValidationError(_("Type numbers from 1 to %(most)s, with spaces between.") % {"most": self.most})
        return sorted({int(part) for part in text})


class HotlinesForm(ChangeForm):
    """Up to four numbers, each with where the city has it from; an empty line is left out."""

    def __init__(self, *args: Any, known: Sequence[Hotline], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(HOTLINES_SHOWN):
            at = known[n] if n < len(known) else Hotline("", "")
            self.fields[f"name_{n}"] = line(_("Whom one reaches"), most=80, required=False)
            self.fields[f"number_{n}"] = line(_("Number"), most=30, required=False, inputmode="tel")
            self.fields[f"source_{n}"] = line(_("Where you have it from, and when you called it"), most=160, required=False)
            self.initial |= {f"name_{n}": at.name, f"number_{n}": at.number, f"source_{n}": at.source}

    def lines(self) -> list[list[Any]]:
        return [[self[f"{part}_{n}"] for part in ("name", "number", "source")] for n in range(HOTLINES_SHOWN)]

    @property
    def hotlines(self) -> list[Hotline]:
        told = self.cleaned_data
        return [Hotline(told[f"name_{n}"], told[f"number_{n}"], told[f"source_{n}"]) for n in range(HOTLINES_SHOWN)]


class InvitationForm(ChangeForm):
    label = line(_("Whom"), most=80, help_text=_("As you call her. Erased when she has answered."))
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False, widget=forms.TextInput(
        attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}))
    about = line(_("Which activity"), most=120, required=False)
    due_on = forms.DateField(label=_("Day to ask"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    channel = forms.ChoiceField(label=_("How"), choices=[
        (one.value, one.label) for one in Invitation.Channel if one != Invitation.Channel.MAIL])
    agreed = forms.BooleanField(label=_("She agreed to be asked"), error_messages={
        "required": _("Ask her first whether you may.")})
