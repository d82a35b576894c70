"""The forms of partners, agreements, approaches, the yearly road and publicity."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.advocacy.actions import BudgetLine, Texts
from simpul.advocacy.actions.proposals import MOST_LINES
from simpul.advocacy.figures import choices as measures
from simpul.advocacy.models import Agreement, Approach, Gives, Partner, Proposal, Publicity, Result, Talk
from simpul.advocacy.road import STEPS
from simpul.core.forms import ChangeForm
from simpul.files.forms import DocumentField
from simpul.files.pictures import Prepared, prepare_document, prepare_picture


def line(label: Any, *, most: int, required: bool = True, help_text: Any = "", **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text,
                           widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}))


def lines(label: Any, *, most: int, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text,
                           widget=forms.Textarea(attrs={"rows": rows}))


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text,
                           widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class RupiahField(forms.CharField):
    """`1.500.000`, `Rp 1500000` or `1,500,000` as 1500000; nothing as None."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        text = "".join(ch for ch in str(value or "").lower().removeprefix("rp") if ch not in "., \u00a0")
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or len(text) > 14:
            raise forms.ValidationError(_("Write the amount in whole rupiah, like 1.500.000."))
        return int(text)


class PaperField(DocumentField):
    """A document as PDF or as a photo of it; cleans to `Prepared` (or None)."""

    widget = forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"})

    def prepare(self, upload: Any) -> Prepared:
        is_pdf = str(getattr(upload, "name", "")).lower().endswith(".pdf")
        return prepare_document(upload) if is_pdf else prepare_picture(upload)


def partners_of(form: forms.Form, rows: Any) -> None:
    """Fill the field `partner` with the partners that may be chosen."""
    form.fields["partner"].queryset = rows.order_by("name_key")  # type: ignore[attr-defined]


class PartnerForm(ChangeForm):
    name = line(_("Name"), most=120, help_text=_("For example: PKK Kelurahan Sukasari, Toko Buku Maju."), enterkeyhint="next")
    kind = forms.ChoiceField(label=_("Kind"), choices=Partner.Kind.choices, initial=Partner.Kind.PKK)
    contact_name = line(_("Contact person"), most=120, required=False, enterkeyhint="next")
    contact_phone = line(_("Her WhatsApp number"), most=30, required=False, type="tel", inputmode="tel", help_text=_(
        "Only the staff sees it. It is erased a year after the partnership ended."))
    since_on = day(_("Partner since"), required=False)
    notes = lines(_("Notes"), most=1000)


class SupportForm(ChangeForm):
    kind = forms.ChoiceField(label=_("What kind"), choices=Gives.choices)
    what = line(_("What"), most=160, required=False, help_text=_("For example: two bookshelves, a speaker for a day."))
    worth = RupiahField(label=_("Worth in rupiah"), required=False, help_text=_("A careful estimate where nothing was paid."))
    on = day(_("Day"))


class AgreementForm(ChangeForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Agreement.Kind.choices)
    title = line(_("What was agreed"), most=160)
    partner = forms.ModelChoiceField(Partner.objects.none(), label=_("Partner"), required=False,
                                     empty_label=_("An office that is no partner"))
    office = line(_("Office, where it is no partner"), most=120, required=False)
    number = line(_("Number"), most=60, required=False)
    from_on = day(_("From"))
    until_on = day(_("Until"), required=False, help_text=_("Empty: without end. You are reminded two months before."))
    document = PaperField(label=_("Document"), required=False, help_text=_("PDF or photo. Only the staff sees it."))

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners_of(self, partners)


class ApproachForm(ChangeForm):
    aim = line(_("What do you want to reach?"), most=160, help_text=_("One thing: a room, an SK, Rp20 million for books."),
               enterkeyhint="next")
    target = forms.ChoiceField(label=_("Whom do you approach?"), choices=Approach.Target.choices)
    office = line(_("Name of the office or company"), most=120, help_text=_("The office, not the person."),
                  enterkeyhint="next")
    message = lines(_("Message in two sentences"), most=800, help_text=_(
        "What they win by it, in their words: a lurah's programme, a company's neighbourhood."))
    partner = forms.ModelChoiceField(Partner.objects.none(), label=_("Partner"), required=False, empty_label=_("none"))

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners_of(self, partners)


class NewApproachForm(ApproachForm):
    next_what = line(_("Next step"), most=160, required=False)
    next_on = day(_("When"), required=False)


class NextForm(ChangeForm):
    next_what = line(_("Next step"), most=160, required=False)
    next_on = day(_("When"), required=False)


class TalkForm(NextForm):
    way = forms.ChoiceField(label=_("How"), choices=Talk.Way.choices)
    on = day(_("Day"))
    office = line(_("With whom (office)"), most=120, required=False)
    ours = line(_("Who went for us"), most=120, required=False)
    said = lines(_("What was said"), most=1000)
    field_order = ("change", "way", "on", "office", "ours", "said", "next_what", "next_on")


class ResultForm(ChangeForm):
    kind = forms.ChoiceField(label=_("What kind"), choices=Result.Kind.choices)
    what = line(_("What"), most=160)
    worth = RupiahField(label=_("Worth in rupiah"), required=False)
    on = day(_("Day"))
    document = PaperField(label=_("Document"), required=False, help_text=_("PDF or photo. Only the staff sees it."))


class EvidenceForm(ChangeForm):
    measure = forms.ChoiceField(label=_("Figure"), choices=measures)
    first = day(_("From"))
    last = day(_("Until"))


class PublicityForm(ChangeForm):
    channel = forms.ChoiceField(label=_("Where"), choices=Publicity.Channel.choices)
    title = line(_("What it tells"), most=160, required=False)
    link = line(_("Address"), most=500, required=False, inputmode="url", help_text=_("It begins with https://."))
    on = day(_("Day"))
    reach = forms.IntegerField(label=_("People reached"), required=False, min_value=0, max_value=2_000_000_000, help_text=_(
        "As the channel tells: members of the group, views."), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))


class StepForm(ChangeForm):
    on = day(_("Another day"), required=False)


class DatesForm(ChangeForm):
    """Day and month of each step, in one field each: any year will do."""

    def __init__(self, *args: Any, dates: dict[str, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in STEPS:
            self.fields[step.key] = forms.DateField(
                label=step.label, initial=dates[step.key],
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    @property
    def dates(self) -> dict[str, tuple[int, int]]:
        return {step.key: (self.cleaned_data[step.key].month, self.cleaned_data[step.key].day) for step in STEPS}


class ProposalForm(ChangeForm):
    """All texts of the proposal and up to ten lines of budget; empty lines are left out."""

    title = line(_("Title"), most=140)
    addressed_to = line(_("To"), most=120)
    need = lines(_("The need"), most=900, rows=5, help_text=_("What residents asked for, with how many stood behind it."))
    done = lines(_("What the library did"), most=900, rows=4, help_text=_("The figures stand in a table below it."))
    asked = lines(_("What is asked"), most=600)
    expected = lines(_("What will be better"), most=900)
    place = line(_("Place"), most=60, required=False)
    signs_as = line(_("Signs as"), most=60, required=False)
    signer = line(_("Her name"), most=80, required=False)
    known_as = line(_("“Known by” signs as"), most=60, required=False)
    known_by = line(_("His or her name"), most=80, required=False)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        texts = {name: getattr(proposal, name) for name in Texts.__dataclass_fields__}
        budget = {f"{key}_{n}": row[key] for n, row in enumerate(proposal.budget) for key in ("what", "n", "unit", "price")}
        super().__init__(*args, initial=texts | budget, **kwargs)
        for n in range(MOST_LINES):
            self.fields[f"what_{n}"] = line(_("What for"), most=80, required=False)
            self.fields[f"n_{n}"] = forms.IntegerField(label=_("Number of units"), required=False, min_value=1, max_value=100_000,
                                                       widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
            self.fields[f"unit_{n}"] = line(_("Unit"), most=20, required=False)
            self.fields[f"price_{n}"] = RupiahField(label=_("Price each (Rp)"), required=False)

    def lines(self) -> list[list[Any]]:
        """For the page: the bound fields of each budget line."""
        return [[self[f"{name}_{n}"] for name in ("what", "n", "unit", "price")] for n in range(MOST_LINES)]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for n in range(MOST_LINES):
            if not told.get(f"what_{n}") and (told.get(f"price_{n}") or told.get(f"n_{n}")) and f"what_{n}" not in self.errors:
                self.add_error(f"what_{n}", _("Write what it is for."))
        return told

    @property
    def texts(self) -> Texts:
        return Texts(**{name: self.cleaned_data.get(name) or "" for name in Texts.__dataclass_fields__})

    @property
    def budget(self) -> list[BudgetLine]:
        told = self.cleaned_data
        return [BudgetLine(told[f"what_{n}"], told.get(f"n_{n}") or 1, told.get(f"unit_{n}") or "", told.get(f"price_{n}") or 0)
                for n in range(MOST_LINES) if told.get(f"what_{n}")]


__all__ = ["AgreementForm", "ApproachForm", "DatesForm", "EvidenceForm", "NewApproachForm", "NextForm", "PartnerForm",
           "ProposalForm", "PublicityForm", "ResultForm", "RupiahField", "StepForm", "SupportForm", "TalkForm"]
