"""Forms of learning paths."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import GROUPED
from simpul.activities.models import Activity
from simpul.core.forms import ChangeForm
from simpul.learning.actions import PathWords
from simpul.learning.models import Path
from simpul.surveys import themes


def _text(label: Any, length: int, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text,
                           widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}))


class PathForm(ChangeForm):
    """What a path says of itself."""

    title = _text(_("What can be learned?"), 120, _("For example: selling cakes online."), required=True)
    theme = forms.ChoiceField(label=_("Theme"), choices=themes.choices)
    audience = _text(_("For whom"), 160, _("For example: mothers who bake at home."))
    outcome = forms.CharField(label=_("What people can do afterwards"), max_length=400, required=False,
                              widget=forms.Textarea(attrs={"rows": 3}),
                              help_text=_("For example: take good photos, set a price, take orders on WhatsApp."))
    cover = _text(_("Words on its picture"), 60, _("A few words that are seen first when it is shared. Empty: the title."))
    is_city = forms.BooleanField(label=_("For the whole city"), required=False)

    def __init__(self, *args: Any, may_be_city: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_city:
            del self.fields["is_city"]

    def words(self, path: Path | None = None) -> PathWords:
        said = self.cleaned_data
        return PathWords(said["title"], said["theme"], said["audience"], said["outcome"], said["cover"],
                         said.get("is_city", path.is_city if path else False))

    @staticmethod
    def initial_of(path: Path) -> dict[str, Any]:
        return {name: getattr(path, name) for name in PathWords.__dataclass_fields__}


class WordsForm(ChangeForm):
    """A step of words, or what is said beside its book, material or activity."""

    heading = _text(_("Heading"), 120)
    text = forms.CharField(label=_("What to do here"), max_length=600, required=False,
                           widget=forms.Textarea(attrs={"rows": 3}))


class ActivityStepForm(ChangeForm):
    """Come to something: one announced activity, or whatever comes of a kind."""

    activity = forms.ChoiceField(label=_("One that is announced"), required=False)
    activity_kind = forms.ChoiceField(label=_("Or whatever comes of a kind"), required=False)

    def __init__(self, *args: Any, coming: Sequence[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(one.pk): one for one in coming}
        self.fields["activity"].choices = [("", "—"), *(  # type: ignore[attr-defined]
            (str(one.pk), f"{one.gathering.title} ({one.gathering.first_on:%d/%m})") for one in coming)]
        self.fields["activity_kind"].choices = [("", "—"), *GROUPED]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("activity") and not data.get("activity_kind"):
            self.add_error("activity_kind", _("Choose an activity or a kind."))
        return data
