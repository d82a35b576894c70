"""What the coordinator brings, adapts, adds and gives out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.forms import ChangeForm
from simpul.core.refusal import Refusal
from simpul.kits.actions.adapting import ADDED_KINDS
from simpul.kits.actions.refusals import REASONS
from simpul.kits.models import KINDS
from simpul.kits.package import kinds
from simpul.kits.package.reading import MOST_BYTES
from simpul.kits.words import editable, label_of
from simpul.libraries.models import Library


class BringForm(ChangeForm):
    """A kit file."""

    file = forms.FileField(label=gettext_lazy("Kit file"), widget=forms.ClearableFileInput(
        attrs={"accept": ".zip,application/zip"}), help_text=gettext_lazy("Ends in .kit.zip, at most 4 MB."))

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(REASONS["size"], code="size")
        content: bytes = file.read()
        return content


class AdaptForm(ChangeForm):
    """Every text of an item, as it reads here. `texts()` gives path → value."""

    def __init__(self, *args: Any, kind: str, words: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paths: dict[str, str] = {}
        for n, (path, of, value) in enumerate(editable(kind, words)):
            self.paths[f"f{n}"] = path
            self.fields[f"f{n}"] = _field(label_of(path, words), of, value)

    def texts(self) -> dict[str, Any]:
        return {path: self.cleaned_data[name] for name, path in self.paths.items()}

    def refuse(self, refusal: Refusal) -> None:
        """A path of the object is a field of this form."""
        name = next((name for name, path in self.paths.items() if path == refusal.field), None)
        self.add_error(name, str(refusal))


class LinesField(forms.CharField):
    """One text a line."""

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class PlainField(forms.CharField):
    """A text whose lines end as kits end them."""

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def _field(label: str, of: Any, value: Any) -> forms.Field:
    if isinstance(of, kinds.Number):
        return forms.IntegerField(label=label, min_value=of.least, max_value=of.most, initial=value)
    if isinstance(of, kinds.Texts):
        return LinesField(label=label, required=False, initial=value, max_length=12_000,
                          help_text=_("One a line"), widget=forms.Textarea(attrs={"rows": max(2, len(value))}))
    rows = min(14, max(2, len(value) // 60 + value.count("\n") + 1))
    widget = forms.Textarea(attrs={"rows": rows}) if of.longest > 200 else forms.TextInput()
    return PlainField(label=label, required=of.is_required, initial=value, max_length=of.longest, widget=widget)


class AddForm(ChangeForm):
    """An object of our own: its kind, title and text."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[(kind, KINDS[kind][0]) for kind in ADDED_KINDS])
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    day = forms.RegexField(label=gettext_lazy("Day, for the checklist"), regex=kinds.DAY, required=False, max_length=6,
                           help_text=gettext_lazy("Counted from the first day: T-7, T, T+30"))
    text = PlainField(label=gettext_lazy("Text"), max_length=1_000, required=False,
                      widget=forms.Textarea(attrs={"rows": 6}))

    def content(self) -> dict[str, Any]:
        told = self.cleaned_data
        title, text = told["title"], told["text"]
        return {"task": {"title": title, "day": told["day"] or "T", "who": "", "how": text, "set": "optional"},
                "material": {"title": title, "audience": "", "text": text},
                "activity": {"title": title, "kind": "other", "aim": text[:800], "minutes": 90, "steps": [], "needs": [],
                             "cost": 0, "partners": [], "risks": [], "set": "optional"}}[told["kind"]]


class WorkshopForm(ChangeForm):
    """Where and when a workshop of this kit begins."""

    host = forms.ChoiceField(label=gettext_lazy("Host library"))
    first_on = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(
        format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, hosts: Sequence[Library], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = hosts
        self.fields["host"].choices = [(one.code, one.name) for one in hosts]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Library:
        return next(one for one in self.hosts if one.code == self.cleaned_data["host"])


class PublishForm(ChangeForm):
    """Our own version of a kit."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    version = forms.CharField(label=gettext_lazy("Version"), max_length=14, help_text=gettext_lazy(
        "Three numbers: a correction raises the last, new contents the middle one."))
    changes = forms.CharField(label=gettext_lazy("What is different"), max_length=600, required=False,
                              widget=forms.Textarea(attrs={"rows": 3}))
    uri = forms.CharField(label=gettext_lazy("Address of the kit"), max_length=200, help_text=gettext_lazy(
        "Stays the same from version to version, so that others can upgrade."))
