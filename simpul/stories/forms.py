"""The five prompts, consent, checking, and choosing."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.forms import RupiahField
from simpul.core.forms import ChangeForm
from simpul.files.forms import PictureField
from simpul.stories.kinds import Change, Theme
from simpul.stories.models import Audience, Story, StoryConsent

DAY = {"type": "date"}


def _long(rows: int = 6) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "enterkeyhint": "enter", "autocapitalize": "sentences"})


class WhoForm(ChangeForm):
    """1: who tells."""

    name = forms.CharField(label=_("Name"), max_length=80, required=False, widget=forms.TextInput(
        attrs={"autocomplete": "off", "autocapitalize": "words", "enterkeyhint": "next"}),
        help_text=_("Only the library sees it, unless she wants it to be shown."))
    alias = forms.CharField(label=_("What shall others call her?"), max_length=80, required=False, widget=forms.TextInput(
        attrs={"autocomplete": "off", "enterkeyhint": "next"}), help_text=_("For example: a mother of two in RW 03."))
    is_child = forms.TypedChoiceField(label=_("Who is it?"), choices=[("", _("an adult")), ("1", _("a child (under 18)"))],
                                      coerce=bool, required=False, empty_value=False, widget=forms.RadioSelect)


class BeginForm(WhoForm):
    """A new story: which form, and the first prompt."""

    kind = forms.ChoiceField(label=_("What will it be?"), initial=Story.Kind.STORY, widget=forms.RadioSelect, choices=[
        (Story.Kind.STORY, _("a story: before, the library, now")), (Story.Kind.TESTIMONY, _("a testimony: one sentence"))])
    field_order = ("change", "kind", "name", "alias", "is_child")


class BeforeForm(ChangeForm):
    before = forms.CharField(label=_("How was it before?"), max_length=1500, required=False, widget=_long(), help_text=_(
        "Two or three sentences. What was difficult?"))


class HelpedForm(ChangeForm):
    helped = forms.CharField(label=_("What did the library do?"), max_length=1500, required=False, widget=_long(), help_text=_(
        "A class, a book, a computer, somebody who listened …"))
    activities = forms.MultipleChoiceField(label=_("Which activities were it?"), required=False,
                                           widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, activities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activities"].choices = activities  # type: ignore[attr-defined]
        if not activities:
            del self.fields["activities"]


class AfterForm(ChangeForm):
    after = forms.CharField(label=_("What is different now?"), max_length=1500, required=False, widget=_long(), help_text=_(
        "As concrete as possible: what can be seen, counted, shown?"))
    change_kind = forms.ChoiceField(label=_("In one word"), choices=Change.choices, required=False, widget=forms.RadioSelect)
    income_before = RupiahField(label=_("Income a month before (Rp)"), required=False, min_value=0, max_value=10**12)
    income_after = RupiahField(label=_("Income a month now (Rp)"), required=False, min_value=0, max_value=10**12, help_text=_(
        "Only if she likes to say it."))


class QuoteForm(ChangeForm):
    quote = forms.CharField(label=_("One sentence in her own words"), max_length=400, required=False, widget=_long(3))
    title = forms.CharField(label=_("A title"), max_length=120, required=False, widget=forms.TextInput(
        attrs={"autocomplete": "off"}), help_text=_("Leave it empty, and the sentence above becomes the title."))
    theme = forms.ChoiceField(label=_("What is it about?"), choices=Theme.choices, required=False, widget=forms.RadioSelect)


class ConsentForm(ChangeForm):
    """For whom, how long, with what; for a child by the guardian."""

    audiences = forms.MultipleChoiceField(label=_("Who may read it?"), required=False, widget=forms.CheckboxSelectMultiple,
                                          choices=[(key, label) for key, label in Audience.choices if key != "library"],
                                          help_text=_("Nothing ticked: only this library."))
    with_photo = forms.BooleanField(label=_("with pictures"), required=False)
    with_name = forms.BooleanField(label=_("with the real name (otherwise the other one)"), required=False)
    how_long = forms.ChoiceField(label=_("For how long?"), initial="2", widget=forms.RadioSelect, choices=[
        ("1", _("one year")), ("2", _("two years")), ("5", _("five years")), ("day", _("until a day"))])
    until_on = forms.DateField(label=_("Until which day?"), required=False, widget=forms.DateInput(
        format="%Y-%m-%d", attrs=DAY), help_text=_("Only for “until a day”."))
    guardian = forms.CharField(label=_("Name of the parent or guardian"), max_length=80, required=False,
                               widget=forms.TextInput(attrs={"autocomplete": "off"}))
    relation = forms.CharField(label=_("What is she or he to the child?"), max_length=40, required=False)
    how = forms.ChoiceField(label=_("How was consent given?"), widget=forms.RadioSelect, choices=[
        (StoryConsent.How.SHEET, StoryConsent.How.SHEET.label), (StoryConsent.How.WITNESS, StoryConsent.How.WITNESS.label)])
    evidence = PictureField(label=_("Photo of the signed sheet"), required=False)
    witness = forms.CharField(label=_("Who was there as a witness?"), max_length=80, required=False,
                              widget=forms.TextInput(attrs={"autocomplete": "off"}))
    words = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, story: Story, day: date, is_link: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["words"].initial = story.words
        away = [] if story.is_child else ["guardian", "relation"]
        for name in [*away, *(["how", "evidence", "witness"] if is_link else [])]:
            del self.fields[name]
        if not story.name:
            del self.fields["with_name"]

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        chosen = set(told["audiences"])
        return {
            **{f"for_{key}": key in chosen for key in ("city", "public", "national")}, "until_on": self._until(),
            **{key: told.get(key) or False for key in ("with_photo", "with_name")}, "evidence": told.get("evidence"),
            **{key: told.get(key) or "" for key in ("witness", "guardian", "relation", "words")},
            "how": told.get("how") or StoryConsent.How.LINK,
        }

    def _until(self) -> date:
        """The last day; a day that cannot be is today's, which the action refuses."""
        years = self.cleaned_data["how_long"]
        if years == "day":
            return self.cleaned_data["until_on"] or self.day
        month_end = 28 if (self.day.month, self.day.day) == (2, 29) else self.day.day
        return self.day.replace(year=self.day.year + int(years), day=month_end)


class PhotoForm(ChangeForm):
    picture = PictureField(label=_("Picture"))
    caption = forms.CharField(label=_("What does it show?"), max_length=160, required=False)


class VerifyForm(ChangeForm):
    how = forms.ChoiceField(label=_("How did you check it with her?"), choices=Story.How.choices, widget=forms.RadioSelect)
    checked_on = forms.DateField(label=_("On which day?"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))


class BackForm(ChangeForm):
    word = forms.CharField(label=_("What is missing?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class RoundForm(ChangeForm):
    title = forms.CharField(label=_("Name of the round"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    first_on = forms.DateField(label=_("Verified from"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    last_on = forms.DateField(label=_("Verified until"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))


class ChooseForm(ChangeForm):
    story = forms.UUIDField(error_messages={"required": _("Choose one of the stories.")})
    reason = forms.CharField(label=_("Why is this change the most significant?"), max_length=600, widget=_long(4), help_text=_(
        "The libraries read this. Compare with the others: what makes this one weigh more?"))


#: the prompts of a story and of a testimony, by number
STEPS = {Story.Kind.STORY: (1, 2, 3, 4, 5), Story.Kind.TESTIMONY: (1, 5)}
FORMS: dict[int, type[ChangeForm]] = {1: WhoForm, 2: BeforeForm, 3: HelpedForm, 4: AfterForm, 5: QuoteForm}
FIELDS = {1: ("name", "alias", "is_child"), 2: ("before",), 3: ("helped",),
          4: ("after", "change_kind", "income_before", "income_after"), 5: ("quote", "title", "theme")}


def told_by(form: ChangeForm, step: int) -> dict[str, Any]:
    """The story's fields as this prompt gave them."""
    return {("change" if name == "change_kind" else name): form.cleaned_data[name] for name in FIELDS[step]}


def initial_of(story: Story, step: int) -> dict[str, Any]:
    told = {name: getattr(story, "change" if name == "change_kind" else name) for name in FIELDS[step]}
    if step == 1:
        told["is_child"] = "1" if story.is_child else ""
    return told
