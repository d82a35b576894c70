"""Forms of people: four fields first, everything else may wait."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.forms import ChangeForm
from simpul.core.phones import for_reading
from simpul.files.forms import PictureField
from simpul.people.actions import CORRECTABLE, ConsentGiven, GuardianGiven
from simpul.people.categories import EDUCATION, HELP, OCCUPATIONS
from simpul.people.models import Consent, Guardianship, Person, Sex

SEXES = [(Sex.FEMALE, Sex.FEMALE.label), (Sex.MALE, Sex.MALE.label), (Sex.UNKNOWN, Sex.UNKNOWN.label)]


def text(label: Any, length: int, *, required: bool = False, help_text: Any = "", **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text,
                           widget=forms.TextInput(attrs=attrs))


def phone(label: Any, **given: Any) -> forms.CharField:
    attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "off", "placeholder": "0812…"}
    return text(label, 30, **(attrs | given))


class PersonForm(ChangeForm):
    """What is known of a person. Names and numbers are other people's: the browser does not remember them."""

    name = text(gettext_lazy("Name"), 120, required=True, autocomplete="off", autocapitalize="words",
                enterkeyhint="next")
    birth_year = forms.IntegerField(label=gettext_lazy("Birth year"), widget=forms.TextInput(attrs={
        "inputmode": "numeric", "autocomplete": "off", "enterkeyhint": "next", "maxlength": "4", "size": "4"}),
        error_messages={"invalid": gettext_lazy("Write four digits, such as 2014.")},
        help_text=gettext_lazy("About right is enough. Under 18 a guardian agrees before the first loan."))
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=SEXES, required=False, widget=forms.RadioSelect,
                            initial="?",  # nothing is chosen beforehand
                            help_text=gettext_lazy("Asked because the reports count women and men."))
    phone = phone(gettext_lazy("Phone (WhatsApp)"), required=False)
    address = text(gettext_lazy("Address"), 200, autocomplete="off")
    institution = text(gettext_lazy("School or workplace"), 120, autocomplete="off")
    occupation = forms.ChoiceField(label=gettext_lazy("Occupation"), required=False)
    education = forms.ChoiceField(label=gettext_lazy("Last education"), required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, widget=forms.EmailInput(attrs={
        "autocomplete": "off", "inputmode": "email"}))
    help_offered = forms.MultipleChoiceField(
        label=gettext_lazy("What helps"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only if she offers it. What helps, not what is missing."))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["occupation"].choices = [("", "–"), *OCCUPATIONS.items()]
        self.fields["education"].choices = [("", "–"), *EDUCATION.items()]
        self.fields["help_offered"].choices = list(HELP.items())

    @property
    def known(self) -> dict[str, Any]:
        """What was typed about the person, by the names of her fields."""
        return {name: self.cleaned_data[name] for name in sorted(CORRECTABLE)}


class NewMemberForm(PersonForm):
    guardian_name = text(gettext_lazy("Name of the parent or guardian"), 120, autocomplete="off",
                         autocapitalize="words")
    guardian_phone = phone(gettext_lazy("Guardian's phone"), required=False)
    guardian_relation = text(gettext_lazy("Relation"), 40, autocomplete="off",
                             help_text=gettext_lazy("Such as mother, father, grandmother."))
    may_contact = forms.BooleanField(
        label=gettext_lazy("May be written to by WhatsApp about loans and activities"), required=False)
    is_somebody_else = forms.BooleanField(required=False, widget=forms.HiddenInput)

    FIRST = ("name", "birth_year", "sex", "phone")
    GUARDIAN = ("guardian_name", "guardian_phone", "guardian_relation")
    LATER = ("address", "institution", "occupation", "education", "email", "help_offered", "may_contact")

    @property
    def guardian(self) -> GuardianGiven | None:
        given = self.cleaned_data
        if not given["guardian_name"]:
            return None
        return GuardianGiven(given["guardian_name"], given["guardian_phone"], given["guardian_relation"])

    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    def guardian_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.GUARDIAN]

    def later_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.LATER]

    @property
    def guardian_is_open(self) -> bool:
        """Shown unfolded as soon as something was typed there, or stands wrong."""
        return any(self[name].value() or name in self.errors for name in self.GUARDIAN)

    @property
    def later_is_wrong(self) -> bool:
        return any(name in self.errors for name in self.LATER)


class CorrectionForm(PersonForm):
    """A person's known fields, as they stand, to be written anew."""

    def __init__(self, person: Person, *args: Any, **given: Any) -> None:
        known = {name: getattr(person, name) for name in CORRECTABLE}
        known["phone"] = for_reading(person.phone) if person.phone else ""
        super().__init__(*args, initial=known, **given)
        self.fields["birth_year"].required = person.birth_year is not None


class BlockForm(ChangeForm):
    reason = text(gettext_lazy("Why nothing is lent for now"), 120, required=True, autocomplete="off",
                  help_text=gettext_lazy("In words that can be read out to the member."))


class GuardianForm(ChangeForm):
    guardian_name = text(gettext_lazy("Name of the parent or guardian"), 120, required=True, autocomplete="off",
                         autocapitalize="words")
    guardian_phone = phone(gettext_lazy("Guardian's phone"), required=False)
    guardian_relation = text(gettext_lazy("Relation"), 40, autocomplete="off",
                             help_text=gettext_lazy("Such as mother, father, grandmother."))

    @property
    def guardian(self) -> GuardianGiven:
        given = self.cleaned_data
        return GuardianGiven(given["guardian_name"], given["guardian_phone"], given["guardian_relation"])


class ConsentForm(ChangeForm):
    """One guardian's consent, said here or signed on a sheet."""

    how = forms.ChoiceField(label=gettext_lazy("How the guardian agreed"), widget=forms.RadioSelect, choices=[
        (Consent.How.SHEET, Consent.How.SHEET.label), (Consent.How.IN_PERSON, Consent.How.IN_PERSON.label)])
    guardian_name = text(gettext_lazy("Who agreed"), 120, required=True, autocomplete="off", autocapitalize="words")
    guardian_phone = phone(gettext_lazy("Guardian's phone"), required=False)
    guardian_relation = text(gettext_lazy("Relation"), 40, autocomplete="off")
    may_contact = forms.BooleanField(
        label=gettext_lazy("The guardian may be written to by WhatsApp about loans and activities"), required=False)
    evidence = PictureField(label=gettext_lazy("Picture of the signed sheet"), required=False, help_text=gettext_lazy(
        "Needed for a sheet. One photo with the phone is enough."))

    def __init__(self, guardian: Guardianship | None, *args: Any, **given: Any) -> None:
        known = {"guardian_name": guardian.name, "guardian_phone": guardian.phone and for_reading(guardian.phone),
                 "guardian_relation": guardian.relation} if guardian else {}
        super().__init__(*args, initial=known | {"how": Consent.How.SHEET}, **given)

    def given_for(self, person: Person) -> ConsentGiven:
        read = self.cleaned_data
        return ConsentGiven(person.pk, GuardianGiven(
            read["guardian_name"], read["guardian_phone"], read["guardian_relation"]), read["may_contact"])


class SheetForm(ChangeForm):
    """A class's signed sheet: who signed for whom, and its picture."""

    evidence = PictureField(label=gettext_lazy("Picture of the signed sheet"), help_text=gettext_lazy(
        "One photo of the whole sheet, with the signatures and the code at its top."))

    def __init__(self, children: list[Person], guardians: dict[Any, Guardianship], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.children = children
        for child in children:
            key, guardian = child.pk.hex, guardians.get(child.pk)
            self.fields[f"signed_{key}"] = forms.BooleanField(label=child.name, required=False)
            self.fields[f"guardian_{key}"] = forms.CharField(
                label=_("Guardian of {name}").format(name=child.name), max_length=120, required=False,
                initial=guardian.name if guardian else "", widget=forms.TextInput(attrs={"autocomplete": "off"}))
            self.fields[f"contact_{key}"] = forms.BooleanField(label=_("messages allowed"), required=False)

    def rows(self) -> list[dict[str, forms.BoundField]]:
        return [{part: self[f"{part}_{child.pk.hex}"] for part in ("signed", "guardian", "contact")}
                for child in self.children]

    def clean(self) -> dict[str, Any]:
        read = super().clean() or {}
        signed = [child.pk.hex for child in self.children if read.get(f"signed_{child.pk.hex}")]
        if not signed:
            raise forms.ValidationError(_("Tick the children whose guardian has signed."))
        unnamed = [key for key in signed if not read.get(f"guardian_{key}", "").strip()]
        for key in unnamed:
            self.add_error(f"guardian_{key}", _("Write the name of the guardian who signed."))
        return read

    @property
    def given(self) -> list[ConsentGiven]:
        read = self.cleaned_data
        return [ConsentGiven(child.pk, GuardianGiven(read[f"guardian_{child.pk.hex}"]), read[f"contact_{child.pk.hex}"])
                for child in self.children if read[f"signed_{child.pk.hex}"]]


class ImportForm(ChangeForm):
    """A sheet of members to be read."""

    file = forms.FileField(label=gettext_lazy("Sheet of members"), widget=forms.FileInput(attrs={
        "accept": ".xlsx,.xls,.ods,.csv"}), help_text=gettext_lazy(
            "Our template, INLISLite's member sheet, or SLiMS's member export."))
    is_dry_run = forms.BooleanField(label=gettext_lazy("Only try: say what would happen, take nothing"),
                                    required=False, initial=True)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("This file is too large. Split it in two."))
        return upload


class AnswerForm(ChangeForm):
    """A guardian's answer by her link."""

    guardian_name = text(gettext_lazy("Your name"), 120, autocomplete="name", autocapitalize="words")
    guardian_relation = text(gettext_lazy("You are the child's …"), 40, autocomplete="off",
                             help_text=gettext_lazy("Such as mother, father, grandmother."))
    may_contact = forms.BooleanField(required=False)

    @property
    def guardian(self) -> GuardianGiven:
        return GuardianGiven(self.cleaned_data["guardian_name"], "", self.cleaned_data["guardian_relation"])


class SameForm(ChangeForm):
    card = text(gettext_lazy("Card of the other library"), 48, required=True, autocomplete="off",
                help_text=gettext_lazy("Scan it or type its code. So she shows that it is hers."))
