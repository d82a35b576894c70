"""Forms of the catalogue. They ask an action; texts are cleaned as an import's are."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.actions import Offer
from simpul.catalogue.importing.drafts import CopyDraft, Description, Maker, Number
from simpul.catalogue.importing.values import clean, ddc_of, isbn_number
from simpul.catalogue.models import Copy, DigitalResource, Format, Identifier, Title
from simpul.core.forms import ChangeForm
from simpul.core.refusal import Refusal
from simpul.files.forms import MaterialField

_LANGUAGE_CHOICES = [
    ("ind", _("Indonesian")), ("eng", _("English")), ("jav", _("Javanese")), ("sun", _("Sundanese")),
    ("bew", _("Betawi")), ("ara", _("Arabic")), ("may", _("Malay")), ("chi", _("Chinese")), ("", _("other or not known"))]


def _text(label: Any, length: int, help_text: Any = "", *, required: bool = False, mode: str = "", hint: str = "off",
          placeholder: str = "") -> forms.CharField:
    attrs = {"autocomplete": hint, "enterkeyhint": "next"}
    if mode:
        attrs["inputmode"] = mode
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text,
                           widget=forms.TextInput(attrs=attrs))


class IsbnForm(forms.Form):
    """The first question: which ISBN stands on the back?"""

    isbn = forms.CharField(
        label=_("ISBN"), max_length=30, required=False, help_text=_("Scan it or type the digits on the back of the book."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "enterkeyhint": "search",
                                      "autofocus": True}))

    def number(self) -> Number | None:
        """The ISBN, marked when its check digit does not hold; None of none."""
        return isbn_number(self.cleaned_data["isbn"]) if self.is_valid() else None


class TitleForm(ChangeForm):
    """What a title page says."""

    title = _text(_("Title"), 500, required=True)
    makers = _text(_("Authors"), 500, _("As on the title page; several are parted by a semicolon."))
    isbn = _text(_("ISBN"), 30, mode="numeric")
    isbn_as_printed = forms.BooleanField(
        label=_("The number stands in the book exactly like this"), required=False,
        help_text=_("Some books carry a wrong number. Tick this after you have compared it."))
    publisher = _text(_("Publisher"), 255)
    year = forms.IntegerField(label=_("Year"), min_value=1450, max_value=2100, required=False, localize=False,
                              widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
    ddc = _text(_("Class (DDC)"), 40, _("For example 813 or 2X4.1. Leave it empty if you do not know it."))
    language = forms.ChoiceField(label=_("Language"), choices=_LANGUAGE_CHOICES, required=False, initial="ind")
    format = forms.ChoiceField(label=_("Form"), choices=Format.choices, initial=Format.BOOK)
    subtitle = _text(_("Subtitle"), 500)
    part = _text(_("Volume or part"), 200)
    edition = _text(_("Edition"), 120)
    place = _text(_("Place of publication"), 160)
    extent = _text(_("Number of pages"), 160)
    series = _text(_("Series"), 255)
    subjects = _text(_("Subjects"), 500, _("Several are parted by a semicolon."))
    is_easy_reading = forms.BooleanField(label=_("Easy to read"), required=False,
                                         help_text=_("For readers who are beginning, of any age."))
    summary = forms.CharField(label=_("What it is about"), max_length=4000, required=False,
                              widget=forms.Textarea(attrs={"rows": 4}))

    FIRST = ("title", "makers", "isbn", "isbn_as_printed", "publisher", "year", "ddc", "language", "format")

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What nearly every book needs."""
        return [self[name] for name in self.FIRST if name != "isbn_as_printed" or self["isbn"].errors
                or self["isbn_as_printed"].value()]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The rest, behind one touch; it opens by itself where something is filled in or wrong."""
        return [self[name] for name in TitleForm.base_fields if name not in self.FIRST and name != "change"]

    @property
    def opens_more(self) -> bool:
        return any(f.errors or (self.initial.get(f.name) and f.name != "is_easy_reading") for f in self.more_fields)

    def clean_isbn(self) -> str:
        return clean(self.cleaned_data["isbn"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        number = isbn_number(data.get("isbn", "")) if data.get("isbn") else None
        if data.get("isbn") and (number is None or not number.is_valid) and not data.get("isbn_as_printed"):
            self.add_error("isbn", _("The last digit does not fit the others. Compare the number with the book."))
        data["number"] = number
        if data.get("ddc") and not ddc_of(data["ddc"]):
            self.add_error("ddc", _("A class begins with three digits, for example 813."))
        return data

    def description(self, other_numbers: list[Number] | None = None) -> Description:
        """What was typed, as a description of a title."""
        said = self.cleaned_data
        numbers = [said["number"]] if said.get("number") else []
        return Description(
            title=clean(said["title"], 500), subtitle=clean(said["subtitle"], 500), part=clean(said["part"], 200),
            edition=clean(said["edition"], 120), publisher=clean(said["publisher"], 255),
            place=clean(said["place"], 160), year=said["year"], extent=clean(said["extent"], 160),
            series=clean(said["series"], 255), language=said["language"], ddc=ddc_of(said["ddc"]),
            format=said["format"], is_easy_reading=said["is_easy_reading"], summary=clean(said["summary"], 4000),
            makers=[Maker(name) for part in said["makers"].split(";") if (name := clean(part, 255))],
            subjects=[term for part in said["subjects"].split(";") if (term := clean(part, 255))],
            numbers=numbers + [n for n in other_numbers or [] if n not in numbers])

    @staticmethod
    def initial_of(title: Title) -> dict[str, Any]:
        """What the form shows of a title."""
        said = {name: getattr(title, name) for name in TitleForm.base_fields if hasattr(title, name)}
        isbn = title.identifiers.filter(kind=Identifier.Kind.ISBN).first()
        return said | {
            "makers": "; ".join(title.contributors.values_list("name", flat=True)),
            "subjects": "; ".join(title.subjects.values_list("term", flat=True)),
            "isbn": isbn.value if isbn else "", "isbn_as_printed": bool(isbn and not isbn.is_valid)}


class CopyFields(forms.Form):
    """What stands on a copy and in the inventory book."""

    code = _text(_("Code on the label"), 40, _("Scan it. Left empty, a code is made."))
    inventory_number = _text(_("Inventory number"), 60)
    call_number = _text(_("Call number"), 80)
    shelf = _text(_("Shelf"), 80)
    acquisition = forms.ChoiceField(label=_("Where it came from"), choices=Copy.Acquisition.choices, required=False)
    supplier = _text(_("Giver or shop"), 120)
    price = forms.IntegerField(label=_("Price in rupiah"), min_value=0, max_value=10**12, required=False, localize=False,
                               widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
    received_on = forms.DateField(label=_("Received on"), required=False, help_text=_("Leave it empty if nobody knows."),
                                  widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def draft(self) -> CopyDraft:
        """The copy that was described."""
        said = self.cleaned_data
        day: date | None = said["received_on"]
        return CopyDraft(
            code=clean(said["code"], 40), inventory_number=clean(said["inventory_number"], 60),
            call_number=clean(said["call_number"], 80), shelf=clean(said["shelf"], 80), acquisition=said["acquisition"],
            supplier=clean(said["supplier"], 120), price=said["price"], received_on=day)


class CopyForm(ChangeForm, CopyFields):
    """One copy, corrected."""


class AddCopiesForm(ChangeForm, CopyFields):
    """Copies of a title that come together."""

    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=200, initial=1, localize=False,
                               widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    field_order = ("change", "count", "code")


class BookForm(TitleForm, CopyFields):
    """A title and the copies that come with it."""

    count = forms.IntegerField(label=_("How many copies"), min_value=0, max_value=200, initial=1, localize=False,
                               widget=forms.NumberInput(attrs={"inputmode": "numeric"}))

    COPY = ("count", "code", "call_number", "acquisition", "received_on")
    MORE_COPY = ("inventory_number", "shelf", "supplier", "price")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if not self.is_bound:  # what is wrong has the focus when the form comes back
            self.fields["title"].widget.attrs["autofocus"] = True

    @property
    def copy_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.COPY]

    @property
    def more_copy_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE_COPY]

    @property
    def opens_more_copy(self) -> bool:
        return any(f.errors or f.value() for f in self.more_copy_fields)


class ImportForm(ChangeForm):
    """A file of another system."""

    kind = forms.ChoiceField(label=_("What kind of file is it?"), widget=forms.RadioSelect, initial="sheet", choices=[
        ("sheet", _("A sheet (.xlsx, .xls, .ods, .csv), also INLISLite's book sheet")),
        ("marc", _("MARC (.mrc) or MARCXML (.xml), from INLISLite, Koha and others")),
        ("slims", _("SLiMS: the export of titles (.csv)")),
    ])
    file = forms.FileField(label=_("File"), allow_empty_file=False)
    items = forms.FileField(label=_("SLiMS: the export of copies (.csv)"), required=False,
                            help_text=_("Only for SLiMS. It brings inventory numbers, prices and dates received."))
    is_dry_run = forms.BooleanField(label=_("Only try it: say what would happen and change nothing"), required=False)


class CardForm(forms.Form):
    """The number on a member's card, for what is offered to members."""

    card = forms.CharField(label=_("Card number"), max_length=40, widget=forms.TextInput(
        attrs={"autocomplete": "off", "autocapitalize": "characters", "enterkeyhint": "go"}))


_R = DigitalResource.Rights
#: the reasons and the Creative Commons licences in one choice: "cc:by-sa"
RIGHTS_CHOICES: list[Any] = [
    (_R.OWN.value, _R.OWN.label), (_R.PUBLIC_DOMAIN.value, _R.PUBLIC_DOMAIN.label),
    (_R.LETTER.value, _R.LETTER.label), (_R.CONTRACT.value, _R.CONTRACT.label), (_R.LINKED.value, _R.LINKED.label),
    (_R.CC.label, [(f"cc:{value}", label) for value, label in DigitalResource.Licence.choices if value])]


class ResourceForm(ChangeForm):
    """What is said of a digital resource."""

    rights = forms.ChoiceField(label=_("Why may it be offered?"), choices=RIGHTS_CHOICES, initial=_R.OWN)
    access = forms.ChoiceField(label=_("Who may open it?"), choices=DigitalResource.Access.choices,
                               initial=DigitalResource.Access.EVERYBODY)
    holder = _text(_("Who holds the rights"), 200, _("The author or publisher, as it should be named."))
    valid_until = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Of a contract or letter; the day after, it disappears by itself."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    label = _text(_("What it is called"), 160, _("For example: Part 1, large print. Empty: like the title."))
    length = _text(_("How long it is"), 60, _("For example: 12 pages, 8 minutes."))
    language = forms.ChoiceField(label=_("Language"), choices=_LANGUAGE_CHOICES, required=False, initial="ind")

    FIRST: tuple[str, ...] = ("rights", "access")

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in (*self.FIRST, "change")]

    @property
    def opens_more(self) -> bool:
        return any(field.errors or (field.value() and field.name != "language") for field in self.more_fields)

    def offer(self) -> Offer:
        said = self.cleaned_data
        rights, _colon, licence = said["rights"].partition(":")
        return Offer(rights=rights, licence=licence, holder=said["holder"], valid_until=said["valid_until"],
                     access=said["access"], label=said["label"], language=said["language"], length=said["length"])

    def refuse(self, refusal: Refusal) -> None:
        if refusal.field == "licence":
            refusal.field = "rights"
        super().refuse(refusal)

    @staticmethod
    def initial_of(row: DigitalResource) -> dict[str, Any]:
        said = {name: getattr(row, name) for name in ResourceForm.base_fields if hasattr(row, name)}
        return said | {"rights": f"cc:{row.licence}" if row.licence else row.rights}


class OfferForm(ResourceForm):
    """A file or a link with why and for whom."""

    file = MaterialField(label=_("File"), required=False, help_text=_(
        "PDF, EPUB, film (MP4), sound (MP3), H5P or picture."))
    url = forms.CharField(label=_("Or a link"), required=False, max_length=2000, help_text=_("Begins with https://"),
                          widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url", "autocapitalize": "none",
                                                       "placeholder": "https://"}))
    field_order = ("change", "file", "url")

    FIRST = ("file", "url", "rights", "access")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("file")) == bool(data.get("url", "").strip()):
            self.add_error("file", _("Choose a file, or give a link: one of both."))
        return data


class DigitalTitleForm(OfferForm):
    """A title without paper, in the few words it needs."""

    title = _text(_("Title"), 500, required=True)
    makers = _text(_("Authors"), 500, _("As on the title page; several are parted by a semicolon."))
    subjects = _text(_("Subjects"), 500, _("Several are parted by a semicolon."))
    year = forms.IntegerField(label=_("Year"), min_value=1450, max_value=2100, required=False, localize=False,
                              widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
    summary = forms.CharField(label=_("What it is about"), max_length=4000, required=False,
                              widget=forms.Textarea(attrs={"rows": 4}))
    field_order = ("change", "title", "makers", "file", "url", "rights", "access")

    FIRST = ("title", "makers", "file", "url", "rights", "access")

    def description(self) -> Description:
        said = self.cleaned_data
        return Description(
            title=clean(said["title"], 500), year=said["year"], language=said["language"], summary=clean(said["summary"], 4000),
            format=Format.DIGITAL, makers=[Maker(n) for part in said["makers"].split(";") if (n := clean(part, 255))],
            subjects=[term for part in said["subjects"].split(";") if (term := clean(part, 255))])
